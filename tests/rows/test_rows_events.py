"""Row 54: the screen is locked, sleeps or is another's: the window is covered; other sessions are ignored."""

import sys
from collections.abc import Callable, Iterator
from time import perf_counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from ingenes_desktop.controllers.session_events import CoverReason, mac_notifications, windows_messages
from ingenes_desktop.controllers.session_events.interface import ScreenChange
from ingenes_desktop.controllers.session_events.linux import LinuxSessionEvents
from ingenes_desktop.domain.auth_state import Covered, SignedIn, SignedOut
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.ui.cover_view import CoverView
from tests.scripted_cloud import ScriptedCloud
from tests.secret_service import private_bus
from tests.stub_logind import OTHERS, StubLogind, stub_logind
from tests.window import LONGEST_GAP_SECONDS, Opener, OpenWindow

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="logind is Linux'")
LONGEST_SECONDS = 0.25
OWN_SESSION, OTHER_SESSION = 3, 1


class FirstPaint(QObject):
    """Notes when the cover, which is made when it is wanted, is painted for the first time."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.at: float | None = None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let everything pass."""
        if event.type() is QEvent.Type.Paint and isinstance(watched, CoverView) and self.at is None:
            self.at = perf_counter()
        return False


class RealEvents:
    """The events of the private bus, for a window that is opened after them."""

    def __init__(self, bus: str) -> None:
        self.window: QWidget | None = None
        self.painted_at: float | None = None
        self.events = LinuxSessionEvents(self._paint, system_bus=bus, session_bus=bus)

    def _paint(self) -> None:
        assert self.window is not None
        self.window.repaint()
        self.painted_at = perf_counter()


@pytest.fixture(scope="module")
def bus() -> Iterator[str]:
    with private_bus() as service:
        yield service.environment["DBUS_SESSION_BUS_ADDRESS"]


@pytest.fixture
def logind(bus: str) -> Iterator[StubLogind]:
    with stub_logind(bus) as stub:
        yield stub


def assert_nothing_personal(window: OpenWindow, person: SignedIn) -> None:
    """On screen, in the title, or in what a screen reader is told."""
    facts = [person.username, person.user.full_name, person.user.email, person.user.clinic]
    for widget in [window.window, *window.window.findChildren(QWidget)]:
        if widget.isVisibleTo(window.window) or widget is window.window:
            for name in ("text", "windowTitle", "accessibleName", "accessibleDescription", "toolTip"):
                text = widget.property(name)
                assert not (isinstance(text, str) and any(fact and fact in text for fact in facts)), text


@linux
@pytest.mark.parametrize("what", ["lock", "hint", "sleep", "switch"])
def test_row_54_the_cover_stands_within_a_quarter_of_a_second(
    open_window: Opener, qapp: QApplication, bus: str, logind: StubLogind, what: str
) -> None:
    real = RealEvents(bus)
    window = open_window(session_events=real.events)
    real.window = window.window
    window.sign_in()
    person = window.state
    assert isinstance(person, SignedIn)
    window.qtbot.waitUntil(lambda: logind.delay_locks() == 1)

    orders: dict[str, Callable[[], None]] = {
        "lock": logind.lock,
        "hint": lambda: logind.hint(locked=True),
        "sleep": logind.sleep,
        "switch": lambda: logind.switch(active=False),
    }
    painted = FirstPaint(qapp)
    held: list[int] = []
    real.events.covered.connect(lambda _: held.append(logind.delay_locks()))
    window.heartbeat.start()
    started = perf_counter()
    orders[what]()
    window.qtbot.waitUntil(lambda: window.shows(Covered))
    assert painted.at is not None
    assert real.painted_at is not None
    assert painted.at < real.painted_at, "covered, and not painted before the computer may sleep"
    assert painted.at - started <= LONGEST_SECONDS
    assert held == [1]
    assert_nothing_personal(window, person)
    window.heartbeat.stop()
    qapp.removeEventFilter(painted)
    assert window.heartbeat.longest <= LONGEST_GAP_SECONDS


@linux
def test_row_54_another_sessions_events_are_ignored(
    open_window: Opener, bus: str, logind: StubLogind
) -> None:
    real = RealEvents(bus)
    window = open_window(session_events=real.events)
    real.window = window.window
    window.sign_in()
    window.qtbot.waitUntil(lambda: logind.delay_locks() == 1)
    states: list[object] = []
    window.controller.state_changed.connect(states.append)
    logind.lock(OTHERS)
    logind.hint(locked=True, session=OTHERS)
    logind.switch(active=False, session=OTHERS)
    logind.lock()  # ours, last: whatever the others' did would stand before it
    window.qtbot.waitUntil(lambda: window.shows(Covered))
    assert [type(state) for state in states] == [Covered]
    logind.unlock(OTHERS)
    logind.unlock()
    window.qtbot.waitUntil(lambda: window.shows(SignedIn))
    window.sign_out()


def windows(message: int, wparam: int, session: int) -> ScreenChange | None:
    return windows_messages.change_of(message, wparam, session, OWN_SESSION)


@pytest.mark.parametrize(
    ("change", "is_ours"),
    [
        pytest.param(windows(0x02B1, 7, OWN_SESSION), True, id="lock"),
        pytest.param(windows(0x02B1, 4, OWN_SESSION), True, id="remote desktop disconnected"),
        pytest.param(windows(0x02B1, 2, OWN_SESSION), True, id="user switch"),
        pytest.param(windows(0x0218, 4, 0), True, id="suspend"),
        pytest.param(windows(0x02B1, 7, OTHER_SESSION), False, id="another's lock"),
        pytest.param(windows(0x02B1, 4, OTHER_SESSION), False, id="another's remote desktop"),
        *(
            pytest.param(change, True, id=name)
            for name, change in {**mac_notifications.WORKSPACE, **mac_notifications.DISTRIBUTED}.items()
            if change.covers
        ),
    ],
)
def test_row_54_windows_and_macos(open_window: Opener, change: ScreenChange | None, *, is_ours: bool) -> None:
    window = open_window()
    window.sign_in()
    person = window.state
    assert isinstance(person, SignedIn)
    if change is not None:
        window.events._apply(change)
    assert window.shows(Covered) is is_ours
    if is_ours:
        assert_nothing_personal(window, person)


def test_row_54_on_a_kiosk_whoever_locks_has_left(open_window: Opener, far: ScriptedCloud) -> None:
    window = open_window(far.settings(machine=MachineKind.KIOSK))
    window.sign_in()
    window.events._apply(ScreenChange(CoverReason.LOCKED, covers=True))
    window.events._apply(ScreenChange(CoverReason.LOCKED, covers=False))
    window.qtbot.waitUntil(lambda: window.shows(SignedOut))
    assert window.problem().code is ErrorCode.SESSION_LOCKED
    window.wait_until_clean()
