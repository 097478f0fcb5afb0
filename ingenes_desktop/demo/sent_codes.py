"""Codes that people have to hand in, and how many are sent and guessed within an hour."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

from ingenes_desktop.demo.aws_request import AwsError
from ingenes_desktop.demo.mailbox import new_code

AN_HOUR = 5
"""So many codes, and so many wrong ones."""
HOUR = 3600.0


@dataclass(slots=True)
class _Sent:
    """One name's newest code and guesses, whether or not somebody has that name."""

    sent_at: list[float] = field(default_factory=list)
    wrong_at: list[float] = field(default_factory=list)
    code: str = ""
    expires_at: float = 0.0


class SentCodes:
    """By name, without regard to case; the newest code counts.

    ``lifetime`` is a code's, in seconds; ``clock`` gives seconds since 1970.
    """

    def __init__(self, clock: Callable[[], float], lifetime: float) -> None:
        self._clock = clock
        self._lifetime = lifetime
        self._sent: dict[str, _Sent] = {}

    def check_requests(self, username: str) -> None:
        """Raises AwsError LimitExceededException after too many codes."""
        if len(self._of(username).sent_at) >= AN_HOUR:
            limit_exceeded()

    def check_guesses(self, username: str) -> None:
        """Raises AwsError LimitExceededException after too many wrong ones."""
        if len(self._of(username).wrong_at) >= AN_HOUR:
            limit_exceeded()

    def send(self, username: str) -> str:
        """A new code."""
        sent, now = self._of(username), self._clock()
        sent.sent_at.append(now)
        sent.code, sent.expires_at = new_code(), now + self._lifetime
        return sent.code

    def check(self, username: str, given: str, *, has_got_one: bool) -> None:
        """Raises AwsError ExpiredCodeException or CodeMismatchException.

        ``has_got_one``: False for a name to which none is ever delivered; any code is wrong then.
        """
        sent = self._of(username)
        if has_got_one and (not sent.code or self._clock() >= sent.expires_at):
            raise AwsError("ExpiredCodeException", "Invalid code provided, please request a code again.")
        if not has_got_one or not hmac.compare_digest(given.encode(), sent.code.encode()):
            sent.wrong_at.append(self._clock())
            raise AwsError("CodeMismatchException", "Invalid verification code provided, please try again.")

    def use_up(self, username: str) -> None:
        """The code was taken."""
        self._of(username).code = ""

    def clear(self) -> None:
        """Forget every code and every guess."""
        self._sent.clear()

    def _of(self, username: str) -> _Sent:
        sent = self._sent.setdefault(username.casefold(), _Sent())
        sent.sent_at = within_the_hour(sent.sent_at, self._clock())
        sent.wrong_at = within_the_hour(sent.wrong_at, self._clock())
        return sent


def within_the_hour(moments: list[float], now: float) -> list[float]:
    """Those that are not an hour old."""
    return [moment for moment in moments if moment > now - HOUR]


def limit_exceeded() -> NoReturn:
    """Raises AwsError LimitExceededException."""
    raise AwsError("LimitExceededException", "Attempt limit exceeded, please try after some time.")
