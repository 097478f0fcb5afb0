"""The demo as each kind of machine: what the application is told, by which door, and who outlives whom."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from ingenes_desktop.adapters.settings import load_settings
from ingenes_desktop.demo.__main__ import demo_environment
from ingenes_desktop.demo.accounts_dock import AccountsDock
from ingenes_desktop.demo.kiosk import BETWEEN_SECONDS, HOST, Reception
from ingenes_desktop.demo.options import read_options
from ingenes_desktop.demo.process import CloudDescription
from ingenes_desktop.demo.rehearsed_policy import RehearsedPolicy
from ingenes_desktop.demo.servers import Cloud
from ingenes_desktop.demo.window import add_demo
from ingenes_desktop.domain.machine import AuthFlow, MachineKind, SessionLimits
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.settings import Settings
from tests.demo.demo_program import run, sentence

# The platform "offscreen" says on every window what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def description(cloud: Cloud) -> CloudDescription:
    return CloudDescription.from_line(json.dumps(cloud.description()))


def settings_of(policy: RehearsedPolicy, folder: Path, *, frozen: bool) -> Settings:
    """As the application reads them: nothing of the demo is in the environment."""
    return load_settings(
        {},
        user_file=folder / "settings.toml",
        policy=policy,
        frozen=frozen,
        defaults=resource_path("defaults.toml"),
    )


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("machine", MachineKind)
def test_the_policy_says_machine_session_and_the_demos_cloud(
    description: CloudDescription, machine: MachineKind, frozen: bool, tmp_path: Path
) -> None:
    settings = settings_of(RehearsedPolicy(description, machine, {}), tmp_path, frozen=frozen)
    assert settings.machine is machine
    assert settings.session == SessionLimits.of(machine)
    assert settings.endpoints.all_on_loopback
    said = description.environment
    assert settings.endpoints.cognito_idp == said["INGENES_ENDPOINT_COGNITO_IDP"]
    assert settings.user_pool_id == said["INGENES_COGNITO_USER_POOL_ID"]
    assert settings.client_id == said["INGENES_COGNITO_CLIENT_ID"]
    assert settings.identity_pool_id == said["INGENES_COGNITO_IDENTITY_POOL_ID"]
    assert settings.filemaker_secret_name == said["INGENES_FILEMAKER_SECRET_NAME"]
    brief = RehearsedPolicy(description, machine, read_options(["--session", "idle=12,countdown=6"]).session)
    session = settings_of(brief, tmp_path, frozen=frozen).session
    assert (session.idle, session.countdown, session.longest) == (12, 6, SessionLimits.of(machine).longest)


@pytest.mark.parametrize("flow", AuthFlow)
def test_the_flow_reaches_the_application_on_every_machine(
    description: CloudDescription, flow: AuthFlow, tmp_path: Path
) -> None:
    environment = {**description.environment, "INGENES_AUTH_FLOW": flow.value}
    for machine in MachineKind:
        policy = RehearsedPolicy(replace(description, environment=environment), machine, {})
        assert settings_of(policy, tmp_path, frozen=False).auth_flow is flow
    own = {"INGENES_AUTH_FLOW": "CUSTOM_AUTH", "HOME": "/made/up"}
    seen = demo_environment(own, replace(description, environment=environment))
    assert seen["INGENES_AUTH_FLOW"] == flow.value
    assert "INGENES_AUTH_FLOW" not in demo_environment(own, description)


def test_without_options_it_is_a_personal_machine_as_it_stands() -> None:
    options = read_options([])
    assert options.machine == "personal"
    assert options.session == {}


@pytest.mark.parametrize(
    ("option", "value", "what"),
    [
        ("--machine", "desk", "'desk'"),
        ("--session", "idle=1", "idle cannot be '1' seconds"),
        ("--session", "idle=nan", "idle cannot be 'nan' seconds"),
        ("--session", "idle", "idle cannot be '' seconds"),
        ("--session", "sleep=20", "a session has no 'sleep'"),
        ("--session", "idle=20,,", "a session has no ''"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(option: str, value: str, what: str) -> None:
    assert what in sentence(run(option, value))


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    main_window = QMainWindow()
    qtbot.addWidget(main_window)
    return main_window


def dock_of(window: QMainWindow) -> AccountsDock:
    dock = window.findChild(AccountsDock)
    assert isinstance(dock, AccountsDock)
    return dock


def test_a_kiosk_is_ended_by_a_button_and_nothing_else_has_one(
    window: QMainWindow, description: CloudDescription, qtbot: QtBot
) -> None:
    ended: list[None] = []
    add_demo(window, description, end=lambda: ended.append(None))
    window.show()
    qtbot.waitExposed(window)
    assert dock_of(window).end_button.text()
    QTest.mouseClick(dock_of(window).end_button, Qt.MouseButton.LeftButton)
    assert ended == [None]


def test_another_window_has_no_such_button(
    window: QMainWindow, description: CloudDescription, qtbot: QtBot
) -> None:
    add_demo(window, description)
    window.show()
    qtbot.waitExposed(window)
    assert not dock_of(window).end_button.isVisible()


@pytest.fixture
def reception(description: CloudDescription) -> Iterator[tuple[Reception, threading.Thread]]:
    """Waits on a thread, as the demo's process does."""
    reception = Reception(description, {"idle": 20.0})
    waiting = threading.Thread(target=reception.wait, daemon=True)
    waiting.start()
    yield reception, waiting
    waiting.join(2 * BETWEEN_SECONDS)
    assert not waiting.is_alive()


def visitor(reception: Reception) -> tuple[socket.socket, dict[str, object]]:
    guest = socket.create_connection((HOST, reception.port), timeout=10)
    with guest.makefile() as line:
        told: dict[str, object] = json.loads(line.readline())
    return guest, told


def test_the_demo_stays_while_windows_give_way_and_ends_after_the_last(
    reception: tuple[Reception, threading.Thread], description: CloudDescription
) -> None:
    door, waiting = reception
    guest, told = visitor(door)
    assert told["session"] == {"idle": 20.0}
    assert CloudDescription.from_line(json.dumps(told["description"])) == description
    for _ in range(20):
        following, _ = visitor(door)
        guest.close()
        guest = following
    assert waiting.is_alive()
    guest.close()
    began = time.monotonic()
    waiting.join(2 * BETWEEN_SECONDS)
    assert BETWEEN_SECONDS - 1 < time.monotonic() - began < BETWEEN_SECONDS + 2
    door.close()
