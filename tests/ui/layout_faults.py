"""What is wrong with how a window is laid out, as far as a program can see it; one line for each fault."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.sheet import Sheet
from ingenes_desktop.ui.theme.tokens import Size, Type
from ingenes_desktop.ui.widgets.field_words import FieldWords
from ingenes_desktop.ui.widgets.plain_label import ElidedLabel

_PASSES = 6
"""A layout tells its parent, that its parent, and words that wrap ask once more."""


def settle() -> None:
    """Lay out whatever waits for the event loop to do so, without giving it a turn."""
    for _ in range(_PASSES):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def faults_of(window: MainWindow) -> list[str]:
    """Every fault of what ``window`` shows at this moment; it must be shown, and :func:`settle`d."""
    ground = window.centralWidget()
    assert ground is not None
    sheets = [each for each in window.findChildren(Sheet) if each.isVisible()]
    return [
        *_within(ground),
        *(fault for sheet in sheets for fault in (*_out_of_place(sheet, window), *_within(sheet))),
    ]


def scrolls(window: MainWindow) -> bool:
    """Whether anything of it has to be scrolled up and down."""
    return any(bar.maximum() > 0 for bar in _bars(window, Qt.Orientation.Vertical))


def _within(parent: QWidget) -> Iterator[str]:
    shown = [child for child in _children(parent) if child.isVisible()]
    for child in shown:
        yield from _faults_of_one(child, parent)
        yield from _within(child)
    for one, other in combinations((child for child in shown if _is_seen(child)), 2):
        common = one.geometry() & other.geometry()
        # What lies over all of its parent (a warning, a veil) is meant to.
        if not common.isEmpty() and parent.rect() not in (one.geometry(), other.geometry()):
            yield f"{_name(one)} and {_name(other)} overlap by {common.width()}x{common.height()}"


def _is_seen(widget: QWidget) -> bool:
    """Not room that is kept for words, and has none."""
    return type(widget) is not FieldWords or any(child.isVisible() for child in _children(widget))


def _children(parent: QWidget) -> list[QWidget]:
    return [child for child in parent.children() if isinstance(child, QWidget) and not child.isWindow()]


def _faults_of_one(widget: QWidget, parent: QWidget) -> Iterator[str]:
    if isinstance(widget, QScrollBar):
        if widget.orientation() is Qt.Orientation.Horizontal:
            yield f"{_name(parent)} scrolls sideways"
        return
    if widget.objectName().startswith("qt_scrollarea"):
        return
    yield from _out_of_place(widget, parent)
    if isinstance(widget, QAbstractScrollArea):
        return
    yield from _squeezed(widget)
    if isinstance(widget, QLabel):
        yield from _cut_words(widget)
    yield from _too_small(widget)


def _out_of_place(widget: QWidget, parent: QWidget) -> Iterator[str]:
    area = widget.geometry()
    if area.isEmpty():
        return
    whole = QRect(parent.rect())
    if isinstance(parent.parentWidget(), QAbstractScrollArea):
        whole.setHeight(max(whole.height(), area.height()))
        whole.moveTop(min(0, area.top()))
    if not whole.contains(area):
        yield f"{_name(widget)} at {_rect(area)} is not within {_name(parent)} {_rect(whole)}"


def _squeezed(widget: QWidget) -> Iterator[str]:
    """Less room than the widget, or its layout, says that it needs."""
    layout = widget.layout()
    if layout is not None:
        needed = layout.minimumSize()
        if layout.hasHeightForWidth():
            needed.setHeight(layout.minimumHeightForWidth(widget.width()))
    elif isinstance(widget, QAbstractButton):
        needed = widget.sizeHint()
    elif isinstance(widget, QLabel):
        return
    else:  # Qt's figure for what has a size of its own is meant for other looks
        needed = widget.minimumSizeHint().boundedTo(widget.maximumSize())
    if needed.width() > widget.width() or needed.height() > widget.height():
        yield f"{_name(widget)} has {_size(widget.size())} and needs {_size(needed)}"


def _cut_words(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    margins = label.contentsMargins()
    room = label.contentsRect()
    if label.wordWrap():
        height = label.heightForWidth(label.width()) - margins.top() - margins.bottom()
        words = label.text().replace("\u200b", " ").split()  # a place where a line may break
        width = max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        if isinstance(label, ElidedLabel):
            width = 0
    else:
        lines = label.text().split("\n")
        width = max(label.fontMetrics().horizontalAdvance(line) for line in lines)
        height = label.fontMetrics().height() * len(lines)
    if width > room.width() or height > room.height():
        yield f"{_name(label)} has {_size(room.size())} and its words need {_size(QSize(width, height))}"
    if isinstance(label, ElidedLabel) and label.text() != label.whole_text() and is_ours(label.whole_text()):
        yield f"{_name(label)} cuts our own words short: {label.whole_text()!r}"


def is_ours(text: str) -> bool:
    """Whether the words are of our own making: of the language that nobody speaks it can be told."""
    return text.startswith("[")


def _too_small(widget: QWidget) -> Iterator[str]:
    has_words = isinstance(widget, QLabel | QAbstractButton | QLineEdit)
    if has_words and widget.fontInfo().pixelSize() < Type.SMALL:
        yield f"{_name(widget)} has letters of {widget.fontInfo().pixelSize()} px"
    stops = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    if stops and widget.isEnabled() and min(widget.width(), widget.height()) < Size.TARGET:
        yield f"{_name(widget)} is {_size(widget.size())}: too small for a finger"


def _bars(window: MainWindow, orientation: Qt.Orientation) -> list[QScrollBar]:
    return [
        bar for bar in window.findChildren(QScrollBar) if bar.isVisible() and bar.orientation() is orientation
    ]


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    words = text() if callable(text) else widget.accessibleName()
    return f"{type(widget).__name__} {words[:40]!r}" if words else type(widget).__name__


def _size(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"


def _rect(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {_size(rect.size())}"
