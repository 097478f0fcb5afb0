"""Giving way to a fresh process, with real processes: what goes over, and what does not."""

import json
import os
import subprocess  # noqa: F401  loaded before a test leaves no descriptor to load it with
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import enumerate as enumerate_threads
from time import monotonic
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ingenes_desktop.controllers.fresh_process import Predecessor, Successor
from ingenes_desktop.domain.errors import ErrorCode, Problem

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
if sys.platform != "win32":
    import resource
IDLE = Problem(ErrorCode.SESSION_IDLE, "7K3Q9F", "a detail stays here", 7.0)
UNTOLD = Problem(ErrorCode.FAR_ENDS_UNTOLD, "2A2B2C")


def command(deed: str, report: Path) -> list[str]:
    return [sys.executable, "-m", "tests.controllers.successor_process", deed, str(report)]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return tmp_path / "report"


def read(report: Path, qtbot: QtBot) -> dict[str, Any]:
    qtbot.waitUntil(report.exists, timeout=10_000)
    told: dict[str, Any] = json.loads(report.read_text())
    qtbot.waitUntil(lambda: all(thread.name != "successor" for thread in enumerate_threads()))
    return told


@pytest.mark.parametrize("problem", [IDLE, None])
def test_the_reason_goes_over_and_nothing_else(problem: Problem | None, report: Path, qtbot: QtBot) -> None:
    secret = "canary of the person"
    reading, writing = os.pipe()  # any descriptor of this process, were it made to be inherited
    os.set_inheritable(reading, True)
    os.write(writing, secret.encode())
    successor = Successor(command("paint", report))
    began = monotonic()
    with qtbot.waitSignal(successor.stands, timeout=5_000):
        assert successor.start(problem)
        assert monotonic() - began < 0.5  # nobody waits for it
    assert successor.is_settled
    successor.tell(UNTOLD)
    successor.tell(UNTOLD)
    told = read(report, qtbot)
    assert told["reason"] == (None if problem is None else ["session_idle", "7K3Q9F"])
    assert told["untold"] == ["far_ends_untold", "2A2B2C"]
    assert told["handles"] == [0, 1, 2]
    assert secret not in json.dumps(told)
    assert set(told["environment"]) <= set(os.environ) | {
        "LC_CTYPE",
        "LINES",
        "COLUMNS",
    }  # Python's, pytest's
    assert told["arguments"] == ["paint", str(report)]
    os.close(reading)
    os.close(writing)


def test_without_a_last_word_nothing_is_told(report: Path, qtbot: QtBot) -> None:
    successor = Successor(command("paint", report))
    with qtbot.waitSignal(successor.stands, timeout=5_000):
        assert successor.start(IDLE)
    successor.tell(None)
    assert "untold" not in read(report, qtbot)


def test_one_that_does_not_paint_is_not_waited_for(report: Path, qtbot: QtBot) -> None:
    successor = Successor(command("stay", report), painted_within_seconds=0.3)
    began = monotonic()
    with qtbot.waitSignal(successor.stands, timeout=5_000):
        assert successor.start(None)
    assert 0.2 < monotonic() - began < 2
    successor.tell(UNTOLD)
    end(successor)


def end(successor: Successor) -> None:
    process = successor._process
    assert process is not None
    process.kill()
    process.wait(10)


@pytest.mark.parametrize(("deed", "signal"), [("die", "failed"), ("go", "stands")])
def test_one_that_ends_at_once(deed: str, signal: str, report: Path, qtbot: QtBot) -> None:
    """With status 0 another window stands already; with any other there is none."""
    successor = Successor(command(deed, report), painted_within_seconds=8)
    began = monotonic()
    with qtbot.waitSignal(getattr(successor, signal), timeout=5_000):
        assert successor.start(IDLE)
    assert monotonic() - began < 5
    successor.tell(UNTOLD)


