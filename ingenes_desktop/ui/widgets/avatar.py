"""A circle with a person's initials."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import Size, Type


class Avatar(QWidget):
    """Draws the initials of a name, or an empty circle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = ""
        self.setFixedSize(Size.AVATAR, Size.AVATAR)

    def show_initials_of(self, name: str) -> None:
        """The first letters of the first and the last word of ``name``."""
        words = [word for word in name.partition("@")[0].split() if word[0].isalnum()]
        chosen = words[:1] + words[1:][-1:]
        self._initials = "".join(word[0].upper() for word in chosen)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circle and the letters."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.on_aside_accent))
        painter.drawEllipse(QRectF(self.rect()))
        font = self.font()
        font.setPixelSize(Type.AVATAR)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colors.aside))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)
