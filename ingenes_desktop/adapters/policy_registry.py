"""The administrator's policy on Windows, as Group Policy (ADMX) and Intune write it to the registry."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from ingenes_desktop.adapters.setting_table import SETTINGS
from ingenes_desktop.adapters.settings_sources import invalid, unreadable

POLICY_KEY = r"Software\Policies\Ingenes\Desktop"
_MOST_ENTRIES = 1000


class RegistryPolicy:
    r"""HKEY_LOCAL_MACHINE\Software\Policies\Ingenes\Desktop, in the 64-bit view.

    Values are named as the settings; tables are subkeys. REG_SZ is a text, or a number with a fraction;
    REG_DWORD a whole number, or true and false (1, 0); REG_MULTI_SZ a list. HKEY_CURRENT_USER is not
    read: a user could write there.
    https://learn.microsoft.com/en-us/windows/win32/winprog64/accessing-an-alternate-registry-view

    ``registry`` keeps the interface of the standard library's winreg, which it is if none is given.
    """

    name = "registry"

    def __init__(self, registry: Any = None) -> None:
        self._registry = registry

    def read(self) -> Mapping[str, object] | None:
        """See PolicySource. Raises AuthError SETTING_INVALID for a value of another type."""
        try:
            registry = self._registry or import_module("winreg")
            access = registry.KEY_READ | registry.KEY_WOW64_64KEY
            key = registry.OpenKey(registry.HKEY_LOCAL_MACHINE, POLICY_KEY, 0, access)
        except FileNotFoundError:
            return None
        except (OSError, ImportError):
            pass
        else:
            document = self._document(registry, key, access)
            if document is not None:
                return document
        raise unreadable(self.name)

    def _document(self, registry: Any, key: Any, access: int) -> dict[str, object] | None:
        """Everything below ``key``, which is closed; None where something could not be read."""
        try:
            with key:
                document = self._table(registry, key, "")
                for index in range(registry.QueryInfoKey(key)[0]):
                    name = registry.EnumKey(key, index)
                    with registry.OpenKey(key, name, 0, access) as subkey:
                        self._add(document, name.lower(), self._table(registry, subkey, name.lower()))
        except OSError:
            return None
        return document

    def _table(self, registry: Any, key: Any, table: str) -> dict[str, object]:
        subkeys, count, _changed = registry.QueryInfoKey(key)
        if count > _MOST_ENTRIES or (table and subkeys):
            raise invalid(table or "policy", self.name)
        document: dict[str, object] = {}
        for index in range(count):
            value_name, value, kind = registry.EnumValue(key, index)
            # The registry knows no capitals in a name; the ids of companies are no names of ours.
            name = value_name if table == "company_names" else value_name.lower()
            label = f"{table}.{name}" if table else name
            self._add(document, name, self._value(registry, label, value, kind))
        return document

    def _value(self, registry: Any, name: str, value: Any, kind: int) -> object:
        """The value as a file would have it."""
        match kind:
            case registry.REG_SZ if isinstance(value, str):
                return _first_fitting(name, [value, *_numbers(value)])
            case registry.REG_DWORD if isinstance(value, int):
                return _first_fitting(name, [value, *([bool(value)] if value in {0, 1} else [])])
            case registry.REG_MULTI_SZ if isinstance(value, list):
                texts: list[object] = [text for text in value if text]
                numbers: list[object] = [each for text in texts for each in _numbers(str(text))]
                return _first_fitting(name, [texts, *([numbers] if len(numbers) == len(texts) else [])])
            case _:
                raise invalid(name, self.name)

    def _add(self, document: dict[str, object], name: str, value: object) -> None:
        if name in document:
            raise invalid(name, self.name)  # a value and a subkey
        document[name] = value


def _numbers(text: str) -> Iterator[int | float]:
    """The number that ``text`` writes out in digits, if it does."""
    whole, point, fraction = text.strip().partition(".")
    digits = whole + fraction
    if digits.isascii() and digits.isdigit() and len(digits) <= 9:  # noqa: PLR2004  no setting is longer
        yield float(text) if point else int(text)


def _first_fitting(name: str, candidates: list[object]) -> object:
    """What the setting takes; else the first, which is refused under its name where settings are checked."""
    for candidate in candidates if name in SETTINGS else ():
        try:
            SETTINGS[name].check(candidate)
        except ValueError:
            continue
        return candidate
    return candidates[0]
