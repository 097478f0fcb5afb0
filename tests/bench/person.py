"""A person before the window: types, clicks, and looks at the clock."""

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from ingenes_desktop.domain.auth_state import SignedIn, SignedOut
from ingenes_desktop.ui.main_window import MainWindow

EMAIL, PASSWORD = "ana@clinica.example", "Demo-Clinica-2026"
_LOOK_MILLISECONDS = 50


class Person(QObject):
    """Uses one window. UI thread only. A sign-in that fails ends the program with exit status 1.

    Signals: ``saw_name`` with the seconds from the click to the painted name; ``saw_form`` when the form
    is back after signing out.
    """

    saw_name = Signal(float)
    saw_form = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        assert isinstance(window, MainWindow)
        self.window_used = window
        self._clicked_at: float | None = None
        self._heading: QObject | None = None
        window._stack.currentChanged.connect(self._view_changed)
        looks = QTimer(self)
        looks.setInterval(_LOOK_MILLISECONDS)
        looks.timeout.connect(self._look_for_a_refusal)
        looks.start()

    def later(self, milliseconds: int, call: Callable[[], None]) -> None:
        """Do something after a while."""
        QTimer.singleShot(milliseconds, self, call)

    def fill_in(self) -> None:
        """Type the email and the password, by real key events."""
        login = self.window_used.login
        login._email.clear()
        QTest.keyClicks(login._email, EMAIL)
        QTest.keyClicks(login._password, PASSWORD)

    def click(self) -> None:
        """Press the button."""
        self._clicked_at = time.perf_counter()
        QTest.mouseClick(self.window_used.login._sign_in, Qt.MouseButton.LeftButton)

    def sign_out(self) -> None:
        """Press the other button."""
        QTest.mouseClick(self.window_used.profile._sign_out, Qt.MouseButton.LeftButton)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the name's paint."""
        state = self.window_used._state
        if event.type() is QEvent.Type.Paint and isinstance(state, SignedIn) and self._clicked_at is not None:
            clicked_at, self._clicked_at = self._clicked_at, None
            # Once the paint is through and on screen.
            self.later(0, lambda: self.saw_name.emit(time.perf_counter() - clicked_at))
        return super().eventFilter(watched, event)

    def _view_changed(self) -> None:
        window = self.window_used
        if window._stack.currentWidget() is window.login:
            self.later(0, self.saw_form.emit)
        elif self._heading is None:
            self._heading = window.profile.heading
            self._heading.installEventFilter(self)

    def _look_for_a_refusal(self) -> None:
        state = self.window_used._state
        if isinstance(state, SignedOut) and state.problem is not None:
            print(f"the sign-in failed: {state.problem.code} {state.problem.detail}", file=sys.stderr)
            os._exit(1)
