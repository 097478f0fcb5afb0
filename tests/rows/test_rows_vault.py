"""Rows 46 to 50 of the fault matrix: the keyring and the file of "Keep me signed in".

Over the vault as the composition root makes it, a real Secret Service, real files and real processes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from ingenes_desktop.adapters.keyring_backend import named_backend
from ingenes_desktop.adapters.token_vault import make_token_vault, vault_exists
from ingenes_desktop.adapters.vault_format import MAGIC
from ingenes_desktop.application.ports import TokenVault
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from tests.adapters.test_credential_store import EVIL, run_child
from tests.adapters.vaults import (
    SETTINGS,
    TOKEN,
    USERNAME,
    KeysInMemory,
    folder_at,
    names_in,
    new_attempt,
    record_of,
    refused,
    token_of,
    vault_at,
)
from tests.rows.cases import assert_tells_nothing
from tests.secret_service import SecretService, needs_secret_service, private_bus, secret_service

REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = needs_secret_service


def real_vault() -> TokenVault:
    return make_token_vault(SETTINGS, "linux")


def not_kept(detail: str) -> AuthError:
    """A seal is refused, with nothing of the session in the error."""
    error = refused(ErrorCode.SESSION_NOT_KEPT, detail, lambda: real_vault().seal(record_of()))
    assert_tells_nothing(error, [TOKEN, TOKEN[:30]])
    return error


def files(home: Path) -> list[str]:
    """Every file of the session's below ``home``."""
    return sorted(path.name for path in home.rglob("session-*"))


def test_row_46_no_keyring(bare_bus: SecretService) -> None:
    not_kept("KEYRING")
    assert files(bare_bus.home) == []
    assert not vault_exists(SETTINGS, os.environ, "linux")
    assert real_vault().open() is None
    real_vault().clear()


@pytest.mark.parametrize(
    "hostile",
    [
        {},
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        {"PYTHON_KEYRING_BACKEND": "evil.Keyring"},
        {"PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring"},
    ],
)
@pytest.mark.parametrize("has_keyring", [True, False])
def test_row_46_another_keyring_has_no_say(
    hostile: dict[str, str], tmp_path: Path, *, has_keyring: bool
) -> None:
    """Null, fail, plain text and an evil keyringrc.cfg: the system's own keyring, or nothing is kept."""
    code = """
from tests.adapters.vaults import SETTINGS, record_of, token_of
from ingenes_desktop.adapters.token_vault import make_token_vault
from ingenes_desktop.domain.errors import AuthError
import sys
try:
    make_token_vault(SETTINGS, "linux").seal(record_of("token"))
    print(token_of(make_token_vault(SETTINGS, "linux").open()), "evil" in sys.modules)
except AuthError as error:
    print(error.code.value, error.detail, "evil" in sys.modules)
"""
    marker = tmp_path / "loaded"
    (tmp_path / "evil.py").write_text(EVIL.format(marker=str(marker)), encoding="utf-8")
    with (secret_service if has_keyring else private_bus)() as service:
        configuration = service.home / "config" / "python_keyring" / "keyringrc.cfg"
        configuration.parent.mkdir()
        configuration.write_text(
            f"[backend]\ndefault-keyring=evil.Keyring\nkeyring-path={tmp_path}\n", "utf-8"
        )
        told = run_child(code, service.environment | hostile)
        assert told == ("token False" if has_keyring else "session_not_kept KEYRING False")
        assert bool(files(service.home)) is has_keyring
    assert not marker.exists()


def test_row_47_a_locked_keyring(service: SecretService) -> None:
    """Nobody answers the prompt: the session stays where it is, for the day when the keyring opens."""
    real_vault().seal(record_of())
    service.lock()
    before = folder_at(service.home / "state").vault.read_bytes()
    error = refused(ErrorCode.KEYRING_UNAVAILABLE, "", real_vault().open)
    assert_tells_nothing(error, [TOKEN])
    not_kept("KEYRING")
    assert folder_at(service.home / "state").vault.read_bytes() == before


def test_row_47_signing_out_with_a_locked_keyring(service: SecretService) -> None:
    vault = real_vault()
    vault.seal(record_of())
    service.lock()
    refused(ErrorCode.KEYRING_UNAVAILABLE, "KEY_LEFT", vault.clear)
    assert not vault_exists(SETTINGS, os.environ, "linux")


