"""The people of the demo's user pool: moto keeps them, this room finds and changes them."""

import re
from collections.abc import Mapping
from datetime import datetime

from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool, CognitoIdpUserPoolClient, UserStatus

from ingenes_desktop.demo.aws_request import AwsError

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

    def find(self, username: str) -> CognitoIdpUser | None:
        """The person of that e-mail address or that real username (a UUID), if there is one.

        moto compares the address with regard to case whatever the pool says.
        """
        wanted = username.casefold()
        for user in self.pool.users.values():
            if user.attribute_lookup.get("email", "").casefold() == wanted:
                return user
        return self.pool.users.get(username)

    def set_password(self, user: CognitoIdpUser, password: str) -> None:
        """A permanent password; the person is CONFIRMED afterwards. Raises AwsError where it is too weak."""
        self.check_password(password)
        user.password = password
        user.status = UserStatus.CONFIRMED

    def check_password(self, password: str) -> None:
        """Raises AwsError InvalidPasswordException with the first rule that is broken."""
        if not re.fullmatch(r"\S.*\S|\S", password, re.DOTALL) or len(password) > 256:  # noqa: PLR2004  Cognito's
            raise AwsError(
                "InvalidParameterException",
                "1 validation error detected: Value at 'password' failed to satisfy constraint: "
                "Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
            )
        broken = broken_rule(password, self.pool.extended_config["Policies"]["PasswordPolicy"])
        if broken:
            raise AwsError("InvalidPasswordException", f"Password did not conform with policy: {broken}")

    def missing_attributes(self, user: CognitoIdpUser) -> list[str]:
        """What the pool requires of everybody and this person does not have yet."""
        return [
            name
            for name, attribute in self.pool.schema_attributes.items()
            if attribute.required and name != "sub" and not user.attribute_lookup.get(name)
        ]


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
