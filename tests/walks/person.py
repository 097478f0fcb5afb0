"""A person at the real window: production's controller and adapters, and the demo cloud behind them.

Keys go where the focus is, and buttons are found by what stands on them, in Spanish.
"""

import time
from collections.abc import Callable
from re import fullmatch
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.adapters.clocks import read_clocks
from ingenes_desktop.adapters.far_ends import build_services
from ingenes_desktop.application.session_clock import Reading
from ingenes_desktop.controllers.activity import Activity
from ingenes_desktop.controllers.auth_controller import AuthController
from ingenes_desktop.controllers.background import Background
from ingenes_desktop.demo.accounts import ACCOUNTS, Account
from ingenes_desktop.demo.servers import Cloud
from ingenes_desktop.domain.auth_state import AuthState, SignedIn, SignedOut
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from ingenes_desktop.wiring import connect
from tests.cloud import RunningClock
from tests.session_events import ScriptedSessionEvents

BY_KIND = {account.kind: account for account in ACCOUNTS}
PATIENCE_SECONDS = 10.0
FORM, SIGN_OUT = "¿Olvidó su contraseña?", "Cerrar sesión"
Field = TypeVar("Field", bound=QWidget)


class Person:
    """Sees what is visible and types into what has the focus. ``clock`` is the far ends' and the wall's."""

    def __init__(
        self,
        cloud: Cloud,
        settings: Settings,
        clock: RunningClock,
        *,
        qtbot: QtBot,
        background: Background,
        spanish: Translation,
    ) -> None:
        self.cloud = cloud
        self.clock = clock
        self.qtbot = qtbot
        services = build_services(
            settings,
            find_system_proxy=lambda _url: None,
            clock=time.monotonic,
            wall_clock=clock,
            user_agent="ingenes-desktop/test",
        )
        self._activity = Activity()
        self.controller = AuthController(
            initial=SignedOut(),
            services=lambda: services,
            background=background,
            username_store=None,
            vault=None,
            machine=settings.machine,
            limits=settings.limits,
            session_limits=settings.session,
            clock=self._monotonic,
            read_clocks=self._read_clocks,
            jitter=lambda: 0.0,
            new_reference=lambda: "7K3Q9F",
            session_events=ScriptedSessionEvents(),
            activity=self._activity,
        )
        self.window = MainWindow(
            self.controller, settings=settings, translation=spanish, clock=self._monotonic
        )
        connect(self.window, self.controller)
        self.window.close_requested.connect(self.window.hide)
        self.window.painted.connect(self.controller.start)
        self._finished: list[None] = []
        self.controller.finished.connect(lambda: self._finished.append(None))
        with qtbot.waitExposed(self.window):
            self.window.show()
            self.window.activateWindow()
        self.wait_until(self._has_the_focus)

    def go(self) -> None:
        """Close the window, and wait until the far ends were told."""
        self.window.leave()
        self.wait_until(lambda: bool(self._finished))
        self.window.close()
        self._activity.stop()
        self.controller.deleteLater()
        self.window.deleteLater()

    # -- what the person does

    def sign_in(self, account: Account, password: str | None = None) -> None:
        """Name and password into the form, Enter after each. "" leaves the password empty."""
        self.wait_for_form()
        if self.focused(QLineEdit).text() != account.username and not isinstance(self.focus, PasswordEdit):
            self.focused(QLineEdit).selectAll()
            self.write(account.username)
            self.press(Qt.Key.Key_Return)
        assert isinstance(self.focus, PasswordEdit)
        self.write(account.password if password is None else password)
        self.press(Qt.Key.Key_Return)

    def write(self, text: str) -> None:
        """Into whichever field has the focus."""
        QTest.keyClicks(self.focus, text)

    def press(self, key: Qt.Key) -> None:
        """One key."""
        QTest.keyClick(self.focus, key)

    def enter(self, text: str) -> None:
        """Type into the field with the focus, and press Enter."""
        self.write(text)
        self.press(Qt.Key.Key_Return)

    def click(self, text: str) -> None:
        """The visible button with that text, once it is there."""
        self.wait_until(lambda: bool(self._buttons(text)), f"a button {text!r}")
        (button,) = self._buttons(text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def pass_by(self, seconds: float) -> None:
        """So much time passes, on every clock."""
        self.clock.advance(seconds)

    # -- what the person sees

    @property
    def state(self) -> AuthState:
        return self.controller.state

    @property
    def focus(self) -> QWidget:
        """Where a key would go."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def focused(self, kind: type[Field]) -> Field:
        """What has the focus, which is of that class."""
        widget = self.focus
        assert isinstance(widget, kind), widget
        return widget

    def sees(self, text: str) -> bool:
        """Whether that can be read somewhere in the window."""
        return any(text in words for words in self.words())

    def words(self) -> list[str]:
        """Every text in sight."""
        return [each.text() for each in self._visible(QLabel)] + [
            each.text() for each in self._visible(QAbstractButton)
        ]

    def wait_to_see(self, *texts: str) -> None:
        """Until all of that can be read."""
        self.wait_until(lambda: all(map(self.sees, texts)), repr(texts))

    def wait_for_form(self, username: str | None = None) -> None:
        """Until the sign-in form is there, and a key would go into it; with that name in it."""
        self.wait_until(lambda: isinstance(self.state, SignedOut) and self.sees(FORM), "the form")
        if username is not None:
            assert self.typed_name == username

    def wait_for_profile(self, account: Account) -> SignedIn:
        """Until that person's profile is there."""
        self.wait_to_see(f"{account.first_name} {account.last_name}", SIGN_OUT)
        assert isinstance(self.state, SignedIn)
        return self.state

    def wait_until(self, condition: Callable[[], bool], what: str = "") -> None:
        """Until that holds. Raises AssertionError with what is seen instead."""
        try:
            self.qtbot.waitUntil(condition, timeout=round(PATIENCE_SECONDS * 1000))
        except Exception as error:
            raise AssertionError(f"waited for {what}; there is {self.words()}, {self.state}") from error

    @property
    def typed_name(self) -> str:
        """What stands in the form's field for the name."""
        (name,) = [each for each in self._visible(QLineEdit) if not isinstance(each, PasswordEdit)]
        return name.text()

    def wait_for_requests(self, operation: str, times: int) -> None:
        """Until that was asked of AWS so often."""
        self.wait_until(lambda: self.requests(operation) == times, f"{operation}, {times} times")

    def requests(self, operation: str) -> int:
        """How often that was asked of AWS."""
        return self.cloud.journal.operations.count(operation)

    # -- within

    def _visible(self, kind: type[Field]) -> list[Field]:
        return [each for each in self.window.findChildren(kind) if each.isVisible()]

    def _buttons(self, text: str) -> list[QAbstractButton]:
        return [each for each in self._visible(QAbstractButton) if each.text() == text and each.isEnabled()]

    def _has_the_focus(self) -> bool:
        widget = QApplication.focusWidget()
        return widget is not None and widget.window() is self.window

    def _monotonic(self) -> float:
        return time.monotonic() + self.clock.ahead

    def _read_clocks(self) -> Reading:
        now, ahead = read_clocks(), self.clock.ahead
        boot = None if now.awake_or_asleep is None else now.awake_or_asleep + ahead
        return Reading(now.monotonic + ahead, now.wall + ahead, boot)


def key_on_screen(person: Person) -> str:
    """Typed off, as a person does whose telephone has no camera."""
    (key,) = [text for text in person.words() if fullmatch(r"([A-Z2-7]{4} )+[A-Z2-7]{1,4}", text)]
    return key.replace(" ", "")
