"""A sign-in that is under way, and the Sessions that its questions travel with.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from moto.cognitoidp.models import CognitoIdpUserPoolClient

from ingenes_desktop.demo.aws_request import AwsError, JsonObject
from ingenes_desktop.demo.person import Person
from ingenes_desktop.demo.srp_server import Handshake

WRONG_CODES = 5
ONCE = "Invalid session for the user, session can only be used once."
EXPIRED = "Invalid session for the user, session is expired."


@dataclass(slots=True)
class Progress:
    """How far one sign-in has come. ``person`` is None for a name nobody has, which is not said."""

    client: CognitoIdpUserPoolClient
    username: str
    flow: str
    person: Person | None
    device_key: str = ""
    by_password: bool = False
    """Whether the first factor was a password, which a second factor may follow."""
    second_factor: bool = False
    device_proved: bool = False
    answers: int = 0
    """To the clinic's own question."""
    answered: bool = False

    @property
    def real_username(self) -> str:
        """The person's one name, whatever they were called; the name that was typed, where nobody has it."""
        return self.username if self.person is None else str(self.person.username)

    @property
    def known(self) -> Person:
        """The person. Raises AwsError NotAuthorizedException where there is none."""
        if self.person is None:
            raise AwsError("NotAuthorizedException", "Incorrect username or password.")
        return self.person


@dataclass(slots=True)
class Asked:
    """One question of a sign-in, and what its answer is measured by."""

    progress: Progress
    challenge: str
    code: str = ""
    offered: tuple[str, ...] = ()
    handshake: Handshake | None = None
    key: str = ""
    """Of the authenticator app that is being set up."""
    verified: bool = False
    """Whether that app's first code was taken."""
    address: str = ""
    """The e-mail address that is being set up."""
    expires_at: float = 0.0
    wrong: int = 0
    used: bool = False

    def missed(self, code: str, message: str) -> NoReturn:
        """One more wrong code: after the fifth the Session is over."""
        self.wrong += 1
        if self.wrong >= WRONG_CODES:
            self.used = True
            raise AwsError("NotAuthorizedException", "Invalid session for the user, session is expired.")
        raise AwsError(code, message)


class ChallengeSessions:
    """Each Session lives as long as the client says (three minutes), and is good for one answer.

    A wrong code leaves it as it is. ``clock`` gives seconds since 1970.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._asked: dict[str, Asked] = {}
        self._by_block: dict[str, Asked] = {}

    def ask(self, asked: Asked, parameters: Mapping[str, str], *, session: bool = True) -> JsonObject:
        """The answer that puts a question, with a new Session.

        Without one (``session``), the proof's secret block stands for it: so does Cognito in USER_SRP_AUTH.
        """
        question: JsonObject = {"ChallengeName": asked.challenge, "ChallengeParameters": dict(parameters)}
        if asked.handshake is not None:
            self._by_block[asked.handshake.secret_block] = asked
        return question | {"Session": self.open(asked)} if session else self._timed(asked, question)

    def open(self, asked: Asked) -> str:
        """A new Session for a question."""
        token = secrets.token_urlsafe(600)
        self._timed(asked, {})
        self._asked[token] = asked
        return token

    def find(self, token: str, client: CognitoIdpUserPoolClient | None, secret_block: str = "") -> Asked:
        """The question a Session belongs to. Raises AwsError NotAuthorizedException for one that is over."""
        asked = self._asked.get(token) if token or not secret_block else self._by_block.get(secret_block)
        if asked is not None and asked.used:
            raise AwsError("NotAuthorizedException", ONCE)
        foreign = asked is not None and client is not None and asked.progress.client.id != client.id
        if asked is None or foreign or self._clock() >= asked.expires_at:
            raise AwsError("NotAuthorizedException", EXPIRED)
        return asked

    def clear(self) -> None:
        """Forget every sign-in."""
        self._asked.clear()
        self._by_block.clear()

    def _timed(self, asked: Asked, question: JsonObject) -> JsonObject:
        minutes = float(asked.progress.client.extended_config.get("AuthSessionValidity", 3))
        asked.expires_at = self._clock() + 60 * minutes
        return question
