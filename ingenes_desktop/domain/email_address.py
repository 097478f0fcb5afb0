"""What an email address is to this application, and when two are the same person's."""

MAXIMUM_LENGTH = 254
"""https://www.rfc-editor.org/errata/eid1690"""


def is_searchable(address: str) -> bool:
    """Whether ``address`` may be looked up at all: never an empty one, never a pattern of blanks."""
    if len(address) > MAXIMUM_LENGTH or address.count("@") != 1:
        return False
    from unicodedata import category  # noqa: PLC0415  the views need no more of this room than the length

    if any(character.isspace() or category(character).startswith("C") for character in address):
        return False
    name, domain = address.split("@")
    return bool(name) and bool(domain)


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are one: letter case and outer blanks aside, accents counted."""
    return _folded(one) == _folded(other)


def _folded(address: str) -> str:
    from unicodedata import normalize  # noqa: PLC0415  likewise

    return normalize("NFC", normalize("NFC", address).strip(" \r\n\t").casefold())
