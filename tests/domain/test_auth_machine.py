"""Every state against every event: each pair either leads on or is known to be impossible."""

from datetime import date
from typing import get_args

import pytest

from ingenes_desktop.domain import auth_event as event
from ingenes_desktop.domain import auth_state as state
from ingenes_desktop.domain.auth_machine import ImpossibleTransitionError, advance
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.user import User

PROBLEM = Problem(ErrorCode.WRONG_CREDENTIALS, "7K3Q9F")
NOTICE = Problem(ErrorCode.KEYRING_UNAVAILABLE, "8K3Q9F")
ANA = User(
    "5001", "Ana", "ana@clinica.example", "Usuario", "2", "Centro", "ana", "", date(2024, 1, 15), "Active"
)
NAME = "ana@clinica.example"

STATES: dict[str, state.AuthState] = {
    "signed-out": state.SignedOut(),
    "signed-out-named": state.SignedOut(NAME, remember=True),
    "signing-in": state.SigningIn(NAME, remember=True),
    "new-password": state.NewPasswordRequired(NAME, remember=True),
    "new-password-busy": state.NewPasswordRequired(NAME, remember=True, busy=True),
    "signed-in": state.SignedIn(ANA, NAME, remember=True),
    "reset": state.ResetRequested(NAME, remember=True),
    "reset-busy": state.ResetRequested(NAME, remember=True, busy=True),
    "code-sent": state.ResetCodeSent(NAME, remember=True, destination="a***@c***"),
    "code-sent-busy": state.ResetCodeSent(NAME, remember=True, destination="a***@c***", busy=True),
    "code-resending": state.ResetCodeSent(
        NAME, remember=True, destination="a***@c***", busy=True, resending=True
    ),
    "password-changed": state.PasswordChanged(NAME, remember=True),
    "unavailable": state.Unavailable(PROBLEM),
}
EVENTS: dict[str, event.AuthEvent] = {
    "username-recalled": event.UsernameRecalled("luis@clinica.example"),
    "notice": event.NoticeRaised(NOTICE),
    "remember": event.RememberChosen(remember=False),
    "sign-in": event.SignInStarted("luis@clinica.example", remember=False),
    "step": event.StepReached(state.SignInStep.CONFIGURATION),
    "failed": event.SignInFailed(PROBLEM),
    "asked": event.NewPasswordAsked(),
    "submitted": event.NewPasswordSubmitted(),
    "refused": event.NewPasswordRefused(PROBLEM),
    "succeeded": event.SignInSucceeded(ANA),
    "sign-out": event.SignOutAsked(),
    "reset-asked": event.ResetAsked("luis@clinica.example"),
    "code-requested": event.CodeRequested("luis@clinica.example"),
    "code-sent": event.CodeSent("l***@c***"),
    "reset-submitted": event.ResetSubmitted(),
    "reset-failed": event.ResetFailed(PROBLEM),
    "reset-done": event.ResetDone(),
    "other-email": event.OtherEmailAsked(),
    "back": event.BackAsked(),
}
# What each state may meet, and the state (by class) that follows. All other pairs must raise.
SELF = "itself"
TABLE: dict[str, dict[str, str]] = {
    "signed-out": {
        "username-recalled": "SignedOut",
        "remember": "SignedOut",
        "sign-in": "SigningIn",
        "reset-asked": "ResetRequested",
        "notice": "SignedOut",
    },
    "signed-out-named": {
        "username-recalled": SELF,
        "remember": "SignedOut",
        "sign-in": "SigningIn",
        "reset-asked": "ResetRequested",
        "notice": "SignedOut",
    },
    "signing-in": {
        "username-recalled": SELF,
        "notice": "SigningIn",
        "step": "SigningIn",
        "failed": "SignedOut",
        "asked": "NewPasswordRequired",
        "succeeded": "SignedIn",
    },
    "new-password": {
        "username-recalled": SELF,
        "notice": "NewPasswordRequired",
        "submitted": "NewPasswordRequired",
        "back": "SignedOut",
    },
    "new-password-busy": {
        "username-recalled": SELF,
        "notice": "NewPasswordRequired",
        "refused": "NewPasswordRequired",
        "step": "SigningIn",
        "failed": "SignedOut",
        "back": "SignedOut",
    },
    "signed-in": {"username-recalled": SELF, "notice": "SignedIn", "sign-out": "SignedOut"},
    "reset": {
        "username-recalled": SELF,
        "notice": "ResetRequested",
        "code-requested": "ResetRequested",
        "back": "SignedOut",
    },
    "reset-busy": {
        "username-recalled": SELF,
        "notice": "ResetRequested",
        "code-sent": "ResetCodeSent",
        "reset-failed": "ResetRequested",
        "back": "SignedOut",
    },
    "code-sent": {
        "username-recalled": SELF,
        "notice": "ResetCodeSent",
        "code-requested": "ResetCodeSent",
        "reset-submitted": "ResetCodeSent",
        "other-email": "ResetRequested",
        "back": "SignedOut",
    },
    "code-sent-busy": {
        "username-recalled": SELF,
        "notice": "ResetCodeSent",
        "code-sent": "ResetCodeSent",
        "reset-failed": "ResetCodeSent",
        "reset-done": "PasswordChanged",
        "other-email": "ResetRequested",
        "back": "SignedOut",
    },
    "code-resending": {
        "username-recalled": SELF,
        "notice": "ResetCodeSent",
        "code-sent": "ResetCodeSent",
        "reset-failed": "ResetCodeSent",
        "other-email": "ResetRequested",
        "back": "SignedOut",
    },
    "password-changed": {"username-recalled": SELF, "notice": "PasswordChanged", "back": "SignedOut"},
    "unavailable": {"username-recalled": SELF, "notice": SELF},
}


