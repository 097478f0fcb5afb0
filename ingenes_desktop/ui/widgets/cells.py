"""Names and values in two calm columns, each value to be copied by itself."""

from collections.abc import Sequence

from PySide6 import QtCore
from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.copy_button import CopyButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.flow_row import FlowRow
from ingenes_desktop.ui.widgets.plain_label import ElidedLabel, PlainLabel

_NOTHING = "–"
_TWO_COLUMNS_FROM = 460
_FIRST_ALONE_FROM = 380
"""Below the first of these widths the first cell, an e-mail address, has a row to itself; below this all."""
_ROW_GAP = Space.SMALL + 1
"""Between two rows, with the line that is drawn there."""


class Cell(QWidget):
    """A name, below it the value, beside both the button that copies. An empty value is a dash."""

    copy_requested = Signal(str)
    """The value as it is shown, whole."""

    def __init__(self, clock: Clock, parent: QWidget | None = None, *, selectable: bool = True) -> None:
        """``selectable``: the value may be selected with the mouse as well."""
        super().__init__(parent)
        self._selectable = selectable
        self.name = PlainLabel("name", self, wraps=True)
        self.value = ElidedLabel("value", self, lines=2)
        self.name.setBuddy(self.value)
        self.button = CopyButton(clock, self)
        self.button.clicked.connect(lambda: self.copy_requested.emit(self.value.whole_text()))
        # Behind the event: a change of the focus hides every tool tip.
        self.button.reached.connect(self.value.show_whole, QtCore.Qt.ConnectionType.QueuedConnection)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.value)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(words, 1)
        row.addWidget(self.button)
        # The place of the button is kept where there is nothing to copy.
        policy = self.button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.button.setSizePolicy(policy)
        self.set_value("")

    def set_words(self, name: str, copy_words: str) -> None:
        """The words above the value, and what the button does."""
        self.name.setText(name)
        self.value.setAccessibleDescription(name)
        self.button.set_name(copy_words)

    def set_value(self, value: str) -> None:
        """The words below, from outside."""
        text = plain_text(value)
        if text != self.value.whole_text():
            self.button.rest()
        self.value.setText(text or _NOTHING)
        # Whoever goes from button to button by ear hears what each would copy.
        self.button.setAccessibleDescription(text)
        self.button.setVisible(bool(text))
        self._let_select()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is cut may have changed."""
        super().resizeEvent(event)
        self._let_select()

    def _let_select(self) -> None:
        """What the mouse would copy is the value: nothing that is cut, or broken in a word."""
        flags = QtCore.Qt.TextInteractionFlag
        is_whole = bool(self.button.accessibleDescription()) and self.value.text() == self.value.whole_text()
        may_select = self._selectable and is_whole
        wanted = flags.TextSelectableByMouse if may_select else flags.NoTextInteraction
        if self.value.textInteractionFlags() != wanted:
            self.value.setTextInteractionFlags(wanted)


class Cells(QWidget):
    """As many cells as there are names. ``selectable``: see Cell."""

    copy_requested = Signal(str)
    """See Cell; the button has been told that it is done."""

    def __init__(
        self, count: int, clock: Clock, parent: QWidget | None = None, *, selectable: bool = True
    ) -> None:
        super().__init__(parent)
        columns = Columns()
        self.setLayout(columns)
        self.cells = tuple(Cell(clock, self, selectable=selectable) for _ in range(count))
        for cell in self.cells:
            columns.addWidget(cell)
            cell.copy_requested.connect(self.copy_requested)
            cell.copy_requested.connect(cell.button.show_done)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in reading order."""
        return tuple(cell.button for cell in self.cells)

    def set_words(self, words: Sequence[tuple[str, str]]) -> None:
        """For each cell its name, and what its button does."""
        for cell, (name, copy_words) in zip(self.cells, words, strict=True):
            cell.set_words(name, copy_words)

    def set_values(self, values: Sequence[str]) -> None:
        """The values, from outside."""
        for cell, value in zip(self.cells, values, strict=True):
            cell.set_value(value)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a quiet line between two rows."""
        painter = QPainter(self)
        painter.setPen(QColor(colors_of(self).line))
        for y in sorted({cell.y() for cell in self.cells})[1:]:
            painter.drawLine(0, y - _ROW_GAP // 2 - 1, self.width(), y - _ROW_GAP // 2 - 1)


class Columns(FlowRow):
    """Two columns of equal width, row by row; in less room the first item alone in its row, or each."""

    def sizeHint(self) -> QSize:
        """In two columns."""
        width = scaled(_TWO_COLUMNS_FROM)
        return QSize(width, self.heightForWidth(width))

    def _place(self, area: QRect, *, only_measure: bool) -> int:
        items = [item for number in range(self.count()) if (item := self.itemAt(number)) is not None]
        whole = area.width()
        column = (whole - Space.LARGE) // 2
        alone = (
            0
            if whole >= scaled(_TWO_COLUMNS_FROM)
            else 1
            if whole >= scaled(_FIRST_ALONE_FROM)
            else len(items)
        )
        rows = [([item], whole) for item in items[:alone]]
        rows += [(items[start : start + 2], column) for start in range(alone, len(items), 2)]
        y = area.y()
        for row, width in rows:
            height = max(max(item.heightForWidth(width), item.minimumSize().height()) for item in row)
            if not only_measure:
                for item, x in zip(row, (area.x(), area.x() + whole - column), strict=False):
                    item.setGeometry(QRect(x, y, width, height))
            y += height + _ROW_GAP
        return y - _ROW_GAP - area.y()
