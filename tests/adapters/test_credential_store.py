"""The remembered username, over a real Secret Service and keyring's own code for Windows.

Rows 46 and 47 of the table of faults: a keyring that is absent, null, evil, locked or refuses.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import secretstorage
from jeepney import MatchRule, Properties, message_bus

from ingenes_desktop.adapters.credential_store import ACCOUNT, SERVICE, make_username_store
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from tests.secret_service import SecretService, needs_secret_service

REPOSITORY = Path(__file__).resolve().parents[2]
NAME = "maria.lópez@clinica.example"
ACTIONS = ("load", "save", "erase")


def act(action: str) -> None:
    """Call the store of this platform."""
    store = make_username_store(sys.platform)
    if action == "save":
        store.save(NAME)
    elif action == "erase":
        store.erase()
    else:
        store.load()


def refused(action: str) -> AuthError:
    """The error of an action that must fail; it keeps nothing of the error behind it."""
    with pytest.raises(AuthError) as caught:
        act(action)
    assert caught.value.code is ErrorCode.KEYRING_UNAVAILABLE
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None
    return caught.value


def run_child(code: str, environment: dict[str, str], *path: Path) -> str:
    """Run Python on ``code``, with ``path`` and the repository importable; its output."""
    search = os.pathsep.join([*map(str, path), str(REPOSITORY)])
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"PYTHONPATH": search, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@needs_secret_service
def test_round_trip(service: SecretService) -> None:
    store = make_username_store(sys.platform)
    assert store.load() == ""
    store.save(NAME)
    assert make_username_store(sys.platform).load() == NAME
    store.save("otra@clinica.example")
    assert store.load() == "otra@clinica.example"
    assert list(service.items().values()) == [b"otra@clinica.example"]
    store.erase()
    assert store.load() == ""
    assert service.items() == {}


@needs_secret_service
def test_nothing_to_erase_is_success(service: SecretService) -> None:
    make_username_store(sys.platform).erase()
    assert service.items() == {}


@needs_secret_service
@pytest.mark.parametrize("username", ["", "x" * 321, "two\nlines@clinica.example"])
def test_what_is_no_username_erases(service: SecretService, username: str) -> None:
    store = make_username_store(sys.platform)
    store.save(NAME)
    store.save(username)
    assert service.items() == {}


@needs_secret_service
def test_only_a_change_is_written(service: SecretService) -> None:
    store = make_username_store(sys.platform)
    store.save(NAME)
    rule = MatchRule(type="signal", interface="org.freedesktop.Secret.Collection")
    service.connection.send_and_get_reply(message_bus.AddMatch(rule))
    collection = secretstorage.get_default_collection(service.connection)

    def writes() -> int:
        """Signals of changes so far: a question to the service comes back behind them."""
        service.connection.send_and_get_reply(Properties(collection._collection).get("Label"))
        return len(signals)

    with service.connection.filter(rule, bufsize=100) as signals:
        store.save(NAME)
        assert writes() == 0
        store.save("otra@clinica.example")
        assert writes() > 0


@needs_secret_service
@pytest.mark.parametrize("content", [b"x" * 321, b"a\nb@clinica.example", "a\u202eb@c.example".encode(), b""])
def test_a_strange_item_is_no_username(service: SecretService, content: bytes) -> None:
    put_item(service, content)
    assert make_username_store(sys.platform).load() == ""


@needs_secret_service
def test_an_item_that_is_no_text(service: SecretService) -> None:
    put_item(service, b"\xff\xfe\xff")
    refused("load")


def put_item(service: SecretService, content: bytes) -> None:
    """Store ``content`` as keyring would."""
    attributes = {"service": SERVICE, "username": ACCOUNT, "application": "Python keyring library"}
    collection = secretstorage.get_default_collection(service.connection)
    collection.create_item("made by a test", attributes, content)


@needs_secret_service
def test_reading_asks_nobody_to_make_a_keyring(service: SecretService) -> None:
    """An account without a keyring has nothing remembered; the question for one's password is for saving."""
    secretstorage.get_default_collection(service.connection).delete()
    store = make_username_store(sys.platform)
    assert store.load() == ""
    store.erase()
    with pytest.raises(secretstorage.ItemNotFoundException):
        secretstorage.Collection(service.connection)


