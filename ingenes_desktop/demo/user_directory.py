"""The people of the demo's user pool: moto keeps them, this room finds and changes them."""

import re
from collections.abc import Mapping
from datetime import datetime

from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool, CognitoIdpUserPoolClient, UserStatus

from ingenes_desktop.demo.aws_request import AwsError
from ingenes_desktop.demo.person import Person

SYMBOLS = frozenset("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ")
"""https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html"""


class UserDirectory:
    """One user pool whose usernames are e-mail addresses, compared without regard to case."""

    def __init__(self, pool: CognitoIdpUserPool) -> None:
        self.pool = pool

    def client(self, client_id: str) -> CognitoIdpUserPoolClient:
        """The application client. Raises AwsError ResourceNotFoundException."""
        client = self.pool.clients.get(client_id)
        if client is None:
            raise AwsError("ResourceNotFoundException", f"User pool client {client_id} does not exist.")
        return client

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody."""
        return tuple(user for user in self.pool.users.values() if isinstance(user, Person))

    def find(self, username: str) -> Person | None:
        """The person of that e-mail address or that real username (a UUID), if there is one.

        moto compares the address with regard to case whatever the pool says.
        """
        wanted = username.casefold()
        people = self.people
        named = next((each for each in people if each.attribute("email").casefold() == wanted), None)
        return named or next((each for each in people if each.username == username), None)

    def set_password(self, person: Person, password: str) -> None:
        """A permanent password; the person is CONFIRMED afterwards.

        Raises AwsError where it is too weak, or one of the person's newest ones.
        """
        self.check_password(password)
        if person.has_used(password, int(self._password_policy.get("PasswordHistorySize", 0))):
            raise AwsError("PasswordHistoryPolicyViolationException", "Password has previously been used.")
        person.keep_password(password)
        person.status = UserStatus.CONFIRMED

    def check_password(self, password: str) -> None:
        """Raises AwsError InvalidPasswordException with the first rule that is broken."""
        if not re.fullmatch(r"\S.*\S|\S", password, re.DOTALL) or len(password) > 256:  # noqa: PLR2004  Cognito's
            raise AwsError(
                "InvalidParameterException",
                "1 validation error detected: Value at 'password' failed to satisfy constraint: "
                "Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
            )
        broken = broken_rule(password, self._password_policy)
        if broken:
            raise AwsError("InvalidPasswordException", f"Password did not conform with policy: {broken}")

    def missing_attributes(self, person: Person) -> list[str]:
        """What the pool requires of everybody, or of this person, and the person does not have yet."""
        required = [name for name, attribute in self.pool.schema_attributes.items() if attribute.required]
        required += [name for name in person.traits.required_attributes if name not in required]
        return [name for name in required if name != "sub" and not person.attribute(name)]

    @property
    def _password_policy(self) -> dict[str, int]:
        policy: dict[str, int] = self.pool.extended_config["Policies"]["PasswordPolicy"]
        return policy


def broken_rule(password: str, policy: Mapping[str, object]) -> str:
    """Cognito's words for the first broken rule, or ""."""
    minimum = policy.get("MinimumLength", 8)
    checks = (
        (True, len(password) >= (minimum if isinstance(minimum, int) else 8), "Password not long enough"),
        (
            policy.get("RequireLowercase"),
            re.search("[a-z]", password),
            "Password must have lowercase characters",
        ),
        (
            policy.get("RequireUppercase"),
            re.search("[A-Z]", password),
            "Password must have uppercase characters",
        ),
        (policy.get("RequireNumbers"), re.search("[0-9]", password), "Password must have numeric characters"),
        (policy.get("RequireSymbols"), SYMBOLS & set(password), "Password must have symbol characters"),
    )
    return next((words for wanted, found, words in checks if wanted and not found), "")


def hides_existence(client: CognitoIdpUserPoolClient) -> bool:
    """Whether the client answers for an unknown person as for a known one.

    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
    """
    return bool(client.extended_config.get("PreventUserExistenceErrors") == "ENABLED")


def created_at(user: CognitoIdpUser) -> float:
    """When the person was invited, in seconds since 1970 (moto keeps a naive UTC time)."""
    created: datetime = user.create_date
    return (created - datetime(1970, 1, 1)).total_seconds()  # noqa: DTZ001  both are naive UTC
