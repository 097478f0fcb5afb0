"""The scripted Cognito's sign-ins: what a refresh token is worth, with rotation as Cognito has it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from uuid import uuid4

REUSED = ("RefreshTokenReuseException", "Refresh Token has been rotated out.")
REVOKED = ("NotAuthorizedException", "Refresh Token has been revoked")
INVALID = ("NotAuthorizedException", "Invalid Refresh Token")


@dataclass(slots=True)
class SignIn:
    """One sign-in, through every refresh."""

    auth_time: int
    newest: str
    origin_jti: str = field(default_factory=lambda: str(uuid4()))


class TokenRefusedError(Exception):
    """A refresh token that is of no use: Cognito's code and message."""


class SignIns:
    """Any thread. ``clock`` gives seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._sign_ins: dict[str, SignIn] = {}
        self._rotated_at: dict[str, float] = {}
        self._live: set[str] = set()
        self.grace_seconds: float | None = None
        """How long a rotated token goes on working; None: tokens are not rotated."""
        self.refused: list[str] = []
        """The code of every refusal of a refresh."""
        self.refreshes = 0
        self.revoked: list[str] = []
        """Every refresh token that was handed in to be revoked."""

    @property
    def live(self) -> int:
        """Sign-ins that were not ended."""
        with self._lock:
            return len(self._live)

    def forget(self) -> None:
        """Count the live ones anew."""
        with self._lock:
            self._live.clear()

    def begin(self) -> tuple[SignIn, str]:
        """A new sign-in and its refresh token."""
        with self._lock:
            token = _new_token()
            sign_in = SignIn(int(self._clock()), token)
            self._sign_ins[token] = sign_in
            self._live.add(sign_in.origin_jti)
            return sign_in, token

    def refresh(self, token: str) -> tuple[SignIn, str | None]:
        """The sign-in of a refresh token, and the next one where they rotate. Raises TokenRefusedError."""
        with self._lock:
            refusal = self._refusal(token)
            if refusal is not None:
                self.refused.append(refusal[0])
                raise TokenRefusedError(*refusal)
            self.refreshes += 1
            sign_in = self._sign_ins[token]
            if self.grace_seconds is None:
                return sign_in, None
            successor = _new_token()
            self._rotated_at.setdefault(token, self._clock())
            self._sign_ins[successor] = sign_in
            sign_in.newest = successor
            return sign_in, successor

    def _refusal(self, token: str) -> tuple[str, str] | None:
        sign_in = self._sign_ins.get(token)
        if sign_in is None:
            return INVALID
        if sign_in.origin_jti not in self._live:
            return REVOKED
        rotated_at = self._rotated_at.get(token)
        if rotated_at is not None and self._clock() >= rotated_at + (self.grace_seconds or 0.0):
            return REUSED
        return None

    def revoke(self, token: str) -> None:
        """RevokeToken; a token that has been rotated out ends nothing."""
        with self._lock:
            self.revoked.append(token)
            if self._refusal(token) is None:
                self._live.discard(self._sign_ins[token].origin_jti)

    def sign_out(self, origin_jti: str) -> None:
        """GlobalSignOut: the test's one person is signed out on every machine."""
        with self._lock:
            if any(sign_in.origin_jti == origin_jti for sign_in in self._sign_ins.values()):
                self._live.clear()


def _new_token() -> str:
    return f"canario-renovacion-{uuid4().hex}"
