"""NEW_PASSWORD_REQUIRED: the answer to a temporary password.

https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-create-user-accounts.html
"""

import json
import re
from collections.abc import Callable, Mapping

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, required_text
from ingenes_desktop.demo.challenge_sessions import Asked, ChallengeSessions, Progress
from ingenes_desktop.demo.person import Person
from ingenes_desktop.demo.user_directory import UserDirectory, created_at

NEW_PASSWORD = "NEW_PASSWORD_REQUIRED"  # noqa: S105  a challenge's name
PREFIX = "userAttributes."


class NewPasswordRules:
    """Asks for a password of the person's own, and for what the pool requires of everybody.

    ``clock`` gives seconds since 1970.
    """

    def __init__(
        self, directory: UserDirectory, sessions: ChallengeSessions, clock: Callable[[], float]
    ) -> None:
        self._directory = directory
        self._sessions = sessions
        self._clock = clock

    def check_still_valid(self, person: Person) -> None:
        """Raises AwsError NotAuthorizedException for a temporary password that is too old."""
        policy = self._directory.pool.extended_config["Policies"]["PasswordPolicy"]
        valid_for = float(policy.get("TemporaryPasswordValidityDays", 7)) * 86400
        if self._clock() >= created_at(person) + valid_for:
            raise AwsError(
                "NotAuthorizedException",
                "Temporary password has expired and must be reset by an administrator.",
            )

    def ask(self, progress: Progress) -> JsonObject:
        """The question, with what is known of the person and what is missing."""
        person = progress.known
        self.check_still_valid(person)
        known = {name: value for name, value in person.attribute_lookup.items() if name != "sub"}
        missing = [PREFIX + name for name in self._directory.missing_attributes(person)]
        parameters = {
            "USER_ID_FOR_SRP": person.username,
            "requiredAttributes": json.dumps(missing),
            "userAttributes": json.dumps(known),
        }
        return self._sessions.ask(Asked(progress, NEW_PASSWORD), parameters)

    def answer(self, asked: Asked, responses: Mapping[str, str]) -> None:
        """The new password with the attributes. Raises AwsError; the Session stays as it is then."""
        person = asked.progress.known
        attributes = self._new_attributes(person, responses)
        self._directory.set_password(person, required_text(responses, "NEW_PASSWORD"))
        person.give(attributes)

    def _new_attributes(self, person: Person, responses: Mapping[str, str]) -> dict[str, str]:
        given = {
            name.removeprefix(PREFIX): value for name, value in responses.items() if name.startswith(PREFIX)
        }
        for name, value in given.items():
            if person.attribute(name) and name in {"email", "phone_number"}:
                raise AwsError("NotAuthorizedException", f"Cannot modify an already provided {name}")
            if name not in self._directory.pool.schema_attributes:
                raise AwsError("InvalidParameterException", "Attributes did not conform to the schema.")
            if name == "phone_number" and not re.fullmatch(r"\+[1-9]\d{1,14}", value):
                raise AwsError("InvalidParameterException", "Invalid phone number format.")
        for name in self._directory.missing_attributes(person):
            if not given.get(name):
                raise AwsError("InvalidParameterException", f"Invalid attributes given, {name} is missing")
        return given
