"""When a kiosk's process gives its place away, and when it keeps it."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import enumerate as all_threads

import pytest
from pytestqt.qtbot import QtBot

from ingenes_desktop.controllers.handover import NOBODY_STANDS, Handover
from ingenes_desktop.controllers.single_instance import SingleInstance
from ingenes_desktop.domain.errors import ErrorCode, Problem
from tests.controllers.instance_process import SETTINGS

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX"),
    pytest.mark.usefixtures("qapp"),
]
PROBLEM = Problem(ErrorCode.SESSION_LOCKED, "7K3Q9F")
UNTOLD = Problem(ErrorCode.FAR_ENDS_UNTOLD, "2A2B2C")
STUMBLES = """
import pathlib, sys, time
marker, report = map(pathlib.Path, sys.argv[1:3])
if not marker.exists():
    marker.touch()
    time.sleep(float(sys.argv[3]))
    sys.exit(1)
report.write_text(sys.stdin.read())
"""
ENDS_WELL = [sys.executable, "-c", ""]
DIES = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.fixture
def instance() -> Iterator[SingleInstance]:
    """The one that stands; its place is free when its lock file has gone."""
    with TemporaryDirectory(prefix="run-") as folder:
        instance = SingleInstance(SETTINGS, {"XDG_RUNTIME_DIR": folder})
        assert instance.stand()
        instance.listen()
        yield instance
        instance.release()


def is_free(instance: SingleInstance) -> bool:
    lock = instance._lock
    return lock is None or not lock.isLocked()


def test_it_ends_when_the_other_stands_and_the_far_ends_have_been_told(
    instance: SingleInstance, qtbot: QtBot
) -> None:
    handover = Handover(ENDS_WELL, instance)
    ended: list[int] = []
    handover.over.connect(ended.append)
    with qtbot.waitSignal(handover.standing):
        assert handover.begin(PROBLEM)
        assert handover.has_begun
        assert is_free(instance)
    assert ended == []
    handover.end(None)
    assert ended == [0]
    reaped(qtbot)


def test_told_first_it_waits_for_the_other_to_stand(instance: SingleInstance, qtbot: QtBot) -> None:
    handover = Handover(ENDS_WELL, instance)
    assert handover.begin(None)
    with qtbot.waitSignal(handover.over) as over:
        handover.end(PROBLEM)
    assert over.args == [0]
    reaped(qtbot)


def test_after_two_that_died_it_ends_with_a_status_that_says_so(
    instance: SingleInstance, qtbot: QtBot
) -> None:
    handover = Handover(DIES, instance)
    standing: list[None] = []
    handover.standing.connect(lambda: standing.append(None))
    assert handover.begin(PROBLEM)
    with qtbot.waitSignal(handover.over) as over:
        handover.end(None)
    assert over.args == [NOBODY_STANDS]
    assert standing == []
    reaped(qtbot)


def test_where_none_can_be_started_it_keeps_its_place(instance: SingleInstance, tmp_path: Path) -> None:
    before = sum(1 for _ in Path(instance._address()).parent.iterdir())
    handover = Handover([str(tmp_path / "missing")], instance)
    assert not handover.begin(PROBLEM)
    assert not handover.has_begun
    assert not is_free(instance)
    assert sum(1 for _ in Path(instance._address()).parent.iterdir()) == before == 2


def test_when_the_system_ends_it_nobody_follows(instance: SingleInstance) -> None:
    handover = Handover(ENDS_WELL, instance)
    handover.forbid()
    assert not handover.begin(PROBLEM)
    assert not is_free(instance)


def test_one_is_enough(instance: SingleInstance, qtbot: QtBot) -> None:
    handover = Handover(ENDS_WELL, instance)
    with qtbot.waitSignal(handover.standing):
        assert handover.begin(None)
        assert not handover.begin(None)
    reaped(qtbot)


@pytest.mark.parametrize("stumbles_after", [0, 3])
def test_what_was_told_already_is_told_to_the_one_that_is_started_again(
    instance: SingleInstance, qtbot: QtBot, tmp_path: Path, stumbles_after: float
) -> None:
    """Also on a slow machine, where one takes long until it stumbles."""
    files = (str(tmp_path / "stumbled"), str(tmp_path / "told"))
    handover = Handover([sys.executable, "-c", STUMBLES, *files, str(stumbles_after)], instance)
    assert handover.begin(PROBLEM)
    with qtbot.waitSignal(handover.over) as over:
        handover.end(UNTOLD)
    assert over.args == [0]
    lines = [json.loads(line) for line in (tmp_path / "told").read_text().splitlines()]
    assert lines == [
        {"code": problem.code.value, "reference": problem.reference} for problem in (PROBLEM, UNTOLD)
    ]
    reaped(qtbot)


def reaped(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(thread.name != "successor" for thread in all_threads()))
