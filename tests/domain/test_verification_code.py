"""A code is the same however it is grouped, and whatever the keyboard makes of its digits."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingenes_desktop.domain.verification_code import compact

EVERYTHING = [chr(number) for number in range(0x110000)]
DASHES = [one for one in EVERYTHING if unicodedata.category(one) == "Pd"] + list("\u2212\u2043\u02d7")
UNSEEN = [one for one in EVERYTHING if unicodedata.category(one) in {"Cc", "Cf", "Zs", "Zl", "Zp"}]
DIGITS = [one for one in EVERYTHING if unicodedata.category(one) == "Nd"]


@pytest.mark.parametrize(
    "typed",
    [
        "123456", " 123456\n", "123 456", "123-456", "1 2 3 4 5 6", "123\t456", "123\xa0456", "123\u202f456",
        "123\u2007456", "123\u3000456", "123\u2010456", "123\u2011456", "123\u2012456", "123\u2013456",
        "123\u2014456", "123\u2212456", "123\xad456", "123\u200b456", "\ufeff123456", "\u200e123456\u200f",
        "\u2066123456\u2069", "１２３４５６", "１２３－４５６", "١٢٣٤٥٦", "۱۲۳ ۴۵۶", "१२३४५६",
        "\U0001d7d9\U0001d7da\U0001d7db456",
    ],
)  # fmt: skip
def test_every_way_to_write_the_same_code(typed: str) -> None:
    assert compact(typed) == "123456"


@pytest.mark.parametrize(
    "typed", ["12a456", "A1-B2", "12.456", "12,456", "12_456", "12+456", "½", "²", "Ⅳ", "一"]
)
def test_what_is_no_blank_and_no_dash_stays(typed: str) -> None:
    """It is wrong, and Cognito says so; nobody guesses what was meant."""
    assert compact(typed) == typed.replace("-", "")


def test_nothing_of_unicode_is_left_out() -> None:
    assert {one for one in (*DASHES, *UNSEEN) if compact(f"1{one}2") != "12"} == set()
    assert {one for one in DIGITS if compact(one) != str(unicodedata.decimal(one))} == set()
    assert not {one for one in EVERYTHING if unicodedata.category(one)[0] in "LM" and compact(one) != one}


@given(st.lists(st.sampled_from("0123456789"), min_size=6, max_size=8), st.data())
def test_whatever_stands_between_the_digits(digits: list[str], data: st.DataObject) -> None:
    between = st.lists(st.sampled_from([*DASHES, *UNSEEN]), max_size=3).map("".join)
    typed = "".join(data.draw(between) + digit for digit in digits) + data.draw(between)
    assert compact(typed) == "".join(digits)


@given(st.text())
def test_any_text(typed: str) -> None:
    """Once is enough, nothing grows, and what is ASCII loses its blanks and dashes alone."""
    once = compact(typed)
    assert compact(once) == once
    assert len(once) <= len(typed)
    assert not any(one.isspace() for one in once)
    if typed.isascii() and typed.isprintable():
        assert once == typed.replace(" ", "").replace("-", "")
