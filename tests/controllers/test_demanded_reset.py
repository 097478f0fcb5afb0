"""Accounts that Cognito lets in only after a reset: straight into it, with the code sent once."""

import pytest

from ingenes_desktop.domain.answer import CodeAnswer
from ingenes_desktop.domain.auth_state import (
    Covered,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    SignedOut,
)
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.question import CodeQuestion, Factor
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL
from tests.controllers.conftest import SetUp
from tests.controllers.desk import Desk

FORGOT = "ForgotPassword"
DEMANDED = AuthError(ErrorCode.RESET_REQUIRED)


def begin(it: Desk) -> None:
    it.cloud.fails["InitiateAuth"] = [DEMANDED]
    it.controller.sign_in(EMAIL, Secret("secret"), False, False)


def test_the_code_is_sent_at_once_and_only_once(desk: SetUp) -> None:
    it = desk()
    with it.hanging(FORGOT) as held:
        begin(it)
        it.wait_until_held(held)
        assert it.state == ResetRequested(EMAIL, False, busy=True, demanded=True)
        it.controller.request_code(EMAIL)
        held.let_go()
        assert it.wait_for(ResetCodeSent) == ResetCodeSent(EMAIL, False, "a***@c***", demanded=True)
    it.controller.reset_password("123456", Secret("another"))
    it.wait_for(PasswordChanged)
    assert it.cloud.calls.count(FORGOT) == 1
    assert it.cloud.calls.count("InitiateAuth") == 1


def test_it_may_be_demanded_after_a_question(desk: SetUp) -> None:
    it = desk()
    it.ask(CodeQuestion(Factor.SMS))
    it.cloud.fails["RespondToAuthChallenge"] = [DEMANDED]
    it.controller.answer(CodeAnswer(Secret("123456")))
    assert it.wait_for(ResetCodeSent).demanded
    assert it.question.challenge is None


@pytest.mark.parametrize(
    "code", [ErrorCode.LIMIT_EXCEEDED, ErrorCode.NO_VERIFIED_CONTACT, ErrorCode.NO_NETWORK]
)
def test_a_code_that_could_not_be_sent_is_sent_again_only_by_a_wish(desk: SetUp, code: ErrorCode) -> None:
    it = desk()
    it.cloud.fails[FORGOT] = [AuthError(code)]
    begin(it)
    it.qtbot.waitUntil(lambda: getattr(it.state, "problem", None) is not None)
    problem = it.now(ResetRequested).problem
    assert problem is not None
    assert problem.code is code
    assert it.cloud.calls.count(FORGOT) == 1
    it.controller.request_code(EMAIL)
    assert it.wait_for(ResetCodeSent).demanded
    it.controller.resend_code()
    it.qtbot.waitUntil(lambda: it.now(ResetCodeSent).sent == 2)
    assert it.cloud.calls.count(FORGOT) == 3


def test_a_late_code_is_not_for_whoever_went_back(desk: SetUp) -> None:
    it = desk()
    with it.hanging(FORGOT) as held:
        begin(it)
        it.wait_until_held(held)
        it.controller.go_back()
        assert it.state == SignedOut(EMAIL)
        held.let_go()
        it.sign_in()


def test_on_a_kiosk_it_goes_with_whoever_locked(desk: SetUp) -> None:
    it = desk(machine=MachineKind.KIOSK)
    with it.hanging(FORGOT) as held:
        begin(it)
        it.wait_until_held(held)
        it.events.lock()
        assert it.state == Covered(SignedOut())
        held.let_go()
    it.events.unlock()
    it.sign_in()
