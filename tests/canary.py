"""Looking for secrets where none may be: which secrets, in which disguises, in what was collected.

First everything is collected, then it is searched: a token may be told before the test has learned it.
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

_LONG = 48
"""Characters from which on a secret is looked for in three pieces, so that one cut short is found too."""
_PIECE = 32


@dataclass(frozen=True, slots=True)
class Finding:
    """A secret stood where none may. ``channel`` is the kind of place, ``place`` the one."""

    channel: str
    place: str
    secret: str
    disguise: str


@dataclass(slots=True)
class Sweep:
    """What was collected, and the secrets to look for in it."""

    secrets: dict[str, set[str | bytes]] = field(default_factory=dict)
    """By name; a token has as many values as it was issued times."""
    _collected: list[tuple[str, str, bytes]] = field(default_factory=list)

    def know(self, name: str, *values: str | bytes) -> None:
        """Look for these, too."""
        self.secrets.setdefault(name, set()).update(value for value in values if value)

    def collect(self, channel: str, place: str, content: bytes | str) -> None:
        """Look through this, too."""
        raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        if raw:
            self._collected.append((channel, place, raw))

    def collect_all(self, channel: str, found: Mapping[str, bytes | str]) -> None:
        """Look through all of these."""
        for place, content in found.items():
            self.collect(channel, place, content)

    @property
    def channels(self) -> dict[str, int]:
        """How many bytes were collected of each channel."""
        sizes: dict[str, int] = {}
        for channel, _, content in self._collected:
            sizes[channel] = sizes.get(channel, 0) + len(content)
        return sizes

    def findings(self, allowed: Callable[[Finding], bool] = lambda _: False) -> list[Finding]:
        """Every secret that was found, and is not ``allowed`` there; each once."""
        places: dict[bytes, list[tuple[str, str]]] = {}
        for channel, place, content in self._collected:
            places.setdefault(content, []).append((channel, place))
        everything = b"\n".join(places)
        found: dict[Finding, None] = {}
        for secret, value, disguise, needle in self._needles():
            if needle in everything:
                found |= {
                    Finding(channel, place, secret, disguise): None
                    for content in places
                    if needle in content and _stands_alone(value, needle, content)
                    for channel, place in places[content]
                }
        return [finding for finding in found if not allowed(finding)]

    def _needles(self) -> Iterator[tuple[str, str | bytes, str, bytes]]:
        for secret, values in self.secrets.items():
            for value in values:
                for disguise, needle in disguises(value):
                    yield secret, value, disguise, needle


def disguises(value: str | bytes) -> Iterator[tuple[str, bytes]]:
    """How a text, or bytes, may stand in a log, a file or a message, each by its name."""
    for piece in _pieces(value):
        seen: set[bytes] = set()
        for name, needle in _all_disguises(piece):
            if needle not in seen:
                seen.add(needle)
                yield name, needle


def _all_disguises(piece: str | bytes) -> Iterator[tuple[str, bytes]]:
    if isinstance(piece, str):
        yield from _disguises_of_text(piece)
    yield from _disguises_of_bytes(piece.encode() if isinstance(piece, str) else piece)


def _disguises_of_text(piece: str) -> Iterator[tuple[str, bytes]]:
    yield "reversed", piece[::-1].encode()
    yield "UTF-16", piece.encode("utf-16-le")
    yield "UTF-16, big end first", piece.encode("utf-16-be")
    yield "UTF-32", piece.encode("utf-32-le")
    if all(ord(character) < 0x100 for character in piece):
        yield "Latin-1", piece.encode("latin-1")
    yield "JSON", json.dumps(piece)[1:-1].encode()
    yield "JSON in JSON", json.dumps(json.dumps(piece))[3:-3].encode()
    yield "escaped", piece.encode("unicode_escape")
    yield "percent", quote(piece, safe="").encode()
    yield "of a form", quote_plus(piece).encode()


def _disguises_of_bytes(raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield "plain", raw
    yield "bytes in Python", repr(raw)[2:-1].encode()
    yield "hex", raw.hex().encode()
    yield "HEX", raw.hex().upper().encode()
    for shift in range(3):
        # Base64 of a text that has the secret in its middle: the characters that do not depend on what
        # stands around it.
        encoded = b64encode(b"\0" * shift + raw)
        whole = encoded[(0, 2, 3)[shift] : (shift + len(raw)) * 8 // 6]
        yield "base64", whole
        yield "base64url", whole.translate(bytes.maketrans(b"+/", b"-_"))


def _pieces(value: str | bytes) -> tuple[str | bytes, ...]:
    if len(value) < _LONG:
        return (value,)
    middle = (len(value) - _PIECE) // 2
    return value[:_PIECE], value[middle : middle + _PIECE], value[-_PIECE:]


def _stands_alone(value: str | bytes, needle: bytes, content: bytes) -> bool:
    """Whether six digits are a code, and no part of a longer number or name."""
    if isinstance(value, bytes) or not value.isdigit() or len(value) >= _LONG:
        return True
    return re.search(rb"(?<![0-9A-Za-z])" + re.escape(needle) + rb"(?![0-9A-Za-z])", content) is not None
