"""What a sheet shows, a page at a time: most of it rows, of which the arrow keys choose one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ingenes_desktop.ui.theme.tokens import Space

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent


class Page(QWidget):
    """One page of a sheet. UI thread only."""

    page_wanted = Signal(object)
    """Another Page shall be shown."""
    said = Signal(str)
    """Words for a screen reader, when it has a moment."""

    def heading_in_words(self) -> str:
        """What stands above it."""
        raise NotImplementedError

    def introduction(self) -> tuple[str, ...]:
        """What a screen reader says when the page is shown."""
        return (self.heading_in_words(),)

    def retranslate(self) -> None:
        """Put the words of the present language."""

    def take_focus(self) -> None:
        """Give the focus to what one is here for."""

    def leave(self) -> None:
        """Another page is shown, from which one may come back."""

    def take_key(self, event: "QKeyEvent") -> None:
        """A key that the widget with the focus did not want."""


class Body(QWidget):
    """What is scrolled; it tells when its layout has been arranged anew."""

    arranged = Signal()

    def event(self, event: QEvent, /) -> bool:
        """Behind the layout, which has seen the event by now."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.arranged.emit()
        return done


class Scroll(QScrollArea):
    """As wide as it is, its widget is too, and as high as its words need.

    (Qt's own "resizable" asks for the height before the layout has heard of what is new.)
    """

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """The page has the arrows."""
        event.ignore()

    def fit(self) -> None:
        """Make it so."""
        body, width = self.widget(), self.viewport().width()
        layout = None if body is None else body.layout()
        if body is not None and layout is not None:
            body.resize(width, max(layout.totalHeightForWidth(width), self.viewport().height()))


class RowsPage(Page):
    """Rows that scroll. One of them at most is a stop of the Tab key; the arrow keys go from row to row."""

    def __init__(self) -> None:
        super().__init__()
        self._current: QWidget | None = None
        self._scroll = Scroll(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body = Body()
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        self.top = QVBoxLayout()
        """What stands above the rows. They have room for the ring of the focus around their words."""
        self.top.setContentsMargins(Space.SMALL, 0, Space.SMALL, Space.SMALL)
        self.top.setSpacing(0)
        self.rows.addLayout(self.top)
        self._scroll.setWidget(self.body)
        self.body.arranged.connect(self._scroll.fit)
        # The card's colour shows through. (The scroll area has filled both.)
        self._scroll.viewport().setAutoFillBackground(False)
        self.body.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def shown_rows(self) -> list[QWidget]:
        """The rows on the page, from top to bottom."""
        raise NotImplementedError

    def above_the_rows(self) -> QWidget | None:
        """Where the arrow key leads from the first row."""
        return None

    def leave(self) -> None:
        """Remember where one was."""
        focus = self.focusWidget()
        if focus in self.shown_rows():
            self._current = focus

    def take_key(self, event: "QKeyEvent") -> None:
        """Go from row to row, a page of them, or to either end."""
        rows = self.shown_rows()
        focus = self.window().focusWidget()
        at = rows.index(focus) if focus in rows else -1
        match event.key():
            case Qt.Key.Key_Down:
                self._go_to(rows, at + 1)
            case Qt.Key.Key_Up if at == 0 and self.above_the_rows() is not None:
                self._leave_rows()
            case Qt.Key.Key_Up if at > 0:
                self._go_to(rows, at - 1)
            case Qt.Key.Key_PageDown:
                self._go_to(rows, self._a_page_on(rows, at, 1))
            case Qt.Key.Key_PageUp:
                self._go_to(rows, self._a_page_on(rows, at, -1))
            case Qt.Key.Key_Home if at >= 0:
                self._go_to(rows, 0)
            case Qt.Key.Key_End if at >= 0:
                self._go_to(rows, len(rows) - 1)

    def arrange(self) -> None:
        """Rows have come or gone: give them their places before they are painted."""
        self.rows.activate()
        self._scroll.fit()

    def show_from_the_top(self) -> None:
        """The rows are others: none is the present one."""
        self._current = None
        self._mark_stop()
        self._scroll.verticalScrollBar().setValue(0)

    def see(self, widget: QWidget) -> None:
        """Scroll to it: its beginning, where it is higher than the room."""
        self._scroll.ensureWidgetVisible(widget, 0, Space.HAIR)
        if widget.height() > self._scroll.viewport().height():
            self._scroll.verticalScrollBar().setValue(widget.mapTo(self.body, widget.rect().topLeft()).y())

    def focused(self, row: QWidget) -> None:
        """``row`` has the focus: it is the one that the Tab key comes back to."""
        self._current = row
        self._mark_stop()

    def _go_to(self, rows: list[QWidget], place: int) -> None:
        if not rows:
            return
        row = rows[max(0, min(place, len(rows) - 1))]
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.see(row)

    def _leave_rows(self) -> None:
        above = self.above_the_rows()
        if above is not None:
            above.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.verticalScrollBar().setValue(0)

    def _a_page_on(self, rows: list[QWidget], at: int, step: int) -> int:
        room = self._scroll.viewport().height()
        start = rows[max(at, 0)].y() if rows else 0
        place = max(at, 0) + step
        while 0 < place < len(rows) - 1 and abs(rows[place].y() - start) < room * 0.8:
            place += step
        return place

    def _mark_stop(self) -> None:
        rows = self.shown_rows()
        stop = self._current if self._current in rows else next(iter(rows), None)
        for row in rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus)
