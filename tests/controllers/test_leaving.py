"""Every way out of a session: the form at once, the rest behind it, and the person told what stayed."""

from collections.abc import Callable

import pytest

from ingenes_desktop.domain.auth_state import Covered, SignedIn, SignedOut, SigningOut
from ingenes_desktop.domain.errors import AuthError, ErrorCode, Problem
from ingenes_desktop.domain.machine import MachineKind
from tests.application.far_ends import EMAIL
from tests.controllers.conftest import SetUp
from tests.controllers.desk import Desk

LOST = AuthError(ErrorCode.NO_NETWORK)


def notice_of(it: Desk) -> ErrorCode | None:
    notice = it.now(SignedOut).notice
    return notice.code if notice else None


def test_signing_out_ends_it_here(desk: SetUp) -> None:
    it = desk()
    it.sign_in(keep=True)
    it.wait_for_vault("seal")
    it.controller.sign_out()
    assert it.state == SignedOut()
    it.wait_for_vault("clear")
    it.wait_for_call("RevokeToken")
    assert it.cloud.open_sessions == 0
    assert "GlobalSignOut" not in it.cloud.calls
    assert notice_of(it) is None


def test_signing_out_everywhere_ends_it_everywhere(desk: SetUp) -> None:
    it = desk()
    it.sign_in(keep=True)
    it.wait_for_vault("seal")
    it.controller.sign_out_everywhere()
    assert isinstance(it.state, SignedOut)
    it.wait_for_vault("clear")
    it.wait_for_call("GlobalSignOut")
    it.qtbot.waitUntil(lambda: it.cloud.open_sessions == 0)


def test_a_remembered_name_stays_but_not_for_the_next_person(desk: SetUp) -> None:
    it = desk()
    it.sign_in(remember=True)
    it.controller.sign_out()
    assert it.state == SignedOut(EMAIL, remember=True)
    it.sign_in(remember=True)
    it.controller.switch_user()
    assert it.state == SignedOut("", remember=True)


@pytest.mark.parametrize(
    ("leave", "call", "code"),
    [
        ("sign_out", "RevokeToken", ErrorCode.FAR_ENDS_UNTOLD),
        ("sign_out", "DELETE sessions", ErrorCode.FAR_ENDS_UNTOLD),
        ("switch_user", "RevokeToken", ErrorCode.FAR_ENDS_UNTOLD),
        ("sign_out_everywhere", "GlobalSignOut", ErrorCode.NOT_ENDED_EVERYWHERE),
    ],
)
def test_what_could_not_be_told_is_told_to_the_person(
    desk: SetUp, leave: str, call: str, code: ErrorCode
) -> None:
    it = desk()
    it.sign_in(keep=True)
    it.wait_for_vault("seal")
    it.cloud.fails[call] = [LOST]
    getattr(it.controller, leave)()
    assert isinstance(it.state, SignedOut)
    it.qtbot.waitUntil(lambda: notice_of(it) is code)
    it.wait_for_vault("clear")
    assert it.vault.record is None


