"""One program of memory.py: signs in and out many times, and prints what it holds."""

import gc
import json
import os
import sys
import threading
from pathlib import Path

from ingenes_desktop.adapters.environment import scrub_environment

gc.disable()  # as __main__ does
scrub_environment(os.environ)

from PySide6.QtCore import QCoreApplication, QObject  # noqa: E402  after the environment
from PySide6.QtWidgets import QMainWindow  # noqa: E402  likewise

from ingenes_desktop.adapters.left_behind import leave  # noqa: E402  likewise
from ingenes_desktop.app import run  # noqa: E402  likewise
from tests.bench.person import Person  # noqa: E402  likewise

WARM_MILLISECONDS = 4000
SETTLE_MILLISECONDS = 2500
STEADY_AFTER = 20
SIGN_INS = int(sys.argv[1])


class Visits:
    """Sign-ins one after the other, with a pause where something is counted."""

    def __init__(self, window: QMainWindow) -> None:
        self._person = Person(window)
        self._done = 0
        self._resident: dict[str, float] = {}
        self._counts: dict[str, dict[str, int]] = {}
        self._person.saw_name.connect(self._saw_name)
        self._person.saw_form.connect(self._saw_form)
        self._person.window_used.painted.connect(self._painted)

    def _painted(self) -> None:
        self._resident["painted"] = resident()
        self._person.later(WARM_MILLISECONDS, self._settled)

    def _settled(self) -> None:
        self._resident["settled"] = resident()
        self._sign_in()

    def _sign_in(self) -> None:
        self._person.fill_in()
        self._person.click()

    def _saw_name(self) -> None:
        self._done += 1
        if self._done == 1:
            self._resident["chain"] = resident()
        self._person.sign_out()

    def _saw_form(self) -> None:
        if self._done == STEADY_AFTER:
            self._person.later(SETTLE_MILLISECONDS, lambda: self._count("steady", self._sign_in))
        elif self._done == SIGN_INS:
            self._person.later(SETTLE_MILLISECONDS, lambda: self._count("last", self._say))
        else:
            self._person.later(0, self._sign_in)

    def _count(self, place: str, then: "object") -> None:
        gc.collect()
        self._resident[place] = resident()
        application = QCoreApplication.instance()
        assert application is not None
        self._counts[place] = {
            "qobjects": len(self._person.window_used.findChildren(QObject))
            + len(application.findChildren(QObject)),
            "python objects": len(gc.get_objects()),
            "threads": threading.active_count(),
            "sockets": sockets(),
        }
        assert callable(then)
        then()

    def _say(self) -> None:
        print(
            json.dumps({"resident": self._resident, "counts": self._counts, "steady_after": STEADY_AFTER}),
            flush=True,
        )
        self._person.window_used.close()


def resident() -> float:
    """Resident memory of this process in MiB (the second number of /proc/self/statm, in pages)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def sockets() -> int:
    """Open sockets of this process."""
    return sum(_target(link).startswith("socket:") for link in Path("/proc/self/fd").iterdir())


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # the listing's own
        return ""


kept: list[Visits] = []
if __name__ == "__main__":
    leave(
        run(sys.argv[:1], os.environ, on_window=lambda window: kept.append(Visits(window)))
    )  # as __main__ does
