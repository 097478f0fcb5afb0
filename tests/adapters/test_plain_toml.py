"""Plain TOML gives what tomllib gives, and everything else is left to tomllib."""

import tomllib

import pytest

from ingenes_desktop.adapters.plain_toml import plain_text_of, plain_values, toml_values
from ingenes_desktop.domain.resources import resource_path

PLAIN = (
    "",
    "\n\n",
    "# a comment\n#and another\n",
    'language = "es"',
    'clinic = "Clínica Roma"\n\nempty = ""\n# end',
)
OTHERS = (
    'a = "1"\na = "2"',
    'a = "\\u0041"',
    'a = "one" # said behind',
    'a="1"',
    ' a = "1"',
    'a = "1"\r\nb = "2"',
    "a = 'x'",
    'a = """x"""',
    'a = ""x""',
    'a = "',
    'a = "x\ty"',
    "a = 1",
    "[limits]\nstep = 15",
    'a.b = "1"',
    '"a" = "1"',
    'ñ = "1"',
    "a",
    "= ",
    "# bad \x00 comment",
    'a = "\x7f"',
    'a = "non\u00a0breaking"',
)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_lines_are_what_tomllib_says(text: str) -> None:
    assert plain_values(text) == tomllib.loads(text)
    assert toml_values(text) == tomllib.loads(text)


@pytest.mark.parametrize("text", OTHERS)
def test_whatever_leaves_a_doubt_is_left_to_tomllib(text: str) -> None:
    assert plain_values(text) is None
    try:
        expected = tomllib.loads(text)
    except ValueError:
        with pytest.raises(ValueError):  # noqa: PT011  tomllib's own kind
            toml_values(text)
    else:
        assert toml_values(text) == expected


def test_the_defaults_are_plain() -> None:
    text = resource_path("defaults.toml").read_text("utf-8")
    assert plain_values(text) == tomllib.loads(text)


def test_what_is_written_is_read_again() -> None:
    values = {"language": "es", "window": "1 -2 3 4 plain"}
    assert plain_values(plain_text_of(values)) == values


@pytest.mark.parametrize("values", [{"a": 'qu"ote'}, {"a": "line\nline"}, {"a b": "x"}])
def test_what_is_not_plain_is_not_written(values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        plain_text_of(values)
