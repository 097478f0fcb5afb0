"""A line edit whose text Qt never sees."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ingenes_desktop.domain.password_policy import MAXIMUM_PASSWORD_LENGTH
from ingenes_desktop.ui.early_values import (
    HIDDEN_TEXT,
    NO_AUTO_UPPERCASE,
    NO_PREDICTIVE_TEXT,
    SENSITIVE_DATA,
)

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QClipboard,
        QContextMenuEvent,
        QFocusEvent,
        QHideEvent,
        QInputMethodEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QShowEvent,
    )

    from ingenes_desktop.ui.widgets.password_keys import KeyGuard

T = TypeVar("T")

MAX_CHARACTERS = MAXIMUM_PASSWORD_LENGTH
"""The longest password Amazon Cognito takes (InitiateAuth and SignUp, "Password")."""

_FILLER = "•"
_FORBIDDEN = ("Cc", "Cs")  # control characters, and halves of a surrogate pair
_SWALLOWED = ("Undo", "Redo", "Copy", "Cut")
"""Of QKeySequence.StandardKey, which is built when it is first named (1 ms): at the first key."""


class SecretLineEdit(QLineEdit):
    """A line edit that never holds its text: it holds one bullet for each character.

    The characters are kept beside it and edited in step. Whatever asks QLineEdit - AT-SPI, UI
    Automation, NSAccessibility, an input method, undo, the clipboard, a drag - finds bullets, on
    every platform. Reason, measured with Qt 6.12 (tests/atspi): QLineEdit reports each inserted
    and deleted character in clear on the accessibility bus, also in Password mode, and the whole
    text to whoever asks once the mode is Normal. An accessible interface of ours without text
    (QAccessible.installFactory) stops that, but Qt then warns twice at each key, a screen reader
    has no characters to count and no actions, and undo still holds the text.

    Qt's AT-SPI bridge moreover retells every key stroke before a widget sees it: see KeyGuard.

    What an assistive technology itself writes into the field is taken as the new text; Qt reports
    that writing, and nothing else, on the Linux bus.

    `text()` returns the bullets. Counted in characters (code points). UI thread only.
    """

    edited = Signal()
    """The content changed, by whomever; without the text."""

    refused_paste = Signal()
    """A paste (or typed text) would have made more than MAX_CHARACTERS and was refused whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty field."""
        super().__init__(parent)
        self._characters: list[str] = []
        self._in_step = False  # a change by one of our own doors is under way
        self._was_painted = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hints = HIDDEN_TEXT | SENSITIVE_DATA | NO_AUTO_UPPERCASE | NO_PREDICTIVE_TEXT
        self.setProperty("inputMethodHints", hints)
        self.setMaxLength(MAX_CHARACTERS)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.textChanged.connect(self._follow)

    def is_empty(self) -> bool:
        """Return whether nothing was typed."""
        return not self._characters

    def has_outer_blanks(self) -> bool:
        """Return whether the first or the last character is a blank (often pasted unawares)."""
        return any(c.isspace() for c in self._characters[:1] + self._characters[-1:])

    def evaluate(self, check: Callable[[str], T]) -> T:
        """Return what `check` says of the text, for live rules; `check` must not keep it."""
        return check("".join(self._characters))

    def take_text(self) -> str:
        """Hand over the text, once: the field and its history are wiped by it."""
        text = "".join(self._characters)
        self.wipe()
        return text

    def wipe(self) -> None:
        """Forget the text and every trace of it."""
        had_content = bool(self._characters)
        self._characters.clear()
        self._put_fillers()
        if had_content:
            self.edited.emit()

    def clear(self) -> None:
        """Wipe. (QLineEdit.clear() would keep the text in the undo history.)"""
        self.wipe()

    def setText(self, text: str | None, /) -> None:
        """Put `text` in the place of the content, cleaned and bounded as a paste is."""
        self.wipe()
        self._insert(text or "")

    def paste(self) -> None:
        """Insert the first line of the clipboard, or refuse it whole (`refused_paste`)."""
        self._paste(QtGui.QClipboard.Mode.Clipboard)

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Type, paste or edit; undo, redo, copy and cut do nothing."""
        if any(event.matches(QtGui.QKeySequence.StandardKey[name]) for name in _SWALLOWED):
            event.accept()
        elif event.matches(QtGui.QKeySequence.StandardKey.Paste):
            keys = QtCore.Qt.KeyboardModifier.ControlModifier | QtCore.Qt.KeyboardModifier.ShiftModifier
            selection = event.modifiers() == keys and event.key() == QtCore.Qt.Key.Key_Insert
            self._paste(QtGui.QClipboard.Mode.Selection if selection else QtGui.QClipboard.Mode.Clipboard)
            event.accept()
        elif _types_text(event):
            self._insert(event.text())
            event.accept()
        else:
            # Qt's own editing (movement, selection, deletion), which does not need the text.
            from ingenes_desktop.ui.widgets.password_keys import copy_of  # noqa: PLC0415  as in _keys

            bare = copy_of(event, "")
            with self._own_change():
                super().keyPressEvent(bare)
            self._drop(len(self._characters) - len(self.text()))
            event.setAccepted(bare.isAccepted())

    def inputMethodEvent(self, event: "QInputMethodEvent") -> None:
        """Take what an input method or a dead key commits; what it only proposes is not shown."""
        if event.replacementLength():
            start = self.cursorPosition() + event.replacementStart()
            self.setSelection(max(start, 0), event.replacementLength())
        if event.commitString() or event.replacementLength():
            self._insert(event.commitString())
        event.accept()

    def mouseReleaseEvent(self, event: "QMouseEvent") -> None:
        """Paste with the middle button where the platform has a selection clipboard."""
        if event.button() is QtCore.Qt.MouseButton.MiddleButton:
            if QtGui.QGuiApplication.clipboard().supportsSelection():
                self.setCursorPosition(self._index_at(event))
                self._paste(QtGui.QClipboard.Mode.Selection)
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: "QContextMenuEvent") -> None:
        """Offer to paste, and nothing that could carry the text away."""
        menu = QtWidgets.QMenu(self)
        menu.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(QCoreApplication.translate("PasswordEdit", "Paste"))
        action.setEnabled(not self.isReadOnly())
        action.triggered.connect(self.paste)
        menu.popup(event.globalPos())

    def _paste(self, mode: "QClipboard.Mode") -> None:
        lines = QtGui.QGuiApplication.clipboard().text(mode).splitlines()
        self._insert(lines[0] if lines else "")

    def _insert(self, text: str) -> None:
        """Put `text` in the place of the selection, in the buffer and as bullets in the field."""
        if self.isReadOnly():
            return
        added = [c for c in text if not _is_forbidden(c)]
        selected = self.selectionLength()
        start = self.selectionStart() if selected else self.cursorPosition()
        if len(self._characters) - selected + len(added) > MAX_CHARACTERS:
            self.refused_paste.emit()
            return
        self._characters[start : start + selected] = added
        with self._own_change():
            self.insert(_FILLER * len(added))
        if added or selected:
            self.edited.emit()

    def _drop(self, count: int) -> None:
        """Follow a deletion of Qt's: whatever it removed stood where the cursor is now."""
        if count > 0:
            start = self.cursorPosition()
            del self._characters[start : start + count]
            self.edited.emit()

    def _follow(self, shown: str) -> None:
        """Answer a change that came by no door of ours: an assistive technology's, or undo's."""
        if self._in_step or shown == _FILLER * len(self._characters):
            return
        written = "" if _FILLER in shown else shown
        # Which characters of a masked text were meant cannot be known: only whole texts count.
        self.setText(written)

    def _put_fillers(self) -> None:
        with self._own_change():
            super().setText(_FILLER * len(self._characters))  # empties Qt's history, too

    @contextmanager
    def _own_change(self) -> Iterator[None]:
        before, self._in_step = self._in_step, True
        try:
            yield
        finally:
            self._in_step = before

    def showEvent(self, event: "QShowEvent") -> None:
        """Begin to keep the window's keys from the accessibility bus; the first time, see paintEvent."""
        super().showEvent(event)
        if self._was_painted:
            self._keys.start()

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Draw as QLineEdit does.

        The guard's filter over the whole application makes PySide build 160 enumerations (25 ms), so
        the first time that waits for the paint; a field that gets the focus before is guarded at once.
        """
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._start_guard)

    def focusInEvent(self, event: "QFocusEvent") -> None:
        """No key of this field goes unguarded."""
        self._keys.start()
        super().focusInEvent(event)

    @cached_property
    def _keys(self) -> "KeyGuard":
        from ingenes_desktop.ui.widgets.password_keys import KeyGuard  # noqa: PLC0415  see paintEvent

        return KeyGuard(self)

    def _start_guard(self) -> None:
        if self.isVisible():
            self._keys.start()

    def hideEvent(self, event: "QHideEvent") -> None:
        """Wipe when the view or the window is hidden or closed (not when it is minimised)."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.wipe()
            self._keys.stop()

    def _index_at(self, event: "QMouseEvent") -> int:
        """Return the place between two characters that the pointer is nearest to."""
        return self.cursorPositionAt(event.position().toPoint())


def _is_forbidden(character: str) -> bool:
    from unicodedata import category  # noqa: PLC0415  a library of its own, wanted at the first key

    return category(character) in _FORBIDDEN


def _types_text(event: "QKeyEvent") -> bool:
    """Return whether the key writes its text. Qt's rule: Ctrl alone makes a command of it.

    Alt alone, too, though in other fields it types what leads nowhere: here nobody would see the letter.
    (AltGr is Ctrl and Alt together, or neither; macOS' Option writes.)
    """
    modifier = QtCore.Qt.KeyboardModifier
    command = event.modifiers() & ~modifier.ShiftModifier
    if command == modifier.ControlModifier or (command == modifier.AltModifier and sys.platform != "darwin"):
        return False
    text = event.text()
    return bool(text) and not _is_forbidden(text[0])
