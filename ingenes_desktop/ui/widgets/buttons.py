"""The buttons of a view: one that does the thing, one that leads elsewhere."""

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ingenes_desktop.ui.early_values import SHOW_MNEMONIC
from ingenes_desktop.ui.painting import fill, ring
from ingenes_desktop.ui.theme.theme import colors_of, set_look
from ingenes_desktop.ui.theme.tokens import Radius, Size

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent

_RING = 2.0


class _PushButton(QPushButton):
    """Enter presses the one that has the focus, as Space does; a key that is held down presses once."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAutoDefault(True)

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Leave out what a key says again: it may have been pressed on what was here before."""
        if not event.isAutoRepeat():
            super().keyPressEvent(event)


class Button(_PushButton):
    """A push button in the looks of ``role`` ("primary", "quiet"), with a clear ring for the focus."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self._role = role

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Draw the button, and the ring inside its edge."""
        super().paintEvent(event)
        if self.hasFocus():
            colors = colors_of(self)
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            color = colors.on_accent if self._role == "primary" else colors.accent
            inset = 3.5 if self._role == "primary" else _RING / 2
            corner = Radius.SMALL if self._role == "primary" else Radius.CONTROL
            area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            fill(painter, ring(area, corner, _RING), color)


class BusyButton(Button):
    """A primary button that says what it is doing; its width is the same for both texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("primary", parent)
        self._idle_text = ""
        self._busy_text = ""
        self._busy = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def busy(self) -> bool:
        """Whether what it does is under way."""
        return self._busy

    def set_texts(self, idle: str, busy: str) -> None:
        """The words before and during."""
        self._idle_text, self._busy_text = idle, busy
        self._show_text()
        self.updateGeometry()

    def set_busy(self, busy: bool) -> None:
        """Say that it is under way, or that it is not."""
        self._busy = busy
        self._show_text()

    def sizeHint(self) -> QSize:
        """Room for the longer of the two texts."""
        present = super().sizeHint()
        width = present.width() - self._width_of(self.text())
        longest = max(self._width_of(text) for text in (self._idle_text, self._busy_text))
        return QSize(max(width + longest, Size.BUTTON_MINIMUM), present.height())

    def minimumSizeHint(self) -> QSize:
        """The same: the words are never cut."""
        return self.sizeHint()

    def _width_of(self, text: str) -> int:
        # As QPushButton measures its own.
        return self.fontMetrics().size(SHOW_MNEMONIC, text).width()

    def _show_text(self) -> None:
        self.setText(self._busy_text if self._busy else self._idle_text)


class LinkButton(_PushButton):
    """A link that keyboard and screen reader treat as what it is: a flat push button."""

    def __init__(self, parent: QWidget | None = None, *, role: str = "link") -> None:
        super().__init__(parent)
        self._role = role
        self.setFlat(True)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def enterEvent(self, event: "QEnterEvent") -> None:
        """Show the hand. (Not from the start: a cursor's shape is one of Qt's enumerations.)"""
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def set_waiting(self, waiting: bool) -> None:
        """Look as if it cannot be clicked yet; it keeps the focus and can say why."""
        set_look(self, "waiting", "true" if waiting else "")

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Draw the link, and a ring around it while it has the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colors = colors_of(self)
            color = colors.accent if self._role == "link" else colors.on_aside_accent
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            fill(painter, ring(area, Radius.SMALL, _RING), color)
