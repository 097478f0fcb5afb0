"""Which addresses may be looked up, and which are the same."""

import pytest

from ingenes_desktop.domain.email_address import is_searchable, same_address


@pytest.mark.parametrize(
    "address", ["ana@clinica.example", "o'neil+turno@clinica.example", "josé@clinica.example", "*@b.c"]
)
def test_an_address_may_be_searched(address: str) -> None:
    assert is_searchable(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "@",
        "ana",
        "ana@",
        "@clinica.example",
        "a@b@c",
        "ana @clinica.example",
        "ana@clinica.example\r",
        "ana\u202e@clinica.example",
        "\x00@b",
        "a" * 250 + "@b.mx",
    ],
)
def test_no_find_with_anything_else(address: str) -> None:
    assert not is_searchable(address)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@clinica.example", "ANA@Clinica.Example"),
        ("ana@clinica.example", " ana@clinica.example\r"),
        ("josé@clinica.example", "jose\u0301@clinica.example"),
    ],
)
def test_the_same_address(one: str, other: str) -> None:
    assert same_address(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@clinica.example", "anaXclinica.example"),
        ("jose@clinica.example", "josé@clinica.example"),
        ("ana@clinica.example", "ana@clinica.example\rluis@clinica.example"),
        ("ana@clinica.example", ""),
    ],
)
def test_another_address(one: str, other: str) -> None:
    assert not same_address(one, other)
