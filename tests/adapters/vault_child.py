"""Another instance of the program, as far as the vault goes: run with a task's name and its arguments.

Speaks one JSON value a line on its standard output; waits for a line of its standard input where it says so.
"""

import fcntl
import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import NoReturn, cast

from ingenes_desktop.adapters.keyring_backend import KeyringBackend, named_backend
from ingenes_desktop.adapters.sealed_vault import SealedVault
from ingenes_desktop.adapters.vault_file import VaultFile
from ingenes_desktop.application.ports import TokenVault
from ingenes_desktop.domain.errors import AuthError
from tests.adapters.vaults import (
    KeysInMemory,
    folder_at,
    names_in,
    new_attempt,
    record_of,
    token_of,
    vault_at,
)


def say(value: object) -> None:
    """One line to whoever started this."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def count_up(state: str, times: str) -> None:
    """Renew as often as told: what was read, and one more."""
    vault = vault_at(Path(state), named_backend(sys.platform))
    vault.open()
    say("ready")
    sys.stdin.readline()
    for _ in range(int(times)):
        with vault.exclusive(new_attempt(60.0)) as lease:
            number = int(token_of(lease.read()) or "")
            lease.write(record_of(str(number + 1)))
    say("done")


def hold(state: str) -> None:
    """Hold the lock until killed."""
    vault = vault_at(Path(state), named_backend(sys.platform))
    vault.open()
    with vault.exclusive(new_attempt()):
        say("held")
        signal.pause()


def fill_the_disk(state: str, mounted: str) -> None:
    """Seal; try to write on a full disk and on a read-only one, or ("limit") beyond what a file may hold."""
    backend = KeysInMemory()
    vault = vault_at(Path(state), backend)
    vault.seal(record_of("former"))
    if mounted == "tmpfs":
        ballast = Path(state) / "ballast"
        try:
            with ballast.open("wb", buffering=0) as file:
                while file.write(b"x" * 512):
                    pass
        except OSError:
            say(["full", *tries(vault)])
        ballast.unlink()
        # Not every system lets an ordinary user do this.
        if os.system(f"mount -o remount,ro {state}") == 0:  # noqa: S605  a mount of this test's own
            say(["read-only", *tries(vault)])
        os.system(f"mount -o remount,rw {state}")  # noqa: S605  likewise
    else:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))
        say(["limit", *tries(vault)])
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    vault.seal(record_of("new"))
    say([token_of(vault_at(Path(state), backend).open()), names_in(folder_at(Path(state)).path)])


def tries(vault: TokenVault) -> list[object]:
    """How a seal and a renewal fail, and what can be opened afterwards."""
    told: list[object] = []
    try:
        vault.seal(record_of("new"))
    except AuthError as error:
        told.append([error.code.value, error.detail])
    try:
        with vault.exclusive(new_attempt()) as lease:
            lease.write(record_of("renewed"))
    except AuthError as error:
        told.append([error.code.value, error.detail])
    return [*told, token_of(vault.open())]


def be_killed(state: str, times: str, seed: str) -> None:
    """Fork writers, kill each in the middle of its work, and look each time at what it has left.

    This process does the imports once; a child begins to write at once. Says what was found wrong, and
    how many children were killed while they were at it.
    """
    chance = random.Random(seed)  # noqa: S311  which moment, no secret
    backend = named_backend(sys.platform)
    vault = vault_at(Path(state), backend)
    vault.seal(record_of("0"))
    wrong: list[str] = []
    at_it = 0
    for turn in range(int(times)):
        seals = turn % 4 == 0
        child = os.fork()
        if child == 0:
            write_until_killed(vault_at(Path(state), backend), seals=seals)
        # A seal takes some 100 ms, a renewal some 10: any moment of either is as likely as another.
        time.sleep(chance.uniform(0.0, 0.12 if seals else 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        at_it += bool(_leftovers(state))
        token, findings = next_start(state, backend)
        wrong += findings if token else [*findings, "no session"]
    say([wrong, at_it])


def write_until_killed(vault: SealedVault, *, seals: bool) -> NoReturn:
    """Seal or renew again and again; leaves by a kill alone."""
    try:
        vault.open()
        while True:
            if seals:
                vault.seal(record_of())
            else:
                with vault.exclusive(new_attempt()) as lease:
                    lease.write(record_of())
    except BaseException as error:  # noqa: BLE001  a fork must not go on as its parent
        say([f"{type(error).__name__} {error}"])
    os._exit(1)


CALLS = ("open", "fchmod", "write", "fsync", "close", "unlink", "lstat", "fstat", "listdir", "read")
KEYRING_CALLS = ("get_password", "set_password", "delete_password")


def be_killed_at_each_call(state: str, work: str) -> None:
    """Kill a writer before and after each of its calls to the system and to the keyring, one by one.

    ``work`` is "first" (a seal where nothing is kept), "seal" or "renew".
    """
    backend = named_backend(sys.platform)
    wrong: list[str] = []
    found: list[str | None] = []
    for after in (False, True):
        for point in count():
            vault = vault_at(Path(state), backend)
            vault.seal(record_of("former"))
            if work == "first":
                vault.clear()
            child = os.fork()
            if child == 0:
                write_once(state, backend, point, renews=work == "renew", after=after)
            _, status = os.waitpid(child, 0)
            if not os.WIFSIGNALED(status):
                break
            token, findings = next_start(state, backend)
            found.append(token)
            wrong += findings
    say([wrong, len(found), sorted({str(token) for token in found})])


def write_once(state: str, backend: KeyringBackend, point: int, *, renews: bool, after: bool) -> NoReturn:
    """Seal or renew once, dying at call number ``point``."""
    left = point

    def counted(call: Callable[..., object], *given: object, **named: object) -> object:
        nonlocal left
        left -= 1
        if left == -1 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = call(*given, **named)
        if left == -1:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    try:
        file = VaultFile(
            folder_at(Path(state)),
            random_bytes=os.urandom,
            replace=cast("Callable[[Path, Path], None]", partial(counted, os.replace)),
        )
        vault = vault_at(Path(state), backend, file=file)
        vault.open()
        for place, names in ((os, CALLS), (backend, KEYRING_CALLS), (fcntl, ("flock",))):
            for name in names:
                setattr(place, name, partial(counted, getattr(place, name)))
        if renews:
            with vault.exclusive(new_attempt()) as lease:
                lease.write(record_of("new"))
        else:
            vault.seal(record_of("new"))
    except BaseException as error:  # noqa: BLE001  a fork must not go on as its parent
        say([f"{type(error).__name__} {error}"])
    os._exit(0)


def next_start(state: str, backend: KeyringBackend) -> tuple[str | None, list[str]]:
    """What the next start opens, and what it finds wrong: nothing, whatever happened to the last."""
    try:
        token = token_of(vault_at(Path(state), backend).open())
    except AuthError as error:
        return None, [f"{error.code.value} {error.detail}"]
    return token, _leftovers(state)


def _leftovers(state: str) -> list[str]:
    folder = folder_at(Path(state))
    return sorted(set(names_in(folder.path)) - {folder.vault.name, folder.lock.name})


TASKS: dict[str, Callable[..., None]] = {
    task.__name__: task for task in (count_up, hold, fill_the_disk, be_killed, be_killed_at_each_call)
}

if __name__ == "__main__":
    TASKS[sys.argv[1]](*sys.argv[2:])
