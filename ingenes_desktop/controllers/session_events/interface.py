"""What the operating system says about the screen this window stands on."""

from collections.abc import Callable
from enum import Enum, unique
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal


@unique
class CoverReason(Enum):
    """Why nothing of a person may be on the screen now."""

    LOCKED = "locked"
    """The screen is locked."""
    ASLEEP = "asleep"
    """The computer is about to sleep, sleeps, or has not said yet that it woke."""
    AWAY = "away"
    """Another user has the screen, or a remote desktop was disconnected from it."""


class ScreenChange(NamedTuple):
    """One thing an operating system has said: ``reason`` has come (``covers``) or gone."""

    reason: CoverReason
    covers: bool


class SessionEvents(QObject):
    """Lock, sleep and user switch of the session this process is shown in; never of another one.

    UI thread only. ``covered`` carries the CoverReason that came, and comes for each reason of its own;
    whoever hears it replaces what is on screen before the slot returns. ``paint_now`` is called after that,
    so that the cover stands in the window before the computer is let go to sleep. ``shown`` comes when no
    reason is left (a computer that wakes up locked stays covered), and carries the last one that went.
    """

    covered = Signal(object)
    shown = Signal(object)

    def __init__(self, paint_now: Callable[[], None], parent: QObject | None = None) -> None:
        """``paint_now``: paints the window before it returns (QWidget.repaint)."""
        super().__init__(parent)
        self._paint_now = paint_now
        self._reasons: frozenset[CoverReason] = frozenset()

    @property
    def reasons(self) -> frozenset[CoverReason]:
        """What covers the screen at present."""
        return self._reasons

    def start(self) -> None:
        """Begin to listen; what holds already (a locked screen) is told as soon as it is known."""
        raise NotImplementedError

    def stop(self) -> None:
        """Listen no longer and give everything back. May be called twice, and without a start."""
        raise NotImplementedError

    def prove_open(self) -> None:
        """The person has pressed a button in our window: whatever was said, nothing covers it.

        (No system promises to say that a lock is over.) What is said next counts as ever.
        """
        for reason in self._reasons:
            self._show(reason)

    def _apply(self, change: ScreenChange) -> None:
        if change.covers:
            self._cover(change.reason)
        else:
            self._show(change.reason)

    def _cover(self, reason: CoverReason) -> None:
        if reason not in self._reasons:
            self._reasons |= {reason}
            self.covered.emit(reason)
            self._paint_now()

    def _show(self, reason: CoverReason) -> None:
        if reason in self._reasons:
            self._reasons -= {reason}
            if not self._reasons:
                self.shown.emit(reason)
