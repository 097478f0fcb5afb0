"""Leaving the process: what was said is heard, and no call that hangs is waited for."""

import subprocess
import sys

PROGRAM = """
import atexit, sys, threading
from ingenes_desktop.adapters.left_behind import leave
threading.Thread(target=threading.Event().wait).start()
atexit.register(print, "an end of the interpreter")
print("said", end="")
sys.{silent} = None
leave(3)
"""


def test_a_hanging_thread_is_left_and_the_status_stands() -> None:
    left = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(silent="stderr")],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (left.returncode, left.stdout, left.stderr) == (3, "said", "")


def test_a_program_without_streams_leaves_too() -> None:
    left = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(silent="stdout")], capture_output=True, timeout=20, check=False
    )
    assert (left.returncode, left.stderr) == (3, b"")
