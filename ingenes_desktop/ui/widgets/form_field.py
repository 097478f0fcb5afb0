"""A label, its field, and a line below that is always there: for a hint or a refusal."""

from PySide6 import QtCore
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ingenes_desktop.ui.theme.theme import set_look, set_role
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

_LINE_HEIGHT = 18


class FormField(QWidget):
    """One field of a form. The room of the line below is kept, so nothing moves when it speaks.

    ``lines`` is how many lines of words have room there: 0, 1 or 2.
    """

    def __init__(self, edit: QLineEdit, parent: QWidget | None = None, *, lines: int = 1) -> None:
        super().__init__(parent)
        self.edit = edit
        self._label = PlainLabel("label", self)
        self._label.setBuddy(edit)
        self._hint = ""
        self._refusal = ""
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.HAIR)
        rows.addWidget(self._label)
        rows.addWidget(edit)
        self._line: PlainLabel | None = None
        if lines:
            self._line = PlainLabel("hint", self, wraps=lines > 1)
            self._line.setFixedHeight(_LINE_HEIGHT * lines)
            if lines > 1:
                self._line.setAlignment(QtCore.Qt.AlignmentFlag.AlignTop)
            rows.addWidget(self._line)
            rows.setContentsMargins(0, 0, 0, Space.HAIR)

    @property
    def refusal(self) -> str:
        """What is wrong with the field's content, or ""."""
        return self._refusal

    @property
    def hint(self) -> str:
        """The calm word below the field, or ""."""
        return self._hint

    def set_label(self, text: str) -> None:
        """The visible label, which is the field's accessible name too."""
        self._label.setText(text)
        self.edit.setAccessibleName(text)

    def set_hint(self, text: str) -> None:
        """A calm word below the field; a refusal goes before it."""
        self._hint = text
        self._show()

    def refuse(self, text: str) -> None:
        """Say below the field what is wrong with it; "" takes that back."""
        self._refusal = text
        self.mark_refused(bool(text))
        self._show()

    def mark_refused(self, refused: bool) -> None:
        """Colour the field's edge only; the words stand elsewhere."""
        set_look(self.edit, "refused", "true" if refused else "")

    def _show(self) -> None:
        self.edit.setAccessibleDescription(self._refusal or self._hint)
        if self._line is not None:
            set_role(self._line, "error" if self._refusal else "hint")
            self._line.setText(self._refusal or self._hint)
