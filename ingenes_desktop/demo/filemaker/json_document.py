"""Reading a JSON document so that whatever is wrong in it can be named with its place and line."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn, TypeVar

Path = tuple[str | int, ...]
_Choice = TypeVar("_Choice", bound=str)
_SPACE: Final = " \t\r\n"
_TOKENS: Final = re.compile(
    r"""
      (?P<key>"(?:[^"\\]|\\.)*")\s*: | "(?:[^"\\]|\\.)*"
    | (?P<opening>[{\[]) | (?P<closing>[}\]])
    | (?P<number>NaN | -?Infinity | -?[0-9][0-9.eE+-]*)
    """,
    re.VERBOSE,
)
MOST_ITEMS: Final = 100_000
"""No list is longer; the largest there are hold records."""
LONGEST_NAME: Final = 100


class DocumentError(ValueError):
    """The data document is malformed. `where` is a place such as `databases[0].tables[1].name`
    ("" for the whole file), `line` counts from 1 (None where there is no line to name)."""

    def __init__(self, what: str, *, where: str = "", line: int | None = None) -> None:
        place = [where] if where else []
        if line is not None:
            place.append(f"line {line}")
        super().__init__(f"{', '.join(place)}: {what}" if place else what)
        self.what = what
        self.where = where
        self.line = line


def read_json(text: str) -> object:
    """The document's value. Raises DocumentError for what is no JSON, for a key that stands twice
    in one object, and for numbers that are none or infinite."""
    try:
        return json.loads(
            text, object_pairs_hook=_unique_keys, parse_constant=no_constant, parse_float=finite
        )
    except json.JSONDecodeError as error:
        raise DocumentError(f"not valid JSON ({error.msg})", line=error.lineno) from None
    except RecursionError:
        raise DocumentError("nested too deeply") from None
    except DocumentError as error:
        raise DocumentError(error.what, line=_line_of(text, error.what)) from None
    except ValueError:
        raise DocumentError("a number is too long") from None


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        raise DocumentError(_twice(next(key for key in keys if keys.count(key) > 1)))
    return value


def _twice(key: str) -> str:
    return f"the key {key!r} stands twice in one object"


def no_constant(word: str) -> NoReturn:
    """For `parse_constant`: NaN and Infinity are no JSON. Raises DocumentError."""
    raise DocumentError(_no_number(word))


def _no_number(word: str) -> str:
    return f"{word} is no JSON number"


def finite(written: str) -> float:
    """For `parse_float`: a number that is not infinite. Raises DocumentError."""
    number = float(written)
    if math.isinf(number):
        raise DocumentError(_too_large(written))
    return number


def _too_large(written: str) -> str:
    return f"{written[:20]} is too large a number"


def _line_of(text: str, what: str) -> int | None:
    """The line of a mistake in valid JSON, which json does not tell its hooks."""
    keys: list[set[str]] = []
    for token in _TOKENS.finditer(text):
        mistakes = [_no_number(token[0]), _too_large(token[0])] if token["number"] else []
        if token["opening"]:
            keys.append(set())
        elif token["closing"]:
            keys.pop()
        elif token["key"]:
            key = json.loads(token["key"])
            mistakes = [_twice(key)] if key in keys[-1] else []
            keys[-1].add(key)
        if what in mistakes:
            return text.count("\n", 0, token.start()) + 1
    return None


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the document with the way to it; every reader raises DocumentError."""

    value: object
    path: Path
    text: str

    def wrong(self, what: str) -> DocumentError:
        """The error that names this value's place and line."""
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return DocumentError(what, where=where.removeprefix("."), line=_line(self.text, self.path))

    def only(self, *keys: str) -> None:
        """Refuse an object that has another key, and what is no object."""
        for key in self.members():
            if key not in keys:
                raise Node(None, (*self.path, key), self.text).wrong("unknown key")

    def members(self) -> dict[str, object]:
        """The members of an object."""
        if not isinstance(self.value, dict):
            raise self.wrong("must be an object")
        return self.value

    def get(self, key: str) -> "Node":
        """A member that must be there."""
        if key not in self.members():
            raise self.wrong(f"{key!r} is missing")
        return Node(self.members()[key], (*self.path, key), self.text)

    def find(self, key: str) -> "Node | None":
        """A member that may be there."""
        return self.get(key) if key in self.members() else None

    def items(self, *, least: int = 0, most: int = MOST_ITEMS) -> "Iterator[Node]":
        """The items of a list that has at least and at most so many."""
        if not isinstance(self.value, list):
            raise self.wrong("must be a list")
        if len(self.value) < least:
            raise self.wrong(f"must have at least {least}")
        if len(self.value) > most:
            raise self.wrong(f"must have at most {most}")
        for index, value in enumerate(self.value):
            yield Node(value, (*self.path, index), self.text)

    def words(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong("must be a text that is not empty")
        return self.value

    def text_of(self, most: int) -> str:
        """A text of at most so many characters, which may be empty."""
        if not isinstance(self.value, str):
            raise self.wrong("must be a text")
        if len(self.value) > most:
            raise self.wrong(f"must have at most {most} characters")
        return self.value

    def name(self) -> str:
        """A name as FileMaker allows it: at most 100 characters, none of them a control
        character."""
        name = self.words()
        if len(name) > LONGEST_NAME:
            raise self.wrong(f"must have at most {LONGEST_NAME} characters")
        if not name.isprintable():
            raise self.wrong("must have no control characters")
        return name

    def choice(self, *allowed: _Choice) -> _Choice:
        """One of these texts."""
        for word in allowed:
            if self.value == word:
                return word
        raise self.wrong("must be one of " + ", ".join(allowed))

    def flag(self) -> bool:
        """true or false."""
        if not isinstance(self.value, bool):
            raise self.wrong("must be true or false")
        return self.value

    def count(self, *, least: int = 0, most: int | None = None) -> int:
        """A whole number from `least` (to `most`)."""
        number = self.value
        fits = isinstance(number, int) and not isinstance(number, bool) and number >= least
        if not fits or not isinstance(number, int) or (most is not None and number > most):
            upto = "" if most is None else f" to {most}"
            raise self.wrong(f"must be a whole number from {least}{upto}")
        return number


def _line(text: str, path: Path) -> int:
    """The line on which the value at `path` begins (a member with its key); where the path leads
    nowhere, the nearest place above it."""
    decoder = json.JSONDecoder()
    at = marked = _blank(text, 0)
    for step in path:
        for key, key_at, value_at in _children(decoder, text, at):
            if key == step:
                marked, at = key_at, value_at
                break
        else:
            break
    return text.count("\n", 0, marked) + 1


def _children(decoder: json.JSONDecoder, text: str, at: int) -> Iterator[tuple[str | int, int, int]]:
    """Key or index, where it begins, and where its value begins, of valid JSON."""
    opening = text[at]
    if opening not in "{[":
        return
    index, at = 0, _blank(text, at + 1)
    while text[at] not in "}]":
        key: str | int = index
        key_at = at
        if opening == "{":
            key, at = decoder.raw_decode(text, at)
            at = _blank(text, _blank(text, at) + 1)
        yield key, key_at, at
        _, at = decoder.raw_decode(text, at)
        at = _blank(text, at)
        if text[at] == ",":
            at = _blank(text, at + 1)
        index += 1


def _blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at
