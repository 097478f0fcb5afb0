"""A label of the demo's: plain text that can be selected."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def plain_label(name: str = "", *, bold: bool = False) -> QLabel:
    """An empty one; ``name`` is its object name. UI thread only."""
    label = QLabel()
    font = label.font()
    font.setBold(bold)
    label.setFont(font)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
