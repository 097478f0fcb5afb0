"""Accounts whose email was never verified: one code at once, and any other only when it is asked for."""

import pytest

from ingenes_desktop.domain.answer import CodeAnswer
from ingenes_desktop.domain.auth_state import ConfirmationRequired, Covered, News, SignedOut
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.question import CodeQuestion, Factor
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL
from tests.controllers.conftest import SetUp
from tests.controllers.desk import Desk

RESEND = "ResendConfirmationCode"
CONFIRM = "ConfirmSignUp"
UNCONFIRMED = AuthError(ErrorCode.NOT_CONFIRMED)


def begin(it: Desk) -> None:
    """To a refusal, and until the code is on its way."""
    it.cloud.fails["InitiateAuth"] = [UNCONFIRMED]
    it.controller.sign_in(EMAIL, Secret("secret"), False, False)
    it.wait_for(ConfirmationRequired)


def settled(it: Desk) -> ConfirmationRequired:
    it.qtbot.waitUntil(lambda: not it.now(ConfirmationRequired).busy)
    return it.now(ConfirmationRequired)


def problem_of(it: Desk) -> ErrorCode | None:
    problem = settled(it).problem
    return problem.code if problem else None


def times(it: Desk, name: str) -> int:
    return sum(call.startswith(name) for call in it.cloud.calls)


def test_a_code_is_sent_at_once_and_only_once(desk: SetUp) -> None:
    it = desk()
    with it.hanging(RESEND) as held:
        begin(it)
        it.wait_until_held(held)
        assert it.state == ConfirmationRequired(EMAIL, False)
        it.controller.resend_code()
        it.controller.confirm_account("123456")
        held.let_go()
        assert settled(it) == ConfirmationRequired(EMAIL, False, "a***@c***", 1, busy=False, resending=False)
    it.close()
    assert (times(it, RESEND), times(it, CONFIRM)) == (1, 0)


def test_the_code_confirms_and_the_person_signs_in_anew(desk: SetUp) -> None:
    it = desk()
    begin(it)
    settled(it)
    it.controller.confirm_account("123456")
    assert it.now(ConfirmationRequired).busy
    assert it.wait_for(SignedOut) == SignedOut(EMAIL, news=News.EMAIL_VERIFIED)
    assert times(it, "InitiateAuth") == 1
    it.sign_in()


def test_an_account_may_prove_unconfirmed_after_a_question(desk: SetUp) -> None:
    it = desk()
    it.ask(CodeQuestion(Factor.SMS))
    it.cloud.fails["RespondToAuthChallenge"] = [UNCONFIRMED]
    it.controller.answer(CodeAnswer(Secret("123456")))
    it.wait_for(ConfirmationRequired)
    assert settled(it).sent == 1
    assert it.question.challenge is None


@pytest.mark.parametrize("code", [ErrorCode.CODE_MISMATCH, ErrorCode.CODE_EXPIRED, ErrorCode.NO_NETWORK])
def test_a_code_that_was_refused_may_be_typed_again(desk: SetUp, code: ErrorCode) -> None:
    it = desk()
    begin(it)
    settled(it)
    it.cloud.fails[f"{CONFIRM} 654321"] = [AuthError(code)]
    it.controller.confirm_account("654321")
    assert problem_of(it) is code
    it.controller.confirm_account("123456")
    assert it.now(ConfirmationRequired).problem is None
    assert it.wait_for(SignedOut).news is News.EMAIL_VERIFIED


@pytest.mark.parametrize("code", [ErrorCode.LIMIT_EXCEEDED, ErrorCode.CODE_NOT_SENT, ErrorCode.NO_NETWORK])
def test_a_code_that_could_not_be_sent_is_sent_again_only_by_a_wish(desk: SetUp, code: ErrorCode) -> None:
    it = desk()
    it.cloud.fails[RESEND] = [AuthError(code)]
    begin(it)
    assert problem_of(it) is code
    assert (settled(it).sent, times(it, RESEND)) == (0, 1)
    it.controller.resend_code()
    now = it.now(ConfirmationRequired)
    assert (now.busy, now.resending, now.problem) == (True, True, None)
    assert settled(it).sent == 1
    it.controller.resend_code()
    assert settled(it).sent == 2
    assert times(it, RESEND) == 3


@pytest.mark.parametrize("is_the_first", [True, False])
def test_an_account_that_was_confirmed_meanwhile_leads_to_the_form(desk: SetUp, is_the_first: bool) -> None:
    it = desk()
    if is_the_first:
        it.cloud.is_confirmed = True
        it.cloud.fails["InitiateAuth"] = [UNCONFIRMED]
        it.controller.sign_in(EMAIL, Secret("secret"), False, False)
    else:
        begin(it)
        settled(it)
        it.cloud.is_confirmed = True
        it.controller.resend_code()
    assert it.wait_for(SignedOut) == SignedOut(EMAIL, news=News.EMAIL_VERIFIED)
    assert times(it, "InitiateAuth") == 1, "the password was not kept, and nothing is resent"
    it.sign_in()


@pytest.mark.parametrize("call", [RESEND, CONFIRM])
def test_a_late_answer_is_not_for_whoever_started_over(desk: SetUp, call: str) -> None:
    it = desk()
    with it.hanging(call) as held:
        begin(it)
        if call == CONFIRM:
            settled(it)
            it.controller.confirm_account("123456")
        it.wait_until_held(held)
        it.controller.go_back()
        assert it.state == SignedOut(EMAIL)
        held.let_go()
        it.sign_in()
    assert not any(getattr(state, "news", None) for state in it.states)


@pytest.mark.parametrize("machine", [MachineKind.SHARED, MachineKind.KIOSK])
def test_it_is_not_for_the_next_person(desk: SetUp, machine: MachineKind) -> None:
    it = desk(machine=machine)
    begin(it)
    settled(it)
    it.time.go_on(it.limits.idle + it.limits.countdown)
    it.look()
    assert it.state == SignedOut()


def test_on_a_kiosk_it_goes_with_whoever_locked(desk: SetUp) -> None:
    it = desk(machine=MachineKind.KIOSK)
    with it.hanging(RESEND) as held:
        begin(it)
        it.wait_until_held(held)
        it.events.lock()
        assert it.state == Covered(SignedOut())
        held.let_go()
    it.events.unlock()
    it.sign_in()


def test_it_goes_on_behind_a_lock_and_nothing_is_wished_through_it(desk: SetUp) -> None:
    it = desk()
    with it.hanging(RESEND) as held:
        begin(it)
        it.wait_until_held(held)
        it.events.lock()
        held.let_go()
        it.qtbot.waitUntil(lambda: getattr(it.beneath, "sent", 0) == 1)
    before = it.now(Covered)
    it.controller.confirm_account("123456")
    it.controller.resend_code()
    it.controller.go_back()
    assert it.state == before
    it.events.unlock()
    assert settled(it).destination == "a***@c***"
    assert (times(it, RESEND), times(it, CONFIRM)) == (1, 0)
