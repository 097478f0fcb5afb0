"""What Cognito asks before it lets a person in: answered, refused, left, or not answered in time."""

from collections.abc import Callable

import pytest

from ingenes_desktop.domain.answer import ChoiceAnswer, CodeAnswer, CustomAnswer
from ingenes_desktop.domain.auth_state import ChallengeRequired, Covered, SignedIn, SignedOut
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.question import (
    AuthenticatorQuestion,
    ChoicePurpose,
    ChoiceQuestion,
    CodeQuestion,
    CustomQuestion,
    Factor,
    PasswordQuestion,
)
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL
from tests.controllers.conftest import SetUp
from tests.controllers.desk import Desk, challenge

RESPOND = "RespondToAuthChallenge"
CODE = CodeQuestion(Factor.TOTP)
CHOICE = ChoiceQuestion(ChoicePurpose.VERIFY, (Factor.TOTP, Factor.EMAIL))
RIGHT = CodeAnswer(Secret("123456"))
MINUTES = 180.0


def problem_of(it: Desk) -> ErrorCode | None:
    problem = it.now(ChallengeRequired).problem
    return problem.code if problem else None


def settled(it: Desk) -> ChallengeRequired:
    """The question, once an answer to it has come home."""
    it.qtbot.waitUntil(lambda: not it.now(ChallengeRequired).busy)
    return it.now(ChallengeRequired)


# -- answers


def test_a_question_has_three_minutes_and_its_answer_leads_to_the_profile(desk: SetUp) -> None:
    it = desk()
    it.time.go_on(5.0)
    asked = it.ask(CODE)
    assert asked == ChallengeRequired(EMAIL, False, CODE, it.time.reading.monotonic + MINUTES)
    it.controller.answer(RIGHT)
    assert it.now(ChallengeRequired).busy
    it.wait_for(SignedIn)
    assert it.question.challenge is None


def test_the_newest_session_answers(desk: SetUp) -> None:
    it = desk()
    it.ask(CHOICE, "first")
    it.cloud.questions.append(challenge(CODE, "second"))
    it.time.go_on(170.0)
    it.controller.answer(ChoiceAnswer(Factor.TOTP))
    it.qtbot.waitUntil(lambda: it.now(ChallengeRequired).number == 2)
    now = it.now(ChallengeRequired)
    assert (now.question, now.until) == (CODE, it.time.reading.monotonic + MINUTES)
    it.time.go_on(170.0)
    it.look()
    assert it.state == now, "a question of its own, and a time of its own"
    it.controller.answer(RIGHT)
    it.wait_for(SignedIn)
    assert it.cloud.sessions == ["first", "second"]


def test_a_question_in_between_has_no_time_of_its_own(desk: SetUp) -> None:
    it = desk()
    asked = it.ask(ChoiceQuestion(ChoicePurpose.SIGN_IN, (Factor.PASSWORD, Factor.EMAIL)))
    it.time.go_on(100.0)
    it.controller.answer(ChoiceAnswer(Factor.PASSWORD))
    it.qtbot.waitUntil(lambda: it.now(ChallengeRequired).number == 2)
    now = it.now(ChallengeRequired)
    assert isinstance(now.question, PasswordQuestion)
    assert now.until == asked.until
    assert it.cloud.sessions == []
    it.time.go_on(80.0)
    it.look()
    assert it.problem().code is ErrorCode.CHALLENGE_EXPIRED


def test_a_wrong_code_leaves_the_step_its_session_and_its_time(desk: SetUp) -> None:
    it = desk()
    asked = it.ask(CODE)
    it.cloud.fails[RESPOND] = [AuthError(ErrorCode.CODE_MISMATCH), AuthError(ErrorCode.NO_NETWORK)]
    for code in (ErrorCode.CODE_MISMATCH, ErrorCode.NO_NETWORK):
        it.time.go_on(60.0)
        it.controller.answer(RIGHT)
        it.qtbot.waitUntil(lambda code=code: problem_of(it) is code)  # type: ignore[misc]  # a lambda's default
        assert (settled(it).number, settled(it).until) == (asked.number, asked.until)
    it.controller.answer(RIGHT)
    assert it.now(ChallengeRequired).problem is None
    it.wait_for(SignedIn)
    assert it.cloud.sessions == ["session-1"] * 3


