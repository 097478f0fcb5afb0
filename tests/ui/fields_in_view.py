"""Where a field, its label and its words stand on screen, found without the code that moves them."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QWidget

from tests.ui.conftest import Shown

_MOST_STOPS = 40


def on_screen(widget: QWidget) -> QRect:
    """Its rectangle in the window."""
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


def seen_through(widget: QWidget) -> QRect:
    """The part of the window in which ``widget`` can be seen: through every scroll area around it."""
    window = widget.window()
    seen = QRect(QPoint(), window.size())
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            seen = seen.intersected(on_screen(around.viewport()))
        around = around.parentWidget()
    return seen


def parts_of(shown: Shown, edit: QLineEdit) -> list[QWidget]:
    """The field, the label that is its buddy, and the words beside it as an assistive technology has them."""
    labels = [each for each in shown.view.findChildren(QLabel) if each.isVisible() and each.text()]
    buddies = [each for each in labels if each.buddy() is edit]
    below = on_screen(edit).bottom()
    said = edit.accessibleDescription()
    words = [
        each
        for each in labels
        if each.text() in said and 0 < on_screen(each).top() - below < 3 * each.fontMetrics().height()
    ]
    assert len(buddies) == 1
    return [edit, *buddies, *words]


def assert_in_view(shown: Shown, edit: QLineEdit) -> None:
    """All of it."""
    for part in parts_of(shown, edit):
        seen = seen_through(part)
        assert seen.contains(on_screen(part)), (edit.accessibleName(), part, on_screen(part), seen)


def is_in_view(shown: Shown, edit: QLineEdit) -> bool:
    """Whether all of it is; to be waited for."""
    return all(seen_through(part).contains(on_screen(part)) for part in parts_of(shown, edit))


def stops(shown: Shown, *, forwards: bool = True) -> Iterator[QWidget]:
    """Press Tab, or Shift+Tab, until the round is complete; each widget that got the focus."""
    first = shown.focus()
    key = Qt.Key.Key_Tab if forwards else Qt.Key.Key_Backtab
    for _ in range(_MOST_STOPS):
        QTest.keyClick(shown.focus(), key)
        yield shown.focus()
        if shown.focus() is first:
            return
    raise AssertionError("the Tab key does not come round")
