"""From exec to the painted sign-in window, as a ratio to a bare PySide6 window in the same run.

    python -m tests.bench.start_up [rounds]

Both are started in turn, and which of them comes first changes from round to round; the medians and their
ratio are what counts. Beside the time on the clock stands the processor's (user and system, of the whole
process), which a busy machine disturbs less, and below it where the time went: "interpreter" is the same
work for both, so where it differs the machine was busy with something else, and the run says little.
QT_QPA_PLATFORM says where (offscreen unless set). "cold" drops the page cache before each start, which only
root may do.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

ROUNDS = max(int(sys.argv[1]), 2) if len(sys.argv) > 1 else 15
MEMORY = Path("/dev/shm")  # noqa: S108  memory, not a disk's temporary folder
DROP_CACHES = Path("/proc/sys/vm/drop_caches")
WINDOWS = ("bare", "application")
PHASES = ("interpreter", "imports", "window", "paint")


class Start(NamedTuple):
    """One start, in seconds."""

    whole: float
    processor: float
    phases: dict[str, float]


def start(which: str, environment: Mapping[str, str]) -> Start:
    """Start a window and wait until it has left."""
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.painted", which],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{which} ended with {process.returncode}")
    points = {
        name: float(moment) for name, _, moment in (word.partition("=") for word in said.decode().split())
    }
    moments = [began, *(points[phase] for phase in PHASES)]
    phases = dict(zip(PHASES, (end - start for start, end in pairwise(moments)), strict=True))
    return Start(points["paint"] - began, usage.ru_utime + usage.ru_stime, phases)


def measure(title: str, *, cold: bool) -> None:
    """Print the medians and the ratios."""
    # Closed ports of this machine: nothing outside is ever asked.
    nowhere = {
        f"INGENES_ENDPOINT_{name}": "http://127.0.0.1:9"
        for name in ("COGNITO_IDP", "COGNITO_IDENTITY", "SECRETS_MANAGER")
    }
    # Every desktop session has a run-time folder in memory; on a disk the one lock there waits for it.
    run_time = {"XDG_RUNTIME_DIR": str(MEMORY)} if MEMORY.is_dir() else {}
    environment = {"QT_QPA_PLATFORM": "offscreen", **run_time, **os.environ, **nowhere}
    # As on a machine where the program has been started before: compiled modules are kept.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    starts: dict[str, list[Start]] = {which: [] for which in WINDOWS}
    for which in WINDOWS:
        start(which, environment)
    for number in range(ROUNDS):
        for which in WINDOWS if number % 2 else reversed(WINDOWS):
            if cold:
                os.sync()
                DROP_CACHES.write_text("3")
            starts[which].append(start(which, environment))
    for name, figures in (
        ("on the clock", {which: [one.whole for one in starts[which]] for which in WINDOWS}),
        ("of the processor", {which: [one.processor for one in starts[which]] for which in WINDOWS}),
    ):
        bare, application = (median(figures[which]) * 1000 for which in WINDOWS)
        print(
            f"{title}: bare {bare:.0f} ms, application {application:.0f} ms {name}, "
            f"ratio {application / bare:.2f} (medians of {ROUNDS} interleaved rounds)"
        )
        pairs = [one / other for other, one in zip(*(figures[which] for which in WINDOWS), strict=True)]
        low, _, high = quantiles(pairs, n=4)
        fastest = min(figures["application"]) / min(figures["bare"])
        print(f"  half of the rounds between {low:.2f} and {high:.2f}; the fastest of each: {fastest:.2f}")
    for which in WINDOWS:
        parts = ", ".join(
            f"{phase} {median(one.phases[phase] for one in starts[which]) * 1000:.0f}" for phase in PHASES
        )
        print(f"  {which}: {parts} ms")


if __name__ == "__main__":
    measure("warm", cold=False)
    if os.access(DROP_CACHES, os.W_OK):
        measure("cold", cold=True)
