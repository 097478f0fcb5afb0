"""A code as a person types or pastes it."""

_DASHES = frozenset(
    "-\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c"
    "\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010ead"  # Unicode's dashes (category Pd)
    "\u02d7\u2043\u207b\u208b\u2212\u2796"  # a minus, and what looks like a hyphen
)


def compact(code: str) -> str:
    """``code`` without blanks, dashes and what cannot be seen; its digits are ASCII's.

    Emails and apps group a code ("123 456", "123\u2011456"), and a keyboard may write other digits.
    """
    return "".join(
        str(int(character)) if character.isdecimal() else character
        for character in code
        # Not printable: blanks, soft hyphens, what has no width, what turns the direction of writing.
        if character.isprintable() and character != " " and character not in _DASHES
    )