def test_the_matrix_names_every_state_and_every_event() -> None:
    assert {type(value) for value in STATES.values()} == set(get_args(state.AuthState))
    assert {type(value) for value in EVENTS.values()} == set(get_args(event.AuthEvent))
    assert set(TABLE) == set(STATES)


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("happening", EVENTS)
def test_each_pair_leads_where_the_table_says(before: str, happening: str) -> None:
    expected = TABLE[before].get(happening)
    if expected is None:
        with pytest.raises(ImpossibleTransitionError):
            advance(STATES[before], EVENTS[happening])
        return
    after = advance(STATES[before], EVENTS[happening])
    if expected == SELF:
        assert after == STATES[before]
    else:
        assert type(after).__name__ == expected


def test_a_failure_keeps_the_email_and_shows_why() -> None:
    after = advance(state.SigningIn(NAME, remember=True, notice=NOTICE), event.SignInFailed(PROBLEM))
    assert after == state.SignedOut(NAME, remember=True, problem=PROBLEM, notice=NOTICE)


def test_a_new_attempt_takes_the_old_problem_away() -> None:
    after = advance(state.SignedOut(NAME, problem=PROBLEM), event.SignInStarted(NAME, remember=False))
    assert after == state.SigningIn(NAME, remember=False)


def test_steps_never_go_back() -> None:
    at_record = state.SigningIn(NAME, remember=False, step=state.SignInStep.RECORD)
    assert advance(at_record, event.StepReached(state.SignInStep.ACCESS)) == at_record


@pytest.mark.parametrize(("remember", "kept"), [(True, NAME), (False, "")])
def test_signing_out_keeps_the_name_only_where_it_is_remembered(remember: bool, kept: str) -> None:
    after = advance(state.SignedIn(ANA, NAME, remember=remember), event.SignOutAsked())
    assert after == state.SignedOut(kept, remember=remember)


def test_a_recalled_name_fills_an_empty_form_and_ticks_the_box() -> None:
    after = advance(state.SignedOut(), event.UsernameRecalled(NAME))
    assert after == state.SignedOut(NAME, remember=True)


def test_another_code_is_counted_and_takes_its_own_destination() -> None:
    busy = STATES["code-resending"]
    after = advance(busy, event.CodeSent("b***@c***"))
    assert isinstance(after, state.ResetCodeSent)
    assert (after.sent, after.destination, after.busy, after.resending) == (2, "b***@c***", False, False)


def test_after_a_reset_the_name_is_kept_for_signing_in() -> None:
    after = advance(STATES["password-changed"], event.BackAsked())
    assert after == state.SignedOut(NAME, remember=True)


def test_a_notice_during_the_reset_is_told_back_at_the_form() -> None:
    now: state.AuthState = state.SignedOut(NAME)
    for happening in (
        event.ResetAsked(NAME),
        event.NoticeRaised(NOTICE),
        event.CodeRequested(NAME),
        event.CodeSent("a***@c***"),
        event.ResetSubmitted(),
        event.ResetDone(),
        event.BackAsked(),
    ):
        now = advance(now, happening)
    assert now == state.SignedOut(NAME, notice=NOTICE)
