"""Qt has ended when the application's run returns: what ends the process afterwards takes nothing with it."""

import os
import subprocess
import sys

# A process of its own, closed while its imports are under way, and once more when all stands.
PROGRAM = """
import os
from PySide6.QtCore import QCoreApplication, QTimer
from ingenes_desktop.app import run

ended = []

def close_soon(window):
    QCoreApplication.instance().destroyed.connect(lambda: ended.append("Qt"))
    window.painted.connect(lambda: QTimer.singleShot({milliseconds}, window, window.close))

status = run(["ingenes-desktop"], os.environ, on_window=close_soon)
print(status, *ended, QCoreApplication.instance(), flush=True)
os._exit(0)
"""
NOWHERE = {
    f"INGENES_ENDPOINT_{name}": "http://127.0.0.1:9"
    for name in ("COGNITO_IDP", "COGNITO_IDENTITY", "SECRETS_MANAGER")
}


def what_is_left(milliseconds: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(milliseconds=milliseconds)],
        env={**os.environ, **NOWHERE, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_closed_while_the_rest_is_imported() -> None:
    assert what_is_left(30) == "0 Qt None"


def test_closed_when_everything_stands() -> None:
    assert what_is_left(1500) == "0 Qt None"
