"""Cognito's answer to guessing: locks that double.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow.html
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from ingenes_desktop.demo.aws_request import AwsError

FREE_FAILURES = 5
LONGEST_LOCK_SECONDS = 15 * 60
QUIET_SECONDS = 15 * 60
WRONG = "Incorrect username or password."


@dataclass(slots=True)
class _Failures:
    count: int
    latest: float
    locked_until: float


class Lockout:
    """Failures by person. After the fifth each failure locks for 2^(n-5) seconds, at most 15 minutes.

    An attempt during a lock is refused and does not lengthen it; a success, or 15 quiet minutes, begins
    anew. ``clock`` gives seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures: dict[str, _Failures] = {}

    def check(self, username: str) -> None:
        """Raises AwsError NotAuthorizedException while the person is locked out."""
        failures = self._current(username)
        if failures is not None and self._clock() < failures.locked_until:
            raise AwsError("NotAuthorizedException", "Password attempts exceeded")

    def failed(self, username: str) -> None:
        """One more wrong password."""
        now = self._clock()
        failures = self._current(username) or _Failures(0, now, 0.0)
        failures.count += 1
        failures.latest = now
        if failures.count >= FREE_FAILURES:
            exponent = min(failures.count - FREE_FAILURES, 10)
            failures.locked_until = now + min(2.0**exponent, LONGEST_LOCK_SECONDS)
        self._failures[username.casefold()] = failures

    def succeeded(self, username: str) -> None:
        """The right password: the count begins anew."""
        self._failures.pop(username.casefold(), None)

    def clear(self) -> None:
        """Forget everybody's failures."""
        self._failures.clear()

    def _current(self, username: str) -> _Failures | None:
        failures = self._failures.get(username.casefold())
        if failures is None:
            return None
        quiet_since = max(failures.latest, failures.locked_until)
        return None if self._clock() >= quiet_since + QUIET_SECONDS else failures


def wrong_password() -> NoReturn:
    """Raises AwsError NotAuthorizedException in the words for a wrong password and an unknown name alike."""
    raise AwsError("NotAuthorizedException", WRONG)
