"""Every state against every event: each pair either leads on or is known to be impossible."""

from datetime import date
from typing import get_args

import pytest

from ingenes_desktop.domain import auth_event as event
from ingenes_desktop.domain import auth_state as state
from ingenes_desktop.domain.auth_machine import ImpossibleTransitionError, advance
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.question import CodeQuestion, Factor, NewPasswordQuestion
from ingenes_desktop.domain.user import User

PROBLEM = Problem(ErrorCode.WRONG_CREDENTIALS, "7K3Q9F")
NOTICE = Problem(ErrorCode.KEYRING_UNAVAILABLE, "8K3Q9F")
ANA = User(
    "5001", "Ana", "ana@clinica.example", "Usuario", "2", "Centro", "ana", "", date(2024, 1, 15), "Active"
)
NAME = "ana@clinica.example"
QUESTION = CodeQuestion(Factor.TOTP)
UNTIL = 1_180.0

STATES: dict[str, state.AuthState] = {
    "signed-out": state.SignedOut(),
    "signed-out-named": state.SignedOut(NAME, remember=True),
    "signing-in": state.SigningIn(NAME, remember=True),
    "challenge": state.ChallengeRequired(NAME, remember=True, question=QUESTION, until=UNTIL),
    "challenge-busy": state.ChallengeRequired(NAME, remember=True, question=QUESTION, until=UNTIL, busy=True),
    "unconfirmed": state.ConfirmationRequired(
        NAME, remember=True, destination="a***@c***", sent=1, busy=False, resending=False
    ),
    "unconfirmed-busy": state.ConfirmationRequired(
        NAME, remember=True, destination="a***@c***", sent=1, resending=False
    ),
    "unconfirmed-sending": state.ConfirmationRequired(NAME, remember=True),
    "signed-in": state.SignedIn(ANA, NAME, remember=True),
    "reset": state.ResetRequested(NAME, remember=True),
    "reset-busy": state.ResetRequested(NAME, remember=True, busy=True),
    "reset-demanded": state.ResetRequested(NAME, remember=True, busy=True, demanded=True),
    "code-sent": state.ResetCodeSent(NAME, remember=True, destination="a***@c***"),
    "code-sent-busy": state.ResetCodeSent(NAME, remember=True, destination="a***@c***", busy=True),
    "code-resending": state.ResetCodeSent(
        NAME, remember=True, destination="a***@c***", busy=True, resending=True
    ),
    "password-changed": state.PasswordChanged(NAME, remember=True),
    "restoring": state.Restoring(),
    "restoring-named": state.Restoring(NAME, remember=True),
    "restore-failed": state.Restoring(NAME, remember=True, busy=False, problem=PROBLEM),
    "signing-out": state.SigningOut(),
    "covered-form": state.Covered(state.SignedOut(NAME, remember=True)),
    "covered-profile": state.Covered(state.SignedIn(ANA, NAME, remember=True)),
    "profile-in-doubt": state.Covered(state.SignedIn(ANA, NAME, remember=True), locked=False),
    "unavailable": state.Unavailable(PROBLEM),
}
EVENTS: dict[str, event.AuthEvent] = {
    "username-recalled": event.UsernameRecalled("luis@clinica.example"),
    "notice": event.NoticeRaised(NOTICE),
    "remember": event.RememberChosen(remember=False),
    "sign-in": event.SignInStarted("luis@clinica.example", remember=False),
    "step": event.StepReached(state.SignInStep.CONFIGURATION),
    "failed": event.SignInFailed(PROBLEM),
    "asked": event.ChallengeAsked(NewPasswordQuestion(), UNTIL + 60.0),
    "answered": event.AnswerSubmitted(),
    "refused": event.AnswerRefused(PROBLEM, UNTIL + 60.0),
    "expired": event.ChallengeExpired(PROBLEM),
    "confirmation-demanded": event.ConfirmationDemanded(),
    "confirmation-submitted": event.ConfirmationSubmitted(),
    "confirmation-failed": event.ConfirmationFailed(PROBLEM),
    "confirmed": event.AccountConfirmed(),
    "reset-demanded": event.ResetDemanded(),
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
    "keep": event.KeepChosen(keep=True),
    "abandoned": event.FormAbandoned(),
    "restore-failed": event.RestoreFailed(PROBLEM),
    "restore-asked": event.RestoreAsked(),
    "restore-left": event.RestoreLeft(PROBLEM),
    "last-sign-in": event.LastSignInLearned(800.0),
    "renewal-failed": event.RenewalFailed(),
    "renewed": event.RenewalSucceeded(),
    "idle-warned": event.IdleWarned(60),
    "idle-cancelled": event.IdleCancelled(),
    "ended": event.SessionEnded(PROBLEM),
    "giving-way": event.GivingWay(),
    "still-here": event.StillHere(PROBLEM),
    "untold": event.FarEndsUntold(NOTICE),
    "covered": event.ScreenCovered(),
    "shown": event.ScreenShown(),
    "check-failed": event.CheckFailed(PROBLEM),
    "check-began": event.CheckBegan(),
}
"""All but the account's: those have a matrix of their own (test_account_machine)."""
# What each state may meet, and the state (by class) that follows. All other pairs must raise.
SELF = "itself"
LATE = {"username-recalled": SELF, "untold": SELF, "shown": SELF}
"""What may come when nobody waits for it any more."""
SIGNED_OUT = {
    **LATE,
    "notice": "SignedOut",
    "covered": "Covered",
    "untold": "SignedOut",
    "remember": "SignedOut",
    "keep": "SignedOut",
    "abandoned": "SignedOut",
    "sign-in": "SigningIn",
    "reset-asked": "ResetRequested",
}
CHALLENGE = {
    **LATE,
    "notice": "ChallengeRequired",
    "covered": "Covered",
    "abandoned": "SignedOut",
    "back": "SignedOut",
}
DEMANDED = {"confirmation-demanded": "ConfirmationRequired", "reset-demanded": "ResetRequested"}
UNCONFIRMED = {
    **LATE,
    "notice": "ConfirmationRequired",
    "covered": "Covered",
    "abandoned": "SignedOut",
    "back": "SignedOut",
}
UNCONFIRMED_BUSY = {**UNCONFIRMED, "confirmation-failed": "ConfirmationRequired", "confirmed": "SignedOut"}
RESTORING = {
    **LATE,
    "notice": "Restoring",
    "covered": "Covered",
    "restore-left": "SignedOut",
    "restore-failed": "Restoring",
    "succeeded": "SignedIn",
}
SIGNED_IN = {
    **LATE,
    "notice": "SignedIn",
    "covered": "Covered",
    "sign-out": "SignedOut",
    "ended": "SignedOut",
    "giving-way": "SigningOut",
    "last-sign-in": "SignedIn",
    "renewal-failed": "SignedIn",
    "renewed": SELF,
    "idle-warned": "SignedIn",
    "idle-cancelled": SELF,
}
RESET = {
    **LATE,
    "notice": "ResetRequested",
    "covered": "Covered",
    "abandoned": "SignedOut",
    "back": "SignedOut",
}
CODE_SENT = {
    **RESET,
    "notice": "ResetCodeSent",
    "other-email": "ResetRequested",
}
IN_DOUBT = {
    "check-began": "Covered",
    "check-failed": "Covered",
    "covered": "Covered",
    "notice": "Covered",
    "username-recalled": SELF,
}
COVERED_PROFILE = {
    **IN_DOUBT,
    "untold": SELF,
    "shown": "SignedIn",
    "giving-way": "SigningOut",
    "last-sign-in": "Covered",
    "renewal-failed": "Covered",
    "renewed": SELF,
    "idle-warned": "Covered",
    "idle-cancelled": SELF,
}
TABLE: dict[str, dict[str, str]] = {
    "signed-out": {**SIGNED_OUT, "username-recalled": "SignedOut"},
    "signed-out-named": SIGNED_OUT,
    "signing-in": {
        **LATE,
        "notice": "SigningIn",
        "covered": "Covered",
        "step": "SigningIn",
        "failed": "SignedOut",
        "asked": "ChallengeRequired",
        "succeeded": "SignedIn",
        **DEMANDED,
    },
    "challenge": {**CHALLENGE, "answered": "ChallengeRequired", "expired": "SignedOut"},
    "challenge-busy": {
        **CHALLENGE,
        "asked": "ChallengeRequired",
        "refused": "ChallengeRequired",
        "step": "SigningIn",
        "failed": "SignedOut",
        **DEMANDED,
    },
    "unconfirmed": {
        **UNCONFIRMED,
        "code-requested": "ConfirmationRequired",
        "confirmation-submitted": "ConfirmationRequired",
    },
    "unconfirmed-busy": UNCONFIRMED_BUSY,
    "unconfirmed-sending": {**UNCONFIRMED_BUSY, "code-sent": "ConfirmationRequired"},
    "restoring": {**RESTORING, "username-recalled": "Restoring"},
    "restoring-named": RESTORING,
    "restore-failed": {
        **{name: after for name, after in RESTORING.items() if name not in {"restore-failed", "succeeded"}},
        "restore-asked": "Restoring",
    },
    "signed-in": SIGNED_IN,
    "signing-out": {**LATE, "notice": SELF, "covered": SELF, "still-here": "SignedOut"},
    "reset": {**RESET, "code-requested": "ResetRequested"},
    "reset-busy": {**RESET, "code-sent": "ResetCodeSent", "reset-failed": "ResetRequested"},
    "reset-demanded": {**RESET, "code-sent": "ResetCodeSent", "reset-failed": "ResetRequested"},
    "code-sent": {**CODE_SENT, "code-requested": "ResetCodeSent", "reset-submitted": "ResetCodeSent"},
    "code-sent-busy": {
        **CODE_SENT,
        "code-sent": "ResetCodeSent",
        "reset-failed": "ResetCodeSent",
        "reset-done": "PasswordChanged",
    },
    "code-resending": {**CODE_SENT, "code-sent": "ResetCodeSent", "reset-failed": "ResetCodeSent"},
    "password-changed": {**RESET, "notice": "PasswordChanged"},
    "covered-form": {
        **IN_DOUBT,
        "shown": "SignedOut",
        "untold": "Covered",
        "remember": "Covered",
        "keep": "Covered",
        "abandoned": "Covered",
        "sign-in": "Covered",
        "reset-asked": "Covered",
    },
    "covered-profile": {**COVERED_PROFILE, "covered": SELF, "sign-out": "Covered", "ended": "Covered"},
    "profile-in-doubt": {
        **COVERED_PROFILE,
        "check-began": SELF,
        "sign-out": "SignedOut",
        "ended": "SignedOut",
    },
    "unavailable": {**LATE, "notice": SELF, "covered": SELF},
}
TABLE["covered-form"]["covered"] = SELF


