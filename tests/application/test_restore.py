"""Taking up a kept session: whole, later, or never again."""

import pytest

from ingenes_desktop.application.outcome import NotNow, Over, Restored
from ingenes_desktop.application.session import ENDS_THE_SESSION, Clocks, Ending, Untold
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import replace
from tests.application.far_ends import EMAIL, IDENTITY, Clock, Cloud, Vault, attempt_for, user
from tests.application.sessions import LONGEST, restore, vault_of

NOON = 1_800_000_000.0
WHOLE = [
    "Refresh ana",
    "verify",
    "GetId",
    "GetCredentialsForIdentity",
    "GetSecretValue",
    "POST sessions",
    "_find",
]
TEMPORARY = (
    ErrorCode.NO_NETWORK,
    ErrorCode.NOT_RESPONDING,
    ErrorCode.BUSY,
    ErrorCode.UNEXPECTED_ANSWER,
    ErrorCode.CONFIGURATION,
    ErrorCode.BLOCKED,
    ErrorCode.CAPTIVE_PORTAL,
    ErrorCode.TLS_REFUSED,
    ErrorCode.CLOCK_WRONG,
    ErrorCode.REFUSED,
    ErrorCode.FILEMAKER_FULL,
    ErrorCode.FILEMAKER_UNAVAILABLE,
    ErrorCode.KEYRING_UNAVAILABLE,
    ErrorCode.CANCELLED,
)


def noon() -> Cloud:
    return Cloud(clock=Clock(NOON))


def restored(cloud: Cloud, vault: Vault) -> Restored | NotNow | Over:
    return restore(cloud).run(vault, vault.kept(), attempt_for(cloud.clock))


def test_a_kept_session_is_taken_up_whole() -> None:
    cloud = noon()
    vault = vault_of(cloud)
    outcome = restored(cloud, vault)
    assert isinstance(outcome, Restored)
    assert cloud.calls == WHOLE
    assert cloud.refresh_tokens_used == ["kept"]
    assert (outcome.user.full_name, outcome.record) == ("Ana Ortega", user())
    session = outcome.session
    assert session.signed_in_at == NOON - 3_600
    assert session.is_kept
    assert session.identity == IDENTITY
    assert session.seconds_until_renewal() == 3_300
    session.renew(attempt_for(cloud.clock))
    assert vault.calls.count("lock") == 2


def test_a_rotated_token_is_stored_before_anything_else() -> None:
    cloud = noon()
    cloud.rotates = True
    cloud.fails = {"verify": [AuthError(ErrorCode.NO_NETWORK)]}
    vault = vault_of(cloud)
    assert isinstance(restored(cloud, vault), NotNow)
    assert vault.kept().refresh_token.reveal() == "refresh-1"
    assert vault.kept().signed_in_at == NOON - 3_600
    assert isinstance(restored(cloud, vault), Restored)
    assert cloud.refresh_tokens_used == ["kept", "refresh-1"]


def test_what_stands_in_the_vault_by_then_is_what_is_used() -> None:
    cloud = noon()
    vault = vault_of(cloud)
    record = vault.kept()
    vault.record = replace(record, refresh_token=Secret("newer"), signed_in_at=NOON - 60)
    outcome = restore(cloud).run(vault, record, attempt_for(cloud.clock))
    assert isinstance(outcome, Restored)
    assert cloud.refresh_tokens_used == ["newer"]
    assert outcome.session.signed_in_at == NOON - 60


def test_a_vault_that_was_cleared_meanwhile_restores_nobody() -> None:
    cloud = noon()
    vault = vault_of(cloud)
    record = vault.kept()
    vault.clear()
    outcome = restore(cloud).run(vault, record, attempt_for(cloud.clock))
    assert isinstance(outcome, Over)
    assert (outcome.error.code, outcome.leftovers) == (ErrorCode.SESSION_NOT_RESTORED, None)
    assert cloud.calls == []


# -------------------------------------------------------------------------------------------- its age


