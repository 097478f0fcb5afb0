"""Cognito's lock after wrong passwords, counted here because Cognito does not send the seconds.

After five failures the account is locked for 2^(n-5) seconds, at most about 15 minutes; attempts
during the lock do not extend it; a success or 15 quiet minutes end the counting.
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow.html
"""

from collections.abc import Callable

FREE_FAILURES = 5
LONGEST_LOCK_SECONDS = 900.0
UNKNOWN_LOCK_SECONDS = 30.0
"""Said where the failures did not happen at this window, so that their number is not known."""
_MOST_USERNAMES = 100


class FailureCounter:
    """Failures by username, whatever its case, in memory only. One worker thread at a time."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures: dict[str, tuple[int, float]] = {}

    def failed(self, username: str) -> None:
        """Count a wrong password."""
        count = self._count(username)
        self._failures.pop(username.casefold(), None)
        self._failures[username.casefold()] = (count + 1, self._clock())
        while len(self._failures) > _MOST_USERNAMES:
            del self._failures[next(iter(self._failures))]

    def succeeded(self, username: str) -> None:
        """Forget the failures of ``username``."""
        self._failures.pop(username.casefold(), None)

    def seconds_locked(self, username: str) -> float:
        """How long the lock that Cognito has just reported lasts from now on, in seconds."""
        count = self._count(username)
        if count < FREE_FAILURES:
            return UNKNOWN_LOCK_SECONDS
        lock = min(2.0 ** (count - FREE_FAILURES), LONGEST_LOCK_SECONDS)
        return max(lock - (self._clock() - self._failures[username.casefold()][1]), 1.0)

    def _count(self, username: str) -> int:
        count, last = self._failures.get(username.casefold(), (0, 0.0))
        return count if self._clock() - last < LONGEST_LOCK_SECONDS else 0
