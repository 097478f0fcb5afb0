"""The identity pool: GetId and GetCredentialsForIdentity for people of this user pool only.

https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html
"""

import secrets
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn
from uuid import NAMESPACE_URL, uuid5

import jwt
from jwt.types import Options

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, Request
from ingenes_desktop.demo.token_issuer import TokenIssuer

CREDENTIALS_SECONDS = 3600
ALPHABET = string.ascii_uppercase + string.digits
SIGNATURE_ONLY: Options = {
    "verify_signature": True,
    "verify_aud": False,
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


@dataclass(frozen=True, slots=True)
class IssuedCredentials:
    """Credentials that this cloud handed out. ``expires_at`` is in seconds since 1970."""

    access_key_id: str
    secret_key: str
    session_token: str
    expires_at: float


class IdentityRules:
    """One identity pool in front of one user pool. ``public_key`` is the key of the pool's tokens."""

    def __init__(
        self,
        *,
        identity_pool_id: str,
        client_ids: Callable[[], Mapping[str, object]],
        tokens: TokenIssuer,
        public_key: object,
        clock: Callable[[], float],
    ) -> None:
        self._identity_pool_id = identity_pool_id
        self._client_ids = client_ids
        self._tokens = tokens
        self._public_key = public_key
        self._clock = clock
        self._credentials: dict[str, IssuedCredentials] = {}
        self.credentials_seconds: float = CREDENTIALS_SECONDS
        """How long new credentials live; a test makes it short."""

    def get_id(self, request: Request) -> JsonObject:
        """GetId: the same identity for the same person, always."""
        pool = request.text("IdentityPoolId")
        if pool != self._identity_pool_id:
            raise AwsError("ResourceNotFoundException", f"IdentityPool '{pool}' not found.")
        return {"IdentityId": self._identity_of(self._person(request))}

    def get_credentials_for_identity(self, request: Request) -> JsonObject:
        """GetCredentialsForIdentity: random credentials, good for an hour."""
        identity = request.text("IdentityId")
        if not identity.startswith(self._identity_pool_id.split(":")[0] + ":"):
            raise AwsError("ResourceNotFoundException", f"Identity '{identity}' not found.")
        if identity != self._identity_of(self._person(request)):
            _refuse(f"Access to Identity '{identity}' is forbidden.")
        issued = IssuedCredentials(
            access_key_id="ASIA" + "".join(secrets.choice(ALPHABET) for _ in range(16)),
            secret_key=secrets.token_urlsafe(30),
            session_token=secrets.token_urlsafe(700),
            expires_at=self._clock() + self.credentials_seconds,
        )
        self._credentials[issued.access_key_id] = issued
        return {
            "IdentityId": identity,
            "Credentials": {
                "AccessKeyId": issued.access_key_id,
                "SecretKey": issued.secret_key,
                "SessionToken": issued.session_token,
                "Expiration": issued.expires_at,
            },
        }

    def issued(self, access_key_id: str) -> IssuedCredentials | None:
        """The credentials of that key, where this cloud handed them out."""
        return self._credentials.get(access_key_id)

    def _identity_of(self, sub: str) -> str:
        region, _, pool = self._identity_pool_id.partition(":")
        return f"{region}:{uuid5(NAMESPACE_URL, f'{pool}/{sub}')}"

    def _person(self, request: Request) -> str:
        """The ``sub`` of the Logins' ID token. Raises AwsError NotAuthorizedException."""
        logins = request.texts("Logins")
        if not logins:
            _refuse("Unauthenticated access is not supported for this identity pool.")
        if set(logins) != {self._tokens.provider}:
            _refuse("Token is not from a supported provider of this identity pool.")
        claims = self._claims(logins[self._tokens.provider])
        if claims.get("iss") != self._tokens.issuer:
            _refuse("Invalid login token. Issuer doesn't match providerName")
        if "aud" not in claims:
            _refuse("Invalid login token. Missing a required claim: aud")
        if claims["aud"] not in self._client_ids() or claims.get("token_use") != "id":
            _refuse("Invalid login token. Incorrect token audience.")
        now, expires_at = self._clock(), claims.get("exp")
        if not isinstance(expires_at, int) or now >= expires_at:
            _refuse(f"Invalid login token. Token expired: {expires_at} >= {int(now)}")
        return str(claims.get("sub"))

    def _claims(self, token: str) -> Mapping[str, object]:
        try:
            claims = jwt.decode(token, self._public_key, algorithms=["RS256"], options=SIGNATURE_ONLY)  # type: ignore[arg-type]  # joserfc names its key only by what it can do
        except jwt.InvalidSignatureError:
            _refuse("Invalid login token. Couldn't verify signed token.")
        except jwt.PyJWTError:
            _refuse("Invalid login token. Not a valid OpenId Connect identity token.")
        return dict(claims)


def _refuse(message: str) -> NoReturn:
    raise AwsError("NotAuthorizedException", message)
