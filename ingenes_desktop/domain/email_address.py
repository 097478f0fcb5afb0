"""What an email address is to this application, and when two are the same person's."""

from unicodedata import category, normalize

MAXIMUM_LENGTH = 254
"""https://www.rfc-editor.org/errata/eid1690"""


def is_searchable(address: str) -> bool:
    """Whether ``address`` may be looked up at all: never an empty one, never a pattern of blanks."""
    if len(address) > MAXIMUM_LENGTH or address.count("@") != 1:
        return False
    if any(character.isspace() or category(character).startswith("C") for character in address):
        return False
    name, domain = address.split("@")
    return bool(name) and bool(domain)


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are one: letter case and outer blanks aside, accents counted."""
    return _folded(one) == _folded(other)


def _folded(address: str) -> str:
    return normalize("NFC", normalize("NFC", address).strip(" \r\n\t").casefold())