def test_the_matrix_names_every_state_and_every_event() -> None:
    assert {type(value) for value in STATES.values()} == set(get_args(state.AuthState))
    assert set(get_args(state.Coverable)) < set(get_args(state.AuthState))
    of_the_account = set(get_args(event.AccountEvent))
    assert {type(value) for value in EVENTS.values()} == set(get_args(event.AuthEvent)) - of_the_account
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


# -- what comes before the tokens


def follow(now: state.AuthState, *happenings: event.AuthEvent) -> state.AuthState:
    """What several events lead to."""
    for happening in happenings:
        now = advance(now, happening)
    return now


def test_each_question_is_a_new_one_with_a_time_of_its_own() -> None:
    asked = advance(
        state.SigningIn(NAME, remember=True, notice=NOTICE, keep=True), event.ChallengeAsked(QUESTION, UNTIL)
    )
    assert asked == state.ChallengeRequired(NAME, True, QUESTION, UNTIL, 1, notice=NOTICE, keep=True)
    busy = advance(asked, event.AnswerSubmitted())
    next_one = advance(busy, event.ChallengeAsked(QUESTION, UNTIL + 60.0))
    assert next_one == state.ChallengeRequired(
        NAME, True, QUESTION, UNTIL + 60.0, 2, notice=NOTICE, keep=True
    )


