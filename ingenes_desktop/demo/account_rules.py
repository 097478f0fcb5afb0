"""What people do with their account: change the password, and confirm a new account with a code.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html
"""

from collections.abc import Callable

from moto.cognitoidp.models import UserStatus

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, Request
from ingenes_desktop.demo.client_secret import check_secret_hash
from ingenes_desktop.demo.lockout import wrong_password
from ingenes_desktop.demo.mailbox import Mailbox, Message, masked
from ingenes_desktop.demo.person import Person
from ingenes_desktop.demo.sent_codes import AN_HOUR, HOUR, SentCodes, limit_exceeded, within_the_hour
from ingenes_desktop.demo.user_directory import UserDirectory, hides_existence

CODE_SECONDS = 24 * HOUR


class AccountRules:
    """``person_of`` tells whose access token one is; ``clock`` gives seconds since 1970."""

    def __init__(
        self,
        directory: UserDirectory,
        mailbox: Mailbox,
        person_of: Callable[[str], Person],
        clock: Callable[[], float],
    ) -> None:
        self._directory = directory
        self._mailbox = mailbox
        self._person_of = person_of
        self._clock = clock
        self._codes = SentCodes(clock, CODE_SECONDS)
        self._wrong_passwords: dict[str, list[float]] = {}

    def change_password(self, request: Request) -> JsonObject:
        """ChangePassword: the old one is checked, and the new one against policy and history."""
        person = self._person_of(request.text("AccessToken"))
        wrong = within_the_hour(self._wrong_passwords.setdefault(person.username, []), self._clock())
        self._wrong_passwords[person.username] = wrong
        if len(wrong) >= AN_HOUR:
            limit_exceeded()
        proposed = request.text("ProposedPassword")
        if not person.verifier.is_of(request.text("PreviousPassword")):
            wrong.append(self._clock())
            wrong_password()
        self._directory.set_password(person, proposed)
        return {}

    def resend_confirmation_code(self, request: Request) -> JsonObject:
        """ResendConfirmationCode: a new code to the address, or the same words to a stranger."""
        username, person = self._named(request)
        if person is not None and person.status is not UserStatus.UNCONFIRMED:
            raise AwsError("InvalidParameterException", "User is already confirmed.")
        self._codes.check_requests(username)
        code = self._codes.send(username)
        address = person.attribute("email") if person else username
        if person is not None:
            self._mailbox.deliver(Message(address, code, self._clock(), "confirm"))
        details = {"Destination": masked(address), "DeliveryMedium": "EMAIL", "AttributeName": "email"}
        return {"CodeDeliveryDetails": details}

    def confirm_sign_up(self, request: Request) -> JsonObject:
        """ConfirmSignUp: the account is confirmed, and its address verified."""
        username, person = self._named(request)
        given = request.text("ConfirmationCode")
        if person is not None and person.status is not UserStatus.UNCONFIRMED:
            raise AwsError(
                "NotAuthorizedException",
                f"User cannot be confirmed. Current status is {UserStatus(person.status).value}",
            )
        self._codes.check_guesses(username)
        self._codes.check(username, given, has_got_one=person is not None)
        assert person is not None  # noqa: S101  nobody else has got a code
        self._codes.use_up(username)
        person.status = UserStatus.CONFIRMED
        person.give({"email_verified": "true"})
        return {}

    def clear(self) -> None:
        """Forget every code and every guess."""
        self._codes.clear()
        self._wrong_passwords.clear()

    def _named(self, request: Request) -> tuple[str, Person | None]:
        client = self._directory.client(request.text("ClientId"))
        username = request.text("Username")
        check_secret_hash(client, username, request.optional_text("SecretHash"))
        person = self._directory.find(username)
        if person is None and not hides_existence(client):
            raise AwsError("UserNotFoundException", "Username/client id combination not found.")
        return username, person
