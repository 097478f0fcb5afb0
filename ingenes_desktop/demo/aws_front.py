"""The cloud's one door for AWS: which rule answers an operation, and what is left to moto's server."""

import json
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ingenes_desktop.demo.aws_faults import AwsFaults, AwsJournal
from ingenes_desktop.demo.aws_request import Answer, AwsError, Call, JsonObject, Request, Rule, error_answer
from ingenes_desktop.demo.control import Control

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

SERVICES = {
    "AWSCognitoIdentityProviderService": "cognito-idp",
    "AWSCognitoIdentityService": "cognito-identity",
    "secretsmanager": "secretsmanager",
}
JSON_HEADERS = {"Content-Type": "application/x-amz-json-1.1"}


class AwsFront:
    """Answers each call by its rule, one call at a time, so that moto's tables stay whole.

    ``plain`` leaves everything to moto, unjudged: for tests that show what the rules are for.
    """

    def __init__(
        self,
        rules: Mapping[tuple[str, str], Rule],
        moto: "WSGIApplication",
        control: Control,
        *,
        faults: AwsFaults,
        journal: AwsJournal,
        plain: bool = False,
    ) -> None:
        self._rules = rules
        self._moto = moto
        self._control = control
        self._faults = faults
        self._journal = journal
        self._plain = plain
        self._lock = threading.RLock()

    def respond(self, call: Call) -> Answer:
        """The answer to one call. Any thread."""
        if self._control.owns(call.path):
            with self._lock:
                return self._control.respond(call)
        service, operation = _operation(call)
        self._journal.note(operation)
        self._faults.wait(operation)
        scripted = self._faults.take(operation)
        if scripted is not None:
            return scripted
        with self._lock:
            if self._plain:
                return ask_moto(self._moto, call)
            try:
                return self._by_rule(service, operation, call)
            except AwsError as error:
                return error_answer(error)

    def _by_rule(self, service: str, operation: str, call: Call) -> Answer:
        rule = self._rules.get((service, operation))
        if rule is None:
            if service:
                raise AwsError("UnknownOperationException", "The operation is not offered here.")
            return Answer(404, b"", {})
        result = rule(Request(service, operation, _parameters(call), call))
        return Answer(200, json.dumps(result).encode(), JSON_HEADERS)


def _operation(call: Call) -> tuple[str, str]:
    target = call.headers.get("x-amz-target", "")
    prefix, _, operation = target.rpartition(".")
    if call.method == "POST" and call.path == "/" and prefix in SERVICES:
        return SERVICES[prefix], operation
    if call.method == "GET" and call.path.endswith("/.well-known/jwks.json"):
        return "", "jwks"
    if call.method == "GET" and call.path.endswith("/.well-known/openid-configuration"):
        return "", "openid-configuration"
    return "", ""


def _parameters(call: Call) -> JsonObject:
    try:
        parameters = json.loads(call.body or b"{}")
    except (ValueError, RecursionError):
        parameters = None
    if not isinstance(parameters, dict):
        raise AwsError("SerializationException", "The request body is not a JSON object.")
    return parameters


def ask_moto(moto: "WSGIApplication", call: Call) -> Answer:
    """Hand the call to moto's WSGI application and bring its answer back whole."""
    from werkzeug.test import EnvironBuilder, run_wsgi_app  # noqa: PLC0415  nothing else here needs werkzeug

    builder = EnvironBuilder(
        path=call.path,
        method=call.method,
        query_string=call.query,
        headers=list(call.headers.items()),
        data=call.body,
        base_url=f"http://{call.headers.get('host', '127.0.0.1')}",
    )
    try:
        chunks, status, headers = run_wsgi_app(moto, builder.get_environ(), buffered=True)
    finally:
        builder.close()
    kept = {
        name: value for name, value in headers.items() if name.lower() in {"content-type", "x-amzn-errortype"}
    }
    return Answer(int(status.split(" ", 1)[0]), b"".join(chunks), kept)
