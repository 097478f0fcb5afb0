"""Keeps the field in use where it can be seen: with its label above it, and the words below it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QTimer, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.field_pair import FieldPair
from ingenes_desktop.ui.widgets.form_field import FormField


class FieldInView(QObject):
    """Scrolls ``ground`` to what has the focus in it, whenever that or the room changes. UI thread only."""

    def __init__(self, ground: QScrollArea) -> None:
        super().__init__(ground)
        self._ground = ground
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.follow)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101  there are widgets
        application.focusChanged.connect(self._focus_changed)
        # The range changes with the page's size and with the room it is seen through.
        ground.verticalScrollBar().rangeChanged.connect(self._follow_soon)

    @Slot()
    def follow(self) -> None:
        """Look now: what has the focus stands in the visible part when this returns."""
        self._bring(self._ground.window().focusWidget())

    def _bring(self, widget: QWidget | None) -> None:
        page = self._ground.widget()
        if widget is not None and page is not None and page.isAncestorOf(widget):
            bring_into_view(widget)

    @Slot(QWidget, QWidget)
    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now.window() is self._ground.window():
            self.follow()
            # Once more when everything has its place: a view that has just come up is laid out later.
            self._soon.start()

    @Slot()
    def _follow_soon(self) -> None:
        self._soon.start()


def whole_field(widget: QWidget) -> tuple[QWidget, ...]:
    """What is to be seen together with ``widget``: its form field and the words below; or itself alone."""
    field: QWidget | None = widget
    while field is not None and not isinstance(field, FormField):
        field = field.parentWidget()
    if field is None:
        return (widget,)
    around = field.parentWidget()
    pair = None if around is None else around.layout()
    words = pair.words_of(field) if isinstance(pair, FieldPair) else None
    return (field,) if words is None else (field, words)


def bring_into_view(widget: QWidget) -> None:
    """Scroll every scroll area around ``widget`` as little as possible, from the inmost to the outmost.

    Where a whole field has no room, at least ``widget`` itself is seen.
    """
    whole = whole_field(widget)
    inside: QWidget = widget
    while (around := inside.parentWidget()) is not None:
        if isinstance(around, QScrollArea) and (page := around.widget()) is not None:
            seen = around.viewport().height()
            place = place_of(whole, page)
            _scroll(around, place if place.height() <= seen else place_of((widget,), page), seen)
        inside = around


def place_of(widgets: Sequence[QWidget], page: QWidget) -> QRect:
    """The rectangle around ``widgets``, in the coordinates of ``page``, which holds them all."""
    place = QRect()
    for each in widgets:
        place = place.united(QRect(each.mapTo(page, each.rect().topLeft()), each.size()))
    return place


def _scroll(area: QScrollArea, place: QRect, seen: int) -> None:
    margin = min(Space.SMALL, max(0, (seen - place.height()) // 2))
    bar = area.verticalScrollBar()
    top, bottom = place.top() - margin, place.bottom() + 1 + margin
    if top < bar.value():
        bar.setValue(top)
    elif bottom > bar.value() + seen:
        bar.setValue(min(top, bottom - seen))
