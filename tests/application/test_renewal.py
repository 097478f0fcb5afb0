"""Renewal: when it is due, what it keeps, what it refuses, and that no rotated token is lost."""

from dataclasses import dataclass, field
from threading import Event, Thread

import pytest

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import UnusableRenewalError
from ingenes_desktop.application.session import ENDS_THE_SESSION, Clocks, Ending, Session
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import CognitoTokens, RenewedTokens
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import replace
from tests.application.far_ends import EMAIL, IDENTITY, Clock, Cloud, attempt_for
from tests.application.sessions import kept, signed_in

UNUSABLE = AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="TOKENS")


@dataclass
class TimedCloud(Cloud):
    """Remembers how long each refresh could have taken."""

    seconds_left: list[float] = field(default_factory=list)

    def refresh_tokens(
        self, refresh_token: Secret, username: str, device_key: str, attempt: Attempt
    ) -> RenewedTokens:
        self.seconds_left.append(attempt.remaining())
        return super().refresh_tokens(refresh_token, username, device_key, attempt)


def renewal_error(session: Session, cloud: Cloud) -> AuthError:
    with pytest.raises(AuthError) as caught:
        session.renew(attempt_for(cloud.clock))
    return caught.value


def is_kept(session: Session) -> bool:
    return session.is_kept  # as a call: mypy takes a property for a constant


# ------------------------------------------------------------------------------------------ the time


def test_renewal_is_due_five_minutes_before_the_end() -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    assert session.seconds_until_renewal() == 3_300
    cloud.clock.now += 3_299
    assert session.seconds_until_renewal() == 1
    cloud.clock.now += 300
    assert (session.seconds_until_renewal(), session.has_expired()) == (0, False)
    cloud.clock.now += 1
    assert session.has_expired()


@pytest.mark.parametrize(
    ("expires_in", "lifetime", "due"),
    [(3_600, 1_800, 1_500), (1_800, 3_600, 1_500), (86_400, 86_400, 86_100), (300, 300, 150), (60, 60, 30)],
)
def test_the_shorter_of_the_two_lifetimes_counts(expires_in: float, lifetime: float, due: float) -> None:
    cloud = Cloud(
        answer=CognitoTokens(Secret("id"), Secret("access"), Secret("refresh"), expires_in),
        identity=replace(IDENTITY, lifetime=lifetime),
    )
    session = signed_in(cloud)
    assert session.seconds_until_renewal() == due
    cloud.clock.now += min(expires_in, lifetime)
    assert session.has_expired()


def test_never_sooner_than_half_a_minute_after_a_try() -> None:
    cloud = Cloud(fails={"Refresh ana": [AuthError(ErrorCode.NO_NETWORK)]})
    session = signed_in(cloud)
    cloud.clock.now += 3_500
    renewal_error(session, cloud)
    assert session.seconds_until_renewal() == 30
    cloud.clock.now += 30
    session.renew(attempt_for(cloud.clock))
    assert session.seconds_until_renewal() == 3_300


def test_a_sleep_that_stopped_one_clock_is_noticed_by_the_other() -> None:
    cloud, asleep = Cloud(), Clock(50.0)
    session = Session(
        CognitoTokens(Secret("id"), Secret("access"), Secret("refresh"), 3_600),
        cloud.far_ends(),
        clocks=Clocks(asleep, cloud.clock, cloud.clock),
        filemaker_unused_seconds=60,
        renew_before_seconds=300,
    )
    session.identify(attempt_for(cloud.clock))
    cloud.clock.now += 8 * 3_600
    assert session.has_expired()
    assert session.seconds_until_renewal() == 0


def test_no_refresh_moves_the_interactive_sign_in() -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    assert session.signed_in_at == IDENTITY.auth_time
    cloud.clock.now += 3_000
    session.renew(attempt_for(cloud.clock))
    assert session.signed_in_at == IDENTITY.auth_time


def test_without_a_word_of_the_moment_the_far_ends_clock_says_it() -> None:
    cloud = Cloud(identity=replace(IDENTITY, auth_time=0.0))
    assert signed_in(cloud).signed_in_at == 1_000.0


# -------------------------------------------------------------------------------------- the new tokens


