"""The administrator's policy of this machine, which stands over every other setting."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Never, Protocol

from ingenes_desktop.adapters.settings_sources import read_bytes, read_text, unreadable

LINUX_POLICY = Path("etc/ingenes-desktop/policy.json")
MACOS_POLICY = Path("Library/Application Support/ingenes-desktop/policy.json")
MACOS_MANAGED_PREFERENCES = Path("Library/Managed Preferences/mx.ingenes.desktop.plist")
"""Written by the system from a configuration profile: https://support.apple.com/guide/deployment/welcome/web"""
_ROOT = 0
_ENVELOPE = "Payload"
"""How the keys of a profile's own begin; macOS may leave some of them in the preferences."""


class PolicySource(Protocol):
    """Where an administrator's settings come from."""

    @property
    def name(self) -> str:
        """What an error sentence calls the source."""
        ...

    def read(self) -> Mapping[str, object] | None:
        """The policy, unchecked; None where there is none.

        Raises AuthError: a policy that is there and cannot be read, or that others than the
        administrator may write, is never taken for none.
        """
        ...


class JsonPolicyFile:
    """A policy in one JSON file. ``owner``: see read_bytes()."""

    def __init__(self, path: Path, *, owner: int | None = None) -> None:
        self.path = path
        self.name = path.name
        self._owner = owner

    def read(self) -> Mapping[str, object] | None:
        """See PolicySource. Names that stand twice and numbers that JSON does not have are refused."""
        text = read_text(self.path, owner=self._owner)
        if text is None:
            return None
        import json  # noqa: PLC0415  1.5 ms that a machine without a policy need not pay

        try:
            document = json.loads(text, object_pairs_hook=_without_duplicates, parse_constant=_refuse)
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise unreadable(self.name)
        return document


class ManagedPreferences:
    """A policy in the property list that macOS keeps for a configuration profile. ``owner``: as above."""

    def __init__(self, path: Path, *, owner: int | None = None) -> None:
        self.path = path
        self.name = path.name
        self._owner = owner

    def read(self) -> Mapping[str, object] | None:
        """See PolicySource. Names that stand twice are refused."""
        content = read_bytes(self.path, owner=self._owner)
        if content is None:
            return None
        import plistlib  # noqa: PLC0415  20 ms, for a managed Mac alone

        try:
            document = plistlib.loads(content, dict_type=_Once)
        except Exception:  # noqa: BLE001  beside ValueError: expat's errors, and what a broken list makes it trip over
            document = None
        if not isinstance(document, dict):
            raise unreadable(self.name)
        return {name: value for name, value in document.items() if not str(name).startswith(_ENVELOPE)}


class NoPolicy:
    """A platform on which no policy is read."""

    name = "policy"

    def read(self) -> None:
        """Nothing, on every machine."""


def platform_policy(platform: str, *, root: Path = Path("/"), owner: int = _ROOT) -> PolicySource:
    """The policy source of ``sys.platform``. ``root`` and ``owner`` are the system's own outside of tests."""
    if platform == "win32":
        from ingenes_desktop.adapters.policy_registry import RegistryPolicy  # noqa: PLC0415  for Windows alone

        return RegistryPolicy()
    if platform == "darwin":
        managed = root / MACOS_MANAGED_PREFERENCES
        if _is_there(managed):
            return ManagedPreferences(managed, owner=owner)
        return JsonPolicyFile(root / MACOS_POLICY, owner=owner)
    return JsonPolicyFile(root / LINUX_POLICY, owner=owner) if platform.startswith("linux") else NoPolicy()


def policy_path(source: PolicySource) -> Path | None:
    """The file behind a source; None where it is none."""
    return source.path if isinstance(source, JsonPolicyFile | ManagedPreferences) else None


def _is_there(path: Path) -> bool:
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    except OSError:
        pass  # a folder that may not be entered: reading will say so
    return True


class _Once(dict[str, object]):
    """A dictionary in which nothing is said twice."""

    def __setitem__(self, key: str, value: object) -> None:
        if key in self:
            raise ValueError
        super().__setitem__(key, value)


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError
    return document


def _refuse(_constant: str) -> Never:
    raise ValueError
