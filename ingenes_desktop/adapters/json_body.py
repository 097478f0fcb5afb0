"""A far end's JSON, read without trust."""

import json
from typing import Any, Never

from ingenes_desktop.domain.errors import AuthError, ErrorCode


def parse_object(body: bytes) -> dict[str, Any]:
    """``body`` as one JSON object in UTF-8.

    Raises AuthError UNEXPECTED_ANSWER for anything else: half a JSON, an array, a byte order mark,
    NaN, a key that stands twice, a bottomless nesting.
    """
    try:
        parsed = json.loads(
            body.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_without_twins
        )
    except (ValueError, RecursionError):
        parsed = None
    if isinstance(parsed, dict):
        return parsed
    raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="NOT-AN-OBJECT")


def _refuse_constant(_name: str) -> Never:
    raise ValueError


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError
    return result
