"""What whoever is signed in changes: the password and two-step verification, and who hears the answer."""

import pytest

from ingenes_desktop.application.ending import ENDS_THE_SESSION
from ingenes_desktop.controllers.account_flow import AccountFlow
from ingenes_desktop.domain.account_panel import PasswordChange, TwoStep, TwoStepFactors
from ingenes_desktop.domain.auth_state import Covered, SignedIn, SignedOut
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import MachineKind, SessionLimits
from ingenes_desktop.domain.question import Factor
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL
from tests.controllers.conftest import SetUp
from tests.controllers.desk import HOUR, Desk

CHANGE = "ChangePassword"
READ = "GetUser"
KEY = "AssociateSoftwareToken"
VERIFY = "VerifySoftwareToken 123456"
TURN_OFF = "SetUserMFAPreference off"
OLD, NEW = Secret("old"), Secret("new")
CALLS = [CHANGE, READ, KEY, VERIFY, TURN_OFF]
# (A token that has run out is renewed first.)
FOR_GOOD = [code for code in ErrorCode if code in ENDS_THE_SESSION - {ErrorCode.SESSION_ENDED}]
OFF = TwoStepFactors()
ON = TwoStepFactors((Factor.TOTP,), Factor.TOTP)


def password(it: Desk) -> PasswordChange:
    panel = it.now(SignedIn).panel
    assert isinstance(panel, PasswordChange)
    return panel


def two_step(it: Desk) -> TwoStep:
    panel = it.now(SignedIn).panel
    assert isinstance(panel, TwoStep)
    return panel


def settled(it: Desk) -> TwoStep:
    """The panel, once what was asked has come home."""
    it.qtbot.waitUntil(lambda: not two_step(it).busy)
    return two_step(it)


def in_two_step(it: Desk, *, on: bool = False) -> AccountFlow:
    """To the panel, and what is on is known."""
    it.cloud.factors = ON if on else OFF
    it.sign_in()
    account = it.controller.account
    account.open_two_step()
    assert two_step(it) == TwoStep()
    assert settled(it) == TwoStep(ON if on else OFF, busy=False)
    return account


def with_key(it: Desk) -> AccountFlow:
    """To a key that is shown."""
    account = in_two_step(it)
    account.set_up_authenticator()
    assert two_step(it).busy
    assert settled(it).key is not None
    return account


def changing(it: Desk) -> AccountFlow:
    """To two passwords on their way."""
    it.sign_in()
    account = it.controller.account
    account.open_password_change()
    account.change_password(OLD, NEW)
    assert password(it) == PasswordChange(busy=True)
    return account


# -- the password


def test_a_password_is_changed(desk: SetUp) -> None:
    it = desk()
    account = changing(it)
    it.qtbot.waitUntil(lambda: password(it).done)
    account.change_password(OLD, NEW)
    assert it.cloud.calls.count(CHANGE) == 1
    account.leave_panel()
    assert it.now(SignedIn).panel is None


@pytest.mark.parametrize(
    "code",
    [
        ErrorCode.CURRENT_PASSWORD_WRONG,
        ErrorCode.PASSWORD_HISTORY,
        ErrorCode.PASSWORD_POLICY,
        ErrorCode.LIMIT_EXCEEDED,
        ErrorCode.NO_NETWORK,
    ],
)
def test_a_refused_change_says_why_and_may_be_tried_again(desk: SetUp, code: ErrorCode) -> None:
    it = desk()
    it.cloud.fails[CHANGE] = [AuthError(code)]
    account = changing(it)
    it.qtbot.waitUntil(lambda: password(it).problem is not None)
    problem = password(it).problem
    assert problem is not None
    assert problem.code is code
    account.change_password(OLD, NEW)
    assert password(it) == PasswordChange(busy=True)
    it.qtbot.waitUntil(lambda: password(it).done)


def test_a_second_click_on_its_way_is_ignored(desk: SetUp) -> None:
    it = desk()
    with it.hanging(CHANGE) as held:
        account = changing(it)
        it.wait_until_held(held)
        account.change_password(OLD, NEW)
        account.open_two_step()
        account.open_password_change()
        held.let_go()
        it.qtbot.waitUntil(lambda: password(it).done)
    it.close()
    assert it.cloud.calls.count(CHANGE) == 1


# -- two-step verification


def test_an_authenticator_is_set_up(desk: SetUp) -> None:
    it = desk()
    account = with_key(it)
    key = two_step(it).key
    assert it.cloud.accounts == [EMAIL]
    account.confirm_authenticator("123 456")
    assert two_step(it) == TwoStep(OFF, key)
    assert settled(it) == TwoStep(ON, busy=False)


