"""A button that is an icon alone, named for whoever cannot see it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ingenes_desktop.ui.icons import paint_icon
from ingenes_desktop.ui.painting import fill, ring, rounded
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Colors, Radius, Size
from ingenes_desktop.ui.widgets.buttons import RING, PushButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class IconButton(PushButton):
    """A square as large as a finger. ``on_aside``: in the colours of the calm half. UI thread only."""

    side = Size.ICON
    """How large the icon is."""

    def __init__(self, icon: str, parent: QWidget | None = None, *, on_aside: bool = False) -> None:
        """``icon`` is a file of ``resources/icons``, without its ending."""
        super().__init__(parent)
        self._icon = icon
        self._on_aside = on_aside
        self.setProperty("role", "icon")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str) -> None:
        """Show another one."""
        self._icon = icon
        self.update()

    def set_name(self, name: str) -> None:
        """What a click does: the accessible name, and the tool tip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """The least that a finger hits."""
        return QSize(scaled(Size.TARGET), scaled(Size.TARGET))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def ink(self, colors: Colors, *, hovered: bool) -> str:
        """The icon's colour."""
        if self._on_aside:
            return colors.on_aside if hovered else colors.on_aside_muted
        return colors.text if hovered else colors.text_muted

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw a ground under the pointer, the icon, and the ring of the focus."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        hovered = self.isEnabled() and (self.underMouse() or self.isDown() or self.isChecked())
        if hovered:
            ground = colors.aside_shape if self._on_aside else colors.notice_ground
            fill(painter, rounded(area, Radius.CONTROL), ground)
        color = self.ink(colors, hovered=hovered)
        side = scaled(self.side)
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(self.rect()).center())
        paint_icon(painter, self._icon, square, color)
        if self.hasFocus():
            edge = colors.on_aside_accent if self._on_aside else colors.accent
            fill(painter, ring(area.adjusted(1, 1, -1, -1), Radius.CONTROL, RING), edge)