def test_a_refused_answer_leaves_the_question_and_its_number() -> None:
    refused = follow(STATES["challenge"], event.AnswerSubmitted(), event.AnswerRefused(PROBLEM, UNTIL))
    assert refused == state.ChallengeRequired(NAME, True, QUESTION, UNTIL, problem=PROBLEM)
    assert advance(refused, event.AnswerSubmitted()) == STATES["challenge-busy"]


def test_a_refused_answer_may_have_brought_a_new_time() -> None:
    refused = follow(STATES["challenge"], event.AnswerSubmitted(), event.AnswerRefused(PROBLEM, UNTIL + 60.0))
    assert refused == state.ChallengeRequired(NAME, True, QUESTION, UNTIL + 60.0, problem=PROBLEM)


@pytest.mark.parametrize("happening", [event.ChallengeExpired(PROBLEM), event.BackAsked()])
def test_a_question_that_nobody_answers_leaves_the_name(happening: event.AuthEvent) -> None:
    problem = PROBLEM if isinstance(happening, event.ChallengeExpired) else None
    assert advance(STATES["challenge"], happening) == state.SignedOut(NAME, True, problem)


@pytest.mark.parametrize("name", ["signing-in", "challenge-busy"])
def test_what_is_demanded_first_is_under_way_at_once(name: str) -> None:
    unconfirmed = advance(STATES[name], event.ConfirmationDemanded())
    assert unconfirmed == state.ConfirmationRequired(NAME, True, busy=True, resending=True)
    assert advance(STATES[name], event.ResetDemanded()) == STATES["reset-demanded"]


