"""Telephone numbers in the local form, and what is none as it came."""

import subprocess
import sys

import pytest

from ingenes_desktop.domain.plain_text import NAME_LIMIT
from ingenes_desktop.ui.phone_number import phone_in_words


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("+52 55 5555 0142", "55 5555 0142"),
        ("+525555550142", "55 5555 0142"),
        ("0052 55 5555 0142", "55 5555 0142"),
        ("5555550142", "55 5555 0142"),
        ("(222) 555-0142", "222 555 0142"),
        (" 55\u00a05555\u20110142\r", "55 5555 0142"),
        ("55 5555 0142 ext. 12", "55 5555 0142 ext. 12"),
        ("55 5555 0142 x12", "55 5555 0142 ext. 12"),
        # As they were dialled until 2019.
        ("044 55 5555 0142", "55 5555 0142"),
        ("045 55 5555 0142", "55 5555 0142"),
        ("01 55 5555 0142", "55 5555 0142"),
        ("+52 1 55 5555 0142 ext. 7", "55 5555 0142 ext. 7"),
        ("+1 512 555 0142", "+1 512 555 0142"),
        ("+1 (512) 555-0142", "+1 512 555 0142"),
        ("+34912345678", "+34 912 34 56 78"),
    ],
)
def test_a_number_is_written_as_the_clinics_write_it(given: str, shown: str) -> None:
    assert phone_in_words(given) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "–",
        "12",
        "911",
        "+",
        "+999 123 4567",
        "55 5555 01",
        "044 55 5555 01",
        "1-800-FLOWERS",
        "55 5555 0142 (casa)",
        "tel 55 5555 0142",
        "55 5555 0142 / 55 5555 0143",
        "<b>55 5555 0142</b>",
        "5" * NAME_LIMIT,
        "+52 55 5555 0142 ext. 1234567890 1234567890",
    ],
)
def test_what_is_no_number_is_shown_as_it_came(text: str) -> None:
    assert phone_in_words(text) == text


def test_it_is_plain_and_bounded() -> None:
    assert phone_in_words("llamar\u202e a\x00 Ana\n55") == "llamar a Ana 55"
    assert len(phone_in_words("5" * 100_000)) == NAME_LIMIT


def test_the_library_waits_until_a_profile_is_prepared() -> None:
    code = "import sys, ingenes_desktop.app; sys.exit('phonenumbers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
