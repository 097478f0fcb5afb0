"""Two fields side by side where they have room, else one below the other; each with its words below it."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ingenes_desktop.ui.theme.theme import scaled
from ingenes_desktop.ui.theme.tokens import Space

_LEAST = 150
"""A field that is narrower shows too little of what is typed."""
_FIELDS, _WORDS = slice(0, None, 2), slice(1, None, 2)


class FieldPair(QLayout):
    """Side by side the first field's words have the width of both, and the second's that of its own.

    So that long words (the rules of a password) need few lines; only one of the two speaks at a time.
    """

    def __init__(self, parent: QWidget, *, stacked: bool) -> None:
        """``stacked``: one below the other, though there may be room beside."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._stacked = stacked
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, field: QWidget, words: QWidget) -> None:
        """Add one of the two fields, and the widget of its words."""
        self.addWidget(field)
        self.addWidget(words)

    def words_of(self, field: QWidget) -> QWidget | None:
        """The widget of the words below ``field``; None where it is none of the two."""
        for each, words in zip(self._items[_FIELDS], self._items[_WORDS], strict=True):
            if each.widget() is field:
                return words.widget()
        return None

    def stack(self, stacked: bool) -> None:
        """From now on one below the other, or beside it where there is room."""
        self._stacked = stacked
        self.invalidate()

    def addItem(self, item: QLayoutItem, /) -> None:
        """Qt's: the layout owns it."""
        self._items.append(item)

    def count(self) -> int:
        """Qt's."""
        return len(self._items)

    def itemAt(self, index: int, /) -> QLayoutItem | None:
        """Qt's: None where there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:
        """Qt's: None where there is none."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """How high both are at ``width``."""
        return self._place(QRect(0, 0, width, 0), only_measure=True)

    def sizeHint(self) -> QSize:
        """Side by side."""
        width = 2 * self._column() + Space.MEDIUM
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        """One below the other."""
        width = max((item.minimumSize().width() for item in self._items), default=0)
        return QSize(width, self.heightForWidth(max(width, 2 * self._column() + Space.MEDIUM)))

    def setGeometry(self, area: QRect, /) -> None:
        """Place them."""
        super().setGeometry(area)
        self._place(area, only_measure=False)

    def _column(self) -> int:
        return max(scaled(_LEAST), *(item.minimumSize().width() for item in self._items[_FIELDS]))

    def _place(self, area: QRect, *, only_measure: bool) -> int:
        half = (area.width() - Space.MEDIUM) // 2
        beside = not self._stacked and half >= self._column()
        x, y, below = area.x(), area.y(), 0
        for number, (field, words) in enumerate(zip(self._items[_FIELDS], self._items[_WORDS], strict=True)):
            width = half if beside else area.width()
            height = field.sizeHint().height()
            if beside and number:
                x, y = area.x() + area.width() - half, area.y()
            place = QRect(x, y, width, height)
            spoken = width if number else area.width()
            told = QRect(x, y + height + Space.HAIR, spoken, _height(words, spoken))
            if not only_measure:
                field.setGeometry(place)
                words.setGeometry(told)
            y = told.bottom() + 1 + Space.HAIR
            below = max(below, told.bottom() + 1)
        return below - area.y()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
