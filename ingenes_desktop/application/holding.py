"""Waiting for a lock no longer than the person waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from ingenes_desktop.application.attempt import Attempt

_GLANCE_SECONDS = 0.05


class AnyLock(Protocol):
    """What ``threading`` gives: Lock and RLock."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool: ...

    def release(self) -> None: ...


@contextmanager
def holding(lock: AnyLock, attempt: Attempt) -> Iterator[None]:
    """Hold ``lock``; waits for it at most as long as the attempt lasts.

    Raises AuthError CANCELLED or NOT_RESPONDING.
    """
    while not lock.acquire(timeout=min(_GLANCE_SECONDS, attempt.remaining())):
        pass
    try:
        yield
    finally:
        lock.release()
