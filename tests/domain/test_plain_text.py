"""Text from outside becomes one bounded, harmless line."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ingenes_desktop.domain.plain_text import NAME_LIMIT, plain_text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Ana Ortega", "Ana Ortega"),
        ("  Ana\r\n\tOrtega  ", "Ana Ortega"),
        ("Ana\x00Ortega", "AnaOrtega"),
        ("Ana\u202eagetrO", "AnaagetrO"),
        ("\u2066Ana\u2069", "Ana"),
        ("Jose\u0301", "José"),
        ("👩\u200d⚕️", "👩\u200d⚕️"),
        ("<img src=x>", "<img src=x>"),
        ("   ", ""),
        ("\u200b\u200b", ""),
        ("\u200d \u0301", ""),
        ("\ud800", ""),
        (5, "5"),
        (2.5, "2.5"),
        (None, ""),
        (True, ""),
        (["Ana"], ""),
        ({"a": 1}, ""),
    ],
)
def test_odd_values(raw: object, shown: str) -> None:
    assert plain_text(raw) == shown


def test_five_million_characters_end_in_an_ellipsis() -> None:
    shown = plain_text("á" * 5_000_000)
    assert len(shown) == NAME_LIMIT
    assert shown.endswith("…")


@given(some.text())
def test_nothing_that_steers_the_screen_gets_through(raw: str) -> None:
    shown = plain_text(raw)
    assert len(shown) <= NAME_LIMIT
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\r\n\x00\x1b")
    assert plain_text(shown) == shown