@pytest.mark.parametrize(
    ("changes", "ends"),
    [
        ({"signed_in_at": NOON - LONGEST + 1}, False),
        ({"signed_in_at": NOON - LONGEST}, True),
        ({"signed_in_at": 0.0}, True),
        ({"sealed_at": NOON}, False),
        ({"sealed_at": NOON + 60}, False),  # the clock was put right since
        ({"sealed_at": NOON + 61}, True),
    ],
)
def test_twelve_hours_count_from_the_interactive_sign_in(changes: dict[str, object], ends: bool) -> None:
    cloud = noon()
    outcome = restored(cloud, vault_of(cloud, **changes))
    assert isinstance(outcome, Over if ends else Restored)
    if isinstance(outcome, Over):
        assert outcome.error.code is ErrorCode.SESSION_LONGEST
        assert cloud.calls == []
        # Cognito would go on taking it for weeks.
        assert outcome.leftovers is not None
        assert outcome.leftovers.end(attempt_for(cloud.clock), Ending.HERE) == Untold()
        assert (cloud.calls, cloud.revoked) == (["RevokeToken"], ["kept"])


def test_either_clock_may_say_that_it_is_too_old() -> None:
    for far_end, computer in ((NOON + LONGEST, NOON), (NOON, NOON + LONGEST)):
        cloud = noon()
        cloud_restore = restore(cloud)
        cloud_restore._clocks = Clocks(cloud.clock, Clock(far_end), Clock(computer))
        vault = vault_of(cloud)
        assert isinstance(cloud_restore.run(vault, vault.kept(), attempt_for(cloud.clock)), Over)
        assert cloud.calls == []


def test_a_computer_that_learns_the_time_from_the_answer_ends_it_then() -> None:
    cloud = noon()
    far_end = Clock(NOON)

    def learn(call: str) -> None:
        if call.startswith("Refresh"):
            far_end.now = NOON + LONGEST

    cloud.before = learn
    cloud_restore = restore(cloud)
    cloud_restore._clocks = Clocks(cloud.clock, far_end, cloud.clock)
    vault = vault_of(cloud)
    outcome = cloud_restore.run(vault, vault.kept(), attempt_for(cloud.clock))
    assert isinstance(outcome, Over)
    assert outcome.error.code is ErrorCode.SESSION_LONGEST
    assert outcome.leftovers is not None
    assert outcome.leftovers.end(attempt_for(cloud.clock), Ending.HERE) == Untold()
    assert cloud.revoked == ["kept"]


# ----------------------------------------------------------------------------------------- its endings


@pytest.mark.parametrize("code", TEMPORARY)
@pytest.mark.parametrize("failing", WHOLE)
def test_what_may_pass_keeps_the_vault(failing: str, code: ErrorCode) -> None:
    cloud = noon()
    cloud.fails = {failing: [AuthError(code)]}
    vault = vault_of(cloud)
    outcome = restored(cloud, vault)
    assert isinstance(outcome, NotNow)
    assert outcome.error.code is code
    assert outcome.error.__traceback__ is None
    assert vault.record is not None
    if outcome.leftovers is not None:
        outcome.leftovers.end(attempt_for(cloud.clock), Ending.KEPT)
    assert cloud.open_sessions == 0
    assert cloud.revoked == []
    assert isinstance(restored(cloud, vault), Restored)  # "Try again"


@pytest.mark.parametrize("code", [code for code in ErrorCode if code in ENDS_THE_SESSION])
def test_a_definite_refusal_is_the_end_and_keeps_its_reason(code: ErrorCode) -> None:
    cloud = noon()
    cloud.fails = {"Refresh ana": [AuthError(code)]}
    outcome = restored(cloud, vault_of(cloud))
    assert isinstance(outcome, Over)
    assert (outcome.error.code, outcome.leftovers) == (code, None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"users": ()}, ErrorCode.USER_NOT_FOUND),
        ({"users": (user(company_id="9"),)}, ErrorCode.OTHER_COMPANY),
        ({"users": (user("7"), user("8", user_id="9"))}, ErrorCode.SEVERAL_RECORDS),
        ({"identity": replace(IDENTITY, email_verified=False)}, ErrorCode.EMAIL_NOT_VERIFIED),
        ({"identity": replace(IDENTITY, email="")}, ErrorCode.EMAIL_MISSING),
    ],
)
def test_a_person_who_is_none_here_any_more_is_not_restored(
    change: dict[str, object], code: ErrorCode
) -> None:
    cloud = noon()
    for name, value in change.items():
        setattr(cloud, name, value)
    outcome = restored(cloud, vault_of(cloud))
    assert isinstance(outcome, Over)
    assert outcome.error.code is code
    assert outcome.leftovers is not None
    assert outcome.leftovers.end(attempt_for(cloud.clock), Ending.HERE) == Untold()
    assert (cloud.open_sessions, cloud.revoked) == (0, ["kept"])


