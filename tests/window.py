"""The real window over the real chain, in this process, driven by keys and clicks.

Everything is production's but the network's edge: names and certificates come from a scripted cloud, and
the limits are scaled down. Imported by the conftest of whoever opens windows.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event, Thread
from threading import enumerate as all_threads
from time import monotonic, perf_counter, time
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.adapters.clocks import read_clocks
from ingenes_desktop.adapters.log_lines import LIBRARIES, silence_libraries
from ingenes_desktop.application.ports import TokenVault
from ingenes_desktop.application.session_clock import Reading
from ingenes_desktop.controllers.activity import Activity
from ingenes_desktop.controllers.auth_controller import AuthController
from ingenes_desktop.controllers.background import Background, Lane
from ingenes_desktop.controllers.leaving import GiveWay
from ingenes_desktop.controllers.session_events import SessionEvents
from ingenes_desktop.domain.auth_state import AuthState, SignedIn, SignedOut, SigningIn
from ingenes_desktop.domain.errors import AuthError, Problem
from ingenes_desktop.domain.event_log import LOGGER_NAME
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.widgets.field_words import ErrorLine
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from ingenes_desktop.wiring import connect
from tests.scripted_cloud import EMAIL, HOSTS, PASSWORD, ScriptedCloud
from tests.session_events import ScriptedSessionEvents

REFERENCE = "7K3Q9F"
LONGEST_GAP_SECONDS = 0.1
"""Of the UI thread while a chain runs."""
_BEAT_SECONDS = 0.01
Child = TypeVar("Child", bound=QWidget)


class Heartbeat(QObject):
    """Measures the longest time in which the event loop did not turn, while a chain runs.

    A bystander, a thread that only waits, is measured beside it: what held up the bystander too was the
    test machine (two cores, shared) or the far ends' share of this process, not the window.
    """

    def __init__(self) -> None:
        super().__init__()
        self._gaps: list[tuple[float, float]] = []
        self._others: list[tuple[float, float]] = []
        self._last = 0.0
        self._over = Event()
        self._timer = QTimer(self, interval=round(_BEAT_SECONDS * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Measure anew from here on."""
        self.stop()
        self._gaps, self._others, self._over = [], [], Event()
        self._last = perf_counter()
        self._timer.start()
        Thread(target=_stand_by, args=(self._others, self._over), name="bystander", daemon=True).start()

    def stop(self) -> None:
        """Measure no longer."""
        self._timer.stop()
        self._over.set()

    @property
    def longest(self) -> float:
        """Seconds of the longest gap, less what the bystander lost within it."""
        return max((end - start - self._lost(start, end) for start, end in self._gaps), default=0.0)

    def _lost(self, start: float, end: float) -> float:
        return sum(max(0.0, min(end, b) - max(start, a) - _BEAT_SECONDS) for a, b in list(self._others))

    def _beat(self) -> None:
        now = perf_counter()
        self._gaps.append((self._last, now))
        self._last = now


def _stand_by(gaps: list[tuple[float, float]], over: Event) -> None:
    last = perf_counter()
    while not over.wait(_BEAT_SECONDS):
        now = perf_counter()
        gaps.append((last, now))
        last = now


class LogCatcher(logging.Handler):
    """Keeps every line that any logger lets out."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it as the most talkative formatter would write it."""
        self.lines.append(logging.Formatter("%(name)s %(message)s %(args)s").format(record))


