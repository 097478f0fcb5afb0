"""A field whose Enter submits."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class LineEdit(QLineEdit):
    """Enter that is held down submits once: what was refused meanwhile is not handed in again by itself."""

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Leave out what Enter says again."""
        if not (event.isAutoRepeat() and event.key() in _ENTER):
            super().keyPressEvent(event)
