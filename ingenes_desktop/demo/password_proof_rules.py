"""PASSWORD_VERIFIER: a password proved by SRP, which this side never sees.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from uuid import NAMESPACE_URL, uuid5

from ingenes_desktop.demo.aws_request import JsonObject, required_text
from ingenes_desktop.demo.challenge_sessions import Asked, ChallengeSessions, Progress
from ingenes_desktop.demo.lockout import Lockout, wrong_password
from ingenes_desktop.demo.srp_server import Handshake, Verifier, check_timestamp

PASSWORD_VERIFIER = "PASSWORD_VERIFIER"  # noqa: S105  a challenge's name


class PasswordProofRules:
    """``pool_name`` is the pool's id without its region. ``clock`` gives seconds since 1970."""

    def __init__(
        self, pool_name: str, sessions: ChallengeSessions, lockout: Lockout, clock: Callable[[], float]
    ) -> None:
        self._pool_name = pool_name
        self._sessions = sessions
        self._lockout = lockout
        self._clock = clock
        self._strangers = secrets.token_bytes(32)

    def ask(self, progress: Progress, parameters: Mapping[str, str]) -> JsonObject:
        """The question that follows SRP_A. A stranger gets one too, with the same salt each time."""
        user_id = self._user_id(progress)
        verifier = progress.person.verifier if progress.person else self._pretended(progress.username)
        handshake = Handshake.begin(verifier, self._pool_name + user_id, required_text(parameters, "SRP_A"))
        asked = Asked(progress, PASSWORD_VERIFIER, handshake=handshake)
        told = handshake.parameters | {"USERNAME": user_id, "USER_ID_FOR_SRP": user_id}
        return self._sessions.ask(asked, told, session=progress.flow != "USER_SRP_AUTH")

    def answer(self, asked: Asked, responses: Mapping[str, str]) -> None:
        """The proof. Raises AwsError NotAuthorizedException for a wrong one, which is a wrong password."""
        progress, handshake = asked.progress, asked.handshake
        signature = required_text(responses, "PASSWORD_CLAIM_SIGNATURE")
        block = required_text(responses, "PASSWORD_CLAIM_SECRET_BLOCK")
        timestamp = required_text(responses, "TIMESTAMP")
        self._lockout.check(progress.real_username)
        in_time = check_timestamp(timestamp, self._clock())
        asked.used = True
        if handshake is None or block != handshake.secret_block or not in_time:
            wrong_password()
        # An alias will not do here: the proof is of the real username.
        is_named = responses.get("USERNAME") == progress.real_username
        may_prove = progress.person is not None and progress.person.has_password and is_named
        if not may_prove or not handshake.is_proved(timestamp, signature):
            self._lockout.failed(progress.real_username)
            wrong_password()
        self._lockout.succeeded(progress.real_username)
        progress.by_password = True

    def _user_id(self, progress: Progress) -> str:
        if progress.person is not None:
            return str(progress.person.username)
        return str(uuid5(NAMESPACE_URL, f"{self._pool_name}/{progress.username.casefold()}"))

    def _pretended(self, username: str) -> Verifier:
        digest = hmac.digest(self._strangers, username.casefold().encode(), hashlib.sha256)
        return Verifier.of("", secrets.token_urlsafe(), int.from_bytes(digest[:16], "big"))