def test_a_wrong_first_code_keeps_the_key(desk: SetUp) -> None:
    it = desk()
    it.cloud.fails["VerifySoftwareToken 654321"] = [AuthError(ErrorCode.CODE_MISMATCH)]
    account = with_key(it)
    key = two_step(it).key
    account.confirm_authenticator("654321")
    after = settled(it)
    assert after.key == key
    assert after.problem is not None
    assert after.problem.code is ErrorCode.CODE_MISMATCH
    account.confirm_authenticator("123456")
    assert two_step(it) == TwoStep(OFF, key)
    assert settled(it).key is None


def test_an_authenticator_is_turned_off(desk: SetUp) -> None:
    it = desk()
    account = in_two_step(it, on=True)
    account.turn_off_authenticator()
    assert two_step(it) == TwoStep(ON)
    assert settled(it) == TwoStep(OFF, busy=False)
    assert it.cloud.calls.count(TURN_OFF) == 1


def test_what_cannot_be_turned_off_stays_on(desk: SetUp) -> None:
    it = desk()
    account = in_two_step(it, on=True)
    it.cloud.fails[TURN_OFF] = [AuthError(ErrorCode.TWO_STEP_REQUIRED)]
    account.turn_off_authenticator()
    after = settled(it)
    assert after.factors == ON
    assert after.problem is not None
    assert after.problem.code is ErrorCode.TWO_STEP_REQUIRED


