"""The question that Cognito waits for an answer to, and the time that is left for it."""

from collections.abc import Callable
from math import inf

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ingenes_desktop.application.session_clock import Ended, Reading, SessionClock
from ingenes_desktop.domain.machine import Limits, SessionLimits
from ingenes_desktop.domain.models import Challenge

_LOOK_EVERY_MILLISECONDS = 1_000


class OpenChallenge(QObject):
    """Holds at most one challenge, with its newest Session, as long as it can be answered. UI thread only.

    ``clock`` counts seconds monotonically, for the countdown on screen; ``read_clocks`` reads every clock:
    Cognito's time goes on while this computer sleeps.
    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
    (AuthSessionValidity)

    Signal ``expired``: nobody has answered in time; again with each look until it is forgotten.
    """

    expired = Signal()

    def __init__(
        self,
        limits: Limits,
        clock: Callable[[], float],
        read_clocks: Callable[[], Reading],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._seconds = limits.challenge
        self._clock = clock
        self._read_clocks = read_clocks
        self._challenge: Challenge | None = None
        self._session_clock: SessionClock | None = None
        self._until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    @property
    def challenge(self) -> Challenge | None:
        """The one to answer."""
        return self._challenge

    def begin(self, challenge: Challenge) -> float:
        """Ask ``challenge`` from now on, or once more; until when, in seconds of ``clock``.

        Each Session has a time of its own. A question of ours in between (a choice's password) has none, nor
        has one that still stands after an answer, unless that brought a newer Session.
        """
        if self._challenge is None or challenge.session is not self._challenge.session:
            limits = SessionLimits(idle=inf, countdown=inf, longest=self._seconds)
            self._session_clock = SessionClock(limits, self._read_clocks())
            self._until = self._clock() + self._seconds
            self._timer.start()
        self._challenge = challenge
        return self._until

    def forget(self) -> None:
        """It is answered, or nobody will."""
        self._challenge = self._session_clock = None
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """See whether the time is over."""
        clock = self._session_clock
        if clock is not None and isinstance(clock.look(self._read_clocks()), Ended):
            self.expired.emit()
