"""A touch screen rehearsed: what ``--touch`` tells the application, and the stand-in for its keyboard."""

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.adapters.settings import load_settings
from ingenes_desktop.demo.kiosk import HOST, Reception
from ingenes_desktop.demo.options import read_options
from ingenes_desktop.demo.process import CloudDescription
from ingenes_desktop.demo.rehearsed_policy import RehearsedPolicy
from ingenes_desktop.demo.screen_keyboard import DemoScreenKeyboard, KeyboardWindow
from ingenes_desktop.demo.servers import Cloud
from ingenes_desktop.domain.machine import MachineKind, ScreenKeyboardUse
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.keyboard_room import ASSUMED_SHARE
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit

# The platform "offscreen" says on every window what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Application:
    """A window with a field and a password, and the stand-in that types into them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QMainWindow()
        page = QWidget()
        rows = QVBoxLayout(page)
        self.name, self.password = QLineEdit(), PasswordEdit()
        rows.addWidget(self.name)
        rows.addWidget(self.password)
        self.window.setCentralWidget(page)
        qtbot.addWidget(self.window)
        self.keyboard = DemoScreenKeyboard()
        self.keyboard.serve(self.window)
        self.keys = self.window.findChildren(KeyboardWindow)[0]
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.name.setFocus()

    def type(self, characters: str) -> None:
        """A finger on one key after the other."""
        for character in characters:
            self.press(self.keys.key(character))

    def press(self, key: QPushButton) -> None:
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)


@pytest.fixture
def application(qtbot: QtBot) -> Iterator[Application]:
    opened = Application(qtbot)
    yield opened
    opened.window.hide()


@pytest.fixture
def description(cloud: Cloud) -> CloudDescription:
    return CloudDescription.from_line(json.dumps(cloud.description()))


@pytest.mark.parametrize("machine", MachineKind)
@pytest.mark.parametrize("arguments", [[], ["--touch"]])
def test_the_option_speaks_as_a_policy_does(
    arguments: list[str], machine: MachineKind, description: CloudDescription, tmp_path: Path
) -> None:
    touch = read_options(arguments).touch
    settings = load_settings(
        {},
        user_file=tmp_path / "settings.toml",
        policy=RehearsedPolicy(description, machine, {}, touch=touch),
        frozen=True,
        defaults=resource_path("defaults.toml"),
    )
    assert settings.machine is machine
    assert settings.screen_keyboard is (ScreenKeyboardUse.ON if arguments else ScreenKeyboardUse.AUTO)


@pytest.mark.parametrize("touch", [False, True])
def test_each_window_of_a_kiosk_is_told(touch: bool, description: CloudDescription) -> None:
    reception = Reception(description, {}, touch=touch)
    serving = threading.Thread(target=reception.wait, daemon=True)
    serving.start()
    try:
        with socket.create_connection((HOST, reception.port)) as guest, guest.makefile() as said:
            assert json.loads(said.readline())["touch"] is touch
    finally:
        serving.join(10)
        reception.close()


def test_it_comes_when_a_worker_asks_for_it(application: Application, qtbot: QtBot) -> None:
    answers: list[bool] = []
    worker = threading.Thread(target=lambda: answers.append(application.keyboard.show()))
    worker.start()
    worker.join()
    assert answers == [True]
    qtbot.waitUntil(application.keys.isVisible)
    assert application.keyboard.is_shown()
    screen = application.window.screen().geometry()
    covered = round(screen.height() * ASSUMED_SHARE)
    # Just what the application takes for covered.
    assert application.keys.geometry().top() == screen.bottom() + 1 - covered
    assert application.keys.width() == screen.width()
    threading.Thread(target=application.keyboard.hide).start()
    qtbot.waitUntil(application.keys.isHidden)
    assert not application.keyboard.is_shown()


def test_before_there_is_a_window_there_is_no_keyboard() -> None:
    assert not DemoScreenKeyboard().show()


def test_it_types_real_keys_into_the_field_in_use(application: Application) -> None:
    application.keys.show()
    application.type("ana")
    application.press(application.keys.at_key)
    application.press(application.keys.shift_key)
    application.type("Ñq")
    application.press(application.keys.erase_key)
    application.press(application.keys.point_key)
    application.press(application.keys.space_key)
    assert application.name.text() == "ana@Ñ. "
    assert application.window.focusWidget() is application.name
    application.password.setFocus()
    application.press(application.keys.signs_key)
    application.type("1&-")
    application.press(application.keys.signs_key)
    application.type("x")
    assert application.password.take_text() == "1&-x"


def test_enter_does_what_it_does_on_any_keyboard(application: Application, qtbot: QtBot) -> None:
    application.keys.show()
    with qtbot.waitSignal(application.name.returnPressed, timeout=1000):
        application.press(application.keys.enter_key)


def test_it_goes_by_its_own_key_and_with_the_window(application: Application) -> None:
    application.keys.show()
    application.press(application.keys.hide_key)
    assert application.keys.isHidden()
    assert not application.keyboard.is_shown()
    application.keys.show()
    application.window.hide()
    assert application.keys.isHidden()


def test_its_keys_never_take_the_focus(application: Application) -> None:
    application.keys.show()
    assert application.keys.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    for key in application.keys.findChildren(QPushButton):
        assert key.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert QApplication.activeWindow() is not application.keys
