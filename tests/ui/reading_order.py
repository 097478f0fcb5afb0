"""Where the Tab key goes in a view."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.ui.conftest import Shown

TOOLS = ("English", "Appearance", "Help")
"""The last of every view."""


def assert_reading_order(shown: Shown, *names: str) -> None:
    """From the first of ``names``, which has the focus, through all of them to the tools, and back there."""
    shown.window.activateWindow()
    first = shown.focus()
    wanted = [*names, *TOOLS]
    reached = []
    for _ in wanted:
        reached.append(_name_of(shown.focus()))
        QTest.keyClick(shown.focus(), Qt.Key.Key_Tab)
    assert reached == wanted
    assert shown.focus() is first
    QTest.keyClick(first, Qt.Key.Key_Backtab)
    assert _name_of(shown.focus()) == wanted[-1]


def _name_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
