"""Names and values in two calm columns."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.plain_label import ElidedLabel, PlainLabel

_ROW_HEIGHT = 27
_NAME_WIDTH = 128
_NOTHING = "–"


class Rows(QWidget):
    """A few rows; an empty value is a dash, and a value can be selected where ``selectable``."""

    def __init__(self, count: int, parent: QWidget | None = None, *, selectable: bool = True) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        grid.setColumnStretch(1, 1)
        self._names = [PlainLabel("name") for _ in range(count)]
        self._values = [ElidedLabel("value") for _ in range(count)]
        flags = Qt.TextInteractionFlag
        for row, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            if selectable:
                value.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
            name.setBuddy(value)
            grid.addWidget(name, row, 0)
            grid.addWidget(value, row, 1)
            grid.setRowMinimumHeight(row, _ROW_HEIGHT)

    def set_names(self, names: list[str]) -> None:
        """The words on the left."""
        for label, name in zip(self._names, names, strict=True):
            label.setText(name)
        self._describe()

    def set_values(self, values: list[str]) -> None:
        """The words on the right, from outside."""
        for label, value in zip(self._values, values, strict=True):
            label.setText(plain_text(value) or _NOTHING)
        self._describe()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a quiet line between two rows."""
        painter = QPainter(self)
        painter.setPen(QColor(colors_of(self).line))
        for name in self._names[1:]:
            painter.drawLine(0, name.y(), self.width(), name.y())

    def _describe(self) -> None:
        for name, value in zip(self._names, self._values, strict=True):
            value.setAccessibleDescription(name.text())
