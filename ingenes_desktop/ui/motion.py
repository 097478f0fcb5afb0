"""Whether things may move, and the little that does. Nothing of it is wanted before the first paint."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QGuiApplication

from ingenes_desktop.ui.theme.tokens import Motion

if TYPE_CHECKING:
    from ingenes_desktop.ui.widgets.countdown import Clock

_FRAME_MILLISECONDS = 33


def system_lets_things_move() -> bool:
    """Whether the person has not asked the system for less motion."""
    from PySide6.QtCore import Qt  # noqa: PLC0415  not before the first paint

    # By name: PySide takes what a style hint gave away together with the hint.
    hints = QGuiApplication.styleHints()
    return hints.accessibility().motionPreference() is not Qt.MotionPreference.ReducedMotion


class UnderWay(QObject):
    """Something goes on, and is shown to do so once it has lasted Motion.SPINNER_AFTER: no sooner, no flash.

    The clock is looked at rather than the timer trusted. Where nothing is to move, it stands still. UI
    thread only.
    """

    changed = Signal()
    """It is shown from now on, or no longer."""
    moved = Signal()
    """It is time for another frame."""

    def __init__(
        self,
        parent: QObject,
        *,
        clock: "Clock | None" = None,
        may_move: Callable[[], bool] | None = None,
    ) -> None:
        """``clock`` gives seconds that only go forward; ``may_move`` is asked each time it is shown."""
        super().__init__(parent)
        self._clock = clock or monotonic
        self._may_move = may_move or system_lets_things_move
        self._since = 0.0
        self._is_shown = False
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MILLISECONDS)
        self._frames.timeout.connect(self._look)

    @property
    def is_shown(self) -> bool:
        """Whether it has lasted long enough to be said."""
        return self._is_shown

    @property
    def moves(self) -> bool:
        """Whether it is shown, and not still."""
        return self._is_shown and self._frames.isActive()

    def turns(self, milliseconds: float) -> float:
        """How many times it has gone round at ``milliseconds`` each; 0 where it stands still."""
        if not self.moves:
            return 0.0
        return (self._clock() - self._since - Motion.SPINNER_AFTER / 1000) * 1000 / milliseconds

    def begin(self) -> None:
        """It goes on from now; again changes nothing."""
        if not self._is_shown and not self._frames.isActive():
            self._since = self._clock()
            self._frames.start()

    def end(self) -> None:
        """It is over."""
        self._frames.stop()
        if self._is_shown:
            self._is_shown = False
            self.changed.emit()

    def rest(self) -> None:
        """Show it at once where it goes on, and still: for pictures."""
        if self._frames.isActive():
            self._frames.stop()
            self._is_shown = True
            self.changed.emit()

    def _look(self) -> None:
        if self._is_shown:
            self.moved.emit()
        elif self._clock() - self._since >= Motion.SPINNER_AFTER / 1000:
            self._is_shown = True
            if not self._may_move():
                self._frames.stop()
            self.changed.emit()


class Stroke(QVariantAnimation):
    """A line that draws itself, once, in Motion.QUICK; ``valueChanged`` tells of each frame."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setDuration(Motion.QUICK)
        self.setStartValue(0.0)
        self.setEndValue(1.0)

    @property
    def share(self) -> float:
        """How much of the line is there: from 0 to 1, which it is at rest."""
        return 1.0 if self.state() is self.State.Stopped else float(self.currentValue())
