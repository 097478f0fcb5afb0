"""A person of the demo's user pool: moto's user, and what moto does not keep of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from moto.cognitoidp.models import CognitoIdpUser, UserStatus

from ingenes_desktop.demo.srp_server import Verifier

SOFTWARE_TOKEN, SMS, EMAIL = "SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"
SECOND_FACTORS = (SMS, SOFTWARE_TOKEN, EMAIL)


@dataclass(slots=True)
class TrackedDevice:
    """A device that Cognito knows: named in NewDeviceMetadata, and confirmed once it has a verifier."""

    key: str
    group_key: str
    verifier: Verifier | None = None


@dataclass(slots=True)
class Traits:
    """What makes one person's sign-in another than the next one's.

    In Cognito the pool decides most of it, for everybody; here it is one person's, so that one pool can show
    everything.
    """

    requires_mfa: bool = False
    required_attributes: tuple[str, ...] = ()
    first_factors: tuple[str, ...] = ()
    """Instead of what follows from the person's attributes."""
    question: str = ""
    """Asked by CUSTOM_CHALLENGE in the flow CUSTOM_AUTH."""
    answer: str = ""
    trigger_error: str = ""
    """What a PreAuthentication trigger refuses with."""
    tracks_devices: bool = False


@dataclass(slots=True)
class Factors:
    """The second factors that are on, and what they need."""

    enabled: set[str] = field(default_factory=set)
    preferred: str = ""
    key: str = ""
    """Of the authenticator app, in base32; "" where none was verified."""
    pending_key: str = ""
    """Of an app that was just set up, before its first code was taken."""
    taken_steps: set[int] = field(default_factory=set)
    email: str = ""
    """Where codes go, if not to the address the person signs in with."""


class Person(CognitoIdpUser):
    """moto's user with Cognito's memory. The ``sub`` follows from pool and address."""

    def __init__(
        self, pool_id: str, email: str, password: str, status: UserStatus, attributes: Mapping[str, str]
    ) -> None:
        pairs = [{"Name": name, "Value": value} for name, value in attributes.items() if value]
        super().__init__(pool_id, None, password, status, pairs)
        self.id = self.username = str(uuid5(NAMESPACE_URL, f"{pool_id}/{email}"))
        self.update_attributes([{"Name": "sub", "Value": self.id}])
        self.traits = Traits()
        self.factors = Factors()
        self.devices: dict[str, TrackedDevice] = {}
        self.earlier_passwords: list[Verifier] = []
        self.verifier = Verifier.of(self.srp_identity, password)

    @property
    def srp_identity(self) -> str:
        """The name that the verifier and every proof are of."""
        return self.user_pool_id.partition("_")[2] + self.username

    @property
    def has_password(self) -> bool:
        """Whether it is good for a sign-in; not for somebody with nothing but a passkey."""
        return not self.traits.first_factors or "PASSWORD" in self.traits.first_factors

    def keep_password(self, password: str) -> None:
        """Another password; the one before is remembered as used."""
        self.earlier_passwords.append(self.verifier)
        self.verifier = Verifier.of(self.srp_identity, password)
        self.password = password  # for moto, where its answers are not judged

    def has_used(self, password: str, among: int) -> bool:
        """Whether it is one of the newest ``among`` passwords, the present one included."""
        kept = [*self.earlier_passwords, self.verifier]
        return among > 0 and any(verifier.is_of(password) for verifier in kept[-among:])

    def attribute(self, name: str) -> str:
        """An attribute's value, or ""."""
        return str(self.attribute_lookup.get(name, ""))

    def give(self, attributes: Mapping[str, str]) -> None:
        """Attributes with new values."""
        self.update_attributes([{"Name": name, "Value": value} for name, value in attributes.items()])

    def turn_on(self, factor: str) -> None:
        """A second factor, from now on; the first one is the preferred one."""
        self.factors.enabled.add(factor)
        self.factors.preferred = self.factors.preferred or factor
