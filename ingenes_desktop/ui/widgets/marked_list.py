"""A list on the calm half of the card, each line with a mark: waiting, under way, done."""

from collections.abc import Callable, Sequence
from enum import Enum, unique
from functools import cached_property

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QRect, QRectF
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ingenes_desktop.ui.early_values import WORD_WRAP
from ingenes_desktop.ui.motion import Stroke, system_lets_things_move
from ingenes_desktop.ui.painting import circle, draw_lines, fill, first_part, ring
from ingenes_desktop.ui.theme.theme import colors_of, scaled, set_role
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.check_box import check_mark
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

_MARK = 18
_WORDS_BESIDE_MARKS = 280
_FAR = 10_000
translate = QCoreApplication.translate


@unique
class Mark(Enum):
    """How far a line is."""

    WAITING = "aside-muted"
    UNDER_WAY = "aside-current"
    DONE = "aside"


class MarkedLine(PlainLabel):
    """One line and its mark, painted in the margin before the words. A check draws itself as it comes."""

    def __init__(
        self, parent: QWidget | None = None, *, may_move: Callable[[], bool] = system_lets_things_move
    ) -> None:
        super().__init__(Mark.WAITING.value, parent, wraps=True)
        self._may_move = may_move
        self._mark = Mark.WAITING
        self._words = ""
        self._is_mark_alone = False
        self.setContentsMargins(_MARK + Space.SMALL + 2, 0, 0, 0)
        self.setMinimumHeight(scaled(_MARK + 2))

    @property
    def mark(self) -> Mark:
        """How far the line is."""
        return self._mark

    def set_mark(self, mark: Mark) -> None:
        """Show how far the line is."""
        comes = mark is Mark.DONE and self._mark is not Mark.DONE
        self._mark = mark
        self._show_words()
        self.update()
        if comes and self.isVisible() and self._may_move():
            self.stroke.start()

    def setText(self, text: str, /) -> None:
        """Say ``text``; a screen reader is told of it also where only the mark has room."""
        self._words = text
        self.setAccessibleName(text)
        self._show_words()

    def show_mark_alone(self, alone: bool) -> None:
        """Show the mark without the words unless the line is under way, or both again."""
        self._is_mark_alone = alone
        self._show_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other words may be bold in another width."""
        super().resizeEvent(event)
        self._show_weight()

    def _show_weight(self) -> None:
        """While it is under way the words are bold, unless they took more lines so and moved the others."""
        mark = self._mark
        if mark is Mark.UNDER_WAY and not self._is_mark_alone:
            plain, bold = QFont(self.font()), QFont(self.font())
            plain.setWeight(QFont.Weight.Normal)
            bold.setWeight(QFont.Weight.DemiBold)
            if self._height_in(bold) > self._height_in(plain):
                mark = Mark.DONE
        if self.property("role") != mark.value:
            set_role(self, mark.value)

    def _height_in(self, font: QFont) -> int:
        room = QRect(0, 0, self.contentsRect().width(), _FAR)
        return QFontMetrics(font).boundingRect(room, WORD_WRAP, self._words).height()

    def _show_words(self) -> None:
        is_alone = self._is_mark_alone and self._mark is not Mark.UNDER_WAY
        super().setText("" if is_alone else self._words)
        margin = _MARK + (0 if is_alone else Space.SMALL + 2)
        self.setContentsMargins(margin, 0, 0, 0)
        self._show_weight()
        # Beside the others' marks the words stay on one line where there is room for it.
        words = 0
        if self._is_mark_alone and not is_alone:
            self.ensurePolished()
            words = min(self.fontMetrics().horizontalAdvance(self._words) + 2, scaled(_WORDS_BESIDE_MARKS))
        self.setMinimumWidth(margin + words)

    @cached_property
    def stroke(self) -> Stroke:
        """What draws the check."""
        stroke = Stroke(self)
        stroke.valueChanged.connect(lambda _share: self.update())
        return stroke

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
            points = first_part(check_mark(box), self.stroke.share)
            draw_lines(painter, points, 1.8, colors.aside)
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

    def __init__(
        self,
        count: int,
        parent: QWidget | None = None,
        *,
        spacing: int = Space.SMALL + 2,
        may_move: Callable[[], bool] = system_lets_things_move,
    ) -> None:
        """``spacing`` is the distance between two lines."""
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.MEDIUM)
        self._grid.setVerticalSpacing(spacing)
        self._lines = [MarkedLine(self, may_move=may_move) for _ in range(count)]
        self.arrange(1)

    def arrange(self, columns: int) -> None:
        """Put the lines into one or two ``columns``, each read from top to bottom."""
        rows = -(-len(self._lines) // columns)
        for number, line in enumerate(self._lines):
            column, row = divmod(number, rows)
            # A line beside one that is higher stays at its own mark.
            self._grid.addWidget(line, row, column, QtCore.Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

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
