"""What the server answers: JSON envelopes, FileMaker's error codes with their HTTP status, and the
HTML pages that the web server in front of the engine sends by itself.

Codes and words: help.claris.com, "FileMaker error codes"; the rule which HTTP status goes with
them: help.claris.com, FileMaker Data API Guide, "Error responses" (500 = a FileMaker error whose
code stands in the body; 400, 401, 404, 405 and 415 as in HTTP).
"""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

TYPE_JSON = "application/json; charset=utf-8"
TYPE_HTML = "text/html; charset=utf-8"

MESSAGES: Mapping[int, str] = {
    0: "OK",
    9: "Insufficient privileges",
    10: "Requested data is missing",
    101: "Record is missing",
    102: "Field is missing",
    104: "Script is missing",
    105: "Layout is missing",
    106: "Table is missing",
    112: "Window is missing",
    201: "Field cannot be modified",
    212: "Invalid user account and/or password; please try again",
    301: "Record is in use by another user",
    306: "Record modification ID does not match",
    400: "Find criteria are empty",
    401: "No records match the request",
    500: "Date value does not meet validation entry options",
    501: "Time value does not meet validation entry options",
    502: "Number value does not meet validation entry options",
    504: "Value in field is not unique, as required in validation entry options",
    509: "Field requires a value",
    511: "Value in field exceeds maximum field size",
    802: "Unable to open file",
    812: "Exceeded host's capacity",
    952: "Invalid FileMaker Data API token (*)",
    953: "Exceeded limit on data the FileMaker Data API and OData can transmit (*)",
    956: "Maximum number of database or Admin API sessions exceeded (*)",
    958: "Parameter missing",
    960: "Parameter is invalid",
    1704: "Resource doesn't support the specified HTTP verb",
    1705: "Required HTTP header wasn't specified",
}

_STATUS: Mapping[int, int] = {
    10: HTTPStatus.UNAUTHORIZED,
    212: HTTPStatus.UNAUTHORIZED,
    952: HTTPStatus.UNAUTHORIZED,
    958: HTTPStatus.BAD_REQUEST,
    960: HTTPStatus.BAD_REQUEST,
    1704: HTTPStatus.METHOD_NOT_ALLOWED,
    1705: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}


class FileMakerError(Exception):
    """A call that FileMaker refuses.

    `code` is FileMaker's error code, `status` the HTTP status (by default the one Claris'
    rule gives the code), `detail` is appended to the message.
    """

    def __init__(self, code: int, detail: str = "", *, status: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = status or _STATUS.get(code, HTTPStatus.INTERNAL_SERVER_ERROR)
        words = MESSAGES.get(code, "Unknown error")
        self.message = f"{words}: {detail}" if detail else words


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, before it is compressed.

    `code` is FileMaker's code (None for an HTML page). With `cut_off` the connection ends in the
    middle of the body, with `closes` after it.
    """

    status: int
    body: bytes
    content_type: str
    code: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    cut_off: bool = False
    closes: bool = False


def success(response: Mapping[str, object], *headers: tuple[str, str]) -> Answer:
    """The answer to a call that worked: HTTP 200 and code "0"."""
    return _enveloped(HTTPStatus.OK, response, 0, MESSAGES[0], headers)


def failure(error: FileMakerError) -> Answer:
    """The answer to a call that was refused. `response` is an empty object, as on real servers."""
    return _enveloped(error.status, {}, error.code, error.message, ())


def page(status: HTTPStatus, words: str, *headers: tuple[str, str], closes: bool = False) -> Answer:
    """An HTML page, as a web server sends where the Data API itself does not answer."""
    text = (
        f"<!DOCTYPE html>\n<html><head><title>{status.value} {status.phrase}</title></head>\n"
        f"<body><h1>{status.phrase}</h1><pre>{html.escape(words)}</pre></body></html>\n"
    )
    return Answer(status, text.encode(), TYPE_HTML, headers=headers, closes=closes)


def _enveloped(
    status: int,
    response: Mapping[str, object],
    code: int,
    message: str,
    headers: tuple[tuple[str, str], ...],
) -> Answer:
    envelope = {"response": response, "messages": [{"code": str(code), "message": message}]}
    body = json.dumps(envelope, ensure_ascii=False, allow_nan=False).encode()
    return Answer(status, body, TYPE_JSON, code, headers)
