"""The chain without a window in a process of its own: run with a task's name and its arguments.

Finds its far ends as production does, in the environment. Speaks one JSON value a line on its standard
output, and waits for a line of its standard input where it says so.
"""

import gc
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from ingenes_desktop.adapters.far_ends import build_services
from ingenes_desktop.adapters.settings import load_settings_of_this_machine
from ingenes_desktop.adapters.token_vault import make_token_vault
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.outcome import Accepted, Restored
from ingenes_desktop.application.services import Services
from ingenes_desktop.application.session import Ending, Untold
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.secret import Secret


def say(value: object) -> None:
    """One line to whoever started this."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def services() -> Services:
    """As the composition root makes them."""
    return build_services(
        load_settings_of_this_machine(os.environ),
        find_system_proxy=lambda _url: None,
        clock=time.monotonic,
        wall_clock=time.time,
        user_agent="ingenes-desktop/test",
    )


def attempt() -> Attempt:
    """A renewal's or a sign-in's time, with room for two busy cores."""
    return Attempt(clock=time.monotonic, step_seconds=30.0, total_seconds=60.0)


def renew(times: str) -> None:
    """Take up what the vault keeps, and renew as often as told; the codes of what failed."""
    vault = make_token_vault(load_settings_of_this_machine(os.environ), sys.platform)
    record = vault.open()
    assert record is not None
    chain = services()
    say("ready")
    sys.stdin.readline()
    outcome = chain.restore.run(vault, record, attempt())
    if not isinstance(outcome, Restored):
        say([f"{type(outcome).__name__} {outcome.error.code} {outcome.error.detail}"])
        return
    failed = []
    for _ in range(int(times) - 1):
        try:
            outcome.session.renew(attempt())
        except AuthError as error:
            failed.append(f"{error.code} {error.detail}")
    outcome.session.end(attempt(), Ending.KEPT)
    say(failed)


def visit(email: str, password: str, times: str, steady_after: str) -> None:
    """Sign in, renew, and sign out, again and again; what this process holds early and at the end."""
    chain = services()
    held = []
    for number in range(1, int(times) + 1):
        outcome = chain.sign_in.run(email, Secret(password), attempt())
        assert isinstance(outcome, Accepted), outcome
        outcome.session.renew(attempt())
        outcome.session.record_login(outcome.record, attempt())
        ending = Ending.EVERYWHERE if number % 10 == 0 else Ending.HERE
        assert outcome.session.end(attempt(), ending) == Untold()
        del outcome
        if number in {int(steady_after), int(times)}:
            gc.collect()
            held.append(_holds())
    say(held)


def _holds() -> dict[str, int]:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return {
        "resident": pages * os.sysconf("SC_PAGE_SIZE"),
        "objects": len(gc.get_objects()),
        "threads": threading.active_count(),
        "descriptors": len(list(Path("/proc/self/fd").iterdir())),
    }


TASKS: dict[str, Callable[..., None]] = {task.__name__: task for task in (renew, visit)}

if __name__ == "__main__":
    TASKS[sys.argv[1]](*sys.argv[2:])
