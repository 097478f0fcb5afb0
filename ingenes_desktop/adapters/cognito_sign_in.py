"""InitiateAuth and RespondToAuthChallenge: each flow, and the rounds in which nobody is asked anything.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ingenes_desktop.adapters.aws_session import ServiceError
from ingenes_desktop.adapters.cognito_answers import revocable_token, tokens_in
from ingenes_desktop.adapters.cognito_challenges import (
    challenge_in,
    challenge_name,
    is_challenge,
    name_to_answer_with,
    parameters_of,
    session_of,
)
from ingenes_desktop.adapters.cognito_client import AppClient
from ingenes_desktop.adapters.cognito_errors import DEVICE_UNKNOWN, meaning_of
from ingenes_desktop.adapters.cognito_responses import responses_to
from ingenes_desktop.adapters.server_clock import ServerClock
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import DeviceRefusedError
from ingenes_desktop.domain.answer import Answer, PasswordAnswer
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.domain.models import Challenge, CognitoTokens, Device
from ingenes_desktop.domain.question import Factor, PasswordQuestion
from ingenes_desktop.domain.secret import Secret

if TYPE_CHECKING:
    from ingenes_desktop.adapters.cognito_srp import SrpExchange

MOST_ROUNDS = 6
"""Without a person. The longest known way has three: password, device, device's password."""
PASSWORD_VERIFIER = "PASSWORD_VERIFIER"  # noqa: S105  a challenge's name
DEVICE_SRP_AUTH = "DEVICE_SRP_AUTH"
DEVICE_PASSWORD_VERIFIER = "DEVICE_PASSWORD_VERIFIER"  # noqa: S105  a challenge's name


