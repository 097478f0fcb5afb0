"""The tokens in an answer of Cognito's, checked before they are used."""

import math
from collections.abc import Mapping
from typing import Any

from ingenes_desktop.adapters.cognito_devices import new_device_in
from ingenes_desktop.application.ports import UnusableRenewalError
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import CognitoTokens, RenewedTokens
from ingenes_desktop.domain.secret import Secret

_LONGEST_TOKEN = 16_384
_LONGEST_LIFETIME = 86_400.0


def tokens_in(answer: Mapping[str, Any]) -> CognitoTokens:
    """What a sign-in gives at its end; anything else is an error of this step."""
    result = _result(answer)
    id_token, access_token, refresh_token = _tokens(result, "IdToken", "AccessToken", "RefreshToken")
    new_device = new_device_in(result.get("NewDeviceMetadata"))
    return CognitoTokens(id_token, access_token, refresh_token, _lifetime(result), new_device)


def renewed_tokens(answer: Mapping[str, Any]) -> RenewedTokens:
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


def revocable_token(answer: Mapping[str, Any]) -> Secret | None:
    """The refresh token in an answer that is of no use otherwise."""
    result = answer.get("AuthenticationResult")
    refresh_token = result.get("RefreshToken") if isinstance(result, dict) else None
    return Secret(refresh_token) if isinstance(refresh_token, str) and refresh_token else None


def _result(answer: Mapping[str, Any]) -> dict[str, Any]:
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
