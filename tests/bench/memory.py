"""Resident memory of the application, and what two hundred sign-ins leave behind.

    python -m tests.bench.memory [rounds] [sign-ins]

Each round is a fresh program against the demo cloud: its form is filled and the button pressed, it signs
out as soon as the name is painted, and so on, as fast as it goes. Linux only (/proc).
"""

import statistics
import sys
import time
from typing import Any

from ingenes_desktop.demo.servers import Cloud
from tests.bench.program import answer_of

PLACES = {
    "painted": "sign-in view, first paint",
    "settled": "sign-in view, everything imported and warmed up",
    "chain": "after the first sign-in",
    "steady": "after {steady} sign-ins",
    "last": "after {last} sign-ins",
}
_SETTLE_SECONDS = 5.0


def one_round(cloud: Cloud, sign_ins: int) -> dict[str, Any]:
    """What one program says of itself, and the sessions that it left."""
    before = cloud.filemaker.journal.opened
    answer = answer_of("tests.bench.remaining", str(sign_ins), environment=cloud.environment())
    cloud.filemaker.journal.wait_until(lambda journal: journal.open_sessions == 0, _SETTLE_SECONDS)
    return dict(answer) | {
        "sessions": cloud.filemaker.journal.opened - before,
        "left": cloud.filemaker.journal.open_sessions,
    }


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    sign_ins = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    cloud = Cloud()
    cloud.start()
    try:
        began = time.monotonic()
        answers = [one_round(cloud, sign_ins) for _ in range(rounds)]
        seconds = (time.monotonic() - began) / rounds
    finally:
        cloud.stop()
    print(
        f"python -m tests.bench.memory {' '.join(sys.argv[1:])}  "
        f"(medians of {rounds} programs, {seconds:.0f} s each)"
    )
    steady = int(answers[0]["steady_after"])
    print("resident memory, MiB:")
    for place, words in PLACES.items():
        mib = statistics.median(answer["resident"][place] for answer in answers)
        print(f"  {mib:6.1f}  {words.format(steady=steady, last=sign_ins)}")
    growth = statistics.median(
        (answer["resident"]["last"] - answer["resident"]["steady"]) * 1024 / (sign_ins - steady)
        for answer in answers
    )
    print(f"growth from sign-in {steady} to {sign_ins}: {growth:.2f} KiB for each sign-in")
    for name in ("qobjects", "python objects", "threads", "sockets"):
        early = statistics.median(answer["counts"]["steady"][name] for answer in answers)
        late = statistics.median(answer["counts"]["last"][name] for answer in answers)
        print(f"  {name}: {early:.0f} after {steady} sign-ins, {late:.0f} after {sign_ins}")
    opened = sum(answer["sessions"] for answer in answers)
    left = sum(answer["left"] for answer in answers)
    print(f"FileMaker sessions: {opened} opened, {left} left open")


if __name__ == "__main__":
    main()
