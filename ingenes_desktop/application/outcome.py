"""How a job can end, as values."""

from dataclasses import dataclass

from ingenes_desktop.application.session import Session
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.models import Challenge, FileMakerUser
from ingenes_desktop.domain.user import User


@dataclass(frozen=True, slots=True)
class Accepted:
    """The whole chain succeeded."""

    session: Session
    user: User
    record: FileMakerUser


@dataclass(frozen=True, slots=True)
class Asked:
    """Cognito asks something first (``challenge.question`` is one that can be answered); nothing is open."""

    challenge: Challenge


@dataclass(frozen=True, slots=True)
class StillAsked:
    """The answer was refused, or did not get there; ``challenge`` (with its newest Session) stands."""

    challenge: Challenge
    error: AuthError


@dataclass(frozen=True, slots=True)
class Refused:
    """The chain ended; ``leftovers`` is what must still be undone (None: nothing)."""

    error: AuthError
    leftovers: Session | None


@dataclass(frozen=True, slots=True)
class Restored:
    """A kept session was taken up again, and the person's record is here."""

    session: Session
    user: User
    record: FileMakerUser


@dataclass(frozen=True, slots=True)
class NotNow:
    """It could not be taken up just now, and is still kept. ``leftovers`` are for Ending.KEPT."""

    error: AuthError
    leftovers: Session | None


@dataclass(frozen=True, slots=True)
class Over:
    """It cannot be taken up any more: the vault is to be cleared. ``leftovers`` are for Ending.HERE."""

    error: AuthError
    leftovers: Session | None


SignInOutcome = Accepted | Asked | StillAsked | Refused
RestoreOutcome = Restored | NotNow | Over
