"""Checking an ID token: a defence in depth, since it comes from Cognito over TLS anyway.

The times are compared here and not by pyjwt, because they are reckoned with the far end's clock.
"""

from typing import Any

import jwt

from ingenes_desktop.adapters.claims import as_boolean
from ingenes_desktop.adapters.key_set import KeySet
from ingenes_desktop.adapters.server_clock import ServerClock
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import CognitoIdentity
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.secret import Secret

LEEWAY_SECONDS = 60.0
MAXIMUM_LENGTH = 8_192
_LONGEST_LIFETIME = 86_400.0
_LONGEST_JOURNEY = 600.0
"""Seconds after it was made in which a token is checked here; an older one tells of a clock ahead."""
_FOREIGN_KEY_HEADERS = frozenset({"jku", "jwk", "x5u", "x5c", "crit"})
_REQUIRED = ("exp", "iat", "sub", "aud", "iss", "token_use")


class CognitoIdTokenVerifier:
    """Keeps ports.IdTokenVerifier."""

    def __init__(self, keys: KeySet, *, issuer: str, client_id: str, clock: ServerClock) -> None:
        self._keys = keys
        self._issuer = issuer
        self._client_id = client_id
        self._clock = clock

    def verify(self, id_token: Secret, attempt: Attempt) -> CognitoIdentity:
        """The claims of a genuine token.

        Raises AuthError CLOCK_WRONG for times that do not fit, UNEXPECTED_ANSWER for anything else.
        """
        text = id_token.reveal()
        if len(text) > MAXIMUM_LENGTH or text.count(".") != 2:  # noqa: PLR2004  header.payload.signature
            raise _forged("SHAPE")
        claims = self._decoded(text, self._keys.key(_key_id(text), attempt).key)
        self._check_times(claims)
        return _identity(claims)

    def _decoded(self, text: str, key: Any) -> dict[str, Any]:
        failure: AuthError
        try:
            claims: dict[str, Any] = jwt.decode(
                text,
                key,  # a key object, never a PyJWK: that would bring its own list of algorithms
                algorithms=["RS256"],
                audience=self._client_id,
                issuer=self._issuer,
                options={
                    "require": list(_REQUIRED),
                    "strict_aud": True,
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except jwt.PyJWTError as error:
            failure = _forged(type(error).__name__)
        except (ValueError, TypeError, RecursionError):
            failure = _forged("UNREADABLE")
        else:
            if claims.get("token_use") == "id" and claims["sub"]:
                return claims
            failure = _forged("TOKEN-USE" if claims["sub"] else "SUB")
        raise failure

    def _check_times(self, claims: dict[str, Any]) -> None:
        times = [claims.get(name) for name in ("iat", "exp")]
        if any(isinstance(time, bool) or not isinstance(time, int) for time in times):
            raise _forged("TIMES")
        issued_at, expires_at = (int(time) for time in times if isinstance(time, int))
        if not 0 < expires_at - issued_at <= _LONGEST_LIFETIME:
            raise _forged("LIFETIME")
        now = self._clock.now()
        if (
            not now - _LONGEST_JOURNEY <= issued_at <= now + LEEWAY_SECONDS
            or expires_at < now - LEEWAY_SECONDS
        ):
            # Cognito has just made it: not the token is wrong, but the clock it is held against.
            raise AuthError(ErrorCode.CLOCK_WRONG, detail="JWT-TIME")
        for name in ("auth_time", "nbf"):
            moment = claims.get(name, issued_at)
            if isinstance(moment, bool) or not isinstance(moment, int) or moment > now + LEEWAY_SECONDS:
                raise _forged(name.upper())


def _key_id(text: str) -> str:
    failure: AuthError
    try:
        header = jwt.get_unverified_header(text)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        failure = _forged("HEADER")
    else:
        key_id = header.get("kid")
        if (
            header.get("alg") == "RS256"
            and isinstance(key_id, str)
            and not _FOREIGN_KEY_HEADERS & set(header)
        ):
            return key_id
        failure = _forged("HEADER")
    raise failure


def _identity(claims: dict[str, Any]) -> CognitoIdentity:
    """The claims that the profile uses, with the fallbacks of the contract."""

    def claim(*names: str) -> str:
        return next((text for text in (plain_text(claims.get(name)) for name in names) if text), "")

    sub = claim("sub")
    email = claims.get("email")
    auth_time = claims.get("auth_time")  # a whole number, or absent: the times have been checked
    return CognitoIdentity(
        sub=sub,
        username=claim("cognito:username") or sub,
        email=email.strip() if isinstance(email, str) else "",
        email_verified=as_boolean(claims.get("email_verified")),
        first_name=claim("custom:firstName", "given_name"),
        last_name=claim("custom:lastName", "family_name"),
        store_name=claim("custom:storeName"),
        customer_id=claim("custom:customerId"),
        location_status=claim("custom:locationStatus"),
        record_id=claim("custom:recordId") or sub,
        auth_time=float(auth_time or 0),
        origin_jti=claim("origin_jti"),
        lifetime=float(claims["exp"] - claims["iat"]),
    )


def _forged(detail: str) -> AuthError:
    return AuthError(ErrorCode.UNEXPECTED_ANSWER, detail=f"JWT-{detail}")
