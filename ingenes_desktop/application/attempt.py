"""One run of something that a person waits for: its deadlines, its cancelling, its steps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event, Lock

from ingenes_desktop.application.watchdog import WATCHDOG
from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.domain.errors import AuthError, ErrorCode


class Attempt:
    """Carries the deadline of each step and of the whole down to the sockets.

    No library's timeout is a deadline (each byte starts it anew), so whoever holds a socket lends its
    ``shut`` to :meth:`guarding`: it is called from another thread when time is up or the person
    cancels. Any thread may call :meth:`cancel`; the rest belongs to the worker that runs the attempt.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        step_seconds: float,
        total_seconds: float,
        on_step: Callable[[SignInStep], None] | None = None,
        outlives: "Attempt | None" = None,
    ) -> None:
        self.total_seconds = total_seconds
        self._clock = clock
        self._step_seconds = step_seconds
        self._ends_at = clock() + total_seconds
        self._step_ends_at = clock() + step_seconds
        self._on_step = on_step
        self._outlives = outlives
        self._cancelled = Event()
        self._lock = Lock()
        self._shuts: dict[int, Callable[[], None]] = {}
        self._keys = count()

    def begin(self, step: SignInStep) -> None:
        """Start ``step``: it has its own deadline from now on, and the person sees its name."""
        self.begin_next()
        if self._on_step is not None:
            self._on_step(step)

    def begin_next(self) -> None:
        """Start a step that nobody watches: it has its own deadline from now on."""
        self._step_ends_at = self._clock() + self._step_seconds
        self.check()

    def remaining(self) -> float:
        """Seconds until the step or the whole must end.

        Raises AuthError CANCELLED or NOT_RESPONDING where nothing is left.
        """
        if self._cancelled.is_set():
            raise AuthError(ErrorCode.CANCELLED)
        left = min(self._ends_at, self._step_ends_at) - self._clock()
        if left <= 0:
            raise AuthError(ErrorCode.NOT_RESPONDING, detail="DEADLINE")
        return left

    def check(self) -> None:
        """Raise AuthError CANCELLED or NOT_RESPONDING where the attempt is over."""
        self.remaining()

    def check_wanted(self) -> None:
        """As :meth:`check`, and where the attempt that this one outlives is over: before another call."""
        self.check()
        if self._outlives is not None:
            self._outlives.check_wanted()

    def cancel(self) -> None:
        """End the attempt now. Any thread; returns at once."""
        self._cancelled.set()
        with self._lock:
            shuts = list(self._shuts.values())
        for shut in shuts:
            shut()

    @contextmanager
    def outlived(self, seconds: float) -> Iterator["Attempt"]:
        """An attempt with the same deadlines that a cancel of this one reaches ``seconds`` later.

        For the one call whose answer should be heard all the same; whoever makes it calls :meth:`check`
        on this attempt afterwards, and :meth:`check_wanted` on the other before a second call.
        """
        left = self.remaining()
        calm = Attempt(clock=self._clock, step_seconds=left, total_seconds=left, outlives=self)

        def hurry() -> None:
            WATCHDOG.after(seconds, calm.cancel)

        with self.guarding(hurry):
            yield calm

    def wait(self, seconds: float) -> None:
        """Pause between two tries, at most as long as the attempt lasts; a cancel ends it."""
        self._cancelled.wait(min(seconds, self.remaining()))
        self.check()

    @contextmanager
    def guarding(self, shut: Callable[[], None]) -> Iterator[None]:
        """Within the block, ``shut`` is called (once or twice, another thread) when it must end."""
        deadline = WATCHDOG.after(self.remaining(), shut)
        with self._lock:
            key = next(self._keys)
            self._shuts[key] = shut
        try:
            self.check()
            yield
        finally:
            WATCHDOG.forget(deadline)
            with self._lock:
                del self._shuts[key]
