"""What an answer of Cognito's brings: tokens or a question, each checked before it is used."""

import json
import math
from typing import Any

from ingenes_desktop.application.ports import UnusableRenewalError
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import Challenge, CognitoTokens, RenewedTokens
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.secret import Secret

_LONGEST_TOKEN = 16_384
_LONGEST_NAME = 100
_LONGEST_LIFETIME = 86_400.0
_ATTRIBUTE_PREFIX = "userAttributes."


def tokens_or_challenge(answer: dict[str, Any], username: str) -> CognitoTokens | Challenge:
    """Exactly one of the two that InitiateAuth can give; anything else is an error of this step."""
    if answer.get("ChallengeName"):
        return _challenge(answer, username)
    result = _result(answer)
    id_token, access_token, refresh_token = _tokens(result, "IdToken", "AccessToken", "RefreshToken")
    return CognitoTokens(id_token, access_token, refresh_token, _lifetime(result))


def renewed_tokens(answer: dict[str, Any]) -> RenewedTokens:
    """What a refresh can give: no question, and a refresh token only where the client rotates them.

    Raises UnusableRenewalError where the next refresh token is all that is of use in it.
    """
    if answer.get("ChallengeName"):
        raise _unexpected("CHALLENGE")
    result = _result(answer)
    rotated = None
    if result.get("RefreshToken") is not None:
        (rotated,) = _tokens(result, "RefreshToken")
    try:
        id_token, access_token = _tokens(result, "IdToken", "AccessToken")
        return RenewedTokens(id_token, access_token, rotated, _lifetime(result))
    except AuthError as error:
        failure = error if rotated is None else UnusableRenewalError(error, rotated)
    raise failure


def revocable_token(answer: dict[str, Any]) -> Secret | None:
    """The refresh token in an answer that is of no use otherwise."""
    result = answer.get("AuthenticationResult")
    refresh_token = result.get("RefreshToken") if isinstance(result, dict) else None
    return Secret(refresh_token) if isinstance(refresh_token, str) and refresh_token else None


def _result(answer: dict[str, Any]) -> dict[str, Any]:
    result = answer.get("AuthenticationResult")
    if not isinstance(result, dict):
        raise _unexpected("AUTHENTICATION-RESULT")
    return result


def _tokens(result: dict[str, Any], *names: str) -> list[Secret]:
    tokens = [result.get(name) for name in names]
    if not all(isinstance(token, str) and 0 < len(token) <= _LONGEST_TOKEN for token in tokens):
        raise _unexpected("TOKENS")
    return [Secret(str(token)) for token in tokens]


def _lifetime(result: dict[str, Any]) -> float:
    lifetime = result.get("ExpiresIn")
    if isinstance(lifetime, bool) or not isinstance(lifetime, int | float):
        raise _unexpected("EXPIRES-IN")
    if not math.isfinite(lifetime) or not 0 < lifetime <= _LONGEST_LIFETIME:
        raise _unexpected("EXPIRES-IN")
    return float(lifetime)


def _unexpected(detail: str) -> AuthError:
    return AuthError(ErrorCode.UNEXPECTED_ANSWER, detail=detail)


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
        plain_text(name, _LONGEST_NAME),
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
