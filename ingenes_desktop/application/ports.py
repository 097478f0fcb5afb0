"""What the application needs of the world, as Protocols. Adapters keep them; tests may too.

Every method is called on a worker thread, may block at most as long as its attempt lasts, and raises
nothing but AuthError.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.account_panel import TwoStepFactors
from ingenes_desktop.domain.answer import Answer
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.models import (
    AwsCredentials,
    Challenge,
    CodeDelivery,
    CognitoIdentity,
    CognitoTokens,
    Device,
    FileMakerCredentials,
    FileMakerUser,
    NewDevice,
    RenewedTokens,
    SoftwareToken,
    VaultRecord,
)
from ingenes_desktop.domain.secret import Secret


class UnusableRenewalError(AuthError):
    """Nothing usable came of a refresh but the next refresh token, which is the one to go on with.

    Raised by :meth:`UserPool.refresh_tokens` alone, and goes no further than its caller.
    """

    def __init__(self, error: AuthError, refresh_token: Secret) -> None:
        super().__init__(error.code, detail=error.detail)
        self.refresh_token = refresh_token


class DeviceRefusedError(AuthError):
    """Cognito does not take the device (any more): without it, the next sign-in may work.

    Raised by :meth:`UserPool.initiate_auth` and :meth:`UserPool.respond`, and told as what it is: REFUSED.
    """


class UserPool(Protocol):
    """Amazon Cognito user pools: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/"""

    def initiate_auth(
        self, username: str, password: Secret | None, device: Device | None, attempt: Attempt
    ) -> CognitoTokens | Challenge:
        """Tokens, or the question that comes first. Nothing is sent twice, whatever happens.

        ``password`` None: only with the flow USER_AUTH. What needs nobody (PASSWORD_VERIFIER,
        DEVICE_SRP_AUTH for ``device``) is answered on the way.
        """
        ...

    def respond(self, challenge: Challenge, answer: Answer, attempt: Attempt) -> CognitoTokens | Challenge:
        """Answer ``challenge``, with an answer that fits its question. Sent once.

        Not for AuthenticatorQuestion before it is verified, nor where the choice is to set up an
        authenticator: see :meth:`associate_software_token`.
        """
        ...

    def associate_software_token(
        self, holder: Challenge | Secret, account: str, attempt: Attempt
    ) -> SoftwareToken:
        """A new key, for a challenge MFA_SETUP or for whoever holds the access token.

        ``account`` is what the app will call it: the email.
        """
        ...

    def verify_software_token(
        self, holder: Challenge | Secret, code: Secret, attempt: Attempt
    ) -> Secret | None:
        """Hand in the first code; the challenge's next Session (None for an access token). Sent once."""
        ...

    def get_two_step(self, access_token: Secret, attempt: Attempt) -> TwoStepFactors:
        """GetUser's second factors."""
        ...

    def set_software_token(self, access_token: Secret, attempt: Attempt, *, enabled: bool) -> None:
        """SetUserMFAPreference: codes from the app on (and preferred), or off."""
        ...

    def change_password(self, access_token: Secret, old: Secret, new: Secret, attempt: Attempt) -> None:
        """ChangePassword. Sent once."""
        ...

    def resend_confirmation_code(self, username: str, attempt: Attempt) -> CodeDelivery | None:
        """ResendConfirmationCode. Sent once. None: the account is confirmed already."""
        ...

    def confirm_sign_up(self, username: str, code: Secret, attempt: Attempt) -> None:
        """ConfirmSignUp. Sent once. An account that is confirmed already is no error."""
        ...

    def confirm_device(self, access_token: Secret, device: NewDevice, attempt: Attempt) -> Device:
        """ConfirmDevice, with a password made for it."""
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

    def refresh_tokens(
        self, refresh_token: Secret, username: str, device_key: str, attempt: Attempt
    ) -> RenewedTokens:
        """New tokens for the pool's own ``username``. Sent once (twice where the first call is unknown).

        ``device_key`` is "" where Cognito tracks no device.

        A definite refusal has one of the codes of ``application/ending.py``'s ENDS_THE_SESSION.
        """
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


@dataclass(frozen=True, slots=True)
class LastLogin:
    """What became of LastLoginTime. ``before``: what stood there, seconds since 1970; None: not known."""

    written: bool
    before: float | None


class FileMakerSession(Protocol):
    """One Data API session. Lives until :meth:`close`; opens again by itself once when it was lost."""

    def open(self, attempt: Attempt) -> None:
        """Log in. Sent once. After a failure, :meth:`close` ends what the server may have opened."""
        ...

    def find_users(self, email: str, attempt: Attempt) -> FoundUsers:
        """Records of ``@Usuarios`` that FileMaker gives for ``email``; the caller compares exactly."""
        ...

    def record_login(self, user: FileMakerUser, moment: datetime, attempt: Attempt) -> LastLogin:
        """Write LastLoginTime (UTC); not written where the layout shows another base table."""
        ...

    def read_last_login(self, user: FileMakerUser, attempt: Attempt) -> float | None:
        """LastLoginTime as it stands; None where it cannot be told."""
        ...

    def close(self, attempt: Attempt) -> None:
        """DELETE the session. Does nothing where none is open."""
        ...


class FileMaker(Protocol):
    """The FileMaker Data API server that the secret names."""

    def new_session(self, credentials: FileMakerCredentials) -> FileMakerSession:
        """A session that is not open yet. Asks nobody."""
        ...


class VaultLease(Protocol):
    """The vault while no other instance may touch it."""

    def read(self) -> VaultRecord | None:
        """What is there now; None where nothing is, or nothing that can be opened."""
        ...

    def write(self, record: VaultRecord) -> None:
        """Put ``record`` in the place of what is there, whole or not at all."""
        ...


class TokenVault(Protocol):
    """Where "Keep me signed in" keeps a session. May block for as long as a keyring's prompt stands.

    Raises AuthError alone: SESSION_NOT_RESTORED for what is there and cannot be used (it has been
    cleared by then, unless a newer version wrote it), SESSION_NOT_KEPT where nothing can be kept.
    """

    def open(self) -> VaultRecord | None:
        """What is kept; None where nothing is."""
        ...

    def seal(self, record: VaultRecord) -> None:
        """Keep ``record``, under a new key, in the place of anything else: an interactive sign-in."""
        ...

    def exclusive(self, attempt: Attempt) -> AbstractContextManager[VaultLease]:
        """Hold the vault against every other instance; waits at most as long as the attempt lasts.

        Raises NOT_RESPONDING when another one holds it for too long.
        """
        ...

    def clear(self) -> None:
        """Forget everything: the key first, then the file; then look that both are gone."""
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
