"""A check box in the looks of the tokens."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QCheckBox

from ingenes_desktop.ui.painting import draw_lines, fill, ring, rounded
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Radius, Size, Space
from ingenes_desktop.ui.widgets.buttons import RING, mnemonic_of, without_mnemonic

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_BOX = 20
RING_ROOM = 4
"""Left of the box, for the ring of the focus; a row of boxes begins so much further left."""


class CheckBox(QCheckBox):
    """A check box with a box that is painted here: crisp at any scale, and no image to load."""

    words_with_mnemonic = ""
    """The words as they were set; an "&" stands before the letter that Alt reaches the box by."""

    _is_underlined = False

    def setText(self, text: str, /) -> None:
        """Show ``text`` without its mnemonic: the letter is underlined while Alt is held down alone."""
        self.words_with_mnemonic = text
        super().setText(without_mnemonic(text))
        letter = mnemonic_of(text)
        if letter:
            self.setProperty("shortcut", f"Alt+{letter}")

    def underline(self, shown: bool, /) -> None:
        """Show the letter of the mnemonic, or no longer."""
        self._is_underlined = shown
        self.update()

    def sizeHint(self) -> QSize:
        """The box, a gap and the words."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(RING_ROOM + _BOX + Space.SMALL + words + 6, scaled(Size.TARGET))

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
        box = QRectF(RING_ROOM + 0.5, (self.height() - _BOX) / 2 + 0.5, _BOX - 1, _BOX - 1)
        checked = self.isChecked()
        ground = colors.surface if not self.isEnabled() else colors.accent if checked else colors.field
        ink = colors.accent if self.isEnabled() else colors.text_disabled
        fill(painter, rounded(box, Radius.SMALL), ground)
        fill(painter, ring(box, Radius.SMALL, 1.0), ink if checked else colors.field_border)
        if checked:
            draw_lines(painter, check_mark(box), 2.0, colors.on_accent if self.isEnabled() else ink)
        metrics = self.fontMetrics()
        baseline = (self.height() - metrics.height()) // 2 + metrics.ascent()
        # The painter brings the colour of text along; a box that waits keeps it, too.
        if not self.isEnabled():
            painter.setPen(QColor(colors.text))
        start = QPointF(RING_ROOM + _BOX + Space.SMALL, baseline)
        painter.drawText(start, self.text())
        if self._is_underlined:
            before, _sign, after = self.words_with_mnemonic.partition("&")
            left = start.x() + metrics.horizontalAdvance(before)
            width = metrics.horizontalAdvance(after[:1])
            painter.fillRect(QRectF(left, baseline + metrics.underlinePos(), width, 1), painter.pen().color())
        if self.hasFocus():
            # Apart from the box: on a checked one a ring of the same colour would not be seen.
            around = box.adjusted(-3.5, -3.5, 3.5, 3.5)
            fill(painter, ring(around, Radius.SMALL + 3, RING), colors.accent)


def check_mark(box: QRectF) -> list[QPointF]:
    """The three points of a check mark in ``box``."""
    return [
        QPointF(box.left() + box.width() * 0.24, box.top() + box.height() * 0.53),
        QPointF(box.left() + box.width() * 0.43, box.top() + box.height() * 0.71),
        QPointF(box.left() + box.width() * 0.77, box.top() + box.height() * 0.32),
    ]
