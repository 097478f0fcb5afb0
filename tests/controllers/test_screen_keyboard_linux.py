"""Linux' on-screen keyboards, as stand-ins of ours on a private bus; and who asks for them."""

import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ingenes_desktop.controllers.background import Background
from ingenes_desktop.controllers.screen_keyboard.control import ScreenKeyboardControl
from ingenes_desktop.controllers.screen_keyboard.linux import LinuxScreenKeyboard
from tests.secret_service import private_bus
from tests.stub_screen_keyboard import KWIN, ONBOARD, SQUEEKBOARD, StubKeyboards, stub_keyboards

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these keyboards are Linux'")

NOWHERE = "unix:path=/nonexistent/bus"
SQUEEKBOARD_SHOWS = "/sm/puri/OSK0 sm.puri.OSK0.SetVisible True"
SQUEEKBOARD_HIDES = "/sm/puri/OSK0 sm.puri.OSK0.SetVisible False"
ONBOARD_SHOWS = "/org/onboard/Onboard/Keyboard org.onboard.Onboard.Keyboard.Show"
ONBOARD_HIDES = "/org/onboard/Onboard/Keyboard org.onboard.Onboard.Keyboard.Hide"
KWIN_SET = "/VirtualKeyboard org.freedesktop.DBus.Properties.Set org.kde.kwin.VirtualKeyboard"
EACH = {
    SQUEEKBOARD: ([SQUEEKBOARD_SHOWS], [SQUEEKBOARD_HIDES]),
    ONBOARD: ([ONBOARD_SHOWS], [ONBOARD_HIDES]),
    KWIN: (
        [
            f"{KWIN_SET} enabled ('b', True)",
            "/VirtualKeyboard org.kde.kwin.VirtualKeyboard.forceActivate",
        ],
        [f"{KWIN_SET} active ('b', False)"],
    ),
}


class Told:
    """The control, and what it told the window."""

    def __init__(self, address: str, background: Background, patience_seconds: float = 10.0) -> None:
        self.words: list[str] = []
        self.control = ScreenKeyboardControl(
            LinuxScreenKeyboard(address),
            background,
            patience_seconds=patience_seconds,
            look_milliseconds=10,
        )
        self.control.unavailable.connect(lambda: self.words.append("unavailable"))
        self.control.gone.connect(lambda: self.words.append("gone"))


@pytest.fixture(scope="module")
def bus() -> Iterator[str]:
    with private_bus() as service:
        yield service.environment["DBUS_SESSION_BUS_ADDRESS"]


@pytest.fixture
def stub(bus: str) -> Iterator[StubKeyboards]:
    with stub_keyboards(bus) as stub:
        yield stub


@pytest.mark.parametrize("name", EACH)
def test_each_keyboard_comes_and_goes(name: str, bus: str, stub: StubKeyboards) -> None:
    shows, hides = EACH[name]
    stub.appear(name)
    keyboard = LinuxScreenKeyboard(bus)
    assert keyboard.is_shown() is False
    assert keyboard.show()
    assert stub.calls() == shows
    assert keyboard.is_shown() is True
    keyboard.hide()
    assert stub.calls() == hides
    assert keyboard.is_shown() is False


def test_where_none_runs_nobody_is_asked(bus: str, stub: StubKeyboards) -> None:
    keyboard = LinuxScreenKeyboard(bus)
    assert not keyboard.show()
    keyboard.hide()
    assert stub.calls() == []


def test_of_several_the_first_is_asked(bus: str, stub: StubKeyboards) -> None:
    stub.appear(ONBOARD, SQUEEKBOARD)
    assert LinuxScreenKeyboard(bus).show()
    assert stub.calls() == [SQUEEKBOARD_SHOWS]


def test_a_refusal_is_no_keyboard(bus: str, stub: StubKeyboards) -> None:
    stub.appear(SQUEEKBOARD, ONBOARD)
    stub.behave("refuse")
    keyboard = LinuxScreenKeyboard(bus)
    assert not keyboard.show()
    assert stub.calls() == [SQUEEKBOARD_SHOWS, ONBOARD_SHOWS]
    assert keyboard.is_shown() is None


@pytest.mark.parametrize("address", [NOWHERE, "no address", ""])
def test_without_a_bus_there_is_no_keyboard(address: str) -> None:
    keyboard = LinuxScreenKeyboard(address)
    assert not keyboard.show()
    assert keyboard.is_shown() is None
    keyboard.hide()


def test_the_window_is_told_that_there_is_none(qtbot: QtBot, bus: str, shared_background: Background) -> None:
    told = Told(bus, shared_background)
    told.control.want(shown=True)
    qtbot.waitUntil(lambda: told.words == ["unavailable"])


def test_a_keyboard_that_hangs_holds_nothing_up(
    qtbot: QtBot, bus: str, stub: StubKeyboards, shared_background: Background
) -> None:
    stub.appear(SQUEEKBOARD)
    stub.behave("hang")
    told = Told(bus, shared_background, patience_seconds=0.2)
    asked_at = time.monotonic()
    told.control.want(shown=True)
    assert time.monotonic() - asked_at < 0.05  # this thread is the window's
    qtbot.waitUntil(lambda: told.words == ["unavailable"], timeout=2000)
    # The next press does not wait for the one that hangs.
    stub.behave("obey")
    told.control.want(shown=True)
    qtbot.waitUntil(lambda: SQUEEKBOARD_SHOWS in stub.calls())
    told.control.want(shown=False)
    qtbot.waitUntil(lambda: SQUEEKBOARD_HIDES in stub.calls())
    assert told.words == ["unavailable"]


def test_a_bus_that_takes_the_call_and_says_nothing(
    qtbot: QtBot, tmp_path: Path, shared_background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path has at most 107 characters
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind("bus")
        silent.listen()
        told = Told("unix:path=bus", shared_background, patience_seconds=0.2)
        told.control.want(shown=True)
        qtbot.waitUntil(lambda: told.words == ["unavailable"], timeout=2000)


def test_a_keyboard_put_away_by_its_own_key_is_noticed(
    qtbot: QtBot, bus: str, stub: StubKeyboards, shared_background: Background
) -> None:
    stub.appear(ONBOARD)
    told = Told(bus, shared_background)
    told.control.want(shown=True)
    qtbot.waitUntil(lambda: stub.calls() == [ONBOARD_SHOWS])
    stub.set_visible(visible=False)
    qtbot.waitUntil(lambda: told.words == ["gone"])
    # Nobody looks for what is not wanted any longer.
    told.control.want(shown=True)
    qtbot.waitUntil(lambda: stub.calls() == [ONBOARD_SHOWS])
    told.control.want(shown=False)
    qtbot.waitUntil(lambda: stub.calls() == [ONBOARD_HIDES])
    assert told.words == ["gone"]
