"""Windows' two keyboards: who is asked, and in which order."""

import pytest

from ingenes_desktop.controllers.screen_keyboard import make_screen_keyboard
from ingenes_desktop.controllers.screen_keyboard.windows import COMES_SECONDS, WindowsScreenKeyboard


class ScriptedWindows:
    """Keeps the Protocol Calls. Each keyboard is a process that may run, and a window that may be shown."""

    def __init__(self, *, touch_runs: bool = True, touch_can_start: bool = True, tells: bool = True) -> None:
        self.touch_runs = touch_runs
        self.touch_can_start = touch_can_start
        self.tells = tells
        self.touch_obeys = True
        self.comes_when_started = False
        self.osk_can_start = True
        self.touch = False
        self.older = False
        self.done: list[str] = []
        self.waited = 0.0

    def pause(self, seconds: float) -> None:
        self.waited += seconds

    def touch_is_shown(self) -> bool | None:
        return self.touch if self.tells else None

    def toggle_touch(self) -> bool:
        if not self.touch_runs:
            return False
        self.done.append("toggle")
        if self.touch_obeys:
            self.touch = not self.touch
        return True

    def start_touch(self) -> bool:
        self.done.append("start touch")
        self.touch_runs = self.touch_can_start
        self.touch = self.touch_can_start and self.comes_when_started
        return self.touch_can_start

    def older_is_shown(self) -> bool:
        return self.older

    def start_older(self) -> bool:
        self.done.append("start osk")
        self.older = self.osk_can_start
        return self.osk_can_start

    def close_older(self) -> None:
        self.done.append("close osk")
        self.older = False


def keyboard_of(windows: ScriptedWindows) -> WindowsScreenKeyboard:
    return WindowsScreenKeyboard(windows, windows.pause)


@pytest.mark.parametrize("tells", [True, False])
def test_the_touch_keyboard_comes_and_goes(tells: bool) -> None:
    windows = ScriptedWindows(tells=tells)
    keyboard = keyboard_of(windows)
    assert keyboard.show()
    assert windows.touch
    assert keyboard.is_shown() is (True if tells else None)
    keyboard.hide()
    # Whoever does not know whether it is there does not call it up by sending it away.
    assert windows.done == (["toggle", "toggle"] if tells else ["toggle"])


def test_one_that_is_there_is_not_sent_away() -> None:
    windows = ScriptedWindows()
    windows.touch = True
    assert keyboard_of(windows).show()
    assert windows.done == []


@pytest.mark.parametrize("comes_when_started", [True, False])
def test_its_process_is_started_first(comes_when_started: bool) -> None:
    windows = ScriptedWindows(touch_runs=False)
    windows.comes_when_started = comes_when_started
    assert keyboard_of(windows).show()
    assert windows.touch
    assert windows.done == (["start touch"] if comes_when_started else ["start touch", "toggle"])


def test_without_it_the_older_one_comes_and_goes() -> None:
    windows = ScriptedWindows(touch_runs=False, touch_can_start=False)
    keyboard = keyboard_of(windows)
    assert keyboard.show()
    assert keyboard.is_shown() is True
    assert keyboard.show()
    keyboard.hide()
    assert windows.done == ["start touch", "start osk", "close osk"]
    assert keyboard.is_shown() is False


def test_one_that_does_not_come_is_given_up_in_time() -> None:
    windows = ScriptedWindows()
    windows.touch_obeys = False
    assert keyboard_of(windows).show()
    assert windows.done == ["toggle", "start osk"]
    assert windows.waited == pytest.approx(COMES_SECONDS)


def test_where_nothing_may_be_started_there_is_none() -> None:
    windows = ScriptedWindows(touch_runs=False, touch_can_start=False)
    windows.osk_can_start = False
    assert not keyboard_of(windows).show()


def test_macos_has_no_door_for_programs() -> None:
    assert make_screen_keyboard("darwin") is None
