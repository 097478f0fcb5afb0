"""The lock that instances of this program hold against each other while they touch the vault."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from filelock import FileLock, Timeout

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode

_POLL_SECONDS = 0.05


class VaultLock:
    """An empty file that the system locks, and unlocks when its holder is killed. Any thread.

    Two threads of one process hold it against each other as two processes do.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def during(self, attempt: Attempt) -> Iterator[None]:
        """Hold it for the block; waits as long as the attempt lasts, a cancel ends that.

        Raises AuthError: CANCELLED or NOT_RESPONDING, SESSION_NOT_KEPT where nothing can be locked.
        """
        attempt.check()
        with self._held(lambda: attempt.wait(_POLL_SECONDS)):
            yield

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Hold it for the block; waits at most ``seconds``. Raises AuthError SESSION_NOT_KEPT."""
        ends_at = monotonic() + seconds

        def wait() -> None:
            if monotonic() >= ends_at:
                raise AuthError(ErrorCode.SESSION_NOT_KEPT, detail="HELD")
            sleep(_POLL_SECONDS)

        with self._held(wait):
            yield

    @contextmanager
    def _held(self, wait: Callable[[], None]) -> Iterator[None]:
        # The file stays: one name, one file, for everybody. Never an existence lock, which outlives a kill.
        lock = FileLock(self._path, mode=0o600, fallback_to_soft=False, preserve_lock_file=True)
        while not _is_taken(lock):
            wait()
        try:
            yield
        finally:
            lock.release()


def _is_taken(lock: FileLock) -> bool:
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    except (OSError, NotImplementedError):
        pass
    else:
        return True
    # Outside the handler, so that the error keeps no context.
    raise AuthError(ErrorCode.SESSION_NOT_KEPT, detail="NO_LOCK")
