"""The machine the window stands on, and what is the administrator's to decide about it."""

from enum import Enum, unique

from ingenes_desktop.domain.value import Value


@unique
class MachineKind(Enum):
    """Whose machine it is: one person's, a desk's, or anybody's."""

    PERSONAL = "personal"
    SHARED = "shared"
    KIOSK = "kiosk"


@unique
class CompanyCheck(Enum):
    """What happens when the record's company is not the account's."""

    REFUSE = "refuse"
    LOG = "log"
    OFF = "off"


@unique
class Language(Enum):
    """The languages of the window."""

    SPANISH = "es"
    ENGLISH = "en"


@unique
class Appearance(Enum):
    """How the window looks: as the system does, or as somebody chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@unique
class ScreenKeyboardUse(Enum):
    """Where the window has a button for the system's on-screen keyboard."""

    AUTO = "auto"
    """On a kiosk with a touch screen."""
    ON = "on"
    """On this machine, whatever kind it is."""
    OFF = "off"


@unique
class AuthFlow(Enum):
    """How a password reaches Cognito: InitiateAuth's AuthFlow."""

    USER_PASSWORD_AUTH = "USER_PASSWORD_AUTH"  # noqa: S105  a flow's name
    """As it is, inside TLS."""
    USER_SRP_AUTH = "USER_SRP_AUTH"
    """Never: only the proof that it is known."""
    USER_AUTH = "USER_AUTH"
    """The person may choose another first factor."""
    CUSTOM_AUTH = "CUSTOM_AUTH"
    """By proof, and then the pool's own questions."""


class Limits(Value):
    """How long anything may take, in seconds."""

    connect: float = 4.0
    read: float = 10.0
    name_lookup: float = 4.0
    step: float = 15.0
    attempt: float = 45.0
    tidy_up: float = 10.0
    tidy_up_on_quit: float = 1.5
    keyring_at_start: float = 5.0
    keyring_on_save: float = 30.0
    filemaker_unused: float = 60.0
    resend_code: float = 30.0
    challenge: float = 180.0
    """The time to answer a challenge: the app client's AuthSessionValidity, three minutes by default."""


class SessionLimits(Value):
    """How long a person stays signed in, in seconds."""

    idle: float
    """Without a hand on the computer, until the person is warned."""
    countdown: float
    """From the warning to the sign-out."""
    longest: float = 12 * 3600.0
    """From the interactive sign-in, whatever was renewed meanwhile."""
    renew_before: float = 300.0
    """Before the ID token expires, new tokens are asked for."""
    retry_first: float = 30.0
    retry_longest: float = 300.0
    """Pauses between two tries to renew, the first and the longest."""

    @classmethod
    def of(cls, machine: MachineKind) -> "SessionLimits":
        """The defaults for a kind of machine."""
        match machine:
            case MachineKind.PERSONAL:
                return cls(idle=15 * 60.0, countdown=60.0)
            case MachineKind.SHARED:
                return cls(idle=5 * 60.0, countdown=30.0)
            case MachineKind.KIOSK:
                return cls(idle=2 * 60.0, countdown=20.0)
