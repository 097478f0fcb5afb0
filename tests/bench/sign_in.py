"""A sign-in with every answer delayed, against six such delays: click to the name on screen.

    python -m tests.bench.sign_in [milliseconds] [rounds]

Each round is a fresh program against the demo cloud: the form is filled by real key events, what a
person's typing would have warmed up is warm, and the button is pressed. "first" is the first sign-in of
the program, "second" the one after signing out. The six round trips that cannot be avoided are measured
in the same run, with a kept connection and no work in between.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from urllib.parse import urlsplit

from ingenes_desktop.demo.process import CloudDescription, CloudProcess

DELAY_MILLISECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 7
ROUND_TRIPS = 6


def six_round_trips(url: str) -> float:
    """Seconds for six plain requests, one after the other, on one connection."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
    connection.connect()
    began = time.perf_counter()
    for _ in range(ROUND_TRIPS):
        connection.request("GET", "/")
        connection.getresponse().read()
    taken = time.perf_counter() - began
    connection.close()
    return taken


def one_program(description: CloudDescription) -> dict[str, float]:
    """What one fresh program took, by its own clock."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **description.environment}
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.signing_in"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return dict(json.loads(answer.stdout))


def main() -> None:
    """Measure and print."""
    with CloudProcess(["--delay-ms", str(DELAY_MILLISECONDS)]) as cloud:
        floor: list[float] = []
        taken: dict[str, list[float]] = {"first": [], "second": [], "stall": []}
        endpoint = cloud.environment["INGENES_ENDPOINT_COGNITO_IDP"]
        six_round_trips(endpoint)
        for _ in range(ROUNDS):
            floor.append(six_round_trips(endpoint))
            for name, seconds in one_program(cloud).items():
                taken[name].append(seconds)
    six = statistics.median(floor)
    print(f"six round trips of {DELAY_MILLISECONDS} ms: {six * 1000:.0f} ms (median of {ROUNDS})")
    for name in ("first", "second"):
        median = statistics.median(taken[name])
        over = f", {median / six - 1:+.0%} over" if DELAY_MILLISECONDS else ""
        print(f"{name} sign-in, click to name: {median * 1000:.0f} ms{over}")
    print(f"worst stall of the event loop while signing in: {max(taken['stall']) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
