"""What a record call knows of the session it runs in."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass

from ingenes_desktop.demo.filemaker.values import Stored, StoredContainer

GlobalValues = MutableMapping[tuple[str, str], Stored]
"""The global fields a session has set, by base table and the field's key. One it has not set has the
value its file begins with. Source: Claris Data API Guide, "Set global field values"; FileMaker Pro
Help, "Defining global fields" (in a hosted file each user has values of their own)."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The session of a call: its account's name (what auto-enter options write), its global values,
    and under which URL a file in a container field can be fetched while the session lasts."""

    account: str
    globals: GlobalValues
    container_url: Callable[[StoredContainer], str]


def nobody() -> Caller:
    """A caller without a session, for tables that are looked at from inside."""
    return Caller("", {}, lambda container: container.file_name)
