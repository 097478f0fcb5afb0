"""What the person who is signed in may change: beside the profile, and part of SignedIn."""

from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.question import AuthenticatorKey, Factor
from ingenes_desktop.domain.value import Value


class TwoStepFactors(Value):
    """The second factors that Cognito says are on (GetUser)."""

    active: tuple[Factor, ...] = ()
    preferred: Factor | None = None

    @property
    def has_authenticator(self) -> bool:
        """Whether codes from an authenticator app are on."""
        return Factor.TOTP in self.active


class PasswordChange(Value):
    """The old password and the new one are asked for; or it is ``done``."""

    busy: bool = False
    problem: Problem | None = None
    done: bool = False


class TwoStep(Value):
    """Two-step verification: what is on, and an authenticator app being set up.

    ``busy`` without ``factors``: they are being read. With a ``key``: its first code is asked for.
    """

    factors: TwoStepFactors | None = None
    key: AuthenticatorKey | None = None
    """While an app is being set up."""
    busy: bool = True
    problem: Problem | None = None


Panel = PasswordChange | TwoStep
