"""One problem in words that stay true: its wait is counted down, and over when it is over."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.ui.messages import sentence

if TYPE_CHECKING:
    from ingenes_desktop.ui.widgets.countdown import Clock, Countdown


class ProblemWords(QObject):
    """What to say of one problem at the moment, wherever that is drawn. UI thread only.

    A problem with a wait counts its seconds down and has no words any more at the end. The button of the
    form stays enabled: the far end decides, not this clock.
    """

    changed = Signal()
    """There are other words, or none: the seconds have gone on."""
    expired = Signal()
    """A wait is over, and its sentence is gone. Not where nobody was told of it."""

    def __init__(self, clock: "Clock", parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._problem: Problem | None = None
        self._is_silent = False

    @property
    def problem(self) -> Problem | None:
        """What it is about, also while there is nothing to say of it."""
        return self._problem

    @property
    def text(self) -> str:
        """The sentence in the present language, or ""."""
        if self._problem is None or self._is_silent:
            return ""
        if not self.has_wait:
            return sentence(self._problem)
        seconds = self._countdown.remaining
        return sentence(self._problem, seconds=seconds) if seconds else ""

    @property
    def has_wait(self) -> bool:
        """Whether there is something to wait for, or was."""
        return self._problem is not None and self._problem.wait_seconds is not None

    def show(self, problem: Problem | None) -> None:
        """Have words for ``problem``, or none; the same one again does not begin its wait anew."""
        if problem == self._problem:
            return
        if self.has_wait:
            self._countdown.stop()
        self._problem = problem
        if problem is not None and problem.wait_seconds is not None:
            self._countdown.start(problem.wait_seconds)
        self.changed.emit()

    def silence(self, silent: bool) -> None:
        """Say nothing of it for the time being: it is not this person's. Its wait goes on."""
        if silent != self._is_silent:
            self._is_silent = silent
            self.changed.emit()

    @cached_property
    def _countdown(self) -> "Countdown":
        from ingenes_desktop.ui.widgets.countdown import Countdown  # noqa: PLC0415  few problems have a wait

        countdown = Countdown(self._clock, self)
        countdown.ticked.connect(self._tick)
        return countdown

    def _tick(self) -> None:
        self.changed.emit()
        if self._countdown.remaining == 0 and not self._is_silent:
            self.expired.emit()
