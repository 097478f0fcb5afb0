"""boto3 without anything of the machine: no AWS variable, no file under HOME, no metadata service.

A stock client reads endpoints, profiles, service models and credential programs from the environment
and the home folder, and any of them can send a password elsewhere. Here every such source is replaced
by a constant, every request goes through our own transport, and its host is checked once more.
"""

import os
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore import UNSIGNED
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest, AWSResponse
from botocore.config import Config
from botocore.configprovider import BOTOCORE_DEFAUT_SESSION_VARIABLES
from botocore.credentials import CredentialResolver, Credentials
from botocore.exceptions import ClientError
from botocore.loaders import Loader
from botocore.session import Session

from ingenes_desktop.adapters.json_body import parse_object
from ingenes_desktop.adapters.server_clock import ServerClock
from ingenes_desktop.adapters.transport import Answer, Transport, retry_after
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.models import AwsCredentials

_JSON_TYPES = frozenset({"application/json", "application/x-amz-json-1.0", "application/x-amz-json-1.1"})
_OK, _MULTIPLE_CHOICES, _BAD_REQUEST, _SERVER_ERROR = 200, 300, 400, 500
_FORBIDDEN, _TOO_MANY, _UNAVAILABLE, _PORTAL = 403, 429, 503, 511


class ServiceError(Exception):
    """A far end's refusal with its code; ``message`` is for telling meanings apart, never for a log."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class _Call:
    attempt: Attempt
    credentials: AwsCredentials | None


_call: ContextVar[_Call] = ContextVar("aws_call")


class _Body:
    """A whole body in the form in which botocore wants to read one."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> list[bytes]:
        return [self._body]


class _Signer(SigV4Auth):  # type: ignore[misc]  # botocore ships no types
    """Signature Version 4, dated by the far end's clock."""

    def __init__(self, credentials: AwsCredentials, region: str, clock: ServerClock) -> None:
        keys = Credentials(
            credentials.access_key_id,
            credentials.secret_access_key.reveal(),
            credentials.session_token.reveal(),
        )
        super().__init__(keys, "secretsmanager", region)
        self._clock = clock

    def _modify_request_before_signing(self, request: AWSRequest) -> None:
        now = datetime.fromtimestamp(self._clock.now(), UTC)
        request.context["timestamp"] = now.strftime("%Y%m%dT%H%M%SZ")
        super()._modify_request_before_signing(request)


class AwsService:
    """One AWS service: its client, and calls that end in a parsed object or an AuthError.

    Built and called on worker threads; ``client`` methods may be used by several threads at once.
    """

    def __init__(
        self,
        name: str,
        *,
        session: boto3.Session,
        region: str,
        endpoint: str,
        transport: Transport,
        clock: ServerClock,
    ) -> None:
        self.name = name
        self.endpoint = endpoint
        self._region = region
        self._origin = urlsplit(endpoint)[:2]
        self._transport = transport
        self._clock = clock
        self._client = session.client(
            name,
            region_name=region,
            endpoint_url=endpoint,
            config=Config(
                # Signed by _Signer where a signature is due: the client then outlives the credentials.
                signature_version=UNSIGNED,
                retries={"mode": "standard", "total_max_attempts": 1},
                proxies={},
                ignore_configured_endpoint_urls=True,
                use_fips_endpoint=False,
                use_dualstack_endpoint=False,
                parameter_validation=True,
                user_agent="ingenes-desktop",
            ),
        )
        self._client.meta.events.register_last("before-send", self._send)

    def call(
        self,
        operation: str,
        attempt: Attempt,
        parameters: Mapping[str, Any],
        credentials: AwsCredentials | None = None,
    ) -> dict[str, Any]:
        """Call ``operation`` ("initiate_auth") once; the answer's own keys.

        Raises ServiceError for a refusal by code, AuthError for everything else.
        """
        failure: Exception
        token = _call.set(_Call(attempt, credentials))
        try:
            answer: dict[str, Any] = getattr(self._client, operation)(**parameters)
        except AuthError as error:
            failure = error
        except ClientError as error:
            failure = _service_error(error)
        except Exception as error:  # noqa: BLE001  whatever an SDK raises ends here, as a value
            record("sdk_failed", service=self.name, operation=operation, error=type(error).__name__)
            failure = AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="SDK")
        else:
            answer.pop("ResponseMetadata", None)
            return answer
        finally:
            _call.reset(token)
        raise failure

    def open_connection(self, attempt: Attempt) -> None:
        """Open a connection for the call that will come. Raises nothing."""
        self._transport.open(self.endpoint, attempt)

    def _send(self, request: AWSPreparedRequest, **_unused: Any) -> AWSResponse:
        call = _call.get()
        if urlsplit(request.url)[:2] != self._origin:
            # A rule set or a model from elsewhere turned the request: it does not leave this process.
            raise AuthError(ErrorCode.CONFIGURATION, detail="ENDPOINT")
        if call.credentials is not None:
            request = self._signed(request, call.credentials)
        headers = {
            name: value
            for name, value in _as_text(request).items()
            if name.lower() not in {"user-agent", "accept-encoding", "content-length"}
        }
        body = request.body.encode() if isinstance(request.body, str) else request.body
        answer = self._transport.send(
            request.method, request.url, headers=headers, body=body, attempt=call.attempt
        )
        check_answer(answer, any_media_type=self._origin[0] == "http")
        self._clock.observe(answer.headers.get("Date"))
        return AWSResponse(request.url, answer.status, answer.headers, _Body(answer.body))

    def _signed(self, request: AWSPreparedRequest, credentials: AwsCredentials) -> AWSPreparedRequest:
        unsigned = AWSRequest(
            method=request.method, url=request.url, headers=_as_text(request), data=request.body
        )
        _Signer(credentials, self._region, self._clock).add_auth(unsigned)
        return unsigned.prepare()


