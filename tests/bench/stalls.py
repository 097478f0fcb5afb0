"""How long the event loop is held up while everything is imported behind the first paint.

    python -m tests.bench.stalls [rounds]

A timer of the window beats every millisecond for three seconds after the first paint; what counts is the
longest pause between two beats, round by round. QT_QPA_PLATFORM says where (offscreen unless set).
"""

import gc
import os
import statistics
import subprocess
import sys
import time
from itertools import pairwise

SECONDS = 3.0


def watch_one_start() -> None:
    """Child: start the application, print its longest pause in milliseconds, leave."""
    gc.disable()  # as __main__ does
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QMainWindow

    from ingenes_desktop.adapters.environment import scrub_environment

    scrub_environment(os.environ)
    from ingenes_desktop.app import run
    from ingenes_desktop.ui.main_window import MainWindow

    def watch(window: QMainWindow) -> None:
        assert isinstance(window, MainWindow)
        beats: list[float] = []
        timer = QTimer(window)
        timer.setInterval(1)

        def beat() -> None:
            beats.append(time.perf_counter())
            if beats[-1] - beats[0] > SECONDS:
                pauses = [later - earlier for earlier, later in pairwise(beats)]
                print(max(pauses) * 1000, flush=True)
                os._exit(0)

        timer.timeout.connect(beat)
        window.painted.connect(timer.start)

    run(sys.argv[:1], os.environ, on_window=watch)


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    nowhere = {
        f"INGENES_ENDPOINT_{name}": "http://127.0.0.1:9"
        for name in ("COGNITO_IDP", "COGNITO_IDENTITY", "SECRETS_MANAGER")
    }
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **nowhere}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    longest = []
    for _ in range(rounds):
        answer = subprocess.run(
            [sys.executable, "-m", "tests.bench.stalls", "--child"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        longest.append(float(answer.stdout))
    print(
        f"longest pause of the event loop after the first paint: median {statistics.median(longest):.0f} ms, "
        f"worst {max(longest):.0f} ms ({rounds} starts)"
    )


if __name__ == "__main__":
    watch_one_start() if "--child" in sys.argv else main()
