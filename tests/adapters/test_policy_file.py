"""The policy as a file: whose it must be, where it is on each system, and macOS's managed preferences."""

import os
import plistlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingenes_desktop.adapters.policy_file import (
    JsonPolicyFile,
    ManagedPreferences,
    NoPolicy,
    platform_policy,
    policy_path,
)
from ingenes_desktop.adapters.settings import load_default_settings, load_settings
from ingenes_desktop.adapters.settings_sources import LARGEST_FILE_BYTES
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.settings import Settings

pytestmark = pytest.mark.skipif(os.name != "posix", reason="owners and modes of POSIX")
ME = os.geteuid() if os.name == "posix" else 0
KIOSK = '{"machine": "kiosk"}'
PLACES = {
    "linux": "etc/ingenes-desktop/policy.json",
    "darwin": "Library/Application Support/ingenes-desktop/policy.json",
}
MANAGED = "Library/Managed Preferences/mx.ingenes.desktop.plist"


def lay(root: Path, place: str, content: str | bytes) -> Path:
    """A file as an installer leaves it."""
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o755)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    path.chmod(0o644)
    return path


def load(root: Path, platform: str, owner: int = ME) -> Settings:
    return load_settings(
        {},
        user_file=root / "none",
        policy=platform_policy(platform, root=root, owner=owner),
        frozen=False,
        defaults=resource_path("defaults.toml"),
    )


def refusal(root: Path, platform: str, owner: int = ME) -> tuple[ErrorCode, str]:
    """The error, which nothing foreign hangs on."""
    with pytest.raises(AuthError) as caught:
        load(root, platform, owner)
    assert caught.value.__context__ is None
    return caught.value.code, caught.value.detail


@pytest.mark.parametrize("platform", PLACES)
def test_where_the_policy_is(platform: str, tmp_path: Path) -> None:
    assert load(tmp_path, platform).machine is MachineKind.PERSONAL
    lay(tmp_path, PLACES[platform], KIOSK)
    assert load(tmp_path, platform).machine is MachineKind.KIOSK
    assert platform_policy(platform).name == "policy.json"
    assert policy_path(platform_policy(platform)) == Path("/", PLACES[platform])


@pytest.mark.parametrize("platform", PLACES)
def test_the_administrator_is_root(platform: str, tmp_path: Path) -> None:
    lay(tmp_path, PLACES[platform], KIOSK)
    source = platform_policy(platform, root=tmp_path)
    if ME == 0:
        assert source.read() == {"machine": "kiosk"}
    else:
        with pytest.raises(AuthError):
            source.read()


@pytest.mark.parametrize("platform", PLACES)
@pytest.mark.parametrize("fault", ["owner", "group", "others", "folder group", "folder others"])
def test_a_policy_that_others_may_write_is_not_the_administrators(
    platform: str, fault: str, tmp_path: Path
) -> None:
    path = lay(tmp_path, PLACES[platform], '{"machine": "personal"}')
    mode = 0o775 if "group" in fault else 0o757 if "others" in fault else 0o755
    (path.parent if "folder" in fault else path).chmod(mode)
    owner = ME + 1 if fault == "owner" else ME
    assert refusal(tmp_path, platform, owner) == (ErrorCode.SETTINGS_UNREADABLE, "policy.json")


@pytest.mark.skipif(ME != 0, reason="only root gives files away")
@pytest.mark.parametrize("what", ["file", "folder", "target of a link"])
def test_somebody_elses(what: str, tmp_path: Path) -> None:
    path = lay(tmp_path, PLACES["linux"], KIOSK)
    if what == "target of a link":
        theirs = lay(tmp_path, "home/policy.json", KIOSK)
        path.unlink()
        path.symlink_to(theirs)
        assert load(tmp_path, "linux").machine is MachineKind.KIOSK
        path = theirs
    os.chown(path.parent if what == "folder" else path, 12345, 12345)
    assert refusal(tmp_path, "linux") == (ErrorCode.SETTINGS_UNREADABLE, "policy.json")


@pytest.mark.parametrize("platform", PLACES)
def test_a_folder_that_leads_nowhere_is_not_no_policy(platform: str, tmp_path: Path) -> None:
    """A share that is not mounted today."""
    folder = (tmp_path / PLACES[platform]).parent
    folder.parent.mkdir(parents=True)
    folder.symlink_to(tmp_path / "share")
    assert refusal(tmp_path, platform) == (ErrorCode.SETTINGS_UNREADABLE, "policy.json")
    (tmp_path / "share").mkdir()
    assert load(tmp_path, platform).machine is MachineKind.PERSONAL


def test_a_file_for_which_no_owner_is_asked(tmp_path: Path) -> None:
    path = lay(tmp_path, "policy.json", KIOSK)
    path.chmod(0o666)
    assert JsonPolicyFile(path).read() == {"machine": "kiosk"}


@pytest.mark.parametrize(
    ("policy", "kind"),
    [
        ('{"clinic": 3}', MachineKind.PERSONAL),
        ('{"no_such_setting": 3}', MachineKind.PERSONAL),
        ('{"machine": "shared", "session": {"idle": "long"}}', MachineKind.SHARED),
        ('{"machine": "kiosk", "clinic": 3}', MachineKind.KIOSK),
        ('{"machine": "kiosc"}', MachineKind.KIOSK),
        ('{"machine": 3}', MachineKind.KIOSK),
        ("{", MachineKind.KIOSK),
    ],
)
def test_the_window_that_tells_of_a_wrong_policy(policy: str, kind: MachineKind, tmp_path: Path) -> None:
    source = JsonPolicyFile(lay(tmp_path, "policy.json", policy))
    assert load_default_settings({}, policy=source).machine is kind


