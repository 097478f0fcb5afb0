"""The vault over a real Secret Service, and over keyring's own code for Windows."""

import json
import os
from pathlib import Path

import pytest

from ingenes_desktop.adapters.keyring_backend import named_backend
from ingenes_desktop.adapters.token_vault import make_token_vault, vault_exists
from ingenes_desktop.adapters.vault_format import is_key
from ingenes_desktop.adapters.vault_key import ACCOUNT, key_service
from ingenes_desktop.application.ports import TokenVault
from ingenes_desktop.domain.errors import ErrorCode
from tests.adapters.test_credential_store import PYWINTYPES, WIN32CRED, run_child
from tests.adapters.vaults import (
    OTHER_CLIENT,
    SETTINGS,
    TOKEN,
    USERNAME,
    folder_at,
    names_in,
    new_attempt,
    record_of,
    refused,
    token_of,
)
from tests.secret_service import SecretService, needs_secret_service


def real_vault() -> TokenVault:
    return make_token_vault(SETTINGS, "linux")


@needs_secret_service
def test_round_trip(service: SecretService) -> None:
    state = service.home / "state"
    assert not vault_exists(SETTINGS, os.environ, "linux")
    real_vault().seal(record_of())
    assert vault_exists(SETTINGS, os.environ, "linux")
    (key,) = service.items().values()
    assert is_key(key.decode())
    vault = real_vault()
    assert token_of(vault.open()) == TOKEN
    with vault.exclusive(new_attempt()) as lease:
        lease.write(record_of("renewed"))
    assert token_of(real_vault().open()) == "renewed"
    real_vault().seal(record_of("another"))
    (other_key,) = service.items().values()
    assert other_key != key
    assert is_key(other_key.decode())
    real_vault().clear()
    assert service.items() == {}
    assert not vault_exists(SETTINGS, os.environ, "linux")
    assert names_in(folder_at(state).path) == [folder_at(state).lock.name]


@needs_secret_service
def test_nothing_of_it_is_anywhere_in_the_clear(service: SecretService) -> None:
    real_vault().seal(record_of())
    (key,) = service.items().values()
    kept = [path for path in service.home.rglob("*") if path.is_file()]
    assert folder_at(service.home / "state").vault in kept
    for path in kept:
        content = path.read_bytes()
        for canary in (TOKEN[:24], USERNAME, key.decode()):
            assert canary.encode() not in content, path
    for handle in Path("/proc/self/fd").iterdir():
        assert "session-" not in os.path.realpath(handle), "a file was left open"


@needs_secret_service
def test_each_client_has_an_item_of_its_own(service: SecretService) -> None:
    other = make_token_vault(OTHER_CLIENT, "linux")
    real_vault().seal(record_of("one"))
    other.seal(record_of("other"))
    assert len(service.items()) == 2
    real_vault().clear()
    assert len(service.items()) == 1
    assert token_of(other.open()) == "other"


@needs_secret_service
def test_an_item_that_is_no_text(service: SecretService) -> None:
    real_vault().seal(record_of())
    named_backend("linux").delete_password(key_service(SETTINGS), ACCOUNT)
    put_bytes(service, b"\xff\xfe\xff")
    refused(ErrorCode.SESSION_NOT_RESTORED, "NO_KEY", real_vault().open)
    assert service.items() == {}


def put_bytes(service: SecretService, content: bytes) -> None:
    import secretstorage  # noqa: PLC0415  where there is a Secret Service

    attributes = {"service": key_service(SETTINGS), "username": ACCOUNT}
    collection = secretstorage.get_default_collection(service.connection)
    collection.create_item("made by a test", attributes, content)


