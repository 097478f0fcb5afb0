"""The session behind the profile: what runs beside it, and its end."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.session import Session
from ingenes_desktop.controllers.background import Background, Lane
from ingenes_desktop.domain.machine import Limits
from ingenes_desktop.domain.models import FileMakerUser

_LOOKS_PER_LIMIT = 4
_WRITE_AFTER_MILLISECONDS = 50


class SessionMonitor(QObject):
    """Holds the session of whoever is signed in. UI thread only.

    Signal ``idle``: after :meth:`shut_down`, everything that had to be ended has been.
    """

    idle = Signal()

    def __init__(
        self,
        background: Background,
        limits: Limits,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._limits = limits
        self._clock = clock
        self._session: Session | None = None
        self._writing: Attempt | None = None
        self._ending = 0
        self._is_closing = False
        # Looks a few times a minute whether the FileMaker session has been unused for too long.
        self._timer = QTimer(self)
        self._timer.setInterval(round(limits.filemaker_unused * 1000 / _LOOKS_PER_LIMIT))
        self._timer.timeout.connect(self._close_unused)

    def begin(self, session: Session, user: FileMakerUser) -> None:
        """A chain succeeded: watch the session, and write LastLoginTime once the profile is painted."""
        self._session = session
        QTimer.singleShot(_WRITE_AFTER_MILLISECONDS, self, lambda: self._write_login(session, user))
        self._timer.start()

    def end(self, *, everywhere: bool) -> None:
        """End the session that is held, if there is one."""
        self._timer.stop()
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None
        session, self._session = self._session, None
        if session is not None:
            self.tidy_up(session, everywhere=everywhere)

    def tidy_up(self, session: Session, *, everywhere: bool) -> None:
        """End ``session`` at the far ends, behind whatever the person does meanwhile."""
        limit = self._limits.tidy_up_on_quit if self._is_closing else self._limits.tidy_up
        self.expect()
        self._background.run(
            Lane.APART,
            lambda: session.end(self._attempt(limit), everywhere=everywhere),
            on_done=lambda _nothing: None,
            on_failed=lambda _error: None,
            on_settled=self.settled,
        )

    def expect(self) -> None:
        """Something runs that may leave a session to be ended; :meth:`settled` follows."""
        self._ending += 1

    def settled(self) -> None:
        """What was expected has come to its end."""
        self._ending -= 1
        if self._is_closing and self._ending == 0:
            self.idle.emit()

    def shut_down(self) -> None:
        """End everything in the time that closing may take; ``idle`` follows when that is done."""
        self._is_closing = True
        self.expect()
        # Closing a window ends this sign-in; the person's other machines are not its business.
        self.end(everywhere=False)
        self.settled()

    def _write_login(self, session: Session, user: FileMakerUser) -> None:
        if session is not self._session:
            return  # ended meanwhile
        attempt = self._writing = self._attempt(self._limits.tidy_up)
        self._background.run(
            Lane.BESIDE,
            lambda: session.record_login(user, attempt),
            on_done=lambda _nothing: None,
            on_failed=lambda _error: None,
        )

    @Slot()
    def _close_unused(self) -> None:
        session = self._session
        if session is not None:
            self._background.run(
                Lane.BESIDE,
                lambda: session.close_unused_filemaker(self._attempt(self._limits.tidy_up)),
                on_done=lambda _nothing: None,
                on_failed=lambda _error: None,
            )

    def _attempt(self, total_seconds: float) -> Attempt:
        return Attempt(clock=self._clock, step_seconds=total_seconds / 2, total_seconds=total_seconds)
