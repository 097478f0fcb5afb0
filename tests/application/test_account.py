"""What the person who is signed in changes, and the access token that it takes."""

from collections.abc import Callable

import pytest

from ingenes_desktop.application.account import AccountSettings
from ingenes_desktop.application.confirmation import AccountConfirmation
from ingenes_desktop.application.ending import ENDS_THE_SESSION, Ending
from ingenes_desktop.application.session import Session
from ingenes_desktop.domain.account_panel import TwoStepFactors
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.question import Factor
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL, Cloud, attempt_for
from tests.application.sessions import signed_in

Change = Callable[[AccountSettings, Session, Cloud], object]
CHANGES: dict[str, Change] = {
    "ChangePassword": lambda settings, session, cloud: settings.change_password(
        session, Secret("old"), Secret("new"), attempt_for(cloud.clock)
    ),
    "GetUser": lambda settings, session, cloud: settings.two_step(session, attempt_for(cloud.clock)),
    "AssociateSoftwareToken": lambda settings, session, cloud: settings.begin_authenticator(
        session, EMAIL, attempt_for(cloud.clock)
    ),
    "VerifySoftwareToken 123456": lambda settings, session, cloud: settings.confirm_authenticator(
        session, "123 456", attempt_for(cloud.clock)
    ),
    "SetUserMFAPreference off": lambda settings, session, cloud: settings.turn_off_authenticator(
        session, attempt_for(cloud.clock)
    ),
}


def change(cloud: Cloud, session: Session, operation: str) -> object:
    return CHANGES[operation](AccountSettings(cloud), session, cloud)


def refused(cloud: Cloud, session: Session, operation: str) -> AuthError:
    with pytest.raises(AuthError) as caught:
        change(cloud, session, operation)
    return caught.value


@pytest.mark.parametrize("operation", CHANGES)
def test_each_takes_the_sessions_access_token(operation: str) -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    change(cloud, session, operation)
    assert cloud.calls[0] == operation
    assert not any(call.startswith("Refresh") for call in cloud.calls)


def test_a_password_is_changed_and_the_session_goes_on() -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    change(cloud, session, "ChangePassword")
    assert cloud.calls == ["ChangePassword"]
    assert not session.has_expired()


def test_an_authenticator_app_is_set_up_and_turned_off() -> None:
    cloud = Cloud()
    session, settings = signed_in(cloud), AccountSettings(cloud)
    key = settings.begin_authenticator(session, EMAIL, attempt_for(cloud.clock))
    assert key.text.reveal() == "ABCDEFGHIJKLMNOP"
    assert cloud.accounts == [EMAIL]
    on = settings.confirm_authenticator(session, " 123-456 ", attempt_for(cloud.clock))
    assert on == TwoStepFactors((Factor.TOTP,), Factor.TOTP)
    off = settings.turn_off_authenticator(session, attempt_for(cloud.clock))
    assert off == TwoStepFactors()
    assert cloud.calls == [
        "AssociateSoftwareToken",
        "VerifySoftwareToken 123456",
        "SetUserMFAPreference on",
        "GetUser",
        "SetUserMFAPreference off",
        "GetUser",
    ]


def test_turned_off_only_in_appearance() -> None:
    """A pool that requires a second factor may answer that all is well, and leave it on."""
    cloud = Cloud(factors=TwoStepFactors((Factor.TOTP,), Factor.TOTP), requires_two_step=True)
    error = refused(cloud, signed_in(cloud), "SetUserMFAPreference off")
    assert error.code is ErrorCode.TWO_STEP_REQUIRED


def test_a_wrong_first_code_turns_nothing_on() -> None:
    cloud = Cloud(fails={"VerifySoftwareToken 123456": [AuthError(ErrorCode.CODE_MISMATCH)]})
    session = signed_in(cloud)
    assert refused(cloud, session, "VerifySoftwareToken 123456").code is ErrorCode.CODE_MISMATCH
    assert cloud.calls == ["VerifySoftwareToken 123456"]


# ------------------------------------------------------------------------------------------- the token


@pytest.mark.parametrize("operation", CHANGES)
def test_a_token_that_has_run_out_is_renewed_first(operation: str) -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    cloud.clock.now += 3_600
    change(cloud, session, operation)
    assert cloud.calls[:3] == ["Refresh ana", "verify", operation]
    assert set(cloud.access_tokens_used) <= {"access-1"}


@pytest.mark.parametrize("operation", CHANGES)
def test_a_token_that_is_refused_is_renewed_and_the_call_is_made_again(operation: str) -> None:
    cloud = Cloud(fails={operation: [AuthError(ErrorCode.SESSION_ENDED)]})
    session = signed_in(cloud)
    change(cloud, session, operation)
    assert cloud.calls[:4] == [operation, "Refresh ana", "verify", operation]


