"""Amazon Cognito user pools through boto3. Nothing here is sent twice, except GetUser."""

import base64
import hashlib
import hmac
import json
import math
from contextlib import suppress
from typing import Any

from ingenes_desktop.adapters.aws_session import AwsService, ServiceError
from ingenes_desktop.adapters.claims import as_boolean
from ingenes_desktop.adapters.cognito_errors import meaning_of
from ingenes_desktop.adapters.retrying import read_with_retries
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import Challenge, CodeDelivery, CognitoTokens
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.secret import Secret

_LONGEST_TOKEN = 16_384
_LONGEST_DESTINATION = 100
_LONGEST_LIFETIME = 86_400.0
_INVALID_PARAMETER = "InvalidParameterException"
_ATTRIBUTE_PREFIX = "userAttributes."
_NOT_OFFERED = frozenset({"HTTP-404", "HTTP-500", "HTTP-501"})


class CognitoUserPool:
    """Keeps ports.UserPool.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html
    """

    def __init__(self, service: AwsService, *, client_id: str, client_secret: Secret | None) -> None:
        self._service = service
        self._client_id = client_id
        self._client_secret = client_secret

    def initiate_auth(self, username: str, password: Secret, attempt: Attempt) -> CognitoTokens | Challenge:
        """InitiateAuth with USER_PASSWORD_AUTH."""
        parameters = {"USERNAME": username, "PASSWORD": password.reveal(), **self._secret_hash(username)}
        answer = self._call(
            "initiate_auth",
            attempt,
            ClientId=self._client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters=parameters,
        )
        return self._accepted(answer, username, attempt)

    def answer_new_password(
        self, challenge: Challenge, new_password: Secret, attempt: Attempt
    ) -> CognitoTokens | Challenge:
        """RespondToAuthChallenge with NEW_PASSWORD_REQUIRED."""
        responses = {
            "USERNAME": challenge.username,
            "NEW_PASSWORD": new_password.reveal(),
            **self._secret_hash(challenge.username),
        }
        answer = self._call(
            "respond_to_auth_challenge",
            attempt,
            ClientId=self._client_id,
            ChallengeName=challenge.name,
            Session=challenge.session.reveal(),
            ChallengeResponses=responses,
        )
        return self._accepted(answer, challenge.username, attempt)

    def get_email(self, access_token: Secret, attempt: Attempt) -> tuple[str, bool | None]:
        """GetUser's ``email`` and ``email_verified``."""
        answer = read_with_retries(
            lambda: self._call("get_user", attempt, AccessToken=access_token.reveal()), attempt
        )
        attributes: dict[str, str] = {}
        for attribute in answer.get("UserAttributes") or []:
            if isinstance(attribute, dict) and isinstance(attribute.get("Value"), str):
                attributes[str(attribute.get("Name"))] = attribute["Value"]
        return attributes.get("email", "").strip(), as_boolean(attributes.get("email_verified"))

    def forgot_password(self, username: str, attempt: Attempt) -> CodeDelivery:
        """ForgotPassword."""
        try:
            answer = self._call(
                "forgot_password",
                attempt,
                ClientId=self._client_id,
                Username=username,
                **self._secret_hash_member(username),
            )
        except AuthError as error:
            if error.code is not ErrorCode.WRONG_CREDENTIALS and error.detail != _INVALID_PARAMETER:
                raise
            # A pool says so, now and then or always, where there is no such user; we do not.
            return CodeDelivery(_masked(username), "EMAIL")
        delivery = answer.get("CodeDeliveryDetails")
        if not isinstance(delivery, dict):
            delivery = {}
        return CodeDelivery(
            plain_text(delivery.get("Destination"), _LONGEST_DESTINATION),
            plain_text(delivery.get("DeliveryMedium"), _LONGEST_DESTINATION),
        )

    def confirm_forgot_password(
        self, username: str, code: str, new_password: Secret, attempt: Attempt
    ) -> None:
        """ConfirmForgotPassword."""
        try:
            self._call(
                "confirm_forgot_password",
                attempt,
                ClientId=self._client_id,
                Username=username,
                ConfirmationCode=code,
                Password=new_password.reveal(),
                **self._secret_hash_member(username),
            )
        except AuthError as error:
            if error.code is ErrorCode.WRONG_CREDENTIALS:
                # "No such user" said as Cognito says it where it hides who exists.
                raise AuthError(ErrorCode.CODE_MISMATCH) from None
            raise

    def revoke_token(self, refresh_token: Secret, attempt: Attempt) -> None:
        """RevokeToken; its ClientSecret stands in for a SECRET_HASH."""
        secret = {"ClientSecret": self._client_secret.reveal()} if self._client_secret else {}
        try:
            self._call(
                "revoke_token",
                attempt,
                Token=refresh_token.reveal(),
                ClientId=self._client_id,
                **secret,
            )
        except AuthError as error:
            if error.code is ErrorCode.NOT_RESPONDING and error.detail in _NOT_OFFERED:
                raise AuthError(ErrorCode.OPERATION_NOT_OFFERED, detail=error.detail) from None
            raise

    def global_sign_out(self, access_token: Secret, attempt: Attempt) -> None:
        """GlobalSignOut."""
        self._call("global_sign_out", attempt, AccessToken=access_token.reveal())

    def _accepted(self, answer: dict[str, Any], username: str, attempt: Attempt) -> CognitoTokens | Challenge:
        """The tokens or the challenge; tokens that came in an answer of no use are revoked."""
        try:
            return _tokens_or_challenge(answer, username)
        except AuthError as error:
            failure = error
        result = answer.get("AuthenticationResult")
        refresh_token = result.get("RefreshToken") if isinstance(result, dict) else None
        if isinstance(refresh_token, str) and refresh_token:
            with suppress(AuthError):
                self.revoke_token(Secret(refresh_token), attempt)
        raise failure

    def _call(self, operation: str, attempt: Attempt, **parameters: Any) -> dict[str, Any]:
        try:
            return self._service.call(operation, attempt, parameters)
        except ServiceError as error:
            failure = meaning_of(error, operation)
        raise failure

    def _secret_hash(self, username: str) -> dict[str, str]:
        """SECRET_HASH, where the client has a secret.

        https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
        """
        if not self._client_secret:
            return {}
        key = self._client_secret.reveal().encode()
        digest = hmac.new(key, (username + self._client_id).encode(), hashlib.sha256).digest()
        return {"SECRET_HASH": base64.b64encode(digest).decode()}

    def _secret_hash_member(self, username: str) -> dict[str, str]:
        hashed = self._secret_hash(username)
        return {"SecretHash": hashed["SECRET_HASH"]} if hashed else {}


