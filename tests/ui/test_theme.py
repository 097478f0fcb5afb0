"""The tokens can be read by everybody, every scheme reaches every widget, and the system is followed."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from ingenes_desktop.domain.auth_state import (
    AuthState,
    ResetRequested,
    SignedOut,
    SigningIn,
    SignInStep,
)
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.machine import Appearance
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.theme.theme import Theme, colors_of, scaled, system_text_scale
from ingenes_desktop.ui.theme.tokens import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    EDGE_PAIRS,
    LIGHT,
    SCHEMES,
    TEXT_PAIRS,
    Colors,
    Size,
    Type,
)
from tests.ui import contrast_table
from tests.ui.conftest import Shown
from tests.ui.contrast_table import Measured, contrast, measured
from tests.ui.states import EMAIL, REFERENCE, SESSION

HIGH = Qt.ContrastPreference.HighContrast
PLAIN = Qt.ContrastPreference.NoPreference


def test_the_measure_is_the_standard_one() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("row", measured(), ids=lambda row: f"{row.scheme}-{row.front}-{row.ground}")
def test_every_pair_can_be_told_apart(row: Measured) -> None:
    assert row.suffices, f"{row.ratio:.2f} of {row.needed}"


def test_the_contrast_schemes_need_more() -> None:
    assert {row.needed for row in measured() if row.scheme == "light"} == {4.5, 3.0}
    assert {row.needed for row in measured() if row.scheme == "contrast-dark"} == {7.0, 4.5}
    assert {row.scheme for row in measured()} == set(SCHEMES)


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert contrast_table.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(measured()) + 2
    assert len({line.count("|") for line in lines}) == 1


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_token_is_a_colour(scheme: str) -> None:
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in vars(SCHEMES[scheme]).values())


def test_no_two_schemes_have_the_same_ground() -> None:
    assert len({colors.ground for colors in SCHEMES.values()}) == len(SCHEMES)


def test_every_text_token_stands_in_a_pair() -> None:
    grounds = {"ground", "surface", "line", "field", "shadow", "text_disabled", "outline"}
    named = {name for pair in (*TEXT_PAIRS, *EDGE_PAIRS) for name in pair}
    assert set(Colors._fields) - named <= grounds


def test_the_scheme_changes_at_run_time(qapp: QApplication, theme: Theme, show: Callable[..., Shown]) -> None:
    shown = show()
    theme.wear(DARK)
    assert colors_of(shown.view) is DARK
    assert shown.view.palette().color(QPalette.ColorRole.Window).name() == DARK.ground
    assert DARK.accent in qapp.styleSheet()
    theme.wear(LIGHT)
    assert colors_of(shown.view) is LIGHT
    assert LIGHT.accent in qapp.styleSheet()


def test_the_system_is_followed(qapp: QApplication, theme: Theme, show: Callable[..., Shown]) -> None:
    shown = show()
    theme.follow_system()
    assert colors_of(shown.view) is LIGHT
    # What Qt emits when the system turns dark; the offscreen platform has no such switch.
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert colors_of(shown.view) is DARK
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert colors_of(shown.view) is LIGHT
    qapp.styleHints().accessibility().contrastPreferenceChanged.emit(HIGH)
    assert colors_of(shown.view) is CONTRAST_LIGHT
    qapp.styleHints().accessibility().contrastPreferenceChanged.emit(PLAIN)
    assert colors_of(shown.view) is LIGHT


@pytest.mark.usefixtures("theme")
def test_a_system_that_says_nothing_is_taken_by_its_colours(qapp: QApplication) -> None:
    qapp.setPalette(QPalette(QColor("#303030")))
    theme = Theme(qapp, text_scale=1.0)
    assert theme.worn is DARK
    theme.follow_system()
    assert theme.worn is DARK
    theme.stop_following()


@pytest.mark.parametrize(
    ("appearance", "worn"),
    [(Appearance.LIGHT, LIGHT), (Appearance.DARK, DARK), (Appearance.CONTRAST, CONTRAST_LIGHT)],
)
def test_what_was_chosen_holds_against_the_system(
    appearance: Appearance, worn: Colors, qapp: QApplication, theme: Theme
) -> None:
    theme.choose(appearance)
    assert theme.worn is worn
    if appearance is not Appearance.CONTRAST:
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        qapp.styleHints().accessibility().contrastPreferenceChanged.emit(HIGH)
        assert theme.worn is worn
    theme.choose(Appearance.SYSTEM)
    assert theme.worn is LIGHT


def test_high_contrast_is_dark_where_the_system_is(qapp: QApplication, theme: Theme) -> None:
    theme.choose(Appearance.CONTRAST)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.worn is CONTRAST_DARK


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("appearance", Appearance)
def test_the_first_paint_has_what_was_chosen(appearance: Appearance, qapp: QApplication) -> None:
    theme = Theme(qapp, appearance=appearance, text_scale=1.0)
    worn = {Appearance.DARK: DARK, Appearance.CONTRAST: CONTRAST_LIGHT}.get(appearance, LIGHT)
    assert theme.worn is worn


STATES: dict[str, AuthState] = {
    "sign-in": SignedOut(EMAIL),
    "refused": SignedOut(EMAIL, problem=Problem(ErrorCode.WRONG_CREDENTIALS, REFERENCE)),
    "under way": SigningIn(EMAIL, step=SignInStep.ACCESS, remember=False),
    "reset": ResetRequested(EMAIL, remember=False),
    "profile": SESSION,
}


@pytest.mark.parametrize(("scheme", "name"), [*product(SCHEMES, STATES)])
def test_no_other_colour_than_a_token_is_painted(
    scheme: str, name: str, theme: Theme, show: Callable[..., Shown]
) -> None:
    shown = show(STATES[name])
    colors = SCHEMES[scheme]
    theme.wear(colors)
    picture = shown.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    found = Counter(
        picture.pixelColor(x, y).name()
        for y in range(0, picture.height(), 2)
        for x in range(0, picture.width(), 2)
    )
    mark = resource_path("brand", "mark.svg").read_text("utf-8").lower()
    allowed = {*vars(colors).values(), *re.findall("#[0-9a-f]{6}", mark)}
    # What is between two tokens is an edge's smoothing or the shadow's fading: few pixels each.
    others = {
        color: count for color, count in found.items() if color not in allowed and count > MOST_OF_A_MIX
    }
    assert not {color for color in others if not _is_shadow(color, colors)}
    assert colors.text in found
    assert colors.aside in found


MOST_OF_A_MIX = 150


def _is_shadow(color: str, colors: Colors) -> bool:
    """Whether it lies between the ground and its shadow."""
    parts = (
        [int(each[place : place + 2], 16) for each in (color, colors.ground, colors.shadow)]
        for place in (1, 3, 5)
    )
    shares = [(one - ground) / (shadow - ground) for one, ground, shadow in parts if shadow != ground]
    return bool(shares) and max(shares) - min(shares) < 0.05 and 0 <= min(shares) < 0.5


@pytest.mark.parametrize(
    ("platform", "pixels", "scale"),
    [
        ("win32", 12, 1.0),
        ("win32", 13, 1.0),
        ("win32", 18, 1.5),
        ("win32", 27, 2.0),
        ("darwin", 13, 1.0),
        ("linux", 13, 1.0),
        ("linux", 15, 1.0),
        ("linux", 30, 2.0),
    ],
)
def test_the_text_is_as_large_as_the_system_s(
    platform: str, pixels: int, scale: float, qapp: QApplication
) -> None:
    font = QFont(qapp.font())
    font.setPixelSize(pixels)
    assert system_text_scale(font, platform) == pytest.approx(scale)


@pytest.mark.parametrize(("scale", "name"), [*product([1.5, 2.0], STATES)])
def test_no_line_of_words_is_cut_by_a_fixed_height(
    scale: float, name: str, qapp: QApplication, show: Callable[..., Shown]
) -> None:
    Theme(qapp, bundled_font=True, text_scale=scale)
    shown = show()
    shown.window.resize(1900, 1300)
    shown.become(STATES[name])
    shown.window.grab()
    words = [each for each in shown.view.findChildren(QLabel) if each.isVisible() and each.text()]
    assert words
    assert [each.text() for each in words if each.height() < each.fontMetrics().height()] == []
    buttons = [each for each in shown.view.findChildren(QPushButton) if each.isVisible() and each.text()]
    assert [each.text() for each in buttons if each.height() < scaled(Size.TARGET)] == []


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_measure_of_words_follows_the_text(scale: float, qapp: QApplication, theme: Theme) -> None:
    _ = theme
    Theme(qapp, bundled_font=True, text_scale=scale)
    assert qapp.font().pixelSize() == round(Type.BODY * scale)
    assert scaled(Size.TARGET) == pytest.approx(Size.TARGET * scale, abs=1)
    assert f"font-size: {round(Type.TITLE * scale)}px" in qapp.styleSheet()
    assert f"min-height: {round(Size.TARGET * scale) - 2}px" in qapp.styleSheet()


def test_what_is_painted_by_hand_knows_the_scheme_on_a_coloured_ground(
    theme: Theme, show: Callable[..., Shown]
) -> None:
    shown = show()
    button = shown.button("Sign in")
    button.ensurePolished()
    assert colors_of(button) is LIGHT
    theme.wear(DARK)
    assert colors_of(button) is DARK