def test_a_refused_answer_that_brought_a_newer_session_has_its_time(desk: SetUp) -> None:
    it = desk()
    asked = it.ask(CustomQuestion("¿Folio?"), "first")
    it.cloud.questions.append(challenge(CustomQuestion("¿Folio?"), "second"))
    it.time.go_on(170.0)
    it.controller.answer(CustomAnswer(Secret("40")))
    it.qtbot.waitUntil(lambda: problem_of(it) is ErrorCode.ANSWER_REFUSED)
    now = settled(it)
    assert (now.number, now.question) == (asked.number, asked.question)
    assert now.until == it.time.reading.monotonic + MINUTES
    it.time.go_on(170.0)
    it.look()
    assert it.state == now
    it.controller.answer(CustomAnswer(Secret("41")))
    it.wait_for(SignedIn)
    assert it.cloud.sessions == ["first", "second"]


def test_a_code_that_was_taken_but_led_no_further_has_the_newest_sessions_time(desk: SetUp) -> None:
    it = desk()
    asked = it.ask(ChoiceQuestion(ChoicePurpose.SET_UP, (Factor.TOTP,)))
    assert isinstance(asked.question, AuthenticatorQuestion)
    it.cloud.fails[RESPOND] = [AuthError(ErrorCode.NO_NETWORK)]
    it.time.go_on(170.0)
    it.controller.answer(RIGHT)
    it.qtbot.waitUntil(lambda: problem_of(it) is ErrorCode.NO_NETWORK)
    assert settled(it).until == it.time.reading.monotonic + MINUTES
    it.controller.answer(RIGHT)
    it.wait_for(SignedIn)
    assert it.cloud.sessions == ["verified", "verified"]


def test_a_refusal_ends_at_the_form_and_the_question_is_forgotten(desk: SetUp) -> None:
    it = desk()
    it.ask(CODE)
    it.cloud.fails[RESPOND] = [AuthError(ErrorCode.ACCOUNT_DISABLED)]
    it.controller.answer(RIGHT)
    it.wait_for(SignedOut)
    assert (it.problem().code, it.now(SignedOut).username) == (ErrorCode.ACCOUNT_DISABLED, EMAIL)
    assert it.question.challenge is None


def test_a_second_click_on_its_way_is_ignored(desk: SetUp) -> None:
    it = desk()
    it.ask(CODE)
    with it.hanging(RESPOND) as held:
        it.controller.answer(RIGHT)
        it.wait_until_held(held)
        it.controller.answer(RIGHT)
        held.let_go()
        it.wait_for(SignedIn)
    it.controller.answer(RIGHT)
    it.close()
    assert it.cloud.sessions == ["session-1"]


def test_without_a_password_the_person_is_asked_how(desk: SetUp) -> None:
    it = desk()
    first = ChoiceQuestion(ChoicePurpose.SIGN_IN, (Factor.PASSWORD, Factor.EMAIL))
    it.cloud.questions.append(challenge(first, "session-1"))
    it.controller.sign_in(EMAIL, None, False, False)
    assert it.wait_for(ChallengeRequired).question == first


# -- time


def test_nobody_answered_in_time(desk: SetUp) -> None:
    it = desk()
    asked = it.ask(CODE)
    it.time.go_on(MINUTES - 0.1)
    it.look()
    assert it.state == asked
    it.time.go_on(0.1)
    it.look()
    assert (it.problem().code, it.now(SignedOut).username) == (ErrorCode.CHALLENGE_EXPIRED, EMAIL)
    assert it.question.challenge is None
    it.sign_in()


def test_the_timer_looks_by_itself(desk: SetUp) -> None:
    it = desk()
    it.ask(CODE)
    it.time.go_on(MINUTES)
    it.wait_for(SignedOut)
    assert it.problem().code is ErrorCode.CHALLENGE_EXPIRED


def test_an_answer_after_the_time_is_not_sent(desk: SetUp) -> None:
    it = desk()
    it.ask(CODE)
    it.time.go_on(MINUTES)
    it.controller.answer(RIGHT)
    assert it.problem().code is ErrorCode.CHALLENGE_EXPIRED
    it.close()
    assert it.cloud.sessions == []


@pytest.mark.parametrize("machine", [MachineKind.PERSONAL, MachineKind.SHARED])
def test_the_time_runs_out_behind_a_lock(desk: SetUp, machine: MachineKind) -> None:
    it = desk(machine=machine)
    asked = it.ask(CODE)
    it.events.lock()
    it.time.go_on(MINUTES - 1.0)
    it.look()
    assert it.state == Covered(asked)
    it.time.go_on(1.0)
    it.look()
    assert isinstance(it.now(Covered).beneath, SignedOut)
    it.events.unlock()
    assert it.problem().code is ErrorCode.CHALLENGE_EXPIRED