# The three calls that name Windows' account, as far as they are used, over real memory.
WINDLL = """
import ctypes
SID_IN_MEMORY = 4711
class Call:
    def __init__(self, body):
        self.body = body
    def __call__(self, *given):
        return self.body(*given)
def open_token(process, access, token):
    assert (process, access) == (-1, 8)
    token._obj.value = 77
    return 1
def get_information(token, kind, memory, size, needed):
    assert (token.value, kind, size >= 76) == (77, 1, True)
    memory._obj[0] = SID_IN_MEMORY
    return 0 if SID is None else 1
def convert(sid, text):
    assert sid == SID_IN_MEMORY
    taken.append(ctypes.create_unicode_buffer(SID))
    text._obj.value = ctypes.addressof(taken[-1])
    return 1
taken, given_back = [], []
class Library:
    def __init__(self, name, use_last_error):
        self.GetCurrentProcess = Call(lambda: -1)
        self.CloseHandle = Call(lambda token: given_back.append(token.value))
        self.LocalFree = Call(lambda text: given_back.append(text.value))
        self.OpenProcessToken = Call(open_token)
        self.GetTokenInformation = Call(get_information)
        self.ConvertSidToStringSidW = Call(convert)
ctypes.WinDLL = Library
"""
WINDOWS = """
import json, os
from tests.adapters.vaults import SETTINGS, record_of, token_of, new_attempt
from ingenes_desktop.adapters.token_vault import make_token_vault
from ingenes_desktop.domain.errors import AuthError
from win32ctypes.pywin32 import win32cred
vault = make_token_vault(SETTINGS, "win32", environment={"LOCALAPPDATA": os.environ["HOME"]})
seen = []
def look(answer=None):
    seen.append([answer, {name: [len(item["CredentialBlob"]), item["Persist"]]
                          for name, item in win32cred.items.items()}])
for word in STEPS:
    try:
        if word == "open":
            look(token_of(vault.open()))
        elif word == "clear":
            look(vault.clear())
        else:
            look(vault.seal(record_of(word)))
    except AuthError as error:
        look([error.code.value, error.detail, error.__context__ is None])
assert len(given_back) == given_back.count(77) + len(taken) and given_back
print(json.dumps(seen))
"""
SID = "S-1-5-21-1111111111-2222222222-3333333333-1001"


def on_windows(home: Path, *steps: str, fault: str = "", sid: object = SID) -> list[list[object]]:
    """What each step of a vault over Credential Manager answered, and what was stored behind it."""
    library = home / "library" / "win32ctypes" / "pywin32"
    library.mkdir(parents=True)
    (library.parent / "__init__.py").touch()
    (library / "__init__.py").touch()
    (library / "pywintypes.py").write_text(PYWINTYPES, encoding="utf-8")
    (library / "win32cred.py").write_text(WIN32CRED, encoding="utf-8")
    code = f"SID = {sid!r}\n{WINDLL}" + WINDOWS.replace("STEPS", repr(steps))
    output = run_child(code, {"HOME": str(home), "FAULT": fault}, home / "library")
    seen: list[list[object]] = json.loads(output)
    return seen


def test_windows_keeps_one_item_on_this_machine(tmp_path: Path) -> None:
    local_machine = 2
    item = {key_service(SETTINGS): [44 * 2, local_machine]}
    assert on_windows(tmp_path, "open", "one", "open", "two", "open", "clear", "open") == [
        [None, {}],
        [None, item],
        ["one", item],
        [None, item],
        ["two", item],
        [None, {}],
        [None, {}],
    ]
    assert (tmp_path / "ingenes-desktop").is_dir()


@pytest.mark.parametrize(
    ("fault", "sid", "steps", "last"),
    [
        ("full", SID, ("one",), ["session_not_kept", "KEYRING", True]),
        ("undeletable", SID, ("one", "clear"), ["keyring_unavailable", "KEY_LEFT", True]),
        ("", "", ("one",), ["session_not_kept", "NO_ACCOUNT", True]),
        ("", None, ("one",), ["session_not_kept", "NO_ACCOUNT", True]),
        ("", "S-1-5\n", ("one",), ["session_not_kept", "NO_ACCOUNT", True]),
    ],
)
def test_windows_refuses(
    fault: str, sid: object, steps: tuple[str, ...], last: list[object], tmp_path: Path
) -> None:
    assert on_windows(tmp_path, *steps, fault=fault, sid=sid)[-1][0] == last


def test_a_platform_without_its_calls_has_no_account(tmp_path: Path) -> None:
    """Windows' own functions, looked for where they are not."""
    code = """
from ingenes_desktop.adapters.os_account import account_id
from ingenes_desktop.domain.errors import AuthError
try:
    print(account_id("win32"))
except AuthError as error:
    print(error.code.value, error.detail, error.__context__)
"""
    if os.name == "nt":
        pytest.skip("there they are")
    assert run_child(code, {"HOME": str(tmp_path)}) == "session_not_kept NO_ACCOUNT None"