@needs_secret_service
@pytest.mark.parametrize("action", ACTIONS)
def test_a_locked_keyring(service: SecretService, action: str) -> None:
    act("save")
    service.lock()
    refused(action)


@needs_secret_service
@pytest.mark.usefixtures("bare_bus")
@pytest.mark.parametrize("action", ACTIONS)
def test_no_secret_service(action: str) -> None:
    refused(action)


@needs_secret_service
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("address", ["unix:path=/nowhere/at/all", "nonsense", None])
def test_no_bus(action: str, address: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    if address is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    refused(action)


def test_the_keychain_class_is_named_on_macos() -> None:
    if sys.platform == "darwin":
        pytest.skip("this test looks at how a missing Keychain is reported")
    with pytest.raises(AuthError):
        make_username_store("darwin").load()
    assert "keyring.backends.macOS" in sys.modules


EVIL = """
import pathlib
pathlib.Path({marker!r}).touch()
from keyring.backend import KeyringBackend
class Keyring(KeyringBackend):
    priority = 99
    def get_password(self, service, username): return "evil"
    def set_password(self, service, username, password): pass
"""
ROUND_TRIP = """
import sys
from ingenes_desktop.adapters.credential_store import make_username_store
store = make_username_store(sys.platform)
store.save("ana@clinica.example")
print(store.load(), "evil" in sys.modules)
"""
KEYRINGS_OWN_CHOICE = "import keyring, sys; print(type(keyring.get_keyring()).__module__)"


@needs_secret_service
@pytest.mark.parametrize(
    ("hostile", "chosen"),
    [
        ({}, "evil"),
        ({"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}, "keyring.backends.null"),
        ({"PYTHON_KEYRING_BACKEND": "no.such.Keyring"}, None),
    ],
)
def test_an_evil_configuration_changes_nothing(
    service: SecretService, hostile: dict[str, str], chosen: str | None
) -> None:
    folder = service.home / "evil"
    folder.mkdir()
    marker = folder / "loaded"
    (folder / "evil.py").write_text(EVIL.format(marker=str(marker)), encoding="utf-8")
    configuration = service.home / "config" / "python_keyring" / "keyringrc.cfg"
    configuration.parent.mkdir()
    configuration.write_text(f"[backend]\ndefault-keyring=evil.Keyring\nkeyring-path={folder}\n", "utf-8")
    environment = service.environment | hostile
    environment |= {
        "KEYRING_PROPERTY_PREFERRED_COLLECTION": "/evil",
        "KEYRING_PROPERTY_SCHEME": "KeePassXC",
        "KEYRING_PROPERTY_APPID": "evil",
    }
    assert run_child(ROUND_TRIP, environment) == "ana@clinica.example False"
    assert not marker.exists()
    # Where it belongs, under the attributes of keyring's default scheme.
    assert list(service.items().values()) == [b"ana@clinica.example"]
    assert make_username_store(sys.platform).load() == "ana@clinica.example"
    if chosen is not None:
        # What the configuration does to whoever leaves the choice to keyring.
        assert run_child(KEYRINGS_OWN_CHOICE, environment) == chosen


def test_keyring_is_imported_by_a_call_alone(tmp_path: Path) -> None:
    code = """
import sys
from ingenes_desktop.adapters.credential_store import make_username_store
from ingenes_desktop.domain.errors import AuthError
store = make_username_store("linux")
before = "keyring" in sys.modules
try:
    store.load()
except AuthError:
    pass
print(before, "keyring" in sys.modules)
"""
    environment = {"HOME": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/at/all"}
    assert run_child(code, environment) == "False True"


# The library that keyring's code for Windows drives: Credential Manager, as far as keyring uses it.
PYWINTYPES = """
class error(Exception):
    def __init__(self, winerror, funcname):
        super().__init__(winerror, funcname, "a text with the value in it")
        self.winerror, self.funcname = winerror, funcname
"""
WIN32CRED = """
import os
from win32ctypes.pywin32 import pywintypes
CRED_TYPE_GENERIC, CRED_PERSIST_SESSION, CRED_PERSIST_LOCAL_MACHINE, CRED_PERSIST_ENTERPRISE = 1, 1, 2, 3
items = {}
def CredRead(Type, TargetName):
    if TargetName not in items:
        raise pywintypes.error(1168, "CredRead")
    return dict(items[TargetName])
def CredWrite(credential, flags):
    if "full" in os.environ.get("FAULT", ""):
        raise pywintypes.error(1783, "CredWrite")
    blob = credential["CredentialBlob"].encode("utf-16-le")
    items[credential["TargetName"]] = credential | {"CredentialBlob": blob}
def CredDelete(Type, TargetName):
    if "undeletable" not in os.environ.get("FAULT", ""):
        del items[TargetName]
"""
WINDOWS = """
import json
from ingenes_desktop.adapters.credential_store import make_username_store
from ingenes_desktop.domain.errors import AuthError
from win32ctypes.pywin32 import win32cred
store = make_username_store("win32")
seen = []
def look(answer=None):
    seen.append([answer, {name: [item["CredentialBlob"].decode("utf-16-le"), item["Persist"]]
                          for name, item in win32cred.items.items()}])
for word in STEPS:
    try:
        look(store.load() if word == "load" else store.erase() if word == "erase" else store.save(word))
    except AuthError as error:
        look([error.code.value, error.__context__ is None])
print(json.dumps(seen))
"""


def on_windows(tmp_path: Path, *steps: str, fault: str = "", before: str = "") -> list[list[object]]:
    """What each step of a store over Credential Manager answered, and what was stored behind it."""
    library = tmp_path / "win32ctypes" / "pywin32"
    library.mkdir(parents=True)
    (tmp_path / "win32ctypes" / "__init__.py").touch()
    (library / "__init__.py").touch()
    (library / "pywintypes.py").write_text(PYWINTYPES, encoding="utf-8")
    (library / "win32cred.py").write_text(WIN32CRED, encoding="utf-8")
    code = WINDOWS.replace("STEPS", repr(steps)).replace("seen = []", f"seen = []\n{before}")
    seen: list[list[object]] = json.loads(run_child(code, {"HOME": str(tmp_path), "FAULT": fault}, tmp_path))
    return seen


def test_windows_keeps_one_item_on_this_machine(tmp_path: Path) -> None:
    seen = on_windows(tmp_path, "load", "a@c.example", "b@c.example", "load", "erase", "erase", "load")
    local_machine = 2
    assert seen == [
        ["", {}],
        [None, {SERVICE: ["a@c.example", local_machine]}],
        [None, {SERVICE: ["b@c.example", local_machine]}],
        ["b@c.example", {SERVICE: ["b@c.example", local_machine]}],
        [None, {}],
        [None, {}],
        ["", {}],
    ]


def test_windows_erases_a_copy_that_keyring_made(tmp_path: Path) -> None:
    keyrings_own = """
from keyring.backends.Windows import WinVaultKeyring
for name in ("a@c.example", "b@c.example"):
    WinVaultKeyring().set_password("ingenes-desktop/remembered-username", "username", name)
seen.append(sorted(win32cred.items))
"""
    copies = [SERVICE, f"username@{SERVICE}"]
    assert on_windows(tmp_path, "erase", before=keyrings_own) == [copies, [None, {}]]


@pytest.mark.parametrize(
    ("fault", "steps", "last"),
    [
        ("full", ("a@c.example",), ["keyring_unavailable", True]),
        ("undeletable", ("a@c.example", "erase"), ["keyring_unavailable", True]),
    ],
)
def test_windows_refuses(fault: str, steps: tuple[str, ...], last: list[object], tmp_path: Path) -> None:
    assert on_windows(tmp_path, *steps, fault=fault)[-1][0] == last