def test_new_tokens_are_verified_and_take_the_place_of_the_old() -> None:
    cloud = Cloud(rotates=True)
    session = signed_in(cloud)
    session.renew(attempt_for(cloud.clock))
    session.renew(attempt_for(cloud.clock))
    assert cloud.calls == ["Refresh ana", "verify", "Refresh ana", "verify"]
    assert cloud.refresh_tokens_used == ["refresh", "refresh-1"]


def test_without_rotation_the_refresh_token_stays() -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    session.renew(attempt_for(cloud.clock))
    session.renew(attempt_for(cloud.clock))
    assert cloud.refresh_tokens_used == ["refresh", "refresh"]


@pytest.mark.parametrize(
    "other",
    [
        replace(IDENTITY, sub="sub-2"),
        replace(IDENTITY, origin_jti="origin-2"),
        replace(IDENTITY, origin_jti="", auth_time=901.0),
    ],
)
def test_the_tokens_of_another_sign_in_are_not_used_but_the_rotated_one_is_kept(other: object) -> None:
    cloud = Cloud(rotates=True)
    session = signed_in(cloud)
    cloud.identity, right = other, cloud.identity  # type: ignore[assignment]  # parametrized
    cloud.clock.now += 3_500
    error = renewal_error(session, cloud)
    assert (error.code, error.detail) == (ErrorCode.UNEXPECTED_ANSWER, "OTHER-SIGN-IN")
    assert session.identity == right
    assert not session.has_expired()
    cloud.identity = right
    cloud.clock.now += 200
    assert session.has_expired()  # the refused ones have not given it a new life
    session.renew(attempt_for(cloud.clock))
    assert cloud.refresh_tokens_used == ["refresh", "refresh-1"]


def test_what_a_token_does_not_say_is_not_held_against_it() -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    cloud.identity = replace(IDENTITY, origin_jti="", auth_time=0.0)
    session.renew(attempt_for(cloud.clock))
    assert session.signed_in_at == IDENTITY.auth_time


def test_a_broken_answer_that_rotated_the_token_has_not_lost_it() -> None:
    cloud = Cloud(fails={"Refresh ana": [UnusableRenewalError(UNUSABLE, Secret("rotated"))]})
    session = signed_in(cloud)
    error = renewal_error(session, cloud)
    assert type(error) is AuthError
    assert (error.code, error.detail) == (UNUSABLE.code, UNUSABLE.detail)
    session.renew(attempt_for(cloud.clock))
    assert cloud.refresh_tokens_used == ["refresh", "rotated"]


def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_token() -> None:
    cloud = Cloud(fails={"Refresh ana": [AuthError(ErrorCode.NOT_RESPONDING)]})
    session = signed_in(cloud)
    renewal_error(session, cloud)
    session.renew(attempt_for(cloud.clock))
    assert cloud.refresh_tokens_used == ["refresh", "refresh"]


def test_an_error_carries_no_frame_with_a_token_in_it() -> None:
    cloud = Cloud(fails={"Refresh ana": [AuthError(ErrorCode.SESSION_ENDED)]})
    session = signed_in(cloud)
    error = renewal_error(session, cloud)
    frames = []
    frame = error.__traceback__
    while frame is not None:
        frames.append(frame.tb_frame.f_code.co_name)
        frame = frame.tb_next
    assert frames == ["renewal_error", "renew"]
    assert error.__context__ is None


@pytest.mark.parametrize("code", [code for code in ErrorCode if code in ENDS_THE_SESSION])
def test_only_a_definite_refusal_ends_it_and_nothing_does_by_itself(code: ErrorCode) -> None:
    cloud = Cloud(fails={"Refresh ana": [AuthError(code)]})
    session = signed_in(cloud)
    assert renewal_error(session, cloud).code is code
    assert session.identity == IDENTITY  # whoever holds the session ends it


# ---------------------------------------------------------------------------------------- one at a time


def test_who_waits_for_a_refresh_is_content_with_it() -> None:
    reached, go_on = Event(), Event()

    def hold(call: str) -> None:
        if call.startswith("Refresh"):
            reached.set()
            assert go_on.wait(5)

    cloud = Cloud(before=hold)
    session = signed_in(cloud)
    cloud.clock.now += 3_400
    threads = [Thread(target=session.renew, args=(attempt_for(cloud.clock),)) for _ in range(3)]
    threads[0].start()
    assert reached.wait(5)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert cloud.calls.count("Refresh ana") == 1


