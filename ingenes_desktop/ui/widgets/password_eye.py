"""The eye inside a password field: a button that shows and hides what was typed."""

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QToolButton, QWidget

from ingenes_desktop.ui.early_values import TAB_FOCUS
from ingenes_desktop.ui.painting import draw_lines, fill

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QFocusEvent, QPaintEvent

_GRID = 24.0  # the shapes below are drawn on a square of 24 units
_ICON_PIXELS = 20
_LINE = 1.75


class EyeButton(QToolButton):
    """An eye, crossed out while it is open, named after what a click would do.

    A plain button to a screen reader, not a check box: "Hide password, checked" would be a riddle.
    Painted here rather than loaded: it takes the palette's colour, light or dark, at any scale,
    and no image plugin has to be loaded before the window's first paint. UI thread only.
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
        """Return the least comfortable size, in device-independent pixels."""
        return QSize(_ICON_PIXELS + 8, _ICON_PIXELS + 8)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw the style's button (hover, focus) and the eye on it."""
        if self.hasFocus() or self.underMouse() or self.isDown():
            self._paint_button()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        square = QRectF(0, 0, _ICON_PIXELS, _ICON_PIXELS)
        square.moveCenter(QRectF(self.rect()).center())
        painter.translate(square.topLeft())
        painter.scale(square.width() / _GRID, square.height() / _GRID)
        color = self.palette().buttonText().color()
        fill(painter, _eye(), color)
        if self._open:
            draw_lines(painter, [QPointF(4, 20), QPointF(20, 4)], _LINE, color)

    def enterEvent(self, event: "QEnterEvent") -> None:
        """Show the arrow, not the field's text cursor. (Before the first paint it would cost 14 ms.)"""
        self.setCursor(QtCore.Qt.CursorShape.ArrowCursor)
        super().enterEvent(event)

    def focusOutEvent(self, event: "QFocusEvent") -> None:
        """Tell of it."""
        super().focusOutEvent(event)
        self.focus_left.emit()

    def _paint_button(self) -> None:
        # Named here and not above: PySide builds QStyle's enumerations when it is named (8 ms).
        from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QStylePainter  # noqa: PLC0415

        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)

    def _toggle(self) -> None:
        self.set_open(is_open=not self._open)


def _eye() -> QPainterPath:
    """The outlines of what a line of that width covers: lids and iris. Each second one is a hole."""
    path = QPainterPath()
    # The middle of the lids' line runs from (2, 12) by (6, 4) and (18, 4) to (22, 12), and back below.
    for corner, bend, height in ((1.02, 5.6, 9.17), (2.98, 6.4, 6.83)):
        left, right = QPointF(corner, 12), QPointF(24 - corner, 12)
        path.moveTo(left)
        path.cubicTo(QPointF(bend, 12 - height), QPointF(24 - bend, 12 - height), right)
        path.cubicTo(QPointF(24 - bend, 12 + height), QPointF(bend, 12 + height), left)
    for radius in (3.25 + _LINE / 2, 3.25 - _LINE / 2):
        path.addEllipse(QPointF(12, 12), radius, radius)
    return path
