"""What can happen to the state: a wish of the person's, or news from the chain."""

from dataclasses import dataclass

from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.user import User


@dataclass(frozen=True, slots=True)
class UsernameRecalled:
    """The keyring gave the remembered name."""

    username: str


@dataclass(frozen=True, slots=True)
class NoticeRaised:
    """Something worth a calm word happened beside the main path (None takes the word back)."""

    notice: Problem | None


@dataclass(frozen=True, slots=True)
class RememberChosen:
    """The check box was clicked."""

    remember: bool


@dataclass(frozen=True, slots=True)
class SignInStarted:
    """The form was submitted."""

    username: str
    remember: bool


@dataclass(frozen=True, slots=True)
class StepReached:
    """The chain came to a step."""

    step: SignInStep


@dataclass(frozen=True, slots=True)
class SignInFailed:
    """The chain ended without a session."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class NewPasswordAsked:
    """Cognito asks for a new password."""


@dataclass(frozen=True, slots=True)
class NewPasswordSubmitted:
    """The new password was submitted."""


@dataclass(frozen=True, slots=True)
class NewPasswordRefused:
    """Cognito refused the new password; the question still stands."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class SignInSucceeded:
    """The whole chain succeeded."""

    user: User


@dataclass(frozen=True, slots=True)
class SignOutAsked:
    """The person signs out."""


@dataclass(frozen=True, slots=True)
class ResetAsked:
    """ "Forgot password?" was clicked."""

    username: str


@dataclass(frozen=True, slots=True)
class CodeRequested:
    """A code is asked for, the first or another."""

    username: str


@dataclass(frozen=True, slots=True)
class CodeSent:
    """Cognito says it sent a code."""

    destination: str


@dataclass(frozen=True, slots=True)
class ResetSubmitted:
    """Code and new password were submitted."""


@dataclass(frozen=True, slots=True)
class ResetFailed:
    """A step of the reset was refused; the step still stands."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class ResetDone:
    """Cognito took the new password."""


@dataclass(frozen=True, slots=True)
class OtherEmailAsked:
    """ "Use a different email" was clicked."""


@dataclass(frozen=True, slots=True)
class BackAsked:
    """Back to the sign-in form ("Back to sign in", "Start over")."""


AuthEvent = (
    UsernameRecalled
    | NoticeRaised
    | RememberChosen
    | SignInStarted
    | StepReached
    | SignInFailed
    | NewPasswordAsked
    | NewPasswordSubmitted
    | NewPasswordRefused
    | SignInSucceeded
    | SignOutAsked
    | ResetAsked
    | CodeRequested
    | CodeSent
    | ResetSubmitted
    | ResetFailed
    | ResetDone
    | OtherEmailAsked
    | BackAsked
)
