"""The one state of the application. Frozen, and nothing in it is secret."""

from dataclasses import dataclass
from enum import Enum, unique
from typing import TYPE_CHECKING

from ingenes_desktop.domain.errors import Problem

if TYPE_CHECKING:
    from ingenes_desktop.domain.user import User  # who is signed in is not known at the first paint


@unique
class SignInStep(Enum):
    """The five steps a person sees, in order."""

    PASSWORD = 1
    ACCESS = 2
    CONFIGURATION = 3
    FILEMAKER = 4
    RECORD = 5


@dataclass(frozen=True, slots=True)
class SignedOut:
    """The sign-in form. ``username`` is what the field starts with; ``problem`` why the person is here."""

    username: str = ""
    remember: bool = False
    problem: Problem | None = None
    notice: Problem | None = None
    """A calm word beside the form, such as a keyring that cannot be had."""


@dataclass(frozen=True, slots=True)
class SigningIn:
    """The chain runs."""

    username: str
    remember: bool
    step: SignInStep = SignInStep.PASSWORD
    notice: Problem | None = None


@dataclass(frozen=True, slots=True)
class NewPasswordRequired:
    """Cognito asks for a new password before it gives tokens (NEW_PASSWORD_REQUIRED)."""

    username: str
    remember: bool
    busy: bool = False
    problem: Problem | None = None
    notice: Problem | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The profile."""

    user: "User"
    username: str
    remember: bool
    notice: Problem | None = None


@dataclass(frozen=True, slots=True)
class ResetRequested:
    """Reset, step 1: the email is asked for."""

    username: str
    remember: bool
    busy: bool = False
    problem: Problem | None = None
    notice: Problem | None = None


@dataclass(frozen=True, slots=True)
class ResetCodeSent:
    """Reset, step 2: the code and the new password are asked for.

    ``sent`` counts the codes sent, so that a view knows when to start its countdown anew.
    """

    username: str
    remember: bool
    destination: str
    sent: int = 1
    busy: bool = False
    resending: bool = False
    problem: Problem | None = None
    notice: Problem | None = None


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    """Reset, step 3: done."""

    username: str
    remember: bool
    notice: Problem | None = None


@dataclass(frozen=True, slots=True)
class Unavailable:
    """This computer's configuration is wrong: nothing can be typed until it is mended."""

    problem: Problem


AuthState = (
    SignedOut
    | SigningIn
    | NewPasswordRequired
    | SignedIn
    | ResetRequested
    | ResetCodeSent
    | PasswordChanged
    | Unavailable
)
