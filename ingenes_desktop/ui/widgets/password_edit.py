"""The field for a password."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QRect, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.password_eye import EyeButton
from ingenes_desktop.ui.widgets.password_text import SecretLineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFocusEvent,
        QHideEvent,
        QInputMethodEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
    )

    from ingenes_desktop.ui.widgets.password_reveal import RevealedText

_REVEAL_MILLISECONDS = 30_000


class PasswordEdit(SecretLineEdit):
    """A SecretLineEdit with an eye that shows the password, and a guess at Caps Lock.

    With the eye open this class draws the characters and finds the one under the pointer; Qt still
    has nothing but bullets. The eye closes by itself: when the password is taken or wiped, when
    the focus leaves field and eye, when the window is no longer the active one, and after a while
    without a key. UI thread only.
    """

    caps_lock_changed = Signal(bool)
    """Caps Lock seems to be on, or no longer so; see `caps_lock`."""

    def __init__(
        self, parent: QWidget | None = None, *, reveal_milliseconds: int = _REVEAL_MILLISECONDS
    ) -> None:
        """Make an empty field; an opened eye closes after `reveal_milliseconds` without a key."""
        super().__init__(parent)
        self._caps_lock = False
        self._anchor = 0
        self._idle = QTimer(self)
        self._idle.setInterval(reveal_milliseconds)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.conceal)
        self._eye = EyeButton(self)
        self._eye.open_changed.connect(self._eye_turned)
        self._eye.focus_left.connect(self._focus_left)
        # The field's own padding lies beneath the eye.
        self.setTextMargins(0, 0, self._eye.sizeHint().width() - Space.SMALL, 0)
        self.textChanged.connect(self.update)
        self.cursorPositionChanged.connect(self.update)
        self.selectionChanged.connect(self.update)

    @property
    def eye(self) -> EyeButton:
        """The button that shows the password, for the views' tab order (it follows the field)."""
        return self._eye

    def setAccessibleName(self, name: str, /) -> None:  # noqa: N802  Qt's name
        """Name the field; its eye is told from other fields' eyes by the same words."""
        super().setAccessibleName(name)
        self._eye.setAccessibleDescription(name)

    @property
    def caps_lock(self) -> bool:
        """Whether Caps Lock seems to be on.

        Qt has no portable way to ask. It is inferred from what is typed: a capital without Shift,
        or a small letter with Shift, says yes; a small letter without Shift says no; the key
        itself turns a yes into a no. Unknown counts as no, and so does a field without the focus.
        """
        return self._caps_lock

    def conceal(self) -> None:
        """Close the eye."""
        self._eye.set_open(is_open=False)

    def is_revealed(self) -> bool:
        """Return whether the eye is open."""
        return self._eye.is_open()

    def wipe(self) -> None:
        """Forget the password and every trace of it, and close the eye."""
        self.conceal()
        super().wipe()

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self._eye.retranslate()

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Take the key; it keeps the eye open and may tell of Caps Lock. Enter held down submits once."""
        self._stay_open()
        self._infer_caps_lock(event)
        enter = QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter
        if not (event.isAutoRepeat() and event.key() in enter):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: "QInputMethodEvent") -> None:
        """Take what an input method commits; that keeps the eye open."""
        self._stay_open()
        super().inputMethodEvent(event)

    # -- the eye

    def _stay_open(self) -> None:
        if self.is_revealed():
            self._idle.start()

    def _eye_turned(self, opened: bool) -> None:
        if opened:
            self._idle.start()
            if not self._has_focus_within():
                self.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)
        else:
            self._idle.stop()
        self.update()

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Draw as QLineEdit does; with the eye open, the password in the place of the bullets."""
        if not self.is_revealed() or self.is_empty():
            super().paintEvent(event)
            return
        # Named here and not above: PySide builds QStyle's enumerations when it is named (8 ms).
        from PySide6.QtWidgets import QStyle, QStyleOptionFrame, QStylePainter  # noqa: PLC0415

        painter = QStylePainter(self)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        chosen = (self.selectionStart(), self.selectionEnd()) if self.hasSelectedText() else None
        self._revealed_text.paint(
            painter,
            self.evaluate(str),
            font=self.font(),
            palette=self.palette(),
            area=self._text_area(),
            cursor=self.cursorPosition(),
            has_focus=self.hasFocus(),
            selection=chosen,
        )

    def mousePressEvent(self, event: "QMouseEvent") -> None:
        """Place the cursor where the shown characters are."""
        if not self.is_revealed() or event.button() is not QtCore.Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        if not event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier:
            self._anchor = self._index_at(event)
        self._select_to(event)

    def mouseMoveEvent(self, event: "QMouseEvent") -> None:
        """Select among the shown characters."""
        if not self.is_revealed():
            super().mouseMoveEvent(event)
        elif event.buttons() & QtCore.Qt.MouseButton.LeftButton:
            self._select_to(event)

    def _select_to(self, event: "QMouseEvent") -> None:
        place = self._index_at(event)
        if place == self._anchor:
            self.deselect()
            self.setCursorPosition(place)
        else:
            self.setSelection(self._anchor, place - self._anchor)

    def _index_at(self, event: "QMouseEvent") -> int:
        if not self.is_revealed():
            return super()._index_at(event)
        text = self.evaluate(str)
        x = event.position().x()
        return self._revealed_text.index_at(x, text, self.font(), self._text_area())

    @cached_property
    def _revealed_text(self) -> "RevealedText":
        from ingenes_desktop.ui.widgets.password_reveal import RevealedText  # noqa: PLC0415  few look

        return RevealedText()

    def _text_area(self) -> QRect:
        from PySide6.QtWidgets import QStyle, QStyleOptionFrame  # noqa: PLC0415  as in paintEvent

        from ingenes_desktop.ui.widgets.password_reveal import HORIZONTAL_MARGIN  # noqa: PLC0415  likewise

        option = QStyleOptionFrame()
        self.initStyleOption(option)
        area = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return area.marginsRemoved(self.textMargins()).adjusted(HORIZONTAL_MARGIN, 0, -HORIZONTAL_MARGIN, 0)

    # -- focus, windows, keys

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Keep the eye at the end of the field."""
        super().resizeEvent(event)
        size = self._eye.sizeHint()
        end = self.width() - size.width()
        self._eye.setGeometry(end, (self.height() - size.height()) // 2, *size.toTuple())

    def focusOutEvent(self, event: "QFocusEvent") -> None:
        """Close the eye when the focus leaves the field and the eye."""
        super().focusOutEvent(event)
        self._note_caps_lock(on=False)
        self._focus_left()

    def hideEvent(self, event: "QHideEvent") -> None:
        """Close the eye, also when the window is only minimised."""
        self.conceal()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Close the eye with the window's activity; follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.conceal()
        elif event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _has_focus_within(self) -> bool:
        return QApplication.focusWidget() in (self, self._eye)

    def _focus_left(self) -> None:
        if not self._has_focus_within():
            self.conceal()

    def _infer_caps_lock(self, event: "QKeyEvent") -> None:
        shift = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
        text = event.text()
        if event.key() == QtCore.Qt.Key.Key_CapsLock:
            self._note_caps_lock(on=False)
        elif text.islower():
            self._note_caps_lock(on=shift)
        elif text.isupper() and not shift:
            self._note_caps_lock(on=True)

    def _note_caps_lock(self, *, on: bool) -> None:
        if on is not self._caps_lock:
            self._caps_lock = on
            self.caps_lock_changed.emit(on)