@pytest.mark.parametrize("operation", CHANGES)
def test_it_is_made_again_once(operation: str) -> None:
    cloud = Cloud(fails={operation: [AuthError(ErrorCode.SESSION_ENDED) for _ in range(3)]})
    error = refused(cloud, signed_in(cloud), operation)
    assert error.code is ErrorCode.SESSION_ENDED
    assert cloud.calls.count(operation) == 2


def test_a_token_that_another_thread_renewed_meanwhile_is_not_renewed_again() -> None:
    cloud = Cloud(fails={"ChangePassword": [AuthError(ErrorCode.SESSION_ENDED)]})
    session = signed_in(cloud)

    def renew_meanwhile(call: str) -> None:
        if call == "ChangePassword" and cloud.calls.count(call) == 1:
            session.renew(attempt_for(cloud.clock))

    cloud.before = renew_meanwhile
    change(cloud, session, "ChangePassword")
    assert cloud.calls.count("Refresh ana") == 1
    assert cloud.access_tokens_used == ["access", "access-1"]


@pytest.mark.parametrize("code", [code for code in ErrorCode if code in ENDS_THE_SESSION])
def test_a_refresh_that_is_refused_for_good_ends_the_session(code: ErrorCode) -> None:
    cloud = Cloud(fails={"Refresh ana": [AuthError(code)]})
    session = signed_in(cloud)
    cloud.clock.now += 3_600
    assert refused(cloud, session, "ChangePassword").code is code
    assert "ChangePassword" not in cloud.calls


def test_a_refresh_that_fails_for_the_time_being_does_not() -> None:
    cloud = Cloud(fails={"Refresh ana": [AuthError(ErrorCode.NO_NETWORK)]})
    session = signed_in(cloud)
    cloud.clock.now += 3_600
    assert refused(cloud, session, "GetUser").code is ErrorCode.NO_NETWORK
    change(cloud, session, "GetUser")


def test_nothing_is_changed_after_the_end() -> None:
    cloud = Cloud()
    session = signed_in(cloud)
    session.end(attempt_for(cloud.clock), Ending.HERE)
    cloud.calls.clear()
    assert refused(cloud, session, "ChangePassword").code is ErrorCode.SESSION_ENDED
    assert cloud.calls == []


# ----------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    "code",
    [
        ErrorCode.CURRENT_PASSWORD_WRONG,
        ErrorCode.PASSWORD_HISTORY,
        ErrorCode.LIMIT_EXCEEDED,
        ErrorCode.TWO_STEP_REQUIRED,
        ErrorCode.NOT_RESPONDING,
    ],
)
@pytest.mark.parametrize("operation", CHANGES)
def test_what_is_refused_is_told_and_not_tried_again(operation: str, code: ErrorCode) -> None:
    cloud = Cloud(fails={operation: [AuthError(code)]})
    assert refused(cloud, signed_in(cloud), operation).code is code
    assert cloud.calls == [operation]


@pytest.mark.parametrize("operation", CHANGES)
def test_an_unknown_refusal_is_not_worded_for_a_sign_in(operation: str) -> None:
    cloud = Cloud(fails={operation: [AuthError(ErrorCode.REFUSED, detail="OddException")]})
    error = refused(cloud, signed_in(cloud), operation)
    assert (error.code, error.detail) == (ErrorCode.UNEXPECTED_ANSWER, "OddException")
    assert error.__context__ is None
    assert error.__cause__ is None


# -------------------------------------------------------------------------------- an account's first code


def test_an_account_is_confirmed() -> None:
    cloud = Cloud()
    confirmation = AccountConfirmation(cloud)
    delivery = confirmation.send_code(EMAIL, attempt_for(cloud.clock))
    assert delivery is not None
    assert delivery.destination == "a***@c***"
    confirmation.confirm(EMAIL, " 123-4 56\u00a0", attempt_for(cloud.clock))
    assert cloud.calls == ["ResendConfirmationCode", "ConfirmSignUp 123456"]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (ErrorCode.CODE_MISMATCH, ErrorCode.CODE_MISMATCH),
        (ErrorCode.REFUSED, ErrorCode.UNEXPECTED_ANSWER),
    ],
)
def test_a_code_that_is_refused_or_cannot_be_sent(code: ErrorCode, told: ErrorCode) -> None:
    cloud = Cloud(fails={"ResendConfirmationCode": [AuthError(code)], "ConfirmSignUp 1": [AuthError(code)]})
    confirmation = AccountConfirmation(cloud)
    with pytest.raises(AuthError) as sending:
        confirmation.send_code(EMAIL, attempt_for(cloud.clock))
    with pytest.raises(AuthError) as confirming:
        confirmation.confirm(EMAIL, "1", attempt_for(cloud.clock))
    assert (sending.value.code, confirming.value.code) == (told, told)
