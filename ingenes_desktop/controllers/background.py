"""Worker threads and the way home from them: the only module that knows asyncio and qasync.

A job is a plain synchronous call. It runs on the daemon thread of its lane, so that a call stuck in a
name lookup or in a keyring prompt can be left behind: the lane gets a new thread, and what the old one
brings home late goes to ``on_late``.
"""

import asyncio
import logging
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from enum import Enum, unique
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, ParamSpec, TypeVar

import qasync
from PySide6.QtCore import QCoreApplication, QObject

from ingenes_desktop.application.watchdog import WATCHDOG
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record, record_bug

_Result = TypeVar("_Result")
_Parameters = ParamSpec("_Parameters")


@unique
class Lane(Enum):
    """One thread each, so that none of these waits for another."""

    CHAIN = "chain"
    KEYRING = "keyring"
    BESIDE = "beside"
    WARM_UP = "warm-up"
    SCREEN_KEYBOARD = "screen-keyboard"
    PREFERENCES = "preferences"
    APART = "apart"
    """No lane at all: each job has a thread of its own, so that none waits for another that hangs."""


class _DaemonThread(Executor):
    """Runs calls one after the other on one daemon thread; the interpreter's exit never waits for it."""

    def __init__(self, name: str) -> None:
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        Thread(target=self._run, name=name, daemon=True).start()

    def submit(
        self,
        fn: Callable[_Parameters, _Result],
        /,
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> "Future[_Result]":
        future: Future[_Result] = Future()

        def call() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    result = fn(*args, **kwargs)
                except BaseException as error:  # noqa: BLE001  it travels home in the future
                    future.set_exception(error)
                else:
                    future.set_result(result)

        self._calls.put(call)
        return future

    def leave(self) -> None:
        """Take no more calls; the thread ends when it comes back from what it is doing."""
        self._calls.put(None)

    def _run(self) -> None:
        while True:
            call = self._calls.get()
            if call is None:
                return
            call()
            # A finished call is not kept until the next one comes: it may hold a password.
            del call


class Job(Generic[_Result]):
    """One call on its way. UI thread only."""

    def __init__(
        self,
        on_done: Callable[[_Result], None],
        on_failed: Callable[[AuthError], None],
        on_late: Callable[[_Result], None] | None,
        on_settled: Callable[[], None] | None,
    ) -> None:
        self._on_done = on_done
        self._on_failed = on_failed
        self._on_late = on_late
        self._on_settled = on_settled
        self._is_open = True
        self._abandon: Callable[[], None] = lambda: None

    @property
    def is_open(self) -> bool:
        """Whether its result is still waited for."""
        return self._is_open

    def abandon(self) -> None:
        """Wait for it no longer. Its lane is free at once; a late result goes to ``on_late``."""
        if self._is_open:
            self._is_open = False
            self._abandon()

    def be_overdue(self) -> None:
        """Its time is up: it fails now, and its lane is free (Background only)."""
        if self._is_open:
            record("job_overdue")
            self._abandon()
            self.fail(AuthError(ErrorCode.NOT_RESPONDING, detail="OVERDUE"))

    def bind(self, abandon: Callable[[], None]) -> None:
        """Say how the lane is freed (Background only)."""
        self._abandon = abandon

    def come_home(self, result: _Result) -> None:
        """Hand ``result`` to whoever waits for it, or to ``on_late`` (Background only)."""
        is_late, self._is_open = not self._is_open, False
        try:
            if not is_late:
                self._on_done(result)
            elif self._on_late is not None:
                self._on_late(result)
        except Exception as error:  # noqa: BLE001  a bug must not end in a form that is busy for ever
            record_bug(error)
            if not is_late:
                self._on_failed(AuthError(ErrorCode.INTERNAL))

    def fail(self, error: AuthError) -> None:
        """Hand a failure to whoever still waits (Background only)."""
        if self._is_open:
            self._is_open = False
            self._on_failed(error)

    def settle(self) -> None:
        """Nothing more of this job will come, early or late (Background only)."""
        if self._on_settled is not None:
            self._on_settled()


class Background(QObject):
    """Runs jobs on lanes and calls back on the UI thread. Created and used on the UI thread.

    qasync's event loop joins Qt's, which runs already. Importing this module costs 35 to 87 ms
    (qasync, asyncio), so that is done on a thread after the first paint.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: dict[Lane, _DaemonThread] = {}
        self._loop: Any = qasync.QEventLoop(QCoreApplication.instance(), already_running=True)
        # asyncio's own handler would tell its logger, which is silenced, and nobody else.
        self._loop.set_exception_handler(_raise_as_unforeseen)

    def run(
        self,
        lane: Lane,
        call: Callable[[], _Result],
        *,
        on_done: Callable[[_Result], None],
        on_failed: Callable[[AuthError], None],
        on_late: Callable[[_Result], None] | None = None,
        on_settled: Callable[[], None] | None = None,
        overdue_seconds: float | None = None,
    ) -> Job[_Result]:
        """Run ``call`` on ``lane``; ``on_done`` or ``on_failed`` follows, once, on the UI thread.

        ``overdue_seconds`` after now the job is abandoned and fails as NOT_RESPONDING. What an abandoned
        job brings home late goes to ``on_late``. ``on_settled`` comes last, when the call has returned.
        """
        job = Job(on_done, on_failed, on_late, on_settled)
        thread = self._threads.get(lane)
        if thread is None:
            thread = _DaemonThread(lane.value)
            if lane is not Lane.APART:
                self._threads[lane] = thread
        future = self._loop.run_in_executor(thread, call)
        job.bind(lambda: self._free(lane, thread))
        if lane is Lane.APART:
            thread.leave()
        overdue = (
            None
            if overdue_seconds is None
            else WATCHDOG.after(overdue_seconds, lambda: self.post(job.be_overdue))
        )
        future.add_done_callback(lambda done: self._come_home(job, done, overdue))
        return job

    def post(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` on the UI thread. Any thread; dropped where the loop has ended."""
        with suppress(RuntimeError):  # the window has gone
            self._loop.call_soon_threadsafe(callback)

    def close(self) -> None:
        """Leave every thread behind and end the loop; after ``QApplication.exec`` has returned."""
        for thread in self._threads.values():
            thread.leave()
        self._threads.clear()
        self._loop.stop()
        asyncio._set_running_loop(None)  # noqa: SLF001  made for whoever implements a loop
        self._loop.close()

    def _free(self, lane: Lane, thread: _DaemonThread) -> None:
        thread.leave()
        if self._threads.get(lane) is thread:
            del self._threads[lane]

    @staticmethod
    def _come_home(job: Job[_Result], future: Any, overdue: int | None) -> None:
        if overdue is not None:
            WATCHDOG.forget(overdue)
        error = future.exception()
        if error is None:
            job.come_home(future.result())
        elif isinstance(error, AuthError):
            # Without its traceback: the frames that it holds hold the passwords.
            job.fail(error.with_traceback(None))
        else:
            record_bug(error)
            job.fail(AuthError(ErrorCode.INTERNAL))
        job.settle()


def _raise_as_unforeseen(_loop: object, context: dict[str, Any]) -> None:
    """A callback of the event loop has failed: as with a slot's exception."""
    error = context.get("exception")
    if isinstance(error, BaseException):
        sys.excepthook(type(error), error, error.__traceback__)
    else:
        record("event_loop", level=logging.WARNING)
