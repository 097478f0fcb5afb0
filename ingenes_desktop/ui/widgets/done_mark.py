"""A check on a soft disc, for what is done."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ingenes_desktop.ui.painting import circle, draw_lines, fill
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Size, Space
from ingenes_desktop.ui.widgets.check_box import check_mark

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_SHARE = 0.8
"""Of the lock's size: it goes before words, and does not stand alone."""


class DoneMark(QWidget):
    """Painted in the manner of the lock, with the gap to the heading below it, which says the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        side = scaled(Size.LOCK * _SHARE)
        self.setFixedSize(side, side + Space.LARGE)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw disc and check."""
        colors = colors_of(self)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            disc = QRectF(0, 0, self.width(), self.width())
            fill(painter, circle(disc), colors.notice_ground)
            inset = disc.width() * 0.14
            draw_lines(
                painter,
                check_mark(disc.adjusted(inset, inset, -inset, -inset)),
                disc.width() / 14,
                colors.accent,
            )