def test_the_tokens_of_somebody_else_are_not_shown() -> None:
    cloud = noon()
    cloud.identity = replace(IDENTITY, sub="sub-2")
    vault = vault_of(cloud)
    outcome = restored(cloud, vault)
    assert isinstance(outcome, NotNow)
    assert (outcome.error.code, outcome.error.detail) == (ErrorCode.UNEXPECTED_ANSWER, "OTHER-SIGN-IN")
    assert cloud.calls == ["Refresh ana", "verify"]


def test_a_bug_in_a_far_end_is_undone_and_the_vault_kept() -> None:
    cloud = noon()

    def stumble(call: str) -> None:
        if call == "_find":
            raise KeyError(call)

    cloud.before = stumble
    outcome = restored(cloud, vault_of(cloud))
    assert isinstance(outcome, NotNow)
    assert outcome.error.code is ErrorCode.INTERNAL
    assert outcome.leftovers is not None
    cloud.before = lambda _call: None
    outcome.leftovers.end(attempt_for(cloud.clock), Ending.KEPT)
    assert cloud.open_sessions == 0


def test_a_restored_session_reads_the_last_sign_in_and_writes_none() -> None:
    cloud = noon()
    outcome = restored(cloud, vault_of(cloud))
    assert isinstance(outcome, Restored)
    assert outcome.session.read_last_login(outcome.record, attempt_for(cloud.clock)) == 800.0
    assert "LastLoginTime" not in cloud.calls
    cloud.fails = {"LastLoginTime read": [AuthError(ErrorCode.FILEMAKER_UNAVAILABLE)]}
    assert outcome.session.read_last_login(outcome.record, attempt_for(cloud.clock)) is None


def test_a_sign_in_writes_and_tells_what_stood_there() -> None:
    cloud = noon()
    outcome = restored(cloud, vault_of(cloud))
    assert isinstance(outcome, Restored)
    assert outcome.session.record_login(user(), attempt_for(cloud.clock)) == 800.0
    cloud.fails = {"LastLoginTime": [AuthError(ErrorCode.FILEMAKER_UNAVAILABLE)]}
    assert outcome.session.record_login(user(), attempt_for(cloud.clock)) is None
    assert outcome.user.email == EMAIL


def test_a_vault_that_nobody_can_lock_is_used_as_it_was_opened() -> None:
    """A folder that has become read-only."""
    cloud = noon()
    vault = vault_of(cloud)
    vault.fails["lock"] = [AuthError(ErrorCode.SESSION_NOT_KEPT, detail="NO_LOCK")]
    outcome = restored(cloud, vault)
    assert isinstance(outcome, Restored)
    assert outcome.session.is_kept


def test_what_was_rotated_without_the_lock_is_what_is_used_with_it() -> None:
    cloud = noon()
    cloud.rotates = True
    vault = vault_of(cloud)
    vault.fails["lock"] = [AuthError(ErrorCode.SESSION_NOT_KEPT, detail="NO_LOCK")]
    outcome = restored(cloud, vault)
    assert isinstance(outcome, Restored)
    outcome.session.renew(attempt_for(cloud.clock))
    assert cloud.refresh_tokens_used == ["kept", "refresh-1"]
    assert vault.kept().refresh_token.reveal() == "refresh-2"