def test_waiting_for_a_refresh_ends_with_the_attempt() -> None:
    reached, go_on = Event(), Event()

    def hold(call: str) -> None:
        if call.startswith("Refresh"):
            reached.set()
            assert go_on.wait(5)

    cloud = Cloud(before=hold)
    session = signed_in(cloud)
    thread = Thread(target=session.renew, args=(attempt_for(cloud.clock),))
    thread.start()
    assert reached.wait(5)
    impatient = attempt_for(cloud.clock)
    impatient.cancel()
    with pytest.raises(AuthError) as caught:
        session.renew(impatient)
    assert caught.value.code is ErrorCode.CANCELLED
    go_on.set()
    thread.join(5)


# ----------------------------------------------------------------------------------------- what needs it


def test_after_a_morning_without_a_network_filemaker_gets_fresh_tokens_first() -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    cloud.clock.now += 4 * 3_600
    session.close_unused_filemaker(attempt_for(cloud.clock))
    cloud.calls.clear()
    session.find_users(EMAIL, attempt_for(cloud.clock))
    assert cloud.calls == [
        "Refresh ana",
        "verify",
        "GetCredentialsForIdentity",
        "GetSecretValue",
        "POST sessions",
        "_find",
    ]


def test_tokens_that_still_hold_are_not_renewed_for_it() -> None:
    cloud = Cloud(credentials_live=600)
    session = signed_in(cloud)
    cloud.clock.now += 3_500
    session.close_unused_filemaker(attempt_for(cloud.clock))
    cloud.calls.clear()
    session.find_users(EMAIL, attempt_for(cloud.clock))
    assert "Refresh ana" not in cloud.calls


def test_a_session_that_cannot_be_renewed_asks_filemaker_nothing() -> None:
    cloud = Cloud(fails={"Refresh ana": [AuthError(ErrorCode.NO_NETWORK)]})
    session = signed_in(cloud)
    cloud.clock.now += 4 * 3_600
    session.close_unused_filemaker(attempt_for(cloud.clock))
    cloud.calls.clear()
    with pytest.raises(AuthError) as caught:
        session.find_users(EMAIL, attempt_for(cloud.clock))
    assert caught.value.code is ErrorCode.NO_NETWORK
    assert cloud.calls == ["Refresh ana"]


# ---------------------------------------------------------------------------------------------- the vault


def test_what_is_kept_is_the_refresh_token_and_what_checks_it() -> None:
    cloud = Cloud()
    session, vault = kept(cloud)
    record = vault.kept()
    assert session.is_kept
    assert record.refresh_token.reveal() == "refresh"
    assert (record.sub, record.username, record.signed_in_at, record.sealed_at) == (
        "sub-1",
        "ana",
        900,
        1_000,
    )


def test_nothing_is_kept_where_the_vault_refuses() -> None:
    cloud = Cloud()
    session, vault = signed_in(cloud), kept(Cloud())[1]
    vault.fails["seal"] = [AuthError(ErrorCode.SESSION_NOT_KEPT)]
    with pytest.raises(AuthError) as caught:
        session.keep_in(vault)
    assert caught.value.code is ErrorCode.SESSION_NOT_KEPT
    assert not session.is_kept
    vault.calls.clear()
    session.renew(attempt_for(cloud.clock))
    assert vault.calls == []


def test_a_rotated_token_is_written_inside_the_lock_before_the_new_ones_are_looked_at() -> None:
    cloud = Cloud(rotates=True)
    session, vault = kept(cloud)
    order: list[str] = []
    cloud.before = lambda call: order.append(f"{call} {vault.calls[-1]}")
    session.renew(attempt_for(cloud.clock))
    assert order == ["Refresh ana read", "verify unlock"]
    assert vault.calls == ["lock", "read", "write", "unlock"]
    assert vault.kept().refresh_token.reveal() == "refresh-1"
    assert vault.kept().signed_in_at == 900


def test_without_rotation_nothing_is_written() -> None:
    cloud = Cloud()
    session, vault = kept(cloud)
    session.renew(attempt_for(cloud.clock))
    assert vault.calls == ["lock", "read", "unlock"]


def test_what_another_instance_rotated_is_what_is_used() -> None:
    cloud = Cloud(rotates=True)
    session, vault = kept(cloud)
    vault.record = replace(vault.kept(), refresh_token=Secret("the-others"))
    session.renew(attempt_for(cloud.clock))
    assert cloud.refresh_tokens_used == ["the-others"]


