"""The steps of a sign-in: drawn a moment later than they begin, and never after the end."""

import time
from threading import Event

from pytestqt.qtbot import QtBot

from ingenes_desktop.application.password_reset import PasswordReset
from ingenes_desktop.application.services import Services
from ingenes_desktop.application.sign_in import SignIn
from ingenes_desktop.controllers.auth_controller import AuthController
from ingenes_desktop.controllers.background import Background
from ingenes_desktop.domain.auth_state import (
    AuthState,
    NewPasswordRequired,
    SignedIn,
    SignedOut,
    SigningIn,
    SignInStep,
)
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import CompanyCheck, Limits
from ingenes_desktop.domain.models import Challenge
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL, Cloud


def controller_of(background: Background, cloud: Cloud) -> tuple[AuthController, list[AuthState]]:
    """A controller over far ends in memory, and every state that it takes on."""
    chain = SignIn(
        cloud.far_ends(),
        company_check=CompanyCheck.REFUSE,
        clock=cloud.clock,
        wall_clock=cloud.clock,
        filemaker_unused_seconds=60,
    )
    services = Services(chain, PasswordReset(cloud), cloud.far_ends(), warm_up=lambda _attempt: None)
    controller = AuthController(
        initial=SignedOut(),
        services=lambda: services,
        background=background,
        username_store=None,
        limits=Limits(),
        clock=time.monotonic,
        new_reference=lambda: "7K3Q9F",
    )
    states: list[AuthState] = []
    controller.state_changed.connect(states.append)
    return controller, states


def steps_in(states: list[AuthState]) -> list[SignInStep]:
    return [state.step for state in states if isinstance(state, SigningIn)]


def test_a_chain_that_is_faster_than_the_drawing_shows_its_last_step(
    qtbot: QtBot, shared_background: Background
) -> None:
    controller, states = controller_of(shared_background, Cloud())
    controller.sign_in(EMAIL, Secret("secret"), False)
    qtbot.waitUntil(lambda: isinstance(controller.state, SignedIn))
    assert steps_in(states)[0] is SignInStep.PASSWORD
    assert steps_in(states)[-1] is SignInStep.RECORD
    controller.sign_out()
    qtbot.waitUntil(lambda: isinstance(controller.state, SignedOut))


def test_a_step_that_takes_its_time_is_shown(qtbot: QtBot, shared_background: Background) -> None:
    go_on = Event()

    def hang(call: str) -> None:
        if call == "GetSecretValue":
            go_on.wait(30)

    cloud = Cloud(before=hang)
    controller, states = controller_of(shared_background, cloud)
    controller.sign_in(EMAIL, Secret("secret"), False)
    qtbot.waitUntil(lambda: SignInStep.CONFIGURATION in steps_in(states))
    go_on.set()
    qtbot.waitUntil(lambda: isinstance(controller.state, SignedIn))
    controller.sign_out()


def test_a_new_password_is_followed_by_a_step_before_the_profile(
    qtbot: QtBot, shared_background: Background
) -> None:
    cloud = Cloud()
    tokens = cloud.answer
    cloud.answer = Challenge("NEW_PASSWORD_REQUIRED", EMAIL, Secret("session"), ())
    controller, states = controller_of(shared_background, cloud)
    controller.sign_in(EMAIL, Secret("secret"), False)
    qtbot.waitUntil(lambda: isinstance(controller.state, NewPasswordRequired))
    cloud.answer = tokens
    controller.submit_new_password(Secret("another"))
    qtbot.waitUntil(lambda: isinstance(controller.state, SignedIn))
    assert steps_in(states)[-1] is SignInStep.RECORD
    controller.sign_out()


def test_no_step_is_drawn_after_a_cancel(qtbot: QtBot, shared_background: Background) -> None:
    begun, go_on = Event(), Event()

    def hang(call: str) -> None:
        if call == "GetId":
            begun.set()
            go_on.wait(30)
            raise AuthError(ErrorCode.CANCELLED)

    controller, states = controller_of(shared_background, Cloud(before=hang))
    controller.sign_in(EMAIL, Secret("secret"), False)
    assert begun.wait(10)
    controller.cancel()
    go_on.set()
    controller.sign_in(EMAIL, Secret("secret"), False)
    qtbot.waitUntil(lambda: isinstance(controller.state, SignedOut))
    cancelled = next(position for position, state in enumerate(states) if isinstance(state, SignedOut))
    assert steps_in(states[:cancelled]) == [SignInStep.PASSWORD]


def test_a_login_is_recorded_once_the_profile_stands(qtbot: QtBot, shared_background: Background) -> None:
    cloud = Cloud()
    controller, _ = controller_of(shared_background, cloud)
    controller.sign_in(EMAIL, Secret("secret"), False)
    qtbot.waitUntil(lambda: isinstance(controller.state, SignedIn))
    assert "LastLoginTime" not in cloud.calls
    qtbot.waitUntil(lambda: "LastLoginTime" in cloud.calls)
    controller.sign_out()
