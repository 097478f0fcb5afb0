"""The account's panels against every event: beside the profile, under its cover, and nowhere else."""

from typing import get_args

import pytest

from ingenes_desktop.domain import auth_event as event
from ingenes_desktop.domain import auth_state as state
from ingenes_desktop.domain.account_panel import Panel, PasswordChange, TwoStep, TwoStepFactors
from ingenes_desktop.domain.auth_machine import ImpossibleTransitionError, advance
from ingenes_desktop.domain.question import AuthenticatorKey, Factor
from ingenes_desktop.domain.secret import Secret
from tests.domain.test_auth_machine import ANA, EVENTS, NAME, NOTICE, PROBLEM, STATES, TABLE

OFF = TwoStepFactors()
ON = TwoStepFactors((Factor.TOTP,), Factor.TOTP)
KEY = AuthenticatorKey(Secret("JBSWY3DPEHPK3PXP"), Secret("101"))
OTHER_KEY = AuthenticatorKey(Secret("GEZDGNBVGY3TQOJQ"), Secret("010"))

PANELS: dict[str, Panel | None] = {
    "none": None,
    "password": PasswordChange(),
    "password-busy": PasswordChange(busy=True),
    "password-refused": PasswordChange(problem=PROBLEM),
    "password-done": PasswordChange(done=True),
    "two-step-reading": TwoStep(),
    "two-step-unread": TwoStep(busy=False, problem=PROBLEM),
    "two-step-off": TwoStep(OFF, busy=False),
    "two-step-on": TwoStep(ON, busy=False),
    "two-step-busy": TwoStep(OFF),
    "two-step-refused": TwoStep(ON, busy=False, problem=PROBLEM),
    "key": TwoStep(OFF, KEY, busy=False),
    "key-busy": TwoStep(OFF, KEY),
    "key-refused": TwoStep(OFF, KEY, busy=False, problem=PROBLEM),
}
ACCOUNT_EVENTS: dict[str, event.AccountEvent] = {
    "password-asked": event.PasswordChangeAsked(),
    "password-submitted": event.PasswordChangeSubmitted(),
    "password-failed": event.PasswordChangeFailed(PROBLEM),
    "password-done": event.PasswordChangeDone(),
    "two-step-asked": event.TwoStepAsked(),
    "two-step-submitted": event.TwoStepSubmitted(),
    "two-step-known": event.TwoStepKnown(ON),
    "key-given": event.AuthenticatorKeyGiven(OTHER_KEY),
    "key-left": event.AuthenticatorLeft(),
    "two-step-failed": event.TwoStepFailed(PROBLEM),
    "left": event.PanelLeft(),
}
# What each panel becomes; all other pairs must raise.
LEFT: dict[str, Panel | None] = {"left": None}
SUBMIT_PASSWORD: dict[str, Panel | None] = {**LEFT, "password-submitted": PasswordChange(busy=True)}
READ = {**LEFT, "two-step-asked": TwoStep()}
BUSY = {**READ, "two-step-known": TwoStep(ON, busy=False)}
LEAVE_KEY = {"key-left": TwoStep(OFF, busy=False)}
TABLE_OF_PANELS: dict[str, dict[str, Panel | None]] = {
    "none": {**READ, "password-asked": PasswordChange()},
    "password": SUBMIT_PASSWORD,
    "password-busy": {
        **LEFT,
        "password-failed": PasswordChange(problem=PROBLEM),
        "password-done": PasswordChange(done=True),
    },
    "password-refused": SUBMIT_PASSWORD,
    "password-done": LEFT,
    "two-step-reading": {
        **BUSY,
        "key-given": TwoStep(None, OTHER_KEY, busy=False),
        "two-step-failed": TwoStep(busy=False, problem=PROBLEM),
    },
    "two-step-unread": {**READ, "two-step-submitted": TwoStep()},
    "two-step-off": {**READ, "two-step-submitted": TwoStep(OFF)},
    "two-step-on": {**READ, "two-step-submitted": TwoStep(ON)},
    "two-step-busy": {
        **BUSY,
        "key-given": TwoStep(OFF, OTHER_KEY, busy=False),
        "two-step-failed": TwoStep(OFF, busy=False, problem=PROBLEM),
    },
    "two-step-refused": {**READ, "two-step-submitted": TwoStep(ON)},
    "key": {**READ, **LEAVE_KEY, "two-step-submitted": TwoStep(OFF, KEY)},
    "key-busy": {
        **BUSY,
        **LEAVE_KEY,
        "key-given": TwoStep(OFF, OTHER_KEY, busy=False),
        "two-step-failed": TwoStep(OFF, KEY, busy=False, problem=PROBLEM),
    },
    "key-refused": {**READ, **LEAVE_KEY, "two-step-submitted": TwoStep(OFF, KEY)},
}