def test_what_could_not_be_read_is_read_again_by_a_wish(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.cloud.fails[READ] = [AuthError(ErrorCode.NO_NETWORK)]
    account = it.controller.account
    account.open_two_step()
    assert settled(it).problem is not None
    assert it.cloud.calls.count(READ) == 1
    account.set_up_authenticator()
    account.turn_off_authenticator()
    assert not two_step(it).busy, "nobody knows what is on"
    account.open_two_step()
    assert settled(it) == TwoStep(OFF, busy=False)


def wish(account: AccountFlow, *names: str) -> None:
    """Each of those wishes, one after the other."""
    words: dict[str, tuple[object, ...]] = {
        "change_password": (OLD, NEW),
        "confirm_authenticator": ("123456",),
    }
    for name in names:
        getattr(account, name)(*words.get(name, ()))


def test_wishes_that_do_not_fit_are_ignored(desk: SetUp) -> None:
    it = desk()
    account = it.controller.account
    of_a_panel = ("change_password", "set_up_authenticator", "confirm_authenticator")
    leaving = ("leave_authenticator", "turn_off_authenticator", "leave_panel")
    wish(account, "open_password_change", "open_two_step", *of_a_panel, *leaving)
    assert it.state == SignedOut()
    it.sign_in()
    wish(account, *of_a_panel, *leaving)
    assert it.now(SignedIn).panel is None
    account.open_password_change()
    wish(account, "open_two_step", "set_up_authenticator", "confirm_authenticator", *leaving[:2])
    assert password(it) == PasswordChange()
    account.leave_panel()
    account.open_two_step()
    wish(account, "open_two_step", *of_a_panel, *leaving[:2])
    assert two_step(it) == TwoStep()
    settled(it)
    wish(account, "open_password_change", "change_password", "confirm_authenticator", *leaving[:2])
    assert two_step(it) == TwoStep(OFF, busy=False)
    account.set_up_authenticator()
    with_a_key = settled(it)
    wish(account, "open_password_change", "change_password", "open_two_step", "set_up_authenticator")
    account.turn_off_authenticator()
    assert two_step(it) == with_a_key
    assert it.cloud.calls.count(READ) == it.cloud.calls.count(KEY) == 1


@pytest.mark.parametrize("call", [KEY, VERIFY, TURN_OFF])
def test_no_second_wish_is_taken_while_one_is_under_way(desk: SetUp, call: str) -> None:
    it = desk()
    account = begin_call(it, call)
    with it.hanging(call) as held:
        ask(account, call)
        it.wait_until_held(held)
        before = two_step(it)
        wish(account, "set_up_authenticator", "confirm_authenticator", "turn_off_authenticator")
        wish(account, "open_two_step", "open_password_change", "change_password")
        assert two_step(it) == before
        held.let_go()
        settled(it)
    assert it.cloud.calls.count(call) == 1


def test_leaving_the_set_up_forgets_the_key(desk: SetUp) -> None:
    it = desk()
    account = with_key(it)
    account.leave_authenticator()
    assert two_step(it) == TwoStep(OFF, busy=False)
    assert it.cloud.calls.count(READ) == 1


def test_leaving_after_a_failure_looks_what_became_of_it(desk: SetUp) -> None:
    it = desk()
    account = with_key(it)
    it.cloud.fails[READ] = [AuthError(ErrorCode.NOT_RESPONDING)]  # the last of three calls: it is on
    account.confirm_authenticator("123456")
    assert settled(it).problem is not None
    account.leave_authenticator()
    assert two_step(it) == TwoStep()
    assert settled(it) == TwoStep(ON, busy=False)


def test_leaving_while_the_code_is_on_its_way_looks_what_became_of_it(desk: SetUp) -> None:
    it = desk()
    account = with_key(it)
    with it.hanging(VERIFY) as held:
        account.confirm_authenticator("123456")
        it.wait_until_held(held)
        it.cloud.factors = ON
        account.leave_authenticator()
        assert two_step(it) == TwoStep()
        assert settled(it) == TwoStep(ON, busy=False)
        held.let_go()
    it.close()
    assert two_step(it) == TwoStep(ON, busy=False)


# -- left, and ended


def begin_call(it: Desk, call: str) -> AccountFlow:
    """To where ``call`` can be made."""
    if call in {KEY, TURN_OFF}:
        return in_two_step(it, on=call == TURN_OFF)
    if call == VERIFY:
        return with_key(it)
    it.sign_in()
    return it.controller.account


def ask(account: AccountFlow, call: str) -> None:
    """Make ``call``."""
    if call == CHANGE:
        account.open_password_change()
        account.change_password(OLD, NEW)
    elif call == READ:
        account.open_two_step()
    elif call == KEY:
        account.set_up_authenticator()
    elif call == VERIFY:
        account.confirm_authenticator("123456")
    else:
        account.turn_off_authenticator()


@pytest.mark.parametrize("call", CALLS)
def test_a_late_answer_is_not_for_a_panel_that_was_left(desk: SetUp, call: str) -> None:
    it = desk()
    account = begin_call(it, call)
    with it.hanging(call) as held:
        ask(account, call)
        it.wait_until_held(held)
        account.leave_panel()
        assert it.now(SignedIn).panel is None
        held.let_go()
        # The other panel's answer comes after it, were that one still waited for.
        ask(account, READ if call == CHANGE else CHANGE)
        it.qtbot.waitUntil(
            lambda: it.now(SignedIn).panel in (TwoStep(OFF, busy=False), PasswordChange(done=True))
        )


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("code", FOR_GOOD)
def test_a_definite_refusal_ends_the_session(desk: SetUp, call: str, code: ErrorCode) -> None:
    it = desk()
    account = begin_call(it, call)
    it.cloud.fails[call] = [AuthError(code)]
    ask(account, call)
    it.wait_for(SignedOut)
    assert (it.problem().code, it.now(SignedOut).username) == (code, EMAIL)
    it.wait_for_call("RevokeToken")
    assert it.monitor.session is None


def test_a_session_that_is_over_is_found_out_by_a_change_too(desk: SetUp) -> None:
    it = desk()
    over = AuthError(ErrorCode.SESSION_ENDED)
    it.cloud.fails[CHANGE] = [over]
    it.cloud.fails["Refresh ana"] = [over]
    changing(it)
    it.wait_for(SignedOut)
    assert it.problem().code is ErrorCode.SESSION_ENDED


@pytest.mark.parametrize("call", CALLS)
def test_a_late_answer_is_not_for_the_next_person(desk: SetUp, call: str) -> None:
    it = desk()
    account = begin_call(it, call)
    with it.hanging(call) as held:
        ask(account, call)
        it.wait_until_held(held)
        it.controller.switch_user()
        assert it.state == SignedOut()
        it.sign_in("luis@clinica.example")
        account.open_password_change()
        held.let_go()
        it.close()
    assert password(it) == PasswordChange()


def test_closing_does_not_wait_for_a_change_that_hangs(desk: SetUp) -> None:
    it = desk()
    with it.hanging(CHANGE) as held:
        changing(it)
        it.wait_until_held(held)
        it.close()


def test_closing_waits_for_tokens_that_a_change_has_renewed(desk: SetUp) -> None:
    it = desk(session_limits=SessionLimits(idle=24 * HOUR, countdown=60.0, longest=48 * HOUR))
    it.cloud.rotates = True
    it.sign_in(keep=True)
    it.wait_for_vault("seal")
    it.time.go_on(HOUR)
    with it.hanging("Refresh") as held:
        it.controller.account.open_two_step()
        it.wait_until_held(held)
        it.controller.shut_down()
        held.let_go()
        it.close()
    assert it.vault.kept().refresh_token.reveal() == "refresh-1"
    assert it.cloud.revoked == []


def test_closing_waits_for_the_tokens_that_a_change_has_asked_for(desk: SetUp) -> None:
    it = desk()
    it.cloud.rotates = True
    it.sign_in()
    it.cloud.fails[READ] = [AuthError(ErrorCode.SESSION_ENDED)]  # of the access token
    revoked_at_the_end: list[str] = []
    it.controller.finished.connect(lambda: revoked_at_the_end.extend(it.cloud.revoked))
    with it.hanging("Refresh") as held:
        it.controller.account.open_two_step()
        it.wait_until_held(held)
        it.controller.shut_down()
        it.wait_for_call("RevokeToken")
        held.let_go()
        it.qtbot.waitUntil(lambda: it.has_finished)
    assert revoked_at_the_end == ["refresh", "refresh-1"]


# -- idle hands, and locked screens


@pytest.mark.parametrize("machine", list(MachineKind))
def test_idle_hands_lose_the_panel_and_its_key(desk: SetUp, machine: MachineKind) -> None:
    it = desk(machine=machine)
    account = with_key(it)
    before = two_step(it)
    it.time.go_on(it.limits.idle)
    it.look()
    assert it.now(SignedIn).countdown == round(it.limits.countdown)
    assert two_step(it) == before
    it.controller.stay()
    assert it.now(SignedIn).countdown is None
    with it.hanging(VERIFY) as held:
        account.confirm_authenticator("123456")
        it.wait_until_held(held)
        it.time.go_on(it.limits.idle + it.limits.countdown)
        it.look()
        assert it.problem().code is ErrorCode.SESSION_IDLE
        held.let_go()
        assert it.sign_in().panel is None


@pytest.mark.parametrize("event", ["lock", "sleep", "switch_away"])
def test_a_key_does_not_outlive_a_covered_screen(desk: SetUp, event: str) -> None:
    it = desk()
    with_key(it)
    getattr(it.events, event)()
    beneath = it.now(Covered).beneath
    assert isinstance(beneath, SignedIn)
    assert beneath.panel is None


def test_a_key_does_not_outlive_a_clock_that_was_set(desk: SetUp) -> None:
    it = desk()
    with_key(it)
    it.time.set_wall_clock(-3600.0)
    it.look()
    assert isinstance(it.state, Covered)
    assert it.wait_for(SignedIn).panel is None


def test_a_key_that_comes_late_is_not_shown_behind_a_lock(desk: SetUp) -> None:
    it = desk()
    account = in_two_step(it)
    with it.hanging(KEY) as held:
        account.set_up_authenticator()
        it.wait_until_held(held)
        it.events.lock()
        held.let_go()
        it.events.unlock()
        it.close()
    assert it.now(SignedIn).panel is None


def test_a_changed_password_is_told_after_a_lock(desk: SetUp) -> None:
    it = desk()
    with it.hanging(CHANGE) as held:
        account = changing(it)
        it.wait_until_held(held)
        it.events.lock()
        account.leave_panel()
        held.let_go()
        it.qtbot.waitUntil(lambda: getattr(it.beneath, "panel", None) == PasswordChange(done=True))
    it.events.unlock()
    assert password(it).done


def test_nothing_is_wished_through_a_cover(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.controller.account.open_password_change()
    it.events.lock()
    before = it.now(Covered)
    account = it.controller.account
    account.change_password(OLD, NEW)
    account.leave_panel()
    account.open_two_step()
    assert it.state == before
    it.events.unlock()
    assert password(it) == PasswordChange()


def test_a_refusal_behind_a_lock_ends_the_session_there(desk: SetUp) -> None:
    it = desk()
    it.cloud.fails[CHANGE] = [AuthError(ErrorCode.ACCOUNT_DISABLED)]
    with it.hanging(CHANGE) as held:
        changing(it)
        it.wait_until_held(held)
        it.events.lock()
        held.let_go()
        it.qtbot.waitUntil(lambda: isinstance(it.beneath, SignedOut))
    assert isinstance(it.state, Covered)
    it.events.unlock()
    assert it.problem().code is ErrorCode.ACCOUNT_DISABLED


def test_on_a_kiosk_a_lock_takes_the_session_and_its_panel(desk: SetUp) -> None:
    it = desk(machine=MachineKind.KIOSK)
    with_key(it)
    it.events.lock()
    assert isinstance(it.now(Covered).beneath, SignedOut)
