"""The bar for what went wrong, and for what is over and nobody's error: in two tones, in one place."""

from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel

from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.ui.messages import Subject, is_about
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import LIGHT, SCHEMES
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from tests.ui.conftest import Shown
from tests.ui.states import problem
from tests.window import one

CALM = [
    ErrorCode.SESSION_IDLE,
    ErrorCode.SESSION_LONGEST,
    ErrorCode.SESSION_LOCKED,
    ErrorCode.SESSION_ENDED,
    ErrorCode.SESSION_NOT_RESTORED,
    ErrorCode.CANCELLED,
]
# What is about a field stands below that.
ERRORS = [
    code
    for code in ErrorCode
    if code not in CALM and is_about(problem(code)) not in (Subject.EMAIL, Subject.PASSWORD)
]
CORNER = QPoint(5, 24)
"""Of the bar's ground, beside the mark."""
MARK = QPoint(15, 24)
"""Within the mark, beside its sign."""


def colours(shown: Shown) -> tuple[str, str, str]:
    """Of the words, of the mark, and of the ground that both stand on."""
    bar = one(shown.window.login, NoticeBar)
    words = one(bar, QLabel)
    picture = bar.grab().toImage()
    ink = words.palette().color(words.foregroundRole())
    return ink.name(), picture.pixelColor(MARK).name(), picture.pixelColor(CORNER).name()


@pytest.mark.parametrize(("code", "scheme"), [*product(CALM, SCHEMES)])
def test_what_is_nobodys_error_is_said_calmly(
    code: ErrorCode, scheme: str, show: Callable[..., Shown], theme: Theme
) -> None:
    tokens = SCHEMES[scheme]
    theme.wear(tokens)
    shown = show(SignedOut(problem=problem(code)))
    assert colours(shown) == (tokens.notice, tokens.notice, tokens.notice_ground)


@pytest.mark.parametrize(("code", "scheme"), [*product(ERRORS, SCHEMES)])
def test_what_went_wrong_is_said_as_an_error(
    code: ErrorCode, scheme: str, show: Callable[..., Shown], theme: Theme
) -> None:
    tokens = SCHEMES[scheme]
    theme.wear(tokens)
    shown = show(SignedOut(problem=problem(code)))
    assert colours(shown) == (tokens.error, tokens.error, tokens.error_ground)


def test_the_tone_follows_the_problem_in_the_same_place(show: Callable[..., Shown]) -> None:
    shown = show(SignedOut(problem=problem(ErrorCode.SESSION_IDLE)))
    bar = one(shown.window.login, NoticeBar)
    place, field = bar.geometry(), shown.field("Email").geometry()
    calm = bar.grab().toImage()
    shown.become(SignedOut(problem=problem(ErrorCode.NO_NETWORK)))
    shown.become(SignedOut(problem=problem(ErrorCode.SESSION_IDLE)))
    assert colours(shown) == (LIGHT.notice, LIGHT.notice, LIGHT.notice_ground)
    assert bar.grab().toImage() == calm
    assert (bar.geometry(), shown.field("Email").geometry()) == (place, field)


def test_a_calm_word_waits_until_the_screen_reader_is_free(show: Callable[..., Shown]) -> None:
    shown = show(SignedOut())
    shown.spoken.clear()
    shown.become(SignedOut(problem=problem(ErrorCode.SESSION_LOCKED)))
    shown.become(SignedOut(problem=problem(ErrorCode.NO_NETWORK)))
    assert [urgent for _, urgent in shown.spoken] == [False, True]


@pytest.mark.parametrize("language", list(Language))
def test_the_reference_is_never_parted_from_its_word(language: Language, show: Callable[..., Shown]) -> None:
    shown = show(SignedOut(problem=problem(ErrorCode.SESSION_IDLE)), language=language)
    assert one(shown.window.login, NoticeBar).text.endswith(" Ref.\u00a07K3Q9F")
