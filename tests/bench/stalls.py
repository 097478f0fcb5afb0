"""How long the event loop is held up at the start and while everything is imported and warmed up behind it.

    python -m tests.bench.stalls [rounds]

A timer of the window beats every millisecond, from the first turn of the event loop on, for three seconds
after the first paint; what counts is the longest pause between two beats. Beside each of the longest stands
what ran: the longest stretch of the pause in which the program told nothing, and the last thing that it had
told before, on whichever thread: a module begun, a file opened, a collection of garbage. (A thread that
looks at the others while a beat is late would need the interpreter's lock, which is what is held.) The far
ends are a TLS server of this machine, whose certificate nobody knows: every connection ends at the
handshake. QT_QPA_PLATFORM says where (offscreen unless set).
"""

import gc
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from itertools import pairwise
from typing import NamedTuple

SECONDS = 3.0
SHORTEST_SHOWN = 0.010
MOST_SHOWN = 8


class Pause(NamedTuple):
    """Between two beats; milliseconds. ``at`` counts from the first paint."""

    at: float
    length: float
    silence: float
    after: str


notes: list[tuple[float, str]] = []


def note(event: str, arguments: tuple[object, ...]) -> None:
    """Take down what the interpreter tells of (an audit hook: on any thread, at any time)."""
    if event in {"import", "open"}:
        name = "/".join(str(arguments[0]).split("/")[-3:])
        notes.append((time.perf_counter(), f"{event} {name} ({threading.current_thread().name})"))


def note_collection(phase: str, facts: dict[str, int]) -> None:
    """Take down a collection of garbage."""
    notes.append((time.perf_counter(), f"collection of generation {facts['generation']}, {phase}"))


def explained(begin: float, end: float, painted: float) -> Pause:
    """The pause with the longest silence in it."""
    before = [text for moment, text in notes if moment <= begin]
    told = [(begin, before[-1] if before else "nothing yet")]
    told += [(moment, text) for moment, text in notes if begin < moment < end]
    silence, after = max(
        (later - moment, text) for (moment, text), (later, _) in pairwise([*told, (end, "")])
    )
    return Pause((begin - painted) * 1000, (end - begin) * 1000, silence * 1000, after)


def watch_one_start() -> None:
    """Child: start the application, print its pauses, leave."""
    sys.addaudithook(note)
    gc.callbacks.append(note_collection)
    gc.disable()  # as __main__ does
    from ingenes_desktop.adapters.environment import scrub_environment

    scrub_environment(os.environ)
    from ingenes_desktop.app import run
    from ingenes_desktop.ui.main_window import MainWindow

    def watch(window: object) -> None:
        from PySide6.QtCore import QTimer

        assert isinstance(window, MainWindow)
        beats: list[float] = []
        painted: list[float] = []
        timer = QTimer(window)
        timer.setInterval(1)

        def beat() -> None:
            beats.append(time.perf_counter())
            if painted and beats[-1] - painted[0] > SECONDS:
                pauses = [
                    explained(begin, end, painted[0])
                    for begin, end in pairwise(beats)
                    if end - begin > SHORTEST_SHOWN
                ]
                print(json.dumps(pauses), flush=True)
                os._exit(0)

        timer.timeout.connect(beat)
        window.painted.connect(lambda: painted.append(time.perf_counter()))
        timer.start()

    run(sys.argv[:1], os.environ, on_window=watch)


def pauses_of_one_start(far_end: str) -> list[Pause]:
    """What the child printed."""
    far_ends = {
        f"INGENES_ENDPOINT_{name}": far_end for name in ("COGNITO_IDP", "COGNITO_IDENTITY", "SECRETS_MANAGER")
    }
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **far_ends}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.stalls", "--child"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [Pause(*pause) for pause in json.loads(answer.stdout)]


def main() -> None:
    """Measure and print."""
    from tests.scripted_server import ScriptedServer, hang_up
    from tests.tls import Authority

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with ScriptedServer(hang_up, tls=Authority().valid("localhost")) as server:
        starts = [pauses_of_one_start(server.url) for _ in range(rounds)]
    for title, is_meant in (("up to the first paint", False), ("behind the first paint", True)):
        longest = [
            max((pause.length for pause in pauses if (pause.at >= 0) is is_meant), default=0.0)
            for pauses in starts
        ]
        print(
            f"longest pause of the event loop {title}: median {statistics.median(longest):.0f} ms, "
            f"worst {max(longest):.0f} ms ({rounds} starts; below {SHORTEST_SHOWN * 1000:.0f} counts as 0)"
        )
    print("the longest of all, and after what they were silent:")
    every = sorted((pause for pauses in starts for pause in pauses), key=lambda pause: -pause.length)
    for pause in every[:MOST_SHOWN]:
        length, at, silence = (f"{figure:.0f} ms" for figure in (pause.length, pause.at, pause.silence))
        print(f"  {length}, {at} after the paint, silent for {silence} after: {pause.after}")


if __name__ == "__main__":
    watch_one_start() if "--child" in sys.argv else main()
