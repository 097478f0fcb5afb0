"""Asking the AWS services whether the configured ids exist, without a person and without an effect.

Each question is one that the service must refuse: a made-up refresh token, a made-up login, a request
without a signature. Which refusal comes tells whether the id is known. No user name and no password is
sent. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import Enum

from ingenes_desktop.adapters.aws_session import AwsService, ServiceError, check_answer
from ingenes_desktop.adapters.json_body import parse_object
from ingenes_desktop.adapters.server_clock import ServerClock
from ingenes_desktop.adapters.transport import Transport
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.settings import Settings

# No JWT and no token of anybody's: it can be refused only.
_MADE_UP = "ingenes-desktop-check"
_OK = 200
# 403 and 429 are a firewall's and a limiter's; a missing pool is one of these.
_NO_SUCH_THING = frozenset({400, 404})
_LARGEST_KEY_SET = 65_536
# "USER_PASSWORD_AUTH flow not enabled for this client", "USER_SRP_AUTH is not enabled for the client."
_FLOW_REFUSED = re.compile(r"\bnot enabled for (?:this|the) client\b", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,79}")
# What a service says of any request, whatever was asked; a person's would be refused likewise.
# https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html
_OF_ANY_REQUEST = {
    "ForbiddenException": ErrorCode.BLOCKED,
    "TooManyRequestsException": ErrorCode.BUSY,
    "ThrottlingException": ErrorCode.BUSY,
    "RequestLimitExceeded": ErrorCode.BUSY,
    "ServiceUnavailable": ErrorCode.BUSY,
    "InternalErrorException": ErrorCode.NOT_RESPONDING,
    "InternalServerError": ErrorCode.NOT_RESPONDING,
    "InternalServiceError": ErrorCode.NOT_RESPONDING,
    "InternalFailure": ErrorCode.NOT_RESPONDING,
}
# https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
_SECRET_LENGTHS = range(24, 65)


class Known(Enum):
    """What an answer says about a configured id."""

    YES = "exists"
    NO = "unknown"
    SECRET_MISSING = "secret_missing"  # noqa: S105  a verdict
    SECRET_REFUSED = "secret_refused"  # noqa: S105  likewise
    SECRET_SUPERFLUOUS = "secret_superfluous"  # noqa: S105  likewise
    NOT_LINKED = "not_linked"
    NOT_OFFERED = "not_offered"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Answered:
    """What was learned, and the service's own code for it."""

    known: Known
    code: str


