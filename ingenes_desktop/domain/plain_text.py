"""Text from outside, made safe to draw: one line, bounded, without invisible direction changes."""

from unicodedata import category, normalize

NAME_LIMIT = 200
"""Characters of any text from outside that a view shows."""

# Marks that turn the reading direction of what follows: a name must not reorder the words around it.
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain_text(value: object, limit: int = NAME_LIMIT) -> str:
    """``value`` as one line of at most ``limit`` characters, or "" where it is not a text or number.

    Control characters, direction marks and lone surrogates are dropped, white space is folded, the
    text is NFC. What is cut ends in an ellipsis. Never raises.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = value[: limit * 8] if isinstance(value, str) else str(value)[: limit * 8]
    # White space is folded first: a line break is a control character, and still parts two words.
    text = " ".join(text.split())
    kept = "".join(c for c in text if c not in _DIRECTION_MARKS and category(c) not in {"Cc", "Cs"})
    kept = " ".join(normalize("NFC", kept).split())
    if not any(category(character)[0] in "LNPS" for character in kept):
        return ""  # nothing of it would be seen
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"
