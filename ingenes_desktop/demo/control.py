"""What is beside the AWS services at their address: the mailbox, and the switches of the faults.

    GET    /mailbox           the codes that were sent, [{"to", "code", "sent_at", "purpose", "medium",
                              "destination"}]
    GET    /authenticator     what authenticator apps show now, [{"username", "code", "seconds_left"}]
    GET    /control           {"faults": [what is switched on], "kinds": [what there is]}
    POST   /control           switch a fault on: {"kind": "slow", "seconds": 2, "count": 1}
    DELETE /control           switch all faults off
    DELETE /control/KIND      switch off the faults of one kind
    POST   /control/reset     as after the start, without any fault

Each answers with JSON: what GET /control would, or {"error": one sentence}. It is for this machine's
programs alone: the Host header must be a loopback name, so that no web page reaches it under a name of its
own, and a POST must be application/json, which a page of another origin may not send unasked.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPMethod, HTTPStatus

from ingenes_desktop.demo.aws_request import Answer, Call
from ingenes_desktop.demo.cloud_faults import KINDS, LARGEST_DESCRIPTION, CloudFaults, switch_from_json
from ingenes_desktop.demo.filemaker.faults import FaultError
from ingenes_desktop.demo.filemaker.json_document import DocumentError, read_json

MAILBOX_PATH = "/mailbox"
AUTHENTICATOR_PATH = "/authenticator"
CONTROL_PATH = "/control"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_JSON = {"Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class _ControlError(Exception):
    def __init__(self, sentence: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class Control:
    """Answers the calls above. ``reset`` is Cloud.reset. Any thread, one at a time."""

    def __init__(
        self,
        *,
        mailbox: Callable[[], Iterable[Mapping[str, object]]],
        authenticator: Callable[[], Iterable[Mapping[str, object]]],
        faults: CloudFaults,
        reset: Callable[[], None],
    ) -> None:
        self._mailbox = mailbox
        self._authenticator = authenticator
        self._faults = faults
        self._reset = reset

    def owns(self, path: str) -> bool:
        """Whether the address is one of these."""
        return path in (MAILBOX_PATH, AUTHENTICATOR_PATH, CONTROL_PATH) or path.startswith(CONTROL_PATH + "/")

    def respond(self, call: Call) -> Answer:
        """The answer to a call whose address is one of these."""
        try:
            return _answer(HTTPStatus.OK, self._result(call))
        except _ControlError as refused:
            return _answer(refused.status, {"error": refused.sentence})
        except (DocumentError, FaultError) as error:
            return _answer(HTTPStatus.BAD_REQUEST, {"error": f"The fault cannot be switched: {error}."})

    def _result(self, call: Call) -> object:
        if _host(call) not in _LOOPBACK:
            raise _ControlError("The Host header must name this machine: 127.0.0.1.", HTTPStatus.FORBIDDEN)
        match call.method, call.path:
            case HTTPMethod.GET | HTTPMethod.HEAD, "/mailbox":
                return list(self._mailbox())
            case HTTPMethod.GET | HTTPMethod.HEAD, "/authenticator":
                return list(self._authenticator())
            case HTTPMethod.GET | HTTPMethod.HEAD, "/control":
                pass
            case HTTPMethod.POST, "/control":
                self._faults.switch_on(switch_from_json(_body(call)))
            case HTTPMethod.POST, "/control/reset":
                _check_media_type(call)
                self._reset()
            case HTTPMethod.DELETE, "/control":
                self._faults.clear()
            case HTTPMethod.DELETE, path if path.startswith("/control/"):
                self._faults.switch_off(path.removeprefix("/control/"))
            case _:
                raise _ControlError(
                    "This address does not take that method: see README.", HTTPStatus.METHOD_NOT_ALLOWED
                )
        return {"faults": self._faults.listing(), "kinds": list(KINDS)}


def _host(call: Call) -> str:
    """The Host header without its port."""
    host = call.headers.get("host", "")
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _check_media_type(call: Call) -> None:
    if call.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise _ControlError(
            "The Content-Type header must be application/json.", HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        )


def _body(call: Call) -> object:
    _check_media_type(call)
    if len(call.body) > LARGEST_DESCRIPTION:
        raise _ControlError("The body is too long.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        return read_json(call.body.decode())
    except UnicodeDecodeError:
        raise _ControlError("The body must be JSON in UTF-8.") from None


def _answer(status: HTTPStatus, content: object) -> Answer:
    return Answer(status, json.dumps(content).encode(), _JSON)
