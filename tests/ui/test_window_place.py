"""The window stands again where it stood, and tells of each new place."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.preferences import Area, WindowPlace
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.window_place import PlaceWatch, place_of
from tests.ui.conftest import Shown

Show = Callable[..., Shown]


def screen() -> QRect:
    return QGuiApplication.primaryScreen().availableGeometry()


def place(*, maximised: bool = False) -> WindowPlace:
    """On the screen that there is (offscreen: 800 x 800)."""
    there = screen()
    return WindowPlace(
        Area(there.x() + 40, there.y() + 60, 500, 400), 20, maximised, there.width(), there.height()
    )


@pytest.fixture
def shown(show: Show) -> Shown:
    opened = show()
    opened.window.hide()
    return opened


def test_it_stands_where_it_stood(shown: Shown, qtbot: QtBot) -> None:
    with qtbot.waitExposed(shown.window):
        shown.window.appear(place())
    assert shown.window.geometry() == QRect(screen().x() + 40, screen().y() + 60, 500, 400)
    assert replace(place(), frame=0) == replace(place_of(shown.window) or place(), frame=0)


def test_without_a_place_it_is_as_large_as_ever(show: Show, qtbot: QtBot) -> None:
    shown = show()
    shown.window.hide()
    with qtbot.waitExposed(shown.window):
        shown.window.appear()
    assert (shown.window.width(), shown.window.height()) == (1000, 680)


def test_maximised_it_remembers_the_other_size(shown: Shown, qtbot: QtBot) -> None:
    with qtbot.waitExposed(shown.window):
        shown.window.appear(place(maximised=True))
    assert shown.window.isMaximized()
    now = place_of(shown.window)
    assert now is not None
    assert (now.maximised, now.inside) == (True, place().inside)


def test_minimised_while_maximised_is_maximised(shown: Shown, qtbot: QtBot) -> None:
    with qtbot.waitExposed(shown.window):
        shown.window.appear(place(maximised=True))
    shown.window.setWindowState(shown.window.windowState() | Qt.WindowState.WindowMinimized)
    qtbot.waitUntil(shown.window.isMinimized)
    now = place_of(shown.window)
    assert now is not None
    assert (now.maximised, now.inside) == (True, place().inside)


def test_out_of_sight_it_comes_back(shown: Shown, qtbot: QtBot) -> None:
    far = replace(place(), inside=Area(5000, 5000, 500, 400))
    with qtbot.waitExposed(shown.window):
        shown.window.appear(far)
    assert screen().contains(shown.window.geometry())


def test_every_move_is_told(shown: Shown, qtbot: QtBot) -> None:
    with qtbot.waitExposed(shown.window):
        shown.window.appear(place())
    watch = PlaceWatch(shown.window)
    told: list[WindowPlace] = []
    watch.changed.connect(told.append)
    shown.window.move(shown.window.x() + 11, shown.window.y() + 7)
    qtbot.waitUntil(lambda: bool(told) and told[-1].inside.x == screen().x() + 51)
    assert told[-1].inside.y == screen().y() + 67
    shown.window.resize(520, 410)
    qtbot.waitUntil(lambda: (told[-1].inside.width, told[-1].inside.height) == (520, 410))
    shown.window.showMaximized()
    qtbot.waitUntil(lambda: told[-1].maximised)
    assert (told[-1].inside.width, told[-1].inside.height) == (520, 410)
