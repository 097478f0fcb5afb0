"""Whatever a person saw or typed, in every state: nothing of it stays behind a cover, or for the next one."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import (
    Coverable,
    Covered,
    PasswordChanged,
    ResetRequested,
    SignedIn,
    SignedOut,
    SigningIn,
    SigningOut,
    Unavailable,
)
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.value import replace
from tests.ui.conftest import Shown
from tests.ui.states import ANA, EMAIL, KEY, REFERENCE, STATES
from tests.ui.told import tells

Show = Callable[..., Shown]
TYPED = "Zq9"
SAID = Problem(ErrorCode.TRIGGER_REFUSED, REFERENCE, said="Anita, your area is closed")
"""A trigger of the clinic's may name whom it refuses."""
FACTS = (TYPED, "Anita", EMAIL, ANA.full_name, KEY.text.reveal()[:4], "a***", "+***", "mascota")
PERSONAL = {
    name: state
    for name, state in STATES.items()
    if not isinstance(state, Covered | SigningOut | Unavailable | PasswordChanged)
}


def refused(state: Coverable) -> Coverable:
    """``state`` with the clinic's own words in its bar, where it has one."""
    if isinstance(state, SignedIn):
        return state if state.panel is None else replace(state, panel=replace(state.panel, problem=SAID))
    return state if isinstance(state, SigningIn) else replace(state, problem=SAID)


@pytest.mark.parametrize("name", PERSONAL)
def test_nothing_is_left_behind(name: str, show: Show) -> None:
    state = refused(PERSONAL[name])
    shown = show(state)
    seen = tells(shown.window, "Anita")
    for edit in shown.fields():
        QTest.keyClicks(edit, TYPED)
    shown.become(Covered(state))
    assert tells(shown.window, *FACTS) == []
    shown.become(state)
    assert tells(shown.window, "Anita") == seen
    shown.become(
        SignedOut() if not isinstance(state, SignedOut | SigningIn) else ResetRequested("", remember=False)
    )
    assert tells(shown.window, *FACTS) == []


@pytest.mark.parametrize("name", ["new-password", "reset-code", "password-change"])
def test_a_refusal_of_the_attempt_before_does_not_come_back_with_the_language(
    name: str, show: Show, qtbot: QtBot
) -> None:
    used = Problem(ErrorCode.PASSWORD_HISTORY, REFERENCE)
    state = STATES[name]
    panel = isinstance(state, SignedIn) and state.panel
    shown = show(
        replace(state, panel=replace(panel, problem=used)) if panel else replace(state, problem=used)
    )
    shown.translation.use(Language.SPANISH)
    qtbot.waitUntil(lambda: bool(tells(shown.view, "Ya usó esta contraseña antes.")))
    QTest.keyClicks(shown.field("Nueva contraseña"), TYPED)
    assert tells(shown.view, "Ya usó")
    # The next attempt finds something else that is missing.
    QTest.keyClick(shown.field("Confirmar contraseña"), Qt.Key.Key_Return)
    assert not tells(shown.window, "Ya usó")
    shown.translation.use(Language.ENGLISH)
    qtbot.waitUntil(lambda: bool(tells(shown.view, "Confirm password")))
    assert not tells(shown.window, "You have used")