def test_another_platform_has_no_policy() -> None:
    source = platform_policy("aix")
    assert isinstance(source, NoPolicy)
    assert load_default_settings({}, policy=source).machine is MachineKind.PERSONAL
    assert policy_path(source) is None


def preferences(values: dict[str, Any], *, binary: bool = True) -> bytes:
    return plistlib.dumps(values, fmt=plistlib.FMT_BINARY if binary else plistlib.FMT_XML)


@pytest.mark.parametrize("binary", [True, False])
def test_managed_preferences(tmp_path: Path, *, binary: bool) -> None:
    values = {
        "machine": "shared",
        "session": {"idle": 240, "longest": 7200.5},
        "filemaker": {"host_suffixes": ["fm.example"], "ports": [443], "on_premises": True},
        "company_names": {"2": "Norte"},
        "PayloadUUID": "00000000-0000-4000-8000-000000000000",
    }
    lay(tmp_path, MANAGED, preferences(values, binary=binary))
    settings = load(tmp_path, "darwin")
    assert settings.machine is MachineKind.SHARED
    assert (settings.session.idle, settings.session.countdown, settings.session.longest) == (240, 30, 7200.5)
    assert settings.filemaker.on_premises
    assert settings.company_names == {"2": "Norte"}
    assert settings.sources["machine"] == "mx.ingenes.desktop.plist"


def test_managed_preferences_stand_instead_of_the_file(tmp_path: Path) -> None:
    lay(tmp_path, PLACES["darwin"], KIOSK)
    managed = lay(tmp_path, MANAGED, preferences({"machine": "shared"}))
    assert load(tmp_path, "darwin").machine is MachineKind.SHARED
    source = platform_policy("darwin", root=tmp_path)
    assert isinstance(source, ManagedPreferences)
    assert policy_path(source) == managed
    managed.write_bytes(b"")
    assert refusal(tmp_path, "darwin") == (ErrorCode.SETTINGS_UNREADABLE, "mx.ingenes.desktop.plist")
    managed.unlink()
    managed.symlink_to(tmp_path / "nowhere")
    assert refusal(tmp_path, "darwin") == (ErrorCode.SETTINGS_UNREADABLE, "mx.ingenes.desktop.plist")
    managed.unlink()
    managed.parent.rmdir()
    managed.parent.touch()
    assert refusal(tmp_path, "darwin") == (ErrorCode.SETTINGS_UNREADABLE, "mx.ingenes.desktop.plist")


BOMB = b"""<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<plist version="1.0"><dict><key>clinic</key><string>&b;</string></dict></plist>"""
TWICE = (
    b"<plist version='1.0'><dict><key>machine</key><string>kiosk</string>"
    b"<key>machine</key><string>personal</string></dict></plist>"
)
LISTS = {
    "empty": b"",
    "text": b"kiosk",
    "array": plistlib.dumps(["kiosk"]),
    "string": plistlib.dumps("kiosk"),
    "half": preferences({"machine": "kiosk"})[:-10],
    "half xml": preferences({"machine": "kiosk"}, binary=False)[:-20],
    "offsets": b"bplist00" + b"\xff" * 40,
    "entities": BOMB,
    "twice": TWICE,
    "twice inside": TWICE.replace(b"<dict>", b"<dict><key>limits</key><dict>").replace(
        b"</dict>", b"</dict></dict>"
    ),
    "no key": b"<plist version='1.0'><dict><string>x</string></dict></plist>",
    "no list": b"<plist version='1.0'></plist>",
    "deep": b"<plist version='1.0'>" + b"<array>" * 8000,
    "large": preferences({"clinic": "x" * LARGEST_FILE_BYTES}),
}


@pytest.mark.parametrize("content", LISTS.values(), ids=LISTS)
def test_managed_preferences_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    lay(tmp_path, MANAGED, content)
    assert refusal(tmp_path, "darwin") == (ErrorCode.SETTINGS_UNREADABLE, "mx.ingenes.desktop.plist")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"machine": b"kiosk"}, "machine"),
        ({"session": {"idle": 9}}, "session.idle"),
        ({"session": {"idle": plistlib.UID(90)}}, "session.idle"),
        ({"regoin": "x"}, "regoin"),
        ({"session": 900}, "session"),
    ],
)
def test_managed_preferences_that_are_wrong(tmp_path: Path, values: dict[str, Any], name: str) -> None:
    lay(tmp_path, MANAGED, preferences(values))
    detail = f"{name} (mx.ingenes.desktop.plist)"
    assert refusal(tmp_path, "darwin") == (ErrorCode.SETTING_INVALID, detail)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_machine_without_a_policy_pays_for_none(platform: str, tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from ingenes_desktop.adapters.policy_file import platform_policy
source = platform_policy({platform!r}, root=Path({str(tmp_path)!r}))
if {platform!r} != "win32":
    assert source.read() is None
print(sorted(set(sys.modules) & {{"plistlib", "json", "xml.parsers.expat", "ctypes", "winreg"}}))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout == "[]\n"
