"""ID tokens as Amazon Cognito makes them, signed with keys of the tests' own, and tokens as it does not."""

import base64
import json
from collections.abc import Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

SUB = "0f3c1f9e-54a2-4d0c-9a3e-6f1f6a1f0c11"
CLIENT_ID = "3exampleclient0000000000000"
POOL_ID = "us-east-1_Ejemplo01"
ISSUER = f"https://cognito-idp.us-east-1.amazonaws.com/{POOL_ID}"


class TokenIssuer:
    """A user pool's signing key. One for a test session: a key takes time."""

    def __init__(self, key_id: str = "clave-1") -> None:
        self.key_id = key_id
        self.key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)

    @property
    def public_pem(self) -> bytes:
        """The public key, as an attacker has it too."""
        return self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def jwk(self, **changes: object) -> dict[str, Any]:
        """The public key as it stands in the key set; a change to None takes a member away."""
        entry: dict[str, Any] = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        entry.pop("key_ops", None)
        entry.update(kid=self.key_id, use="sig", alg="RS256")
        entry.update(changes)
        return {name: value for name, value in entry.items() if value is not None}

    def claims(self, now: float, **changes: object) -> dict[str, Any]:
        """The claims of Ana's ID token; a change to None takes a claim away."""
        claims: dict[str, Any] = {
            "sub": SUB,
            "iss": ISSUER,
            "aud": CLIENT_ID,
            "token_use": "id",
            "auth_time": int(now),
            "iat": int(now),
            "exp": int(now) + 3600,
            "cognito:username": SUB,
            "email": "ana@clinica.example",
            "email_verified": True,
            "custom:firstName": "Ana Lucía",
            "custom:lastName": "Ortega Prado",
            "custom:storeName": "Clínica Ejemplo Centro",
            "custom:customerId": "2",
            "custom:locationStatus": "active",
        }
        claims.update(changes)
        return {name: value for name, value in claims.items() if value is not None}

    def sign(
        self,
        claims: Mapping[str, Any],
        *,
        algorithm: str = "RS256",
        key: Any = None,
        headers: Mapping[str, Any] | None = None,
    ) -> str:
        """A signed token."""
        return jwt.encode(
            dict(claims),
            self.key if key is None else key,
            algorithm=algorithm,
            headers={"kid": self.key_id, **(headers or {})},
        )

    def sign_text(self, payload: str, header: Mapping[str, Any] | None = None) -> str:
        """A genuine signature under whatever stands in ``payload``, also what no library would write."""
        head = {"alg": "RS256", "kid": self.key_id, "typ": "JWT"} if header is None else header
        signing_input = f"{encoded(json.dumps(head))}.{encoded(payload)}"
        signature = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(
            signing_input.encode(), self.key
        )
        return f"{signing_input}.{encoded(signature)}"


def encoded(part: str | bytes) -> str:
    """One part of a token."""
    data = part.encode() if isinstance(part, str) else part
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
