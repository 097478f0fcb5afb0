"""The second factor: SMS_MFA, EMAIL_OTP, SOFTWARE_TOKEN_MFA, the choice between them, and MFA_SETUP.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
"""

import hmac
import json
import re
from collections.abc import Callable, Mapping

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, required_text
from ingenes_desktop.demo.challenge_sessions import Asked, ChallengeSessions, Progress
from ingenes_desktop.demo.mailbox import Mailbox, Message, new_code
from ingenes_desktop.demo.one_time_codes import step_of
from ingenes_desktop.demo.person import EMAIL, SECOND_FACTORS, SMS, SOFTWARE_TOKEN, Person
from ingenes_desktop.demo.user_directory import UserDirectory

SELECT, SET_UP = "SELECT_MFA_TYPE", "MFA_SETUP"
OFFERED_AT_SET_UP = (SOFTWARE_TOKEN, EMAIL)
FIRST_FACTOR_DIGITS = 8
"""Of a code instead of a password: https://github.com/aws-amplify/amplify-js/issues/14428"""
WRONG_CODE = "Invalid code or auth state for the user."
WRONG_TOKEN = "Invalid code received for user"  # noqa: S105  a sentence of Cognito's
USED_TOKEN = "Your software token has already been used once."  # noqa: S105  likewise


class SecondFactorRules:
    """Asks for a person's second factor, and judges the answers. ``clock`` gives seconds since 1970."""

    def __init__(
        self,
        directory: UserDirectory,
        sessions: ChallengeSessions,
        mailbox: Mailbox,
        clock: Callable[[], float],
    ) -> None:
        self._directory = directory
        self._sessions = sessions
        self._mailbox = mailbox
        self._clock = clock

    def ask(self, progress: Progress) -> JsonObject | None:
        """The question that follows a password; None where the person has no second factor."""
        person = progress.known
        enabled = tuple(factor for factor in SECOND_FACTORS if factor in person.factors.enabled)
        if not enabled:
            return self._ask_set_up(progress) if person.traits.requires_mfa else None
        if person.factors.preferred in enabled or len(enabled) == 1:
            preferred = person.factors.preferred
            return self.ask_for(progress, preferred if preferred in enabled else enabled[0])
        parameters = {"USER_ID_FOR_SRP": person.username, "MFAS_CAN_CHOOSE": json.dumps(enabled)}
        return self._sessions.ask(Asked(progress, SELECT, offered=enabled), parameters)

    def ask_for(self, progress: Progress, factor: str, address: str = "") -> JsonObject:
        """The question for one factor; a code is sent at once. ``address``: where no factor is set up yet."""
        person = progress.known
        if factor == SOFTWARE_TOKEN:
            return self._sessions.ask(Asked(progress, factor), {"USER_ID_FOR_SRP": person.username})
        to = person.attribute("phone_number") if factor in {SMS, "SMS_OTP"} else address or email_of(person)
        medium = "SMS" if factor in {SMS, "SMS_OTP"} else "EMAIL"
        purpose = "second-factor" if progress.by_password else "first-factor"
        code = new_code() if progress.by_password else new_code(FIRST_FACTOR_DIGITS)
        message = Message(to, code, self._clock(), purpose, medium)
        self._mailbox.deliver(message)
        parameters = {
            "USER_ID_FOR_SRP": person.username,
            "CODE_DELIVERY_DELIVERY_MEDIUM": medium,
            "CODE_DELIVERY_DESTINATION": message.destination,
        }
        return self._sessions.ask(Asked(progress, factor, code=message.code, address=address), parameters)

    def answer_code(self, asked: Asked, responses: Mapping[str, str]) -> None:
        """A code that was sent by SMS or e-mail."""
        given = required_text(responses, f"{asked.challenge}_CODE")
        if not hmac.compare_digest(given.encode(), asked.code.encode()):
            asked.missed("CodeMismatchException", WRONG_CODE)
        person = asked.progress.known
        if asked.progress.by_password:
            asked.progress.second_factor = True
        if asked.address:
            person.factors.email = asked.address
            person.turn_on(EMAIL)

    def answer_software_token(self, asked: Asked, responses: Mapping[str, str]) -> None:
        """The code of an authenticator app."""
        given = required_text(responses, "SOFTWARE_TOKEN_MFA_CODE")
        factors = asked.progress.known.factors
        if not factors.key:
            raise AwsError(
                "SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user."
            )
        step = step_of(factors.key, given, self._clock())
        if step is None:
            asked.missed("CodeMismatchException", WRONG_TOKEN)
        if step in factors.taken_steps:
            raise AwsError("ExpiredCodeException", USED_TOKEN)
        factors.taken_steps.add(step)
        asked.progress.second_factor = True

    def answer_choice(self, asked: Asked, responses: Mapping[str, str]) -> JsonObject:
        """SELECT_MFA_TYPE: the chosen factor's own question."""
        answer = required_text(responses, "ANSWER")
        if answer not in asked.offered:
            raise AwsError("InvalidParameterException", "Invalid MFA type in the challenge's answer.")
        return self.ask_for(asked.progress, answer)

    def answer_set_up(self, asked: Asked, responses: Mapping[str, str]) -> JsonObject | None:
        """MFA_SETUP: an app that VerifySoftwareToken has seen, or an address that is sent a code now."""
        person = asked.progress.known
        address = responses.get("EMAIL", "")
        if address:
            self._check_address(person, address)
            return self.ask_for(asked.progress, EMAIL, address)
        if not asked.verified:
            raise AwsError("InvalidParameterException", "Software token has not been verified.")
        asked.progress.second_factor = True
        return None

    def _ask_set_up(self, progress: Progress) -> JsonObject:
        parameters = {
            "USER_ID_FOR_SRP": progress.known.username,
            "MFAS_CAN_SETUP": json.dumps(OFFERED_AT_SET_UP),
        }
        return self._sessions.ask(Asked(progress, SET_UP, offered=OFFERED_AT_SET_UP), parameters)

    def _check_address(self, person: Person, address: str) -> None:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
            raise AwsError("InvalidParameterException", "Invalid email address format.")
        owner = self._directory.find(address)
        if owner is not None and owner is not person:
            raise AwsError("AliasExistsException", "An account with the email already exists.")


def email_of(person: Person) -> str:
    """Where codes by e-mail go."""
    return person.factors.email or person.attribute("email")
