"""The vault as a whole, over real files and locks; its keys in memory, where they can be made to fail."""

import logging
import os
from pathlib import Path
from threading import Event, Thread

import pytest

from ingenes_desktop.adapters.vault_file import VaultFile
from ingenes_desktop.adapters.vault_format import MAGIC, NONCE_BYTES
from ingenes_desktop.adapters.vault_lock import VaultLock
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import LOGGER_NAME
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import replace
from tests.adapters.vaults import (
    OTHER_CLIENT,
    SETTINGS,
    SIGNED_IN_AT,
    KeysInMemory,
    folder_at,
    names_in,
    new_attempt,
    record_of,
    refused,
    token_of,
    vault_at,
)

NEWER = MAGIC + b"\x02\x00" + bytes(NONCE_BYTES) + b"of a later version" * 9


@pytest.fixture
def keys() -> KeysInMemory:
    return KeysInMemory()


def nothing_is_left(state: Path, keys: KeysInMemory) -> bool:
    """Neither key nor file; the lock is an empty file."""
    lock = folder_at(state).lock
    return not keys.items and names_in(lock.parent) == [lock.name] and lock.stat().st_size == 0


def test_a_session_is_kept_and_forgotten(tmp_path: Path, keys: KeysInMemory) -> None:
    first = vault_at(tmp_path, keys)
    assert first.open() is None
    first.seal(record_of())
    found, given = vault_at(tmp_path, keys).open(), record_of()
    assert found is not None
    assert token_of(found) == token_of(given)
    nobody = Secret("")
    assert replace(found, refresh_token=nobody) == replace(given, refresh_token=nobody)
    first.clear()
    assert first.open() is None
    assert nothing_is_left(tmp_path, keys)
    first.clear()


def test_each_seal_has_a_key_of_its_own_and_each_write_a_nonce(tmp_path: Path, keys: KeysInMemory) -> None:
    vault = vault_at(tmp_path, keys)
    file = folder_at(tmp_path).vault
    nonces = set()
    vault.seal(record_of())
    nonces.add(file.read_bytes()[6:18])
    (first_key,) = keys.items.values()
    for _ in range(3):
        with vault.exclusive(new_attempt()) as lease:
            lease.write(record_of())
        nonces.add(file.read_bytes()[6:18])
    assert list(keys.items.values()) == [first_key]
    vault.seal(record_of())
    (second_key,) = keys.items.values()
    nonces.add(file.read_bytes()[6:18])
    assert first_key != second_key
    assert len(second_key) == 44, "the former key is gone"
    assert len(nonces) == 5


def test_a_renewal_asks_no_keyring(tmp_path: Path, keys: KeysInMemory) -> None:
    vault_at(tmp_path, keys).seal(record_of("first"))
    vault = vault_at(tmp_path, keys)
    vault.open()
    keys.calls.clear()
    with vault.exclusive(new_attempt()) as lease:
        assert token_of(lease.read()) == "first"
        lease.write(record_of("second"))
        assert token_of(lease.read()) == "second"
    assert keys.calls == []
    assert token_of(vault_at(tmp_path, keys).open()) == "second"


