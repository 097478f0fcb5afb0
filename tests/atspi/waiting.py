"""Waiting for a condition, with a deadline."""

import select
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

DEADLINE_SECONDS = 20.0
_POLL_SECONDS = 0.01


def wait_until(condition: Callable[[], T | None], what: str, seconds: float = DEADLINE_SECONDS) -> T:
    """Return the first truthy value of `condition`, asked for at most `seconds`.

    `what` names the thing waited for. Raises TimeoutError. What is waited for lives in other
    processes and has no signal in common, so it is asked again and again; nothing is ever assumed
    to have happened because time went by.
    """
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds:g} s in vain for {what}")
        select.select([], [], [], _POLL_SECONDS)