def test_a_sleep_counts_too(desk: SetUp) -> None:
    it = desk()
    it.ask(CODE)
    it.events.sleep()
    it.time.sleep(MINUTES)
    it.events.resume()
    it.wait_for(SignedOut)
    assert it.problem().code is ErrorCode.CHALLENGE_EXPIRED


def test_an_answer_under_way_is_heard_although_the_time_is_over(desk: SetUp) -> None:
    it = desk()
    it.ask(CODE)
    with it.hanging(RESPOND) as held:
        it.time.go_on(MINUTES - 10.0)
        it.controller.answer(RIGHT)
        it.wait_until_held(held)
        it.time.go_on(10.0)
        it.look()
        assert it.now(ChallengeRequired).busy
        held.let_go()
        it.wait_for(SignedIn)


def test_an_answer_that_is_refused_after_the_time_ends_the_question_at_once(desk: SetUp) -> None:
    it = desk()
    it.ask(CODE)
    it.cloud.fails[RESPOND] = [AuthError(ErrorCode.CODE_MISMATCH)]
    with it.hanging(RESPOND) as held:
        it.time.go_on(MINUTES - 10.0)
        it.controller.answer(RIGHT)
        it.wait_until_held(held)
        it.time.go_on(10.0)
        held.let_go()
        it.qtbot.waitUntil(lambda: not getattr(it.state, "busy", False))
    assert it.problem().code is ErrorCode.CHALLENGE_EXPIRED, "and not a second later"


# -- left


def test_starting_over_keeps_the_name_and_forgets_the_question(desk: SetUp) -> None:
    it = desk()
    it.ask(CODE)
    it.controller.go_back()
    assert it.state == SignedOut(EMAIL)
    assert it.question.challenge is None
    it.time.go_on(MINUTES)
    it.look()
    assert it.state == SignedOut(EMAIL)


def abandon(it: Desk) -> None:
    it.time.go_on(it.limits.idle + it.limits.countdown)
    it.look()


@pytest.mark.parametrize(
    ("machine", "leave"),
    [
        (MachineKind.PERSONAL, lambda it: it.controller.go_back()),
        (MachineKind.PERSONAL, lambda it: it.controller.shut_down()),
        (MachineKind.SHARED, abandon),
        (MachineKind.KIOSK, abandon),
        (MachineKind.KIOSK, lambda it: it.events.lock()),
    ],
    ids=["start-over", "closing", "abandoned", "abandoned-kiosk", "kiosk-lock"],
)
def test_what_a_dropped_answer_still_brings_is_ended(
    desk: SetUp, machine: MachineKind, leave: Callable[[Desk], None]
) -> None:
    it = desk(machine=machine)
    it.ask(CODE)
    with it.hanging(RESPOND) as held:
        it.controller.answer(RIGHT)
        it.wait_until_held(held)
        leave(it)
        held.let_go()
        it.wait_for_call("RevokeToken")
    it.close()
    assert it.cloud.open_sessions == 0
    assert not any(isinstance(state, SignedIn) for state in it.states)
    assert it.question.challenge is None


@pytest.mark.parametrize("event", ["lock", "sleep", "switch_away"])
def test_on_a_kiosk_nothing_is_answered_after_a_lock(desk: SetUp, event: str) -> None:
    it = desk(machine=MachineKind.KIOSK)
    it.ask(CODE)
    getattr(it.events, event)()
    assert it.state == Covered(SignedOut())
    assert it.question.challenge is None


def test_nothing_is_answered_through_a_cover(desk: SetUp) -> None:
    it = desk()
    asked = it.ask(CODE)
    it.events.lock()
    it.controller.answer(RIGHT)
    it.controller.go_back()
    assert it.state == Covered(asked)
    it.events.unlock()
    it.controller.answer(RIGHT)
    it.wait_for(SignedIn)
    assert it.cloud.sessions == ["session-1"]


def test_an_answer_comes_home_behind_a_lock(desk: SetUp) -> None:
    it = desk()
    it.ask(CODE)
    with it.hanging(RESPOND) as held:
        it.controller.answer(RIGHT)
        it.wait_until_held(held)
        it.events.lock()
        held.let_go()
        it.qtbot.waitUntil(lambda: isinstance(it.beneath, SignedIn))
    assert isinstance(it.state, Covered)


def test_closing_forgets_the_question(desk: SetUp) -> None:
    it = desk()
    it.ask(CODE)
    it.close()
    assert it.question.challenge is None
    it.controller.answer(RIGHT)
    assert it.cloud.sessions == []
