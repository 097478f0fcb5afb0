"""Holds the session of whoever is signed in, and ends sessions at the far ends."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ending import Ending, Untold
from ingenes_desktop.application.session import Session
from ingenes_desktop.controllers.background import Background, Lane
from ingenes_desktop.controllers.outstanding import Outstanding
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.machine import Limits
from ingenes_desktop.domain.models import FileMakerUser

_LOOKS_PER_LIMIT = 4
_WRITE_AFTER_MILLISECONDS = 50
_OWN_WITHIN_SECONDS = 60.0
"""LastLoginTime so near the sign-in was written by it: its writing takes a while, and the clocks are two."""
_NOTHING_TOLD = Untold(filemaker=True, tokens=True)


class SessionMonitor(QObject):
    """At most one session is held. UI thread only; ``clock`` counts seconds monotonically.

    Which object :attr:`session` is tells whether news still concern whoever is signed in: what comes
    home for any other session is dropped.

    Signals: ``began`` and ``released`` with the session; ``last_sign_in`` with FileMaker's
    LastLoginTime from before this sign-in, in seconds since 1970.
    """

    began = Signal(object)
    released = Signal(object)
    last_sign_in = Signal(float)

    def __init__(
        self,
        background: Background,
        outstanding: Outstanding,
        limits: Limits,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._outstanding = outstanding
        self._limits = limits
        self._clock = clock
        self._session: Session | None = None
        self._beside: Attempt | None = None
        # Looks a few times a minute whether the FileMaker session has been unused for too long.
        self._timer = QTimer(self)
        self._timer.setInterval(round(limits.filemaker_unused * 1000 / _LOOKS_PER_LIMIT))
        self._timer.timeout.connect(self._close_unused)

    @property
    def session(self) -> Session | None:
        """The session of whoever is signed in."""
        return self._session

    def begin(self, session: Session, user: FileMakerUser, *, restored: bool) -> None:
        """Somebody is in. Once the profile is painted, LastLoginTime is read, and written anew.

        A device that Cognito wants to track is confirmed after that.
        """
        self._session = session
        self._timer.start()
        self.began.emit(session)
        QTimer.singleShot(
            _WRITE_AFTER_MILLISECONDS, self, lambda: self._learn_last_sign_in(session, user, restored)
        )

    def release(self) -> Session | None:
        """Hold the session no longer; the caller ends it."""
        session, self._session = self._session, None
        self._timer.stop()
        if self._beside is not None:
            self._beside.cancel()
            self._beside = None
        if session is not None:
            self.released.emit(session)
        return session

    def end(
        self, session: Session, ending: Ending, on_told: Callable[[Untold], None] = lambda _untold: None
    ) -> None:
        """End ``session`` at the far ends, behind whatever the person does meanwhile.

        ``on_told`` hears what could not be told to them.
        """
        attempt = self._tidy_up_attempt()
        self._outstanding.expect()
        self._background.run(
            Lane.APART,
            lambda: session.end(attempt, ending),
            on_done=on_told,
            on_failed=lambda _error: on_told(_NOTHING_TOLD),
            on_settled=self._outstanding.settled,
        )

    def end_tokens(self, call: Callable[[Attempt], None]) -> None:
        """Have ``call`` end a sign-in that nobody holds; a failure is its own to log."""
        attempt = self._tidy_up_attempt()
        self._outstanding.expect()
        self._background.run(
            Lane.APART,
            lambda: call(attempt),
            on_done=_ignore,
            on_failed=_ignore,
            on_settled=self._outstanding.settled,
        )

    def _learn_last_sign_in(self, session: Session, user: FileMakerUser, restored: bool) -> None:
        if session is not self._session:
            return  # ended meanwhile
        attempt = self._beside = self._attempt(self._limits.tidy_up)
        # A restored session is no new sign-in: it writes nothing.
        call = session.read_last_login if restored else session.record_login

        def done(moment: float | None) -> None:
            if moment is None or session is not self._session:
                return
            # The one before a restored session's own sign-in has been overwritten by it.
            if not restored or abs(moment - session.signed_in_at) > _OWN_WITHIN_SECONDS:
                self.last_sign_in.emit(moment)

        self._background.run(
            Lane.BESIDE,
            lambda: call(user, attempt),
            on_done=done,
            on_failed=_ignore,
            on_settled=lambda: self._confirm_device(session),
        )

    def _confirm_device(self, session: Session) -> None:
        """Have Cognito remember this computer, where it asks for that and something may be kept here."""
        if session is not self._session:
            return
        attempt = self._beside = self._attempt(self._limits.tidy_up)
        self._background.run(
            Lane.BESIDE, lambda: session.confirm_device(attempt), on_done=_ignore, on_failed=_ignore
        )

    @Slot()
    def _close_unused(self) -> None:
        session = self._session
        if session is not None:
            attempt = self._attempt(self._limits.tidy_up)
            self._background.run(
                Lane.BESIDE,
                lambda: session.close_unused_filemaker(attempt),
                on_done=_ignore,
                on_failed=_ignore,
            )

    def _tidy_up_attempt(self) -> Attempt:
        limits = self._limits
        return self._attempt(limits.tidy_up_on_quit if self._outstanding.is_closing else limits.tidy_up)

    def _attempt(self, total_seconds: float) -> Attempt:
        return Attempt(clock=self._clock, step_seconds=total_seconds / 2, total_seconds=total_seconds)


def _ignore(_outcome: AuthError | None) -> None:
    """Nobody waits for it, and what went wrong is in the log."""
