"""From exec to the painted sign-in window, as a ratio to a bare PySide6 window in the same run.

    python -m tests.bench.start_up [rounds]

Both are started in turn; the medians and their ratio are what counts. QT_QPA_PLATFORM says where
(offscreen unless set). "cold" drops the page cache before each start, which only root may do.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
DROP_CACHES = Path("/proc/sys/vm/drop_caches")


def seconds(which: str, environment: dict[str, str]) -> float:
    """One start, in seconds."""
    began = time.monotonic()
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.painted", which],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(answer.stdout) - began


def measure(title: str, *, cold: bool) -> None:
    """Print one line: the medians and the ratio."""
    # Closed ports of this machine: nothing outside is ever asked.
    nowhere = {
        f"INGENES_ENDPOINT_{name}": "http://127.0.0.1:9"
        for name in ("COGNITO_IDP", "COGNITO_IDENTITY", "SECRETS_MANAGER")
    }
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **nowhere}
    # As on a machine where the program has been started before: compiled modules are kept.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    taken: dict[str, list[float]] = {"bare": [], "application": []}
    for which in taken:
        seconds(which, environment)
    for _ in range(ROUNDS):
        for which, times in taken.items():
            if cold:
                os.sync()
                DROP_CACHES.write_text("3")
            times.append(seconds(which, environment))
    bare, application = (statistics.median(times) for times in taken.values())
    print(
        f"{title}: bare {bare * 1000:.0f} ms, application {application * 1000:.0f} ms, "
        f"ratio {application / bare:.2f} (medians of {ROUNDS} interleaved rounds)"
    )


if __name__ == "__main__":
    measure("warm", cold=False)
    if os.access(DROP_CACHES, os.W_OK):
        measure("cold", cold=True)
