"""Codes that Cognito sends by email or SMS, and what they are handed in for: a reset, a confirmation.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html
"""

from ingenes_desktop.adapters.cognito_client import AppClient
from ingenes_desktop.adapters.cognito_errors import ALREADY_CONFIRMED
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import CodeDelivery
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.secret import Secret

_LONGEST_DESTINATION = 100
_INVALID_PARAMETER = "InvalidParameterException"


def sent_reset_code(client: AppClient, username: str, attempt: Attempt) -> CodeDelivery:
    """ForgotPassword. Sent once."""
    return _sent(client, "forgot_password", username, attempt)


def sent_confirmation_code(client: AppClient, username: str, attempt: Attempt) -> CodeDelivery | None:
    """ResendConfirmationCode. Sent once. None for an account that is confirmed already."""
    try:
        return _sent(client, "resend_confirmation_code", username, attempt)
    except AuthError as error:
        if error.detail != ALREADY_CONFIRMED:
            raise
    return None


def _sent(client: AppClient, operation: str, username: str, attempt: Attempt) -> CodeDelivery:
    try:
        answer = client.call(
            operation,
            attempt,
            ClientId=client.client_id,
            Username=username,
            **client.secret_hash_member(username),
        )
    except AuthError as error:
        if not _is_about_who_exists(error, operation):
            raise
        return CodeDelivery(_masked(username), "EMAIL")
    delivery = answer.get("CodeDeliveryDetails")
    if not isinstance(delivery, dict):
        delivery = {}
    return CodeDelivery(
        plain_text(delivery.get("Destination"), _LONGEST_DESTINATION),
        plain_text(delivery.get("DeliveryMedium"), _LONGEST_DESTINATION),
    )


def confirmed_reset(
    client: AppClient, username: str, code: str, new_password: Secret, attempt: Attempt
) -> None:
    """ConfirmForgotPassword. Sent once."""
    try:
        client.call(
            "confirm_forgot_password",
            attempt,
            ClientId=client.client_id,
            Username=username,
            ConfirmationCode=code,
            Password=new_password.reveal(),
            **client.secret_hash_member(username),
        )
    except AuthError as error:
        raise _hiding_who_exists(error) from None


def confirmed_sign_up(client: AppClient, username: str, code: Secret, attempt: Attempt) -> None:
    """ConfirmSignUp. Sent once; not at all without a code."""
    if not code:
        raise AuthError(ErrorCode.CODE_MISMATCH)
    try:
        client.call(
            "confirm_sign_up",
            attempt,
            ClientId=client.client_id,
            Username=username,
            ConfirmationCode=code.reveal(),
            **client.secret_hash_member(username),
        )
    except AuthError as error:
        if error.detail != ALREADY_CONFIRMED:
            raise _hiding_who_exists(error) from None


def _is_about_who_exists(error: AuthError, operation: str) -> bool:
    """A pool says "no such user", now and then or always, where there is none; we do not.

    Of a reset it says so as an invalid parameter, too.
    """
    is_unclear = error.code is ErrorCode.REFUSED and error.detail == _INVALID_PARAMETER
    return error.code is ErrorCode.WRONG_CREDENTIALS or (is_unclear and operation == "forgot_password")


def _hiding_who_exists(error: AuthError) -> AuthError:
    """ "No such user" said as Cognito says it where it hides who exists."""
    return AuthError(ErrorCode.CODE_MISMATCH) if error.code is ErrorCode.WRONG_CREDENTIALS else error


def _masked(address: str) -> str:
    """The typed address masked as Cognito masks the real one ("ana@clinica.example" is "a***@c***")."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***@{domain[:1]}***" if at else ""
