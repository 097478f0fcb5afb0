"""New tokens in time, patience where they cannot be had, and an end where they are refused."""

from threading import Event

import pytest

from ingenes_desktop.application.ending import ENDS_THE_SESSION
from ingenes_desktop.controllers.background import Background
from ingenes_desktop.controllers.outstanding import Outstanding
from ingenes_desktop.controllers.renewal import Renewal
from ingenes_desktop.domain.auth_state import SignedIn, SignedOut
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import Limits, MachineKind, SessionLimits
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL
from tests.controllers.conftest import SetUp
from tests.controllers.desk import HeldCall

REFRESH = "Refresh ana"
QUICK = SessionLimits(idle=900.0, countdown=60.0, retry_first=0.05, retry_longest=0.1)


def test_the_timer_asks_when_the_margin_is_reached(desk: SetUp) -> None:
    it = desk(session_limits=SessionLimits(idle=900.0, countdown=60.0, renew_before=3_600.0))
    # A token is renewed half its life ahead at most: there the clocks stand when the person is in.
    with it.hanging("_find") as held:
        it.controller.sign_in(EMAIL, Secret("secret"), False, False)
        it.wait_until_held(held)
        it.time.go_on(1_800.0)
        held.let_go()
        it.wait_for(SignedIn)
        it.wait_for_call(REFRESH)
    assert it.cloud.refresh_tokens_used == ["refresh"]


@pytest.mark.parametrize("code", [ErrorCode.NO_NETWORK, ErrorCode.BUSY, ErrorCode.UNEXPECTED_ANSWER])
def test_a_failure_leaves_the_person_signed_in_and_is_made_up_for(desk: SetUp, code: ErrorCode) -> None:
    it = desk(session_limits=QUICK)
    it.sign_in()
    it.cloud.fails[REFRESH] = [AuthError(code), AuthError(code)]
    it.renewal.renew()
    it.qtbot.waitUntil(lambda: it.now(SignedIn).reconnecting)
    it.qtbot.waitUntil(lambda: not it.now(SignedIn).reconnecting)
    assert it.cloud.calls.count(REFRESH) == 3


@pytest.mark.parametrize("code", [code for code in ErrorCode if code in ENDS_THE_SESSION])
def test_a_definite_refusal_ends_the_session_with_its_reason(desk: SetUp, code: ErrorCode) -> None:
    it = desk()
    it.sign_in(keep=True)
    it.wait_for_vault("seal")
    it.cloud.fails[REFRESH] = [AuthError(code)]
    it.renewal.renew()
    it.wait_for(SignedOut)
    assert it.problem().code is code
    assert it.now(SignedOut).username == EMAIL, "the name is kept for the next sign-in"
    it.wait_for_vault("clear")
    it.qtbot.waitUntil(lambda: it.cloud.open_sessions == 0)


def test_there_are_never_two_at_once(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    with it.hanging(REFRESH) as held:
        it.renewal.renew()
        it.wait_until_held(held)
        it.renewal.renew()
        it.renewal.renew()
        with it.qtbot.waitSignal(it.renewal.succeeded):
            held.let_go()
    assert it.cloud.calls.count(REFRESH) == 1


def test_an_answer_that_comes_late_never_reaches_the_next_person(desk: SetUp) -> None:
    it = desk(session_limits=QUICK)
    it.sign_in()
    it.cloud.fails[REFRESH] = [AuthError(ErrorCode.SESSION_ENDED)]
    with it.hanging(REFRESH) as held:
        it.renewal.renew()
        it.wait_until_held(held)
        it.controller.switch_user()
        it.sign_in("luis@clinica.example")
        held.let_go()
        # What runs beside comes home in turn: Luis' own is behind Ana's.
        it.qtbot.waitUntil(lambda: it.now(SignedIn).last_sign_in is not None)
    luis = it.now(SignedIn)
    assert (luis.username, luis.reconnecting, luis.notice) == ("luis@clinica.example", False, None)


def test_a_success_that_waits_at_the_door_is_not_the_next_persons(
    desk: SetUp, caplog: pytest.LogCaptureFixture
) -> None:
    it = desk()
    it.sign_in()
    ana = it.monitor.session
    assert ana is not None
    it.time.go_on(600.0)
    it.renewal.renew()
    # The worker is done, and the event loop has not turned since.
    while ana.seconds_until_renewal() < 3_000.0:
        Event().wait(0.005)
    it.controller.switch_user()
    it.sign_in("luis@clinica.example")
    it.qtbot.waitUntil(lambda: it.now(SignedIn).last_sign_in is not None)
    assert not [record.message for record in caplog.records if record.message.startswith("bug")]


def test_the_last_sign_in_of_one_person_is_not_shown_to_the_next(desk: SetUp) -> None:
    it = desk()
    held = HeldCall("LastLoginTime")

    def answer(call: str) -> None:
        if call == "LastLoginTime":
            it.cloud.last_login = 222.0 if held.begun.is_set() else 111.0
        held.happen(call)

    it.cloud.before = answer
    it.sign_in()
    it.wait_until_held(held)
    it.controller.switch_user()
    it.sign_in("luis@clinica.example")
    held.let_go()
    it.qtbot.waitUntil(lambda: it.now(SignedIn).last_sign_in is not None)
    assert it.now(SignedIn).last_sign_in == 222.0
    assert 111.0 not in [getattr(state, "last_sign_in", None) for state in it.states]


@pytest.mark.parametrize("jitter", [0.0, 0.5, 1.0])
def test_pauses_grow_to_the_longest_and_never_fall_below_the_first(
    shared_background: Background, jitter: float
) -> None:
    limits = SessionLimits.of(MachineKind.PERSONAL)
    part = Renewal(shared_background, Outstanding(), Limits(), limits, lambda: 0.0, lambda: jitter)
    pauses = [part.pause_after(failures) for failures in (*range(8), 10_000)]
    # Spread from the first one on: a hundred windows lost their network in the same moment.
    assert pauses[0] == 30.0 + 30.0 * jitter
    assert pauses == sorted(pauses)
    assert pauses[-1] == 30.0 + 270.0 * jitter
    assert all(30.0 <= pause <= 300.0 for pause in pauses)
