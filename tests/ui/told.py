"""Everything a window tells: on screen, to a screen reader, to the task bar, also of what is hidden."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget


def told_of(window: QWidget) -> set[str]:
    """Each text that a property of a widget, or the accessibility tree, holds."""
    return {text for text in (*_of_properties(window), *_of_tree(window)) if text}


def tells(window: QWidget, *facts: str) -> list[str]:
    """Which texts hold one of ``facts``."""
    return sorted(text for text in told_of(window) if any(fact in text for fact in facts))


def _of_properties(window: QWidget) -> Iterator[str]:
    # Other windows too: an open menu, a tool tip.
    others = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in [window, *window.findChildren(QWidget), *others]:
        about = widget.metaObject()
        for number in range(about.propertyCount()):
            kind: object = about.property(number).typeName()  # text, whatever PySide's stubs say
            if kind == "QString":
                yield str(widget.property(str(about.property(number).name())))
        yield from (action.text() for action in widget.actions())
    handle = window.windowHandle()
    if handle is not None:
        yield handle.title()


def _of_tree(window: QWidget) -> Iterator[str]:
    root = QAccessible.queryAccessibleInterface(window)
    waiting: list[QAccessibleInterface] = [root]
    while waiting:
        element = waiting.pop()
        yield from (element.text(kind) for kind in QAccessible.Text)
        words = element.textInterface()
        if words is not None:
            yield words.text(0, words.characterCount())
        waiting += [element.child(position) for position in range(element.childCount())]
