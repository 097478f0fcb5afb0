"""A large button for one of a few ways on."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from ingenes_desktop.ui.painting import draw_lines, fill, ring
from ingenes_desktop.ui.theme.theme import colors_of, set_look
from ingenes_desktop.ui.theme.tokens import Radius, Size, Space, Type
from ingenes_desktop.ui.widgets.buttons import Button

_RING = 2.0
_STEPS: dict[int, int] = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
}


class ChoiceButton(Button):
    """A title, below it one line about it, and a sign that it leads on; a click chooses."""

    stepped = Signal(int)
    """An arrow key: -1 for the one before, 1 for the one after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("choice", parent)
        self._line = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, title: str, line: str) -> None:
        """The words of the present language."""
        self._line = line
        self.setText(title)
        self.setAccessibleDescription(line)
        self.update()

    def set_waiting(self, waiting: bool) -> None:
        """Look as if it cannot be clicked just now; it keeps the focus."""
        set_look(self, "waiting", "true" if waiting else "")

    def sizeHint(self) -> QSize:
        """As high as every other; as wide as there is room."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 4 * Space.LARGE, Size.CHOICE)

    def minimumSizeHint(self) -> QSize:
        """The same: the title is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys lead to the other choices."""
        step = _STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, both lines of words, the sign, and the ring of the focus."""
        colors = colors_of(self)
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QStylePainter.RenderHint.Antialiasing)
        waiting = self.property("waiting") == "true"
        area = self.rect().adjusted(Space.LARGE, 0, -Space.LARGE, 0)
        title, small = self.font(), QFont(self.font())
        title.setWeight(QFont.Weight.DemiBold)
        small.setWeight(QFont.Weight.Normal)
        small.setPixelSize(Type.SMALL)
        height = QFontMetrics(title).height() + QFontMetrics(small).height() + 1
        top = (self.height() - height) / 2
        painter.setFont(title)
        painter.setPen(QColor(colors.text_muted if waiting else colors.text))
        painter.drawText(QPointF(area.left(), top + QFontMetrics(title).ascent()), self.text())
        line = QFontMetrics(small).elidedText(
            self._line, Qt.TextElideMode.ElideRight, area.width() - Space.LARGE
        )
        painter.setFont(small)
        painter.setPen(QColor(colors.text_muted))
        base = top + QFontMetrics(title).height() + 1 + QFontMetrics(small).ascent()
        painter.drawText(QPointF(area.left(), base), line)
        if not waiting:
            tip = QPointF(area.right(), self.height() / 2)
            draw_lines(painter, [tip + QPointF(-5, -5), tip, tip + QPointF(-5, 5)], 1.8, colors.text_muted)
        if self.hasFocus():
            around = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            fill(painter, ring(around, Radius.CONTROL, _RING), colors.accent)
