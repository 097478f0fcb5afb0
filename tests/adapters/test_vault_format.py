"""The sealed form: it opens for what made it, as it was made, and for nothing else."""

import json
import os
from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from ingenes_desktop.adapters.vault_file import LARGEST_BYTES
from ingenes_desktop.adapters.vault_format import (
    MAGIC,
    NONCE_BYTES,
    Binding,
    is_key,
    is_newer,
    key_text,
    opened,
    sealed,
)
from ingenes_desktop.domain.models import VaultRecord
from ingenes_desktop.domain.secret import Secret
from tests.adapters.vaults import SETTINGS, TOKEN, record_of

BINDING = Binding.of(SETTINGS, "uid:1000")
KEY = key_text(bytes(range(32)))
NONCE = bytes(range(NONCE_BYTES))
HEADER = MAGIC + b"\x01\x00"

names = st.text(st.characters(categories=["L", "M", "N", "P", "S"]), min_size=1, max_size=320)
tokens = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=16_384)
moments = st.floats(min_value=0, max_value=1e11)


@given(tokens, names, names, moments, moments, st.binary(min_size=32, max_size=32))
def test_what_is_sealed_opens(
    token: str, sub: str, username: str, signed_in_at: float, sealed_at: float, key: bytes
) -> None:
    content = sealed(
        VaultRecord(Secret(token), sub, username, signed_in_at, sealed_at), key_text(key), NONCE, BINDING
    )
    found = opened(content, key_text(key), BINDING)
    assert found is not None
    assert found.refresh_token.reveal() == token
    assert vars(found) | {"refresh_token": None} == {
        "refresh_token": None,
        "sub": sub,
        "username": username,
        "signed_in_at": signed_in_at,
        "sealed_at": sealed_at,
        "device_key": "",
    }


DEVICE_KEY = "us-east-1_0a1b2c3d-1111-2222-3333-444455556666"


def test_a_devices_key_is_sealed_with_it() -> None:
    record = VaultRecord(Secret("token"), "sub", "name", 1.0, 2.0, DEVICE_KEY)
    found = opened(sealed(record, KEY, NONCE, BINDING), KEY, BINDING)
    assert found is not None
    assert found.device_key == DEVICE_KEY


def test_a_record_from_before_there_were_devices_opens() -> None:
    found = opened(with_content(json.dumps(GOOD)), KEY, BINDING)
    assert found is not None
    assert (found.refresh_token.reveal(), found.device_key) == ("token", "")


def test_a_record_without_a_device_is_as_it_was_before() -> None:
    content = sealed(VaultRecord(Secret("token"), "sub", "name", 1.0, 2.0), KEY, NONCE, BINDING)
    assert content == with_content(json.dumps(GOOD))


def test_the_longest_record_fits_in_the_file() -> None:
    name = "\U0001f600" * 320
    content = sealed(VaultRecord(Secret("x" * 16_384), name, name, 1e10 / 3, 1e10 / 3), KEY, NONCE, BINDING)
    assert len(content) <= LARGEST_BYTES


@pytest.mark.parametrize(
    "record",
    [
        VaultRecord(Secret("x" * 16_385), "sub", "name", 1.0, 1.0),
        VaultRecord(Secret(""), "sub", "name", 1.0, 1.0),
        VaultRecord(Secret("two\nlines"), "sub", "name", 1.0, 1.0),
        VaultRecord(Secret("t"), "", "name", 1.0, 1.0),
        VaultRecord(Secret("t"), "sub", "n" * 321, 1.0, 1.0),
        VaultRecord(Secret("t"), "sub", "\u202ename", 1.0, 1.0),
        VaultRecord(Secret("t"), "sub", "name", float("nan"), 1.0),
        VaultRecord(Secret("t"), "sub", "name", 1.0, float("inf")),
        VaultRecord(Secret("t"), "sub", "name", -1.0, 1.0),
        VaultRecord(Secret("t"), "sub", "name", 1.0, 1.0, "d" * 56),
        VaultRecord(Secret("t"), "sub", "name", 1.0, 1.0, "a key"),
    ],
)
def test_what_would_not_open_is_not_sealed(record: VaultRecord) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        sealed(record, KEY, NONCE, BINDING)


