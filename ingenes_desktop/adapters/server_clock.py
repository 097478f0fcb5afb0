"""What time it is, by the far end's clock.

A workstation's clock may be hours off; tokens are dated by Cognito and signatures are checked by AWS,
so both are reckoned with the time that Cognito's answers carry (HTTP Date), which TLS vouches for.
"""

from collections.abc import Callable
from email.utils import parsedate_to_datetime
from threading import Lock

WORTH_CORRECTING_SECONDS = 30.0
"""A Date has whole seconds and travels; smaller differences are left alone."""


class ServerClock:
    """Seconds since 1970, corrected. Any thread."""

    def __init__(self, wall_clock: Callable[[], float]) -> None:
        self._wall_clock = wall_clock
        self._offset = 0.0
        self._difference: float | None = None
        self._lock = Lock()

    def observe(self, date_header: str | None) -> None:
        """Learn from the Date of an answer that has just come."""
        try:
            server = parsedate_to_datetime(date_header or "").timestamp()
        except (ValueError, OverflowError):
            return
        offset = server - self._wall_clock()
        with self._lock:
            self._difference = offset
            self._offset = offset if abs(offset) >= WORTH_CORRECTING_SECONDS else 0.0

    @property
    def difference(self) -> float | None:
        """Seconds by which the far end was ahead at its last answer; None where none was dated."""
        with self._lock:
            return self._difference

    def now(self) -> float:
        """The corrected time."""
        with self._lock:
            return self._wall_clock() + self._offset
