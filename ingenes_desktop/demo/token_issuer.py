"""The pool's tokens: minted with moto's key, remembered here, so that one nobody issued is known as such.

moto's own tokens never expire, its e-mail flag is a text, and it cannot revoke one of them.
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn
from uuid import uuid4

from joserfc import jwt
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool, CognitoIdpUserPoolClient

from ingenes_desktop.demo.aws_request import AwsError, JsonObject

UNIT_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
KEY_ID = "dummy"
"""The name of moto's one key in its key set."""


@dataclass(slots=True)
class RefreshGrant:
    """One sign-in. Rotation hands the same grant on under another token."""

    client_id: str
    username: str
    origin_jti: str
    auth_time: int
    expires_at: float
    device_key: str = ""
    """Of the device that the sign-in is bound to, where devices are tracked."""
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class _AccessGrant:
    grant: RefreshGrant
    expires_at: float


class TokenIssuer:
    """Issues, refreshes and revokes the tokens of one pool. Call it under the front's lock.

    ``clock`` gives seconds since 1970. ``altered_claims`` is a fault for tests: its claims go into every
    ID token instead of the right ones, and None leaves a claim out.
    """

    def __init__(self, pool: CognitoIdpUserPool, clock: Callable[[], float]) -> None:
        self._pool = pool
        self._clock = clock
        self._refresh: dict[str, RefreshGrant] = {}
        self._rotated: dict[str, float] = {}
        self._access: dict[str, _AccessGrant] = {}
        self.altered_claims: JsonObject = {}

    @property
    def issuer(self) -> str:
        """The ``iss`` of every token."""
        return f"https://{self.provider}"

    @property
    def provider(self) -> str:
        """The pool's name in an identity pool's Logins."""
        return f"cognito-idp.{self._pool.region}.amazonaws.com/{self._pool.id}"

    def sign_in(
        self, client: CognitoIdpUserPoolClient, user: CognitoIdpUser, device_key: str = ""
    ) -> JsonObject:
        """The AuthenticationResult of a new sign-in; with ``device_key`` it is bound to that device."""
        now = self._clock()
        lifetime = _lifetime(client, "RefreshToken", default=30, unit="days")
        grant = RefreshGrant(client.id, user.username, str(uuid4()), int(now), now + lifetime, device_key)
        token = _opaque_token()
        self._refresh[token] = grant
        return self._mint(client, user, grant) | {"RefreshToken": token}

    def grant(self, client: CognitoIdpUserPoolClient, token: str) -> RefreshGrant:
        """What stands behind a refresh token. Raises AwsError for one that cannot be used (any more)."""
        grant = self._refresh.get(token)
        if grant is None or grant.client_id != client.id:
            _refuse("Invalid Refresh Token")
        if grant.revoked:
            _refuse("Refresh Token has been revoked")
        if self._clock() >= grant.expires_at:
            _refuse("Refresh Token has expired")
        rotated_at = self._rotated.get(token)
        if rotated_at is not None and self._clock() > rotated_at + rotation(client)[1]:
            raise AwsError("RefreshTokenReuseException", "Refresh Token has been rotated out.")
        return grant

    def refresh(self, client: CognitoIdpUserPoolClient, user: CognitoIdpUser, token: str) -> JsonObject:
        """New ID and access tokens; a new refresh token only where the client rotates them."""
        grant = self.grant(client, token)
        result = self._mint(client, user, grant)
        if rotation(client)[0]:
            successor = _opaque_token()
            self._refresh[successor] = grant
            self._rotated.setdefault(token, self._clock())
            result["RefreshToken"] = successor
        return result

    def revoke(self, client: CognitoIdpUserPoolClient, token: str) -> None:
        """End one sign-in with all its tokens; a second time is no error. Raises AwsError."""
        grant = self._refresh.get(token)
        if grant is None:
            if token in self._access or token.count(".") == 2:  # noqa: PLR2004  a signed JWT has two dots
                raise AwsError("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.")
            raise AwsError("InvalidParameterException", "Invalid Refresh Token")
        if grant.client_id != client.id:
            raise AwsError("UnauthorizedException", "The token belongs to another client.")
        grant.revoked = True

    def sign_out(self, username: str) -> None:
        """End every sign-in of a person. ID tokens stay valid until they expire, as in Cognito."""
        for grant in self._refresh.values():
            if grant.username == username:
                grant.revoked = True

    def access_grant(self, token: str) -> RefreshGrant:
        """The sign-in of an access token. Raises AwsError NotAuthorizedException."""
        access = self._access.get(token)
        if access is None:
            _refuse("Invalid Access Token")
        if access.grant.revoked:
            _refuse("Access Token has been revoked")
        if self._clock() >= access.expires_at:
            _refuse("Access Token has expired")
        return access.grant

    def _mint(
        self, client: CognitoIdpUserPoolClient, user: CognitoIdpUser, grant: RefreshGrant
    ) -> JsonObject:
        now = int(self._clock())
        common: JsonObject = {
            "sub": user.id,
            "iss": self.issuer,
            "origin_jti": grant.origin_jti,
            "event_id": str(uuid4()),
            "auth_time": grant.auth_time,
            "iat": now,
        }
        if user.groups:
            common["cognito:groups"] = sorted(group.group_name for group in user.groups)
        id_lifetime = _lifetime(client, "IdToken", default=1, unit="hours")
        access_lifetime = _lifetime(client, "AccessToken", default=1, unit="hours")
        id_claims = (
            _attribute_claims(client, user)
            | common
            | {"aud": client.id, "token_use": "id", "cognito:username": user.username}
            | {"exp": now + id_lifetime, "jti": str(uuid4())}
            | self.altered_claims
        )
        access_claims = common | {
            "client_id": client.id,
            "token_use": "access",
            "username": user.username,
            "scope": "aws.cognito.signin.user.admin",
            "exp": now + access_lifetime,
            "jti": str(uuid4()),
        }
        access_token = self._sign(access_claims)
        self._access[access_token] = _AccessGrant(grant, now + access_lifetime)
        return {
            "IdToken": self._sign({name: value for name, value in id_claims.items() if value is not None}),
            "AccessToken": access_token,
            "ExpiresIn": access_lifetime,
            "TokenType": "Bearer",
        }

    def _sign(self, claims: JsonObject) -> str:
        return jwt.encode({"kid": KEY_ID, "alg": "RS256"}, claims, self._pool.json_web_key)


