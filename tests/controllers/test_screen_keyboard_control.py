"""Who asks for the on-screen keyboard: one wish after the other, and the last one counts."""

from collections.abc import Iterator
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from ingenes_desktop.controllers.background import Background
from ingenes_desktop.controllers.screen_keyboard.control import ScreenKeyboardControl


class SlowKeyboard:
    """A ScreenKeyboard that slides in for as long as a test wants."""

    def __init__(self) -> None:
        self.may_come = Event()
        self.is_coming = Event()
        self.is_there = False
        self.comes = True
        self.done: list[str] = []

    def show(self) -> bool:
        self.is_coming.set()
        self.may_come.wait(10)
        self.is_there = self.comes
        self.done.append("shown")
        return self.comes

    def hide(self) -> None:
        self.is_there = False
        self.done.append("hidden")

    def is_shown(self) -> bool:
        return self.is_there


@pytest.fixture
def keyboard() -> Iterator[SlowKeyboard]:
    keyboard = SlowKeyboard()
    yield keyboard
    keyboard.may_come.set()


@pytest.mark.parametrize("comes", [True, False])
def test_put_away_while_it_slides_in_it_goes(
    comes: bool, keyboard: SlowKeyboard, qtbot: QtBot, shared_background: Background
) -> None:
    keyboard.comes = comes
    words: list[str] = []
    control = ScreenKeyboardControl(keyboard, shared_background, look_milliseconds=10)
    control.unavailable.connect(lambda: words.append("unavailable"))
    control.gone.connect(lambda: words.append("gone"))
    control.want(shown=True)
    qtbot.waitUntil(keyboard.is_coming.is_set)
    control.want(shown=False)
    keyboard.may_come.set()
    qtbot.waitUntil(lambda: len(keyboard.done) == 2)
    assert keyboard.done == ["shown", "hidden"]
    assert not keyboard.is_there
    # What became of the first wish is nobody's news any longer.
    arrived: list[bool] = []
    shared_background.post(lambda: arrived.append(True))
    qtbot.waitUntil(lambda: arrived == [True])
    assert words == []
