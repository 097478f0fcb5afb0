"""The key of an authenticator app as text, to be read, and where that is wanted copied."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ingenes_desktop.ui.painting import fill, ring
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Radius, Size, Space
from ingenes_desktop.ui.widgets.buttons import EDGED_RING
from ingenes_desktop.ui.widgets.plain_label import PlainLabel


class KeyLabel(PlainLabel):
    """In a quiet frame, which says so when the Tab key leads to it: where it can be copied. UI thread only.

    Nothing here puts it on the clipboard by itself: that is the person's own doing.
    """

    def __init__(self, parent: QWidget | None = None, *, selectable: bool) -> None:
        super().__init__("", parent, wraps=True)
        # As wide as there is room: what Qt would like for a text depends on whether it can be selected.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        self.setMinimumHeight(scaled(Size.TARGET))
        if selectable:
            flags = Qt.TextInteractionFlag
            self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key and its frame: that of the focus is thicker, and in the accent's colour."""
        super().paintEvent(event)
        if not self.text():
            return
        colors = colors_of(self)
        width, color = (EDGED_RING, colors.accent) if self.hasFocus() else (1.0, colors.line)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            around = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
            fill(painter, ring(around, Radius.CONTROL, width), color)
