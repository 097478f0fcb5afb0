"""The whole program, started twice: what the person chose and where the window stood is there again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.settings import Endpoints
from ingenes_desktop.domain.value import replace
from ingenes_desktop.start_settings import preferences_file_of
from tests.ui.states import settings_of

# Everything through the window's own menus' signals; the end is a closed window.
PROGRAM = """
import json, os, sys
from pathlib import Path
from PySide6.QtCore import QLocale, QTimer
from ingenes_desktop.adapters.policy_file import JsonPolicyFile
from ingenes_desktop.adapters.left_behind import leave
from ingenes_desktop.app import run
from ingenes_desktop.domain.machine import Appearance, Language
from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import SCHEMES

def look(window):
    def say():
        scheme = next(name for name, colors in SCHEMES.items() if colors is colors_of(window))
        inside = window.geometry()
        print(json.dumps({
            "language": QLocale().name()[:2],
            "scheme": scheme,
            "checked": window.shown_view.tools.appearance.value,
            "inside": [inside.x(), inside.y(), inside.width(), inside.height()],
        }), flush=True)
    def choose():
        say()
        tools = window.shown_view.tools
        if "choose" in sys.argv:
            tools.language_chosen.emit(Language.ENGLISH)
            tools.appearance_chosen.emit(Appearance.DARK)
            window.setGeometry(90, 80, 610, 500)
        QTimer.singleShot(0, window, close)
    def close():
        say()
        window.close()
    started = {"ways": 0}
    def wait_for_the_rest():
        if any(thread.name == "warm-up" for thread in __import__("threading").enumerate()):
            timer.stop()
            choose()
    timer = QTimer(window)
    timer.timeout.connect(wait_for_the_rest)
    window.settled.connect(lambda: timer.start(10))

folder = Path(sys.argv[1])
leave(run(
    ["ingenes-desktop"], os.environ, on_window=look, policy=JsonPolicyFile(folder / "policy.json"),
    log_folder=folder / "log", preferences_file=folder / "state" / "preferences.toml",
))
"""


def run_once(folder: Path, machine: MachineKind, *words: str, **variables: str) -> list[dict[str, Any]]:
    """What the window says of itself: at first, and as it is closed."""
    nowhere = dict.fromkeys(("cognito_idp", "cognito_identity", "secrets_manager"), "http://127.0.0.1:9")
    policy = folder / "policy.json"
    policy.write_text(json.dumps({"machine": machine.value, "endpoint": nowhere}))
    policy.chmod(0o644)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("INGENES_", "LC_", "LANG"))
    }
    environment |= {
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "es_MX.UTF-8",
        "XDG_STATE_HOME": str(folder / "xdg"),
        "XDG_CONFIG_HOME": str(folder / "xdg"),
        "XDG_RUNTIME_DIR": str(folder),
        **variables,
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_person_finds_the_window_as_it_was_left(tmp_path: Path) -> None:
    first, last = run_once(tmp_path, MachineKind.PERSONAL, "choose")
    assert (first["language"], first["scheme"], first["checked"]) == ("es", "light", "system")
    assert (last["language"], last["scheme"]) == ("en", "dark")
    assert sorted(each.name for each in (tmp_path / "state").iterdir()) == ["preferences.toml"]
    again, _ = run_once(tmp_path, MachineKind.PERSONAL)
    assert (again["language"], again["scheme"], again["checked"]) == ("en", "dark", "dark")
    assert again["inside"] == last["inside"] == [90, 80, 610, 500]


def test_what_the_settings_say_stands_over_it(tmp_path: Path) -> None:
    run_once(tmp_path, MachineKind.PERSONAL, "choose")
    again, _ = run_once(tmp_path, MachineKind.PERSONAL, INGENES_LANGUAGE="es", INGENES_APPEARANCE="contrast")
    assert (again["language"], again["scheme"], again["checked"]) == ("es", "contrast-light", "contrast")


def test_at_a_shared_desk_only_the_place_stays(tmp_path: Path) -> None:
    run_once(tmp_path, MachineKind.SHARED, "choose")
    again, _ = run_once(tmp_path, MachineKind.SHARED)
    assert (again["language"], again["scheme"]) == ("es", "light")
    assert again["inside"] == [90, 80, 610, 500]


def test_a_file_that_somebody_broke_is_nobody_s_trouble(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "preferences.toml").write_text('language = "en"\nwindow = "1 2 3"\n{{{')
    first, _ = run_once(tmp_path, MachineKind.PERSONAL)
    assert (first["language"], first["scheme"]) == ("es", "light")


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9", "https://cognito.example"])
@pytest.mark.parametrize("machine", MachineKind)
def test_a_kiosk_and_a_rehearsal_remember_nothing(
    machine: MachineKind, endpoint: str, tmp_path: Path
) -> None:

    settings = replace(settings_of(machine), endpoints=Endpoints(endpoint, endpoint, endpoint))
    path = preferences_file_of(settings, {"XDG_STATE_HOME": str(tmp_path)})
    remembers = machine is not MachineKind.KIOSK and endpoint.startswith("https")
    assert (path is not None) is remembers
    if path is not None and sys.platform == "linux":
        assert path == tmp_path / "ingenes-desktop" / "preferences.toml"
