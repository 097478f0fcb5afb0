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


class KeepChosen(Value):
    """ "Keep me signed in" was clicked."""

    keep: bool


class FormAbandoned(Value):
    """Nobody has touched the computer for a while: what was typed is not for the next person."""


class SignInStarted(Value):
    """The form was submitted."""

    username: str
    remember: bool
    keep: bool = False


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
    """The whole chain succeeded, from a password or from a kept session."""

    user: User
    since: float = 0.0
    until: float = 0.0
    username: str = ""
    """The name to keep for the form, where a restored session found it out."""


class RestoreFailed(Value):
    """The kept session could not be taken up just now; it is still kept."""

    problem: Problem


class RestoreAsked(Value):
    """ "Try again" was clicked."""


class RestoreLeft(Value):
    """The form instead: there is nothing to restore (any more), or the person prefers it.

    ``problem`` is why, where the person should know.
    """

    problem: Problem | None = None


class LastSignInLearned(Value):
    """FileMaker's LastLoginTime, as it was before this sign-in; seconds since 1970."""

    moment: float


class RenewalFailed(Value):
    """New tokens could not be had for the time being."""


class RenewalSucceeded(Value):
    """New tokens are here."""


class IdleWarned(Value):
    """Nobody has touched the computer: so many seconds are left."""

    seconds: int


class IdleCancelled(Value):
    """Somebody is there."""


class SignOutAsked(Value):
    """The person signs out. ``switching``: the next one is waiting, and the form is to be empty."""

    switching: bool = False


class SessionEnded(Value):
    """The session was ended, not by the person; ``keep_name`` leaves the username in the form."""

    problem: Problem
    keep_name: bool = False


class GivingWay(Value):
    """A kiosk's program ends with this session; a fresh one has been asked for."""


class StillHere(Value):
    """No fresh program could be started: this one goes on. ``problem`` is why the session ended."""

    problem: Problem | None = None


class FarEndsUntold(Value):
    """What the last session left open could not be ended at the far ends."""

    problem: Problem


class ScreenCovered(Value):
    """The screen is locked or asleep, or the clocks say that it was."""

    locked: bool = True


class ScreenShown(Value):
    """The person is back, and what lies beneath has been checked."""


class CheckFailed(Value):
    """The check after a lock or a sleep could not be made."""

    problem: Problem


class CheckBegan(Value):
    """The check after a lock or a sleep is being made."""


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
    | KeepChosen
    | FormAbandoned
    | SignInStarted
    | StepReached
    | SignInFailed
    | NewPasswordAsked
    | NewPasswordSubmitted
    | NewPasswordRefused
    | SignInSucceeded
    | RestoreFailed
    | RestoreAsked
    | RestoreLeft
    | LastSignInLearned
    | RenewalFailed
    | RenewalSucceeded
    | IdleWarned
    | IdleCancelled
    | SignOutAsked
    | SessionEnded
    | GivingWay
    | StillHere
    | FarEndsUntold
    | ScreenCovered
    | ScreenShown
    | CheckFailed
    | CheckBegan
    | ResetAsked
    | CodeRequested
    | CodeSent
    | ResetSubmitted
    | ResetFailed
    | ResetDone
    | OtherEmailAsked
    | BackAsked
)
