"""TOML in its plainest form, read without tomllib: that takes 3 ms before the first paint."""

from collections.abc import Mapping


def toml_values(text: str) -> Mapping[str, object]:
    """What tomllib.loads gives for ``text``. Raises ValueError (or RecursionError) as that does."""
    plain = plain_values(text)
    if plain is not None:
        return plain
    import tomllib  # noqa: PLC0415  only where somebody writes more than plain lines

    return tomllib.loads(text)


def plain_values(text: str) -> dict[str, str] | None:
    """The values of a document of nothing but comments and lines like ``name = "text"``; None for others.

    Whatever leaves a doubt (an escape, a control character, a name said twice, another blank) is left to
    tomllib, which may find it right or wrong.
    """
    if not text.replace("\n", "").isprintable():
        return None
    values: dict[str, str] = {}
    for line in text.split("\n"):
        if not line or line[0] == "#":
            continue
        name, _, quoted = line.partition(" = ")
        value = quoted[1:-1]
        if f'"{value}"' != quoted or '"' in value or "\\" in value:
            return None
        if name in values or not (name.isascii() and name.isidentifier()):
            return None
        values[name] = value
    return values


def plain_text_of(values: Mapping[str, str]) -> str:
    """``values`` as such a document. Raises ValueError where a name or a value is not plain."""
    text = "".join(f'{name} = "{value}"\n' for name, value in values.items())
    if plain_values(text) != values:
        raise ValueError
    return text
