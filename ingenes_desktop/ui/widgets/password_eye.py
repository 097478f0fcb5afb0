"""The eye inside a password field: a button that shows and hides what was typed."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QWidget

_GRID = 24.0  # the shapes below are drawn on a square of 24 units
_ICON_PIXELS = 20


class EyeButton(QToolButton):
    """An eye, crossed out while it is open, named after what a click would do.

    A plain button to a screen reader, not a check box: "Hide password, checked" would be a riddle.
    Painted here rather than loaded: it takes the palette's colour, light or dark, at any scale,
    and no image plugin has to be loaded before the window's first paint. UI thread only.
    """

    open_changed = Signal(bool)
    """The eye was opened (True) or closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a closed eye. A click leaves the focus in the field; Tab reaches the eye."""
        super().__init__(parent)
        self._open = False
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
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

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the style's button (hover, focus) and the eye on it."""
        if self.hasFocus() or self.underMouse() or self.isDown():
            self._paint_button()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        square = QRectF(0, 0, _ICON_PIXELS, _ICON_PIXELS)
        square.moveCenter(QRectF(self.rect()).center())
        painter.translate(square.topLeft())
        painter.scale(square.width() / _GRID, square.height() / _GRID)
        pen = QPen(self.palette().buttonText().color(), 1.75)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(_eye(crossed=self._open))

    def _paint_button(self) -> None:
        # Named here and not above: PySide builds QStyle's enumerations when it is named (8 ms).
        from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QStylePainter  # noqa: PLC0415

        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)

    def _toggle(self) -> None:
        self.set_open(is_open=not self._open)


def _eye(*, crossed: bool) -> QPainterPath:
    path = QPainterPath(QPointF(2, 12))
    path.cubicTo(QPointF(6, 4), QPointF(18, 4), QPointF(22, 12))
    path.cubicTo(QPointF(18, 20), QPointF(6, 20), QPointF(2, 12))
    path.addEllipse(QPointF(12, 12), 3.25, 3.25)
    if crossed:
        path.moveTo(4, 20)
        path.lineTo(20, 4)
    return path
