"""The memory of a hardened process is closed to other programs of the same user."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest

from ingenes_desktop.adapters.process_hardening import process_dacl
from tests.atspi.waiting import wait_until

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measured through Linux' /proc")

NOBODY = "65534"
CHILD = """
import resource, sys
from ingenes_desktop.adapters.process_hardening import refuse_dumps
if sys.argv[1] == "hardened":
    print(refuse_dumps(), refuse_dumps(), resource.getrlimit(resource.RLIMIT_CORE), flush=True)
else:
    print("as it is", flush=True)
sys.stdin.read()
"""
OTHER_PLATFORM = """
import sys
from ingenes_desktop.adapters.process_hardening import refuse_dumps
print(*refuse_dumps(sys.argv[1]))
"""
# What another program of the same user can do to the process: open its files, become its debugger.
PRY = """
import ctypes, sys
for name in ("environ", "mem"):
    try:
        open(f"/proc/{sys.argv[1]}/{name}", "rb")
        print(name, "open", end=" ")
    except PermissionError:
        print(name, "refused", end=" ")
PTRACE_ATTACH = 16
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
print("attached" if libc.ptrace(PTRACE_ATTACH, int(sys.argv[1]), None, None) == 0 else "not attached")
"""
NOWHERE = {
    f"INGENES_ENDPOINT_{name}": "http://127.0.0.1:9"
    for name in ("COGNITO_IDP", "COGNITO_IDENTITY", "SECRETS_MANAGER")
}


def as_nobody(*argv: str) -> list[str]:
    """Root may look into every process, so neither side is root here."""
    if os.geteuid() != 0:
        return list(argv)
    return ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--", *argv]


@contextmanager
def child(kind: str) -> Iterator["subprocess.Popen[str]"]:
    """A process that stands until it is let go; its first line is read."""
    with subprocess.Popen(
        as_nobody(sys.executable, "-c", CHILD, kind), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def own_home() -> Iterator[Path]:
    """A home of whoever runs the children. (pytest's folders are root's, up to the top.)"""
    with tempfile.TemporaryDirectory(prefix="home-") as folder:
        if os.geteuid() == 0:
            os.chown(folder, int(NOBODY), int(NOBODY))
        yield Path(folder)


def pried(process_id: int) -> str:
    done = subprocess.run(
        as_nobody(sys.executable, "-c", PRY, str(process_id)), capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@linux
def test_another_program_of_the_same_user_cannot_look_in() -> None:
    with child("as it is") as open_process:
        assert open_process.stdout is not None
        open_process.stdout.readline()
        # What a process is by itself (the rest depends on Yama).
        assert pried(open_process.pid).startswith("environ open")
    with child("hardened") as closed_process:
        assert closed_process.stdout is not None
        assert closed_process.stdout.readline() == "() () (0, 0)\n"
        assert pried(closed_process.pid) == "environ refused mem refused not attached"


@linux
@pytest.mark.skipif(which("gdb") is None, reason="no gdb here")
def test_a_debugger_is_refused() -> None:
    with child("hardened") as process:
        assert process.stdout is not None
        process.stdout.readline()
        done = subprocess.run(
            as_nobody("gdb", "-nx", "-batch", "-p", str(process.pid)),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )
        assert "ptrace: Operation not permitted" in done.stderr


@linux
def test_a_crash_leaves_no_core() -> None:
    with child("hardened") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGSEGV)
        _, status = os.waitpid(process.pid, 0)
        process.returncode = -signal.SIGSEGV
    assert os.WTERMSIG(status) == signal.SIGSEGV
    assert not os.WCOREDUMP(status)


@linux
def test_the_program_is_closed_before_its_window_stands(own_home: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(own_home),
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "C.UTF-8",
    }
    with subprocess.Popen(
        as_nobody(sys.executable, "-m", "ingenes_desktop"),
        env=environment | NOWHERE | {"INGENES_LOG_LEVEL": "DEBUG"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            log = wait_until(lambda: next(own_home.rglob("*.log"), None), "the log")
            wait_until(lambda: " started " in log.read_text(encoding="utf-8"), "the start")
            # The kernel gives what belongs to a process that is not dumpable to root.
            assert os.stat(f"/proc/{process.pid}/status").st_uid == 0  # noqa: PTH116  as the kernel has it
            assert pried(process.pid) == "environ refused mem refused not attached"
            process.terminate()
            said, _ = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (process.returncode, said) == (0, "")
    assert "not_hardened" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_what_cannot_be_had_is_named_and_nothing_is_raised(platform: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            OTHER_PLATFORM,
            platform,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    if sys.platform != platform:
        expected = {"win32": "error_boxes error_reports process_dacl", "darwin": "debugger"}[platform]
        assert done.stdout.strip() == expected
    else:
        assert done.stdout.strip() == ""


def test_the_process_list_lets_the_user_end_it_and_no_more() -> None:
    sid = "S-1-5-21-1-2-3-1001"
    assert process_dacl(sid) == f"D:P(A;;0x101001;;;{sid})(A;;RC;;;OW)"
    virtual_memory_read, duplicate_handle = 0x0010, 0x0040
    assert not 0x101001 & (virtual_memory_read | duplicate_handle)


@linux
def test_the_check_that_asks_for_a_password_is_closed_too() -> None:
    """By the time it begins its work. (What it prints is the kernel's own word: not dumpable.)"""
    program = """
import ctypes, sys
from ingenes_desktop.diagnosis import command
command.run = lambda *_, **__: print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)) or 0
from ingenes_desktop.__main__ import check
sys.exit(check())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