def _as_text(request: AWSPreparedRequest) -> dict[str, str]:
    """The headers as texts: botocore's own are bytes in part, and its signer wants none."""
    return {
        name: value.decode("latin-1") if isinstance(value, bytes) else str(value)
        for name, value in request.headers.items()
    }


def check_answer(answer: Answer, *, any_media_type: bool = False) -> None:
    """Let through what an AWS JSON service can have said; botocore would take a portal for a success.

    ``any_media_type``: the body alone decides. Plain http is spoken with a stand-in on this machine
    only, and moto calls some of its JSON "text/html".

    Raises AuthError CAPTIVE_PORTAL, BUSY, BLOCKED, NOT_RESPONDING or UNEXPECTED_ANSWER.
    """
    status = answer.status
    is_html = answer.media_type in {"text/html", "application/xhtml+xml"} and not (
        any_media_type and answer.body[:1] == b"{"
    )
    if status == _PORTAL or _MULTIPLE_CHOICES <= status < _BAD_REQUEST or (status == _OK and is_html):
        raise AuthError(ErrorCode.CAPTIVE_PORTAL, detail=f"HTTP-{status}")
    if status in {_TOO_MANY, _UNAVAILABLE}:
        raise AuthError(ErrorCode.BUSY, detail=f"HTTP-{status}", wait_seconds=retry_after(answer.headers))
    if status == _OK:
        if answer.media_type not in _JSON_TYPES and not any_media_type:
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="MEDIA-TYPE")
        parse_object(answer.body)
        return
    if not _names_an_error(answer):
        if status == _FORBIDDEN:
            raise AuthError(ErrorCode.BLOCKED, detail=f"HTTP-{status}")
        if status >= _SERVER_ERROR or status == 404:  # noqa: PLR2004  the one status that names itself
            raise AuthError(ErrorCode.NOT_RESPONDING, detail=f"HTTP-{status}")
        raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail=f"HTTP-{status}")


def _names_an_error(answer: Answer) -> bool:
    try:
        return isinstance(parse_object(answer.body).get("__type"), str)
    except AuthError:
        return False


def _service_error(error: ClientError) -> ServiceError:
    details = error.response.get("Error", {})
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return ServiceError(str(details.get("Code", "")), str(details.get("Message", "")), int(status))


def isolated_session() -> boto3.Session:
    """A session whose every setting is its built-in default (an environment or a file has no say)."""
    variables = {
        name: (None, None, default, conversion)
        for name, (_, _, default, conversion) in BOTOCORE_DEFAUT_SESSION_VARIABLES.items()
    }
    nowhere = os.devnull + os.sep + "none"
    variables["config_file"] = (None, None, nowhere, None)
    variables["credentials_file"] = (None, None, nowhere, None)
    core = Session(session_vars=variables)
    core.register_component("data_loader", _built_in_data())
    core.register_component("credential_provider", CredentialResolver([]))
    return boto3.Session(botocore_session=core)


@cache
def _built_in_data() -> Loader:
    """botocore's own service models and no others; read once a process."""
    return Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
