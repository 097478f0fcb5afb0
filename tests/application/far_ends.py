"""Far ends in memory that keep the application's Protocols: they count, and fail when told to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import (
    FarEnds,
    FileMakerSession,
    FoundUsers,
    LastLogin,
    VaultLease,
)
from ingenes_desktop.application.session import Clocks
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
from ingenes_desktop.domain.question import AuthenticatorKey, Factor
from ingenes_desktop.domain.secret import Secret

EMAIL = "ana@clinica.example"
IDENTITY = CognitoIdentity(
    "sub-1", "ana", EMAIL, True, customer_id="2", store_name="Centro",
    auth_time=900.0, origin_jti="origin-1", lifetime=3600.0,
)  # fmt: skip


def user(record_id: str = "7", **fields: str) -> FileMakerUser:
    """A record of Ana's, but for what ``fields`` say."""
    values = {
        "table": "Usuarios", "user_id": "5001", "full_name": "Ana Ortega", "email": EMAIL,
        "company_id": "2", "user_type": "Administrador", "username": "aortega", "phone": "555",
    }  # fmt: skip
    return FileMakerUser(record_id, **{**values, **fields}, registered_on=None)


class Clock:
    """A clock that a test moves."""

    def __init__(self, now: float = 1_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class Vault:
    """A vault in memory that keeps the Protocols. ``fails`` names the calls that raise, as Cloud's does."""

    def __init__(self) -> None:
        self.record: VaultRecord | None = None
        self.fails: dict[str, list[AuthError]] = {}
        self.calls: list[str] = []
        self.is_held = False
        self.before: Callable[[str], None] = lambda _call: None

    def _happen(self, call: str) -> None:
        self.calls.append(call)
        self.before(call)
        if self.fails.get(call):
            raise self.fails[call].pop(0)

    def open(self) -> VaultRecord | None:
        self._happen("open")
        return self.record

    def seal(self, record: VaultRecord) -> None:
        self._happen("seal")
        self.record = record

    @contextmanager
    def exclusive(self, attempt: Attempt) -> Iterator[VaultLease]:
        self._happen("lock")
        assert not self.is_held
        self.is_held = True
        try:
            yield self
        finally:
            self.is_held = False
            self.calls.append("unlock")

    def read(self) -> VaultRecord | None:
        assert self.is_held
        self._happen("read")
        return self.record

    def write(self, record: VaultRecord) -> None:
        assert self.is_held
        self._happen("write")
        self.record = record

    def clear(self) -> None:
        self._happen("clear")
        self.record = None

    def kept(self) -> VaultRecord:
        """What is in it."""
        assert self.record is not None
        return self.record


@dataclass
class Cloud:
    """All far ends at once. ``fails`` names the calls that raise; ``calls`` is what happened."""

    clock: Clock = field(default_factory=Clock)
    fails: dict[str, list[AuthError]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    answer: CognitoTokens | Challenge = field(
        default_factory=lambda: CognitoTokens(Secret("id"), Secret("access"), Secret("refresh"), 3600)
    )
    identity: CognitoIdentity = IDENTITY
    email: tuple[str, bool | None] = ("", None)
    users: tuple[FileMakerUser, ...] = field(default_factory=lambda: (user(),))
    credentials_live: float = 3600.0
    open_sessions: int = 0
    before: Callable[[str], None] = lambda _call: None
    rotates: bool = False
    is_confirmed: bool = False
    """Whether the account is, before a code is sent."""
    renewed: RenewedTokens | None = None
    """What the next refresh gives; None for new tokens."""
    refresh_tokens_used: list[str] = field(default_factory=list)
    device_keys_used: list[str] = field(default_factory=list)
    access_tokens_used: list[str] = field(default_factory=list)
    passwords: list[Secret | None] = field(default_factory=list)
    devices_shown: list[Device | None] = field(default_factory=list)
    responses: list[tuple[Challenge, Answer]] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    """What an authenticator app was to call the account."""
    sessions_shown: list[Secret] = field(default_factory=list)
    factors: TwoStepFactors = field(default_factory=TwoStepFactors)
    requires_two_step: bool = False
    """Turning it off is answered rightly, and changes nothing."""
    revoked: list[str] = field(default_factory=list)
    last_login: float | None = 800.0

    def happen(self, call: str) -> None:
        self.calls.append(call)
        self.before(call)
        if self.fails.get(call):
            raise self.fails[call].pop(0)

    @property
    def clocks(self) -> Clocks:
        """One clock for all three."""
        return Clocks(self.clock, self.clock, self.clock)

    def far_ends(self) -> FarEnds:
        return FarEnds(self, self, self, self, self)

    # The user pool.
    def initiate_auth(
        self, username: str, password: Secret | None, device: Device | None, attempt: Attempt
    ) -> CognitoTokens | Challenge:
        self.passwords.append(password)
        self.devices_shown.append(device)
        self.happen("InitiateAuth")
        return self.answer

    def respond(self, challenge: Challenge, answer: Answer, attempt: Attempt) -> CognitoTokens | Challenge:
        self.responses.append((challenge, answer))
        self.happen("RespondToAuthChallenge")
        return self.answer

    def associate_software_token(
        self, holder: Challenge | Secret, account: str, attempt: Attempt
    ) -> SoftwareToken:
        self.accounts.append(account)
        self.happen("AssociateSoftwareToken")
        key = AuthenticatorKey(Secret("ABCDEFGHIJKLMNOP"), Secret("010\n101"))
        return SoftwareToken(key, Secret("associated") if isinstance(holder, Challenge) else None)

    def verify_software_token(
        self, holder: Challenge | Secret, code: Secret, attempt: Attempt
    ) -> Secret | None:
        self.sessions_shown.append(holder.session if isinstance(holder, Challenge) else holder)
        self.happen(f"VerifySoftwareToken {code.reveal()}")
        return Secret("verified") if isinstance(holder, Challenge) else None

    def get_two_step(self, access_token: Secret, attempt: Attempt) -> TwoStepFactors:
        self.access_tokens_used.append(access_token.reveal())
        self.happen("GetUser")
        return self.factors

    def set_software_token(self, access_token: Secret, attempt: Attempt, *, enabled: bool) -> None:
        self.access_tokens_used.append(access_token.reveal())
        self.happen("SetUserMFAPreference on" if enabled else "SetUserMFAPreference off")
        if enabled or not self.requires_two_step:
            self.factors = TwoStepFactors((Factor.TOTP,), Factor.TOTP) if enabled else TwoStepFactors()

    def change_password(self, access_token: Secret, old: Secret, new: Secret, attempt: Attempt) -> None:
        self.access_tokens_used.append(access_token.reveal())
        self.happen("ChangePassword")

    def resend_confirmation_code(self, username: str, attempt: Attempt) -> CodeDelivery | None:
        self.happen("ResendConfirmationCode")
        return None if self.is_confirmed else CodeDelivery("a***@c***", "EMAIL")

    def confirm_sign_up(self, username: str, code: Secret, attempt: Attempt) -> None:
        self.happen(f"ConfirmSignUp {code.reveal()}")

    def confirm_device(self, access_token: Secret, device: NewDevice, attempt: Attempt) -> Device:
        self.access_tokens_used.append(access_token.reveal())
        self.happen(f"ConfirmDevice {device.key}")
        return Device(device.key, device.group_key, Secret("device-password"))

    def get_email(self, access_token: Secret, attempt: Attempt) -> tuple[str, bool | None]:
        self.happen("GetUser")
        return self.email

    def forgot_password(self, username: str, attempt: Attempt) -> CodeDelivery:
        self.happen("ForgotPassword")
        return CodeDelivery("a***@c***", "EMAIL")

    def confirm_forgot_password(
        self, username: str, code: str, new_password: Secret, attempt: Attempt
    ) -> None:
        self.happen(f"ConfirmForgotPassword {code}")

    def refresh_tokens(
        self, refresh_token: Secret, username: str, device_key: str, attempt: Attempt
    ) -> RenewedTokens:
        self.refresh_tokens_used.append(refresh_token.reveal())
        self.device_keys_used.append(device_key)
        self.happen(f"Refresh {username}")
        number = len(self.refresh_tokens_used)
        rotated = Secret(f"refresh-{number}") if self.rotates else None
        return self.renewed or RenewedTokens(
            Secret(f"id-{number}"), Secret(f"access-{number}"), rotated, 3600
        )

    def revoke_token(self, refresh_token: Secret, attempt: Attempt) -> None:
        self.happen("RevokeToken")
        self.revoked.append(refresh_token.reveal())

    def global_sign_out(self, access_token: Secret, attempt: Attempt) -> None:
        self.happen("GlobalSignOut")

    # The rest of the chain.
    def verify(self, id_token: Secret, attempt: Attempt) -> CognitoIdentity:
        self.happen("verify")
        return self.identity

    def get_id(self, id_token: Secret, attempt: Attempt) -> str:
        self.happen("GetId")
        return "us-east-1:identity"

    def get_credentials(self, identity_id: str, id_token: Secret, attempt: Attempt) -> AwsCredentials:
        self.happen("GetCredentialsForIdentity")
        return AwsCredentials("AK", Secret("sk"), Secret("st"), self.clock.now + self.credentials_live)

    def get_filemaker_credentials(
        self, credentials: AwsCredentials, attempt: Attempt
    ) -> FileMakerCredentials:
        self.happen("GetSecretValue")
        return FileMakerCredentials("https://fm.example/fmi", Secret("webapp"), Secret("ñ"))

    def new_session(self, credentials: FileMakerCredentials) -> FileMakerSession:
        return self

    def open(self, attempt: Attempt) -> None:
        self.happen("POST sessions")
        self.open_sessions += 1

    def find_users(self, email: str, attempt: Attempt) -> FoundUsers:
        self.happen("_find")
        return FoundUsers(self.users, len(self.users))

    def record_login(self, user: FileMakerUser, moment: datetime, attempt: Attempt) -> LastLogin:
        self.happen("LastLoginTime")
        return LastLogin(written=True, before=self.last_login)

    def read_last_login(self, user: FileMakerUser, attempt: Attempt) -> float | None:
        self.happen("LastLoginTime read")
        return self.last_login

    def close(self, attempt: Attempt) -> None:
        if self.open_sessions:
            self.open_sessions -= 1
            self.happen("DELETE sessions")


def attempt_for(clock: Clock) -> Attempt:
    """An attempt with room to spare."""
    return Attempt(clock=clock, step_seconds=15, total_seconds=45)
