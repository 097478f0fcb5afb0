"""The tokens can be read by everybody, and both schemes reach every widget."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from ingenes_desktop.ui.theme.theme import Theme, colors_of
from ingenes_desktop.ui.theme.tokens import DARK, EDGE_PAIRS, LIGHT, TEXT_PAIRS, Colors
from tests.ui.conftest import Shown

SCHEMES = {"light": LIGHT, "dark": DARK}


def luminance(color: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_the_standard_one() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("scheme", "pair"), [*product(SCHEMES, TEXT_PAIRS)])
def test_every_text_can_be_read(scheme: str, pair: tuple[str, str]) -> None:
    colors = SCHEMES[scheme]
    assert contrast(getattr(colors, pair[0]), getattr(colors, pair[1])) >= 4.5


@pytest.mark.parametrize(("scheme", "pair"), [*product(SCHEMES, EDGE_PAIRS)])
def test_every_edge_of_a_control_can_be_seen(scheme: str, pair: tuple[str, str]) -> None:
    colors = SCHEMES[scheme]
    assert contrast(getattr(colors, pair[0]), getattr(colors, pair[1])) >= 3


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_every_token_is_a_colour(colors: Colors) -> None:
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in vars(colors).values())


def test_every_text_token_stands_in_a_pair() -> None:
    grounds = {"ground", "surface", "line", "field", "shadow", "field_border", "text_disabled"}
    named = {name for pair in (*TEXT_PAIRS, *EDGE_PAIRS) for name in pair}
    assert set(Colors._fields) - named <= grounds


def test_the_scheme_changes_at_run_time(qapp: QApplication, theme: Theme, show: Callable[..., Shown]) -> None:
    shown = show()
    theme.use(Qt.ColorScheme.Dark)
    assert colors_of(shown.view) is DARK
    assert shown.view.palette().color(QPalette.ColorRole.Window).name() == DARK.ground
    assert DARK.accent in qapp.styleSheet()
    theme.use(Qt.ColorScheme.Unknown)
    assert colors_of(shown.view) is LIGHT
    assert LIGHT.accent in qapp.styleSheet()


def test_the_system_is_followed(qapp: QApplication, show: Callable[..., Shown]) -> None:
    shown = show()
    # What Qt emits when the system turns dark; the offscreen platform has no such switch.
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert colors_of(shown.view) is DARK


def test_what_is_painted_by_hand_knows_the_scheme_on_a_coloured_ground(
    theme: Theme, show: Callable[..., Shown]
) -> None:
    shown = show()
    button = shown.button("Sign in")
    button.ensurePolished()
    assert colors_of(button) is LIGHT
    theme.use(Qt.ColorScheme.Dark)
    assert colors_of(button) is DARK
