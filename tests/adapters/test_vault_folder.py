"""Where the vault lies, and the one look at it before the first paint."""

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from ingenes_desktop.adapters.token_vault import make_token_vault, vault_exists
from ingenes_desktop.adapters.vault_folder import is_empty, vault_folder
from tests.adapters.vaults import OTHER_CLIENT, SETTINGS, folder_at, names_in

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_folder_is_the_one_of_platformdirs() -> None:
    here = vault_folder(SETTINGS, os.environ, sys.platform)
    assert here.path == platformdirs.user_state_path("ingenes-desktop", appauthor=False)


@pytest.mark.parametrize("state", ["/elsewhere/state", "", "relative", " /blank"])
def test_the_folder_on_linux(state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("XDG folders")
    monkeypatch.setenv("XDG_STATE_HOME", state)
    folder = vault_folder(SETTINGS, os.environ, "linux")
    assert folder.path == platformdirs.user_state_path("ingenes-desktop", appauthor=False)


def test_the_folder_elsewhere() -> None:
    local = {"LOCALAPPDATA": "C:/Users/ana/AppData/Local", "APPDATA": "C:/Users/ana/AppData/Roaming"}
    assert vault_folder(SETTINGS, local, "win32").path == Path("C:/Users/ana/AppData/Local/ingenes-desktop")
    mac = Path.home() / "Library" / "Application Support" / "ingenes-desktop"
    assert vault_folder(SETTINGS, {}, "darwin").path == mac


def test_two_clients_have_two_vaults(tmp_path: Path) -> None:
    one, other = folder_at(tmp_path), folder_at(tmp_path, OTHER_CLIENT)
    assert one.path == other.path
    assert len({one.vault, other.vault, one.lock, other.lock}) == 4


def test_whether_anything_is_there(tmp_path: Path) -> None:
    folder = folder_at(tmp_path)
    assert is_empty(folder)
    folder.path.mkdir(parents=True)
    for name in (folder.lock, folder_at(tmp_path, OTHER_CLIENT).vault, folder.path / "log"):
        name.write_bytes(b"")
    assert is_empty(folder), "neither the lock nor what belongs to others"
    for path in (folder.vault, folder.temporary(b"12345678")):
        path.symlink_to("nowhere")
        assert not is_empty(folder)
        path.unlink()
    assert not is_empty(folder._replace(path=folder.lock)), "what it is, open() finds out"


def test_one_look(tmp_path: Path) -> None:
    environment = {"XDG_STATE_HOME": str(tmp_path)}
    folder = folder_at(tmp_path)
    assert not vault_exists(SETTINGS, environment, "linux")
    folder.vault.mkdir(parents=True)
    assert not vault_exists(SETTINGS, environment, "linux"), "a folder is no vault"
    folder.vault.rmdir()
    folder.vault.symlink_to("nowhere")
    assert vault_exists(SETTINGS, environment, "linux"), "open() takes the link away"
    folder.vault.unlink()
    folder.vault.write_bytes(b"")
    assert vault_exists(SETTINGS, environment, "linux")
    assert not vault_exists(OTHER_CLIENT, environment, "linux")
    assert not vault_exists(SETTINGS, {"XDG_STATE_HOME": "/nul\0here"}, "linux")


def test_the_door_is_light_and_touches_nothing(tmp_path: Path) -> None:
    code = """
import sys
from tests.adapters.vaults import SETTINGS
heavy = {"cryptography", "filelock", "keyring", "tenacity", "ctypes", "json", "hashlib", "platformdirs"}
for name in [name for name in sys.modules if name.split(".")[0] in heavy | {"ingenes_desktop"}]:
    del sys.modules[name]
from ingenes_desktop.adapters.token_vault import make_token_vault, vault_exists
vault_exists(SETTINGS, {"XDG_STATE_HOME": STATE}, "linux")
vault = make_token_vault(SETTINGS, "linux", environment={"XDG_STATE_HOME": STATE})
assert vault.open() is None  # a person who keeps nothing waits for nothing
print(sorted(heavy & set(sys.modules)))
""".replace("STATE", repr(str(tmp_path / "state")))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
    assert names_in(tmp_path) == []


def test_opening_makes_no_folder(tmp_path: Path) -> None:
    vault = make_token_vault(SETTINGS, "linux", environment={"XDG_STATE_HOME": str(tmp_path / "state")})
    assert vault.open() is None
    vault.clear()
    assert names_in(tmp_path) == []
