"""Idle hands, the longest session, and forms that somebody left."""

import pytest

from ingenes_desktop.controllers.activity import Activity
from ingenes_desktop.domain.auth_state import (
    Covered,
    ResetCodeSent,
    ResetRequested,
    SignedIn,
    SignedOut,
)
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Limits, MachineKind, SessionLimits
from ingenes_desktop.domain.question import CodeQuestion, Factor
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL
from tests.controllers.conftest import SetUp

DESKS = [MachineKind.PERSONAL, MachineKind.SHARED, MachineKind.KIOSK]


@pytest.mark.parametrize("machine", DESKS)
def test_idle_hands_are_warned_and_then_signed_out(desk: SetUp, machine: MachineKind) -> None:
    it = desk(machine=machine)
    it.sign_in()
    it.time.go_on(it.limits.idle - 0.1)
    it.look()
    assert it.now(SignedIn).countdown is None
    it.time.go_on(0.1)
    it.look()
    assert it.now(SignedIn).countdown == round(it.limits.countdown)
    it.time.go_on(it.limits.countdown - 1.0)
    it.look()
    assert it.now(SignedIn).countdown == 1
    it.time.go_on(1.0)
    it.look()
    assert it.problem().code is ErrorCode.SESSION_IDLE
    it.qtbot.waitUntil(lambda: it.cloud.open_sessions == 0)
    it.wait_for_call("RevokeToken")


def test_the_timer_looks_by_itself(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.time.go_on(it.limits.idle)
    it.qtbot.waitUntil(lambda: it.now(SignedIn).countdown is not None)


@pytest.mark.parametrize("how", ["stay", "touched"])
def test_a_hand_cancels_the_countdown_at_once(desk: SetUp, how: str) -> None:
    it = desk()
    it.sign_in()
    it.time.go_on(it.limits.idle + 10.0)
    it.look()
    assert it.now(SignedIn).countdown == round(it.limits.countdown) - 10
    if how == "stay":
        it.controller.stay()
    else:
        it.activity.note()
    assert it.now(SignedIn).countdown is None
    it.time.go_on(it.limits.idle - 1.0)
    it.look()
    assert it.now(SignedIn).countdown is None


def test_a_hand_that_comes_too_late_does_not_save_the_session(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.time.go_on(it.limits.idle + it.limits.countdown)
    it.controller.stay()
    assert it.problem().code is ErrorCode.SESSION_IDLE


def test_idle_ends_a_kept_session_for_good(desk: SetUp) -> None:
    it = desk()
    it.sign_in(keep=True)
    it.wait_for_vault("seal")
    it.time.go_on(it.limits.idle + it.limits.countdown)
    it.look()
    it.wait_for_vault("clear")
    it.wait_for_call("RevokeToken")


def test_nobody_is_watched_where_nobody_is(desk: SetUp) -> None:
    it = desk()
    assert not it.is_watching()
    it.sign_in()
    assert it.is_watching()
    it.controller.sign_out()
    assert not it.is_watching()


# -- forms on others' desks

SHARED = SessionLimits.of(MachineKind.SHARED)
LEFT = SHARED.idle + SHARED.countdown


def test_what_was_typed_and_left_is_cleared(desk: SetUp) -> None:
    it = desk(machine=MachineKind.SHARED)
    it.time.go_on(LEFT)
    it.look()
    assert it.state == SignedOut(), "nothing was typed"
    it.controller.note_typing()
    it.time.go_on(LEFT - 1.0)
    it.look()
    assert it.state == SignedOut()
    it.controller.stay()
    it.time.go_on(LEFT - 1.0)
    it.look()
    assert it.state == SignedOut()
    it.time.go_on(1.0)
    it.look()
    assert it.state == SignedOut(cleared=1)
    assert not it.is_watching()
    it.time.go_on(LEFT)
    it.look()
    assert it.state == SignedOut(cleared=1)


def test_a_refused_name_is_not_for_the_next_person(desk: SetUp) -> None:
    it = desk(machine=MachineKind.KIOSK)
    it.cloud.users = ()
    it.controller.note_typing()
    it.controller.sign_in(EMAIL, Secret("secret"), False, False)
    assert it.wait_for(SignedOut).username == EMAIL
    it.time.go_on(LEFT)
    it.look()
    assert it.now(SignedOut) == SignedOut(cleared=1)


def test_a_question_that_was_left_is_dropped(desk: SetUp) -> None:
    it = desk(machine=MachineKind.SHARED, limits=Limits(challenge=2 * LEFT))
    it.ask(CodeQuestion(Factor.TOTP))
    it.time.go_on(LEFT)
    it.look()
    assert it.state == SignedOut()
    assert it.question.challenge is None


def test_a_reset_that_was_left_is_dropped_and_its_answer_too(desk: SetUp) -> None:
    it = desk(machine=MachineKind.SHARED)
    it.controller.forgot_password(EMAIL)
    with it.hanging("ForgotPassword") as held:
        it.controller.request_code(EMAIL)
        it.wait_until_held(held)
        assert it.now(ResetRequested).busy
        it.time.go_on(LEFT)
        it.look()
        assert it.state == SignedOut()
        held.let_go()
        it.sign_in()
    assert not any(isinstance(state, ResetCodeSent) for state in it.states)


def test_on_ones_own_desk_forms_stay(desk: SetUp) -> None:
    it = desk()
    it.controller.note_typing()
    it.controller.forgot_password(EMAIL)
    it.time.go_on(24 * 3600.0)
    it.look()
    assert it.state == ResetRequested(EMAIL, False)


def test_a_form_is_left_behind_a_locked_screen_too(desk: SetUp) -> None:
    it = desk(machine=MachineKind.SHARED)
    it.controller.note_typing()
    it.events.lock()
    it.time.go_on(LEFT)
    it.look()
    assert it.state == Covered(SignedOut(cleared=1))
    it.events.unlock()
    assert it.state == SignedOut(cleared=1)


def test_activity_is_only_listened_to_while_it_matters(desk: SetUp) -> None:
    it = desk()
    assert isinstance(it.activity, Activity)
    touched: list[None] = []
    it.activity.touched.connect(lambda: touched.append(None))
    it.activity.note()
    assert touched == [None], "heard, and nothing happened"
    assert it.state == SignedOut()
