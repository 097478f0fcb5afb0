"""Finding an address: no character of it may be an operator."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingenes_desktop.adapters.filemaker_find import (
    FIND_LIMIT,
    escaped,
    find_request,
    found_users,
    may_search_unescaped,
)
from ingenes_desktop.demo.filemaker import find_grammar
from ingenes_desktop.demo.filemaker.collation import fits
from ingenes_desktop.domain.email_address import is_searchable
from ingenes_desktop.domain.errors import AuthError, ErrorCode

TODAY = "11/22/2026"


def criterion(email: str) -> str:
    (query,) = find_request(email)["query"]
    (name, value), *rest = query.items()
    assert (name, rest) == ("Email", [])
    return str(value)


def means(email: str) -> find_grammar.Criterion:
    """What FileMaker understands."""
    return find_grammar.parse(criterion(email), today=TODAY)


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("ana@clinica.example", r"==ana\@clinica.example"),
        ("a+b@clinica.example", r"==a+b\@clinica.example"),
        ("o'neil@clinica.example", r"==o'neil\@clinica.example"),
        ("a*@clinica.example", r"==a\*\@clinica.example"),
        ('"a"@clinica.example', r"==\"a\"\@clinica.example"),
        ("a\\@clinica.example", r"==a\\\@clinica.example"),
        ("a//b@clinica.example", r"==a\/\/b\@clinica.example"),
        ("a/b@clinica.example", r"==a/b\@clinica.example"),
        ("a..b@clinica.example", r"==a\.\.b\@clinica.example"),
        ("a...b@clinica.example", r"==a\.\.\.b\@clinica.example"),
        ("a.b@clinica.example", r"==a.b\@clinica.example"),
        ("=!#?<>~≤≥…@x.example", r"==\=\!\#\?\<\>\~\≤\≥\…\@x.example"),
    ],
)
def test_what_is_asked(email: str, expected: str) -> None:
    assert criterion(email) == expected
    assert find_request(email)["limit"] == str(FIND_LIMIT)


ODD = st.text(
    alphabet=st.sampled_from([*"ab1.@*#?!=<>\"~\\/'+-_% ", "≤", "≥", "…", "é"]), min_size=1, max_size=40
)
ANY = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)


@given(email=st.one_of(ODD, ANY, st.emails()))
def test_an_escaped_address_means_its_own_characters(email: str) -> None:
    assert means(email) == find_grammar.WholeField(tuple(email))


@given(email=st.one_of(ODD, st.emails()), other=st.one_of(ODD, st.emails()))
def test_an_escaped_address_fits_no_other(email: str, other: str) -> None:
    said = means(email)
    assert isinstance(said, find_grammar.WholeField)
    assert fits(said.pattern, other) == (email == other)


@given(email=st.one_of(ODD, ANY, st.emails()))
def test_an_address_that_may_be_looked_up_has_no_blank_and_one_at(email: str) -> None:
    if is_searchable(email):
        assert email.count("@") == 1
        assert not any(character.isspace() for character in email)


@given(email=st.emails())
def test_a_usual_address_may_be_looked_up(email: str) -> None:
    assert is_searchable(email) == (len(email) <= 254)


@given(text=ANY)
def test_escaping_twice_is_not_escaping_once(text: str) -> None:
    once = escaped(text)
    assert (once == text) == (escaped(once) == once)


def test_the_fallback_is_never_sent_with_a_star() -> None:
    assert may_search_unescaped("ana@clinica.example")
    assert not may_search_unescaped("a*@clinica.example")
    assert find_request("ana@clinica.example", escape=False)["query"] == [{"Email": "==ana@clinica.example"}]


def record(**fields: object) -> dict[str, object]:
    return {"fieldData": {"Email": "ana@clinica.example", **fields}, "recordId": "7"}


def answer(*records: object, **info: object) -> dict[str, object]:
    return {"data": list(records), "dataInfo": {"table": "Usuarios", "foundCount": len(records), **info}}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2, "2"),
        (2.0, "2"),
        ("2", "2"),
        ("2.0", "2"),
        (" 2 ", "2"),
        (2.5, "2.5"),
        ("", ""),
        (None, ""),
        ([], ""),
    ],
)
def test_numbers_come_as_numbers_or_as_text(value: object, text: str) -> None:
    (user,) = found_users(answer(record(idEmpresa=value, idUsuario=value))).users
    assert (user.company_id, user.user_id) == (text, text)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("03/09/2021", date(2021, 3, 9)),
        ("03/09/2021 10:00:00", date(2021, 3, 9)),
        ("31/12/2021", None),
        ("2021-03-09", None),
        ("", None),
        (None, None),
        (20210309, None),
        ("0" * 400, None),
    ],
)
def test_dates(value: object, day: date | None) -> None:
    (user,) = found_users(answer(record(fechaRegistro=value))).users
    assert user.registered_on == day


@pytest.mark.parametrize(
    ("said", "count"),
    [(3, 3), ("3", 3), (None, 1), ("x", 1), (True, 1), (0, 1), (-5, 1), ("9" * 30, 999_999_999)],
)
def test_how_many_were_found(said: object, count: int) -> None:
    assert found_users(answer(record(), foundCount=said)).found_count == count


@pytest.mark.parametrize(
    "response",
    [
        {},
        {"data": None},
        {"data": {}},
        answer(5),
        answer({"fieldData": {}}),
        answer({"fieldData": {}, "recordId": "x"}),
        answer({"fieldData": {}, "recordId": "-7"}),
        answer({"fieldData": {}, "recordId": "7/../8"}),
        answer({"fieldData": {}, "recordId": "9" * 19}),
        answer({"fieldData": None, "recordId": "7"}),
    ],
)
def test_another_shape_is_refused(response: dict[str, object]) -> None:
    with pytest.raises(AuthError) as caught:
        found_users(response)
    assert caught.value.code is ErrorCode.UNEXPECTED_ANSWER
