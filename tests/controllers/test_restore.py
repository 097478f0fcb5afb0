"""A kept session at the start: taken up, tried again, left, or over."""

import pytest

from ingenes_desktop.domain.auth_state import Restoring, SignedIn, SignedOut
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import Limits, SessionLimits
from ingenes_desktop.domain.value import replace
from tests.application.far_ends import EMAIL
from tests.controllers.conftest import SetUp
from tests.controllers.desk import HOUR, KEPT, Desk

IMPATIENT = Limits(keyring_at_start=0.2, tidy_up=4.0)


def restoring(desk: SetUp, **how: object) -> Desk:
    """A desk whose vault holds Ana's session; not started yet."""
    it = desk(initial=Restoring(), **how)
    it.vault.record = KEPT
    return it


def refused(code: ErrorCode) -> AuthError:
    return AuthError(code)


def test_a_kept_session_is_taken_up_with_its_first_moment(desk: SetUp) -> None:
    it = restoring(desk)
    it.controller.start()
    state = it.wait_for(SignedIn)
    assert (state.since, state.until) == (900.0, 900.0 + 12 * HOUR)
    assert state.username == EMAIL
    assert state.keep
    assert it.cloud.refresh_tokens_used == ["kept-refresh"]
    assert "_find" in it.cloud.calls, "half a user"
    it.wait_for_call("LastLoginTime read")
    it.qtbot.waitUntil(lambda: it.now(SignedIn).last_sign_in == 800.0)
    assert "LastLoginTime" not in it.cloud.calls, "a restored session is no new sign-in"


@pytest.mark.parametrize(("moment", "shown"), [(902.0, None), (1_500.0, 1_500.0)])
def test_its_own_sign_in_is_not_the_one_before(desk: SetUp, moment: float, shown: float | None) -> None:
    it = restoring(desk)
    it.cloud.last_login = moment
    it.controller.start()
    it.wait_for(SignedIn)
    it.wait_for_call("LastLoginTime read")
    # What runs beside comes home in turn.
    with it.qtbot.waitSignal(it.renewal.succeeded):
        it.renewal.renew()
    assert it.now(SignedIn).last_sign_in == shown


def test_the_longest_session_counts_from_the_interactive_sign_in(desk: SetUp) -> None:
    it = restoring(desk, session_limits=SessionLimits(idle=24 * HOUR, countdown=60.0))
    it.time.go_on(11 * HOUR)
    it.controller.start()
    it.wait_for(SignedIn)
    # A hundred seconds of it had passed before this began.
    it.time.go_on(HOUR - 101.0)
    it.look()
    assert isinstance(it.state, SignedIn)
    it.time.go_on(1.0)
    it.look()
    assert it.problem().code is ErrorCode.SESSION_LONGEST
    it.wait_for_vault("clear")


def test_where_nothing_is_kept_the_form_comes_without_a_word(desk: SetUp) -> None:
    it = restoring(desk)
    it.vault.record = None
    it.controller.start()
    it.wait_for(SignedOut)
    assert it.state == SignedOut(keep=True)


@pytest.mark.parametrize("code", [ErrorCode.SESSION_NOT_RESTORED, ErrorCode.KEYRING_UNAVAILABLE])
def test_a_vault_that_cannot_be_opened_is_one_calm_sentence(desk: SetUp, code: ErrorCode) -> None:
    it = restoring(desk)
    it.vault.fails["open"] = [refused(code)]
    it.controller.start()
    state = it.wait_for(SignedOut)
    assert it.problem().code is ErrorCode.SESSION_NOT_RESTORED
    assert state.notice is None
    assert it.cloud.calls == []


def test_a_keyring_that_does_not_answer_is_given_up(desk: SetUp) -> None:
    it = restoring(desk, limits=IMPATIENT)
    with it.hanging_keyring("open") as held:
        it.controller.start()
        it.wait_for(SignedOut)
        assert it.problem().code is ErrorCode.SESSION_NOT_RESTORED
        it.sign_in()
        held.let_go()
        it.wait_for_vault("clear")
    assert it.cloud.refresh_tokens_used == [], "a vault that came late was taken up"
    assert isinstance(it.state, SignedIn)


@pytest.mark.parametrize("code", [ErrorCode.NO_NETWORK, ErrorCode.BUSY, ErrorCode.UNEXPECTED_ANSWER])
def test_what_cannot_be_restored_now_is_kept_and_tried_again(desk: SetUp, code: ErrorCode) -> None:
    it = restoring(desk)
    it.cloud.fails["Refresh ana"] = [refused(code)]
    it.controller.start()
    it.qtbot.waitUntil(lambda: not it.now(Restoring).busy)
    problem = it.now(Restoring).problem
    assert problem is not None
    assert problem.code is code
    assert it.vault.record == KEPT
    it.controller.retry()
    assert it.now(Restoring) == Restoring()
    it.wait_for(SignedIn)
    assert it.vault.calls.count("open") == 2, "another instance may have renewed it meanwhile"


