"""Rows 41, 42, 44 and 45 of the fault matrix as far as the chain goes: renewal, and leaving."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, time

import pytest

from ingenes_desktop.application.outcome import Accepted, Over, Restored
from ingenes_desktop.application.ports import TokenVault
from ingenes_desktop.application.services import Services
from ingenes_desktop.application.session import ENDS_THE_SESSION, Ending, Session, Untold
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from tests.adapters.vaults import KeysInMemory, vault_at
from tests.application.far_ends import Clock
from tests.rows.cases import MARGIN_SECONDS, assert_tells_nothing
from tests.scripted_cloud import EMAIL, HOSTS, ScriptedCloud, new_attempt, password
from tests.scripted_server import Behaviour, Request, Wire, hang_up, html, refuse, respond
from tests.window import LogCatcher

NOT_AUTHORIZED = "NotAuthorizedException"
GET_TOKENS = "GetTokensFromRefreshToken"
TIDY_UP_SECONDS = 2.0


class Desk:
    """One computer's instances of the program, all over one vault; the log is looked at in the end."""

    def __init__(self, far: ScriptedCloud, state: Path) -> None:
        self.far = far
        self.clock = Clock(0.0)
        self._state = state
        self._keys = KeysInMemory()

    def services(self) -> Services:
        """Another instance's; the monotonic clock is the test's."""
        return self.far.services(clock=lambda: monotonic() + self.clock.now, wall_clock=time)

    def vault(self) -> TokenVault:
        """The vault as another instance finds it."""
        return vault_at(self._state, self._keys)

    def sign_in(self) -> Session:
        """Sign in with the password."""
        outcome = self.services().sign_in.run(EMAIL, password(), new_attempt())
        assert isinstance(outcome, Accepted)
        return outcome.session

    def kept(self) -> Session:
        """Sign in, and stay signed in."""
        session = self.sign_in()
        session.keep_in(self.vault())
        return session

    def another(self) -> Session:
        """An instance that starts now."""
        vault = self.vault()
        record = vault.open()
        assert record is not None
        outcome = self.services().restore.run(vault, record, new_attempt())
        assert isinstance(outcome, Restored)
        return outcome.session

    def offline(self, *services: str) -> None:
        """No name leads anywhere, and connections that are open go nowhere, either."""
        for service in services or HOSTS:
            self.far.lead(service, None)
        for operation in (GET_TOKENS, "RevokeToken", "GlobalSignOut", *(() if services else ("Logout",))):
            self.far.script(operation, hang_up)

    def renewal_error(self, session: Session) -> AuthError:
        with pytest.raises(AuthError) as caught:
            session.renew(new_attempt())
        assert_tells_nothing(caught.value, self.far.canaries())
        return caught.value


@pytest.fixture
def desk(far: ScriptedCloud, tmp_path: Path, log_lines: LogCatcher) -> Iterator[Desk]:
    """A desk; whatever happens at it, no secret is in the log and nobody else was asked."""
    yield Desk(far, tmp_path)
    assert set(far.names_asked) <= set(HOSTS.values())
    for canary in far.canaries():
        assert not any(canary in line for line in log_lines.lines)


def timed(call: Callable[[], Untold], seconds: float) -> Untold:
    """What could not be told, within its time."""
    began = monotonic()
    untold = call()
    assert monotonic() - began <= seconds + MARGIN_SECONDS
    return untold


# ------------------------------------------------------------------------------------------------- row 41