def test_what_could_not_be_told_is_not_told_to_the_next_person(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.cloud.fails["RevokeToken"] = [LOST]
    with it.hanging("RevokeToken") as held:
        it.controller.sign_out()
        it.wait_until_held(held)
        it.sign_in("luis@clinica.example")
        held.let_go()
        it.qtbot.waitUntil(lambda: it.now(SignedIn).last_sign_in is not None)
        it.controller.sign_out()
        it.close()
    assert it.cloud.calls.count("RevokeToken") == 2
    assert not any(getattr(state, "notice", None) for state in it.states)


def test_nor_to_whoever_stands_at_the_form_after_the_next_person(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.cloud.fails["RevokeToken"] = [LOST]
    with it.hanging("RevokeToken") as held:
        it.controller.sign_out()
        it.wait_until_held(held)
        it.sign_in("luis@clinica.example")
        it.cloud.fails.clear()
        it.controller.sign_out()
        it.wait_for_call("RevokeToken", times=2)
        it.cloud.fails["RevokeToken"] = [LOST]
        held.let_go()
        it.qtbot.waitUntil(lambda: not it.cloud.fails["RevokeToken"])
        it.close()
    assert notice_of(it) is None


def test_a_vault_that_could_not_be_cleared_is_told(desk: SetUp) -> None:
    it = desk()
    it.sign_in(keep=True)
    it.wait_for_vault("seal")
    it.vault.fails["clear"] = [AuthError(ErrorCode.KEYRING_UNAVAILABLE)]
    it.controller.sign_out()
    it.qtbot.waitUntil(lambda: notice_of(it) is ErrorCode.SESSION_NOT_FORGOTTEN)


def test_closing_the_window_keeps_a_kept_session(desk: SetUp) -> None:
    it = desk()
    it.sign_in(keep=True)
    it.wait_for_vault("seal")
    it.close()
    assert it.cloud.open_sessions == 0
    assert it.cloud.revoked == []
    assert it.vault.record is not None
    assert "clear" not in it.vault.calls


def test_closing_the_window_ends_any_other_session(desk: SetUp) -> None:
    it = desk()
    it.sign_in()
    it.close()
    assert it.cloud.open_sessions == 0
    assert it.cloud.revoked == ["refresh"]


def test_closing_waits_for_a_seal_that_is_under_way(desk: SetUp) -> None:
    it = desk()
    with it.hanging_keyring("seal") as held:
        it.sign_in(keep=True)
        it.wait_until_held(held)
        it.controller.shut_down()
        assert "DELETE sessions" not in it.cloud.calls
        held.let_go()
        it.close()
    assert it.vault.record is not None
    assert it.cloud.revoked == []


def test_closing_does_not_wait_for_a_prompt(desk: SetUp) -> None:
    it = desk()
    with it.hanging_keyring("seal") as held:
        it.sign_in(keep=True)
        it.wait_until_held(held)
        it.close()
        assert it.cloud.revoked == ["refresh"], "neither kept nor ended"
        assert it.cloud.open_sessions == 0


def test_closing_waits_for_a_renewal_so_that_a_rotated_token_is_not_lost(desk: SetUp) -> None:
    it = desk()
    it.cloud.rotates = True
    it.sign_in(keep=True)
    it.wait_for_vault("seal")
    with it.hanging("Refresh") as held:
        it.events.sleep()
        it.events.resume()
        it.wait_until_held(held)
        it.controller.shut_down()
        held.let_go()
        it.close()
    assert it.vault.kept().refresh_token.reveal() == "refresh-1"
    assert it.cloud.revoked == []


# -- a kiosk gives way to a fresh program


class Successor:
    """Stands for the fresh program: whether it could be started, and what it was told."""

    def __init__(self, *, starts: bool) -> None:
        self.starts = starts
        self.told: list[Problem | None] = []

    def begin(self, problem: Problem | None) -> bool:
        self.told.append(problem)
        return self.starts


def idle_away(it: Desk) -> None:
    it.time.go_on(it.limits.idle + it.limits.countdown)
    it.look()


ENDINGS: dict[str, tuple[Callable[[Desk], None], ErrorCode | None]] = {
    "sign-out": (lambda it: it.controller.sign_out(), None),
    "everywhere": (lambda it: it.controller.sign_out_everywhere(), None),
    "switch": (lambda it: it.controller.switch_user(), None),
    "idle": (idle_away, ErrorCode.SESSION_IDLE),
    "lock": (lambda it: it.events.lock(), ErrorCode.SESSION_LOCKED),
    "asleep": (lambda it: it.events.sleep(), ErrorCode.SESSION_LOCKED),
}


@pytest.mark.parametrize("how", ENDINGS)
def test_every_ending_on_a_kiosk_gives_way(desk: SetUp, how: str) -> None:
    successor = Successor(starts=True)
    it = desk(machine=MachineKind.KIOSK, give_way=successor.begin)
    it.sign_in()
    leave, code = ENDINGS[how]
    leave(it)
    assert it.state == SigningOut()
    it.qtbot.waitUntil(lambda: it.has_finished)
    assert [problem and problem.code for problem in successor.told] == [code]
    assert it.cloud.open_sessions == 0
    assert it.controller.untold is None
    assert it.vault.calls == []


@pytest.mark.parametrize("how", ENDINGS)
def test_a_kiosk_without_a_successor_goes_on(desk: SetUp, how: str) -> None:
    it = desk(machine=MachineKind.KIOSK, give_way=Successor(starts=False).begin)
    it.sign_in(remember=True)
    leave, code = ENDINGS[how]
    leave(it)
    form = it.state.beneath if isinstance(it.state, Covered) else it.state
    assert isinstance(form, SignedOut)
    assert form.username == ""
    assert (form.problem and form.problem.code) == code
    it.qtbot.waitUntil(lambda: it.cloud.open_sessions == 0)
    it.events.unlock()
    it.events.resume()
    it.sign_in()


def test_a_kiosk_hands_over_what_could_not_be_told(desk: SetUp) -> None:
    it = desk(machine=MachineKind.KIOSK, give_way=Successor(starts=True).begin)
    it.sign_in()
    it.cloud.fails["RevokeToken"] = [LOST]
    it.controller.sign_out()
    it.qtbot.waitUntil(lambda: it.has_finished)
    assert it.controller.untold is not None
    assert it.controller.untold.code is ErrorCode.FAR_ENDS_UNTOLD


def test_a_kiosk_waits_for_nobody_and_says_so(desk: SetUp) -> None:
    it = desk(machine=MachineKind.KIOSK, give_way=Successor(starts=True).begin)
    it.sign_in()
    with it.hanging("RevokeToken"):
        it.controller.sign_out()
        it.qtbot.waitUntil(lambda: it.has_finished, timeout=2_000)
    assert it.controller.untold is not None


def test_the_fresh_program_says_it_while_nobody_has_begun(desk: SetUp) -> None:
    problem = Problem(ErrorCode.FAR_ENDS_UNTOLD, "8K3Q9F")
    it = desk(machine=MachineKind.KIOSK)
    it.controller.note_untold(problem)
    assert it.state == SignedOut(notice=problem)
    other = desk(machine=MachineKind.KIOSK)
    other.sign_in()
    other.controller.sign_out()
    other.controller.note_untold(problem)
    assert other.state == SignedOut()
