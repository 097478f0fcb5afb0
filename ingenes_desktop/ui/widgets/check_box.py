"""A check box in the looks of the tokens."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QCheckBox

from ingenes_desktop.ui.painting import draw_lines, fill, ring, rounded
from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import Radius, Space

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_BOX = 18
_HEIGHT = 28


class CheckBox(QCheckBox):
    """A check box with a box that is painted here: crisp at any scale, and no image to load."""

    def sizeHint(self) -> QSize:
        """The box, a gap and the words."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(_BOX + Space.SMALL + words + 6, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The same: the words are never cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint, /) -> bool:  # noqa: N802  Qt's name
        """The words count as much as the box."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw box, check mark, words and focus ring."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1.5, (self.height() - _BOX) / 2 + 0.5, _BOX - 1, _BOX - 1)
        checked = self.isChecked()
        edge = colors.accent if checked or self.hasFocus() else colors.field_border
        fill(painter, rounded(box, Radius.SMALL), colors.accent if checked else colors.field)
        fill(painter, ring(box, Radius.SMALL, 1.0), edge)
        if checked:
            draw_lines(painter, check_mark(box), 2.0, colors.on_accent)
        metrics = self.fontMetrics()
        baseline = (self.height() - metrics.height()) // 2 + metrics.ascent()
        # The painter brings the colour of text along; a box that waits keeps it, too.
        if not self.isEnabled():
            painter.setPen(QColor(colors.text))
        painter.drawText(QPointF(_BOX + Space.SMALL + 1, baseline), self.text())
        if self.hasFocus():
            around = box.adjusted(-0.5, -0.5, 0.5, 0.5)
            fill(painter, ring(around, Radius.SMALL, 2.0), colors.accent)


def check_mark(box: QRectF) -> list[QPointF]:
    """The three points of a check mark in ``box``."""
    return [
        QPointF(box.left() + box.width() * 0.24, box.top() + box.height() * 0.53),
        QPointF(box.left() + box.width() * 0.43, box.top() + box.height() * 0.71),
        QPointF(box.left() + box.width() * 0.77, box.top() + box.height() * 0.32),
    ]
