"""A far end's JSON: one object, or an AuthError."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingenes_desktop.adapters.json_body import parse_object
from ingenes_desktop.domain.errors import AuthError, ErrorCode

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(value=st.dictionaries(st.text(alphabet=st.characters(exclude_categories=["Cs"])), VALUES))
def test_an_object_comes_back_as_it_was(value: dict[str, Any]) -> None:
    assert parse_object(json.dumps(value).encode()) == value


@given(body=st.binary(max_size=200))
def test_any_bytes_are_an_object_or_an_auth_error(body: bytes) -> None:
    code = None
    try:
        assert isinstance(parse_object(body), dict)
    except AuthError as error:
        code = error.code
    assert code in {None, ErrorCode.UNEXPECTED_ANSWER}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"null",
        b"[]",
        b'"{}"',
        b"{",
        b"{}{}",
        b"{'a': 1}",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 1, "a": 1}',
        b'{"a": {"b": 1, "b": 1}}',
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b'{"a": "\xf1"}',
        b'{"a":' + b"[" * 100_000,
        b'{"a": ' + b"9" * 10_000 + b"}",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(AuthError) as caught:
        parse_object(body)
    assert (caught.value.code, caught.value.detail) == (ErrorCode.UNEXPECTED_ANSWER, "NOT-AN-OBJECT")
    assert caught.value.__cause__ is None