def test_every_bit_and_every_truncation_counts() -> None:
    content = sealed(record_of(), KEY, NONCE, BINDING)
    assert opened(content, KEY, BINDING) is not None
    for place in range(len(content) * 8):
        changed = bytearray(content)
        changed[place // 8] ^= 1 << place % 8
        assert opened(bytes(changed), KEY, BINDING) is None, place
        assert not is_newer(bytes(changed), (KEY,), BINDING), place
    for length in range(len(content)):
        assert opened(content[:length], KEY, BINDING) is None
        assert not is_newer(content[:length], (KEY,), BINDING)
    assert opened(content + b"\0", KEY, BINDING) is None


@given(st.binary(max_size=200))
def test_anything_else_is_refused(content: bytes) -> None:
    assert opened(content, KEY, BINDING) is None
    assert opened(HEADER + content, KEY, BINDING) is None


@pytest.mark.parametrize("field", Binding._fields)
def test_it_opens_for_whom_it_belongs_to(field: str) -> None:
    content = sealed(record_of(), KEY, NONCE, BINDING)
    assert opened(content, KEY, BINDING._replace(**{field: "another"})) is None


def test_the_parts_of_the_binding_do_not_run_together() -> None:
    content = sealed(record_of(), KEY, NONCE, Binding("pool", "client", "personal", "uid:1"))
    assert opened(content, KEY, Binding("poolclient", "", "personal", "uid:1")) is None


def test_another_key_does_not_open_it() -> None:
    assert opened(sealed(record_of(), KEY, NONCE, BINDING), key_text(os.urandom(32)), BINDING) is None


GOOD = {
    "refresh": "token",
    "sub": "sub",
    "username": "name",
    "signed_in_at": 1.0,
    "sealed_at": 2.0,
    "schema": 1,
}


def with_content(text: str) -> bytes:
    """A vault that was made with the right key, around ``text``."""
    cipher = AESGCM(b64decode(KEY.reveal()))
    return HEADER + NONCE + cipher.encrypt(NONCE, text.encode(), BINDING.authenticated(HEADER))


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"schema": True},
        {"schema": 1.0},
        {"schema": "1"},
        {"refresh": None},
        {"refresh": 5},
        {"refresh": ""},
        {"refresh": "a b"},
        {"refresh": "é"},
        {"refresh": "x" * 16_385},
        {"sub": ["sub"]},
        {"sub": ""},
        {"username": {}},
        {"username": "a\nb"},
        {"username": "n" * 321},
        {"device_key": ""},
        {"device_key": None},
        {"device_key": 5},
        {"device_key": "a key"},
        {"device_key": "d" * 56},
        {"another": "field"},
        {"signed_in_at": 1},
        {"signed_in_at": True},
        {"signed_in_at": "1.0"},
        {"signed_in_at": 1e12},
        {"signed_in_at": -0.5},
        {"sealed_at": None},
        {"more": 1},
    ],
)
def test_the_record_is_read_strictly(change: dict[str, object]) -> None:
    assert opened(with_content(json.dumps(GOOD)), KEY, BINDING) is not None
    assert opened(with_content(json.dumps(GOOD | change)), KEY, BINDING) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "[" * 100_000,
        json.dumps(GOOD)[:-1],
        json.dumps({name: value for name, value in GOOD.items() if name != "sub"}),
        json.dumps(GOOD).replace("}", ', "sub": "other"}'),
        json.dumps(GOOD).replace("1.0", "NaN"),
        json.dumps(GOOD).replace("1.0", "1e999"),
        json.dumps(GOOD).replace("1.0", "Infinity"),
        json.dumps(GOOD) + "x",
    ],
)
def test_a_record_that_is_none(text: str) -> None:
    assert opened(with_content(text), KEY, BINDING) is None


def test_flags_are_for_later() -> None:
    content = sealed(record_of(), KEY, NONCE, BINDING)
    cipher = AESGCM(b64decode(KEY.reveal()))
    header = MAGIC + b"\x01\x01"
    flagged = header + NONCE + cipher.encrypt(NONCE, json.dumps(GOOD).encode(), BINDING.authenticated(header))
    assert opened(content, KEY, BINDING) is not None
    assert opened(flagged, KEY, BINDING) is None


def test_a_newer_version_is_known_for_what_it_is() -> None:
    newer = MAGIC + b"\x02\x00" + NONCE + os.urandom(200)
    assert is_newer(newer, (KEY,), BINDING)
    assert is_newer(newer, (), BINDING)
    assert opened(newer, KEY, BINDING) is None
    ours = sealed(record_of(), KEY, NONCE, BINDING)
    assert not is_newer(ours, (KEY,), BINDING)
    assert not is_newer(MAGIC, (), BINDING)


def test_nothing_of_it_is_in_the_clear() -> None:
    content = sealed(record_of(), KEY, NONCE, BINDING)
    for part in (TOKEN[:12], "refresh", "CANARY", "canary"):
        assert part.encode() not in content


@pytest.mark.parametrize(
    ("text", "expected"),
    [(KEY.reveal(), True), ("", False), (KEY.reveal()[:-4], False), ("a b", False), ("é" * 44, False)],
)
def test_what_a_key_looks_like(text: str, *, expected: bool) -> None:
    assert is_key(text) is expected
