"""Leaving: what each far end is told, what is said of it, and that nothing stays behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

import pytest

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.session import Clocks, Ending, Session, Untold
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import CognitoTokens
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL, Cloud, Vault, attempt_for
from tests.application.sessions import kept, signed_in

NO_NETWORK = AuthError(ErrorCode.NO_NETWORK)


def ended(session: Session, cloud: Cloud, ending: Ending) -> Untold:
    return session.end(attempt_for(cloud.clock), ending)


@pytest.mark.parametrize(
    ("ending", "calls"),
    [
        (Ending.HERE, ["DELETE sessions", "RevokeToken"]),
        (Ending.EVERYWHERE, ["DELETE sessions", "GlobalSignOut"]),
        (Ending.KEPT, ["DELETE sessions"]),
    ],
)
def test_who_is_told(ending: Ending, calls: list[str]) -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    untold = ended(session, cloud, ending)
    assert cloud.calls == calls
    assert (untold, untold.code) == (Untold(), None)
    with pytest.raises(AuthError) as caught:
        session.find_users(EMAIL, attempt_for(cloud.clock))
    assert caught.value.code is ErrorCode.SESSION_ENDED
    assert session.identity is None
    assert cloud.calls == calls
    assert ended(session, cloud, ending) == Untold()  # a second time there is nothing to tell
    assert cloud.calls == calls


@pytest.mark.parametrize("call", ["renew", "identify", "read_email"])
def test_nothing_can_be_asked_for_afterwards(call: str) -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    ended(session, cloud, Ending.HERE)
    with pytest.raises(AuthError) as caught:
        getattr(session, call)(attempt_for(cloud.clock))
    assert caught.value.code is ErrorCode.SESSION_ENDED


@pytest.mark.parametrize(
    ("ending", "fails", "untold", "code"),
    [
        (Ending.HERE, {"DELETE sessions"}, Untold(filemaker=True), ErrorCode.FAR_ENDS_UNTOLD),
        (Ending.HERE, {"RevokeToken"}, Untold(tokens=True), ErrorCode.FAR_ENDS_UNTOLD),
        (Ending.KEPT, {"DELETE sessions"}, Untold(filemaker=True), ErrorCode.FAR_ENDS_UNTOLD),
        (
            Ending.EVERYWHERE,
            {"GlobalSignOut"},
            Untold(everywhere=True),
            ErrorCode.NOT_ENDED_EVERYWHERE,
        ),
        (
            Ending.EVERYWHERE,
            {"DELETE sessions", "GlobalSignOut", "RevokeToken"},
            Untold(filemaker=True, tokens=True, everywhere=True),
            ErrorCode.NOT_ENDED_EVERYWHERE,
        ),
    ],
)
def test_what_could_not_be_told_is_said(
    ending: Ending, fails: set[str], untold: Untold, code: ErrorCode
) -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    cloud.fails = {call: [NO_NETWORK] for call in fails}
    told = ended(session, cloud, ending)
    assert (told, told.code) == (untold, code)
    assert cloud.calls[0] == "DELETE sessions"
    assert cloud.calls[-1] == {
        Ending.HERE: "RevokeToken", Ending.KEPT: "DELETE sessions", Ending.EVERYWHERE: "RevokeToken"
    }[ending]  # fmt: skip


def test_an_access_token_that_ran_out_is_renewed_for_signing_out_everywhere() -> None:
    cloud = Cloud(rotates=True)
    session = signed_in(cloud)
    cloud.clock.now += 3_600
    assert ended(session, cloud, Ending.EVERYWHERE) == Untold()
    assert cloud.calls == ["DELETE sessions", "Refresh ana", "GlobalSignOut"]


def test_an_access_token_that_is_refused_is_renewed_once() -> None:
    cloud = Cloud(fails={"GlobalSignOut": [AuthError(ErrorCode.SESSION_ENDED)]})
    session = signed_in(cloud)
    assert ended(session, cloud, Ending.EVERYWHERE) == Untold()
    assert cloud.calls[1:] == ["GlobalSignOut", "Refresh ana", "GlobalSignOut"]


def test_where_no_new_one_can_be_had_this_sign_in_ends_and_the_others_are_named() -> None:
    cloud = Cloud(fails={"Refresh ana": [AuthError(ErrorCode.BUSY)]})
    session = signed_in(cloud)
    cloud.clock.now += 3_600
    assert ended(session, cloud, Ending.EVERYWHERE) == Untold(everywhere=True)
    assert cloud.calls[1:] == ["Refresh ana", "RevokeToken"]


def test_the_token_that_signing_out_rotated_is_the_one_that_is_revoked() -> None:
    cloud = Cloud(rotates=True, fails={"GlobalSignOut": [NO_NETWORK]})
    session = signed_in(cloud)
    cloud.clock.now += 3_600
    assert ended(session, cloud, Ending.EVERYWHERE) == Untold(everywhere=True)
    assert cloud.revoked == ["refresh-1"]


def test_where_revoking_is_not_offered_an_expired_access_token_is_renewed_first() -> None:
    cloud = Cloud(fails={"RevokeToken": [AuthError(ErrorCode.OPERATION_NOT_OFFERED)]})
    session = signed_in(cloud)
    cloud.clock.now += 3_600
    assert ended(session, cloud, Ending.HERE) == Untold()
    assert cloud.calls[1:] == ["RevokeToken", "Refresh ana", "GlobalSignOut"]


def test_where_revoking_is_not_offered_the_access_token_at_hand_ends_all() -> None:
    cloud = Cloud(fails={"RevokeToken": [AuthError(ErrorCode.OPERATION_NOT_OFFERED)]})
    session = signed_in(cloud)
    assert ended(session, cloud, Ending.HERE) == Untold()
    assert cloud.calls[1:] == ["RevokeToken", "GlobalSignOut"]


def test_where_neither_is_to_be_had_the_person_is_told() -> None:
    cloud = Cloud(
        fails={
            "RevokeToken": [AuthError(ErrorCode.OPERATION_NOT_OFFERED)],
            "Refresh ana": [AuthError(ErrorCode.BUSY)],
        }
    )
    session = signed_in(cloud)
    cloud.clock.now += 3_600
    assert ended(session, cloud, Ending.HERE) == Untold(tokens=True)
    assert cloud.calls[1:] == ["RevokeToken", "Refresh ana"]


@pytest.mark.parametrize(
    ("code", "untold"),
    [
        (ErrorCode.SESSION_ENDED, Untold()),
        (ErrorCode.ACCOUNT_DISABLED, Untold(tokens=True)),
        (ErrorCode.NO_NETWORK, Untold(tokens=True)),
    ],
)
def test_what_cognito_has_ended_itself_needs_no_telling(code: ErrorCode, untold: Untold) -> None:
    cloud = Cloud(fails={"Refresh ana": [AuthError(code)], "RevokeToken": [NO_NETWORK]})
    session = signed_in(cloud)
    with pytest.raises(AuthError):
        session.renew(attempt_for(cloud.clock))
    assert ended(session, cloud, Ending.HERE) == untold
    assert cloud.calls[-1] == "RevokeToken"


def test_a_bug_on_the_way_to_filemaker_does_not_keep_the_tokens_alive() -> None:
    cloud = Cloud()
    session = signed_in(cloud)

    def stumble(call: str) -> None:
        if call == "DELETE sessions":
            raise KeyError(call)

    cloud.before = stumble
    assert ended(session, cloud, Ending.HERE) == Untold(filemaker=True)
    assert cloud.revoked == ["refresh"]
    assert session.identity is None


def test_an_attempt_that_is_over_still_empties_everything() -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    over = attempt_for(cloud.clock)
    over.cancel()
    assert session.end(over, Ending.HERE) == Untold(filemaker=True, tokens=True)
    assert cloud.calls == []
    with pytest.raises(AuthError):
        session.find_users(EMAIL, attempt_for(cloud.clock))
    assert session.identity is None


# ---------------------------------------------------------------------------------- in the middle of things


class Held:
    """Holds one call of a cloud until it may go on."""

    def __init__(self, cloud: Cloud, call: str) -> None:
        self.reached, self.go_on, self.has_ended = Event(), Event(), Event()
        self._call = call
        cloud.before = self._hold

    def _hold(self, call: str) -> None:
        if call == "DELETE sessions":
            self.has_ended.set()
        if call == self._call:
            self.reached.set()
            assert self.go_on.wait(5)


@contextmanager
def refreshing(cloud: Cloud, session: Session) -> Iterator[None]:
    """A refresh hangs for as long as the block, and finds then that the session has ended."""
    held = Held(cloud, "Refresh ana")

    def renew() -> None:
        with pytest.raises(AuthError):
            session.renew(real_attempt())

    renewing = Thread(target=renew)
    renewing.start()
    assert held.reached.wait(5)
    yield
    held.go_on.set()
    renewing.join(5)


def real_attempt(seconds: float = 4.0) -> Attempt:
    return Attempt(clock=monotonic, step_seconds=seconds / 2, total_seconds=seconds)


def test_a_sign_out_during_a_refresh_revokes_what_the_refresh_brought() -> None:
    cloud = Cloud(rotates=True)
    session = signed_in(cloud)
    held = Held(cloud, "Refresh ana")
    renewed: list[ErrorCode] = []

    def renew() -> None:
        try:
            session.renew(real_attempt())
        except AuthError as error:
            renewed.append(error.code)

    untold: list[Untold] = []
    renewing = Thread(target=renew)
    ending = Thread(target=lambda: untold.append(session.end(real_attempt(), Ending.HERE)))
    renewing.start()
    assert held.reached.wait(5)
    ending.start()
    assert held.has_ended.wait(5)
    held.go_on.set()
    for thread in (renewing, ending):
        thread.join(5)
    assert renewed == [ErrorCode.CANCELLED]
    assert cloud.revoked == ["refresh-1"]
    assert untold == [Untold()]
    assert "verify" not in cloud.calls


def test_a_sign_out_does_not_wait_for_a_refresh_longer_than_its_own_time() -> None:
    cloud = Cloud(rotates=True)
    session = signed_in(cloud)
    with refreshing(cloud, session):
        began = monotonic()
        assert session.end(real_attempt(0.6), Ending.HERE) == Untold()
        assert monotonic() - began < 0.6
        assert cloud.revoked == ["refresh"]
    # What came after all is ended by the refresh itself.
    assert cloud.revoked == ["refresh", "refresh-1"]


def test_closing_during_a_refresh_keeps_what_the_refresh_brought() -> None:
    cloud = Cloud(rotates=True)
    session, vault = kept(cloud)
    with refreshing(cloud, session):
        session.end(real_attempt(0.6), Ending.KEPT)
    assert vault.kept().refresh_token.reveal() == "refresh-1"
    assert cloud.revoked == []


def test_a_sign_out_during_a_refresh_puts_nothing_back_into_the_vault() -> None:
    cloud = Cloud(rotates=True)
    session, vault = kept(cloud)
    with refreshing(cloud, session):
        session.end(real_attempt(0.6), Ending.HERE)
        vault.clear()
    assert vault.record is None


def test_a_session_that_ended_while_the_keyring_asked_is_not_kept() -> None:
    cloud = Cloud()
    session, vault = signed_in(cloud), Vault()

    def sign_out(call: str) -> None:
        if call == "seal":
            session.end(real_attempt(0.2), Ending.HERE)

    vault.before = sign_out
    with pytest.raises(AuthError) as caught:
        session.keep_in(vault)
    assert caught.value.code is ErrorCode.SESSION_ENDED
    assert vault.record is None
    assert not session.is_kept
    assert cloud.revoked == ["refresh"]


def test_a_session_that_has_ended_is_not_kept() -> None:
    cloud = Cloud()
    session, vault = signed_in(cloud), Vault()
    ended(session, cloud, Ending.HERE)
    with pytest.raises(AuthError) as caught:
        session.keep_in(vault)
    assert caught.value.code is ErrorCode.SESSION_ENDED
    assert vault.calls == []


def test_a_filemaker_call_that_the_end_did_not_wait_for_closes_its_session_itself() -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    held = Held(cloud, "_find")
    looking = Thread(target=lambda: session.find_users(EMAIL, real_attempt()))
    looking.start()
    assert held.reached.wait(5)
    assert session.end(real_attempt(0.4), Ending.HERE) == Untold(filemaker=True)
    assert cloud.revoked == ["refresh"]
    assert cloud.open_sessions == 1
    held.go_on.set()
    looking.join(5)
    assert cloud.open_sessions == 0


def test_leftovers_of_a_sign_in_whose_token_was_never_verified_are_revoked() -> None:
    cloud = Cloud()
    session = Session(
        CognitoTokens(Secret("id"), Secret("access"), Secret("refresh"), 3_600),
        cloud.far_ends(),
        clocks=Clocks(cloud.clock, cloud.clock, cloud.clock),
        filemaker_unused_seconds=60,
        renew_before_seconds=300,
    )
    assert ended(session, cloud, Ending.HERE) == Untold()
    assert cloud.revoked == ["refresh"]
