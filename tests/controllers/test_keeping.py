""" "Keep me signed in": sealed after the sign-in, or said once that it could not be."""

from ingenes_desktop.domain.auth_state import SignedIn, SignedOut
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import Limits, MachineKind
from tests.controllers.conftest import SetUp
from tests.controllers.desk import KEPT

IMPATIENT = Limits(keyring_on_save=0.2, tidy_up=4.0)


def test_a_session_is_kept_where_the_person_wants_it(desk: SetUp) -> None:
    it = desk()
    state = it.sign_in(keep=True)
    assert state.keep
    it.wait_for_vault("seal")
    kept = it.vault.kept()
    assert (kept.refresh_token.reveal(), kept.sub, kept.signed_in_at) == ("refresh", "sub-1", 900.0)
    assert it.now(SignedIn).notice is None


def test_the_profile_says_since_when_and_until_when(desk: SetUp) -> None:
    state = desk().sign_in()
    assert (state.since, state.until) == (900.0, 900.0 + 12 * 3600.0)


def test_without_the_wish_nothing_is_kept_and_no_keyring_is_troubled(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.wait_for_vault("open")
    it.controller.sign_out()
    it.wait_for_call("RevokeToken")
    assert it.vault.calls == ["open"]


def test_somebody_who_is_not_kept_ends_what_was_kept_before(desk: SetUp) -> None:
    it = desk()
    it.vault.record = KEPT
    it.sign_in()
    it.wait_for_vault("clear")
    it.qtbot.waitUntil(lambda: it.cloud.revoked == ["kept-refresh"])
    assert isinstance(it.state, SignedIn)


def test_somebody_who_is_kept_takes_the_place_of_another(desk: SetUp) -> None:
    it = desk()
    it.vault.record = KEPT
    it.sign_in(keep=True)
    it.qtbot.waitUntil(lambda: it.cloud.revoked == ["kept-refresh"])
    assert it.vault.kept().refresh_token.reveal() == "refresh"


def test_a_session_that_could_not_be_kept_says_so_once_and_is_an_ordinary_one(desk: SetUp) -> None:
    it = desk()
    it.vault.fails["seal"] = [AuthError(ErrorCode.SESSION_NOT_KEPT, detail="disk")]
    it.sign_in(keep=True)
    it.qtbot.waitUntil(lambda: it.now(SignedIn).notice is not None)
    notice = it.now(SignedIn).notice
    assert notice is not None
    assert notice.code is ErrorCode.SESSION_NOT_KEPT
    it.close()
    assert it.cloud.revoked == ["refresh"]
    assert it.vault.record is None


def test_a_keyring_that_answers_after_all_takes_the_word_back(desk: SetUp) -> None:
    it = desk(limits=IMPATIENT)
    with it.hanging_keyring("seal") as held:
        it.sign_in(keep=True)
        it.qtbot.waitUntil(lambda: it.now(SignedIn).notice is not None)
        held.let_go()
        it.qtbot.waitUntil(lambda: it.now(SignedIn).notice is None)
    assert it.vault.record is not None


def test_a_late_seal_for_somebody_who_has_gone_is_undone(desk: SetUp) -> None:
    it = desk(limits=IMPATIENT)
    with it.hanging_keyring("seal") as held:
        it.sign_in(keep=True)
        it.qtbot.waitUntil(lambda: it.now(SignedIn).notice is not None)
        it.controller.sign_out()
        it.wait_for_vault("clear")
        held.let_go()
        it.wait_for_vault("clear", times=2)
    assert it.vault.record is None


def test_a_sign_out_behind_a_seal_clears_it(desk: SetUp) -> None:
    it = desk()
    with it.hanging_keyring("seal") as held:
        it.sign_in(keep=True)
        it.wait_until_held(held)
        it.controller.sign_out()
        assert isinstance(it.state, SignedOut)
        held.let_go()
        it.wait_for_vault("clear")
    assert it.vault.record is None


def test_on_a_shared_machine_the_wish_is_not_there(desk: SetUp) -> None:
    it = desk(machine=MachineKind.SHARED)
    it.controller.set_keep(True)
    assert it.state == SignedOut()
    assert not it.sign_in(keep=True).keep
    assert it.vault.calls == []


def test_the_wish_is_held_in_the_form(desk: SetUp) -> None:
    it = desk()
    it.controller.set_keep(True)
    assert it.state == SignedOut(keep=True)
    it.controller.set_keep(False)
    assert it.state == SignedOut()
