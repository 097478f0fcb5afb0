"""A sign-in with every answer delayed, against six such delays: click to the name on screen.

    python -m tests.bench.sign_in [rounds] [--tls]

Each round is, for each delay in turn, a fresh program against a demo cloud of its own: the form is filled
by real key events, what a person's typing would have warmed up is warm, and the button is pressed. "first"
is the first sign-in of the program, "second" the one after signing out. The six round trips that cannot be
avoided are measured in the same round, with a kept connection and no work in between. The delay holds back
answers; a handshake is not delayed, and is told apart.
"""

import http.client
import ssl
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ingenes_desktop.demo.process import CloudDescription, CloudProcess
from tests.bench.program import answer_of

DELAYS_MILLISECONDS = (0, 60, 150)
ROUND_TRIPS = 6
SHOWN_CULPRITS = 6


def six_round_trips(description: CloudDescription) -> float:
    """Seconds for six plain requests, one after the other, on one connection."""
    parts = urlsplit(description.environment["INGENES_ENDPOINT_COGNITO_IDP"])
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=description.certificate)
        connection = http.client.HTTPSConnection(str(parts.hostname), parts.port, context=context)
    else:
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
    connection.connect()
    began = time.perf_counter()
    for _ in range(ROUND_TRIPS):
        connection.request("GET", "/")
        connection.getresponse().read()
    taken = time.perf_counter() - began
    connection.close()
    return taken


def one_program(description: CloudDescription) -> dict[str, Any]:
    """What one fresh program took, by its own clock.

    With TLS it trusts the demo's authority beside the system's, whose number has its price.
    """
    if not description.certificate:
        return dict(answer_of("tests.bench.signing_in", environment=description.environment))
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as trusted:
        system = ssl.get_default_verify_paths().cafile
        trusted.write(Path(system).read_text(encoding="utf-8") if system else "")
        trusted.write(Path(description.certificate).read_text(encoding="utf-8"))
        trusted.flush()
        return dict(answer_of("tests.bench.signing_in", trusted.name, environment=description.environment))


def in_words(connections: list[list[tuple[int, float]]], description: CloudDescription) -> str:
    """To whom connections were opened between click and name, how many in each round, how long it took."""
    ports = {
        urlsplit(description.environment["INGENES_ENDPOINT_COGNITO_IDP"]).port: "AWS",
        urlsplit(description.filemaker["base_url"]).port: "FileMaker",
    }
    seconds: dict[str, list[float]] = {}
    for opened in connections:
        for port, taken in opened:
            seconds.setdefault(ports.get(port, "another"), []).append(taken)
    return ", ".join(
        f"{len(taken) / len(connections):.1f} to {name} ({statistics.median(taken) * 1000:.1f} ms)"
        for name, taken in sorted(seconds.items())
    )


def main() -> None:
    """Measure and print."""
    options = ["--tls"] if "--tls" in sys.argv else []
    rounds = next((int(text) for text in sys.argv[1:] if text.isdigit()), 7)
    floor: dict[int, list[float]] = {delay: [] for delay in DELAYS_MILLISECONDS}
    answers: dict[int, list[dict[str, Any]]] = {delay: [] for delay in DELAYS_MILLISECONDS}
    with ExitStack() as clouds:
        descriptions = {
            delay: clouds.enter_context(CloudProcess(["--delay-ms", str(delay), *options]))
            for delay in DELAYS_MILLISECONDS
        }
        for description in descriptions.values():
            one_program(description)  # what the cloud does for the first time is not ours
        for _ in range(rounds):
            for delay, description in descriptions.items():
                floor[delay].append(six_round_trips(description))
                answers[delay].append(one_program(description))
    print(f"python -m tests.bench.sign_in {' '.join(sys.argv[1:])}  (medians of {rounds} interleaved rounds)")
    for delay, description in descriptions.items():
        six = statistics.median(floor[delay])
        print(f"every answer delayed by {delay} ms: six round trips {six * 1000:.0f} ms")
        for position, name in enumerate(("first", "second")):
            median = statistics.median(answer["taken"][position] for answer in answers[delay])
            over = f" ({median / six - 1:+.1%})" if delay else ""
            opened = in_words([answer["connections"][position] for answer in answers[delay]], description)
            print(
                f"  {name:6} sign-in, click to name: {median * 1000:4.0f} ms{over}; "
                f"connections opened: {opened or 'none'}"
            )
    stalls = [answer["stall"] for each in answers.values() for answer in each]
    running: Counter[str] = Counter()
    for each in answers.values():
        for answer in each:
            running.update(answer["running"])
    print(
        f"worst stall of the event loop while signing in: median {statistics.median(stalls) * 1000:.0f} ms, "
        f"worst {max(stalls) * 1000:.0f} ms; running while a beat was late by 10 ms, by samples:"
    )
    for place, count in running.most_common(SHOWN_CULPRITS):
        print(f"  {count:4} {place}")


if __name__ == "__main__":
    main()