@pytest.mark.parametrize("action", ["open", "seal", "clear"])
def test_row_47_a_prompt_that_stands(tmp_path: Path, action: str) -> None:
    """Whoever waits may go: nothing is locked behind them, and a late answer does no harm."""
    keys = KeysInMemory()
    vault_at(tmp_path, keys).seal(record_of("former"))
    asked, answered = Event(), Event()

    def prompt(_operation: str) -> None:
        asked.set()
        assert answered.wait(20)

    prompting = KeysInMemory()
    prompting.items, prompting.fault = keys.items, prompt
    abandoned = vault_at(tmp_path, prompting)
    calls: dict[str, Callable[[], object]] = {
        "open": abandoned.open,
        "seal": lambda: abandoned.seal(record_of("late")),
        "clear": abandoned.clear,
    }
    outcome: list[object] = []

    def run() -> None:
        try:
            calls[action]()
        except AuthError as error:
            outcome.append(error.code)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        assert asked.wait(5)
        started = monotonic()
        vault = vault_at(tmp_path, keys)
        if action == "clear":
            thread.join(5)
            assert outcome == [ErrorCode.KEYRING_UNAVAILABLE]
            assert monotonic() - started < 2.0
            assert vault.open() is None
        else:
            assert token_of(vault.open()) == "former"
            with vault.exclusive(new_attempt(1.0)) as lease:
                assert lease.read() is not None
    finally:
        answered.set()
        thread.join(5)
    assert not thread.is_alive()


@pytest.mark.parametrize(
    ("denial", "detail"),
    [
        (RuntimeError("a text with the value in it"), "KEYRING"),
        (OSError(1783, "The stub received bad data"), "KEYRING"),
        (UnicodeDecodeError("utf-16", b"\x00", 0, 1, "truncated data"), "KEYRING"),
    ],
)
def test_row_47_a_keyring_that_refuses(tmp_path: Path, denial: Exception, detail: str) -> None:
    """pywin32's 1783 is no KeyringError; whatever it is, the former session is whole."""
    keys = KeysInMemory()
    vault = vault_at(tmp_path, keys)
    vault.seal(record_of("former"))

    def refuse(operation: str) -> None:
        if operation == "set":
            raise denial

    keys.fault = refuse
    error = refused(ErrorCode.SESSION_NOT_KEPT, detail, lambda: vault.seal(record_of()))
    assert_tells_nothing(error, [TOKEN, *keys.items.values(), "value in it"])
    keys.fault = lambda _operation: None
    assert token_of(vault.open()) == "former"


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[40] ^= 4
    path.write_bytes(content)


def flipped_version(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(MAGIC)] ^= 4
    path.write_bytes(content)


