"""What the server answers: JSON envelopes, FileMaker's error codes with their HTTP status, and the
HTML pages that the web server in front of the engine sends by itself.
"""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

TYPE_JSON = "application/json; charset=utf-8"
TYPE_HTML = "text/html; charset=utf-8"

_OK = HTTPStatus.OK
_INCOMPLETE = HTTPStatus.BAD_REQUEST
_NO_ACCESS = HTTPStatus.UNAUTHORIZED
_ENGINE = HTTPStatus.INTERNAL_SERVER_ERROR

CODES: Mapping[int, tuple[HTTPStatus, str]] = {
    0: (_OK, "OK"),
    9: (_ENGINE, "Insufficient privileges"),
    10: (_NO_ACCESS, "Requested data is missing"),
    101: (_ENGINE, "Record is missing"),
    102: (_ENGINE, "Field is missing"),
    103: (_ENGINE, "Relationship is missing"),
    104: (_ENGINE, "Script is missing"),
    105: (_ENGINE, "Layout is missing"),
    106: (_ENGINE, "Table is missing"),
    108: (_ENGINE, "Value list is missing"),
    110: (_ENGINE, "Related tables are missing"),
    111: (_ENGINE, "Field repetition is invalid"),
    112: (_ENGINE, "Window is missing"),
    200: (_ENGINE, "Record access is denied"),
    201: (_ENGINE, "Field cannot be modified"),
    212: (_NO_ACCESS, "Invalid user account and/or password; please try again"),
    301: (_ENGINE, "Record is in use by another user"),
    306: (_ENGINE, "Record modification ID does not match"),
    400: (_ENGINE, "Find criteria are empty"),
    401: (_ENGINE, "No records match the request"),
    500: (_ENGINE, "Date value does not meet validation entry options"),
    501: (_ENGINE, "Time value does not meet validation entry options"),
    502: (_ENGINE, "Number value does not meet validation entry options"),
    503: (_ENGINE, "Value in field is not within the range specified in validation entry options"),
    504: (_ENGINE, "Value in field is not unique, as required in validation entry options"),
    505: (
        _ENGINE,
        "Value in field is not an existing value in the file, as required in validation entry options",
    ),
    506: (_ENGINE, "Value in field is not listed in the value list specified in validation entry option"),
    507: (_ENGINE, "Value in field failed calculation test of validation entry option"),
    509: (_ENGINE, "Field requires a valid value"),
    510: (_ENGINE, "Related value is empty or unavailable"),
    511: (_ENGINE, "Value in field exceeds maximum field size"),
    802: (_ENGINE, "Unable to open file"),
    812: (_ENGINE, "Exceeded host's capacity"),
    813: (_ENGINE, "Record synchronization error"),
    952: (_NO_ACCESS, "Invalid FileMaker Data API token (*)"),
    953: (_ENGINE, "Exceeded limit on data the FileMaker Data API and OData can transmit (*)"),
    956: (_ENGINE, "Maximum number of database or Admin API sessions exceeded (*)"),
    958: (_INCOMPLETE, "Parameter missing"),
    960: (_INCOMPLETE, "Parameter is invalid"),
    1702: (
        _NO_ACCESS,
        "Authentication information wasn't provided in the correct format",
    ),
    1704: (HTTPStatus.METHOD_NOT_ALLOWED, "Resource doesn't support the specified HTTP verb"),
    1705: (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Required HTTP header wasn't specified"),
}
"""What the server can send of itself or by a fault: HTTP status and words of each code.

Words: FileMaker Pro Help, "FileMaker error codes". Status: Claris Data API Guide, "Error responses"
(401 = the account or the token, 400 = an incomplete or invalid request, 405 = the verb, 415 = the
Content-Type, 500 = every error of FileMaker itself). A code that is not here is sent, by a fault
only, with 500.

Of itself the server never sends 9, 103, 106, 108, 110, 111, 301, 507, 813, 953 and 956: its
accounts have every privilege, no record is ever locked, and nothing counts the bytes of a year.
"""


class FileMakerError(Exception):
    """A call that FileMaker refuses.

    `code` is FileMaker's error code, `status` the HTTP status (by default the one that belongs to
    the code), `headers` go with the answer. `detail` is appended to the code's words, `message`
    takes their place.
    """

    def __init__(
        self,
        code: int,
        detail: str = "",
        *,
        message: str = "",
        status: int | None = None,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(code)
        own, words = CODES.get(code, (_ENGINE, "Unknown error"))
        self.code = code
        self.status = status or own
        self.message = message or (f"{words}: {detail}" if detail else words)
        self.headers = headers


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
    return _enveloped(HTTPStatus.OK, response, 0, CODES[0][1], headers)


def failure(error: FileMakerError) -> Answer:
    """The answer to a call that was refused. `response` is an empty object, as on real servers."""
    return _enveloped(error.status, {}, error.code, error.message, error.headers)


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
