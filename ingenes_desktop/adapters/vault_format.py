"""The sealed form of a kept session: what stands in the file, and what it is bound to.

MAGIC (4 bytes), version (1), flags (1), nonce (12), then AES-256-GCM over a JSON object. Header,
application, user pool, client, kind of machine and the system's account are authenticated with it.
"""

import json
import math
from base64 import b64decode, b64encode
from collections.abc import Mapping
from re import fullmatch
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ingenes_desktop.domain.models import VaultRecord
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.settings import Settings

MAGIC = b"IngV"
VERSION = 1
SCHEMA = 1
KEY_BYTES = 32
NONCE_BYTES = 12
_HEADER = MAGIC + bytes([VERSION, 0])
_NONCE_ENDS = len(_HEADER) + NONCE_BYTES
_APPLICATION = "ingenes-desktop"
_FIELDS = frozenset({"refresh", "sub", "username", "signed_in_at", "sealed_at", "schema"})
_DEVICE = "device_key"
"""Only where there is one: so a version that knew of none wrote, and reads, the same record."""
_LONGEST_TOKEN = 16_384
_LONGEST_NAME = 320
_LATEST = 1e11
"""Seconds since 1970; the year 5138. What is later is no time."""


class Binding(NamedTuple):
    """What a vault belongs to. In the hands of anything else it does not open."""

    pool_id: str
    client_id: str
    machine: str
    account: str
    """The system's own id for the account: os_account.py."""

    @classmethod
    def of(cls, settings: Settings, account: str) -> "Binding":
        """The binding of this run."""
        return cls(settings.user_pool_id, settings.client_id, settings.machine.value, account)

    def authenticated(self, header: bytes) -> bytes:
        """The data that is sealed with the record without being in it."""
        return b"\0".join([header, *(part.encode() for part in (_APPLICATION, *self))])


def key_text(key: bytes) -> Secret:
    """A key as the keyring keeps it."""
    return Secret(b64encode(key).decode())


def is_key(text: str) -> bool:
    """Whether ``text`` is what key_text() makes."""
    try:
        return len(b64decode(text, validate=True)) == KEY_BYTES
    except ValueError:
        return False


def sealed(record: VaultRecord, key: Secret, nonce: bytes, binding: Binding) -> bytes:
    """``record`` under ``key``. A nonce is used once. Raises ValueError for a record that would not open."""
    content = _HEADER + nonce + _cipher(key).encrypt(nonce, _written(record), binding.authenticated(_HEADER))
    if opened(content, key, binding) is None:
        raise ValueError
    return content


def opened(content: bytes, key: Secret, binding: Binding) -> VaultRecord | None:
    """The record in ``content``; None for whatever is not exactly what sealed() gives."""
    if not content.startswith(_HEADER):
        return None
    try:
        text = _cipher(key).decrypt(
            content[len(_HEADER) : _NONCE_ENDS], content[_NONCE_ENDS:], binding.authenticated(_HEADER)
        )
        return _read(json.loads(text, object_pairs_hook=_without_duplicates))
    except (InvalidTag, ValueError, RecursionError):
        return None


def looks_newer(content: bytes) -> bool:
    """Whether ``content`` has the header of a later version of this program."""
    return content.startswith(MAGIC) and len(content) > _NONCE_ENDS and content[len(MAGIC)] > VERSION


def is_newer(content: bytes, keys: tuple[Secret, ...], binding: Binding) -> bool:
    """Whether a later version of this program wrote ``content``.

    One whose remainder opens as version 1 is of version 1, with a bit of its header lost.
    """
    if not looks_newer(content):
        return False
    as_ours = _HEADER + content[len(_HEADER) :]
    return all(opened(as_ours, key, binding) is None for key in keys)


def _cipher(key: Secret) -> AESGCM:
    return AESGCM(b64decode(key.reveal(), validate=True))


def _written(record: VaultRecord) -> bytes:
    document: dict[str, object] = {
        "refresh": record.refresh_token.reveal(),
        "sub": record.sub,
        "username": record.username,
        "signed_in_at": float(record.signed_in_at),
        "sealed_at": float(record.sealed_at),
        "schema": SCHEMA,
    }
    if record.device_key:
        document[_DEVICE] = record.device_key
    return json.dumps(document).encode()


def _read(document: object) -> VaultRecord:
    """Raises ValueError for whatever _written() does not write."""
    if not isinstance(document, dict) or document.keys() - {_DEVICE} != _FIELDS:
        raise ValueError
    if type(document["schema"]) is not int or document["schema"] != SCHEMA:
        raise ValueError
    return VaultRecord(
        Secret(_token(document["refresh"])),
        _name(document["sub"]),
        _name(document["username"]),
        _moment(document["signed_in_at"]),
        _moment(document["sealed_at"]),
        _device_key(document[_DEVICE]) if _DEVICE in document else "",
    )


def _token(value: object) -> str:
    if isinstance(value, str) and len(value) <= _LONGEST_TOKEN and fullmatch(r"[!-~]+", value):
        return value
    raise ValueError


def _name(value: object) -> str:
    if isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and value.isprintable():
        return value
    raise ValueError


def _device_key(value: object) -> str:
    if isinstance(value, str) and fullmatch(r"[A-Za-z0-9_-]{1,55}", value):
        return value
    raise ValueError


def _moment(value: object) -> float:
    if isinstance(value, float) and math.isfinite(value) and 0 <= value <= _LATEST:
        return value
    raise ValueError


def _without_duplicates(pairs: list[tuple[str, object]]) -> Mapping[str, object]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError
    return document
