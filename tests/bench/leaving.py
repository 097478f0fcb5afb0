"""One program of closing.py: does one thing, and closes its window when it is told to on standard input."""

import os
import sys
from threading import Thread

from ingenes_desktop.adapters.environment import scrub_environment

scrub_environment(os.environ)

from PySide6.QtCore import QObject, Signal  # noqa: E402  after the environment
from PySide6.QtWidgets import QMainWindow  # noqa: E402  likewise

from ingenes_desktop.adapters.left_behind import leave  # noqa: E402  likewise
from ingenes_desktop.app import run  # noqa: E402  likewise
from tests.bench.person import EMAIL, Person  # noqa: E402  likewise

DEED = sys.argv[1]
WARM_MILLISECONDS = 2000
IMPORTING_MILLISECONDS = 100


class Leaving(QObject):
    """Does the deed, and leaves when asked."""

    told = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._person = Person(window)
        self._window = self._person.window_used
        self.told.connect(self._window.close)
        self._person.saw_name.connect(self._saw_name)
        self._window._stack.currentChanged.connect(self._view_changed)
        self._window.painted.connect(self._painted)
        Thread(target=self._listen, name="told", daemon=True).start()

    def _listen(self) -> None:
        sys.stdin.readline()
        self.told.emit()

    def _painted(self) -> None:
        match DEED:
            case "sign in" | "stay":
                self._person.later(WARM_MILLISECONDS, self._sign_in)
            case "reset" | "confirm":
                self._person.later(WARM_MILLISECONDS, self._reset)
            case "at once":
                self._person.later(IMPORTING_MILLISECONDS, self._say_ready)
            case _:
                pass

    def _sign_in(self) -> None:
        self._person.fill_in()
        self._person.click()

    def _reset(self) -> None:
        self._window.forgot_password_requested.emit(EMAIL)
        self._window.code_requested.emit(EMAIL)

    def _saw_name(self) -> None:
        # What runs behind the profile (LastLoginTime) is over by then.
        self._person.later(1000, self._say_ready)

    def _view_changed(self) -> None:
        shown = self._window._stack.currentWidget()
        if DEED == "confirm" and shown is not self._window.login and shown is self._window.reset_code:
            self._person.later(100, self._confirm)

    def _confirm(self) -> None:
        from ingenes_desktop.domain.secret import Secret

        self._window.reset_submitted.emit("123456", Secret("Otra-Clinica-2026"))

    @staticmethod
    def _say_ready() -> None:
        print("ready", flush=True)


if __name__ == "__main__":
    kept: list[Leaving] = []
    leave(
        run(sys.argv[:1], os.environ, on_window=lambda window: kept.append(Leaving(window)))
    )  # as __main__ does
