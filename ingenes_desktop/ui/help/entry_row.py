"""One entry of the help, as a row that the arrow keys reach."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ingenes_desktop.ui.help.entries import Entry
from ingenes_desktop.ui.painting import fill, ring
from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import Radius, Space
from ingenes_desktop.ui.widgets.buttons import RING
from ingenes_desktop.ui.widgets.plain_label import PlainLabel


class EntryRow(QWidget):
    """Where, what the screen says, what it means, what to do; a line divides it from the next.

    With the focus it is read out as a whole: its accessible name is all that it says.
    """

    def __init__(
        self, entry: Entry, advice: str, parent: QWidget, focused: Callable[[QWidget], object]
    ) -> None:
        """``advice`` is the entry's, as a sentence of its own; ``focused`` is called with the focus."""
        super().__init__(parent)
        self._focused = focused
        place, sentences = " · ".join(entry.places), "\n".join(entry.sentences)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(Space.SMALL, Space.MEDIUM, Space.SMALL, Space.LARGE)
        rows.setSpacing(Space.HAIR)
        for role, text in (("name", place), ("label", sentences), ("", entry.meaning), ("", advice)):
            if text:
                label = PlainLabel(role, self, wraps=True)
                label.setText(text)
                # Its font by now: what it needs does not change when it is shown.
                label.ensurePolished()
                rows.addWidget(label)
        self.setAccessibleName(" ".join((*entry.sentences, entry.meaning, advice)).strip())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell of it."""
        super().focusInEvent(event)
        self._focused(self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line below, or the ring of the focus."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.hasFocus():
            fill(painter, ring(area.adjusted(1, 3, -1, -5), Radius.CONTROL, RING), colors.accent)
        else:
            width = area.width() - 2 * Space.SMALL
            painter.fillRect(QRectF(Space.SMALL, area.bottom() - 1, width, 1), QColor(colors.line))
