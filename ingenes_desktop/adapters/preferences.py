"""The file of what the window remembers: read before the first paint, written behind it.

A convenience and nothing more: whatever is wrong with the file is as if it were not there, and a write that
fails is left at that.
"""

import os
from contextlib import suppress
from pathlib import Path
from re import ASCII, fullmatch
from typing import TypeVar

from ingenes_desktop.adapters.plain_toml import plain_text_of, plain_values
from ingenes_desktop.adapters.setting_values import member
from ingenes_desktop.adapters.settings_sources import read_text
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.machine import Appearance, Language
from ingenes_desktop.domain.preferences import Area, Preferences, WindowPlace

LARGEST_CHARACTERS = 2000
_HEAD = "# What the window remembers on this computer. What shall hold is said in settings.toml.\n"
_SMALLEST, _LARGEST = 100, 20_000
_FARTHEST = 100_000
_MAXIMISED = {"plain": False, "maximised": True}
_PLACE = r"(-?\d{1,6}) (-?\d{1,6}) (\d{1,5}) (\d{1,5}) (\d{1,3}) (plain|maximised) (\d{1,5}) (\d{1,5})"
"""x, y, width, height, the title bar's height, maximised or not, the screen's width and height."""
_RANDOM_BYTES = 8
_TEMPORARY = r"\.preferences\.[0-9a-f]{16}\.tmp"

Choice = TypeVar("Choice", Language, Appearance)


def read_preferences(path: Path) -> Preferences:
    """What the file says, as far as it is right. Never raises."""
    try:
        text = read_text(path) or ""
    except AuthError:
        return Preferences()
    values = plain_values(text) if len(text) <= LARGEST_CHARACTERS else None
    values = values or {}
    return Preferences(
        _choice(Language, values.get("language")),
        _choice(Appearance, values.get("appearance")),
        _place(values.get("window", "")),
    )


def write_preferences(path: Path, preferences: Preferences) -> None:
    """Put them in the place of the file, whole or not at all. Raises OSError. Never on the UI thread."""
    values: dict[str, str] = {}
    if preferences.language is not None:
        values["language"] = preferences.language.value
    if preferences.appearance is not None:
        values["appearance"] = preferences.appearance.value
    if (place := preferences.place) is not None:
        state = "maximised" if place.maximised else "plain"
        inside = place.inside
        values["window"] = (
            f"{inside.x} {inside.y} {inside.width} {inside.height} {place.frame} {state} "
            f"{place.screen_width} {place.screen_height}"
        )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(path.parent)
    temporary = path.parent / f".preferences.{os.urandom(_RANDOM_BYTES).hex()}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
            file.write((_HEAD + plain_text_of(values)).encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _sweep(folder: Path) -> None:
    """Remove what killed writers left. (Another writer's that is at it: then that write is lost, no more.)"""
    for name in os.listdir(folder):  # noqa: PTH208  names are all that is wanted
        if fullmatch(_TEMPORARY, name):
            with suppress(OSError):
                (folder / name).unlink()


def _choice(kind: type[Choice], text: str | None) -> Choice | None:
    if text is not None:
        with suppress(ValueError):
            found = member(kind)(text)
            return found if isinstance(found, kind) else None
    return None


def _place(text: str) -> WindowPlace | None:
    found = fullmatch(_PLACE, text, ASCII)
    if found is None:
        return None
    x, y, width, height, frame, state, screen_width, screen_height = found.groups()
    far = max(abs(int(x)), abs(int(y))) > _FARTHEST
    sizes = [int(size) for size in (width, height, screen_width, screen_height)]
    if far or not all(_SMALLEST <= size <= _LARGEST for size in sizes):
        return None
    inside = Area(int(x), int(y), int(width), int(height))
    return WindowPlace(inside, int(frame), _MAXIMISED[state], int(screen_width), int(screen_height))
