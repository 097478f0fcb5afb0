"""The chain's order, its endings, and what each leaves behind."""

import pytest

from ingenes_desktop.application.outcome import Accepted, Refused, SignInOutcome
from ingenes_desktop.application.password_reset import PasswordReset
from ingenes_desktop.application.session import Ending, Session
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import CognitoIdentity
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL, Cloud, attempt_for, user
from tests.application.sessions import chain

WHOLE_CHAIN = [
    "InitiateAuth",
    "verify",
    "GetId",
    "GetCredentialsForIdentity",
    "GetSecretValue",
    "POST sessions",
    "_find",
]


def signed_in(cloud: Cloud) -> SignInOutcome:
    return chain(cloud).run(EMAIL, Secret("secret"), attempt_for(cloud.clock))


def accepted(cloud: Cloud) -> Session:
    outcome = signed_in(cloud)
    assert isinstance(outcome, Accepted)
    return outcome.session


def refused(cloud: Cloud) -> Refused:
    outcome = signed_in(cloud)
    assert isinstance(outcome, Refused)
    return outcome


def test_the_chain_in_its_order() -> None:
    cloud = Cloud()
    outcome = signed_in(cloud)
    assert isinstance(outcome, Accepted)
    assert outcome.user.full_name == "Ana Ortega"
    assert cloud.calls == WHOLE_CHAIN


@pytest.mark.parametrize("failing", WHOLE_CHAIN[1:])
def test_a_late_failure_is_undone_in_reverse(failing: str) -> None:
    cloud = Cloud(fails={failing: [AuthError(ErrorCode.NOT_RESPONDING)]})
    ending = refused(cloud)
    assert ending.error.code is ErrorCode.NOT_RESPONDING
    assert ending.leftovers is not None
    assert cloud.calls == WHOLE_CHAIN[: WHOLE_CHAIN.index(failing) + 1]
    cloud.calls.clear()
    ending.leftovers.end(attempt_for(cloud.clock), Ending.HERE)
    assert cloud.open_sessions == 0
    assert cloud.calls == (["DELETE sessions"] if failing == "_find" else []) + ["RevokeToken"]


def test_a_bug_in_a_far_end_is_undone_too() -> None:
    def stumble(call: str) -> None:
        if call == "_find":
            raise KeyError(call)

    ending = refused(Cloud(before=stumble))
    assert ending.error.code is ErrorCode.INTERNAL
    assert ending.leftovers is not None


def test_a_wrong_password_leaves_nothing() -> None:
    cloud = Cloud(fails={"InitiateAuth": [AuthError(ErrorCode.WRONG_CREDENTIALS)]})
    assert refused(cloud).leftovers is None
    assert cloud.calls == ["InitiateAuth"]


def test_the_locks_seconds_come_from_the_failures_at_this_window() -> None:
    failures = [AuthError(ErrorCode.WRONG_CREDENTIALS) for _ in range(8)]
    cloud = Cloud(fails={"InitiateAuth": [*failures, AuthError(ErrorCode.LOCKED_OUT)]})
    sign_in = chain(cloud)
    for _ in range(9):
        ending = sign_in.run(EMAIL, Secret("x"), attempt_for(cloud.clock))
    assert isinstance(ending, Refused)
    assert (ending.error.code, ending.error.wait_seconds) == (ErrorCode.LOCKED_OUT, 8.0)


def test_the_failures_of_a_name_are_one_whatever_its_case() -> None:
    failures = [AuthError(ErrorCode.WRONG_CREDENTIALS) for _ in range(7)]
    cloud = Cloud(fails={"InitiateAuth": [*failures, AuthError(ErrorCode.LOCKED_OUT)]})
    sign_in = chain(cloud)
    for number in range(8):
        name = EMAIL.upper() if number % 2 else EMAIL
        ending = sign_in.run(name, Secret("x"), attempt_for(cloud.clock))
    assert isinstance(ending, Refused)
    assert ending.error.wait_seconds == 4.0


def test_a_colleagues_name_is_not_locked() -> None:
    failures = [AuthError(ErrorCode.WRONG_CREDENTIALS) for _ in range(7)]
    cloud = Cloud(fails={"InitiateAuth": failures})
    sign_in = chain(cloud)
    for _ in range(7):
        sign_in.run(EMAIL, Secret("x"), attempt_for(cloud.clock))
    cloud.fails["InitiateAuth"] = [AuthError(ErrorCode.LOCKED_OUT)]
    ending = sign_in.run("beto@clinica.example", Secret("x"), attempt_for(cloud.clock))
    assert isinstance(ending, Refused)
    assert ending.error.wait_seconds == 30.0, "how long it lasts is not known"


def test_where_revoke_is_not_offered_everything_is_signed_out() -> None:
    cloud = Cloud(
        users=(),
        fails={"RevokeToken": [AuthError(ErrorCode.OPERATION_NOT_OFFERED)]},
    )
    ending = refused(cloud)
    assert ending.leftovers is not None
    ending.leftovers.end(attempt_for(cloud.clock), Ending.HERE)
    assert cloud.calls[-3:] == ["DELETE sessions", "RevokeToken", "GlobalSignOut"]


def test_a_refused_revoke_does_not_sign_other_machines_out() -> None:
    cloud = Cloud(users=(), fails={"RevokeToken": [AuthError(ErrorCode.NOT_RESPONDING)]})
    ending = refused(cloud)
    assert ending.leftovers is not None
    ending.leftovers.end(attempt_for(cloud.clock), Ending.HERE)
    assert "GlobalSignOut" not in cloud.calls