def test_what_another_instance_rotated_is_what_is_ended() -> None:
    cloud = Cloud()
    session, vault = kept(cloud)
    vault.record = replace(vault.kept(), refresh_token=Secret("the-others"))
    session.renew(attempt_for(cloud.clock))
    session.end(attempt_for(cloud.clock), Ending.HERE)
    assert cloud.revoked == ["the-others"]


@pytest.mark.parametrize("changes", [None, {"sub": "sub-2"}, {"signed_in_at": 901.0}])
def test_a_vault_that_is_another_sign_ins_is_left_alone(changes: dict[str, object] | None) -> None:
    cloud = Cloud(rotates=True)
    session, vault = kept(cloud)
    others = None if changes is None else replace(vault.kept(), refresh_token=Secret("x"), **changes)
    vault.record = others
    session.renew(attempt_for(cloud.clock))
    session.renew(attempt_for(cloud.clock))
    assert cloud.refresh_tokens_used == ["refresh", "refresh-1"]
    assert vault.record is others
    assert "write" not in vault.calls


def test_a_vault_that_cannot_be_had_sends_nothing() -> None:
    cloud = Cloud()
    session, vault = kept(cloud)
    vault.fails["lock"] = [AuthError(ErrorCode.NOT_RESPONDING)]
    assert renewal_error(session, cloud).code is ErrorCode.NOT_RESPONDING
    assert cloud.refresh_tokens_used == []


@pytest.mark.parametrize(("total", "waits", "left"), [(15, 12, None), (15, 11, 4), (45, 12, 15)])
def test_a_refresh_has_time_to_be_heard_however_long_the_vault_was_waited_for(
    total: float, waits: float, left: float | None
) -> None:
    """Time that runs out on the answer would cost both instances the rotated token."""
    cloud = TimedCloud(rotates=True)
    session, vault = kept(cloud)

    def hold(call: str) -> None:
        if call == "lock":
            cloud.clock.now += waits

    vault.before = hold
    attempt = Attempt(clock=cloud.clock, step_seconds=15, total_seconds=total)
    if left is None:
        with pytest.raises(AuthError) as caught:
            session.renew(attempt)
        assert caught.value.code is ErrorCode.NOT_RESPONDING
        assert vault.calls == ["lock", "read", "unlock"]
    else:
        session.renew(attempt)
    assert cloud.seconds_left == ([] if left is None else [left])


def test_a_write_that_failed_is_made_up_for_and_the_used_token_never_used_again() -> None:
    cloud = Cloud(rotates=True)
    session, vault = kept(cloud)
    vault.fails["write"] = [AuthError(ErrorCode.SESSION_NOT_KEPT)]
    session.renew(attempt_for(cloud.clock))
    assert not is_kept(session)  # what is in the vault has been used up
    cloud.rotates = False
    session.renew(attempt_for(cloud.clock))
    assert cloud.refresh_tokens_used == ["refresh", "refresh-1"]
    assert is_kept(session)
    assert vault.kept().refresh_token.reveal() == "refresh-1"


def test_a_broken_answer_rotates_the_vault_too() -> None:
    cloud = Cloud(fails={"Refresh ana": [UnusableRenewalError(UNUSABLE, Secret("rotated"))]})
    session, vault = kept(cloud)
    renewal_error(session, cloud)
    assert vault.kept().refresh_token.reveal() == "rotated"


def test_new_tokens_that_live_shorter_are_renewed_sooner() -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    cloud.renewed = RenewedTokens(Secret("i"), Secret("a"), None, 900)
    session.renew(attempt_for(cloud.clock))
    assert session.seconds_until_renewal() == 600


def test_a_vault_that_nobody_can_lock_does_not_end_a_session() -> None:
    """A folder that has become read-only."""
    cloud = Cloud(rotates=True)
    session, vault = kept(cloud)
    vault.fails["lock"] = [AuthError(ErrorCode.SESSION_NOT_KEPT, detail="NO_LOCK")]
    session.renew(attempt_for(cloud.clock))
    assert not is_kept(session)
    session.renew(attempt_for(cloud.clock))
    assert cloud.refresh_tokens_used == ["refresh", "refresh-1"]
    assert is_kept(session)
    assert vault.kept().refresh_token.reveal() == "refresh-2"
