"""The lane that a person waits for: one job at a time, which can be dropped."""

from collections.abc import Callable
from typing import TypeVar

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.controllers.background import Background, Job, Lane
from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.machine import Limits

_Result = TypeVar("_Result")
_OVERDUE_AFTER_SECONDS = 1.0


class ChainLane:
    """Sign-in, confirmation, reset, restore and the account's panels take turns here. UI thread only.

    ``clock`` counts seconds monotonically.
    """

    def __init__(self, background: Background, limits: Limits, clock: Callable[[], float]) -> None:
        self._background = background
        self._limits = limits
        self._clock = clock
        self._attempt: Attempt | None = None
        self._job: Job[object] | None = None

    def new_attempt(self) -> Attempt:
        """For one call to one far end."""
        return Attempt(clock=self._clock, step_seconds=self._limits.step, total_seconds=self._limits.step)

    def new_chain_attempt(self, on_step: Callable[[Attempt, SignInStep], None] | None = None) -> Attempt:
        """For the whole chain. ``on_step`` hears on the UI thread which step of which attempt has begun."""

        def report(step: SignInStep) -> None:
            if on_step is not None:
                self._background.post(lambda: on_step(attempt, step))

        attempt = Attempt(
            clock=self._clock,
            step_seconds=self._limits.step,
            total_seconds=self._limits.attempt,
            on_step=report,
        )
        return attempt

    def run(
        self,
        attempt: Attempt,
        call: Callable[[], _Result],
        *,
        on_done: Callable[[_Result], None],
        on_failed: Callable[[AuthError], None],
        on_late: Callable[[_Result], None] | None = None,
        on_settled: Callable[[], None] | None = None,
    ) -> None:
        """Run ``call``; see Background.run. What is dropped meanwhile goes to ``on_late``."""
        self._attempt = attempt
        job = self._background.run(
            Lane.CHAIN,
            call,
            on_done=on_done,
            on_failed=on_failed,
            on_late=on_late,
            on_settled=on_settled,
            overdue_seconds=attempt.total_seconds + _OVERDUE_AFTER_SECONDS,
        )
        self._job = job  # type: ignore[assignment]  # only abandoned through this name

    def is_current(self, attempt: Attempt) -> bool:
        """Whether nobody has dropped or replaced ``attempt``."""
        return attempt is self._attempt

    def drop(self) -> None:
        """Give up whatever runs; the lane is free at once."""
        if self._attempt is not None:
            self._attempt.cancel()
            self._attempt = None
        if self._job is not None:
            self._job.abandon()
            self._job = None
