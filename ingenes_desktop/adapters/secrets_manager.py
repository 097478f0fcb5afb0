"""AWS Secrets Manager: the FileMaker account."""

import base64
import binascii
from typing import Any
from unicodedata import category

from ingenes_desktop.adapters.aws_session import AwsService, ServiceError
from ingenes_desktop.adapters.filemaker_address import FileMakerAddressRules, checked_base_url
from ingenes_desktop.adapters.json_body import parse_object
from ingenes_desktop.adapters.retrying import read_with_retries
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.models import AwsCredentials, FileMakerCredentials
from ingenes_desktop.domain.secret import Secret

_LONGEST_FIELD = 1_024
_BY_CODE = {
    "AccessDeniedException": ErrorCode.ACCESS_DENIED,
    "RequestExpired": ErrorCode.CLOCK_WRONG,
    "ThrottlingException": ErrorCode.BUSY,
    "InternalServiceError": ErrorCode.NOT_RESPONDING,
    "InternalFailure": ErrorCode.NOT_RESPONDING,
    "ServiceUnavailable": ErrorCode.BUSY,
}


class SecretsManager:
    """Keeps ports.SecretStore.

    https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
    """

    def __init__(self, service: AwsService, *, secret_name: str, rules: FileMakerAddressRules) -> None:
        self._service = service
        self._secret_name = secret_name
        self._rules = rules

    def get_filemaker_credentials(
        self, credentials: AwsCredentials, attempt: Attempt
    ) -> FileMakerCredentials:
        """GetSecretValue, its three fields checked. What is wrong is named by field, never by value."""
        answer = read_with_retries(lambda: self._call(credentials, attempt), attempt)
        fields = _fields_of(answer)
        base_url, username, password = (_field(fields, name) for name in ("baseUrl", "username", "password"))
        return FileMakerCredentials(
            checked_base_url(base_url, self._rules), Secret(username), Secret(password)
        )

    def _call(self, credentials: AwsCredentials, attempt: Attempt) -> dict[str, Any]:
        try:
            return self._service.call(
                "get_secret_value", attempt, {"SecretId": self._secret_name}, credentials
            )
        except ServiceError as error:
            record("secrets_manager_refused", code=error.code, status=error.status)
            code = _BY_CODE.get(error.code, ErrorCode.CONFIGURATION)
            if "signature expired" in error.message.lower() or "not yet current" in error.message.lower():
                code = ErrorCode.CLOCK_WRONG
            failure = AuthError(code, detail=error.code)
        raise failure


def _fields_of(answer: dict[str, Any]) -> dict[str, Any]:
    text, binary = answer.get("SecretString"), answer.get("SecretBinary")
    if isinstance(text, str) and text:
        body = text.encode("utf-8", "replace")
    elif isinstance(binary, bytes) and binary:
        body = binary if binary.lstrip()[:1] == b"{" else _decoded(binary)
    else:
        raise AuthError(ErrorCode.CONFIGURATION, detail="SECRET-EMPTY")
    try:
        return parse_object(body)
    except AuthError:
        raise AuthError(ErrorCode.CONFIGURATION, detail="SECRET-NOT-JSON") from None


def _decoded(binary: bytes) -> bytes:
    """boto3 has decoded the transport's base64 already; a secret stored as base64 text has one more."""
    try:
        return base64.b64decode(binary, validate=True)
    except binascii.Error:
        return binary


def _field(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_FIELD:
        raise AuthError(ErrorCode.CONFIGURATION, detail=f"SECRET-{name.upper()}")
    if any(category(character) in {"Cc", "Cs"} for character in value):  # control characters, half a pair
        raise AuthError(ErrorCode.CONFIGURATION, detail=f"SECRET-{name.upper()}")
    return value
