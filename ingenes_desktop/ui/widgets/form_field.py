"""A label, its field, and the room below that is always there: for what is wrong with it, or a hint."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ingenes_desktop.ui.early_values import HIDE_MNEMONIC, LEFT_IN_THE_MIDDLE, SHOW_MNEMONIC, WORD_WRAP
from ingenes_desktop.ui.theme.theme import set_look
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.buttons import without_mnemonic
from ingenes_desktop.ui.widgets.field_words import FieldWords
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class FieldLabel(PlainLabel):
    """A field's label. It keeps the "&" of its mnemonic, by which Qt leads Alt and the letter to the field.

    It is drawn here, since Qt would always underline the letter; :meth:`text` has no "&".
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__("label", parent)
        self._is_underlined = False

    @property
    def words_with_mnemonic(self) -> str:
        """The words as they were set."""
        return super().text()

    def text(self) -> str:
        """The words as they are seen and read."""
        return without_mnemonic(super().text()).replace("&&", "&")

    def underline(self, shown: bool, /) -> None:
        """Show the letter of the mnemonic, or no longer."""
        self._is_underlined = shown
        self.update()

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw the words."""
        painter = QPainter(self)
        letter = SHOW_MNEMONIC if self._is_underlined else HIDE_MNEMONIC
        wrap = WORD_WRAP if self.wordWrap() else 0
        painter.drawText(self.contentsRect(), LEFT_IN_THE_MIDDLE | wrap | letter, super().text())


class FormField(QWidget):
    """One field of a form. The room of the words below is kept, so nothing moves when they come.

    ``lines`` is how many lines of words have room there: 0, 1 or 2. A refusal stands until the next
    attempt: the form calls :meth:`refuse` as it hands in, and nobody does so because of a key.
    """

    def __init__(self, edit: QLineEdit, parent: QWidget | None = None, *, lines: int = 1) -> None:
        super().__init__(parent)
        self.edit = edit
        self._label = FieldLabel(self)
        self._label.setBuddy(edit)
        self._hint = ""
        self._refusal = ""
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.HAIR)
        rows.addWidget(self._label)
        rows.addWidget(edit)
        self._words: FieldWords | None = None
        if lines:
            self._words = FieldWords(lines, self)
            rows.addWidget(self._words)
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
        self.edit.setAccessibleName(self._label.text())

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
        self.edit.setAccessibleDescription(" ".join(filter(None, (self._refusal, self._hint))))
        if self._words is not None:
            self._words.show_words(self._refusal, self._hint)
