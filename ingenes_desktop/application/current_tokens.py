"""The tokens in use, and how long they have to live by the clocks that there are."""

from collections.abc import Callable

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.models import CognitoIdentity, CognitoTokens, RenewedTokens
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import Value, replace

_LATE_SECONDS = 10.0


class Clocks(Value):
    """Three clocks, in seconds: monotonic; the far end's since 1970; this computer's since 1970."""

    monotonic: Callable[[], float]
    far_end: Callable[[], float]
    computer: Callable[[], float]

    def late_attempt(self) -> Attempt:
        """For what a call leaves to be ended that was under way when its session ended."""
        return Attempt(clock=self.monotonic, step_seconds=_LATE_SECONDS, total_seconds=_LATE_SECONDS)


class CurrentTokens(Value):
    """``came`` and ``came_by_far_end`` are the moment of the answer by two clocks."""

    id_token: Secret
    access_token: Secret
    lifetime: float
    """The ID token's, in seconds."""
    access_lifetime: float
    came: float
    came_by_far_end: float

    @classmethod
    def received(cls, tokens: CognitoTokens | RenewedTokens, clocks: Clocks) -> "CurrentTokens":
        """Tokens that have come this moment; nothing of them has been verified."""
        return cls(
            tokens.id_token,
            tokens.access_token,
            tokens.expires_in,
            tokens.expires_in,
            clocks.monotonic(),
            clocks.far_end(),
        )

    def verified(self, identity: CognitoIdentity) -> "CurrentTokens":
        """The same with what the ID token says of its own time: the shorter of the two counts."""
        return replace(self, lifetime=min(identity.lifetime or self.lifetime, self.lifetime))

    def age(self, clocks: Clocks) -> float:
        """By the clock that went further: a clock set ahead costs a refresh, a sleep must not be missed.

        (A monotonic clock may stand still while the computer sleeps.)
        """
        return max(clocks.monotonic() - self.came, clocks.far_end() - self.came_by_far_end)

    def seconds_until_renewal(self, clocks: Clocks, renew_before_seconds: float) -> float:
        """Until the margin before the ID token's end; negative once it is reached.

        A token that lives but a few minutes is renewed half-way, and not all the time.
        """
        return self.lifetime - min(renew_before_seconds, self.lifetime / 2) - self.age(clocks)


def same_sign_in(before: CognitoIdentity | None, after: CognitoIdentity) -> bool:
    """By the name of the sign-in where both tokens carry it, otherwise by its moment."""
    if before is None:
        return True
    if before.origin_jti and after.origin_jti:
        return before.origin_jti == after.origin_jti
    return not (before.auth_time and after.auth_time) or before.auth_time == after.auth_time
