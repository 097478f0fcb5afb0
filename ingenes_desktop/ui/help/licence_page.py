"""The notices and licences of one part, whole."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout

from ingenes_desktop.ui.help.notices import Component, text_of
from ingenes_desktop.ui.help.page import Page
from ingenes_desktop.ui.theme.theme import scaled
from ingenes_desktop.ui.theme.tokens import Space, Type

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class LicencePage(Page):
    """Plain text that is read, by line or as a whole, and never changed. UI thread only."""

    def __init__(self, component: Component) -> None:
        super().__init__()
        self._name = f"{component.name} {component.version}".strip()
        self._text = QPlainTextEdit(self)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setReadOnly(True)
        keyboard = Qt.TextInteractionFlag.TextSelectableByKeyboard
        self._text.setTextInteractionFlags(keyboard | Qt.TextInteractionFlag.TextSelectableByMouse)
        # No menu, whose words and ways would be Qt's own.
        self._text.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._text.setTabChangesFocus(True)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        font = self._text.font()
        font.setPixelSize(scaled(Type.SMALL))
        self._text.setFont(font)
        self._text.setPlainText(text_of(component))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.HAIR, 0, 0, 0)
        whole.addWidget(self._text)

    def heading_in_words(self) -> str:
        """The part."""
        return self._name

    def retranslate(self) -> None:
        """The text is as its authors wrote it."""
        self._text.setAccessibleName(self._name)

    def take_focus(self) -> None:
        """To the text, at its beginning."""
        self._text.setFocus()

    def take_key(self, event: "QKeyEvent") -> None:
        """From a button: the text is what scrolls."""
        bar = self._text.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        bar.setValue(bar.value() + steps.get(Qt.Key(event.key()), 0))
