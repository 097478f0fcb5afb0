"""A check box in the looks of the tokens."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox

from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import Radius, Space

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

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, check mark, words and focus ring."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1.5, (self.height() - _BOX) / 2 + 0.5, _BOX - 1, _BOX - 1)
        checked = self.isChecked()
        edge = colors.accent if checked or self.hasFocus() else colors.field_border
        painter.setPen(QPen(QColor(edge), 1.0))
        painter.setBrush(QColor(colors.accent if checked else colors.field))
        painter.drawRoundedRect(box, Radius.SMALL, Radius.SMALL)
        if checked:
            painter.setPen(_stroke(colors.on_accent, 2.0))
            painter.drawPolyline(check_mark(box))
        words = self.rect().adjusted(_BOX + Space.SMALL + 1, 0, 0, 0)
        painter.setPen(QColor(colors.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(colors.accent), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), Radius.SMALL, Radius.SMALL)


def check_mark(box: QRectF) -> QPolygonF:
    """The three points of a check mark in ``box``."""
    return QPolygonF(
        [
            QPointF(box.left() + box.width() * 0.24, box.top() + box.height() * 0.53),
            QPointF(box.left() + box.width() * 0.43, box.top() + box.height() * 0.71),
            QPointF(box.left() + box.width() * 0.77, box.top() + box.height() * 0.32),
        ]
    )


def _stroke(color: str, width: float) -> QPen:
    pen = QPen(QColor(color), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
