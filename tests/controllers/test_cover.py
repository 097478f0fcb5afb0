"""Lock, sleep and resume: covered on the signal itself, and shown again when it has been checked."""

import pytest

from ingenes_desktop.domain.auth_state import (
    AuthState,
    ChallengeRequired,
    ConfirmationRequired,
    Covered,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    Restoring,
    SignedIn,
    SignedOut,
    SigningIn,
    Unavailable,
)
from ingenes_desktop.domain.errors import AuthError, ErrorCode, Problem
from ingenes_desktop.domain.machine import MachineKind, SessionLimits
from ingenes_desktop.domain.question import CodeQuestion, Factor
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL
from tests.controllers.conftest import SetUp
from tests.controllers.desk import HOUR, Desk

REFRESH = "Refresh ana"
ALL_DAY = SessionLimits(idle=24 * HOUR, countdown=60.0, longest=48 * HOUR)
"""So that only the cover speaks."""

COVERABLE: list[AuthState] = [
    SignedOut(EMAIL, remember=True),
    Restoring(EMAIL),
    ChallengeRequired(EMAIL, remember=False, question=CodeQuestion(Factor.TOTP), until=1_180.0),
    ConfirmationRequired(EMAIL, remember=False, busy=False, resending=False),
    ResetRequested(EMAIL, remember=False),
    ResetCodeSent(EMAIL, remember=False, destination="a***@c***"),
    PasswordChanged(EMAIL, remember=False),
]


@pytest.mark.parametrize("state", COVERABLE, ids=lambda state: type(state).__name__)
@pytest.mark.parametrize("event", ["lock", "sleep", "switch_away"])
def test_every_view_is_covered_on_the_signal_and_comes_back(
    desk: SetUp, state: AuthState, event: str
) -> None:
    it = desk(initial=state)
    getattr(it.events, event)()
    assert it.state == Covered(state)  # type: ignore[arg-type]  # all of them can be
    back = {"lock": it.events.unlock, "sleep": it.events.resume, "switch_away": it.events.switch_back}
    back[event]()
    assert it.state == state


def test_a_wrong_configuration_has_nothing_to_cover(desk: SetUp) -> None:
    state = Unavailable(Problem(ErrorCode.CONFIGURATION, "7K3Q9F"))
    it = desk(initial=state)
    it.events.lock()
    assert it.state == state
    it.events.unlock()
    assert it.state == state


@pytest.mark.parametrize("state", COVERABLE, ids=lambda state: type(state).__name__)
def test_a_system_that_never_says_that_the_screen_is_open_has_not_the_last_word(
    desk: SetUp, state: AuthState
) -> None:
    it = desk(initial=state)
    it.events.lock()
    it.events.switch_away()
    it.controller.retry()
    assert it.state == state
    # And the next lock covers.
    it.events.lock()
    assert it.state == Covered(state)  # type: ignore[arg-type]  # all of them can be


def test_a_session_is_checked_before_it_is_shown_to_whoever_says_that_the_screen_is_open(desk: SetUp) -> None:
    it = desk(session_limits=ALL_DAY)
    it.sign_in()
    it.events.lock()
    it.controller.retry()
    assert it.now(Covered).locked is False
    it.wait_for(SignedIn)
    assert it.cloud.calls.count(REFRESH) == 1
    it.events.lock()
    assert it.now(Covered).locked


def is_heard(it: Desk) -> bool:
    """Whether the system's events are listened to, now (a type checker would take it for a constant)."""
    return it.events.is_started


def test_the_system_is_heard_from_the_start_to_the_end(desk: SetUp) -> None:
    it = desk()
    assert not is_heard(it)
    it.controller.start()
    assert is_heard(it)
    it.close()
    assert not is_heard(it)


def test_a_lock_that_was_no_sleep_needs_no_check(desk: SetUp) -> None:
    it = desk()
    signed_in = it.sign_in()
    it.events.lock()
    assert it.state == Covered(signed_in)
    it.events.unlock()
    assert it.state == signed_in
    assert REFRESH not in it.cloud.calls


