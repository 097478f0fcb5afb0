"""The log: what a line looks like, what never gets into it, and what happens when the disk fails."""

import logging
import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest

from ingenes_desktop.adapters.log_file import FILE_BYTES, FILE_NAME, FILES, LogFile, log_folder, start_log
from ingenes_desktop.adapters.log_lines import (
    LONGEST_LINE_BYTES,
    MOST_LINES_WAITING,
    LineFormatter,
    begin_log,
)
from ingenes_desktop.adapters.settings import load_default_settings
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.event_log import LOGGER_NAME, record
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.domain.value import replace
from tests.atspi.waiting import wait_until

REPOSITORY = Path(__file__).resolve().parents[2]
CANARY = "hunter2-Ñandú-canary"
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (DEBUG|INFO|WARNING|ERROR|CRITICAL) \S.*")
on_posix = pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")


def settings(level: str = "INFO", machine: MachineKind = MachineKind.PERSONAL) -> Settings:
    return replace(load_default_settings({}), log_level=level, machine=machine)


def lines_of(folder: Path) -> list[str]:
    return (folder / FILE_NAME).read_text("ascii").splitlines()


def formatted(message: str, *arguments: object, exception: BaseException | None = None) -> str:
    information = None if exception is None else (type(exception), exception, exception.__traceback__)
    event = logging.LogRecord(LOGGER_NAME, logging.INFO, "", 0, message, arguments, information)
    return LineFormatter().format(event)


def test_events_are_written_from_the_first_on(tmp_path: Path) -> None:
    begin_log()
    record("before_the_window", code=ErrorCode.SETTING_INVALID, detail="somebody@clinica.example")
    log = start_log(settings(), tmp_path)
    record("after_it", count=3, seconds=1.5)
    log.stop()
    first, second = lines_of(tmp_path)
    assert LINE.fullmatch(first)
    assert first.endswith(" INFO before_the_window code=setting_invalid detail=<redacted>")
    assert second.endswith(" INFO after_it count=3 seconds=1.500")


def test_the_time_is_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Mexico_City")
    time.tzset()
    try:
        event = logging.LogRecord(LOGGER_NAME, logging.INFO, "", 0, "x", None, None)
        event.created, event.msecs = 1_790_000_000.25, 250.0
        assert LineFormatter().format(event) == "2026-09-21T14:13:20.250Z INFO x"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(("level", "written"), [("DEBUG", 4), ("INFO", 3), ("WARNING", 2), ("ERROR", 1)])
def test_the_level_holds_for_what_waited_too(tmp_path: Path, level: str, written: int) -> None:
    levels = (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR)
    begin_log()
    for each in levels:
        record("early", level=each)
    log = start_log(settings(level), tmp_path)
    for each in levels:
        record("late", level=each)
    log.stop()
    assert len(lines_of(tmp_path)) == 2 * written


def test_a_second_run_goes_on_in_the_same_file(tmp_path: Path) -> None:
    for count in (1, 2):
        log = start_log(settings(), tmp_path)
        record("run", count=count)
        log.stop()
    assert [line[-7:] for line in lines_of(tmp_path)] == ["count=1", "count=2"]


def test_a_line_is_in_the_file_before_the_next(tmp_path: Path) -> None:
    log = start_log(settings(), tmp_path)
    record("event")
    wait_until(
        lambda: (tmp_path / FILE_NAME).exists() and lines_of(tmp_path), "the line, with nothing stopped"
    )
    log.stop()


def test_stopping_again_does_nothing(tmp_path: Path) -> None:
    log = start_log(settings(), tmp_path)
    log.stop()
    log.stop()
    record("nobody_listens")


@on_posix
def test_what_comes_after_the_end_goes_nowhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    start_log(settings(), tmp_path).stop()
    # A thread that was left behind comes home late: Python would print this to standard error.
    record("keyring_failed", level=logging.WARNING, error="Late")
    assert capfd.readouterr().err == ""


