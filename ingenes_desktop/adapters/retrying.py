"""Trying a reading call again. Nothing that changes a state goes through here."""

from collections.abc import Callable
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_base, wait_random_exponential

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode

MOST_TRIES = 3
LONGEST_WAIT_SECONDS = 3.0
"""A far end that asks for a longer pause is quoted to the person instead of waited for."""
_WORTH_IT = frozenset({ErrorCode.BUSY, ErrorCode.NOT_RESPONDING, ErrorCode.NO_NETWORK})
_Result = TypeVar("_Result")


class _AsTheFarEndSays(wait_base):
    """Its Retry-After where it gave one, otherwise a random pause that doubles (full jitter)."""

    def __init__(self) -> None:
        self._jitter = wait_random_exponential(multiplier=0.2, max=LONGEST_WAIT_SECONDS)

    def __call__(self, retry_state: RetryCallState) -> float:
        error = retry_state.outcome.exception() if retry_state.outcome else None
        if isinstance(error, AuthError) and error.wait_seconds is not None:
            return error.wait_seconds
        return self._jitter(retry_state)


def _worth_retrying(error: BaseException) -> bool:
    if not isinstance(error, AuthError) or error.code not in _WORTH_IT:
        return False
    return error.wait_seconds is None or error.wait_seconds <= LONGEST_WAIT_SECONDS


def read_with_retries(call: Callable[[], _Result], attempt: Attempt) -> _Result:
    """``call()``, at most three times within the attempt's step; a cancel ends the pause too.

    Raises the last AuthError.
    """
    return Retrying(
        stop=stop_after_attempt(MOST_TRIES),
        wait=_AsTheFarEndSays(),
        retry=retry_if_exception(_worth_retrying),
        sleep=attempt.wait,
        reraise=True,
    )(call)
