"""What the help holds, and how it is searched. No widget here."""

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from PySide6.QtCore import QLocale

from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.value import Value

_REFERENCE = re.compile(r"\bref\.?\s*\w+\W*$")
"""A sentence on the screen ends with one, and no entry holds it."""
_A_SENTENCE = 3
"""So many words that stand together in a sentence of the screen are one that somebody copies."""


class Entry(Value):
    """One thing that one can read of."""

    places: tuple[str, ...]
    """Where one is then: the screens."""
    sentences: tuple[str, ...]
    """What the screen says; or what the entry is about."""
    meaning: str
    advice: str = ""
    code: str = ""
    """The name of the ErrorCode, where it is a message."""


class Index:
    """Finds entries by words of theirs, in any order, without regard to accents and capitals."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)

    @cached_property
    def _sentences(self) -> list[str]:
        return [plain("\n".join(each.sentences)) for each in self.entries]

    @cached_property
    def _texts(self) -> list[str]:
        return [
            plain(" ".join((*each.places, *each.sentences, each.meaning, each.advice)))
            for each in self.entries
        ]

    def found(self, wanted: str) -> tuple[Entry, ...]:
        """The entries that hold every word of ``wanted``; all of them for none; first of all, as a sentence.

        A sentence may be typed off the screen: its reference and its figures differ from case to case.
        """
        phrase = _REFERENCE.sub("", plain(wanted)).strip()
        words = [word for word in phrase.split() if _is_telling(word)]
        if len(words) >= _A_SENTENCE:
            said = zip(self.entries, self._sentences, strict=True)
            as_it_stands = tuple(entry for entry, sentence in said if phrase in sentence)
            if as_it_stands:
                return as_it_stands
        texts = zip(self.entries, self._texts, strict=True)
        return tuple(entry for entry, text in texts if all(word in text for word in words))


def plain(text: str) -> str:
    """``text`` in small letters without accents, one blank between words."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(each for each in apart if not unicodedata.combining(each)).split())


def messages() -> tuple[Entry, ...]:
    """What each message means, in the window's language; nothing where the file is not there."""
    name = "messages-es.json" if QLocale().language() is QLocale.Language.Spanish else "messages-en.json"
    try:
        listed = json.loads(resource_path("help", name).read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(
        Entry(tuple(each["screens"]), tuple(each["sentences"]), each["meaning"], each["advice"], each["code"])
        for each in listed
    )


def _is_telling(word: str) -> bool:
    return not any(letter.isdigit() for letter in word) and any(letter.isalpha() for letter in word)
