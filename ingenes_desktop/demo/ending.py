"""What ends the demo cloud: its standard input comes to its end, Ctrl+C, or the system's wish."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from queue import Empty, SimpleQueue

POLL_SECONDS = 0.5
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Those of them that the system knows."""


class Reason(Enum):
    """Why the cloud is to end."""

    INPUT_CLOSED = auto()
    ASKED = auto()


class Ending:
    """Waits for whichever reason comes first. ``watched`` begins it; main thread only."""

    def __init__(self) -> None:
        # Unlike an Event, this queue may be filled by a signal handler that interrupts its own reader.
        self._reasons: SimpleQueue[Reason] = SimpleQueue()
        self._first: Reason | None = None

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch standard input and the signals; afterwards the signals are as before.

        A signal does nothing while it is watched but to give a reason, so that it cannot interrupt
        tidying up; one that this process was told to ignore (nohup, ``&``) stays ignored.
        """
        self._watch_standard_input()
        before = {
            number: signal.getsignal(number)
            for number in (getattr(signal, name, None) for name in SIGNALS)
            if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None)
        }
        for number in before:
            signal.signal(number, lambda *_: self._reasons.put(Reason.ASKED))
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @property
    def reason(self) -> Reason | None:
        """The first reason there was, None before."""
        if self._first is None and not self._reasons.empty():
            self._first = self._reasons.get()
        return self._first

    def wait(self) -> None:
        """Until there is a reason."""
        while self.reason is None:
            try:  # with a limit, because on Windows no signal interrupts a wait without one
                self._first = self._reasons.get(timeout=POLL_SECONDS)
            except Empty:
                continue

    def _watch_standard_input(self) -> None:
        if sys.stdin is None or sys.stdin.closed:
            self._reasons.put(Reason.INPUT_CLOSED)
            return
        descriptor = sys.stdin.fileno()

        def read_to_the_end() -> None:
            try:
                while os.read(descriptor, 4096):
                    pass
            except OSError:
                pass  # a broken standard input is as good as a closed one
            self._reasons.put(Reason.INPUT_CLOSED)

        threading.Thread(target=read_to_the_end, name="standard-input", daemon=True).start()
