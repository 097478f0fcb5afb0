"""The one state of the application. Frozen, and nothing in it is secret."""

from enum import Enum, unique
from typing import TYPE_CHECKING

from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.value import Value

if TYPE_CHECKING:
    # What is asked, and who is signed in, is not known at the first paint.
    from ingenes_desktop.domain.account_panel import Panel
    from ingenes_desktop.domain.question import AnswerableQuestion
    from ingenes_desktop.domain.user import User


@unique
class SignInStep(Enum):
    """The five steps a person sees, in order."""

    PASSWORD = 1
    ACCESS = 2
    CONFIGURATION = 3
    FILEMAKER = 4
    RECORD = 5


@unique
class News(Enum):
    """Something good to tell beside the sign-in form."""

    EMAIL_VERIFIED = "email_verified"


class SignedOut(Value):
    """The sign-in form. ``username`` is what the field starts with; ``problem`` why the person is here."""

    username: str = ""
    remember: bool = False
    problem: Problem | None = None
    notice: Problem | None = None
    """A calm word beside the form, such as a keyring that cannot be had."""
    keep: bool = False
    """Whether the person is to stay signed in (personal machines)."""
    cleared: int = 0
    """Counts how often what was typed was cleared away, so that a view knows when to."""
    news: News | None = None


class SigningIn(Value):
    """The chain runs."""

    username: str
    remember: bool
    step: SignInStep = SignInStep.PASSWORD
    notice: Problem | None = None
    keep: bool = False


class ChallengeRequired(Value):
    """Cognito asks something before it gives tokens."""

    username: str
    remember: bool
    question: "AnswerableQuestion"
    until: float
    """When the time to answer is over, in seconds of the monotonic clock."""
    number: int = 1
    """Counts the questions of this sign-in, so that a view knows when to begin anew."""
    busy: bool = False
    problem: Problem | None = None
    notice: Problem | None = None
    keep: bool = False


class ConfirmationRequired(Value):
    """The account's email is not verified: a code was sent (or is being), and is asked for.

    ``sent`` counts the codes, so that a view knows when to start its countdown anew.
    """

    username: str
    remember: bool
    destination: str = ""
    sent: int = 0
    busy: bool = True
    resending: bool = True
    problem: Problem | None = None
    notice: Problem | None = None
    keep: bool = False


class Restoring(Value):
    """A session that was kept is taken up again; ``problem`` is why that is not possible just now."""

    username: str = ""
    """What the keyring remembers, for the form."""
    remember: bool = False
    busy: bool = True
    problem: Problem | None = None
    notice: Problem | None = None


class SignedIn(Value):
    """The profile. Moments are seconds since 1970, by the far end's clock."""

    user: "User"
    username: str
    remember: bool
    notice: Problem | None = None
    keep: bool = False
    since: float = 0.0
    """The interactive sign-in."""
    until: float = 0.0
    """When the longest session ends."""
    last_sign_in: float | None = None
    """The one before, as FileMaker has it; None where it is not known."""
    reconnecting: bool = False
    """Tokens could not be renewed for the time being."""
    countdown: int | None = None
    """Seconds until the idle sign-out, while the person is warned."""
    panel: "Panel | None" = None
    """What the person is changing, instead of the profile."""


class SigningOut(Value):
    """A kiosk's program gives way to a fresh one."""


class ResetRequested(Value):
    """Reset, step 1: the email is asked for.

    ``demanded``: Cognito let nobody in without a reset, and the code is sent without being asked for.
    """

    username: str
    remember: bool
    busy: bool = False
    problem: Problem | None = None
    notice: Problem | None = None
    keep: bool = False
    demanded: bool = False


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
    keep: bool = False
    demanded: bool = False
    """See ResetRequested."""


class PasswordChanged(Value):
    """Reset, step 3: done."""

    username: str
    remember: bool
    notice: Problem | None = None
    keep: bool = False


class Covered(Value):
    """Nothing personal on screen: it is locked, or what lies ``beneath`` has not been checked again."""

    beneath: "Coverable"
    locked: bool = True
    """Whether the system's screen is locked, asleep or another user's."""
    problem: Problem | None = None
    """Why the check after it could not be made; the person may try again."""

    @property
    def notice(self) -> Problem | None:
        """The word that waits beneath."""
        return self.beneath.notice


class Unavailable(Value):
    """This computer's configuration is wrong: nothing can be typed until it is mended."""

    problem: Problem


Coverable = (
    SignedOut
    | SigningIn
    | ChallengeRequired
    | ConfirmationRequired
    | Restoring
    | SignedIn
    | ResetRequested
    | ResetCodeSent
    | PasswordChanged
)
AuthState = Coverable | SigningOut | Covered | Unavailable