def test_every_bit_of_a_whole_vault(
    tmp_path: Path, keys: KeysInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each flip is one ordinary sign-in, and after it nothing is left to be told again."""
    monkeypatch.setattr(os, "fsync", lambda _handle: None)  # thousands of files, none of which matters
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of("a-short-token"))
    file = folder_at(tmp_path).vault
    good, key = file.read_bytes(), dict(keys.items)
    for place in range(len(good) * 8):
        changed = bytearray(good)
        changed[place // 8] ^= 1 << place % 8
        file.write_bytes(changed)
        keys.items = dict(key)
        refused(ErrorCode.SESSION_NOT_RESTORED, "NOT_OPENED", vault.open)
        assert nothing_is_left(tmp_path, keys), place
        assert vault.open() is None


def test_every_truncation_of_a_whole_vault(
    tmp_path: Path, keys: KeysInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _handle: None)
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of())
    file = folder_at(tmp_path).vault
    good, key = file.read_bytes(), dict(keys.items)
    for length in range(len(good)):
        file.write_bytes(good[:length])
        keys.items = dict(key)
        refused(ErrorCode.SESSION_NOT_RESTORED, "NOT_OPENED", vault.open)
        assert nothing_is_left(tmp_path, keys), length


@pytest.mark.parametrize("other", ["pool", "machine", "account"])
def test_somebody_elses_vault(tmp_path: Path, keys: KeysInMemory, other: str) -> None:
    """A file that was carried here from another account, another kind of machine or another pool."""
    settings = {
        "pool": replace(SETTINGS, user_pool_id="eu-west-3_MadeUp002"),
        "machine": replace(SETTINGS, machine=MachineKind.SHARED),
        "account": SETTINGS,
    }[other]
    account = (lambda: "uid:4711") if other == "account" else None
    vault_at(tmp_path / "theirs", keys, settings, account=account).seal(record_of())
    ours = folder_at(tmp_path / "ours")
    ours.path.mkdir(parents=True, mode=0o700)
    folder_at(tmp_path / "theirs", settings).vault.rename(ours.vault)
    # Even their key would not open it here.
    keys.items = {(f"ingenes-desktop/session-key/{SETTINGS.user_pool_id}/{SETTINGS.client_id}", "key"): key
                  for key in keys.items.values()}  # fmt: skip
    refused(ErrorCode.SESSION_NOT_RESTORED, "NOT_OPENED", vault_at(tmp_path / "ours", keys).open)
    assert keys.items == {}
    assert not ours.vault.exists()


def test_two_clients_do_not_meet(tmp_path: Path, keys: KeysInMemory) -> None:
    one, other = vault_at(tmp_path, keys), vault_at(tmp_path, keys, OTHER_CLIENT)
    one.seal(record_of("one"))
    other.seal(record_of("other"))
    one.clear()
    assert one.open() is None
    assert token_of(other.open()) == "other"


def test_a_newer_vault_is_left_alone(tmp_path: Path, keys: KeysInMemory) -> None:
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of())
    before = dict(keys.items)
    folder_at(tmp_path).vault.write_bytes(NEWER)
    refused(ErrorCode.SESSION_NOT_RESTORED, "NEWER", vault.open)
    refused(ErrorCode.SESSION_NOT_KEPT, "NEWER", lambda: vault.seal(record_of()))
    vault.clear()
    assert folder_at(tmp_path).vault.read_bytes() == NEWER
    assert keys.items == before
    with vault_at(tmp_path, keys).exclusive(new_attempt()) as lease:
        assert lease.read() is None
        refused(ErrorCode.SESSION_NOT_KEPT, "GONE", lambda: lease.write(record_of()))
    assert folder_at(tmp_path).vault.read_bytes() == NEWER


def test_a_key_that_is_none(tmp_path: Path, keys: KeysInMemory) -> None:
    vault = vault_at(tmp_path, keys)
    for text in ("", "short", "a b", "é" * 44):
        vault.seal(record_of())
        keys.items = dict.fromkeys(keys.items, text)
        refused(ErrorCode.SESSION_NOT_RESTORED, "NO_KEY", vault.open)
        assert nothing_is_left(tmp_path, keys)


def test_without_a_key(tmp_path: Path, keys: KeysInMemory) -> None:
    vault_at(tmp_path, keys).seal(record_of())
    keys.items.clear()
    refused(ErrorCode.SESSION_NOT_RESTORED, "NO_KEY", vault_at(tmp_path, keys).open)
    assert vault_at(tmp_path, keys).open() is None


def fail(_operation: str) -> None:
    raise RuntimeError("a text with the value in it")


def test_without_a_keyring_nothing_changes(tmp_path: Path, keys: KeysInMemory) -> None:
    """A keyring that cannot be had today may be there tomorrow."""
    vault_at(tmp_path, keys).seal(record_of())
    keys.fault = fail
    vault = vault_at(tmp_path, keys)
    refused(ErrorCode.KEYRING_UNAVAILABLE, "", vault.open)
    refused(ErrorCode.SESSION_NOT_KEPT, "KEYRING", lambda: vault.seal(record_of("another")))
    keys.fault = lambda _operation: None
    assert token_of(vault.open()) == token_of(record_of())


def test_clearing_without_a_keyring_takes_the_file(tmp_path: Path, keys: KeysInMemory) -> None:
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of())
    keys.fault = fail
    refused(ErrorCode.KEYRING_UNAVAILABLE, "KEY_LEFT", vault.clear)
    assert not folder_at(tmp_path).vault.exists()
    keys.fault = lambda _operation: None
    assert vault.open() is None


def test_who_never_kept_anything_is_not_asked_for_the_keyring(tmp_path: Path, keys: KeysInMemory) -> None:
    keys.fault = fail
    vault_at(tmp_path, keys).clear()
    assert keys.calls == []


def test_the_key_goes_first(tmp_path: Path, keys: KeysInMemory) -> None:
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of())
    there: list[bool] = []
    keys.calls.clear()
    keys.fault = lambda _operation: there.append(folder_at(tmp_path).vault.exists())
    vault.clear()
    assert keys.calls[0] == "delete"
    assert there[0], "the file was gone before the key"


def test_a_prompt_does_not_hold_up_the_clearing(tmp_path: Path, keys: KeysInMemory) -> None:
    """The keyring asks the person: the file goes all the same, the key when the person has answered."""
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of())
    answered = Event()
    keys.calls.clear()

    def prompt(operation: str) -> None:
        if operation == "delete":
            assert answered.wait(10)

    keys.fault = prompt
    # Whoever signs in next waits for that deletion: the new key is not taken away by it.
    next_one = Thread(target=lambda: vault.seal(record_of("next")))
    try:
        refused(ErrorCode.KEYRING_UNAVAILABLE, "KEY_LEFT", vault.clear)
        assert not folder_at(tmp_path).vault.exists()
        next_one.start()
        next_one.join(0.2)
        assert next_one.is_alive()
        assert keys.calls == ["delete"]
    finally:
        answered.set()
    next_one.join()
    assert token_of(vault.open()) == "next"


def test_a_prompt_holds_up_no_other_instance(tmp_path: Path, keys: KeysInMemory) -> None:
    running = vault_at(tmp_path, keys)
    running.seal(record_of())
    answered, asked = Event(), Event()
    prompting = KeysInMemory()
    prompting.items = keys.items

    def prompt(_operation: str) -> None:
        asked.set()
        assert answered.wait(10)

    prompting.fault = prompt
    other = vault_at(tmp_path, prompting)
    threads = [Thread(target=other.open), Thread(target=lambda: other.seal(record_of("new")))]
    for thread in threads:
        thread.start()
    try:
        assert asked.wait(10)
        with running.exclusive(new_attempt(1.0)) as lease:
            lease.write(record_of("renewed"))
    finally:
        answered.set()
        for thread in threads:
            thread.join()
    assert token_of(running.open()) == "new"


def test_macos_is_asked_once(tmp_path: Path, keys: KeysInMemory) -> None:
    """Where the Keychain does not know the program's signature, each question is a prompt."""
    keys.fault = fail
    vault = vault_at(tmp_path, keys, platform="darwin")
    for _ in range(3):
        refused(ErrorCode.SESSION_NOT_KEPT, "KEYRING", lambda: vault.seal(record_of()))
    vault_at(tmp_path, KeysInMemory()).seal(record_of())
    refused(ErrorCode.KEYRING_UNAVAILABLE, "REFUSED_BEFORE", vault.open)
    refused(ErrorCode.KEYRING_UNAVAILABLE, "KEY_LEFT", vault.clear)
    assert keys.calls == ["get"]
    assert not folder_at(tmp_path).vault.exists()


@pytest.mark.parametrize("operation", ["get", "set"])
def test_a_keyring_that_fails_in_the_middle(tmp_path: Path, keys: KeysInMemory, operation: str) -> None:
    """Whichever call fails: afterwards there is the former session or the new one."""
    for failing in range(1, 5):
        vault_at(tmp_path, keys).seal(record_of("former"))
        calls: list[str] = []

        def fault(called: str, failing: int = failing, calls: list[str] = calls) -> None:
            calls.append(called)
            if called == operation and calls.count(called) == failing:
                raise RuntimeError

        keys.fault = fault
        expected = "new"
        try:
            vault_at(tmp_path, keys).seal(record_of("new"))
        except AuthError as error:
            expected = "former" if error.code is ErrorCode.SESSION_NOT_KEPT else error.code.value
        keys.fault = lambda _operation: None
        assert token_of(vault_at(tmp_path, keys).open()) == expected


def test_a_keyring_that_loses_what_it_should_replace(tmp_path: Path, keys: KeysInMemory) -> None:
    """As Windows' and macOS' do, where writing fails after the former item was deleted."""
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of("former"))

    def lose(operation: str) -> None:
        if operation == "set":
            keys.items.clear()
            keys.fault = lambda _operation: None
            raise RuntimeError

    keys.fault = lose
    refused(ErrorCode.SESSION_NOT_KEPT, "KEYRING", lambda: vault.seal(record_of("new")))
    assert token_of(vault_at(tmp_path, keys).open()) == "former"