def test_a_reset_stays_demanded_until_the_person_takes_it_into_her_own_hands() -> None:
    failed = advance(STATES["reset-demanded"], event.ResetFailed(PROBLEM))
    assert failed == state.ResetRequested(NAME, True, problem=PROBLEM, demanded=True)
    sent = follow(failed, event.CodeRequested(NAME), event.CodeSent("a***@c***"))
    assert sent == state.ResetCodeSent(NAME, True, "a***@c***", demanded=True)
    assert advance(sent, event.OtherEmailAsked()) == state.ResetRequested(NAME, True)


def test_every_confirmation_code_is_counted() -> None:
    first = advance(STATES["unconfirmed-sending"], event.CodeSent("a***@c***"))
    assert first == STATES["unconfirmed"]
    again = follow(first, event.CodeRequested(NAME), event.CodeSent("b***@c***"))
    assert again == state.ConfirmationRequired(NAME, True, "b***@c***", 2, busy=False, resending=False)


def test_a_confirmation_code_that_was_refused_is_asked_for_again() -> None:
    refused = follow(STATES["unconfirmed"], event.ConfirmationSubmitted(), event.ConfirmationFailed(PROBLEM))
    assert refused == state.ConfirmationRequired(
        NAME, True, "a***@c***", 1, busy=False, resending=False, problem=PROBLEM
    )
    assert advance(refused, event.ConfirmationSubmitted()) == STATES["unconfirmed-busy"]
    unsent = follow(refused, event.CodeRequested(NAME), event.ConfirmationFailed(PROBLEM))
    assert unsent == refused
    assert follow(refused, event.CodeRequested(NAME)) == state.ConfirmationRequired(
        NAME, True, "a***@c***", 1, busy=True, resending=True
    )


def test_a_confirmed_account_is_good_news_until_the_next_attempt() -> None:
    confirmed = follow(STATES["unconfirmed-busy"], event.AccountConfirmed())
    assert confirmed == state.SignedOut(NAME, True, news=state.News.EMAIL_VERIFIED)
    noticed = advance(confirmed, event.NoticeRaised(NOTICE))
    assert noticed == state.SignedOut(NAME, True, notice=NOTICE, news=state.News.EMAIL_VERIFIED)
    failed = follow(noticed, event.SignInStarted(NAME, remember=True), event.SignInFailed(PROBLEM))
    assert failed == state.SignedOut(NAME, True, PROBLEM)


# -- a kept session


def test_a_recalled_name_waits_behind_a_restore() -> None:
    after = advance(state.Restoring(), event.UsernameRecalled(NAME))
    assert after == state.Restoring(NAME, remember=True)
    assert advance(after, event.RestoreLeft()) == state.SignedOut(NAME, remember=True, keep=True)


def test_a_restore_that_failed_may_be_tried_again() -> None:
    failed = advance(state.Restoring(NAME), event.RestoreFailed(PROBLEM))
    assert failed == state.Restoring(NAME, busy=False, problem=PROBLEM)
    assert advance(failed, event.RestoreAsked()) == state.Restoring(NAME)


def test_a_restored_session_has_a_name_of_its_own_where_none_was_remembered() -> None:
    succeeded = event.SignInSucceeded(ANA, 100.0, 200.0, "ana@otra.example")
    named = advance(state.Restoring(NAME, remember=True), succeeded)
    assert isinstance(named, state.SignedIn)
    assert (named.username, named.keep, named.since, named.until) == ("ana@otra.example", True, 100.0, 200.0)
    unnamed = advance(state.Restoring(NAME), event.SignInSucceeded(ANA))
    assert isinstance(unnamed, state.SignedIn)
    assert unnamed.username == NAME


# -- the session


def test_the_wish_to_stay_signed_in_goes_along() -> None:
    now: state.AuthState = state.SignedOut()
    for happening in (
        event.KeepChosen(keep=True),
        event.SignInStarted(NAME, remember=False, keep=True),
        event.ChallengeAsked(QUESTION, UNTIL),
        event.AnswerSubmitted(),
        event.StepReached(state.SignInStep.ACCESS),
        event.SignInSucceeded(ANA),
    ):
        now = advance(now, happening)
        assert not isinstance(now, state.SignedOut | state.SignedIn) or now.keep
    assert isinstance(now, state.SignedIn)
    assert now.keep


def test_the_next_person_finds_an_empty_form() -> None:
    after = advance(STATES["signed-in"], event.SignOutAsked(switching=True))
    assert after == state.SignedOut("", remember=True)