class ServiceProbes:
    """The three services under one configuration. Worker threads only; AuthError as everywhere."""

    def __init__(
        self, settings: Settings, *, transport: Transport, aws: dict[str, AwsService], clock: ServerClock
    ) -> None:
        self._settings = settings
        self._transport = transport
        self._aws = aws
        self._clock = clock

    def user_pool(self, attempt: Attempt) -> Answered:
        """Whether the pool publishes keys."""
        endpoint = self._settings.endpoint("cognito-idp").rstrip("/")
        answer = self._transport.send(
            "GET",
            f"{endpoint}/{self._settings.user_pool_id}/.well-known/jwks.json",
            headers={"Accept": "application/json"},
            body=None,
            attempt=attempt,
            maximum_bytes=_LARGEST_KEY_SET,
        )
        if answer.status in _NO_SUCH_THING and "html" not in answer.media_type:
            _raise_what_any_request_meets(str(parse_object(answer.body).get("__type")))
            self._clock.observe(answer.headers.get("Date"))
            return Answered(Known.NO, f"HTTP-{answer.status}")
        check_answer(answer)
        if answer.status != _OK:
            raise AuthError(ErrorCode.NOT_RESPONDING, detail=f"JWKS-{answer.status}")
        self._clock.observe(answer.headers.get("Date"))
        keys = parse_object(answer.body).get("keys")
        if not isinstance(keys, list) or not keys:
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="JWKS-EMPTY")
        return Answered(Known.YES, f"HTTP-{answer.status}")

    def client(self, attempt: Attempt) -> Answered:
        """Whether the app client exists, and whether its secret is right, as far as that is said."""
        parameters = {"REFRESH_TOKEN": _MADE_UP}
        if self._settings.client_secret is not None:
            # Of no user name: it fits nobody. A client without a secret complains of it all the same.
            key = self._settings.client_secret.reveal().encode()
            digest = hmac.new(key, self._settings.client_id.encode(), hashlib.sha256).digest()
            parameters["SECRET_HASH"] = base64.b64encode(digest).decode()
        refusal = self._refused(
            "cognito-idp",
            "initiate_auth",
            {
                "ClientId": self._settings.client_id,
                "AuthFlow": "REFRESH_TOKEN_AUTH",
                "AuthParameters": parameters,
            },
            attempt,
        )
        known = _client_known(refusal, has_secret=self._settings.client_secret is not None)
        if known is Known.YES and self._settings.client_secret is not None:
            return self._client_secret(attempt)
        return Answered(known, refusal.code)

    def _client_secret(self, attempt: Attempt) -> Answered:
        """GetTokensFromRefreshToken takes the secret itself; no user name is part of it."""
        secret = self._settings.client_secret
        assert secret is not None  # noqa: S101  the caller has looked
        if len(secret.reveal()) not in _SECRET_LENGTHS:
            return Answered(Known.SECRET_REFUSED, "LENGTH")
        attempt.begin_next()
        refusal = self._refused(
            "cognito-idp",
            "get_tokens_from_refresh_token",
            {
                "ClientId": self._settings.client_id,
                "RefreshToken": _MADE_UP,
                "ClientSecret": secret.reveal(),
            },
            attempt,
        )
        if refusal.code in {"NotAuthorizedException", "UnauthorizedException"}:
            if "secret" in refusal.message.lower():
                return Answered(Known.SECRET_REFUSED, refusal.code)
            return Answered(Known.YES, refusal.code)
        return Answered(Known.UNSETTLED, refusal.code)

    def auth_flow(self, attempt: Attempt) -> Answered:
        """Whether the app client refuses the flow that is set. Nobody is named, so nobody is signed in.

        Public reports know the refusal of a flow by its words. Whether it comes before the complaint of
        the missing name is said nowhere: that complaint settles nothing.
        """
        refusal = self._refused(
            "cognito-idp",
            "initiate_auth",
            {"ClientId": self._settings.client_id, "AuthFlow": self._settings.auth_flow.value},
            attempt,
        )
        is_refused = refusal.code == "InvalidParameterException" and _FLOW_REFUSED.search(refusal.message)
        return Answered(Known.NOT_OFFERED if is_refused else Known.UNSETTLED, refusal.code)

    def identity_pool(self, attempt: Attempt) -> Answered:
        """Whether the identity pool exists. A login that is none creates no identity."""
        refusal = self._refused(
            "cognito-identity",
            "get_id",
            {
                "IdentityPoolId": self._settings.identity_pool_id,
                "Logins": {self._settings.login_provider: _MADE_UP},
            },
            attempt,
        )
        message = refusal.message.lower()
        if refusal.code == "ResourceNotFoundException":
            return Answered(Known.NO, refusal.code)
        if refusal.code == "NotAuthorizedException" and "supported provider" in message:
            return Answered(Known.NOT_LINKED, refusal.code)
        if refusal.code in {"NotAuthorizedException", "InvalidParameterException"} and "token" in message:
            return Answered(Known.YES, refusal.code)
        return Answered(Known.UNSETTLED, refusal.code)

    def secrets_manager(self, attempt: Attempt) -> Answered:
        """Whether the service answers at all: without credentials it says nothing about the secret."""
        refusal = self._refused("secretsmanager", "get_secret_value", {"SecretId": _MADE_UP}, attempt)
        return Answered(Known.UNSETTLED, refusal.code)

    def _refused(
        self, service: str, operation: str, parameters: dict[str, object], attempt: Attempt
    ) -> ServiceError:
        """The refusal that must come; an acceptance is none that this application can rely on.

        Raises AuthError BLOCKED, BUSY, NOT_RESPONDING for a refusal that says nothing of what was asked.
        """
        try:
            self._aws[service].call(operation, attempt, parameters)
        except ServiceError as error:
            refusal = error
        else:
            return ServiceError("ACCEPTED", "", _OK)
        _raise_what_any_request_meets(refusal.code)
        # A code is one word; anything else is shown to nobody.
        code = refusal.code if _CODE.fullmatch(refusal.code) else "?"
        return ServiceError(code, refusal.message, refusal.status)


def _raise_what_any_request_meets(code: str) -> None:
    name = code.rpartition("#")[2]
    if name in _OF_ANY_REQUEST:
        raise AuthError(_OF_ANY_REQUEST[name], detail=name)


def _client_known(refusal: ServiceError, *, has_secret: bool) -> Known:
    message = refusal.message.lower()
    if refusal.code == "ResourceNotFoundException":
        return Known.NO
    if "not configured for secret" in message:
        return Known.SECRET_SUPERFLUOUS
    if "secret" in message and not has_secret:
        return Known.SECRET_MISSING
    if refusal.code in {"NotAuthorizedException", "InvalidParameterException"}:
        # "Invalid Refresh Token", "... flow not enabled for this client": said of a client that is known.
        return Known.YES
    return Known.UNSETTLED
