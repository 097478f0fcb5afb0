"""A row of widgets that goes on below where it has no room beside."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ingenes_desktop.ui.theme.tokens import Space


class FlowRow(QLayout):
    """Puts its widgets side by side, each as wide as it wants to be; hidden ones that keep their room count.

    ``pushed`` widgets (see :meth:`push`) stand at the far end of their line while there is but one line, and
    a stand-in where the next one would begin.
    After Qt's own example, https://doc.qt.io/qt-6/qtwidgets-layouts-flowlayout-example.html.
    """

    def __init__(self, *, gap: int = Space.MEDIUM, between: int = 0) -> None:
        """``gap`` is between two widgets of a line, ``between`` between two lines."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._pushed: QWidget | None = None
        self._stand_in: QWidget | None = None
        self._gap = gap
        self._between = between
        self.setContentsMargins(0, 0, 0, 0)

    def push(self, widget: QWidget) -> None:
        """Add ``widget`` at the far end."""
        self._pushed = widget
        self.addWidget(widget)

    def stand_in(self, widget: QWidget) -> None:
        """Add ``widget``, which takes the room of the next one, and is only shown while that is hidden.

        The next one is at least as wide, and keeps its room when it is hidden.
        """
        self._stand_in = widget
        self.addWidget(widget)

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
        """Fewer in a line, more lines."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """How high all lines are at ``width``."""
        return self._place(QRect(0, 0, width, 0), only_measure=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = [item.sizeHint() for item in self._items if self._counts(item)]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        """The widest of them."""
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        width = max((size.width() for size in shown), default=0)
        return QSize(width, max((size.height() for size in shown), default=0))

    def setGeometry(self, area: QRect, /) -> None:
        """Place them."""
        super().setGeometry(area)
        self._place(area, only_measure=False)

    def _place(self, area: QRect, *, only_measure: bool) -> int:
        x, y, height = area.x(), area.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > area.x() and x + size.width() > area.x() + area.width():
                x, y, height = area.x(), y + height + self._between, 0
            left = x
            if item.widget() is self._pushed and self._pushed is not None and y == area.y():
                left = max(x, area.x() + area.width() - size.width())
            if not only_measure:
                width = min(size.width(), area.width())
                item.setGeometry(QRect(QPoint(left, y), QSize(width, size.height())))
            if not self._counts(item):
                continue
            x, height = left + size.width() + self._gap, max(height, size.height())
        return y + height - area.y()

    def _counts(self, item: QLayoutItem) -> bool:
        return not item.isEmpty() and (self._stand_in is None or item.widget() is not self._stand_in)