def profile(panel: Panel | None) -> state.SignedIn:
    """The profile with ``panel`` beside it, while everything else about it is something too."""
    return state.SignedIn(
        ANA, NAME, True, NOTICE, True, 100.0, 200.0, 50.0, reconnecting=True, countdown=9, panel=panel
    )


def test_the_matrix_names_every_panel_and_every_event() -> None:
    assert {type(panel) for panel in PANELS.values()} == {*get_args(Panel), type(None)}
    assert {type(value) for value in ACCOUNT_EVENTS.values()} == set(get_args(event.AccountEvent))
    assert set(TABLE_OF_PANELS) == set(PANELS)


@pytest.mark.parametrize("before", PANELS)
@pytest.mark.parametrize("happening", ACCOUNT_EVENTS)
def test_each_pair_leads_where_the_table_says_and_touches_nothing_else(before: str, happening: str) -> None:
    now = profile(PANELS[before])
    if happening not in TABLE_OF_PANELS[before]:
        with pytest.raises(ImpossibleTransitionError):
            advance(now, ACCOUNT_EVENTS[happening])
        return
    assert advance(now, ACCOUNT_EVENTS[happening]) == profile(TABLE_OF_PANELS[before][happening])


@pytest.mark.parametrize("before", PANELS)
@pytest.mark.parametrize("happening", ACCOUNT_EVENTS)
@pytest.mark.parametrize("locked", [True, False])
def test_a_panel_goes_on_beneath_a_cover(before: str, happening: str, locked: bool) -> None:
    covered = state.Covered(profile(PANELS[before]), locked)
    if happening not in TABLE_OF_PANELS[before]:
        with pytest.raises(ImpossibleTransitionError):
            advance(covered, ACCOUNT_EVENTS[happening])
        return
    beneath = profile(TABLE_OF_PANELS[before][happening])
    assert advance(covered, ACCOUNT_EVENTS[happening]) == state.Covered(beneath, locked)


@pytest.mark.parametrize("before", PANELS)
@pytest.mark.parametrize("locked", [True, False])
def test_a_cover_over_a_panel_comes_and_goes_without_a_trace(before: str, locked: bool) -> None:
    covered = advance(profile(PANELS[before]), event.ScreenCovered(locked))
    assert covered == state.Covered(profile(PANELS[before]), locked)
    assert advance(covered, event.ScreenShown()) == profile(PANELS[before])


@pytest.mark.parametrize("before", PANELS)
@pytest.mark.parametrize("happening", EVENTS)
def test_the_session_goes_on_around_a_panel_or_takes_it_along(before: str, happening: str) -> None:
    """What happens to the profile happens to it with a panel, too; what ends it leaves nothing of a panel."""
    now = profile(PANELS[before])
    if happening not in TABLE["signed-in"]:
        with pytest.raises(ImpossibleTransitionError):
            advance(now, EVENTS[happening])
        return
    after = advance(now, EVENTS[happening])
    if isinstance(after, state.SignedIn):
        assert after.panel == PANELS[before]
    elif isinstance(after, state.Covered):
        assert after.beneath == now
    else:
        assert after == advance(profile(None), EVENTS[happening])


@pytest.mark.parametrize("name", [name for name in STATES if "profile" not in name and name != "signed-in"])
@pytest.mark.parametrize("happening", ACCOUNT_EVENTS)
def test_nobody_has_an_account_without_a_session(name: str, happening: str) -> None:
    with pytest.raises(ImpossibleTransitionError):
        advance(STATES[name], ACCOUNT_EVENTS[happening])


@pytest.mark.parametrize(
    ("factors", "has_authenticator"), [(OFF, False), (ON, True), (TwoStepFactors((Factor.EMAIL,)), False)]
)
def test_which_factor_an_authenticator_is(factors: TwoStepFactors, has_authenticator: bool) -> None:
    assert factors.has_authenticator is has_authenticator


@pytest.mark.parametrize("panel", PANELS.values())
def test_no_key_is_in_what_a_state_looks_like(panel: Panel | None) -> None:
    assert KEY.text.reveal() not in repr(profile(panel))
