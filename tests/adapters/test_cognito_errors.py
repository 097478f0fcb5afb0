"""What a refusal's text is taken for, and what of it goes further; the sentences: ``tests/rows``."""

import pytest

from ingenes_desktop.adapters.aws_session import ServiceError
from ingenes_desktop.adapters.cognito_errors import (
    ALREADY_CONFIRMED,
    DEVICE_UNKNOWN,
    meaning_of,
    meaning_of_refresh,
)
from ingenes_desktop.adapters.cognito_refusals import REFUSALS, Refusal, meaning_in_the_table
from ingenes_desktop.domain.errors import AuthError, ErrorCode

TRIGGER = "UserLambdaValidationException"


def refused(code: str, message: str = "", operation: str = "initiate_auth") -> AuthError:
    return meaning_of(ServiceError(code, message, 400), operation)


@pytest.mark.parametrize("row", REFUSALS, ids=lambda row: f"{row.code}-{row.fragment}")
def test_no_row_of_the_table_stands_behind_another(row: Refusal) -> None:
    operations = row.operations or {"get_user", "initiate_auth", "forgot_password", "revoke_token"}
    meanings = {meaning_in_the_table(row.code, row.fragment, each) for each in operations}
    assert row.meaning in meanings
    assert row.fragment == row.fragment.lower()
    assert not row.code.endswith("Exception")
    doubles = [each for each in REFUSALS if each[:2] == row[:2] and each.operations == row.operations]
    assert doubles == [row]


@pytest.mark.parametrize("operation", ["initiate_auth", "change_password", "confirm_sign_up", "revoke_token"])
def test_what_is_not_known_is_neutral(operation: str) -> None:
    for code in ("NotAuthorizedException", "InvalidParameterException", "SomethingNewException", ""):
        assert refused(code, "canario: a text of next year", operation).code is ErrorCode.REFUSED


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("PreAuthentication failed with error Fuera de horario.", "Fuera de horario"),
        ("preauthentication FAILED with error Fuera de horario.", "Fuera de horario"),
        ("PreSignUp failed with error Llame a la extensión 12..", "Llame a la extensión 12."),
        ("Fuera de horario", "Fuera de horario"),
        ("A failed with error B failed with error C.", "B failed with error C"),
        ("PreAuthentication failed with error .", ""),
        ("PreAuthentication failed with error \u202e\x00\n\t.", ""),
        ("PreAuthentication failed with error uno\n\ndos\u202etres.", "uno dostres"),
        ("PreAuthentication failed with error <b>{rojo}</b>.", "<b>{rojo}</b>"),
        ("", ""),
    ],
)
def test_a_triggers_own_words_are_stripped_and_plain(message: str, said: str) -> None:
    error = refused(TRIGGER, message)
    assert (error.code, error.said) == (ErrorCode.TRIGGER_REFUSED, said)


def test_a_triggers_own_words_are_bounded() -> None:
    error = refused(TRIGGER, f"PreAuthentication failed with error {'palabra ' * 50_000}.")
    assert 100 < len(error.said) <= 200


def test_nobody_but_a_trigger_has_words_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    for code in ("NotAuthorizedException", "UnexpectedLambdaException", "InvalidParameterException", "X"):
        assert refused(code, "PreAuthentication failed with error canario.").said == ""
    refused(TRIGGER, "PreAuthentication failed with error canario.")
    assert "canario" not in caplog.text
    assert TRIGGER in caplog.text


@pytest.mark.parametrize(
    ("code", "message", "operation"),
    [
        (
            "NotAuthorizedException",
            "User cannot be confirmed. Current status is CONFIRMED",
            "confirm_sign_up",
        ),
        ("InvalidParameterException", "User is already confirmed.", "resend_confirmation_code"),
    ],
)
def test_who_is_confirmed_already(code: str, message: str, operation: str) -> None:
    error = refused(code, message, operation)
    assert (error.code, error.detail) == (ErrorCode.REFUSED, ALREADY_CONFIRMED)


@pytest.mark.parametrize("status", ["ARCHIVED", "UNKNOWN", "FORCE_CHANGE_PASSWORD"])
def test_another_state_of_the_account_is_not_taken_for_confirmed(status: str) -> None:
    message = f"User cannot be confirmed. Current status is {status}"
    assert refused("NotAuthorizedException", message, "confirm_sign_up").code is ErrorCode.REFUSED


def test_a_device_that_is_not_known() -> None:
    told = ServiceError("ResourceNotFoundException", "Device does not exist.", 400)
    at_sign_in = meaning_of(told, "initiate_auth")
    assert (at_sign_in.code, at_sign_in.detail) == (ErrorCode.REFUSED, DEVICE_UNKNOWN)
    assert meaning_of_refresh(told, "get_tokens_from_refresh_token").code is ErrorCode.SESSION_ENDED