class CognitoSignIn:
    """Any worker thread. Nothing is sent twice."""

    def __init__(
        self,
        client: AppClient,
        *,
        auth_flow: AuthFlow,
        user_pool_id: str,
        clock: ServerClock,
        revoke: Callable[[Secret, Attempt], None],
    ) -> None:
        self._client = client
        self._flow = auth_flow
        self._user_pool_id = user_pool_id
        self._clock = clock
        self._revoke = revoke

    def initiate(
        self, username: str, password: Secret | None, device: Device | None, attempt: Attempt
    ) -> CognitoTokens | Challenge:
        """InitiateAuth in this client's flow. Raises DeviceRefusedError where ``device`` is not taken."""
        way = _Way(password, device)
        parameters = {"USERNAME": username, **self._opening(way)}
        if device is not None:
            parameters["DEVICE_KEY"] = device.key
        answer = self._client.send(
            "initiate_auth",
            attempt,
            {
                "ClientId": self._client.client_id,
                "AuthFlow": self._flow.value,
                "AuthParameters": {**parameters, **self._client.secret_hash(username)},
            },
            way.meaning_for(""),
        )
        return self._finished(answer, username, way, attempt)

    def respond(self, challenge: Challenge, answer: Answer, attempt: Attempt) -> CognitoTokens | Challenge:
        """RespondToAuthChallenge. Likewise."""
        way = _Way(answer.password if isinstance(answer, PasswordAnswer) else None, challenge.device)
        responses = responses_to(challenge, answer)
        if challenge.question == PasswordQuestion(Factor.PASSWORD_SRP):
            responses["SRP_A"] = self._public_value(way)
        given = self._send(challenge.name, challenge.session, challenge.username, responses, way, attempt)
        return self._finished(given, challenge.username, way, attempt)

    def _opening(self, way: "_Way") -> dict[str, str]:
        """What InitiateAuth is told beside the username."""
        if way.password is None:
            if self._flow is AuthFlow.USER_AUTH:
                return {}
            raise AuthError(ErrorCode.INTERNAL)
        match self._flow:
            case AuthFlow.USER_PASSWORD_AUTH:
                return {"PASSWORD": way.password.reveal()}
            case AuthFlow.USER_AUTH:
                return {"PREFERRED_CHALLENGE": Factor.PASSWORD.value, "PASSWORD": way.password.reveal()}
            case AuthFlow.USER_SRP_AUTH:
                return {"SRP_A": self._public_value(way)}
            case AuthFlow.CUSTOM_AUTH:
                return {"CHALLENGE_NAME": "SRP_A", "SRP_A": self._public_value(way)}

    def _public_value(self, way: "_Way") -> str:
        from ingenes_desktop.adapters.cognito_srp import (  # noqa: PLC0415  pycognito, only where it is needed
            SrpExchange,
        )

        way.exchange = SrpExchange(self._user_pool_id)
        return way.exchange.public_value

    # -- the rounds

    def _finished(
        self, answer: Mapping[str, Any], username: str, way: "_Way", attempt: Attempt
    ) -> CognitoTokens | Challenge:
        """What there is once nothing is left that can be answered without a person."""
        for left in range(MOST_ROUNDS, -1, -1):
            name, parameters = challenge_name(answer), parameters_of(answer)
            username = name_to_answer_with(parameters, username)
            responses = self._own_responses(name, parameters, way)
            if responses is None:
                return self._accepted(answer, username, attempt)
            if left:
                attempt.check_wanted()
                answer = self._send(name, session_of(answer), username, responses, way, attempt)
        raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="ROUNDS")

    def _own_responses(self, name: str, parameters: Mapping[str, Any], way: "_Way") -> dict[str, str] | None:
        """The answer to a challenge that is no question to a person; None for every other.

        An exchange proves one thing once: asked again, it would help whoever asks to guess.
        """
        if name == DEVICE_SRP_AUTH and way.device is not None:
            return {"SRP_A": self._public_value(way)}
        if name not in {PASSWORD_VERIFIER, DEVICE_PASSWORD_VERIFIER}:
            return None
        exchange, way.exchange = way.exchange, None
        if exchange is None:
            return None
        if name == PASSWORD_VERIFIER and way.password is not None:
            return exchange.password_claim(parameters, way.password, self._clock.now())
        if name == DEVICE_PASSWORD_VERIFIER and way.device is not None:
            return exchange.device_claim(parameters, way.device, self._clock.now())
        return None

    def _send(
        self,
        name: str,
        session: Secret | None,
        username: str,
        responses: Mapping[str, str],
        way: "_Way",
        attempt: Attempt,
    ) -> dict[str, Any]:
        device_key = {"DEVICE_KEY": way.device.key} if way.device else {}
        return self._client.send(
            "respond_to_auth_challenge",
            attempt,
            {
                "ClientId": self._client.client_id,
                "ChallengeName": name,
                # The rounds of SRP may come without one: their SECRET_BLOCK says what they belong to.
                **({"Session": session.reveal()} if session else {}),
                "ChallengeResponses": {
                    "USERNAME": username,
                    **responses,
                    **device_key,
                    **self._client.secret_hash(username),
                },
            },
            way.meaning_for(name),
        )

    def _accepted(
        self, answer: Mapping[str, Any], username: str, attempt: Attempt
    ) -> CognitoTokens | Challenge:
        """The tokens or the challenge; tokens that came in an answer of no use are revoked."""
        try:
            if is_challenge(answer):
                return challenge_in(answer, username, self._flow)
            return tokens_in(answer)
        except AuthError as error:
            failure = error
        refresh_token = revocable_token(answer)
        if refresh_token is not None:
            with suppress(AuthError):
                self._revoke(refresh_token, attempt)
        raise failure


class _Way:
    """What one call goes on with, and forgets when it is over."""

    def __init__(self, password: Secret | None, device: Device | None) -> None:
        self.password = password
        self.device = device
        self.exchange: SrpExchange | None = None

    def meaning_for(self, name: str) -> Callable[[ServiceError, str], AuthError]:
        """What a refusal of the answer to ``name`` means ("" for InitiateAuth)."""

        def meaning(error: ServiceError, operation: str) -> AuthError:
            meant = meaning_of(error, operation)
            if meant.detail == DEVICE_UNKNOWN:
                return DeviceRefusedError(ErrorCode.REFUSED, detail=DEVICE_UNKNOWN)
            is_devices = name in {DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER}
            if is_devices and meant.code is ErrorCode.WRONG_CREDENTIALS:
                # Of the device's password, which nobody typed.
                return DeviceRefusedError(ErrorCode.REFUSED, detail="DEVICE-REFUSED")
            return meant

        return meaning
