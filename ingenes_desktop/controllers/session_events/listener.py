"""A thread that listens on one bus, and comes back when the bus does."""

from collections.abc import Callable, Sequence
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from ingenes_desktop.domain.event_log import record

if TYPE_CHECKING:
    from ingenes_desktop.controllers.session_events.bus import Bus

# Before the next try to reach a bus that is not there, or is gone; in the end once in five minutes.
_PAUSES_SECONDS = (1.0, 5.0, 30.0, 300.0)


class Follower(Protocol):
    """What is done with a connection. All on the listener's thread."""

    def follow(self, bus: "Bus") -> None:
        """Subscribe and listen; comes back only with an exception, when the bus is gone."""

    def lose(self) -> None:
        """The bus is gone."""


class BusListener:
    """Keeps one daemon thread on one bus; nothing here is ever waited for by the UI thread."""

    def __init__(
        self,
        address: str,
        source: str,
        new_follower: Callable[[], Follower],
        *,
        clock: Callable[[], float] = monotonic,
        pauses_seconds: Sequence[float] = _PAUSES_SECONDS,
    ) -> None:
        """``address``: "SYSTEM", "SESSION" or a D-Bus address; ``source``: its name in the log.

        ``new_follower`` is called on the thread: what it imports costs the UI thread nothing. A bus that
        served for longer than the longest pause is asked again as soon as the first time.
        """
        self._address = address
        self._source = source
        self._new_follower = new_follower
        self._clock = clock
        self._pauses_seconds = pauses_seconds
        self._stopped = Event()
        self._lock = Lock()
        self._bus: Bus | None = None

    def start(self) -> None:
        """Begin on a thread of its own."""
        Thread(target=self._run, name=f"session events: {self._source}", daemon=True).start()

    def stop(self) -> None:
        """The thread ends as soon as it is woken."""
        with self._lock:
            self._stopped.set()
            if self._bus is not None:
                self._bus.shut()

    def _run(self) -> None:
        from ingenes_desktop.controllers.session_events.bus import Bus  # noqa: PLC0415  jeepney, on this thread

        follower = self._new_follower()
        tries = 0
        while not self._stopped.is_set():
            was_there = False
            began_at = self._clock()
            try:
                bus = Bus(self._address)
                was_there = True
                self._hold(bus)
                try:
                    follower.follow(bus)
                finally:
                    self._release(bus)
            except Exception as error:  # noqa: BLE001  a bus may say anything, and the program goes on without
                if was_there:
                    follower.lose()
                # Once for each time that it goes, not for each try to reach it.
                if (was_there or tries == 0) and not self._stopped.is_set():
                    status = "bus_lost" if was_there else "no_bus"
                    record("session_events", source=self._source, status=status, error=type(error).__name__)
            if was_there and self._clock() - began_at > self._pauses_seconds[-1]:
                tries = 0
            self._stopped.wait(self._pauses_seconds[min(tries, len(self._pauses_seconds) - 1)])
            tries += 1

    def _hold(self, bus: "Bus") -> None:
        with self._lock:
            self._bus = bus
            if self._stopped.is_set():
                bus.shut()

    def _release(self, bus: "Bus") -> None:
        with self._lock:
            self._bus = None
        bus.close()
