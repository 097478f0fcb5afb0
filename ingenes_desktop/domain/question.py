"""What Cognito may ask before it lets a person in, as values; nothing in them is what was answered."""

from enum import Enum, unique

from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import Value


@unique
class Factor(Enum):
    """A way to prove who one is, under Cognito's own name.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
    """

    TOTP = "SOFTWARE_TOKEN_MFA"
    SMS = "SMS_MFA"
    EMAIL = "EMAIL_OTP"
    SMS_FIRST = "SMS_OTP"
    """A code by SMS as the first factor, instead of a password."""
    PASSWORD = "PASSWORD"  # noqa: S105  a factor's name
    PASSWORD_SRP = "PASSWORD_SRP"  # noqa: S105  likewise


@unique
class ChoicePurpose(Enum):
    """What a choice of factors is about."""

    VERIFY = "SELECT_MFA_TYPE"
    """Which of the person's second factors to use now."""
    SIGN_IN = "SELECT_CHALLENGE"
    """Which first factor to use."""
    SET_UP = "MFA_SETUP"
    """Which second factor to set up, where one is required and there is none yet."""


class NewPasswordQuestion(Value):
    """NEW_PASSWORD_REQUIRED."""

    attributes: tuple[str, ...] = ()
    """Required attributes that the account lacks, by Cognito's names ("phone_number", "custom:area")."""


class CodeQuestion(Value):
    """A code from an app, an SMS or an email: SOFTWARE_TOKEN_MFA, SMS_MFA, SMS_OTP, EMAIL_OTP."""

    factor: Factor
    destination: str = ""
    """Where the code was sent, masked by Cognito; plain text. "" for an app, or where it is not said."""


class ChoiceQuestion(Value):
    """SELECT_MFA_TYPE, SELECT_CHALLENGE, or MFA_SETUP with more than one way. At least one factor."""

    purpose: ChoicePurpose
    factors: tuple[Factor, ...]


class PasswordQuestion(Value):
    """The password was chosen as the first factor, and none was typed yet."""

    factor: Factor = Factor.PASSWORD
    """How it travels: PASSWORD, or PASSWORD_SRP where the pool offers nothing else."""


class AuthenticatorKey(Value):
    """What an authenticator app is told. Secrets, because the state must hold them, and no log may."""

    text: Secret
    """The key in base32, to be typed."""
    symbol: Secret
    """The QR code of its otpauth address, quiet zone included: a line of "0" and "1" (dark) for each row."""


class AuthenticatorQuestion(Value):
    """MFA_SETUP: a new key for an authenticator app, and the first code from it."""

    key: AuthenticatorKey


class EmailQuestion(Value):
    """MFA_SETUP: the address that codes are to be sent to."""


class CustomQuestion(Value):
    """CUSTOM_CHALLENGE: a question of the clinic's own."""

    text: str = ""
    """Plain text and bounded; "" where the pool's trigger says nothing that can be shown."""


class UnsupportedQuestion(Value):
    """WEB_AUTHN, or anything that this application does not know."""

    name: str
    """A short token: Cognito's name of it, or of what it offers."""


AnswerableQuestion = (
    NewPasswordQuestion
    | CodeQuestion
    | ChoiceQuestion
    | PasswordQuestion
    | AuthenticatorQuestion
    | EmailQuestion
    | CustomQuestion
)
Question = AnswerableQuestion | UnsupportedQuestion
