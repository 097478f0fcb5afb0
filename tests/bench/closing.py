"""From closing the window to the end of the process, while a server hangs.

    python -m tests.bench.closing [rounds]

Each round is, for each situation in turn, a fresh program against the demo cloud; once the server holds the
answer back, the window is closed.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from ingenes_desktop.demo.filemaker.faults import Slow
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.servers import Cloud
from tests.bench.program import start

HANG_SECONDS = 60.0
_COMES_SECONDS = 30.0
_IS_UNDER_WAY_SECONDS = 0.3


@dataclass(frozen=True)
class Situation:
    """What hangs, what the person does, and how one knows that it hangs."""

    name: str
    deed: str
    hang: Callable[[Cloud], None]
    asked: str
    """The AWS operation that must have been asked for; "" where the program says by itself when."""


def _hang(*calls: str | Call) -> Callable[[Cloud], None]:
    """Those calls hang, and with them everything that would undo what came before."""

    def hang(cloud: Cloud) -> None:
        for call in (*calls, "RevokeToken", "GlobalSignOut", Call.LOGOUT):
            if isinstance(call, Call):
                cloud.filemaker.faults.switch_on(Slow(HANG_SECONDS), on=call)
            else:
                cloud.faults.slow(call, HANG_SECONDS)

    return hang


def _aws(operation: str) -> Situation:
    return Situation(f"{operation} hangs", "sign in", _hang(operation), operation)


SITUATIONS = (
    _aws("InitiateAuth"),
    _aws("GetId"),
    _aws("GetCredentialsForIdentity"),
    _aws("GetSecretValue"),
    Situation("FileMaker's login hangs", "sign in", _hang(Call.LOGIN), "GetSecretValue"),
    Situation("FileMaker's find hangs", "sign in", _hang(Call.FIND), "GetSecretValue"),
    Situation("signed in, everything answers", "stay", lambda _cloud: None, ""),
    Situation("signed in, DELETE and RevokeToken hang", "stay", _hang(), ""),
    Situation("reset, ForgotPassword hangs", "reset", _hang("ForgotPassword"), "ForgotPassword"),
    Situation(
        "reset, ConfirmForgotPassword hangs",
        "confirm",
        _hang("ConfirmForgotPassword"),
        "ConfirmForgotPassword",
    ),
    Situation("warming up, the key set hangs", "nothing", _hang("jwks"), "jwks"),
    Situation("in the middle of the imports", "at once", lambda _cloud: None, ""),
)


def seconds_to_end(situation: Situation, cloud: Cloud) -> float:
    """One program, from the wish to close to the end of its process."""
    cloud.reset()
    stays = situation.deed == "stay"
    if not stays:
        situation.hang(cloud)
    with start(
        "tests.bench.leaving", situation.deed, environment=cloud.environment(), speaks=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        try:
            if situation.asked:
                if not cloud.journal.wait_until(lambda asked: situation.asked in asked, _COMES_SECONDS):
                    raise RuntimeError(f"{situation.name}: it was never asked for")
                time.sleep(_IS_UNDER_WAY_SECONDS)
            elif program.stdout.readline().strip() != "ready":
                raise RuntimeError(f"{situation.name}: the program did not come so far")
            if stays:
                situation.hang(cloud)
            began = time.perf_counter()
            program.stdin.write("close\n")
            program.stdin.flush()
            program.wait(HANG_SECONDS)
            taken = time.perf_counter() - began
        finally:
            program.kill()
    # What was held back goes on and is over before the next situation's clean slate.
    cloud.faults.clear()
    cloud.filemaker.faults.clear()
    time.sleep(_IS_UNDER_WAY_SECONDS)
    if program.returncode != 0:
        raise RuntimeError(f"{situation.name}: exit status {program.returncode}")
    return taken


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    taken: dict[str, list[float]] = {situation.name: [] for situation in SITUATIONS}
    cloud = Cloud()
    cloud.start()
    try:
        for _ in range(rounds):
            for situation in SITUATIONS:
                taken[situation.name].append(seconds_to_end(situation, cloud))
    finally:
        cloud.stop()
    print(f"python -m tests.bench.closing {' '.join(sys.argv[1:])}  ({rounds} interleaved rounds)")
    print("from closing the window to the process's end, seconds:  median  worst")
    for name, seconds in taken.items():
        print(f"  {name:<52} {statistics.median(seconds):6.2f} {max(seconds):6.2f}")


if __name__ == "__main__":
    main()
