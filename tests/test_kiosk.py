"""A kiosk: every sign-out ends in a fresh process, and nothing of anybody stays on the machine."""

import hashlib
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import requests

from ingenes_desktop.__main__ import _successor as successor
from ingenes_desktop.demo.process import CloudDescription, CloudProcess
from ingenes_desktop.demo.rehearsed_policy import RehearsedPolicy
from ingenes_desktop.domain.machine import MachineKind

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, and processes in /proc")
ROOT = Path(__file__).parents[1]
CYCLES = 50
KINDS = ("administrator", "user")
FOLDERS = ("home", "config", "state", "cache", "tmp")


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A machine of its own: its folders, and beside them what the test tells and hears."""

    folder: Path
    cloud: CloudDescription
    started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self, last: int) -> "subprocess.Popen[bytes]":
        """The first of a row of processes."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        environment |= {
            "HOME": str(self.folder / "machine" / "home"),
            "TMPDIR": str(self.folder / "machine" / "tmp"),
            "QT_QPA_PLATFORM": "offscreen",
            "INGENES_LANGUAGE": "es",
        }
        for name in ("config", "state", "cache"):
            environment[f"XDG_{name.upper()}_HOME"] = str(self.folder / "machine" / name)
        with (self.folder / "errors").open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.kiosk_person", str(self.folder), "1", str(last)],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
            )
        self.started.append(process)
        return process

    def wait_for(self, name: str, seconds: float) -> Path:
        """A file that a process writes."""
        path = self.folder / name
        assert comes_true(path.exists, seconds), f"{name}: {self.errors()}"
        return path

    def report(self, number: int, seconds: float = 30.0) -> dict[str, Any]:
        """What the process of that number wrote at its end."""
        told: dict[str, Any] = json.loads(self.wait_for(f"{number}.json", seconds).read_text())
        return told

    def errors(self) -> str:
        return (self.folder / "errors").read_text()

    def log(self) -> str:
        return (self.folder / "log" / "ingenes-desktop.log").read_text()

    def processes(self) -> list[int]:
        """Those that were started for this kiosk and still run."""
        found = []
        for path in Path("/proc").iterdir():
            if path.name.isdigit():
                try:
                    if str(self.folder).encode() in (path / "cmdline").read_bytes():
                        found.append(int(path.name))
                except OSError:
                    continue
        return found

    def contents(self) -> dict[str, tuple[int, int, str]]:
        """Every file and folder of the machine: its mode, when it was last written, and what is in it."""
        machine = self.folder / "machine"
        seen = {}
        for path in sorted(machine.rglob("*")):
            status = path.lstat()
            # The temporary folder's own date says that something was there for a while.
            written = 0 if path == machine / "tmp" else status.st_mtime_ns
            what = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            seen[str(path.relative_to(machine))] = (status.st_mode, written, what)
        return seen


