"""GetSecretValue: only for credentials that this cloud handed out, and only the one secret.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
"""

import json
from collections.abc import Callable

from ingenes_desktop.demo.aws_request import Answer, AwsError, Call, JsonObject, Request
from ingenes_desktop.demo.identity_rules import IssuedCredentials
from ingenes_desktop.demo.request_signature import is_signed_with, read_signature, signed_at

CLOCK_WINDOW_SECONDS = 15 * 60


class SecretRules:
    """Judges the caller, then lets moto read the secret."""

    def __init__(
        self,
        *,
        region: str,
        issued: Callable[[str], IssuedCredentials | None],
        read: Callable[[Call], Answer],
        clock: Callable[[], float],
    ) -> None:
        self._region = region
        self._issued = issued
        self._read = read
        self._clock = clock

    def get_secret_value(self, request: Request) -> JsonObject:
        """GetSecretValue. Raises AwsError for a caller or a name that is not ours."""
        self._check_caller(request.call)
        request.text("SecretId")
        answer = self._read(request.call)
        if answer.status != 200:  # noqa: PLR2004  HTTP's
            raise AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
        value: JsonObject = json.loads(answer.body)
        return value

    def _check_caller(self, call: Call) -> None:
        if "authorization" not in call.headers:
            raise AwsError("MissingAuthenticationTokenException", "Missing Authentication Token")
        signature = read_signature(call)
        if signature is None:
            raise AwsError("IncompleteSignatureException", "Authorization header is incomplete.")
        credentials = self._issued(signature.access_key_id)
        if credentials is None or call.headers.get("x-amz-security-token") != credentials.session_token:
            raise AwsError(
                "UnrecognizedClientException", "The security token included in the request is invalid."
            )
        now, moment = self._clock(), signed_at(call)
        if moment is None or abs(now - moment) > CLOCK_WINDOW_SECONDS:
            raise AwsError("InvalidSignatureException", "Signature expired or not yet current.")
        scoped = signature.scope.split("/")[1:3] == [self._region, "secretsmanager"]
        if not scoped or not is_signed_with(call, signature, credentials.secret_key):
            raise AwsError(
                "InvalidSignatureException",
                "The request signature we calculated does not match the signature you provided. "
                "Check your AWS Secret Access Key and signing method.",
            )
        if now >= credentials.expires_at:
            raise AwsError("ExpiredTokenException", "The security token included in the request is expired")
