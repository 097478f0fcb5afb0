"""ForgotPassword and ConfirmForgotPassword, with codes of our own: moto takes any six digits.

https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPoolClient, UserStatus

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, Request
from ingenes_desktop.demo.client_secret import check_secret_hash
from ingenes_desktop.demo.mailbox import Mailbox, Message
from ingenes_desktop.demo.user_directory import UserDirectory, hides_existence

CODES_AN_HOUR = 5
WRONG_CODES_AN_HOUR = 5
HOUR = 3600.0


@dataclass(slots=True)
class _ResetAttempts:
    """One name's codes and guesses, whether or not somebody has that name."""

    requested_at: list[float] = field(default_factory=list)
    wrong_at: list[float] = field(default_factory=list)
    code: str = ""
    expires_at: float = 0.0


class ResetRules:
    """Codes live an hour; the newest one counts. ``clock`` gives seconds since 1970."""

    def __init__(self, directory: UserDirectory, mailbox: Mailbox, clock: Callable[[], float]) -> None:
        self._directory = directory
        self._mailbox = mailbox
        self._clock = clock
        self._attempts: dict[str, _ResetAttempts] = {}

    def forgot_password(self, request: Request) -> JsonObject:
        """ForgotPassword: a code to the person's address, or the same words to a stranger."""
        client, username, user = self._person(request)
        attempts = self._attempts_of(username)
        if len(attempts.requested_at) >= CODES_AN_HOUR:
            _limit()
        if user is None and not hides_existence(client):
            raise AwsError("UserNotFoundException", "Username/client id combination not found.")
        if user is not None and user.enabled:
            _check_resettable(user)
        now = self._clock()
        attempts.requested_at.append(now)
        attempts.code = f"{secrets.randbelow(1_000_000):06}"
        attempts.expires_at = now + HOUR
        address = username
        if user is not None:
            address = user.attribute_lookup["email"]
            if user.enabled:
                self._mailbox.deliver(Message(address, attempts.code, now, "reset"))
        return {
            "CodeDeliveryDetails": {
                "Destination": masked(address),
                "DeliveryMedium": "EMAIL",
                "AttributeName": "email",
            }
        }

    def confirm_forgot_password(self, request: Request) -> JsonObject:
        """ConfirmForgotPassword: code and new password in one call. Earlier tokens stay valid."""
        client, username, user = self._person(request)
        code = request.text("ConfirmationCode")
        password = request.text("Password")
        if user is None and not hides_existence(client):
            raise AwsError("UserNotFoundException", "Username/client id combination not found.")
        attempts = self._attempts_of(username)
        if len(attempts.wrong_at) >= WRONG_CODES_AN_HOUR:
            _limit()
        self._directory.check_password(password)
        if user is not None and user.enabled and (not attempts.code or self._clock() >= attempts.expires_at):
            raise AwsError("ExpiredCodeException", "Invalid code provided, please request a code again.")
        right = hmac.compare_digest(code.encode(), attempts.code.encode())
        if user is None or not user.enabled or not right:
            attempts.wrong_at.append(self._clock())
            raise AwsError("CodeMismatchException", "Invalid verification code provided, please try again.")
        attempts.code = ""
        self._directory.set_password(user, password)
        return {}

    def clear(self) -> None:
        """Forget every code and every guess."""
        self._attempts.clear()

    def _person(self, request: Request) -> tuple[CognitoIdpUserPoolClient, str, CognitoIdpUser | None]:
        client = self._directory.client(request.text("ClientId"))
        username = request.text("Username")
        check_secret_hash(client, username, request.optional_text("SecretHash"))
        return client, username, self._directory.find(username)

    def _attempts_of(self, username: str) -> _ResetAttempts:
        attempts = self._attempts.setdefault(username.casefold(), _ResetAttempts())
        since = self._clock() - HOUR
        attempts.requested_at = [moment for moment in attempts.requested_at if moment > since]
        attempts.wrong_at = [moment for moment in attempts.wrong_at if moment > since]
        return attempts


def _check_resettable(user: CognitoIdpUser) -> None:
    if user.status is UserStatus.FORCE_CHANGE_PASSWORD:
        raise AwsError("NotAuthorizedException", "User password cannot be reset in the current state.")
    if user.attribute_lookup.get("email_verified") != "true":
        raise AwsError(
            "InvalidParameterException",
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
        )


def _limit() -> NoReturn:
    raise AwsError("LimitExceededException", "Attempt limit exceeded, please try after some time.")


def masked(address: str) -> str:
    """An address as Cognito shows it: "m***@c***"."""
    name, _, host = address.rpartition("@")
    return f"{(name or host)[:1]}***@{host[:1]}***"