def _masked(address: str) -> str:
    """The typed address masked as Cognito masks the real one ("ana@clinica.example" is "a***@c***")."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***@{domain[:1]}***" if at else ""


def _unexpected(detail: str) -> AuthError:
    return AuthError(ErrorCode.UNEXPECTED_ANSWER, detail=detail)


def _tokens_or_challenge(answer: dict[str, Any], username: str) -> CognitoTokens | Challenge:
    """Exactly one of the two that InitiateAuth can give; anything else is an error of this step."""
    challenge, result = answer.get("ChallengeName"), answer.get("AuthenticationResult")
    if challenge:
        return _challenge(answer, username)
    if not isinstance(result, dict):
        raise _unexpected("AUTHENTICATION-RESULT")
    tokens = [result.get(name) for name in ("IdToken", "AccessToken", "RefreshToken")]
    if not all(isinstance(token, str) and 0 < len(token) <= _LONGEST_TOKEN for token in tokens):
        raise _unexpected("TOKENS")
    lifetime = result.get("ExpiresIn")
    if isinstance(lifetime, bool) or not isinstance(lifetime, int | float):
        raise _unexpected("EXPIRES-IN")
    if not math.isfinite(lifetime) or not 0 < lifetime <= _LONGEST_LIFETIME:
        raise _unexpected("EXPIRES-IN")
    id_token, access_token, refresh_token = (Secret(str(token)) for token in tokens)
    return CognitoTokens(id_token, access_token, refresh_token, float(lifetime))


def _challenge(answer: dict[str, Any], username: str) -> Challenge:
    name = answer.get("ChallengeName")
    session = answer.get("Session")
    parameters = answer.get("ChallengeParameters")
    if not isinstance(parameters, dict):
        parameters = {}
    if not isinstance(session, str) or not session:
        raise _unexpected("CHALLENGE-SESSION")
    asked_for = parameters.get("USER_ID_FOR_SRP") or parameters.get("USERNAME") or username
    return Challenge(
        plain_text(name, _LONGEST_DESTINATION),
        asked_for if isinstance(asked_for, str) else username,
        Secret(session),
        _required_attributes(parameters.get("requiredAttributes")),
    )


def _required_attributes(text: object) -> tuple[str, ...]:
    try:
        names = json.loads(text) if isinstance(text, str) else []
    except (ValueError, RecursionError):
        return ()
    if not isinstance(names, list):
        return ()
    return tuple(str(name).removeprefix(_ATTRIBUTE_PREFIX) for name in names)
