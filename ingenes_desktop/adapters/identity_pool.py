"""Amazon Cognito identity pools: an ID token for temporary AWS credentials (enhanced flow)."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from ingenes_desktop.adapters.aws_session import AwsService, ServiceError
from ingenes_desktop.adapters.retrying import read_with_retries
from ingenes_desktop.adapters.server_clock import ServerClock
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.models import AwsCredentials
from ingenes_desktop.domain.secret import Secret

_LONGEST_IDENTITY_ID = 55
# Printable ASCII: they become headers.
_KEY = re.compile(r"[!-~]{1,8192}")
_BY_CODE = {
    "AccessDeniedException": ErrorCode.ACCESS_DENIED,
    "TooManyRequestsException": ErrorCode.BUSY,
    "ThrottlingException": ErrorCode.BUSY,
    "LimitExceededException": ErrorCode.BUSY,
    "ResourceConflictException": ErrorCode.BUSY,
    "ExternalServiceException": ErrorCode.NOT_RESPONDING,
    "InternalErrorException": ErrorCode.NOT_RESPONDING,
    "ForbiddenException": ErrorCode.BLOCKED,
}


class CognitoIdentityPool:
    """Keeps ports.IdentityPool.

    https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/Welcome.html
    """

    def __init__(
        self, service: AwsService, *, identity_pool_id: str, login_provider: str, clock: ServerClock
    ) -> None:
        self._service = service
        self._identity_pool_id = identity_pool_id
        self._login_provider = login_provider
        self._clock = clock

    def get_id(self, id_token: Secret, attempt: Attempt) -> str:
        """GetId: the identity of this account in this pool; stable, so it may be kept."""
        answer = self._read(
            "get_id",
            attempt,
            lambda: {
                "IdentityPoolId": self._identity_pool_id,
                "Logins": {self._login_provider: id_token.reveal()},
            },
        )
        identity_id = answer.get("IdentityId")
        if not isinstance(identity_id, str) or not 0 < len(identity_id) <= _LONGEST_IDENTITY_ID:
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="IDENTITY-ID")
        return identity_id

    def get_credentials(self, identity_id: str, id_token: Secret, attempt: Attempt) -> AwsCredentials:
        """GetCredentialsForIdentity. Credentials that have already expired are refused."""
        answer = self._read(
            "get_credentials_for_identity",
            attempt,
            lambda: {
                "IdentityId": identity_id,
                "Logins": {self._login_provider: id_token.reveal()},
            },
        )
        credentials = answer.get("Credentials")
        if not isinstance(credentials, dict):
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="CREDENTIALS")
        # The answer says SecretKey, not SecretAccessKey.
        parts = [credentials.get(name) for name in ("AccessKeyId", "SecretKey", "SessionToken")]
        expiration = credentials.get("Expiration")
        if not all(isinstance(part, str) and _KEY.fullmatch(part) for part in parts):
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="CREDENTIALS")
        if not isinstance(expiration, datetime):
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="EXPIRATION")
        expires_at = expiration.timestamp()
        if expires_at <= self._clock.now():
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="EXPIRED-CREDENTIALS")
        access_key_id, secret_key, session_token = (str(part) for part in parts)
        return AwsCredentials(access_key_id, Secret(secret_key), Secret(session_token), expires_at)

    def _read(
        self, operation: str, attempt: Attempt, parameters: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        def call() -> dict[str, Any]:
            try:
                return self._service.call(operation, attempt, parameters())
            except ServiceError as error:
                failure = _meaning_of(error, operation)
            raise failure

        return read_with_retries(call, attempt)


def _meaning_of(error: ServiceError, operation: str) -> AuthError:
    record("identity_pool_refused", operation=operation, code=error.code, status=error.status)
    if error.code == "NotAuthorizedException":
        message = error.message.lower()
        if "token expired" in message:
            return AuthError(ErrorCode.CLOCK_WRONG, detail=error.code)
        if "forbidden" in message or "access denied" in message:
            return AuthError(ErrorCode.ACCESS_DENIED, detail=error.code)
    return AuthError(_BY_CODE.get(error.code, ErrorCode.CONFIGURATION), detail=error.code)
