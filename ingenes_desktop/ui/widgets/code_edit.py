"""The field for a verification code."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.verification_code import compact
from ingenes_desktop.ui.widgets.line_edit import LineEdit

_APART = 2.0
"""Device-independent pixels between two characters, more than there would be."""
_LENGTH = 40
"""Characters that the field takes: a code of six or eight digits, however it was copied."""


class CodeEdit(LineEdit):
    """A line edit for a code as it is read or copied: blanks and dashes may stand in it, letters too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_LENGTH)
        # Digits stand apart, so that they are easily compared with those in the message.
        font = self.font()
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _APART)
        self.setFont(font)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(
            hint.ImhPreferNumbers | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase | hint.ImhSensitiveData
        )

    def code(self) -> str:
        """What was typed, without blanks and dashes."""
        return compact(self.text())

    def forget(self) -> None:
        """Empty the field for good."""
        # Not clear(): that keeps the undo history, and the next person could bring the code back.
        self.setText("")