def test_file_and_folder_are_their_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "log"
    folder.mkdir(parents=True, mode=0o755)
    (folder / FILE_NAME).touch(0o644)
    log = start_log(settings(), folder)
    record("event")
    log.stop()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600


def test_rotation_keeps_five_files_of_a_megabyte(tmp_path: Path) -> None:
    log = start_log(settings(), tmp_path)
    logger = logging.getLogger(LOGGER_NAME)
    for number in range(FILES * FILE_BYTES // LONGEST_LINE_BYTES + 300):
        logger.info("%d %s", number, "x" * LONGEST_LINE_BYTES)
    logger.info("the last")
    log.stop()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [FILE_NAME] + [f"{FILE_NAME}.{n}" for n in range(1, FILES)]
    assert all(0 < file.stat().st_size <= FILE_BYTES for file in files)
    assert lines_of(tmp_path)[-1].endswith("the last")
    if os.name == "posix":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


@pytest.mark.parametrize(
    "hostile",
    ["a\r\nb", "a\x1b[2Jb", "a\u202eb", "a\u2028b", "a\x85b", "a\x00b", "a\ud800b", "é" * 20, "\U0001f600"],
)
def test_a_line_is_one_line_of_printable_ascii(hostile: str) -> None:
    line = formatted("event %s", hostile)
    assert line.isascii()
    assert line.isprintable()
    assert LINE.fullmatch(line)
    assert hostile not in line


@pytest.mark.parametrize("text", ["x" * 1_000_000, "é" * 1_000_000, "\U0001f600" * 20_000])
def test_a_line_is_bounded(text: str) -> None:
    line = formatted(text)
    assert len(line) == LONGEST_LINE_BYTES - 1
    assert line.endswith("...")


def test_of_an_exception_only_types_and_functions_are_written() -> None:
    def inner() -> None:
        raise KeyError(CANARY)

    def outer() -> None:
        try:
            inner()
        except KeyError as error:
            raise ValueError(CANARY) from error

    try:
        outer()
    except ValueError as error:
        line = formatted("failed", exception=error)
    assert line.endswith(
        " failed error=ValueError at=test_of_an_exception_only_types_and_functions_are_written"
        ">test_of_an_exception_only_types_and_functions_are_written.<locals>.outer from=KeyError"
    )


def test_an_event_that_cannot_be_put_into_words() -> None:
    assert formatted("%d", CANARY).endswith(" INFO unreadable_event")


def test_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert log_folder(MachineKind.KIOSK, "linux") == Path("/var/log/ingenes-desktop")
    assert log_folder(MachineKind.KIOSK, "darwin") == Path("/Library/Logs/ingenes-desktop")
    monkeypatch.setenv("PROGRAMDATA", "D:/Data")
    assert log_folder(MachineKind.KIOSK, "win32") == Path("D:/Data/ingenes-desktop/Logs")
    if sys.platform.startswith("linux"):
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
        for machine in (MachineKind.PERSONAL, MachineKind.SHARED):
            assert log_folder(machine, "linux") == tmp_path / "ingenes-desktop" / "log"


@on_posix
@pytest.mark.parametrize("obstacle", ["folder is a file", "file is a folder", "link", "pipe"])
def test_a_place_that_cannot_be_written(
    tmp_path: Path, obstacle: str, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, file = tmp_path / "log", tmp_path / "log" / FILE_NAME
    if obstacle == "folder is a file":
        folder.touch()
    else:
        folder.mkdir()
    if obstacle == "file is a folder":
        file.mkdir()
    elif obstacle == "link":
        (tmp_path / "elsewhere").touch()
        file.symlink_to(tmp_path / "elsewhere")
    elif obstacle == "pipe":
        os.mkfifo(file)
    log = start_log(settings(), folder)
    record("event")
    log.stop()
    assert capfd.readouterr() == ("", "")
    assert obstacle != "link" or (tmp_path / "elsewhere").read_text() == ""


def test_no_thread_waits_for_a_disk_that_hangs(tmp_path: Path) -> None:
    disk = Event()

    def folder() -> Path:
        disk.wait()
        return tmp_path

    lines = begin_log()
    log = LogFile(lines, folder, logging.INFO)
    for _ in range(MOST_LINES_WAITING + 200):
        record("event")  # whatever waited for the disk would wait for ever
    disk.set()
    log.stop()
    written = lines_of(tmp_path)
    lost = int(written[0].rpartition(" log_lines_lost count=")[2])
    # One line was on its way to the disk, or was not yet.
    assert lost in {199, 200}
    assert len(written) == 1 + MOST_LINES_WAITING + 200 - lost


def run_child(code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )


HANGING = """
import logging, sys, threading, time
from ingenes_desktop.adapters.log_file import LogFile
from ingenes_desktop.adapters.log_lines import begin_log
from ingenes_desktop.domain.event_log import record
log = LogFile(begin_log(), lambda: threading.Event().wait(), logging.INFO)
record("event")
started = time.monotonic()
log.stop()
print(time.monotonic() - started)
"""


def test_a_disk_that_hangs_does_not_hold_up_the_exit() -> None:
    assert 0.9 < float(run_child(HANGING).stdout) < 1.5


FULL_DISK = """
import resource, signal, sys
from ingenes_desktop.domain.value import replace
from pathlib import Path
from ingenes_desktop.adapters.log_file import start_log
from ingenes_desktop.adapters.settings import load_default_settings
from ingenes_desktop.domain.event_log import record
folder = Path(sys.argv[1])
# Every write beyond this size fails, as on a disk that is full.
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
log = start_log(load_default_settings({}), folder)
for count in range(100):
    record("event", count=count)
log.stop()
print("alive")
"""


@on_posix
def test_a_full_disk_breaks_nothing(tmp_path: Path) -> None:
    done = run_child(FULL_DISK, str(tmp_path))
    assert (done.stdout, done.stderr) == ("alive\n", "")
    assert 0 < (tmp_path / FILE_NAME).stat().st_size <= 2000
    assert lines_of(tmp_path)[0].endswith("event count=0")


# botocore at its most talkative: it prints the parameters of a call and the body it sends.
TALKATIVE = """
import logging, sys, warnings
from ingenes_desktop.domain.value import replace
from pathlib import Path
from ingenes_desktop.adapters.log_file import start_log
from ingenes_desktop.adapters.settings import load_default_settings
from ingenes_desktop.domain.event_log import record
how, folder, canary = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
logging.basicConfig(level=logging.DEBUG)
if how == "ours":
    log = start_log(replace(load_default_settings({}), log_level="DEBUG"), folder)
import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError
for name in ("botocore.endpoint", "botocore.parsers", "urllib3.connectionpool", "keyring.backend"):
    logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger(name).warning("a library says %s", canary)
client = botocore.session.Session().create_client(
    "cognito-idp", "us-east-1", endpoint_url="http://127.0.0.1:9",
    config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}))
try:
    client.initiate_auth(ClientId="client", AuthFlow="USER_PASSWORD_AUTH",
                         AuthParameters={"USERNAME": "ana", "PASSWORD": canary})
except EndpointConnectionError:
    logging.getLogger("botocore").exception("failed with %s", canary)
record("ours", detail=canary, password=canary, level=logging.DEBUG)
if how == "ours":
    log.stop()
"""


def test_no_library_writes_a_password(tmp_path: Path) -> None:
    done = run_child(TALKATIVE, "ours", str(tmp_path), CANARY)
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"ours detail=<redacted> password=<redacted>" in written
    assert len(written.splitlines()) == 1
    assert (done.stdout, done.stderr) == ("", "")
    # What the same program tells without our log: the test above can fail.
    assert CANARY in run_child(TALKATIVE, "plain", str(tmp_path), CANARY).stderr


def test_our_events_go_nowhere_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    log = start_log(settings("DEBUG"), tmp_path)
    record("event", level=logging.ERROR)
    log.stop()
    assert caplog.records == []
