"""The sources of settings: bounded files and the environment, each brought to flat names."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from re import sub
from stat import S_ISREG, S_IWGRP, S_IWOTH
from typing import NamedTuple

from ingenes_desktop.adapters.plain_toml import toml_values
from ingenes_desktop.adapters.setting_table import SETTINGS, TABLES, variable
from ingenes_desktop.domain.errors import AuthError, ErrorCode

LARGEST_FILE_BYTES = 64 * 1024
ENVIRONMENT = "environment"
_APPLICATION = "ingenes-desktop"
_USER_FILE = "settings.toml"
_UNSAFE_IN_DETAIL = r"[^A-Za-z0-9_.:-]"
_LONGEST_NAME = 60


class Said(NamedTuple):
    """One value as a source gives it, unchecked. ``label`` is the setting's name in that source."""

    name: str
    label: str
    value: object


def user_settings_file(environment: Mapping[str, str], platform: str) -> Path:
    """Where the user's own settings are, whether or not the file exists.

    The folder is the one that ``platformdirs.user_config_path`` names. It is worked out here, since
    importing platformdirs costs 16 ms before the window may paint; a test compares the two.
    """
    if platform == "win32":
        local = environment.get("LOCALAPPDATA", "")
        root = Path(local) if local else home_folder() / "AppData" / "Local"
    elif platform == "darwin":
        root = home_folder() / "Library" / "Application Support"
    else:
        configured = environment.get("XDG_CONFIG_HOME", "").strip()
        root = Path(configured) if configured.startswith("/") else home_folder() / ".config"
    return root / _APPLICATION / _USER_FILE


def state_folder(environment: Mapping[str, str], platform: str) -> Path:
    """Where the program keeps what it must find again, whether or not the folder exists.

    The one that ``platformdirs.user_state_path`` names (on Windows the local one, which does not roam);
    worked out here, likewise.
    """
    if platform in {"win32", "darwin"}:
        return user_settings_file(environment, platform).parent
    configured = environment.get("XDG_STATE_HOME", "")
    root = Path(configured) if configured.startswith("/") else home_folder() / ".local" / "state"
    return root / _APPLICATION


def home_folder() -> Path:
    """The account's home; the root for an account without one, where nothing of ours is."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")


def from_environment(environment: Mapping[str, str]) -> Iterator[Said]:
    """The settings that the environment names."""
    for name, setting in SETTINGS.items():
        label = variable(name)
        if setting.has_variable and label in environment:
            yield Said(name, label, environment[label])


def from_document(document: Mapping[str, object], source: str) -> Iterator[Said]:
    """The settings of a file's tables, by flat names. Raises AuthError SETTING_INVALID.

    An unknown name is an error: a misspelt setting must not pass for one that holds.
    """
    for key, value in document.items():
        if key in TABLES:
            if not isinstance(value, Mapping):
                raise invalid(key, source)
            for inner, entry in value.items():
                yield _known(f"{key}.{inner}", entry, source)
        else:
            yield _known(key, value, source, is_whole_name="." not in key)


def toml_document(path: Path) -> Mapping[str, object]:
    """The user file or the defaults; empty where there is no file. Raises AuthError."""
    text = read_text(path)
    if text is None:
        return {}
    try:
        return toml_values(text)
    except (ValueError, RecursionError):
        pass
    raise unreadable(path.name)


def read_text(path: Path, *, owner: int | None = None) -> str | None:
    """read_bytes(), decoded."""
    content = read_bytes(path, owner=owner)
    if content is None:
        return None
    try:
        # Windows editors begin a UTF-8 file with a byte order mark.
        return content.removeprefix(b"\xef\xbb\xbf").decode()
    except ValueError:
        pass
    raise unreadable(path.name)


def read_bytes(path: Path, *, owner: int | None = None) -> bytes | None:
    """A regular file's content; None where there is none. Raises AuthError SETTINGS_UNREADABLE.

    Never blocks on a pipe or a device, never reads more than 64 kB. A link that leads nowhere, be it the
    file's or its folder's, is not "no file": somebody meant one to be there. ``owner`` is the user id to
    whom the file and its folder must belong, with nobody else allowed to write there; None leaves that
    open.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        folder = path.parent
        if not path.is_symlink() and (folder.exists() or not folder.is_symlink()):
            return None
    except (OSError, ValueError):
        pass
    else:
        content = _content(handle, path.parent, owner)
        if content is not None:
            return content
    raise unreadable(path.name)


def invalid(label: str, source: str) -> AuthError:
    """The error for one value: "NAME (SOURCE)"."""
    return AuthError(ErrorCode.SETTING_INVALID, detail=f"{_safe(label)} ({_safe(source)})")


def unreadable(file_name: str) -> AuthError:
    """The error for a whole file."""
    return AuthError(ErrorCode.SETTINGS_UNREADABLE, detail=_safe(file_name))


def _content(handle: int, folder: Path, owner: int | None) -> bytes | None:
    """What is behind ``handle``, which is closed; None where that is no bounded file of ``owner``."""
    try:
        status = os.fstat(handle)
        if not S_ISREG(status.st_mode):
            return None
        if owner is not None and not all(_is_only(owner, each) for each in (status, folder.stat())):
            return None
        content = b""
        while piece := os.read(handle, LARGEST_FILE_BYTES + 1 - len(content)):
            content += piece
    except OSError:
        return None
    else:
        return None if len(content) > LARGEST_FILE_BYTES else content
    finally:
        os.close(handle)


def _is_only(owner: int, status: os.stat_result) -> bool:
    """Whether this is the owner's, and nobody else may write it."""
    return status.st_uid == owner and not status.st_mode & (S_IWGRP | S_IWOTH)


def _known(name: str, value: object, source: str, *, is_whole_name: bool = True) -> Said:
    if name not in SETTINGS or not is_whole_name:
        raise invalid(name, source)
    return Said(name, name, value)


def _safe(text: str) -> str:
    """A name from outside in the characters that an error's detail may have."""
    return sub(_UNSAFE_IN_DETAIL, "~", text[:_LONGEST_NAME]) or "~"
