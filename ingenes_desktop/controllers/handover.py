"""A kiosk between two people: the old window covers the screen until the fresh process's window stands."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from ingenes_desktop.controllers.fresh_process import PAINTED_WITHIN_SECONDS, Successor
from ingenes_desktop.controllers.single_instance import SingleInstance
from ingenes_desktop.domain.errors import Problem

_TRIES = 2
NOBODY_STANDS = 1
"""The exit status where no fresh process came up: whoever watches over the kiosk starts it anew."""


class Handover(QObject):
    """Gives this process's place to a fresh one. UI thread only.

    The old window is to be hidden at ``standing``, and this process to end at ``over`` (with its exit
    status), which comes when the fresh window stands and the far ends have been told. A fresh process that
    ends before its window stands is started once more.
    """

    standing = Signal()
    over = Signal(int)

    def __init__(
        self,
        command: Sequence[str],
        instance: SingleInstance,
        *,
        painted_within_seconds: float = PAINTED_WITHIN_SECONDS,
    ) -> None:
        super().__init__()
        self._command = command
        self._instance = instance
        self._painted_within = painted_within_seconds
        self._successor: Successor | None = None
        self._problem: Problem | None = None
        self._tries = 0
        self._is_forbidden = False
        self._untold: Problem | None = None
        self._is_told = False
        self._status: int | None = None

    @property
    def has_begun(self) -> bool:
        """Whether this process gives way."""
        return self._successor is not None

    def begin(self, problem: Problem | None) -> bool:
        """Start the fresh process, which says why the session ended; False where none can be started.

        Then this process keeps its place, and goes on.
        """
        if self._is_forbidden or self.has_begun:
            return False
        self._problem = problem
        self._instance.release()
        if self._start():
            return True
        self._instance.take()
        self._instance.listen()
        return False

    @Slot()
    def forbid(self) -> None:
        """This process ends for another reason (the system's): nobody is to follow."""
        self._is_forbidden = True

    def end(self, untold: Problem | None) -> None:
        """The session is over at the far ends too, or could not be ended there."""
        self._untold, self._is_told = untold, True
        if self._successor is not None:
            self._successor.tell(untold)
        self._finish()

    def _start(self) -> bool:
        self._tries += 1
        successor = Successor(self._command, painted_within_seconds=self._painted_within)
        successor.stands.connect(self._stands)
        successor.failed.connect(self._failed)
        if not successor.start(self._problem):
            return False
        self._successor = successor
        if self._is_told:
            successor.tell(self._untold)
        return True

    @Slot()
    def _stands(self) -> None:
        self._status = 0
        self.standing.emit()
        self._finish()

    @Slot()
    def _failed(self) -> None:
        if self._is_forbidden or self._tries >= _TRIES or not self._start():
            self._status = NOBODY_STANDS
            self._finish()

    def _finish(self) -> None:
        if self._is_told and self._status is not None:
            self.over.emit(self._status)
