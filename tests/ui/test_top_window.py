"""A kiosk's window: the whole screen, no frame, and no way out but the program's own."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QWindow
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import AuthState, Covered, SignedOut
from ingenes_desktop.domain.machine import MachineKind
from tests.ui.conftest import Shown
from tests.ui.states import EMAIL, SESSION, settings_of

Show = Callable[..., Shown]


def ask_to_close(shown: Shown) -> None:
    """As the system does for Alt+F4 or a click on the cross: the platform's window gets the event."""
    window = shown.window.windowHandle()
    assert isinstance(window, QWindow)
    QApplication.sendEvent(window, QCloseEvent())


def test_a_kiosk_fills_the_screen_without_a_frame(show: Show) -> None:
    shown = show(SESSION, settings=settings_of(MachineKind.KIOSK))
    assert shown.window.isFullScreen()
    assert shown.window.windowFlags() & Qt.WindowType.FramelessWindowHint
    screen = shown.window.screen()
    assert shown.window.geometry() == screen.geometry()
    assert shown.window.windowTitle() == "Profile – Ingenes"


@pytest.mark.parametrize("machine", [MachineKind.PERSONAL, MachineKind.SHARED])
def test_other_machines_have_a_window_like_any_other(machine: MachineKind, show: Show, qtbot: QtBot) -> None:
    shown = show(SESSION, settings=settings_of(machine))
    assert not shown.window.isFullScreen()
    assert not shown.window.windowFlags() & Qt.WindowType.FramelessWindowHint
    with qtbot.waitSignal(shown.window.close_requested):
        ask_to_close(shown)
    assert shown.window.isVisible()
    ask_to_close(shown)
    assert not shown.window.isVisible()


def test_a_window_too_large_for_the_screen_takes_all_of_it(show: Show) -> None:
    shown = show(SESSION, settings=settings_of(MachineKind.PERSONAL))
    window, room = shown.window, shown.window.screen().availableSize()
    window.hide()
    window.resize(room.width() + 1, room.height())
    window.appear()
    assert window.isMaximized()
    window.hide()
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(room)
    window.appear()
    assert not window.isMaximized()


def test_a_kiosk_does_not_close_because_somebody_asked(show: Show, qtbot: QtBot) -> None:
    shown = show(SESSION, settings=settings_of(MachineKind.KIOSK))
    with qtbot.assertNotEmitted(shown.window.close_requested):
        for _ in range(3):
            ask_to_close(shown)
            shown.window.close()
    assert shown.window.isVisible()


def test_the_program_itself_can_leave_a_kiosk(show: Show, qtbot: QtBot) -> None:
    shown = show(SESSION, settings=settings_of(MachineKind.KIOSK))
    with qtbot.waitSignal(shown.window.close_requested):
        shown.window.leave()
    # Asked for first; what has to be told is told, and then it closes, as QApplication.quit() asks.
    assert shown.window.isVisible()
    ask_to_close(shown)
    assert not shown.window.isVisible()


@pytest.mark.parametrize("following", [SignedOut(), Covered(SESSION)])
def test_the_task_bar_forgets_the_picture_of_a_minimised_window(
    following: AuthState, show: Show, qtbot: QtBot
) -> None:
    shown = show(SESSION)
    shown.window.setWindowState(Qt.WindowState.WindowMinimized)
    qtbot.waitUntil(shown.window.isMinimized)
    shown.become(following)
    assert shown.previews == [False]
    shown.become(SignedOut(EMAIL))
    # As from the task bar: the native window first.
    shown.window.windowHandle().showNormal()
    qtbot.waitUntil(lambda: shown.previews == [False, True])
    # On screen it is painted anew, and the picture with it.
    shown.window.setWindowState(Qt.WindowState.WindowNoState)
    shown.become(SESSION)
    shown.become(following)
    assert shown.previews == [False, True]
