"""A thin line that says how far something is, or only that it goes on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ingenes_desktop.ui.painting import fill, rounded
from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import Size

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent

_FRAME_MILLISECONDS = 40
_FRAMES = 50
_STILL = 0.5
"""Where the moving part stands when nothing is to move: in the middle."""
_PART = 0.28
"""How much of the line the moving part is."""


class ProgressLine(QProgressBar):
    """A progress bar painted here. Without a range it glides, where the person wants things to move."""

    def __init__(self, parent: QWidget | None = None, *, may_move: Callable[[], bool] | None = None) -> None:
        """``may_move`` says whether the person has not asked the system for less motion."""
        super().__init__(parent)
        self._may_move = may_move or _may_move
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setFixedHeight(Size.PROGRESS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._frame = 0
        self._has_begun = False
        self._moves = False
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MILLISECONDS)
        self._frames.timeout.connect(self._next_frame)

    @property
    def moves(self) -> bool:
        """Whether it is gliding."""
        return self._moves

    def hideEvent(self, event: "QHideEvent") -> None:
        """Rest until it is shown again."""
        super().hideEvent(event)
        self.rest()
        self._has_begun = False

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw the line and the part that is done, or that goes on; and then begin to glide."""
        if self.maximum() == 0 and not self._has_begun:
            self._has_begun = True
            # Behind the first paint: to ask how much may move builds Qt's enumerations.
            QTimer.singleShot(0, self, self._begin)
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(self.rect())
        corner = line.height() / 2
        fill(painter, rounded(line, corner), colors.line)
        if self.maximum() > 0:
            part = QRectF(line)
            part.setWidth(line.width() * self.value() / self.maximum())
        else:
            width = line.width() * _PART
            part = QRectF((line.width() - width) * self._place(), 0, width, line.height())
        if part.width() > 0:
            painter.setClipRect(line)
            fill(painter, rounded(part, min(corner, part.width() / 2)), colors.accent)

    def _begin(self) -> None:
        if self.isVisible() and self._may_move():
            self._moves = True
            self._frames.start()

    def rest(self) -> None:
        """Stand still until it was hidden and is shown again."""
        self._frames.stop()
        self._moves = False
        self._frame = 0
        self.update()

    def _next_frame(self) -> None:
        self._frame = (self._frame + 1) % (2 * _FRAMES)
        self.update()

    def _place(self) -> float:
        if not self._moves:
            return _STILL
        # There and back, slow at both ends.
        way = 1 - abs(1 - self._frame / _FRAMES)
        return way * way * (3 - 2 * way)


def _may_move() -> bool:
    from PySide6.QtCore import Qt  # noqa: PLC0415  not before the first paint

    # By name: PySide takes what a style hint gave away together with the hint.
    hints = QGuiApplication.styleHints()
    return hints.accessibility().motionPreference() is not Qt.MotionPreference.ReducedMotion
