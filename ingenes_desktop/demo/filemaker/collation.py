"""How text is compared: as an index of the field's language does, and against wildcards.

Not case-sensitive unless the language is Unicode; heeding accents only in Default and Unicode.
Source: help.claris.com, "Choosing a language for indexing or sorting". Which accented letters a
language keeps apart is not said there: here it keeps none (ñ is n in Spanish), the harder case for
a client that must not take one address for another.
"""

import unicodedata
from collections.abc import Sequence

from ingenes_desktop.demo.filemaker.find_grammar import Pattern, Wildcard


def fold(text: str, language: str) -> str:
    """The text as an index of that language compares it. Each character stays one character, so
    that a wildcard for one character stays true."""
    text = unicodedata.normalize("NFC", text)
    if language == "Unicode":
        return text
    if language != "Default":
        decomposed = unicodedata.normalize("NFD", text)
        bare = "".join(each for each in decomposed if unicodedata.category(each) != "Mn")
        text = unicodedata.normalize("NFC", bare)
    return "".join(_lower(character) for character in text)


def _lower(character: str) -> str:
    for lowered in (character.casefold(), character.lower()):
        if len(lowered) == 1:
            return lowered
    return character


def fold_pattern(pattern: Pattern, language: str) -> Pattern:
    """The pattern as an index of that language compares it."""
    folded: list[str | Wildcard] = []
    for each in pattern:
        folded.extend([each] if isinstance(each, Wildcard) else fold(each, language))
    return tuple(folded)


def fits(pattern: Pattern, text: Sequence[str | Wildcard]) -> bool:
    """Whether the pattern is the whole text. Takes at most len(pattern) * len(text) steps."""
    at = here = 0
    star, resume = -1, 0
    while here < len(text):
        wanted = pattern[at] if at < len(pattern) else None
        if wanted is Wildcard.ANY:
            star, resume = at, here
            at += 1
        elif wanted is not None and _one_fits(wanted, text[here]):
            at, here = at + 1, here + 1
        elif star >= 0:
            resume += 1
            at, here = star + 1, resume
        else:
            return False
    return all(each is Wildcard.ANY for each in pattern[at:])


def _one_fits(wanted: str | Wildcard, character: str | Wildcard) -> bool:
    match wanted:
        case Wildcard.ONE:
            return True
        case Wildcard.DIGIT:
            return isinstance(character, str) and character in "0123456789"
        case _:
            return wanted == character