@pytest.mark.parametrize("former", [True, False])
def test_a_failed_write_leaves_the_former_session(
    tmp_path: Path, keys: KeysInMemory, *, former: bool
) -> None:
    def full(source: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device", str(source))

    if former:
        vault_at(tmp_path, keys).seal(record_of("former"))
    before = dict(keys.items)
    file = VaultFile(folder_at(tmp_path), random_bytes=os.urandom, replace=full)
    refused(
        ErrorCode.SESSION_NOT_KEPT, "DISK", lambda: vault_at(tmp_path, keys, file=file).seal(record_of("new"))
    )
    assert keys.items == before
    vault = vault_at(tmp_path, keys, file=file)
    assert token_of(vault.open()) == ("former" if former else None)
    if former:
        with vault.exclusive(new_attempt()) as lease:
            refused(ErrorCode.SESSION_NOT_KEPT, "DISK", lambda: lease.write(record_of("new")))
            assert token_of(lease.read()) == "former"


def test_a_record_that_cannot_be_kept(tmp_path: Path, keys: KeysInMemory) -> None:
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of("former"))
    broken = record_of("two\nlines")
    refused(ErrorCode.SESSION_NOT_KEPT, "NOT_SEALED", lambda: vault.seal(broken))
    with vault.exclusive(new_attempt()) as lease:
        refused(ErrorCode.SESSION_NOT_KEPT, "NOT_SEALED", lambda: lease.write(broken))
    assert token_of(vault.open()) == "former"


