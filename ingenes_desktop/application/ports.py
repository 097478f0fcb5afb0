"""What the application needs of the world, as Protocols. Adapters keep them; tests may too.

Every method is called on a worker thread, may block at most as long as its attempt lasts, and raises
nothing but AuthError.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.models import (
    AwsCredentials,
    Challenge,
    CodeDelivery,
    CognitoIdentity,
    CognitoTokens,
    FileMakerCredentials,
    FileMakerUser,
)
from ingenes_desktop.domain.secret import Secret


class UserPool(Protocol):
    """Amazon Cognito user pools: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/"""

    def initiate_auth(self, username: str, password: Secret, attempt: Attempt) -> CognitoTokens | Challenge:
        """USER_PASSWORD_AUTH: tokens, or the question that comes first. Sent once, whatever happens."""
        ...

    def answer_new_password(
        self, challenge: Challenge, new_password: Secret, attempt: Attempt
    ) -> CognitoTokens | Challenge:
        """Answer NEW_PASSWORD_REQUIRED. Sent once."""
        ...

    def get_email(self, access_token: Secret, attempt: Attempt) -> tuple[str, bool | None]:
        """The account's email ("" for none) and whether it is verified (None: not said)."""
        ...

    def forgot_password(self, username: str, attempt: Attempt) -> CodeDelivery:
        """Ask for a reset code. Sent once. A success proves nothing about the account."""
        ...

    def confirm_forgot_password(
        self, username: str, code: str, new_password: Secret, attempt: Attempt
    ) -> None:
        """Hand in the code and the new password. Sent once."""
        ...

    def revoke_token(self, refresh_token: Secret, attempt: Attempt) -> None:
        """End this sign-in's tokens; OPERATION_NOT_OFFERED where the service does not know the call."""
        ...

    def global_sign_out(self, access_token: Secret, attempt: Attempt) -> None:
        """End every sign-in of this account."""
        ...


class IdTokenVerifier(Protocol):
    """Checks an ID token against the pool's keys."""

    def verify(self, id_token: Secret, attempt: Attempt) -> CognitoIdentity:
        """The claims of a token that is genuine, for this client, and in time."""
        ...


class IdentityPool(Protocol):
    """Amazon Cognito identity pools (enhanced flow)."""

    def get_id(self, id_token: Secret, attempt: Attempt) -> str: ...

    def get_credentials(self, identity_id: str, id_token: Secret, attempt: Attempt) -> AwsCredentials: ...


class SecretStore(Protocol):
    """AWS Secrets Manager."""

    def get_filemaker_credentials(
        self, credentials: AwsCredentials, attempt: Attempt
    ) -> FileMakerCredentials: ...


@dataclass(frozen=True, slots=True)
class FoundUsers:
    """What a find gave: the records, and how many FileMaker found in all."""

    users: tuple[FileMakerUser, ...]
    found_count: int


class FileMakerSession(Protocol):
    """One Data API session. Lives until :meth:`close`; opens again by itself once when it was lost."""

    def open(self, attempt: Attempt) -> None:
        """Log in. Sent once. After a failure, :meth:`close` ends what the server may have opened."""
        ...

    def find_users(self, email: str, attempt: Attempt) -> FoundUsers:
        """Records of ``@Usuarios`` that FileMaker gives for ``email``; the caller compares exactly."""
        ...

    def record_login(self, user: FileMakerUser, moment: datetime, attempt: Attempt) -> bool:
        """Write LastLoginTime (UTC); False where the layout shows another base table."""
        ...

    def close(self, attempt: Attempt) -> None:
        """DELETE the session. Does nothing where none is open."""
        ...


class FileMaker(Protocol):
    """The FileMaker Data API server that the secret names."""

    def new_session(self, credentials: FileMakerCredentials) -> FileMakerSession:
        """A session that is not open yet. Asks nobody."""
        ...


class UsernameStore(Protocol):
    """Where the remembered username is kept. May block for as long as a prompt stands."""

    def load(self) -> str: ...

    def save(self, username: str) -> None: ...

    def erase(self) -> None: ...


@dataclass(frozen=True, slots=True)
class FarEnds:
    """Every far end of the chain, as the composition root made them."""

    user_pool: UserPool
    id_token_verifier: IdTokenVerifier
    identity_pool: IdentityPool
    secret_store: SecretStore
    filemaker: FileMaker
