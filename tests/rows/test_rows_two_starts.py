"""Row 51 with the whole program: of two starts at once one stands, and the other has raised its window.

The hundred times are ``tests/controllers/test_single_instance.py``.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingenes_desktop.domain.machine import MachineKind

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends a program by a signal")
# A window that makes itself small as soon as it is painted, and says when somebody has made it large again.
PROGRAM = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from ingenes_desktop.adapters.left_behind import leave
from ingenes_desktop.adapters.policy_file import JsonPolicyFile
from ingenes_desktop.app import run

class Watch(QObject):
    def __init__(self, window):
        super().__init__(window)
        self.window = window
        self.is_small = False
        window.painted.connect(self.painted)
        window.installEventFilter(self)

    def painted(self):
        print("stands", flush=True)
        self.window.setWindowState(self.window.windowState() | self.window.windowState().WindowMinimized)

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.WindowStateChange:
            if self.is_small and not self.window.isMinimized():
                print("raised", "fullscreen" if self.window.isFullScreen() else "normal", flush=True)
            self.is_small = self.window.isMinimized()
        return False

policy = Path(sys.argv[1])
source, logs = JsonPolicyFile(policy), policy.with_name("log")
leave(run(["ingenes-desktop"], os.environ, on_window=Watch, policy=source, log_folder=logs))
"""
ENDPOINTS = dict.fromkeys(("cognito_idp", "cognito_identity", "secrets_manager"), "http://127.0.0.1:9")


def start(policy: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(policy)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("machine", [MachineKind.PERSONAL, MachineKind.SHARED, MachineKind.KIOSK])
def test_row_51_of_two_starts_one_window_stands_and_is_raised(machine: MachineKind, tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps({"machine": machine.value, "endpoint": ENDPOINTS}))
    with start(policy) as one, start(policy) as other:
        assert one.stdout is not None
        assert other.stdout is not None
        try:
            # The one that goes says nothing.
            said = {process: process.stdout.readline() for process in (one, other) if process.stdout}
            assert sorted(said.values()) == ["", "stands\n"]
            standing, going = (one, other) if said[one] else (other, one)
            assert going.wait(10) == 0
            assert standing.stdout is not None
            kind = "fullscreen" if machine is MachineKind.KIOSK else "normal"
            assert standing.stdout.readline() == f"raised {kind}\n"
            with start(policy) as third:
                assert third.wait(10) == 0
            standing.send_signal(signal.SIGTERM)
            assert standing.wait(10) == 0
        finally:
            one.kill()
            other.kill()
    with start(policy) as following:
        try:
            assert following.stdout is not None
            assert following.stdout.readline() == "stands\n"
        finally:
            following.kill()