def test_another_instance_signed_in_meanwhile(tmp_path: Path, keys: KeysInMemory) -> None:
    """Its session is not ours: it is neither read nor written over."""
    ours, theirs = vault_at(tmp_path, keys), vault_at(tmp_path, keys)
    ours.seal(record_of("ours"))
    theirs.seal(record_of("theirs", signed_in_at=SIGNED_IN_AT + 60))
    with ours.exclusive(new_attempt()) as lease:
        assert lease.read() is None
        refused(ErrorCode.SESSION_NOT_KEPT, "GONE", lambda: lease.write(record_of("ours again")))
    assert token_of(theirs.open()) == "theirs"


def test_another_instance_signed_out_meanwhile(tmp_path: Path, keys: KeysInMemory) -> None:
    ours, theirs = vault_at(tmp_path, keys), vault_at(tmp_path, keys)
    ours.seal(record_of("ours"))
    theirs.clear()
    with ours.exclusive(new_attempt()) as lease:
        assert lease.read() is None
        refused(ErrorCode.SESSION_NOT_KEPT, "GONE", lambda: lease.write(record_of("ours again")))
    assert nothing_is_left(tmp_path, keys)


def test_a_renewal_does_not_bring_a_cleared_session_back(tmp_path: Path, keys: KeysInMemory) -> None:
    """One instance is in the middle of a renewal, has read, and writes after the other signed out."""
    renewing, leaving = vault_at(tmp_path, keys), vault_at(tmp_path, keys)
    renewing.seal(record_of())
    file = folder_at(tmp_path).vault
    content = file.read_bytes()
    with renewing.exclusive(new_attempt()):
        thread = Thread(target=leaving.clear)
        thread.start()
        while file.exists():
            assert thread.is_alive()
        # As a write would that was past its look when the file went.
        file.write_bytes(content)
        assert thread.is_alive(), "the other instance waits for the lock"
    thread.join()
    assert nothing_is_left(tmp_path, keys)