REFUSED: dict[str, tuple[Behaviour, ErrorCode]] = {
    "revoked": (refuse(NOT_AUTHORIZED, "Refresh Token has been revoked"), ErrorCode.SESSION_ENDED),
    "expired": (refuse(NOT_AUTHORIZED, "Refresh Token has expired"), ErrorCode.SESSION_ENDED),
    "rotated out": (refuse("RefreshTokenReuseException", "x"), ErrorCode.SESSION_ENDED),
    "disabled": (refuse(NOT_AUTHORIZED, "User is disabled."), ErrorCode.ACCOUNT_DISABLED),
    "deleted": (refuse("UserNotFoundException", "x"), ErrorCode.SESSION_ENDED),
    "reset": (refuse("PasswordResetRequiredException", "x"), ErrorCode.RESET_REQUIRED),
    "not confirmed": (refuse("UserNotConfirmedException", "x"), ErrorCode.NOT_CONFIRMED),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_row_41_a_definite_refusal_is_the_end_with_its_reason(
    far: ScriptedCloud, desk: Desk, reason: str
) -> None:
    behaviour, code = REFUSED[reason]
    session = desk.kept()
    far.script(GET_TOKENS, behaviour)
    assert desk.renewal_error(session).code is code
    assert code in ENDS_THE_SESSION
    assert len(far.requests(GET_TOKENS)) == 1
    assert "InitiateAuth" not in far.operations()[-1]


@pytest.mark.parametrize("reason", REFUSED)
def test_row_41_at_the_start_too(far: ScriptedCloud, desk: Desk, reason: str) -> None:
    behaviour, code = REFUSED[reason]
    desk.kept().end(new_attempt(), Ending.KEPT)
    far.script(GET_TOKENS, behaviour)
    vault = desk.vault()
    record = vault.open()
    assert record is not None
    outcome = desk.services().restore.run(vault, record, new_attempt())
    assert isinstance(outcome, Over)
    assert (outcome.error.code, outcome.leftovers) == (code, None)
    assert far.open_sessions == 0


def test_row_41_what_the_other_instance_rotated_is_read_from_the_vault(
    far: ScriptedCloud, desk: Desk
) -> None:
    far.sign_ins.grace_seconds = 0.0
    first = desk.kept()
    second = desk.another()
    for _ in range(5):
        first.renew(new_attempt())
        second.renew(new_attempt())
    assert far.sign_ins.refused == []
    assert far.sign_ins.refreshes == 11
    assert second.end(new_attempt(), Ending.KEPT) == Untold()
    assert first.end(new_attempt(), Ending.HERE) == Untold()
    assert (far.open_sessions, len(far.sign_ins.revoked)) == (0, 1)


def test_row_41_without_a_vault_a_token_that_was_rotated_elsewhere_is_the_end(
    far: ScriptedCloud, desk: Desk
) -> None:
    far.sign_ins.grace_seconds = 0.0
    session = desk.sign_in()
    far.script(GET_TOKENS, _answer_lost(far), times=1)
    assert desk.renewal_error(session).code not in ENDS_THE_SESSION
    error = desk.renewal_error(session)
    assert (error.code, error.detail) == (ErrorCode.SESSION_ENDED, "RefreshTokenReuseException")


def test_row_41_within_the_grace_period_a_lost_answer_costs_nothing(far: ScriptedCloud, desk: Desk) -> None:
    far.sign_ins.grace_seconds = 30.0
    session = desk.kept()
    far.script(GET_TOKENS, _answer_lost(far), times=1)
    assert desk.renewal_error(session).code not in ENDS_THE_SESSION
    session.renew(new_attempt())
    session.renew(new_attempt())
    assert far.sign_ins.refused == []


def _answer_lost(far: ScriptedCloud) -> Behaviour:
    """Cognito rotates, and nobody hears of it."""

    def behave(wire: Wire, request: Request) -> None:
        far.refreshed(request.json["RefreshToken"])
        hang_up(wire, request)

    return behave


# ------------------------------------------------------------------------------------------------- row 42

DOWN: dict[str, Behaviour | None] = {
    "no such name": None,
    "hang up": hang_up,
    "503": html(503),
    "502": html(502),
    "429": respond(429, b""),
    "portal": html(200),
    "half an answer": respond(200, b'{"AuthenticationResult": {'),
    "throttled": refuse("TooManyRequestsException"),
}


@pytest.mark.parametrize("kind", DOWN)
def test_row_42_down_five_minutes_before_the_end_and_back_after_it(
    far: ScriptedCloud, desk: Desk, kind: str
) -> None:
    session = desk.kept()
    assert 3_290 < session.seconds_until_renewal() <= 3_300
    desk.clock.now = 3_300.0
    assert session.seconds_until_renewal() == 0
    behaviour = DOWN[kind]
    if behaviour is None:
        desk.offline()
    else:
        far.script(GET_TOKENS, behaviour)
    for _ in range(2):
        assert desk.renewal_error(session).code not in ENDS_THE_SESSION
        assert 29 < session.seconds_until_renewal() <= 30  # not once a second
        assert not session.has_expired()
        desk.clock.now += 120
    desk.clock.now += 120
    assert session.has_expired()
    assert session.identity is not None  # still the same person's; nothing was lost
    assert session.is_kept
    far.mend()
    session.renew(new_attempt())
    assert not session.has_expired()
    assert 3_290 < session.seconds_until_renewal() <= 3_300


def test_row_42_filemaker_goes_on_meanwhile(desk: Desk) -> None:
    session = desk.sign_in()
    desk.clock.now = 3_301.0
    desk.offline("cognito-idp")
    desk.renewal_error(session)
    assert session.find_users(EMAIL, new_attempt()).found_count == 1


# ------------------------------------------------------------------------------------------------- row 44


@pytest.mark.parametrize("ending", Ending)
def test_row_44_offline_at_the_end(desk: Desk, ending: Ending) -> None:
    session = desk.kept()
    desk.offline()
    untold = timed(lambda: session.end(new_attempt(1.0, TIDY_UP_SECONDS), ending), TIDY_UP_SECONDS)
    assert untold == {
        Ending.HERE: Untold(filemaker=True, tokens=True),
        Ending.EVERYWHERE: Untold(filemaker=True, tokens=True, everywhere=True),
        Ending.KEPT: Untold(filemaker=True),
    }[ending]  # fmt: skip
    assert untold.code is not None
    with pytest.raises(AuthError) as caught:
        session.find_users(EMAIL, new_attempt())
    assert caught.value.code is ErrorCode.SESSION_ENDED
    assert session.identity is None


# ------------------------------------------------------------------------------------------------- row 45


@pytest.mark.parametrize(
    "answer",
    [
        refuse("InvalidParameterException"),
        refuse("TooManyRequestsException"),
        refuse(NOT_AUTHORIZED, "x"),
        html(500),
        html(503),
    ],
)
def test_row_45_a_refused_sign_out_everywhere_ends_this_one_at_least(
    far: ScriptedCloud, desk: Desk, answer: Behaviour
) -> None:
    session = desk.sign_in()
    far.script("GlobalSignOut", answer)
    untold = session.end(new_attempt(), Ending.EVERYWHERE)
    assert (untold, untold.code) == (Untold(everywhere=True), ErrorCode.NOT_ENDED_EVERYWHERE)
    assert (far.live_sign_ins, far.open_sessions) == (0, 0)
    assert len(far.requests("GlobalSignOut")) == 1


def test_row_45_an_access_token_that_is_over_is_renewed_for_it_once(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.sign_in()
    desk.clock.now = 3_601.0
    assert session.end(new_attempt(), Ending.EVERYWHERE) == Untold()
    assert far.operations()[-2:] == [GET_TOKENS, "GlobalSignOut"]
    assert far.live_sign_ins == 0


@pytest.mark.parametrize("ending", [Ending.HERE, Ending.EVERYWHERE])
def test_row_45_a_filemaker_that_hangs_keeps_nobody_from_ending_the_tokens(
    far: ScriptedCloud, desk: Desk, ending: Ending
) -> None:
    session = desk.sign_in()
    far.script("Logout", lambda wire, _request: wire.hang())
    untold = timed(lambda: session.end(new_attempt(1.0, TIDY_UP_SECONDS), ending), TIDY_UP_SECONDS)
    assert (untold, untold.code) == (Untold(filemaker=True), ErrorCode.FAR_ENDS_UNTOLD)
    assert far.live_sign_ins == 0


@pytest.mark.parametrize("answer", [html(404), html(500), refuse("UnsupportedOperationException")])
def test_row_45_where_revoking_is_not_offered(far: ScriptedCloud, desk: Desk, answer: Behaviour) -> None:
    session = desk.sign_in()
    far.script("RevokeToken", answer)
    assert session.end(new_attempt(), Ending.HERE) == Untold()
    assert far.live_sign_ins == 0
    session = desk.sign_in()
    far.script("GlobalSignOut", html(500))
    assert session.end(new_attempt(), Ending.HERE) == Untold(tokens=True)
