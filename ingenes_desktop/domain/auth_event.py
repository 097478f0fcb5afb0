"""What can happen to the state: a wish of the person's, or news from the chain."""

from ingenes_desktop.domain.account_panel import TwoStepFactors
from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.question import AnswerableQuestion, AuthenticatorKey
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


class ChallengeAsked(Value):
    """Cognito asks something; ``until`` as in ChallengeRequired."""

    question: AnswerableQuestion
    until: float


class AnswerSubmitted(Value):
    """An answer to the challenge was submitted."""


class AnswerRefused(Value):
    """The answer was refused; the question still stands, ``until`` as in ChallengeRequired."""

    problem: Problem
    until: float


class ChallengeExpired(Value):
    """Nobody answered in time."""

    problem: Problem


class ConfirmationDemanded(Value):
    """The account is not confirmed; a code is being sent."""


class ConfirmationSubmitted(Value):
    """The code that confirms the account was submitted."""


class ConfirmationFailed(Value):
    """The code was refused, or could not be sent; it is still asked for."""

    problem: Problem


class AccountConfirmed(Value):
    """The account is confirmed (or was already): the person may sign in."""


class ResetDemanded(Value):
    """Cognito lets nobody in without a reset; a code is being sent."""


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


class PasswordChangeAsked(Value):
    """ "Change password" was clicked."""


class PasswordChangeSubmitted(Value):
    """The old and the new password were submitted."""


class PasswordChangeFailed(Value):
    """The password was not changed."""

    problem: Problem


class PasswordChangeDone(Value):
    """Cognito took the new password."""


class TwoStepAsked(Value):
    """ "Two-step verification" was clicked, or "Try again" where it could not be read."""


class TwoStepSubmitted(Value):
    """Something about it was asked of Cognito: a key, a code's check, turning it off."""


class TwoStepKnown(Value):
    """What is on, as Cognito says it now; nothing is being set up (any more)."""

    factors: TwoStepFactors


class AuthenticatorKeyGiven(Value):
    """A key for an authenticator app."""

    key: AuthenticatorKey


class AuthenticatorLeft(Value):
    """The set-up of an authenticator app was broken off."""


class TwoStepFailed(Value):
    """It could not be read or changed."""

    problem: Problem


class PanelLeft(Value):
    """Back to the profile."""


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


AccountEvent = (
    PasswordChangeAsked
    | PasswordChangeSubmitted
    | PasswordChangeFailed
    | PasswordChangeDone
    | TwoStepAsked
    | TwoStepSubmitted
    | TwoStepKnown
    | AuthenticatorKeyGiven
    | AuthenticatorLeft
    | TwoStepFailed
    | PanelLeft
)
AuthEvent = (
    UsernameRecalled
    | NoticeRaised
    | RememberChosen
    | KeepChosen
    | FormAbandoned
    | SignInStarted
    | StepReached
    | SignInFailed
    | ChallengeAsked
    | AnswerSubmitted
    | AnswerRefused
    | ChallengeExpired
    | ConfirmationDemanded
    | ConfirmationSubmitted
    | ConfirmationFailed
    | AccountConfirmed
    | ResetDemanded
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
    | AccountEvent
    | ResetAsked
    | CodeRequested
    | CodeSent
    | ResetSubmitted
    | ResetFailed
    | ResetDone
    | OtherEmailAsked
    | BackAsked
)