def rotation(client: CognitoIdpUserPoolClient) -> tuple[bool, float]:
    """Whether the client rotates refresh tokens, and for how many seconds the old one goes on working."""
    setting = client.extended_config.get("RefreshTokenRotation") or {}
    return setting.get("Feature") == "ENABLED", float(setting.get("RetryGracePeriodSeconds", 0))


def readable_attributes(client: CognitoIdpUserPoolClient, user: CognitoIdpUser) -> dict[str, str]:
    """The attributes that the client may read; a client without a list reads all."""
    readable = client.get_readable_fields()
    return {
        name: value
        for name, value in user.attribute_lookup.items()
        if not readable or name in readable or name == "sub"
    }


def _attribute_claims(client: CognitoIdpUserPoolClient, user: CognitoIdpUser) -> JsonObject:
    return {
        name: value == "true" if name in {"email_verified", "phone_number_verified"} else value
        for name, value in readable_attributes(client, user).items()
    }


def _lifetime(client: CognitoIdpUserPoolClient, token: str, *, default: int, unit: str) -> int:
    units = client.extended_config.get("TokenValidityUnits") or {}
    amount = client.extended_config.get(f"{token}Validity") or default
    return int(amount) * UNIT_SECONDS[units.get(token, unit)]


def _opaque_token() -> str:
    """As long as Cognito's: a store that cuts or refuses long values must show it here."""
    return ".".join(secrets.token_urlsafe(length) for length in (84, 256, 12, 920, 16))


def _refuse(message: str) -> NoReturn:
    raise AwsError("NotAuthorizedException", message)
