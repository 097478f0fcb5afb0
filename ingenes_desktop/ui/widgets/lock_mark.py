"""A closed lock, for what is not to be seen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ingenes_desktop.ui.painting import circle, draw_lines, fill, ring, rounded
from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import Size

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class LockMark(QWidget):
    """Painted in the manner of the brand's mark: a soft disc, a shackle of one line, a full body."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(Size.LOCK, Size.LOCK)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw it, in units of a seventy-second."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 72, self.height() / 72)
        fill(painter, circle(QRectF(0, 0, 72, 72)), colors.notice_ground)
        # The lower half of the shackle's ring lies behind the body.
        fill(painter, ring(QRectF(27, 18, 18, 26), 9, 4), colors.accent)
        fill(painter, rounded(QRectF(21, 31, 30, 24), 5), colors.accent)
        fill(painter, circle(QRectF(33.2, 38.2, 5.6, 5.6)), colors.notice_ground)
        draw_lines(painter, [QPointF(36, 42), QPointF(36, 47.5)], 2.6, colors.notice_ground)
