"""The steps of a sign-in: drawn a moment later than they begin, and never after the end."""

from threading import Event

import pytest

from ingenes_desktop.domain.answer import NewPasswordAnswer
from ingenes_desktop.domain.auth_state import (
    AuthState,
    SignedIn,
    SignedOut,
    SigningIn,
    SignInStep,
)
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import CognitoTokens, NewDevice
from ingenes_desktop.domain.question import NewPasswordQuestion
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL
from tests.controllers.conftest import SetUp

TRACKED = CognitoTokens(
    Secret("id"), Secret("access"), Secret("refresh"), 3600, NewDevice("device-1", Secret("group"))
)
CONFIRM_DEVICE = "ConfirmDevice device-1"


def steps_in(states: list[AuthState]) -> list[SignInStep]:
    return [state.step for state in states if isinstance(state, SigningIn)]


def test_a_chain_that_is_faster_than_the_drawing_shows_its_last_step(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    assert steps_in(it.states)[0] is SignInStep.PASSWORD
    assert steps_in(it.states)[-1] is SignInStep.RECORD


def test_a_step_that_takes_its_time_is_shown(desk: SetUp) -> None:
    it = desk()
    with it.hanging("GetSecretValue") as held:
        it.controller.sign_in(EMAIL, Secret("secret"), False, False)
        it.qtbot.waitUntil(lambda: SignInStep.CONFIGURATION in steps_in(it.states))
        held.let_go()
        it.wait_for(SignedIn)


def test_an_answer_is_followed_by_a_step_before_the_profile(desk: SetUp) -> None:
    it = desk()
    it.ask(NewPasswordQuestion())
    it.controller.answer(NewPasswordAnswer(Secret("another")))
    it.wait_for(SignedIn)
    assert steps_in(it.states)[-1] is SignInStep.RECORD


def test_no_step_is_drawn_after_a_cancel(desk: SetUp) -> None:
    begun, go_on = Event(), Event()

    def hang(call: str) -> None:
        if call == "GetId":
            begun.set()
            go_on.wait(30)
            raise AuthError(ErrorCode.CANCELLED)

    it = desk()
    it.cloud.before = hang
    it.controller.sign_in(EMAIL, Secret("secret"), False, False)
    assert begun.wait(10)
    it.controller.cancel()
    go_on.set()
    it.controller.sign_in(EMAIL, Secret("secret"), False, False)
    it.wait_for(SignedOut)
    cancelled = next(position for position, state in enumerate(it.states) if isinstance(state, SignedOut))
    assert steps_in(it.states[:cancelled]) == [SignInStep.PASSWORD]


def test_a_login_is_recorded_once_the_profile_stands(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    assert "LastLoginTime" not in it.cloud.calls
    it.qtbot.waitUntil(lambda: it.now(SignedIn).last_sign_in == 800.0)
    assert "LastLoginTime" in it.cloud.calls


@pytest.mark.parametrize("failure", [None, AuthError(ErrorCode.NOT_RESPONDING)])
def test_a_device_is_confirmed_after_the_login_was_recorded(desk: SetUp, failure: AuthError | None) -> None:
    it = desk()
    it.cloud.answer = TRACKED
    it.cloud.fails["LastLoginTime"] = [failure] if failure else []
    it.sign_in()
    assert CONFIRM_DEVICE not in it.cloud.calls
    it.wait_for_call(CONFIRM_DEVICE)
    assert it.cloud.calls.index("LastLoginTime") < it.cloud.calls.index(CONFIRM_DEVICE)


def test_no_device_is_confirmed_for_whoever_has_gone(desk: SetUp) -> None:
    it = desk()
    it.cloud.answer = TRACKED
    with it.hanging("LastLoginTime") as held:
        it.sign_in()
        it.wait_until_held(held)
        it.controller.sign_out()
        held.let_go()
        it.close()
    assert CONFIRM_DEVICE not in it.cloud.calls
