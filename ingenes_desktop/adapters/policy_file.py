"""The administrator's policy of this machine, which stands over every other setting."""

from collections.abc import Mapping
from pathlib import Path
from typing import Never, Protocol

from ingenes_desktop.adapters.settings_sources import read_text, unreadable

LINUX_POLICY = Path("/etc/ingenes-desktop/policy.json")


class PolicySource(Protocol):
    """Where an administrator's settings come from."""

    @property
    def name(self) -> str:
        """What an error sentence calls the source."""
        ...

    def read(self) -> Mapping[str, object] | None:
        """The policy, unchecked; None where there is none.

        Raises AuthError SETTINGS_UNREADABLE: a policy that is there and cannot be read is never
        taken for none.
        """
        ...


class JsonPolicyFile:
    """A policy in one JSON file that only an administrator can write."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name

    def read(self) -> Mapping[str, object] | None:
        """See PolicySource. Names that stand twice and numbers that JSON does not have are refused."""
        text = read_text(self._path)
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


class NoPolicy:
    """A platform on which no policy is read."""

    name = "policy"

    def read(self) -> None:
        """Nothing, on every machine."""


def platform_policy(platform: str) -> PolicySource:
    """The policy source of ``sys.platform``."""
    return JsonPolicyFile(LINUX_POLICY) if platform.startswith("linux") else NoPolicy()


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError
    return document


def _refuse(_constant: str) -> Never:
    raise ValueError