def linked(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


def huge(path: Path) -> None:
    os.truncate(path, 1 << 30)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def anybodys(path: Path) -> None:
    path.chmod(0o666)


@pytest.mark.parametrize(
    ("spoil", "detail"),
    [
        (empty, "NOT_OPENED"),
        (truncated, "NOT_OPENED"),
        (flipped, "NOT_OPENED"),
        (flipped_version, "NOT_OPENED"),
        (linked, "NOT_A_FILE"),
        (pipe, "NOT_A_FILE"),
        (huge, "TOO_LONG"),
        (anybodys, "OTHER_RIGHTS"),
    ],
)
def test_row_48_what_is_no_vault(service: SecretService, spoil: Callable[[Path], None], detail: str) -> None:
    """One ordinary sign-in; key and file are gone, and the next session is kept as any other."""
    real_vault().seal(record_of())
    folder = folder_at(service.home / "state")
    spoil(folder.vault)
    started = monotonic()
    refused(ErrorCode.SESSION_NOT_RESTORED, detail, real_vault().open)
    assert monotonic() - started < 2.0
    assert service.items() == {}
    assert names_in(folder.path) == [folder.lock.name]
    assert real_vault().open() is None
    elsewhere = folder.path.parent / "elsewhere"
    assert elsewhere.exists() is (spoil is linked), "what a link leads to is not touched"
    real_vault().seal(record_of("next"))
    assert token_of(real_vault().open()) == "next"
    assert folder.vault.is_file()
    assert not folder.vault.is_symlink()


def test_row_48_another_persons(service: SecretService) -> None:
    """A vault with the key beside it, carried over from another account of this computer."""
    state = service.home / "state"
    vault_at(state, named_backend("linux"), account=lambda: "uid:4711").seal(record_of())
    refused(ErrorCode.SESSION_NOT_RESTORED, "NOT_OPENED", real_vault().open)
    assert service.items() == {}


def test_row_48_a_newer_version(service: SecretService) -> None:
    """Told, and left as it is: by a start, by a sign-in and by a sign-out."""
    real_vault().seal(record_of())
    file = folder_at(service.home / "state").vault
    newer = MAGIC + b"\x02\x00" + os.urandom(400)
    file.write_bytes(newer)
    refused(ErrorCode.SESSION_NOT_RESTORED, "NEWER", real_vault().open)
    not_kept("NEWER")
    real_vault().clear()
    assert file.read_bytes() == newer
    assert len(service.items()) == 1


def small_disk(state: Path, kind: str) -> list[str]:
    """The command that fills a small tmpfs (in a mount namespace) or meets a limit at ``state``."""
    task = [sys.executable, "-m", "tests.adapters.vault_child", "fill_the_disk", str(state), kind]
    if kind == "limit":
        return task
    namespace = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
    mount = ["sh", "-c", 'mount -t tmpfs -o size=64k,mode=700 tmpfs "$0" && exec "$@"', str(state)]
    probe = [*namespace, *mount, sys.executable, "-c", ""]
    if subprocess.run(probe, check=False, capture_output=True).returncode != 0:
        pytest.skip("no file system may be mounted here; the limit on a file's size stands for it")
    return [*namespace, *mount, *task]


@pytest.mark.parametrize("kind", ["tmpfs", "limit"])
def test_row_49_a_full_disk_keeps_the_former_session(tmp_path: Path, kind: str) -> None:
    refusals = [["session_not_kept", "DISK"], ["session_not_kept", "DISK"], "former"]
    read_only = [["session_not_kept", "NO_LOCK"], ["session_not_kept", "NO_LOCK"], "former"]
    failures = [["limit", *refusals]] if kind == "limit" else [["full", *refusals], ["read-only", *read_only]]
    done = subprocess.run(
        small_disk(tmp_path, kind), cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=60
    )
    *told, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert told == failures or (os.geteuid() != 0 and told == failures[:1])
    folder = folder_at(tmp_path)
    assert [last[0], sorted(last[1])] == ["new", [folder.lock.name, folder.vault.name]]
    assert TOKEN[:24] not in done.stdout + done.stderr
    assert USERNAME not in done.stdout + done.stderr


def test_row_49_no_folder_can_be_made(service: SecretService) -> None:
    (service.home / "state" / "ingenes-desktop").touch()
    not_kept("DISK")
    assert service.items() == {}
    assert real_vault().open() is None


def killed(service: SecretService, *task: str) -> list[object]:
    """What a task of vault_child.py found after its kills."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.adapters.vault_child", task[0], str(service.home / "state"), *task[1:]],
        cwd=REPOSITORY,
        env=service.environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=110,
    )
    (line,) = done.stdout.splitlines()
    told: list[object] = json.loads(line)
    return told


def test_row_50_five_hundred_kills(service: SecretService) -> None:
    wrong, at_it = killed(service, "be_killed", "500", "a seed of its own")
    assert wrong == []
    assert isinstance(at_it, int)
    assert at_it >= 10, "hardly a kill met a write: the moments are not the right ones"


@pytest.mark.parametrize(
    ("work", "sessions"),
    [("first", ["None", "new"]), ("seal", ["former", "new"]), ("renew", ["former", "new"])],
)
def test_row_50_a_kill_at_each_call(service: SecretService, work: str, sessions: list[str]) -> None:
    """Before and after each call of a write to the system and to the keyring: both sessions are whole."""
    wrong, kills, found = killed(service, "be_killed_at_each_call", work)
    assert wrong == []
    assert found == sessions
    assert isinstance(kills, int)
    assert kills >= 25
