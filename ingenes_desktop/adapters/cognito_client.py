"""The app client of the user pool: its id, its secret where it has one, and its calls."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any

from ingenes_desktop.adapters.aws_session import AwsService, ServiceError
from ingenes_desktop.adapters.cognito_errors import meaning_of
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.secret import Secret

_BARE_STATUSES = frozenset({"HTTP-404", "HTTP-500", "HTTP-501"})
_UNKNOWN = frozenset(
    {
        "UnknownOperationException",
        "UnknownOperation",
        "InvalidAction",
        "UnsupportedOperationException",
        "UnsupportedOperation",
    }
)


class AppClient:
    """Nothing is sent twice. Any worker thread."""

    def __init__(self, service: AwsService, *, client_id: str, client_secret: Secret | None) -> None:
        self.client_id = client_id
        self._service = service
        self._client_secret = client_secret

    def call(self, operation: str, attempt: Attempt, **parameters: Any) -> dict[str, Any]:
        """Call ``operation`` once. Raises AuthError."""
        return self.send(operation, attempt, parameters, meaning_of)

    def send(
        self,
        operation: str,
        attempt: Attempt,
        parameters: Mapping[str, Any],
        meaning: Callable[[ServiceError, str], AuthError],
    ) -> dict[str, Any]:
        """Likewise, where Cognito's refusals have a ``meaning`` of their own."""
        try:
            return self._service.call(operation, attempt, parameters)
        except ServiceError as error:
            failure = meaning(error, operation)
        raise failure

    def secret_hash(self, username: str) -> dict[str, str]:
        """SECRET_HASH, where the client has a secret.

        https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
        """
        if not self._client_secret:
            return {}
        key = self._client_secret.reveal().encode()
        digest = hmac.new(key, (username + self.client_id).encode(), hashlib.sha256).digest()
        return {"SECRET_HASH": base64.b64encode(digest).decode()}

    def secret_hash_member(self, username: str) -> dict[str, str]:
        """The same, for operations that take it as a member of their own."""
        hashed = self.secret_hash(username)
        return {"SecretHash": hashed["SECRET_HASH"]} if hashed else {}

    def secret_member(self) -> dict[str, str]:
        """The secret itself, for operations that take no hash of it."""
        return {"ClientSecret": self._client_secret.reveal()} if self._client_secret else {}


def is_unknown_to_the_service(error: AuthError) -> bool:
    """Whether the operation is not there at all: said so, or answered without a word of Cognito's."""
    if error.code is ErrorCode.NOT_RESPONDING:
        return error.detail in _BARE_STATUSES
    return error.code is ErrorCode.OPERATION_NOT_OFFERED and error.detail in _UNKNOWN
