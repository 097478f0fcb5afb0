"""Labels: always plain text, whatever stands in them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class PlainLabel(QLabel):
    """A label that never takes its text for HTML, in the looks of ``role`` (see the style sheet)."""

    def __init__(self, role: str = "", parent: QWidget | None = None, *, wraps: bool = False) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
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
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def whole_text(self) -> str:
        """The text as it was set."""
        return self._whole

    def setText(self, text: str, /) -> None:
        """Show ``text``, as much of it as fits."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        # The style sheet's font is known once the widget is polished.
        self.ensurePolished()
        super().setText(_fitted(self._whole, self.fontMetrics(), self.width(), self._lines, self))


def _fitted(text: str, metrics: QFontMetrics, width: int, lines: int, label: QLabel) -> str:
    if lines == 1:
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    layout = QTextLayout(text, label.font())
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
    fitted = metrics.elidedText(tail, Qt.TextElideMode.ElideRight, width)
    return f"{head}\n{fitted}" if head else fitted
