"""The settings of one run, after every source was read and checked. Read-only."""

from collections.abc import Mapping
from re import match
from types import MappingProxyType

from ingenes_desktop.domain.machine import (
    Appearance,
    AuthFlow,
    CompanyCheck,
    Language,
    Limits,
    MachineKind,
    ScreenKeyboardUse,
    SessionLimits,
)
from ingenes_desktop.domain.password_policy import PasswordPolicy
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import Value

_LOOPBACK = r"https?://(?:localhost|127\.[0-9.]+|\[::1\])(?::[0-9]+)?/?$"


class Endpoints(Value):
    """Where each service is reached instead of at its public address; None is the public address."""

    cognito_idp: str | None = None
    cognito_identity: str | None = None
    secrets_manager: str | None = None

    @property
    def all_on_loopback(self) -> bool:
        """Whether this run talks to a cloud on this machine alone (tests, a rehearsal)."""
        addresses = (self.cognito_idp, self.cognito_identity, self.secrets_manager)
        return all(address is not None and match(_LOOPBACK, address) for address in addresses)


class FileMakerRules(Value):
    """Which FileMaker hosts the secret may name (an empty list allows any https host)."""

    host_suffixes: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    on_premises: bool = False
    """Whether the host may resolve to a loopback or link-local address."""


class Settings(Value):
    """What the composition root builds from. ``sources`` says where each value came from."""

    region: str
    user_pool_id: str
    client_id: str
    client_secret: Secret | None
    identity_pool_id: str
    filemaker_secret_name: str
    auth_flow: AuthFlow = AuthFlow.USER_PASSWORD_AUTH
    endpoints: Endpoints = Endpoints()
    language: Language | None = None
    appearance: Appearance | None = None
    """Of these two, None leaves it to the person, and then to the system."""
    log_level: str = "INFO"
    machine: MachineKind = MachineKind.PERSONAL
    screen_keyboard: ScreenKeyboardUse = ScreenKeyboardUse.AUTO
    clinic: str = ""
    company_check: CompanyCheck = CompanyCheck.REFUSE
    company_names: Mapping[str, str] = MappingProxyType({})
    password_policy: PasswordPolicy = PasswordPolicy()
    filemaker: FileMakerRules = FileMakerRules()
    proxy: str = "system"
    limits: Limits = Limits()
    session: SessionLimits = SessionLimits.of(MachineKind.PERSONAL)
    sources: Mapping[str, str] = MappingProxyType({})

    @property
    def issuer(self) -> str:
        """The tokens' issuer: it follows from region and pool, whatever the endpoint.

        https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
        """
        return f"https://{self.login_provider}"

    @property
    def login_provider(self) -> str:
        """The user pool's name in an identity pool's Logins."""
        return f"cognito-idp.{self.region}.amazonaws.com/{self.user_pool_id}"

    def endpoint(self, service: str) -> str:
        """The address of "cognito-idp", "cognito-identity" or "secretsmanager"."""
        override = {
            "cognito-idp": self.endpoints.cognito_idp,
            "cognito-identity": self.endpoints.cognito_identity,
            "secretsmanager": self.endpoints.secrets_manager,
        }[service]
        return override or f"https://{service}.{self.region}.amazonaws.com"