@dataclass(slots=True)
class OpenWindow:
    """One window with everything behind it."""

    window: MainWindow
    controller: AuthController
    translation: Translation
    cloud: ScriptedCloud
    qtbot: QtBot
    heartbeat: Heartbeat
    log: LogCatcher
    background: Background
    events: ScriptedSessionEvents
    activity: Activity
    finished: list[None]
    """Once the controller has nothing left to wait for."""
    seconds: float = 0.0
    """How long the last sign-in took, from the key to the answer."""

    # -- what the person does

    def type_email(self, text: str = EMAIL) -> None:
        """Into its field, from the start."""
        QTest.mouseClick(self.email, Qt.MouseButton.LeftButton)
        self.email.selectAll()
        QTest.keyClicks(self.email, text)

    def type_password(self, text: str = PASSWORD) -> None:
        """Into whichever field has the focus, as a person's fingers do."""
        QTest.keyClicks(self.focus(), text)

    def submit(self) -> None:
        """Enter."""
        QTest.keyClick(self.focus(), Qt.Key.Key_Return)

    def sign_in(self, *, email: str = EMAIL, password: str = PASSWORD, seconds: float = 10.0) -> AuthState:
        """Fill in what is empty, press Enter, and wait for the answer."""
        if self.email.text() != email:
            self.type_email(email)
            QTest.keyClick(self.email, Qt.Key.Key_Return)
        self.type_password(password)
        started = monotonic()
        self.heartbeat.start()
        self.submit()
        assert isinstance(self.state, SigningIn)
        self.qtbot.waitUntil(lambda: not isinstance(self.state, SigningIn), timeout=round(seconds * 1000))
        self.heartbeat.stop()
        self.seconds = monotonic() - started
        return self.state

    def click(self, text: str) -> None:
        """The visible button with that text."""
        QTest.mouseClick(self.button(text), Qt.MouseButton.LeftButton)

    def close(self) -> None:
        """The window, as its button or the system's end does it; again does nothing."""
        if not self.finished:
            self.window.leave()
            self.qtbot.waitUntil(lambda: bool(self.finished))
        self.window.close()

    # -- what the person sees

    @property
    def state(self) -> AuthState:
        return self.controller.state

    @property
    def email(self) -> QLineEdit:
        return next(
            field
            for field in self.window.login.findChildren(QLineEdit)
            if not isinstance(field, PasswordEdit)
        )

    @property
    def password(self) -> PasswordEdit:
        return one(self.window.login, PasswordEdit)

    @property
    def sentence(self) -> str:
        """What the sign-in view says went wrong."""
        return problem_in_words(self.window.login)

    def focus(self) -> QWidget:
        """Where a key would go."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def button(self, text: str) -> QAbstractButton:
        """The visible button with that text."""
        return next(
            button
            for button in self.window.findChildren(QAbstractButton)
            if button.text() == text and button.isVisible()
        )

    def speak(self, language: Language) -> None:
        """Change the language, and wait until every view has heard of it."""
        self.translation.use(language)
        words = {Language.ENGLISH: "Forgot password?", Language.SPANISH: "¿Olvidó su contraseña?"}
        self.qtbot.waitUntil(lambda: self.has_button(words[language]))

    def has_button(self, text: str) -> bool:
        """Whether there is one with that text."""
        return any(button.text() == text for button in self.window.findChildren(QAbstractButton))

    # -- what must hold after every case (the invariants of the fault matrix)

    def problem(self) -> Problem:
        """Why the sign-in form is shown."""
        assert isinstance(self.state, SignedOut), self.state
        assert self.state.problem is not None
        return self.state.problem

    def free_lane(self, seconds: float = 2.0) -> bool:
        """Whether the chain's lane takes a job at once: nothing that was given up stands in its way."""
        done: list[None] = []
        self.background.run(Lane.CHAIN, lambda: None, on_done=done.append, on_failed=_never)
        self.qtbot.waitUntil(lambda: bool(done), timeout=round(seconds * 1000))
        return True

    def wait_until_clean(self, seconds: float = 6.0) -> None:
        """What a failed chain had opened is closed: FileMaker's session, this sign-in's tokens (I9)."""

        def is_clean() -> bool:
            return self.cloud.open_sessions == 0 and self.cloud.live_sign_ins == 0

        self.qtbot.waitUntil(is_clean, timeout=round(seconds * 1000))

    def wait_for_threads(self, seconds: float = 6.0) -> None:
        """Of the threads of chains at most the lane's own is left (I9)."""

        def is_one() -> bool:
            return sum(thread.name == Lane.CHAIN.value for thread in all_threads()) <= 1

        self.qtbot.waitUntil(is_one, timeout=round(seconds * 1000))

    def assert_no_secret_told(self) -> None:
        """No canary in a log line or in a word on screen (I1)."""
        shown = [
            str(text)
            for widget in self.window.findChildren(QWidget)
            for name in ("text", "accessibleName", "accessibleDescription", "toolTip", "windowTitle")
            if isinstance(text := widget.property(name), str) and text
        ]
        for canary in self.cloud.canaries():
            assert not any(canary in line for line in self.log.lines), "a secret in the log"
            assert not any(canary in text for text in shown), "a secret on screen"

    def assert_invariants(self) -> None:
        """I1, I2, I4, I6 (fields) and I8 after a refused sign-in."""
        assert set(self.cloud.names_asked) <= set(HOSTS.values())
        assert self.heartbeat.longest <= LONGEST_GAP_SECONDS
        assert len(self.cloud.requests("InitiateAuth")) <= 1
        assert self.email.text() == EMAIL
        assert self.password.is_empty()
        assert not self.email.isReadOnly()
        assert not self.password.isReadOnly()
        assert self.focus() is self.password
        assert self.button("Iniciar sesión").isEnabled()
        assert "Traceback" not in self.sentence
        assert REFERENCE in self.sentence
        assert any(REFERENCE in line for line in self.log.lines), "the reference is not in the log"
        self.assert_no_secret_told()

    def assert_retry_works(self) -> None:
        """With the far end mended, the same window signs in, and out again without a trace (I6, I9)."""
        self.cloud.mend()
        self.sign_in()
        assert isinstance(self.state, SignedIn), self.state
        self.sign_out()
        self.assert_no_secret_told()

    def shows(self, kind: type) -> bool:
        """Whether the state is of that class, now (a type checker would take ``state`` for a constant)."""
        return isinstance(self.state, kind)

    def sign_out(self) -> None:
        """By its button; the far ends are told."""
        self.click("Cerrar sesión")
        assert isinstance(self.state, SignedOut)
        self.wait_until_clean()


