"""A second start raises the first window and goes; row 51 of the fault matrix."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_IMODE
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QDir
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from ingenes_desktop.controllers.single_instance import SingleInstance, instance_name
from ingenes_desktop.domain.settings import Endpoints
from ingenes_desktop.domain.value import replace
from tests.controllers.instance_process import SETTINGS

PROGRAM = (sys.executable, "-m", "tests.controllers.instance_process")
ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="looks at files and signals of POSIX"),
    pytest.mark.usefixtures("qapp"),
]


@pytest.fixture
def runtime() -> Iterator[Path]:
    """A run-time folder; not pytest's, since a socket's path has at most 107 characters."""
    with TemporaryDirectory(prefix="run-") as folder:
        yield Path(folder)


@pytest.fixture
def start(runtime: Path) -> Iterator[Callable[[str], "subprocess.Popen[str]"]]:
    """Starts a process that is nothing but lock and socket; all are ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start_one(deed: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [*PROGRAM, deed],
            cwd=ROOT,
            env={**os.environ, "XDG_RUNTIME_DIR": str(runtime)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.kill()
        process.communicate()


def said(process: "subprocess.Popen[str]") -> str:
    """The next word of a process."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def files(folder: Path) -> list[str]:
    return sorted(path.name.rsplit(".")[-1] for path in folder.rglob("*") if not path.is_dir())


@contextmanager
def standing(runtime: Path, **how: float) -> Iterator[SingleInstance]:
    instance = SingleInstance(SETTINGS, {"XDG_RUNTIME_DIR": str(runtime)}, **how)
    yield instance
    instance.release()


StartOne = Callable[[str], "subprocess.Popen[str]"]


def test_row_51_of_two_at_once_one_stands_and_was_raised(runtime: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "pairs", "100"],
        cwd=ROOT,
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime)},
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    assert json.loads(done.stdout) == {"first-raised-1 second status0 status0": 100}
    assert list(runtime.iterdir()) == []


def test_the_second_goes_and_the_first_leaves_nothing(runtime: Path, start: StartOne) -> None:
    first = start("stand")
    assert said(first) == "first"
    (folder,) = runtime.iterdir()
    assert S_IMODE(folder.stat().st_mode) == 0o700
    assert files(runtime) == ["lock", "socket"]
    for _ in range(3):
        second = start("stand")
        assert said(second) == "second"
        assert second.wait(10) == 0
        assert said(first) == "raised"
    first.communicate("", timeout=10)
    assert first.returncode == 0
    assert list(runtime.iterdir()) == []


def test_what_a_killed_one_left_is_taken_over(runtime: Path, start: StartOne) -> None:
    killed = start("stand")
    assert said(killed) == "first"
    killed.kill()
    killed.wait(10)
    assert files(runtime) == ["lock", "socket"]
    began = time.monotonic()
    following = start("stand")
    assert said(following) == "first"
    assert time.monotonic() - began < 5
    assert said(start("stand")) == "second"
    assert said(following) == "raised"


def test_beside_one_that_hangs_a_window_opens(runtime: Path, start: StartOne) -> None:
    assert said(start("hang")) == "first"
    with standing(runtime, answer_seconds=0.3) as instance:
        began = time.monotonic()
        assert instance.stand()
        assert 0.2 < time.monotonic() - began < 2


def test_one_that_starts_for_ever_is_not_waited_for(runtime: Path) -> None:
    with standing(runtime) as starting, standing(runtime, start_seconds=0.2) as instance:
        assert starting.take()
        assert not instance.take()
        assert instance.stand()


def test_whoever_waits_is_first_when_the_other_goes(runtime: Path, start: StartOne) -> None:
    with standing(runtime) as starting:
        assert starting.take()
        waiting = start("stand")
        starting.release()
        assert said(waiting) == "first"


@pytest.mark.parametrize("word", [b"RAISE\n", b"raise it\n", b"raise\nraise\n", b"\x00" * 6, b"x" * 100_000])
def test_other_words_are_dropped(word: bytes, runtime: Path, qtbot: QtBot) -> None:
    with standing(runtime) as instance:
        assert instance.take()
        instance.listen()
        raised: list[None] = []
        instance.raise_asked.connect(lambda: raised.append(None))
        guest = QLocalSocket()
        guest.connectToServer(address(runtime))
        guest.write(word)
        with qtbot.waitSignal(guest.disconnected):
            pass
        assert raised == []
        assert bytes(guest.readAll().data()) == b""


def test_a_guest_that_says_nothing_is_sent_away_and_many_are_not_heard(runtime: Path, qtbot: QtBot) -> None:
    with standing(runtime) as instance:
        assert instance.take()
        instance.listen()
        raised: list[None] = []
        instance.raise_asked.connect(lambda: raised.append(None))
        guests = [QLocalSocket() for _ in range(50)]
        for guest in guests:
            guest.connectToServer(address(runtime))
        qtbot.waitUntil(
            lambda: all(guest.state() is guest.LocalSocketState.UnconnectedState for guest in guests)
        )
        assert raised == []
        last = QLocalSocket()
        last.connectToServer(address(runtime))
        last.write(b"raise\n")
        with qtbot.waitSignal(last.disconnected):
            pass
        assert bytes(last.readAll().data()) == b"raised\n"
        assert raised == [None]


def address(runtime: Path) -> str:
    (found,) = runtime.rglob("*.socket")
    return str(found)


@pytest.mark.parametrize("squatted", ["open folder", "file", "link", "somebody else's", "no root"])
def test_in_a_place_that_is_not_ours_alone_the_window_opens_without_a_lock(
    squatted: str, runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, elsewhere = runtime / "root", runtime / "elsewhere"
    root.mkdir()
    elsewhere.mkdir(0o700)
    monkeypatch.setenv("TMPDIR", str(root))
    assert QDir.tempPath() == str(root)
    name = root / f"ingenes-desktop-{os.getuid()}"
    match squatted:
        case "open folder":
            name.mkdir()
            name.chmod(0o777)
        case "file":
            name.write_text("")
        case "link":
            name.symlink_to(elsewhere)
        case "somebody else's":
            name.mkdir(0o700)
            monkeypatch.setattr(os, "getuid", lambda: 4711)
            name.rename(root / "ingenes-desktop-4711")
        case _:  # no temporary folder at all
            root.rmdir()
    before = sorted(runtime.rglob("*"))
    for environment in ({}, {"XDG_RUNTIME_DIR": "relative"}, {"XDG_RUNTIME_DIR": "/nowhere/at/all"}):
        instance, other = SingleInstance(SETTINGS, environment), SingleInstance(SETTINGS, environment)
        assert instance.stand()
        instance.listen()
        assert other.stand()
        instance.release()
    assert sorted(runtime.rglob("*")) == before


def test_a_folder_that_others_can_read_serves_as_well(runtime: Path) -> None:
    (runtime / f"ingenes-desktop-{os.getuid()}").mkdir(0o755)
    with standing(runtime) as instance, standing(runtime) as other:
        assert instance.stand()
        assert not other.take()


def test_without_a_run_time_folder_the_temporary_one_serves_and_stays_clean(
    runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(runtime))
    instance, other = SingleInstance(SETTINGS, {}), SingleInstance(SETTINGS, {})
    assert instance.stand()
    instance.listen()
    assert not other.take()
    assert files(runtime) == ["lock", "socket"]
    instance.release()
    instance.release()
    assert list(runtime.iterdir()) == []


def test_a_socket_that_cannot_be_had_costs_nothing_but_the_raising(runtime: Path) -> None:
    deep = runtime / ("x" * 100)
    deep.mkdir()
    with standing(deep) as instance:
        assert instance.stand()
        instance.listen()
        assert files(runtime) == ["lock"]


def test_the_name_tells_users_screens_and_configurations_apart() -> None:
    here = {"DISPLAY": ":0"}
    elsewhere = "http://127.0.0.1:1"
    names = [
        instance_name(SETTINGS, here),
        instance_name(SETTINGS, {"DISPLAY": ":1"}),
        instance_name(SETTINGS, {"DISPLAY": "1"}),
        instance_name(SETTINGS, {"WAYLAND_DISPLAY": "wayland-1", "DISPLAY": ":0"}),
        instance_name(SETTINGS, {"XDG_SESSION_ID": "c7"}),
        instance_name(SETTINGS, {}),
        instance_name(replace(SETTINGS, user_pool_id="us-east-1_y"), here),
        instance_name(replace(SETTINGS, client_id="y"), here),
        instance_name(replace(SETTINGS, identity_pool_id="us-east-1:y"), here),
        instance_name(replace(SETTINGS, endpoints=Endpoints(cognito_idp=elsewhere)), here),
        instance_name(replace(SETTINGS, endpoints=Endpoints(cognito_identity=elsewhere)), here),
        instance_name(replace(SETTINGS, endpoints=Endpoints(secrets_manager=elsewhere)), here),
    ]
    assert len(set(names)) == len(names)
    assert all(name.startswith(f"ingenes-desktop-{os.getuid()}-") for name in names)
    assert instance_name(SETTINGS, {**here, "XDG_SESSION_ID": "c7"}) == names[0]
    strange = instance_name(SETTINGS, {"DISPLAY": "../../etc/" + "x" * 300})
    assert "/" not in strange
    assert len(strange) < 64
