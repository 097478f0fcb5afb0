"""The keys that work wherever the focus is. Nothing of it is wanted before the first paint."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

HELP = "F1"
LANGUAGE = "Ctrl+L"
"""Qt takes Ctrl for Cmd on macOS."""
LEAVE = "Ctrl+Q"


def add_shortcuts(window: QWidget, actions: dict[str, Callable[[], object]]) -> None:
    """Let each key call its action, from anywhere in ``window``: a view, a sheet over it, a dock beside it.

    Not in other windows of the program: the demo's mailbox has its own focus. A key that is held down does
    it once.
    """
    for keys, act in actions.items():
        shortcut = QShortcut(QKeySequence(keys), window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)
