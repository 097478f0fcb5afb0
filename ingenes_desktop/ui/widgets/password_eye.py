"""The eye inside a password field: a button that shows and hides what was typed."""

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QToolButton, QWidget

from ingenes_desktop.ui.early_values import TAB_FOCUS
from ingenes_desktop.ui.icons import paint_icon
from ingenes_desktop.ui.painting import fill, ring
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Radius, Size
from ingenes_desktop.ui.widgets.buttons import RING

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPaintEvent


class EyeButton(QToolButton):
    """An eye, crossed out while it is open, named after what a click would do.

    A plain button to a screen reader, not a check box: "Hide password, checked" would be a riddle.
    UI thread only.
    """

    open_changed = Signal(bool)
    """The eye was opened (True) or closed."""
    focus_left = Signal()
    """The focus was here, and is elsewhere now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a closed eye. A click leaves the focus in the field; Tab reaches the eye."""
        super().__init__(parent)
        self._open = False
        self.setAutoRaise(True)
        self.setProperty("focusPolicy", TAB_FOCUS)
        self.clicked.connect(self._toggle)
        self.retranslate()

    def is_open(self) -> bool:
        """Return whether the password is shown."""
        return self._open

    def set_open(self, *, is_open: bool) -> None:
        """Open or close the eye."""
        if is_open is not self._open:
            self._open = is_open
            self.retranslate()
            self.update()
            self.open_changed.emit(is_open)

    def retranslate(self) -> None:
        """Put the name of what a click would do, in the present language."""
        if self._open:
            name = QCoreApplication.translate("PasswordEdit", "Hide password")
        else:
            name = QCoreApplication.translate("PasswordEdit", "Show password")
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """Return the least that a finger hits, in device-independent pixels: as high as the field."""
        return QSize(scaled(Size.TARGET), scaled(Size.TARGET))

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Enter turns it, as it presses every other button. No text goes on to the field beneath."""
        keys = QtCore.Qt.Key
        if event.key() in (keys.Key_Return, keys.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)
        if event.text() and event.key() != keys.Key_Escape:
            event.accept()

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw the eye, and the ring of the focus around it."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = scaled(Size.ICON)
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(self.rect()).center())
        color = colors.text if self.underMouse() or self.hasFocus() else colors.text_muted
        paint_icon(painter, "eye-off" if self._open else "eye", square, color)
        if self.hasFocus():
            around = QRectF(self.rect()).adjusted(6, 6, -6, -6)
            fill(painter, ring(around, Radius.SMALL, RING), colors.accent)

    def enterEvent(self, event: "QEnterEvent") -> None:
        """Show the arrow, not the field's text cursor. (Before the first paint it would cost 14 ms.)"""
        self.setCursor(QtCore.Qt.CursorShape.ArrowCursor)
        super().enterEvent(event)

    def focusOutEvent(self, event: "QFocusEvent") -> None:
        """Tell of it."""
        super().focusOutEvent(event)
        self.focus_left.emit()

    def _toggle(self) -> None:
        self.set_open(is_open=not self._open)
