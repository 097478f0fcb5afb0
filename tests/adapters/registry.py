"""A Windows registry in memory, read through the interface of the standard library's winreg.

https://docs.python.org/3/library/winreg.html
"""

from collections.abc import Mapping
from typing import Any, Self

Value = tuple[object, int]
Tree = Mapping[str, Any]
"""A key: a subkey is another Tree, a value is a Value."""


class Registry:
    """The 64-bit view of HKEY_LOCAL_MACHINE, with ``tree`` at ``path``; other views are empty."""

    HKEY_LOCAL_MACHINE = 0x80000002
    KEY_READ = 0x20019
    KEY_WOW64_64KEY = 0x100
    REG_SZ, REG_EXPAND_SZ, REG_BINARY, REG_DWORD, REG_MULTI_SZ, REG_QWORD = 1, 2, 3, 4, 7, 11

    def __init__(self, path: str = "", tree: Tree | None = None) -> None:
        self._path = path.lower()
        self._tree = tree
        self.failures: dict[str, OSError] = {}
        """By function: what it raises instead of an answer."""
        self.open_keys = 0

    def OpenKey(self, key: Any, sub_key: str, reserved: int = 0, access: int = KEY_READ) -> Any:  # noqa: N802
        """A key, which closes itself as a context manager."""
        self._fail("OpenKey" if key == self.HKEY_LOCAL_MACHINE else "OpenKey below")
        assert reserved == 0
        if key == self.HKEY_LOCAL_MACHINE:
            found = self._tree if sub_key.lower() == self._path and access & self.KEY_WOW64_64KEY else None
        else:
            found = {name.lower(): inner for name, inner in key.items()}.get(sub_key.lower())
        if not isinstance(found, Mapping):
            raise FileNotFoundError(2, "The system cannot find the file specified")
        self.open_keys += 1
        return Key(self, found)

    def QueryInfoKey(self, key: "Key") -> tuple[int, int, int]:  # noqa: N802
        """Subkeys, values, and when it was changed."""
        self._fail("QueryInfoKey")
        return len(key.subkeys()), len(key.values()), 133_000_000_000_000_000

    def EnumKey(self, key: "Key", index: int) -> str:  # noqa: N802
        """The name of a subkey."""
        self._fail("EnumKey")
        return key.subkeys()[index]

    def EnumValue(self, key: "Key", index: int) -> tuple[str, object, int]:  # noqa: N802
        """Name, content and type of a value."""
        self._fail("EnumValue")
        name = key.values()[index]
        content, kind = key.tree[name]
        return name, content, kind

    def _fail(self, function: str) -> None:
        if function in self.failures:
            raise self.failures[function]


class Key:
    """An open key."""

    def __init__(self, registry: Registry, tree: Tree) -> None:
        self._registry = registry
        self.tree = tree

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._registry.open_keys -= 1

    def items(self) -> Any:
        """Everything below."""
        return self.tree.items()

    def subkeys(self) -> list[str]:
        """The names of what has something below it."""
        return [name for name, inner in self.tree.items() if isinstance(inner, Mapping)]

    def values(self) -> list[str]:
        """The names of what has not."""
        return [name for name, inner in self.tree.items() if not isinstance(inner, Mapping)]
