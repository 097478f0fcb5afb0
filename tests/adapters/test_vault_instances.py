"""Two instances and one vault: real processes, a real keyring, real locks, real kills."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from ingenes_desktop.adapters.token_vault import make_token_vault
from ingenes_desktop.adapters.vault_lock import VaultLock
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from tests.adapters.vaults import (
    SETTINGS,
    KeysInMemory,
    folder_at,
    new_attempt,
    record_of,
    refused,
    token_of,
    vault_at,
)
from tests.secret_service import SecretService, needs_secret_service

REPOSITORY = Path(__file__).resolve().parents[2]


@contextmanager
def instance(service: SecretService, *task: str) -> Iterator["subprocess.Popen[str]"]:
    """A child process at a task of vault_child.py; killed at the end."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.adapters.vault_child", *task],
        cwd=REPOSITORY,
        env=service.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def heard(child: "subprocess.Popen[str]") -> object:
    """The next thing that the child says."""
    assert child.stdout is not None
    return json.loads(child.stdout.readline())


@needs_secret_service
def test_a_hundred_renewals_each(service: SecretService) -> None:
    """No renewal reads what the other is just replacing: none is lost."""
    make_token_vault(SETTINGS, "linux").seal(record_of("0"))
    state = str(service.home / "state")
    with (
        instance(service, "count_up", state, "100") as one,
        instance(service, "count_up", state, "100") as other,
    ):
        for child in (one, other):
            assert heard(child) == "ready"
        for child in (one, other):
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        assert heard(one) == "done"
        assert heard(other) == "done"
    assert token_of(make_token_vault(SETTINGS, "linux").open()) == "200"
    assert folder_at(service.home / "state").lock.stat().st_size == 0


@needs_secret_service
def test_a_killed_holder_holds_nothing(service: SecretService) -> None:
    vault = make_token_vault(SETTINGS, "linux")
    vault.seal(record_of())
    with instance(service, "hold", str(service.home / "state")) as child:
        assert heard(child) == "held"
        with pytest.raises(AuthError) as caught, vault.exclusive(new_attempt(0.2)):
            pass
        assert caught.value.code is ErrorCode.NOT_RESPONDING
        # What only reads is not held up.
        assert vault.open() is not None
        child.kill()
        child.wait()
        with vault.exclusive(new_attempt(1.0)) as lease:
            assert lease.read() is not None
            lease.write(record_of("renewed"))


def test_a_cancel_ends_the_wait(tmp_path: Path) -> None:
    keys = KeysInMemory()
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of())
    attempt = new_attempt(30.0)
    waiting = Event()
    caught: list[AuthError] = []

    def wait() -> None:
        waiting.set()
        try:
            with vault.exclusive(attempt):
                pass
        except AuthError as error:
            caught.append(error)

    with VaultLock(folder_at(tmp_path).lock).within(1):
        thread = Thread(target=wait)
        thread.start()
        assert waiting.wait(5)
        started = time.monotonic()
        attempt.cancel()
        thread.join()
        assert time.monotonic() - started < 1.0
    assert [error.code for error in caught] == [ErrorCode.CANCELLED]
    assert caught[0].__context__ is None


def test_an_attempt_that_is_over_takes_no_lock(tmp_path: Path) -> None:
    vault = vault_at(tmp_path, KeysInMemory())
    vault.seal(record_of())
    attempt = Attempt(clock=time.monotonic, step_seconds=5, total_seconds=5)
    attempt.cancel()
    with pytest.raises(AuthError) as caught, vault.exclusive(attempt):
        pass
    assert caught.value.code is ErrorCode.CANCELLED


def test_an_error_inside_gives_the_lock_back(tmp_path: Path) -> None:
    vault = vault_at(tmp_path, KeysInMemory())
    vault.seal(record_of())
    with pytest.raises(ZeroDivisionError), vault.exclusive(new_attempt()):
        raise ZeroDivisionError
    with vault.exclusive(new_attempt(0.5)) as lease:
        assert lease.read() is not None


@pytest.mark.skipif(os.name != "posix", reason="links and folders of POSIX")
@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("/dev/null")])
def test_a_lock_that_is_none(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """Where nothing can be locked nothing is kept, and what was kept can still be forgotten."""
    keys = KeysInMemory()
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of())
    lock = folder_at(tmp_path).lock
    lock.unlink()
    make(lock)
    refused(ErrorCode.SESSION_NOT_KEPT, "NO_LOCK", lambda: vault.seal(record_of("new")))
    with pytest.raises(AuthError) as caught, vault.exclusive(new_attempt()):
        pass
    assert caught.value.code is ErrorCode.SESSION_NOT_KEPT
    assert vault.open() is not None
    vault.clear()
    assert vault.open() is None
    assert keys.items == {}
