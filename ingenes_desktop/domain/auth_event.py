"""What can happen to the state: a wish of the person's, or news from the chain."""

from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.user import User
from ingenes_desktop.domain.value import Value


class UsernameRecalled(Value):
    """The keyring gave the remembered name."""

    username: str


class NoticeRaised(Value):
    """Something worth a calm word happened beside the main path (None takes the word back)."""

    notice: Problem | None


class RememberChosen(Value):
    """The check box was clicked."""

    remember: bool


class SignInStarted(Value):
    """The form was submitted."""

    username: str
    remember: bool


class StepReached(Value):
    """The chain came to a step."""

    step: SignInStep


class SignInFailed(Value):
    """The chain ended without a session."""

    problem: Problem


class NewPasswordAsked(Value):
    """Cognito asks for a new password."""


class NewPasswordSubmitted(Value):
    """The new password was submitted."""


class NewPasswordRefused(Value):
    """Cognito refused the new password; the question still stands."""

    problem: Problem


class SignInSucceeded(Value):
    """The whole chain succeeded."""

    user: User


class SignOutAsked(Value):
    """The person signs out."""


class ResetAsked(Value):
    """ "Forgot password?" was clicked."""

    username: str


class CodeRequested(Value):
    """A code is asked for, the first or another."""

    username: str


class CodeSent(Value):
    """Cognito says it sent a code."""

    destination: str


class ResetSubmitted(Value):
    """Code and new password were submitted."""


class ResetFailed(Value):
    """A step of the reset was refused; the step still stands."""

    problem: Problem


class ResetDone(Value):
    """Cognito took the new password."""


class OtherEmailAsked(Value):
    """ "Use a different email" was clicked."""


class BackAsked(Value):
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
