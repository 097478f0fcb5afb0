"""New tokens in time: one refresh at a time, and patience where it fails."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ending import ENDS_THE_SESSION
from ingenes_desktop.application.session import Session
from ingenes_desktop.controllers.background import Background, Lane
from ingenes_desktop.controllers.outstanding import Outstanding
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.machine import Limits, SessionLimits

_OVERDUE_AFTER_SECONDS = 3.0
"""A cancelled refresh lives on for two."""
_MOST_DOUBLINGS = 30


class Renewal(QObject):
    """Renews the session of whoever is signed in, from :meth:`begin` to :meth:`end`. UI thread only.

    Signals: ``succeeded``; ``failed`` with an AuthError, for the time being: another try follows;
    ``refused`` with an AuthError, for good. None of them comes for a session that has ended.
    ``jitter`` gives a number from 0 to 1, so that a hundred windows do not come back at once.
    """

    succeeded = Signal()
    failed = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        background: Background,
        outstanding: Outstanding,
        limits: Limits,
        session_limits: SessionLimits,
        clock: Callable[[], float],
        jitter: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._outstanding = outstanding
        self._limits = limits
        self._session_limits = session_limits
        self._clock = clock
        self._jitter = jitter
        self._session: Session | None = None
        self._runs = False
        self._once_more = False
        self._failures = 0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.renew)

    @Slot(object)
    def begin(self, session: Session) -> None:
        """Somebody is in."""
        self._session = session
        self._runs = self._once_more = False
        self._failures = 0
        self._wait(session.seconds_until_renewal())

    @Slot()
    def end(self) -> None:
        """Nobody is in. What is under way is ended with the session."""
        self._session = None
        self._timer.stop()

    @Slot()
    def renew(self) -> None:
        """Ask for new tokens now; whoever asks while a refresh runs is answered by that one."""
        session = self._session
        if session is None or self._runs:
            return
        self._runs = True
        self._timer.stop()
        limit = self._limits.step
        attempt = Attempt(clock=self._clock, step_seconds=limit, total_seconds=limit)
        self._outstanding.expect()
        self._background.run(
            Lane.BESIDE,
            lambda: session.renew(attempt),
            on_done=lambda _nothing: self._renewed(session),
            on_failed=lambda error: self._not_renewed(session, error),
            on_late=lambda _nothing: self._renewed(session),
            on_settled=self._outstanding.settled,
            overdue_seconds=limit + _OVERDUE_AFTER_SECONDS,
        )

    def check(self) -> None:
        """Ask now, and take no answer to an earlier question: that one may be from before a sleep."""
        if self._runs:
            self._once_more = True
        else:
            self.renew()

    def pause_after(self, failures: int) -> float:
        """Seconds until the next try, after so many failures in a row (0: after the first)."""
        limits = self._session_limits
        longest = min(limits.retry_longest, limits.retry_first * 2.0 ** min(failures + 1, _MOST_DOUBLINGS))
        return limits.retry_first + (longest - limits.retry_first) * self._jitter()

    def _renewed(self, session: Session) -> None:
        if session is not self._session:
            return
        self._runs = False
        if self._asked_again():
            return
        self._failures = 0
        self._wait(session.seconds_until_renewal())
        self.succeeded.emit()

    def _not_renewed(self, session: Session, error: AuthError) -> None:
        if session is not self._session:
            return
        self._runs = False
        if error.code in ENDS_THE_SESSION:
            record("renewal_refused", code=error.code)
            self.refused.emit(error)
            return
        if self._asked_again():
            return
        pause = self.pause_after(self._failures)
        self._failures += 1
        record("renewal_failed", code=error.code, detail=error.detail or None, seconds=pause)
        self._wait(pause)
        self.failed.emit(error)

    def _asked_again(self) -> bool:
        asked, self._once_more = self._once_more, False
        if asked:
            self.renew()
        return asked

    def _wait(self, seconds: float) -> None:
        self._timer.start(round(seconds * 1000))
