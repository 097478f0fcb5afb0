"""The find grammar of the FileMaker server, tried directly with many criteria and contents."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.collation import fold
from ingenes_desktop.demo.filemaker.find_grammar import literal_text
from ingenes_desktop.demo.filemaker.find_match import matcher
from ingenes_desktop.demo.filemaker.find_ordered import FindContext
from ingenes_desktop.demo.filemaker.schema import Field
from ingenes_desktop.demo.filemaker.values import DateForm, Result, StoredContainer
from tests.demo.filemaker_client import escaped

TODAY = date(2026, 11, 22)


def matches(
    criterion: str,
    *contents: str | int,
    result: Result = Result.TEXT,
    language: str = "Default",
    form: DateForm = DateForm.MONTH_FIRST,
) -> list[str | int]:
    """The contents of a column that a criterion finds."""
    field = Field("campo", result, language=language)
    decides = matcher(criterion, field, contents, FindContext(form, TODAY))
    return [content for content in contents if decides(content)]


unhurried = settings(deadline=None)  # the machine may be shared
_characters = st.characters(exclude_categories=["Cs"])
_texts = st.text(_characters, min_size=1) | st.text('aX@*#?!=<>"~≤≥….\\/ñÑé ', min_size=1)


@st.composite
def _two_alike(draw: st.DrawFn) -> tuple[str, str]:
    """An address, and one that differs from it in one place at most."""
    address = draw(_texts)
    at = draw(st.integers(0, len(address) - 1))
    sign = draw(st.sampled_from("Xx.@ \r*") | _characters)
    other = draw(
        st.sampled_from(
            [
                address[:at] + sign + address[at + 1 :],
                address[:at] + sign + address[at:],
                address + sign,
                address[:at] + address[at + 1 :],
                address.swapcase(),
            ]
        )
    )
    return address, other


@unhurried
@given(pair=_two_alike())
def test_an_escaped_find_matches_that_address_and_no_look_alike(pair: tuple[str, str]) -> None:
    address, other = pair
    same = fold(address, "Default") == fold(other, "Default")
    assert matches("==" + escaped(address), address, other) == [address, other][: 1 + same]


@unhurried
@given(address=_texts)
def test_an_escaped_address_spells_itself(address: str) -> None:
    assert literal_text("==" + escaped(address)) == address


@unhurried
@given(criterion=_texts, content=_texts)
def test_no_criterion_ends_in_a_defect(criterion: str, content: str) -> None:
    assert matches(criterion, content, "", result=Result.TEXT) in ([], [content], [""], [content, ""])
    matches(criterion, content, 5, "", result=Result.NUMBER)


@unhurried
@given(
    criterion=_texts | st.text("0123456789/.-: apmAPM<>=*#@…", min_size=1),
    result=st.sampled_from([Result.DATE, Result.TIME, Result.TIMESTAMP]),
    form=st.sampled_from(DateForm),
)
def test_what_is_no_date_or_time_is_told(criterion: str, result: Result, form: DateForm) -> None:
    contents = ("", "02/03/2026", "09:15:00", "02/03/2026 09:15:00", "mañana")
    try:
        found = matches(criterion, *contents, result=result, form=form)
    except FileMakerError as error:
        assert error.code == (501 if result is Result.TIME else 500)  # noqa: PT017  most criteria are taken
        return
    assert set(found) <= set(contents)


def test_a_file_is_found_by_its_name() -> None:
    files = [StoredContainer(name, "image/png", b"") for name in ("ana.png", "Ana María.png")]
    field = Field("campo", Result.CONTAINER)
    for criterion, found in (
        ("==ana.png", files[:1]),
        ("maría", files[1:]),
        ("*", files),
        ("?", []),
        ("=", []),
    ):
        decides = matcher(criterion, field, files, FindContext(DateForm.MONTH_FIRST, TODAY))
        assert [each for each in files if decides(each)] == found


def test_many_stars_take_no_long_time() -> None:
    assert matches("==" + "*a" * 2000, "a" * 3000 + "b") == []


_PEOPLE = ("Ana López", "Ana Lucía", "Mariana", "Juan-Pablo", "", "a.b", "O'Neil", "Calle 5 bis")


@pytest.mark.parametrize(
    ("criterion", "found"),
    [
        ("ana", ["Ana López", "Ana Lucía"]),
        ("an", ["Ana López", "Ana Lucía"]),
        ("lu ana", ["Ana Lucía"]),
        ("=an", []),
        ("=ana", ["Ana López", "Ana Lucía"]),
        ("==ana", []),
        ("==ana lópez", ["Ana López"]),
        ("==ana lopez", []),
        ("*ana", ["Ana López", "Ana Lucía", "Mariana"]),
        ("@ariana", ["Mariana"]),
        ("=@@@", ["Ana López", "Ana Lucía", "a.b", "Calle 5 bis"]),
        ("pablo", ["Juan-Pablo"]),
        ("=a.b", ["a.b"]),
        ("neil", []),
        ("calle #", ["Calle 5 bis"]),
        ("==calle # bis", ["Calle 5 bis"]),
        ("==calle @ bis", ["Calle 5 bis"]),
        ("==#.b", []),
        ("==calle \\# bis", []),
        ("*", [each for each in _PEOPLE if each]),
        ("==*", [each for each in _PEOPLE if each]),
        ("=", [""]),
        ("==", [""]),
        ("lópez ana", ["Ana López"]),
        ('"lópez ana"', []),
        ('"na l"', []),
        ('"ana l"', ["Ana López", "Ana Lucía"]),
        ('*"na l"', ["Ana López", "Ana Lucía"]),
        ('*"na l" lópez', ["Ana López"]),
        ("<b", ["Ana López", "Ana Lucía", "a.b"]),
        (">=mariana", ["Mariana", "O'Neil"]),
        ("≥mariana", ["Mariana", "O'Neil"]),
        (">mariana", ["O'Neil"]),
        ("≤a.b", ["a.b"]),
        ("juan...o", ["Mariana", "Juan-Pablo"]),
        ("juan..o", ["Mariana", "Juan-Pablo"]),
        ("juan…o", ["Mariana", "Juan-Pablo"]),
        ("n...", ["O'Neil"]),
        ("...a.b", ["a.b"]),
        ("juan\\.\\.o", []),
        ("~ana", ["Ana López", "Ana Lucía"]),
        # operators where they have no meaning
        ("a<b", []),
        ("==ana!lópez", []),
        ('"ana', []),
        ("...", []),
        ("<", []),
        (">=*", []),
        ("?", []),
        ("a...b...c", []),
        ("---", []),
    ],
)
def test_text_operators(criterion: str, found: list[str]) -> None:
    assert matches(criterion, *_PEOPLE) == found


def test_duplicates() -> None:
    assert matches("!", "uno", "dos", "UNO", "", "") == ["uno", "UNO"]
    assert matches("==\\!", "uno", "uno", "!") == ["!"]


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("Default", ["Núñez", "NÚÑEZ"]),
        ("Spanish", ["Núñez", "NÚÑEZ", "Nunez"]),
        ("French", ["Núñez", "NÚÑEZ", "Nunez"]),
        ("Unicode", ["Núñez"]),
    ],
)
def test_letter_case_and_accents_by_language(language: str, found: list[str]) -> None:
    for text in ("Núñez", unicodedata.normalize("NFD", "Núñez")):
        assert matches("==" + text, "Núñez", "NÚÑEZ", "Nunez", "Otra", language=language) == found


def test_a_wildcard_for_one_character_stays_one_character() -> None:
    assert matches("==stra@e", "straße", "strasse") == ["straße"]
    assert matches("==n@n", "nñn", unicodedata.normalize("NFD", "nñn")) == [
        "nñn",
        unicodedata.normalize("NFD", "nñn"),
    ]


_NUMBERS = (1, 2, 10, 25, "", "dos")


@pytest.mark.parametrize(
    ("criterion", "found"),
    [
        ("2", [2]),
        ("==2", [2]),
        ("=2.0", [2]),
        ("2*", [2, 25]),
        ("##", [10, 25]),
        ("###", []),
        ("<10", [1, 2]),
        ("<=10", [1, 2, 10]),
        (">2", [10, 25]),
        ("2...10", [2, 10]),
        ("*", [1, 2, 10, 25, "dos"]),
        ("=", [""]),
        ("dos", ["dos"]),
        ("?", ["dos"]),
        ("nada", []),
        (">nada", []),
    ],
)
def test_number_operators(criterion: str, found: list[object]) -> None:
    assert matches(criterion, *_NUMBERS, result=Result.NUMBER) == found


_DATES = ("11/22/2026", "11/02/2026", "02/03/2025", "", "mañana")


@pytest.mark.parametrize(
    ("criterion", "form", "found"),
    [
        ("11/2/2026", DateForm.MONTH_FIRST, ["11/02/2026"]),
        ("==11/02/2026", DateForm.MONTH_FIRST, ["11/02/2026"]),
        ("2/11/2026", DateForm.DAY_FIRST, ["11/02/2026"]),
        ("2026-11-02", DateForm.ISO, ["11/02/2026"]),
        ("//", DateForm.MONTH_FIRST, ["11/22/2026"]),
        ("//", DateForm.ISO, ["11/22/2026"]),
        ("<//", DateForm.MONTH_FIRST, ["11/02/2026", "02/03/2025"]),
        ("2026", DateForm.MONTH_FIRST, ["11/22/2026", "11/02/2026"]),
        ("11/2026", DateForm.MONTH_FIRST, ["11/22/2026", "11/02/2026"]),
        ("*/2/2026", DateForm.MONTH_FIRST, ["11/02/2026"]),
        ("*/*/2025", DateForm.MONTH_FIRST, ["02/03/2025"]),
        ("2/3/2025...11/2/2026", DateForm.MONTH_FIRST, ["11/02/2026", "02/03/2025"]),
        (">=2026", DateForm.MONTH_FIRST, ["11/22/2026", "11/02/2026"]),
        ("?", DateForm.MONTH_FIRST, ["mañana"]),
        ("=", DateForm.MONTH_FIRST, [""]),
    ],
)
def test_date_operators(criterion: str, form: DateForm, found: list[str]) -> None:
    assert matches(criterion, *_DATES, result=Result.DATE, form=form) == found


_MOMENTS = ("11/22/2026 08:00:00", "11/22/2026 23:59:59", "11/23/2026 00:00:00", "")


@pytest.mark.parametrize(
    ("criterion", "found"),
    [
        ("11/22/2026", list(_MOMENTS[:2])),
        ("//", list(_MOMENTS[:2])),
        (">//", [_MOMENTS[2]]),
        ("11/22/2026 8:00:00", [_MOMENTS[0]]),
        (">11/22/2026 08:00:00", list(_MOMENTS[1:3])),
        ("*/22/2026", list(_MOMENTS[:2])),
    ],
)
def test_timestamp_operators(criterion: str, found: list[str]) -> None:
    assert matches(criterion, *_MOMENTS, result=Result.TIMESTAMP) == found


def test_time_operators() -> None:
    times = ("08:00:00", "17:30:00", "")
    assert matches("8:00", *times, result=Result.TIME) == ["08:00:00"]
    assert matches(">9:00", *times, result=Result.TIME) == ["17:30:00"]
