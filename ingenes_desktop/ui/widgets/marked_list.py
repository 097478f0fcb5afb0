"""A list on the calm half of the card, each line with a mark: waiting, under way, done."""

from collections.abc import Sequence
from enum import Enum, unique

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ingenes_desktop.ui.painting import circle, draw_lines, fill, ring
from ingenes_desktop.ui.theme.theme import colors_of, set_role
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.check_box import check_mark
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

_MARK = 18
translate = QCoreApplication.translate


@unique
class Mark(Enum):
    """How far a line is."""

    WAITING = "aside-muted"
    UNDER_WAY = "aside-current"
    DONE = "aside"


class MarkedLine(PlainLabel):
    """One line and its mark, painted in the margin before the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Mark.WAITING.value, parent, wraps=True)
        self._mark = Mark.WAITING
        self.setContentsMargins(_MARK + Space.SMALL + 2, 0, 0, 0)
        self.setMinimumHeight(_MARK + 2)

    @property
    def mark(self) -> Mark:
        """How far the line is."""
        return self._mark

    def set_mark(self, mark: Mark) -> None:
        """Show how far the line is."""
        self._mark = mark
        set_role(self, mark.value)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, then the mark."""
        super().paintEvent(event)
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        top = (self.height() - line) / 2 if self.height() < line * 2 else 0.0
        box = QRectF(1, top + (line - _MARK) / 2 + 1, _MARK - 2, _MARK - 2)
        if self._mark is Mark.DONE:
            fill(painter, circle(box), colors.on_aside_accent)
            draw_lines(painter, check_mark(box), 1.8, colors.aside)
            return
        under_way = self._mark is Mark.UNDER_WAY
        edge = colors.on_aside_accent if under_way else colors.on_aside_muted
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        fill(painter, ring(inner, inner.width() / 2, 2.0 if under_way else 1.4), edge)
        if under_way:
            middle = box.center()
            fill(painter, circle(QRectF(middle.x() - 3.5, middle.y() - 3.5, 7, 7)), colors.on_aside_accent)


class MarkedList(QWidget):
    """A few lines, each with its mark. The words of the marks are accessible descriptions."""

    def __init__(self, count: int, parent: QWidget | None = None, *, spacing: int = Space.SMALL + 2) -> None:
        """``spacing`` is the distance between two lines."""
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(spacing)
        self._lines = [MarkedLine(self) for _ in range(count)]
        for line in self._lines:
            rows.addWidget(line)

    @property
    def lines(self) -> Sequence[MarkedLine]:
        """The lines, from top to bottom."""
        return self._lines

    def set_texts(self, texts: Sequence[str]) -> None:
        """The words of every line, in order."""
        for line, text in zip(self._lines, texts, strict=True):
            line.setText(text)
            self._describe(line)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """How far every line is, in order."""
        for line, mark in zip(self._lines, marks, strict=True):
            line.set_mark(mark)
            self._describe(line)

    def _describe(self, line: MarkedLine) -> None:
        line.setAccessibleDescription(_in_words(line.mark))


def _in_words(mark: Mark) -> str:
    match mark:
        case Mark.WAITING:
            return translate("MarkedList", "not yet")
        case Mark.UNDER_WAY:
            return translate("MarkedList", "under way")
        case Mark.DONE:
            return translate("MarkedList", "done")
