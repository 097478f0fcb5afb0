"""One program of sign_in.py: signs in twice through the real window and prints how long it took."""

import json
import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from ingenes_desktop.adapters.environment import scrub_environment
from ingenes_desktop.app import run
from ingenes_desktop.domain.auth_state import SignedIn, SignedOut, SigningIn
from ingenes_desktop.ui.main_window import MainWindow

EMAIL, PASSWORD = "ana@clinica.example", "Demo-Clinica-2026"
# As long as a person needs to type; connections are opened meanwhile.
TYPING_MILLISECONDS = 2500


class Person(QObject):
    """Types, clicks, and looks at the clock. UI thread."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._clicked_at = 0.0
        self._taken: list[float] = []
        self._beat_at = time.perf_counter()
        self._stall = 0.0
        self._heart = QTimer(self)
        self._heart.setInterval(2)
        self._heart.timeout.connect(self._beat)
        self._seen: object = window._state
        window.painted.connect(lambda: self._after(TYPING_MILLISECONDS, self._fill_in))

    def _after(self, milliseconds: int, call: Callable[[], None]) -> None:
        QTimer.singleShot(milliseconds, self, call)

    def _fill_in(self) -> None:
        login = self._window.login
        login._email.clear()
        QTest.keyClicks(login._email, EMAIL)
        QTest.keyClicks(login._password, PASSWORD)
        self._after(500, self._click)

    def _click(self) -> None:
        self._beat_at = time.perf_counter()
        self._heart.start()
        self._clicked_at = time.perf_counter()
        QTest.mouseClick(self._window.login._sign_in, Qt.MouseButton.LeftButton)

    def _look(self, state: object) -> None:
        if isinstance(state, SignedIn):
            self._window.profile.repaint()
            self._taken.append(time.perf_counter() - self._clicked_at)
            if len(self._taken) == 1:
                self._after(700, self._window.sign_out_requested.emit)
                return
            first, second = self._taken
            print(json.dumps({"first": first, "second": second, "stall": self._stall}), flush=True)
            self._window.close()
        elif isinstance(state, SignedOut) and state.problem is not None:
            sys.exit(f"the sign-in failed: {state.problem.code}")
        elif isinstance(state, SignedOut) and self._taken:
            self._after(1500, self._fill_in)

    def _beat(self) -> None:
        now = time.perf_counter()
        if isinstance(self._seen, SigningIn):
            self._stall = max(self._stall, now - self._beat_at - 0.002)
        self._beat_at = now
        state = self._window._state
        if state is not self._seen:
            self._seen = state
            self._look(state)


def attend(window: QMainWindow) -> None:
    """Put the person before the window."""
    assert isinstance(window, MainWindow)
    Person(window)


scrub_environment(os.environ)
sys.exit(run(sys.argv[:1], os.environ, on_window=attend))