def test_clearing_leaves_what_another_instance_sealed_since(tmp_path: Path, keys: KeysInMemory) -> None:
    sealing, leaving = vault_at(tmp_path, keys), vault_at(tmp_path, keys)
    sealing.seal(record_of("former"))
    with VaultLock(folder_at(tmp_path).lock).within(1):
        thread = Thread(target=leaving.clear)
        thread.start()
        while folder_at(tmp_path).vault.exists():
            assert thread.is_alive()
        # Another folder entry of the same place, with a lock that nobody else holds.
        vault_at(tmp_path / "beside", keys).seal(record_of("new"))
        folder_at(tmp_path / "beside").vault.rename(folder_at(tmp_path).vault)
    thread.join()
    assert token_of(sealing.open()) == "new"


def test_a_seal_seen_halfway_is_looked_at_again(tmp_path: Path, keys: KeysInMemory) -> None:
    """The file was read before another instance's seal, the key after it: that is no broken vault."""
    vault_at(tmp_path, keys).seal(record_of("former"))
    sealing = KeysInMemory()
    sealing.items = keys.items
    other = vault_at(tmp_path, sealing)

    def fault(_operation: str) -> None:
        keys.fault = lambda _operation: None
        other.seal(record_of("new"))

    keys.fault = fault
    assert token_of(vault_at(tmp_path, keys).open()) == "new"


def test_without_an_account_nothing_can_be_kept(tmp_path: Path, keys: KeysInMemory) -> None:
    def nobody() -> str:
        raise AuthError(ErrorCode.SESSION_NOT_KEPT, detail="NO_ACCOUNT")

    vault = vault_at(tmp_path, keys, account=nobody)
    refused(ErrorCode.SESSION_NOT_KEPT, "NO_ACCOUNT", lambda: vault.seal(record_of()))
    assert vault.open() is None
    vault_at(tmp_path, keys).seal(record_of())
    refused(ErrorCode.SESSION_NOT_RESTORED, "NO_ACCOUNT", vault.open)
    vault.clear()
    assert nothing_is_left(tmp_path, keys)


def test_a_flipped_version_is_no_newer_one(tmp_path: Path, keys: KeysInMemory) -> None:
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of("former"))
    file = folder_at(tmp_path).vault
    content = bytearray(file.read_bytes())
    content[4] = 3
    file.write_bytes(content)
    vault.seal(record_of("new"))
    assert token_of(vault.open()) == "new"


def test_the_log_says_what_happened_and_no_content(
    tmp_path: Path, keys: KeysInMemory, caplog: pytest.LogCaptureFixture
) -> None:
    vault = vault_at(tmp_path, keys)
    with caplog.at_level(logging.DEBUG):
        vault.seal(record_of())
        (key,) = keys.items.values()
        folder_at(tmp_path).vault.write_bytes(b"nonsense")
        refused(ErrorCode.SESSION_NOT_RESTORED, "NOT_OPENED", vault.open)
    lines = [entry.getMessage() for entry in caplog.records if entry.name == LOGGER_NAME]
    assert lines == ["vault_reset detail=NOT_OPENED"]
    assert key not in caplog.text
    assert "CANARY" not in caplog.text


def test_nothing_shows_itself(tmp_path: Path, keys: KeysInMemory) -> None:
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of())
    (key,) = keys.items.values()
    for thing in (vault, vault._keys, vault._key, vault._file, vars(vault), vars(vault._keys)):
        assert key not in f"{thing!r} {thing}"
