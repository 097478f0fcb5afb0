"""The one state of the application. Frozen, and nothing in it is secret."""

from enum import Enum, unique
from typing import TYPE_CHECKING

from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.value import Value

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


class SignedOut(Value):
    """The sign-in form. ``username`` is what the field starts with; ``problem`` why the person is here."""

    username: str = ""
    remember: bool = False
    problem: Problem | None = None
    notice: Problem | None = None
    """A calm word beside the form, such as a keyring that cannot be had."""


class SigningIn(Value):
    """The chain runs."""

    username: str
    remember: bool
    step: SignInStep = SignInStep.PASSWORD
    notice: Problem | None = None


class NewPasswordRequired(Value):
    """Cognito asks for a new password before it gives tokens (NEW_PASSWORD_REQUIRED)."""

    username: str
    remember: bool
    busy: bool = False
    problem: Problem | None = None
    notice: Problem | None = None


class SignedIn(Value):
    """The profile."""

    user: "User"
    username: str
    remember: bool
    notice: Problem | None = None


class ResetRequested(Value):
    """Reset, step 1: the email is asked for."""

    username: str
    remember: bool
    busy: bool = False
    problem: Problem | None = None
    notice: Problem | None = None


class ResetCodeSent(Value):
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


class PasswordChanged(Value):
    """Reset, step 3: done."""

    username: str
    remember: bool
    notice: Problem | None = None


class Unavailable(Value):
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