def test_filemaker_down_leaves_the_vault_and_no_session_behind(desk: SetUp) -> None:
    it = restoring(desk)
    it.cloud.fails["_find"] = [refused(ErrorCode.FILEMAKER_UNAVAILABLE)]
    it.controller.start()
    it.qtbot.waitUntil(lambda: not it.now(Restoring).busy)
    it.qtbot.waitUntil(lambda: it.cloud.open_sessions == 0)
    assert it.vault.record is not None
    assert it.cloud.revoked == []


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("Refresh ana", ErrorCode.SESSION_ENDED),
        ("Refresh ana", ErrorCode.ACCOUNT_DISABLED),
        ("_find", ErrorCode.USER_NOT_FOUND),
        ("_find", ErrorCode.OTHER_COMPANY),
    ],
)
def test_what_can_never_be_restored_is_cleared_and_said(desk: SetUp, call: str, code: ErrorCode) -> None:
    it = restoring(desk)
    it.cloud.fails[call] = [refused(code)]
    it.controller.start()
    it.wait_for(SignedOut)
    assert it.problem().code is code
    it.wait_for_vault("clear")
    if call == "_find":
        it.qtbot.waitUntil(lambda: it.cloud.revoked == ["kept-refresh"])
    it.qtbot.waitUntil(lambda: it.cloud.open_sessions == 0)


def test_the_form_at_once_and_what_comes_late_is_closed_but_not_revoked(desk: SetUp) -> None:
    it = restoring(desk)
    with it.hanging("_find") as held:
        it.controller.start()
        it.wait_until_held(held)
        it.controller.use_password()
        assert it.state == SignedOut(keep=True)
        held.let_go()
        it.wait_for_call("DELETE sessions")
    assert it.state == SignedOut(keep=True)
    assert it.cloud.revoked == []
    assert it.vault.record is not None


def test_what_comes_late_for_a_vault_that_somebody_else_filled_is_revoked(desk: SetUp) -> None:
    it = restoring(desk)
    with it.hanging("_find") as held:
        it.controller.start()
        it.wait_until_held(held)
        it.controller.use_password()
        luis = replace(it.cloud.identity, sub="sub-2", origin_jti="origin-2", auth_time=1_000.0)
        it.cloud.identity = luis
        it.sign_in(keep=True)
        it.wait_for_vault("seal")
        held.let_go()
        it.qtbot.waitUntil(lambda: "kept-refresh" in it.cloud.revoked)
    assert isinstance(it.state, SignedIn)
    assert it.vault.kept().sub == "sub-2"


def test_a_token_that_no_vault_holds_any_more_is_revoked(desk: SetUp) -> None:
    it = restoring(desk)
    it.cloud.rotates = True
    it.vault.fails["write"] = [refused(ErrorCode.SESSION_NOT_KEPT)]
    with it.hanging("_find") as held:
        it.controller.start()
        it.wait_until_held(held)
        it.controller.use_password()
        it.sign_in(keep=True)
        it.wait_for_vault("seal")
        held.let_go()
        it.qtbot.waitUntil(lambda: "refresh-1" in it.cloud.revoked)
    assert isinstance(it.state, SignedIn)


def test_a_vault_that_opens_after_the_person_chose_the_password_is_left_alone(desk: SetUp) -> None:
    it = restoring(desk)
    with it.hanging_keyring("open") as held:
        it.controller.start()
        it.wait_until_held(held)
        it.controller.use_password()
        assert it.state == SignedOut(keep=True)
        held.let_go()
        it.sign_in()
        it.wait_for_vault("clear")
    assert it.cloud.refresh_tokens_used == []
    assert isinstance(it.state, SignedIn)


def test_a_late_refusal_does_not_clear_what_somebody_else_keeps(desk: SetUp) -> None:
    it = restoring(desk)
    it.cloud.fails["_find"] = [refused(ErrorCode.USER_NOT_FOUND)]
    with it.hanging("_find") as held:
        it.controller.start()
        it.wait_until_held(held)
        it.controller.use_password()
        it.cloud.fails.clear()
        it.sign_in(keep=True)
        it.wait_for_vault("seal")
        it.cloud.fails["_find"] = [refused(ErrorCode.USER_NOT_FOUND)]
        held.let_go()
        it.qtbot.waitUntil(lambda: it.cloud.open_sessions == 1)
    assert "clear" not in it.vault.calls
    assert it.vault.record is not None


def test_leaving_a_failed_restore_for_the_form_keeps_the_vault(desk: SetUp) -> None:
    it = restoring(desk)
    it.cloud.fails["Refresh ana"] = [refused(ErrorCode.NO_NETWORK)]
    it.controller.start()
    it.qtbot.waitUntil(lambda: not it.now(Restoring).busy)
    it.controller.use_password()
    assert it.state == SignedOut(keep=True)
    assert it.vault.record == KEPT
    it.controller.retry()
    assert it.state == SignedOut(keep=True)


def test_closing_during_a_restore_keeps_the_vault_and_closes_filemaker(desk: SetUp) -> None:
    it = restoring(desk)
    with it.hanging("_find") as held:
        it.controller.start()
        it.wait_until_held(held)
        it.controller.shut_down()
        held.let_go()
        it.close()
    assert it.cloud.open_sessions == 0
    assert it.cloud.revoked == []
    assert it.vault.record is not None