def problem_in_words(view: QWidget) -> str:
    """The sentence of a view, wherever it stands: in its bar, or below the field that it is about."""
    lines = [line.text() for line in view.findChildren(ErrorLine) if not line.isHidden()]
    found = [text for text in (*lines, *(bar.text for bar in view.findChildren(NoticeBar))) if text]
    assert len(found) <= 1, found
    return found[0] if found else ""


def one(parent: QWidget, kind: type[Child]) -> Child:
    """The one child of that class."""
    (child,) = parent.findChildren(kind)
    return child


def _never(error: AuthError) -> None:
    raise AssertionError(error.code)


Opener = Callable[..., OpenWindow]


@pytest.fixture
def log_lines() -> Iterator[LogCatcher]:
    """What a log at its most talkative would hold, with the libraries silenced as main() does it."""
    silence_libraries()
    catcher = LogCatcher()
    loggers = [logging.getLogger(name) for name in ("", LOGGER_NAME, *LIBRARIES)]
    levels = [logger.level for logger in loggers[:2]]
    for logger in loggers:
        logger.addHandler(catcher)
    for logger in loggers[:2]:
        logger.setLevel(logging.DEBUG)
    yield catcher
    for logger in loggers:
        logger.removeHandler(catcher)
    for logger, level in zip(loggers[:2], levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def open_window(
    qtbot: QtBot,
    far: ScriptedCloud,
    spanish: Translation,
    shared_background: Background,
    log_lines: LogCatcher,
) -> Iterator[Opener]:
    """Opens the window over ``far``; call it after the script is written, since it connects at once."""
    opened: list[OpenWindow] = []

    def open_it(
        settings: Settings | None = None,
        *,
        wall_clock: Callable[[], float] = time,
        read_clocks: Callable[[], Reading] = read_clocks,
        vault: TokenVault | None = None,
        initial: AuthState | None = None,
        give_way: GiveWay | None = None,
        session_events: SessionEvents | None = None,
        **edge: Any,
    ) -> OpenWindow:
        chosen = settings or far.settings()
        services = far.services(chosen, wall_clock=wall_clock, **edge)
        events = ScriptedSessionEvents()
        activity = Activity()
        controller = AuthController(
            initial=initial or SignedOut(),
            services=lambda: services,
            background=shared_background,
            username_store=None,
            vault=vault,
            machine=chosen.machine,
            limits=chosen.limits,
            session_limits=chosen.session,
            clock=monotonic,
            read_clocks=read_clocks,
            jitter=lambda: 0.0,
            new_reference=lambda: REFERENCE,
            session_events=session_events or events,
            activity=activity,
            give_way=give_way,
        )
        window = MainWindow(controller, settings=chosen, translation=spanish, clock=monotonic)
        connect(window, controller)
        window.close_requested.connect(window.hide)
        window.painted.connect(controller.start)
        with qtbot.waitExposed(window):
            window.show()
            window.activateWindow()

        def has_the_focus() -> bool:
            # The window of the test before may still have it.
            widget = QApplication.focusWidget()
            return widget is not None and widget.window() is window

        qtbot.waitUntil(has_the_focus)
        opened.append(
            OpenWindow(
                window,
                controller,
                spanish,
                far,
                qtbot,
                Heartbeat(),
                log_lines,
                shared_background,
                events,
                activity,
                [],
            )
        )
        finished = opened[-1].finished
        controller.finished.connect(lambda: finished.append(None))
        return opened[-1]

    yield open_it
    for each in opened:
        each.heartbeat.stop()
        each.close()
        each.activity.stop()
        each.controller.deleteLater()
        each.window.deleteLater()