@pytest.mark.parametrize(
    ("remember", "keep_name", "kept"),
    [(True, False, NAME), (False, True, NAME), (False, False, ""), (True, True, NAME)],
)
def test_a_session_that_ended_says_why(remember: bool, keep_name: bool, kept: str) -> None:
    after = advance(state.SignedIn(ANA, NAME, remember), event.SessionEnded(PROBLEM, keep_name))
    assert after == state.SignedOut(kept, remember, PROBLEM)


def test_a_countdown_runs_and_is_cancelled() -> None:
    warned = advance(STATES["signed-in"], event.IdleWarned(9))
    assert isinstance(warned, state.SignedIn)
    assert warned.countdown == 9
    assert advance(warned, event.IdleCancelled()) == STATES["signed-in"]


def test_reconnecting_comes_and_goes() -> None:
    lost = advance(STATES["signed-in"], event.RenewalFailed())
    assert isinstance(lost, state.SignedIn)
    assert lost.reconnecting
    assert advance(lost, event.RenewalSucceeded()) == STATES["signed-in"]


def test_what_the_far_ends_were_not_told_is_a_calm_word_at_the_form() -> None:
    after = advance(state.SignedOut(NAME, problem=PROBLEM), event.FarEndsUntold(NOTICE))
    assert after == state.SignedOut(NAME, problem=PROBLEM, notice=NOTICE)


# -- forms that were left


@pytest.mark.parametrize(("remember", "kept"), [(True, NAME), (False, "")])
def test_what_was_typed_is_cleared_away(remember: bool, kept: str) -> None:
    after = advance(state.SignedOut(NAME, remember, PROBLEM, NOTICE), event.FormAbandoned())
    assert after == state.SignedOut(kept, remember, notice=NOTICE, cleared=1)


@pytest.mark.parametrize(
    "name",
    [
        "challenge",
        "challenge-busy",
        "unconfirmed",
        "unconfirmed-busy",
        "unconfirmed-sending",
        "reset",
        "reset-demanded",
        "code-sent",
        "password-changed",
    ],
)
def test_a_view_that_was_left_gives_way_to_an_empty_form(name: str) -> None:
    assert advance(STATES[name], event.FormAbandoned()) == state.SignedOut()


# -- the cover

COVERABLE: dict[str, state.Coverable] = {
    name: value for name, value in STATES.items() if isinstance(value, state.Coverable)
}


@pytest.mark.parametrize("name", COVERABLE)
@pytest.mark.parametrize("locked", [True, False])
def test_a_cover_comes_and_goes_without_a_trace(name: str, locked: bool) -> None:
    covered = advance(COVERABLE[name], event.ScreenCovered(locked))
    assert isinstance(covered, state.Covered)
    assert covered == state.Covered(COVERABLE[name], locked)
    assert covered.notice == COVERABLE[name].notice
    assert advance(covered, event.ScreenShown()) == COVERABLE[name]


@pytest.mark.parametrize("name", COVERABLE)
@pytest.mark.parametrize("happening", EVENTS)
@pytest.mark.parametrize("locked", [True, False])
def test_life_goes_on_beneath_a_cover(name: str, happening: str, locked: bool) -> None:
    before, after = COVERABLE[name], TABLE[name].get(happening)
    if happening in {"covered", "shown", "check-began", "check-failed"}:
        return  # the cover's own
    covered = state.Covered(before, locked)
    if after is None:
        with pytest.raises(ImpossibleTransitionError):
            advance(covered, EVENTS[happening])
        return
    beneath = advance(before, EVENTS[happening])
    if isinstance(beneath, state.SigningOut):
        assert advance(covered, EVENTS[happening]) == beneath
    elif not locked and isinstance(before, state.SignedIn) and not isinstance(beneath, state.SignedIn):
        assert advance(covered, EVENTS[happening]) == beneath, "nothing is left to hide"
    else:
        assert advance(covered, EVENTS[happening]) == state.Covered(beneath, locked)  # type: ignore[arg-type]  # it can be


def test_a_lock_over_a_doubt_is_a_lock_and_a_doubt_over_a_lock_too() -> None:
    doubt = state.Covered(state.SignedOut(), locked=False, problem=PROBLEM)
    lock = state.Covered(state.SignedOut())
    assert advance(doubt, event.ScreenCovered()) == lock
    assert advance(lock, event.ScreenCovered(locked=False)) == lock


def test_a_check_begins_and_may_fail() -> None:
    began = advance(STATES["covered-profile"], event.CheckBegan())
    assert began == STATES["profile-in-doubt"]
    failed = advance(began, event.CheckFailed(PROBLEM))
    assert isinstance(failed, state.Covered)
    assert failed.problem == PROBLEM
    assert advance(failed, event.CheckBegan()) == began
