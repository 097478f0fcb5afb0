"""One program of sign_in.py: signs in twice through the real window and prints what it took."""

import json
import os
import sys
import time
from typing import Any

from ingenes_desktop.adapters.environment import scrub_environment

scrub_environment(os.environ)
# The authorities to trust, a demo's among them, in the place of the system's: OpenSSL reads them from here.
if len(sys.argv) > 1:
    os.environ["SSL_CERT_FILE"] = sys.argv[1]

from PySide6.QtWidgets import QMainWindow  # noqa: E402  after the environment

from ingenes_desktop.adapters.left_behind import leave  # noqa: E402  likewise
from ingenes_desktop.app import run  # noqa: E402  likewise
from tests.bench.heartbeat import Heartbeat  # noqa: E402  likewise
from tests.bench.person import Person  # noqa: E402  likewise

# As long as a person needs to type; connections are opened meanwhile.
TYPING_MILLISECONDS = 2500
_connections: list[tuple[int, float]] = []


class Visit:
    """Two sign-ins, one after the other."""

    def __init__(self, window: QMainWindow) -> None:
        self._person = Person(window)
        self._heart = Heartbeat(self._person)
        self._taken: list[float] = []
        self._opened: list[list[tuple[int, float]]] = []
        self._person.saw_name.connect(self._saw_name)
        self._person.saw_form.connect(lambda: self._person.later(1500, self._fill_in))
        self._person.window_used.painted.connect(
            lambda: self._person.later(TYPING_MILLISECONDS, self._fill_in)
        )

    def _fill_in(self) -> None:
        if not self._taken:
            _count_connections()
        self._person.fill_in()
        self._person.later(500, self._click)

    def _click(self) -> None:
        _connections.clear()
        self._heart.start()
        self._person.click()

    def _saw_name(self, seconds: float) -> None:
        self._heart.stop()
        self._taken.append(seconds)
        self._opened.append(list(_connections))
        if len(self._taken) == 1:
            self._person.later(700, self._person.sign_out)
            return
        running = self._heart.running()
        print(
            json.dumps(
                {
                    "taken": self._taken,
                    "connections": self._opened,
                    "stall": self._heart.worst,
                    "running": dict(running.most_common(20)),
                }
            ),
            flush=True,
        )
        self._person.window_used.close()


def _count_connections() -> None:
    """From now on note each connection that is opened: its port, and the seconds until it is usable."""
    from ingenes_desktop.adapters.connection import GUARDED_POOLS

    pools: list[Any] = list(GUARDED_POOLS.values())
    for pool in pools:
        plain: Any = pool.ConnectionCls

        class Timed(plain):  # type: ignore[misc]  # made for each of urllib3's two kinds
            """Notes what its opening took."""

            def connect(self) -> None:
                began = time.perf_counter()
                super().connect()
                _connections.append((int(self.port), time.perf_counter() - began))

        pool.ConnectionCls = Timed


visits: list[Visit] = []
if __name__ == "__main__":
    leave(
        run(sys.argv[:1], os.environ, on_window=lambda window: visits.append(Visit(window)))
    )  # as __main__ does
