"""One thread for every deadline."""

from collections.abc import Callable
from itertools import count
from math import inf
from threading import Condition, Thread
from time import monotonic

from ingenes_desktop.domain.event_log import record_bug


class Watchdog:
    """Calls back once a time has passed. Any thread may use it.

    A ``threading.Timer`` of its own for each request starts a thread on the way of a person who waits:
    a tenth of what a sign-in costs us. Here a request leaves a note, and takes it back, without waking
    anybody. The one thread is a daemon, begun with the first note.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._notes: dict[int, tuple[float, Callable[[], None]]] = {}
        self._numbers = count()
        self._looks_at = inf
        self._is_running = False

    def after(self, seconds: float, call: Callable[[], None]) -> int:
        """Have ``call`` made in ``seconds``, on the watchdog's thread: it must not block.

        Returns the number of the note, for :meth:`forget`.
        """
        due = monotonic() + seconds
        with self._changed:
            number = next(self._numbers)
            self._notes[number] = (due, call)
            if not self._is_running:
                Thread(target=self._run, name="watchdog", daemon=True).start()
                self._is_running = True  # a thread that could not be had is tried again
            elif due < self._looks_at:
                self._changed.notify()
        return number

    def forget(self, number: int) -> None:
        """Take a note back; one whose time has come already is gone."""
        with self._changed:
            self._notes.pop(number, None)

    def _run(self) -> None:
        while True:
            for call in self._wait():
                try:
                    call()
                except Exception as error:  # noqa: BLE001  the other deadlines must be kept all the same
                    record_bug(error)

    def _wait(self) -> list[Callable[[], None]]:
        """The calls that are due, once the next time has come; none where only the notes have changed."""
        with self._changed:
            # Notes that are taken back wake nobody: at worst the thread looks once for nothing.
            self._looks_at = min((due for due, _ in self._notes.values()), default=inf)
            left = self._looks_at - monotonic()
            if left > 0:
                self._changed.wait(None if left == inf else left)
            now = monotonic()
            ripe = [number for number, (due, _) in self._notes.items() if due <= now]
            return [self._notes.pop(number)[1] for number in ripe]


WATCHDOG = Watchdog()
"""The process's one."""
