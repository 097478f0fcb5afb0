"""A code as a person types or pastes it."""


def compact(code: str) -> str:
    """``code`` without the blanks and dashes that make it readable in an email."""
    return "".join(character for character in code if not character.isspace() and character != "-")
