"""Initials, of whatever stands in a name."""

import pytest

from ingenes_desktop.ui.widgets.avatar import initials_of


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ana María López Hernández", "AL"),
        ("Samuel Montes Silva", "SM"),
        ("Ana López", "AL"),
        ("Ana", "A"),
        ("ana lópez", "AL"),
        ("Ana de la Cruz", "AC"),
        ("María de los Ángeles Ruiz y Paz", "MR"),
        ("de la Cruz", "C"),
        ("De La", "DL"),
        ("  Ana   López  ", "AL"),
        ("ana.lopez@clinica.example", "AL"),
        ("luis@clinica.example", "L"),
        ("luis_r-7+x@clinica.example", "LX"),
        ("@clinica.example", ""),
        ("👩\u200d⚕️ Ana López 🎉", "AL"),
        ("🎉", ""),
        ("(Ana) «López»", "AL"),
        ("A\u0301ngel N\u0303ez", "ÁÑ"),
        ("X\u0301imena R\u0328\u0301os", "X\u0301\u0154\u0328"),
        ("ßen Ana", "SA"),
        ("李 小龙", "李小"),
        ("7 Ana", "7A"),
        ("", ""),
        (" . ", ""),
    ],
)
def test_the_first_letters_of_a_given_name_and_the_first_surname(name: str, initials: str) -> None:
    assert initials_of(name) == initials