# ------------------------------------------------------------------------------------------ the email


def test_an_unverified_email_is_refused_before_filemaker() -> None:
    cloud = Cloud(identity=CognitoIdentity("s", "ana", EMAIL, False))
    assert refused(cloud).error.code is ErrorCode.EMAIL_NOT_VERIFIED
    assert "_find" not in cloud.calls


def test_an_email_of_which_nothing_is_said_is_accepted() -> None:
    assert isinstance(signed_in(Cloud(identity=CognitoIdentity("s", "ana", EMAIL, None))), Accepted)


def test_get_user_is_asked_once_where_the_token_has_no_email() -> None:
    cloud = Cloud(identity=CognitoIdentity("s", "ana", "", None), email=(EMAIL, True))
    assert isinstance(signed_in(cloud), Accepted)
    assert cloud.calls.count("GetUser") == 1


@pytest.mark.parametrize(
    ("email", "code"),
    [
        (("", None), ErrorCode.EMAIL_MISSING),
        ((EMAIL, False), ErrorCode.EMAIL_NOT_VERIFIED),
        (("two words@clinica.example", True), ErrorCode.EMAIL_MISSING),
        (("*", True), ErrorCode.EMAIL_MISSING),
    ],
)
def test_never_a_find_without_an_address(email: tuple[str, bool | None], code: ErrorCode) -> None:
    cloud = Cloud(identity=CognitoIdentity("s", "ana", "", None), email=email)
    assert refused(cloud).error.code is code
    assert "_find" not in cloud.calls


# ---------------------------------------------------------------------------------------- the session


def test_signing_out_tells_every_far_end_and_forgets() -> None:
    cloud = Cloud()
    session = accepted(cloud)
    session.end(attempt_for(cloud.clock), Ending.EVERYWHERE)
    assert cloud.calls[-2:] == ["DELETE sessions", "GlobalSignOut"]
    with pytest.raises(AuthError) as caught:
        session.find_users(EMAIL, attempt_for(cloud.clock))
    assert caught.value.code is ErrorCode.SESSION_ENDED


@pytest.mark.parametrize("failing", ["DELETE sessions", "GlobalSignOut"])
def test_what_one_far_end_refuses_the_others_are_told_all_the_same(failing: str) -> None:
    cloud = Cloud(fails={failing: [AuthError(ErrorCode.NO_NETWORK)]})
    accepted(cloud).end(attempt_for(cloud.clock), Ending.EVERYWHERE)
    expected = ["DELETE sessions", "GlobalSignOut"]
    assert cloud.calls[len(WHOLE_CHAIN) :][:2] == expected
    if failing == "GlobalSignOut":
        assert cloud.calls[-1] == "RevokeToken"


def test_the_filemaker_session_closes_after_a_minute_without_use_and_opens_on_need() -> None:
    cloud = Cloud()
    session = accepted(cloud)
    cloud.clock.now += 59
    session.close_unused_filemaker(attempt_for(cloud.clock))
    assert cloud.open_sessions == 1
    cloud.clock.now += 1
    session.close_unused_filemaker(attempt_for(cloud.clock))
    assert cloud.open_sessions == 0
    session.record_login(user(), attempt_for(cloud.clock))
    assert cloud.open_sessions == 1
    assert cloud.calls.count("GetSecretValue") == 1


def test_the_secret_is_kept_for_an_hour_and_credentials_until_five_minutes_before_their_end() -> None:
    cloud = Cloud()
    session = accepted(cloud)
    for seconds, secrets, credentials in [(3_299, 1, 1), (240, 1, 1), (62, 2, 2)]:
        cloud.clock.now += seconds
        session.close_unused_filemaker(attempt_for(cloud.clock))
        session.find_users(EMAIL, attempt_for(cloud.clock))
        assert cloud.calls.count("GetSecretValue") == secrets
        assert cloud.calls.count("GetCredentialsForIdentity") == credentials
    assert cloud.calls.count("GetId") == 1


def test_credentials_that_live_shorter_are_used_at_once_without_a_loop() -> None:
    cloud = Cloud(credentials_live=90)
    assert isinstance(signed_in(cloud), Accepted)
    assert cloud.calls == WHOLE_CHAIN


def test_an_account_that_filemaker_refuses_is_read_anew_once() -> None:
    wrong_account = AuthError(ErrorCode.CONFIGURATION, detail="FM-212")
    cloud = Cloud(fails={"POST sessions": [wrong_account]})
    assert isinstance(signed_in(cloud), Accepted)
    assert cloud.calls.count("GetSecretValue") == 2
    cloud = Cloud(fails={"POST sessions": [wrong_account, wrong_account]})
    assert refused(cloud).error.detail == "FM-212"
    assert cloud.calls.count("POST sessions") == 2


def test_a_failed_last_login_goes_no_further() -> None:
    cloud = Cloud(fails={"LastLoginTime": [AuthError(ErrorCode.CONFIGURATION)]})
    accepted(cloud).record_login(user(), attempt_for(cloud.clock))
    assert cloud.calls[-1] == "LastLoginTime"


def test_a_code_is_handed_in_without_blanks_and_dashes() -> None:
    cloud = Cloud()
    reset = PasswordReset(cloud)
    assert reset.send_code(EMAIL, attempt_for(cloud.clock)).destination == "a***@c***"
    reset.confirm(EMAIL, " 123-4 56\u00a0", Secret("new"), attempt_for(cloud.clock))
    assert cloud.calls == ["ForgotPassword", "ConfirmForgotPassword 123456"]
