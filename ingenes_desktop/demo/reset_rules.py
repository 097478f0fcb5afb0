"""ForgotPassword and ConfirmForgotPassword, with codes of our own: moto takes any six digits.

https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
"""

from collections.abc import Callable

from moto.cognitoidp.models import CognitoIdpUserPoolClient, UserStatus

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, Request
from ingenes_desktop.demo.client_secret import check_secret_hash
from ingenes_desktop.demo.mailbox import Mailbox, Message, masked
from ingenes_desktop.demo.person import EMAIL, Person
from ingenes_desktop.demo.sent_codes import HOUR, SentCodes
from ingenes_desktop.demo.user_directory import UserDirectory, hides_existence


class ResetRules:
    """Codes live an hour; the newest one counts. ``clock`` gives seconds since 1970."""

    def __init__(self, directory: UserDirectory, mailbox: Mailbox, clock: Callable[[], float]) -> None:
        self._directory = directory
        self._mailbox = mailbox
        self._clock = clock
        self._codes = SentCodes(clock, HOUR)

    def forgot_password(self, request: Request) -> JsonObject:
        """ForgotPassword: a code to the person's address, or the same words to a stranger."""
        client, username, user = self._person(request)
        self._codes.check_requests(username)
        if user is None and not hides_existence(client):
            raise AwsError("UserNotFoundException", "Username/client id combination not found.")
        if user is not None and user.enabled:
            _check_resettable(user)
        code = self._codes.send(username)
        address = username
        if user is not None:
            address = user.attribute("email")
            if user.enabled:
                self._mailbox.deliver(Message(address, code, self._clock(), "reset"))
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
        self._codes.check_guesses(username)
        self._directory.check_password(password)
        self._codes.check(username, code, has_got_one=user is not None and user.enabled)
        assert user is not None  # noqa: S101  nobody else has got a code
        self._directory.set_password(user, password)
        self._codes.use_up(username)
        return {}

    def clear(self) -> None:
        """Forget every code and every guess."""
        self._codes.clear()

    def _person(self, request: Request) -> tuple[CognitoIdpUserPoolClient, str, Person | None]:
        client = self._directory.client(request.text("ClientId"))
        username = request.text("Username")
        check_secret_hash(client, username, request.optional_text("SecretHash"))
        return client, username, self._directory.find(username)


def _check_resettable(user: Person) -> None:
    if user.status is UserStatus.FORCE_CHANGE_PASSWORD:
        raise AwsError("NotAuthorizedException", "User password cannot be reset in the current state.")
    # The pool resets by e-mail alone, and never by what is the second factor already:
    # https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
    if user.attribute("email_verified") != "true" or EMAIL in user.factors.enabled:
        raise AwsError(
            "InvalidParameterException",
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
        )
