"""Labels: always plain text, whatever stands in them."""

from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ingenes_desktop.ui.early_values import PLAIN_TEXT

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QResizeEvent


class PlainLabel(QLabel):
    """A label that never takes its text for HTML, in the looks of ``role`` (see the style sheet)."""

    def __init__(self, role: str = "", parent: QWidget | None = None, *, wraps: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setWordWrap(wraps)
        if role:
            self.setProperty("role", role)


class ElidedLabel(PlainLabel):
    """A label for a text from outside: on at most ``lines`` lines, what does not fit ends in "…".

    The whole text is the accessible name, and what :meth:`whole_text` gives.
    """

    def __init__(self, role: str = "", parent: QWidget | None = None, *, lines: int = 1) -> None:
        super().__init__(role, parent, wraps=lines > 1)
        self._lines = lines
        self._whole = ""
        self._has_room = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def whole_text(self) -> str:
        """The text as it was set."""
        return self._whole

    def setText(self, text: str, /) -> None:
        """Show ``text``, as much of it as fits."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._has_room = True
        self._elide()

    def _elide(self) -> None:
        if not self._has_room:
            super().setText(self._whole)  # how wide it will be, a layout says
            return
        # The style sheet's font is known once the widget is polished.
        self.ensurePolished()
        super().setText(_fitted(self._whole, self.fontMetrics(), self.width(), self._lines, self))


def _fitted(text: str, metrics: "QFontMetrics", width: int, lines: int, label: QLabel) -> str:
    if metrics.horizontalAdvance(text) <= width:
        return text
    if lines == 1:
        return metrics.elidedText(text, QtCore.Qt.TextElideMode.ElideRight, width)
    layout = QtGui.QTextLayout(text, label.font())
    layout.beginLayout()
    starts: list[int] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
        if len(starts) > lines:
            break
    layout.endLayout()
    if len(starts) <= lines:
        return text
    last = starts[lines - 1]
    head, tail = text[:last].rstrip(), text[last:]
    fitted = metrics.elidedText(tail, QtCore.Qt.TextElideMode.ElideRight, width)
    return f"{head}\n{fitted}" if head else fitted
