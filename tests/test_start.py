"""What the composition root's first half decides: the first state, and what ends the program from outside."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingenes_desktop.adapters.policy_file import JsonPolicyFile, NoPolicy, PolicySource
from ingenes_desktop.adapters.vault_folder import vault_folder
from ingenes_desktop.domain.auth_state import Restoring, SignedOut, Unavailable
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.start_settings import read_settings


def policy(folder: Path, machine: MachineKind) -> PolicySource:
    path = folder / "policy.json"
    # Closed ports of this machine: nothing outside is ever asked.
    nowhere = dict.fromkeys(("cognito_idp", "cognito_identity", "secrets_manager"), "http://127.0.0.1:9")
    path.write_text(json.dumps({"machine": machine.value, "endpoint": nowhere}))
    path.chmod(0o644)
    return JsonPolicyFile(path)


@pytest.mark.parametrize("machine", MachineKind)
def test_only_a_personal_machine_takes_up_a_session_and_only_where_there_is_one(
    machine: MachineKind, tmp_path: Path
) -> None:
    environment = {name: str(tmp_path) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")}
    source = policy(tmp_path, machine)
    settings, initial = read_settings(environment, source)
    assert settings.machine is machine
    assert initial == SignedOut()
    vault = vault_folder(settings, environment, sys.platform).vault
    vault.parent.mkdir(parents=True)
    vault.write_bytes(b"whatever it holds")
    _, initial = read_settings(environment, source)
    assert initial == (Restoring() if machine is MachineKind.PERSONAL else SignedOut())


def test_a_policy_that_cannot_be_read_lets_nobody_sign_in(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text("{")
    settings, initial = read_settings(
        {"XDG_CONFIG_HOME": str(tmp_path)}, JsonPolicyFile(tmp_path / "policy.json")
    )
    assert settings.machine is MachineKind.KIOSK
    assert isinstance(initial, Unavailable)
    assert initial.problem.code is ErrorCode.SETTINGS_UNREADABLE
    assert initial.problem.detail == "policy.json"


def test_without_a_policy_it_is_a_personal_machine(tmp_path: Path) -> None:
    settings, _ = read_settings({"XDG_CONFIG_HOME": str(tmp_path)}, NoPolicy())
    assert settings.machine is MachineKind.PERSONAL


# The signal is what Qt emits at the system's log-out or shutdown, on every platform.
LOG_OUT = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QSessionManager
from ingenes_desktop.adapters.policy_file import JsonPolicyFile
from ingenes_desktop.adapters.left_behind import leave
from ingenes_desktop.app import run

def log_out(window):
    ask = lambda: QGuiApplication.instance().commitDataRequest.emit(None)
    window.settled.connect(lambda: QTimer.singleShot(MILLISECONDS, window, ask))

policy = Path(sys.argv[1])
source, logs = JsonPolicyFile(policy), policy.with_name("log")
leave(run(["ingenes-desktop"], os.environ, on_window=log_out, policy=source, log_folder=logs))
"""


@pytest.mark.parametrize("machine", MachineKind)
@pytest.mark.parametrize("milliseconds", [0, 1500])
def test_the_systems_log_out_ends_it(machine: MachineKind, milliseconds: int, tmp_path: Path) -> None:
    source = policy(tmp_path, machine)
    assert source.read() is not None
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            LOG_OUT.replace("MILLISECONDS", str(milliseconds)),
            str(tmp_path / "policy.json"),
        ],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in (tmp_path / "log").iterdir()] == ["ingenes-desktop.log"]


FORGETS = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ingenes_desktop.adapters.policy_file import JsonPolicyFile
from ingenes_desktop.adapters.left_behind import leave
from ingenes_desktop.app import run

def watch(window):
    timer = QTimer(window)
    timer.timeout.connect(lambda: Path(sys.argv[2]).exists() or window.leave())
    timer.start(20)

policy = Path(sys.argv[1])
source, logs = JsonPolicyFile(policy), policy.with_name("log")
leave(run(["ingenes-desktop"], os.environ, on_window=watch, policy=source, log_folder=logs))
"""


@pytest.mark.parametrize("machine", [MachineKind.SHARED, MachineKind.KIOSK])
def test_what_was_kept_while_the_machine_was_a_personal_one_is_forgotten(
    machine: MachineKind, tmp_path: Path
) -> None:
    folders = {name: str(tmp_path) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")}
    settings, _ = read_settings(folders, policy(tmp_path, machine))
    vault = vault_folder(settings, folders, sys.platform).vault
    vault.parent.mkdir(parents=True)
    vault.write_bytes(b"whatever it holds")
    offscreen = {"QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
    done = subprocess.run(
        [sys.executable, "-c", FORGETS, str(tmp_path / "policy.json"), str(vault)],
        env={**os.environ, **folders, **offscreen},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not vault.exists()


def test_a_policy_that_cannot_be_read_forgets_nothing(tmp_path: Path) -> None:
    folders = {name: str(tmp_path) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")}
    path = tmp_path / "policy.json"
    path.write_text("{")
    path.chmod(0o644)
    settings, initial = read_settings(folders, JsonPolicyFile(path))
    assert isinstance(initial, Unavailable)
    vault = vault_folder(settings, folders, sys.platform).vault
    vault.parent.mkdir(parents=True)
    vault.write_bytes(b"whatever it holds")
    done = subprocess.run(
        [sys.executable, "-c", LOG_OUT.replace("MILLISECONDS", "1500"), str(path)],
        env={**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert vault.exists()