def comes_true(condition: Callable[[], object], seconds: float) -> bool:
    """Whether it does, within so many seconds: another process's doing, without an event here."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture(scope="module")
def demo_cloud() -> Iterator[CloudDescription]:
    with CloudProcess() as description:
        yield description


@pytest.fixture
def kiosk(demo_cloud: CloudDescription) -> Iterator[Kiosk]:
    """Without a run-time folder, so that even lock and socket have to live in the temporary one."""
    requests.post(f"{demo_cloud.control}/reset", json="", timeout=10).raise_for_status()
    with TemporaryDirectory(prefix="kiosk-") as name:
        folder = Path(name)
        for inner in FOLDERS:
            (folder / "machine" / inner).mkdir(parents=True)
        (folder / "machine" / "home" / ".profile").write_text("# somebody's own\n")
        policy = RehearsedPolicy(demo_cloud, MachineKind.KIOSK, {}).read()
        (folder / "policy.json").write_text(json.dumps(dict(policy)))
        people = [(each.username, each.password) for each in demo_cloud.accounts if each.kind in KINDS]
        (folder / "people.json").write_text(json.dumps(people))
        one = Kiosk(folder, demo_cloud)
        yield one
        for number in one.processes():
            os.kill(number, signal.SIGKILL)
        for process in one.started:
            process.wait(10)


@pytest.mark.timeout(300)
def test_50_people_leave_nothing_behind(kiosk: Kiosk) -> None:
    before = kiosk.contents()
    first = kiosk.start(CYCLES + 1)
    kiosk.wait_for(f"{CYCLES + 1}.here", 200)
    os.kill(kiosk.processes()[-1], signal.SIGTERM)
    reports = [kiosk.report(number) for number in range(1, CYCLES + 2)]
    assert first.wait(10) == 0
    assert comes_true(lambda: not kiosk.processes(), 10)
    # Nothing of anybody, nowhere.
    assert kiosk.contents() == before
    assert [report["keyring"] for report in reports] == [[]] * len(reports)
    assert kiosk.errors() == ""
    for account in kiosk.cloud.accounts:
        assert account.username.lower() not in kiosk.log().lower()
        assert account.username.partition("@")[0] not in kiosk.log().lower()
        assert account.password not in kiosk.log()
    assert kiosk.log().count("filemaker_session_opened") == CYCLES + 1
    assert kiosk.log().count("filemaker_session_closed") == CYCLES + 1
    # A process for each.
    assert len({report["process"] for report in reports}) == len(reports)
    assert all(report["status"] == 0 for report in reports)
    assert all(
        report["seen"] == ["SignedOut", "SigningIn", "SignedIn", "SigningOut"] for report in reports[:-1]
    )
    # "Switch user" brings a ready form within 2 s.
    moments = [report["moments"] for report in reports]
    switches = [after["painted"] - before["left"] for before, after in pairwise(moments)]
    assert statistics.median(switches) < 2, switches


def test_what_could_not_be_told_is_said_in_the_fresh_process(kiosk: Kiosk) -> None:
    fault = {"kind": "aws_refusal", "operation": "RevokeToken", "code": "InternalErrorException", "count": 20}
    requests.post(kiosk.cloud.control, json=fault, timeout=10).raise_for_status()
    assert what_the_second_reads(kiosk) == ("", "far_ends_untold")


def test_why_the_session_ended_is_said_in_the_fresh_process(kiosk: Kiosk) -> None:
    (kiosk.folder / "goes-away").touch()
    policy = RehearsedPolicy(kiosk.cloud, MachineKind.KIOSK, {"idle": 10, "countdown": 5}).read()
    (kiosk.folder / "policy.json").write_text(json.dumps(dict(policy)))
    assert what_the_second_reads(kiosk) == ("session_idle", "")
    before, after = kiosk.report(1), kiosk.report(2)
    assert 14 < after["moments"]["painted"] - before["moments"]["signed in"] < 20
    assert kiosk.log().count("code=session_idle") == 1


def what_the_second_reads(kiosk: Kiosk) -> tuple[str, str]:
    """The problem and the calm word on the form of the fresh process."""
    (kiosk.folder / "reads").touch()
    kiosk.start(2).wait(60)
    kiosk.wait_for("2.here", 30)
    # From then on it ends in order; before, nobody can have signed in, and a signal simply ends it.
    assert comes_true(lambda: kiosk.log().count(" started ") == 2, 30)
    (process,) = kiosk.processes()
    os.kill(process, signal.SIGTERM)
    report = kiosk.report(2)
    return report["problem"], report["notice"]


def test_the_system_ends_it_and_nobody_follows(kiosk: Kiosk) -> None:
    process = kiosk.start(1)
    kiosk.wait_for("1.here", 30)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert kiosk.report(1)["seen"] == ["SignedOut", "SigningIn", "SignedIn"]
    assert kiosk.processes() == []
    assert not (kiosk.folder / "2.json").exists()
    assert "filemaker_session_closed" in kiosk.log()


def test_where_no_process_can_be_started_the_form_is_back_in_this_one(kiosk: Kiosk) -> None:
    (kiosk.folder / "no-successor").touch()
    process = kiosk.start(9)
    kiosk.wait_for("1.here", 30)
    # It has its place again, and a second start finds it.
    kiosk.start(9).wait(30)
    assert kiosk.processes() == [process.pid]
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert kiosk.report(1)["seen"] == ["SignedOut", "SigningIn", "SignedIn", "SignedOut"]
    assert "fresh_process_failed" in kiosk.log()
    assert kiosk.contents().keys() == {*FOLDERS, "home/.profile"}


def test_one_that_stumbles_is_started_again(kiosk: Kiosk) -> None:
    (kiosk.folder / "stumbles").touch()
    first = kiosk.start(2)
    assert first.wait(30) == 0
    kiosk.wait_for("2.here", 30)
    (process,) = kiosk.processes()
    os.kill(process, signal.SIGTERM)
    assert kiosk.report(2)["seen"][:3] == ["SignedOut", "SigningIn", "SignedIn"]
    assert kiosk.log().count("fresh_process_ended") == 1


def test_where_every_fresh_process_dies_this_one_ends_so_that_it_is_started_anew(kiosk: Kiosk) -> None:
    (kiosk.folder / "dies").touch()
    process = kiosk.start(9)
    assert process.wait(30) == 1
    assert kiosk.report(1)["seen"][-1] == "SigningOut"
    assert kiosk.log().count("fresh_process_ended") == 2
    assert kiosk.log().count("filemaker_session_closed") == 1
    assert kiosk.contents().keys() == {*FOLDERS, "home/.profile"}


@pytest.mark.parametrize(
    ("interpreter", "program"),
    [
        # Not "-m" for the command that pip installs: in a folder where others may write, whatever is called
        # like this package there would be started.
        ([], ["/opt/clinic/bin/ingenes-desktop"]),
        (["-I", "-X", "utf8"], ["-m", "ingenes_desktop"]),
    ],
)
@pytest.mark.parametrize("follows", [False, True])
def test_a_fresh_process_is_started_as_this_one_was(
    interpreter: list[str], program: list[str], follows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ["-platform", "offscreen"]
    mark = ["--successor"] if follows else []
    monkeypatch.setattr(sys, "orig_argv", ["python", *interpreter, *program, *mark, *options])
    monkeypatch.setattr(sys, "argv", ["whatever", *options])  # main() has taken the mark away
    assert successor() == (sys.executable, *interpreter, *program, "--successor", *options)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert successor() == (sys.executable, "--successor", *options)


def test_the_programs_own_command_starts_a_fresh_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "orig_argv", [sys.executable, "-m", "ingenes_desktop", "-platform", "offscreen"])
    monkeypatch.setattr(sys, "argv", ["anything", "-platform", "offscreen"])
    command = successor()
    nowhere = ("COGNITO_IDP", "COGNITO_IDENTITY", "SECRETS_MANAGER")
    environment = {f"INGENES_ENDPOINT_{name}": "http://127.0.0.1:9" for name in nowhere}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment, "XDG_STATE_HOME": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write('{"code": "session_idle", "reference": "7K3Q9F"}\n')
        process.stdin.close()
        assert process.stdout.readline() == "painted\n"
        log = tmp_path / "ingenes-desktop" / "log" / "ingenes-desktop.log"
        assert comes_true(lambda: log.exists() and " started " in log.read_text(), 30)
        process.terminate()
        assert process.wait(10) == 0
        assert process.stdout.read() == ""