def test_a_chain_goes_on_behind_a_locked_screen(desk: SetUp) -> None:
    it = desk()
    with it.hanging("_find") as held:
        it.controller.sign_in(EMAIL, Secret("secret"), False, False)
        it.wait_until_held(held)
        it.events.lock()
        assert isinstance(it.beneath, SigningIn)
        held.let_go()
        it.qtbot.waitUntil(lambda: isinstance(it.beneath, SignedIn))
    assert isinstance(it.state, Covered)
    it.events.unlock()
    assert isinstance(it.state, SignedIn)


def test_nothing_is_wished_through_a_cover(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.events.lock()
    for wish in (
        it.controller.sign_out,
        it.controller.sign_out_everywhere,
        it.controller.switch_user,
        it.controller.retry,
        it.controller.use_password,
        it.controller.go_back,
        it.controller.cancel,
    ):
        wish()
        assert isinstance(it.now(Covered).beneath, SignedIn)


def test_after_a_sleep_the_session_is_checked_before_it_is_shown(desk: SetUp) -> None:
    it = desk(session_limits=ALL_DAY)
    signed_in = it.sign_in()
    it.events.sleep()
    it.time.sleep(HOUR / 2)
    with it.hanging(REFRESH) as held:
        it.events.resume()
        assert it.state == Covered(signed_in, locked=False)
        it.wait_until_held(held)
        assert isinstance(it.state, Covered)
        held.let_go()
        it.wait_for(SignedIn)
    assert it.cloud.calls.count(REFRESH) == 1


def test_an_id_token_that_ran_out_behind_a_lock_is_renewed_first(desk: SetUp) -> None:
    it = desk(session_limits=ALL_DAY)
    it.sign_in()
    it.events.lock()
    it.time.go_on(HOUR)
    it.events.unlock()
    assert it.state == Covered(it.beneath, locked=False)  # type: ignore[arg-type]  # it can be
    it.wait_for(SignedIn)
    assert it.cloud.calls.count(REFRESH) == 1


def test_a_check_that_finds_the_session_refused_ends_it(desk: SetUp) -> None:
    it = desk(session_limits=ALL_DAY)
    it.sign_in(keep=True)
    it.wait_for_vault("seal")
    it.cloud.fails[REFRESH] = [AuthError(ErrorCode.ACCOUNT_DISABLED)]
    it.events.sleep()
    it.events.resume()
    it.wait_for(SignedOut)
    assert it.problem().code is ErrorCode.ACCOUNT_DISABLED
    it.wait_for_vault("clear")
    assert not shown_between(it, Covered, SignedOut)


def shown_between(it: Desk, first: type, last: type) -> bool:
    """Whether the profile was on screen between the first state of one class and the next of another."""
    kinds = [type(state) for state in it.states]
    start = kinds.index(first)
    end = kinds.index(last, start)
    return SignedIn in kinds[start:end]


def test_without_a_network_a_token_that_still_holds_shows_the_session_as_reconnecting(desk: SetUp) -> None:
    it = desk(session_limits=ALL_DAY)
    it.sign_in()
    it.cloud.fails[REFRESH] = [AuthError(ErrorCode.NO_NETWORK)]
    it.events.sleep()
    it.time.sleep(HOUR / 2)
    it.events.resume()
    assert it.wait_for(SignedIn).reconnecting


def without_network_after_a_sleep(desk: SetUp, *failures: ErrorCode, limits: SessionLimits = ALL_DAY) -> Desk:
    """A covered window whose check could not be made, eight hours after the person left."""
    it = desk(session_limits=limits)
    it.sign_in(remember=True, keep=True)
    it.wait_for_vault("seal")
    it.cloud.fails[REFRESH] = [AuthError(code) for code in failures]
    it.events.sleep()
    it.time.sleep(8 * HOUR)
    it.events.resume()
    it.qtbot.waitUntil(lambda: it.now(Covered).problem is not None)
    return it


def test_without_a_network_and_without_a_token_the_window_stays_covered(desk: SetUp) -> None:
    it = without_network_after_a_sleep(desk, ErrorCode.NO_NETWORK)
    problem = it.now(Covered).problem
    assert problem is not None
    assert problem.code is ErrorCode.NO_NETWORK
    assert it.vault.record is not None
    it.controller.retry()
    assert it.now(Covered).problem is None
    assert it.wait_for(SignedIn).reconnecting is False


def test_the_person_may_rather_type_the_password(desk: SetUp) -> None:
    it = without_network_after_a_sleep(desk, ErrorCode.NO_NETWORK)
    it.controller.use_password()
    assert it.state == SignedOut(EMAIL, remember=True)
    it.wait_for_vault("clear")


def test_the_network_comes_back_by_itself(desk: SetUp) -> None:
    limits = SessionLimits(24 * HOUR, 60.0, 48 * HOUR, retry_first=0.05, retry_longest=0.1)
    it = without_network_after_a_sleep(desk, *[ErrorCode.NO_NETWORK] * 3, limits=limits)
    it.wait_for(SignedIn)
    assert it.cloud.calls.count(REFRESH) == 4


def test_a_sleep_beyond_idle_ends_the_session_without_a_check(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.events.sleep()
    it.time.sleep(8 * HOUR)
    it.events.resume()
    assert it.problem().code is ErrorCode.SESSION_IDLE
    assert REFRESH not in it.cloud.calls
    assert not shown_between(it, Covered, SignedOut)


def test_a_lock_beyond_idle_ends_the_session_beneath(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.events.lock()
    it.time.go_on(it.limits.idle + it.limits.countdown)
    it.look()
    form = it.now(Covered).beneath
    assert isinstance(form, SignedOut)
    it.events.unlock()
    assert it.problem().code is ErrorCode.SESSION_IDLE


def test_locked_again_during_the_check_the_profile_is_not_flashed(desk: SetUp) -> None:
    it = desk(session_limits=ALL_DAY)
    it.sign_in()
    it.events.sleep()
    with it.hanging(REFRESH) as held:
        it.events.resume()
        it.wait_until_held(held)
        it.events.lock()
        locked_at = len(it.states)
        with it.qtbot.waitSignal(it.renewal.succeeded):
            held.let_go()
    assert it.now(Covered).locked
    it.events.sleep()
    it.events.resume()
    assert isinstance(it.state, Covered), "still locked"
    assert not any(isinstance(state, SignedIn) for state in it.states[locked_at:])
    it.events.unlock()
    it.wait_for(SignedIn)


@pytest.mark.parametrize("seconds", [0.0, HOUR / 2])
def test_an_answer_from_before_the_sleep_is_no_check(desk: SetUp, seconds: float) -> None:
    it = desk(session_limits=ALL_DAY)
    it.sign_in()
    with it.hanging(REFRESH) as held:
        it.events.sleep()
        it.events.resume()
        it.wait_until_held(held)  # the first check is under way
        it.events.sleep()
        it.time.sleep(seconds)
        it.events.resume()
        held.let_go()
        it.wait_for(SignedIn)
    assert it.cloud.calls.count(REFRESH) == 2


def test_a_check_for_one_person_never_uncovers_the_next(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.events.sleep()
    with it.hanging(REFRESH) as held:
        it.events.resume()
        it.wait_until_held(held)
        it.time.go_on(it.limits.idle + it.limits.countdown)
        it.look()
        assert it.problem().code is ErrorCode.SESSION_IDLE
        it.sign_in("luis@clinica.example")
        it.events.lock()
        held.let_go()
        it.qtbot.waitUntil(lambda: getattr(it.beneath, "last_sign_in", None) is not None)
        assert isinstance(it.state, Covered)
    it.events.unlock()
    assert it.now(SignedIn).username == "luis@clinica.example"


@pytest.mark.parametrize("seconds", [-24 * HOUR, -31.0, 31.0, HOUR / 2])
def test_a_clock_that_was_set_covers_and_checks(desk: SetUp, seconds: float) -> None:
    it = desk(session_limits=ALL_DAY)
    it.sign_in()
    it.time.set_wall_clock(seconds)
    with it.hanging(REFRESH) as held:
        it.look()
        assert it.state == Covered(it.beneath, locked=False)  # type: ignore[arg-type]  # it can be
        it.wait_until_held(held)
        held.let_go()
        it.wait_for(SignedIn)


def test_a_sleep_that_nobody_told_covers_and_checks(desk: SetUp) -> None:
    it = desk(session_limits=ALL_DAY)
    it.sign_in()
    it.time.sleep(120.0)
    with it.hanging(REFRESH) as held:
        it.look()
        assert not it.now(Covered).locked
        it.wait_until_held(held)
        held.let_go()
        it.wait_for(SignedIn)


def test_a_sleep_that_nobody_told_behind_a_lock_is_checked_there(desk: SetUp) -> None:
    it = desk(session_limits=ALL_DAY)
    it.sign_in()
    it.events.lock()
    it.time.sleep(120.0)
    it.look()
    it.wait_for_call(REFRESH)
    it.wait_for_call("verify", times=2)
    assert it.now(Covered).locked
    it.events.unlock()
    it.wait_for(SignedIn)


@pytest.mark.parametrize("event", ["lock", "sleep", "switch_away"])
def test_on_a_kiosk_whoever_locks_the_screen_has_left(desk: SetUp, event: str) -> None:
    it = desk(machine=MachineKind.KIOSK)
    it.sign_in()
    getattr(it.events, event)()
    form = it.now(Covered).beneath
    assert isinstance(form, SignedOut)
    assert form.problem is not None
    assert form.problem.code is ErrorCode.SESSION_LOCKED
    it.wait_for_call("RevokeToken")


def test_on_a_kiosk_a_lock_ends_a_chain_too(desk: SetUp) -> None:
    it = desk(machine=MachineKind.KIOSK)
    with it.hanging("_find") as held:
        it.controller.sign_in(EMAIL, Secret("secret"), False, False)
        it.wait_until_held(held)
        it.events.lock()
        assert isinstance(it.beneath, SignedOut)
        held.let_go()
        it.wait_for_call("RevokeToken")
    assert it.cloud.open_sessions == 0
    it.events.unlock()
    assert it.problem().code is ErrorCode.CANCELLED


def test_on_a_kiosk_a_lock_ends_a_question_too(desk: SetUp) -> None:
    it = desk(machine=MachineKind.KIOSK)
    it.ask(CodeQuestion(Factor.TOTP))
    it.events.lock()
    assert it.beneath == SignedOut()
    assert it.question.challenge is None


def test_closing_behind_a_cover_is_closing(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.events.lock()
    it.close()
    assert it.cloud.open_sessions == 0
    assert it.cloud.revoked == ["refresh"]


@pytest.mark.parametrize("state", [SignedOut(), *COVERABLE[2:]], ids=lambda state: type(state).__name__)
def test_on_a_kiosk_what_was_typed_goes_with_whoever_locked(desk: SetUp, state: AuthState) -> None:
    it = desk(machine=MachineKind.KIOSK, initial=state)
    it.controller.note_typing()
    it.events.lock()
    assert it.beneath == SignedOut(cleared=int(isinstance(state, SignedOut)))
    it.events.unlock()
    assert isinstance(it.state, SignedOut)


def test_on_ones_own_machine_what_was_typed_stays(desk: SetUp) -> None:
    it = desk(initial=ResetRequested(EMAIL, remember=False))
    it.controller.note_typing()
    it.events.lock()
    it.events.unlock()
    assert it.state == ResetRequested(EMAIL, remember=False)
