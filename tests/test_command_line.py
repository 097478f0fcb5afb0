"""The options of the command: what they load, how fast they answer, and what stays Qt's."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingenes_desktop import __version__
from ingenes_desktop.command_line import CheckOptions, parse

LATER = (
    "PySide6",
    "boto3",
    "requests",
    "keyring",
    "cryptography",
    "ingenes_desktop.diagnosis",
    "ingenes_desktop.app",
)
# argparse itself comes with PySide; the room that uses it must not.
NOT_WITHOUT_ARGUMENTS = ("ingenes_desktop.command_line", "ingenes_desktop.diagnosis")
NOWHERE = {
    f"INGENES_ENDPOINT_{name}": "http://127.0.0.1:9"
    for name in ("COGNITO_IDP", "COGNITO_IDENTITY", "SECRETS_MANAGER")
}
"""Nobody answers there; a window that opens asks nobody else."""
# The program as `python -m ingenes_desktop` starts it; at its end it tells what was loaded.
PROGRAM = """
import atexit, sys
sys.argv = {argv!r}
atexit.register(lambda: print("LOADED", *[n for n in {names!r} if n in sys.modules], file=sys.stderr))
from ingenes_desktop.__main__ import main
sys.exit(main())
"""
# The program's window, looked at as soon as its event loop turns.
WINDOW = """
import os, sys
sys.argv = {argv!r}
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ingenes_desktop.ui.main_window import MainWindow

def look():
    (window,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
    style = QApplication.instance().property("styleNamedAtStart")
    print(QApplication.platformName(), style, *[n for n in {names!r} if n in sys.modules], flush=True)
    window.close()

QTimer.singleShot(0, look)
from ingenes_desktop.__main__ import main
sys.exit(main())
"""


def run_program(
    argv: Sequence[str], code: str = PROGRAM, names: Sequence[str] = LATER
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code.format(argv=["ingenes-desktop", *argv], names=tuple(names))],
        env={**os.environ, **NOWHERE, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("argv", "status", "said"),
    [
        (["--version"], 0, f"ingenes-desktop {__version__}\n"),
        (["--help"], 0, "usage: ingenes-desktop "),
        (["-h"], 0, "usage: ingenes-desktop "),
        (["--chek"], 2, ""),
        (["--json"], 2, ""),
        (["--output", "x"], 2, ""),
        (["--sign-in", "a@b.example"], 2, ""),
        (["--check", "--sign-in"], 2, ""),
        (["--ver"], 2, ""),
        (["somebody"], 2, ""),
    ],
)
def test_what_is_answered_without_qt(argv: list[str], status: int, said: str) -> None:
    began = time.perf_counter()
    done = run_program(argv)
    seconds = time.perf_counter() - began
    assert done.returncode == status
    assert done.stdout.startswith(said) if said else done.stdout == ""
    assert done.stderr.splitlines()[-1] == "LOADED"
    assert ("usage: ingenes-desktop" in done.stderr) is (status == 2)
    # Half a second is promised; the test machine may be busy.
    assert seconds < 5


def test_nothing_heavy_is_imported_for_the_version() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ingenes_desktop", "--version"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    rows = [line.removeprefix("import time:").split("|") for line in done.stderr.splitlines()[1:]]
    ours = {name.strip() for _, _, name in rows if name.strip().startswith("ingenes_desktop")}
    assert ours == {
        "ingenes_desktop",
        "ingenes_desktop.adapters",
        "ingenes_desktop.adapters.environment",
        "ingenes_desktop.command_line",
    }
    # Microseconds of everything that is imported, Python's own start-up included.
    assert sum(int(own) for own, _, _ in rows) < 500_000


@pytest.mark.parametrize(("argv", "platform"), [([], "offscreen"), (["-platform", "minimal"], "minimal")])
def test_the_window_without_options_loads_no_parser_and_qts_options_stay_qts(
    argv: list[str], platform: str
) -> None:
    done = run_program(argv, WINDOW, NOT_WITHOUT_ARGUMENTS)
    shown, style, *loaded = done.stdout.split()
    assert (shown, style) == (platform, "fusion")
    assert loaded == ([] if not argv else ["ingenes_desktop.command_line"])


@pytest.mark.parametrize(
    "argv",
    [
        ["-platform", "offscreen"],
        ["--platform", "offscreen", "-style", "windows"],
        ["-style=windows", "-reverse", "--widgetcount"],
        ["-display", ":0", "-geometry", "100x100", "-title", "--check"],
        ["-psn_0_12345"],
        ["-platform"],
    ],
)
def test_qts_options_open_the_window(argv: list[str]) -> None:
    assert parse(argv) is None


def test_the_checks_options() -> None:
    assert parse(["--check"]) == CheckOptions(as_json=False, output=None, sign_in=None)
    assert parse(["--diagnose"]) == parse(["--check"])
    assert parse(
        ["-platform", "offscreen", "--check", "--json", "--output", "x", "--sign-in", "a@b.example"]
    ) == (CheckOptions(as_json=True, output=Path("x"), sign_in="a@b.example"))
