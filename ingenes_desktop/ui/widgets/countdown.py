"""Whole seconds on screen, counted down by a clock that comes from outside."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QObject, QTimer, Signal

Clock = Callable[[], float]
"""Seconds that only go forward, such as time.monotonic."""

_TICK_MILLISECONDS = 200


class Countdown(QObject):
    """Counts to zero, then stops by itself. UI thread only.

    The clock is looked at often rather than trusted to tick: a computer that slept has less to wait.
    """

    ticked = Signal()
    """The whole seconds that are left have changed."""

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._ends_at = 0.0
        self._shown = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self._look)

    @property
    def remaining(self) -> int:
        """Whole seconds left, rounded up; 0 when it is over or was never begun."""
        return self._shown

    def start(self, seconds: float) -> None:
        """Begin anew."""
        self._ends_at = self._clock() + seconds
        self._shown = ceil(seconds)
        self._timer.start()

    def stop(self) -> None:
        """End at once, without a word."""
        self._timer.stop()
        self._shown = 0

    def _look(self) -> None:
        remaining = max(0, ceil(self._ends_at - self._clock()))
        if remaining == 0:
            self._timer.stop()
        if remaining != self._shown:
            self._shown = remaining
            self.ticked.emit()
