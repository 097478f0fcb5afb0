"""The keys that work wherever the focus is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.machine import MachineKind
from tests.ui.conftest import Shown
from tests.ui.states import SESSION, settings_of
from tests.ui.test_sheet import is_open, press, ready

Show = Callable[..., Shown]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("label", ["Email", "Password"])
def test_ctrl_l_opens_the_language_menu_from_a_field(label: str, show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SignedOut()), qtbot)
    shown.field(label).setFocus()
    press(shown, Qt.Key.Key_L, CONTROL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions()] == ["Español", "English"]
    menu.close()
    assert shown.field(label).text() == ""
    assert shown.focus() is shown.field(label)


def test_ctrl_q_closes_in_order(show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SESSION), qtbot)
    with qtbot.waitSignal(shown.window.close_requested):
        press(shown, Qt.Key.Key_Q, CONTROL)
    assert shown.window.isVisible()  # until it is asked again, when the session has been left


def test_a_kiosk_is_not_closed_by_it_and_has_the_others(show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SignedOut(), settings=settings_of(MachineKind.KIOSK)), qtbot)
    with qtbot.assertNotEmitted(shown.window.close_requested):
        press(shown, Qt.Key.Key_Q, CONTROL)
    press(shown, Qt.Key.Key_L, CONTROL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    press(shown, Qt.Key.Key_F1)
    assert is_open(shown)


def test_they_work_from_a_dock_beside_the_view(show: Show, qtbot: QtBot) -> None:
    """As the demo has one."""
    shown = ready(show(SignedOut()), qtbot)
    dock, field = QDockWidget(shown.window), QLineEdit()
    dock.setWidget(field)
    shown.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    field.setFocus()
    press(shown, Qt.Key.Key_F1)
    assert is_open(shown)
    press(shown, Qt.Key.Key_Escape)
    assert not is_open(shown)
