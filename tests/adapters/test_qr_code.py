"""A QR code as rows of text: what ISO/IEC 18004 says must stand where."""

import pytest

from ingenes_desktop.adapters.qr_code import QUIET_ZONE, symbol_of

ADDRESS = "otpauth://totp/Ingenes:ana%40clinica.example?secret=JBSWY3DPEHPK3PXP&issuer=Ingenes"
FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")


def rows_of(text: str) -> list[str]:
    rows = symbol_of(text).reveal().split("\n")
    assert {len(row) for row in rows} == {len(rows)}
    assert set("".join(rows)) == {"0", "1"}
    return rows


@pytest.mark.parametrize("text", ["a", ADDRESS, ADDRESS + "x" * 1_500])
def test_a_square_with_its_three_corners_and_a_quiet_zone(text: str) -> None:
    rows = rows_of(text)
    size = len(rows) - 2 * QUIET_ZONE
    assert size >= 21
    assert (size - 21) % 4 == 0
    for edge in (*rows[:QUIET_ZONE], *rows[-QUIET_ZONE:]):
        assert set(edge) == {"0"}
    assert all({row[:QUIET_ZONE], row[-QUIET_ZONE:]} == {"0" * QUIET_ZONE} for row in rows)
    inner = [row[QUIET_ZONE:-QUIET_ZONE] for row in rows[QUIET_ZONE:-QUIET_ZONE]]
    assert tuple(row[:7] for row in inner[:7]) == FINDER
    assert tuple(row[-7:] for row in inner[:7]) == FINDER
    assert tuple(row[:7] for row in inner[-7:]) == FINDER
    assert inner[size - 8][8] == "1", "the module that is always dark"
    assert "".join(inner[6][8:-8]) == "".join("10"[index % 2] for index in range(size - 16)), "timing"


def test_the_address_makes_the_symbol() -> None:
    assert symbol_of(ADDRESS).reveal() == symbol_of(ADDRESS).reveal()
    assert symbol_of(ADDRESS).reveal() != symbol_of(ADDRESS.replace("ana", "eva")).reveal()


def test_what_no_symbol_can_hold() -> None:
    with pytest.raises(ValueError, match="too large"):
        symbol_of("x" * 3_000)


def test_it_does_not_show_itself() -> None:
    assert "1" not in repr(symbol_of(ADDRESS))