@pytest.mark.parametrize("what", ["missing", "a folder", "an empty name"])
def test_one_that_cannot_be_started(what: str, tmp_path: Path) -> None:
    program = {"missing": str(tmp_path / "none"), "a folder": str(tmp_path), "an empty name": ""}[what]
    before = open_descriptors()
    successor = Successor([program])
    assert not successor.start(IDLE)
    successor.tell(UNTOLD)
    assert open_descriptors() == before


def test_where_no_descriptor_is_left_none_is_started() -> None:
    successor = Successor([sys.executable, "-c", ""])
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
    try:
        is_started = successor.start(IDLE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert not is_started
    successor.tell(UNTOLD)


def open_descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """The ends of a predecessor's pipe; the test closes the writing one."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


GOOD = b'{"code": "session_idle", "reference": "7K3Q9F"}'
BAD = (
    b"{}",
    b"",
    b"null",
    b"[]",
    b'"session_idle"',
    b'{"code": "session_idle"}',
    b'{"code": "made_up", "reference": "7K3Q9F"}',
    b'{"code": "SESSION_IDLE", "reference": "7K3Q9F"}',
    b'{"code": "session_idle", "reference": "<b>Ana"}',
    b'{"code": "session_idle", "reference": "7K3Q9F "}',
    b'{"code": "session_idle", "reference": "7K3Q9F", "username": "ana@clinica.example"}',
    b'{"code": ["session_idle"], "reference": "7K3Q9F"}',
    b'{"code": "session_idle", "reference": 234567}',
    b"\xff\xfe",
    b"[" * 200,
    GOOD[:-1] + b" " * 400 + b"}",
)


@pytest.mark.parametrize("line", BAD)
def test_what_is_no_reason_is_none(line: bytes, pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    with closing(os.fdopen(writing, "wb", 0)) as input_:
        input_.write(line + b"\n")
        assert Predecessor(reading, reading).reason() is None


@pytest.mark.parametrize("line", BAD)
def test_what_is_no_last_word_is_none(
    line: bytes, qtbot: QtBot, pipe: tuple[int, int], tmp_path: Path
) -> None:
    reading, writing = pipe
    with (tmp_path / "output").open("wb") as output:
        predecessor = Predecessor(reading, os.dup(output.fileno()))
        heard: list[object] = []
        predecessor.untold.connect(heard.append)
        os.write(writing, GOOD + b"\n" + line + b"\n" + GOOD + b"\n")
        assert predecessor.reason() == Problem(ErrorCode.SESSION_IDLE, "7K3Q9F")
        predecessor.say_painted()
        os.close(writing)
        hear_another(qtbot)
    assert heard == []
    assert (tmp_path / "output").read_bytes() == b"painted\n"


def hear_another(qtbot: QtBot) -> None:
    """Wait until a word that was said later has been heard."""
    reading, writing = os.pipe()
    nothing = os.open(os.devnull, os.O_WRONLY)
    another = Predecessor(reading, nothing)
    os.write(writing, b"{}\n" + GOOD + b"\n")
    os.close(writing)
    assert another.reason() is None
    with qtbot.waitSignal(another.untold):
        another.say_painted()
    os.close(reading)
    os.close(nothing)


def test_without_a_pipe_nobody_is_waited_for(tmp_path: Path) -> None:
    """Somebody gave the option by hand: on a terminal, with a file, with nothing at all."""
    controller, terminal = os.openpty()
    (tmp_path / "file").write_bytes(GOOD + b"\n")
    with (tmp_path / "file").open("rb") as file:
        assert Predecessor(terminal, terminal).reason() is None
        assert Predecessor(file.fileno(), terminal).reason() is None
    assert Predecessor(9999, 9999).reason() is None
    os.close(controller)
    os.close(terminal)


def test_a_pipe_in_which_nothing_is_said_holds_up_nobody(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    began = monotonic()
    assert Predecessor(reading, reading).reason() is None
    assert monotonic() - began < 0.2
    os.close(writing)
