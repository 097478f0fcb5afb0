"""What a FileMaker Data API answer means: the HTTP status and the code in the body, read together.

HTTP 401 is a token or account that is refused; *code* 401 is "no record matches" and comes with HTTP
500. https://help.claris.com/en/data-api-guide/content/error-responses.html
"""

from typing import Any

from ingenes_desktop.adapters.json_body import parse_object
from ingenes_desktop.adapters.transport import Answer, retry_after
from ingenes_desktop.domain.errors import AuthError, ErrorCode

OK = "0"
NO_RECORD_MATCHES = "401"
RECORD_MISSING = "101"
SESSION_LOST = frozenset({"952", "112"})
_FULL = frozenset({"812", "953", "956"})
_UNAVAILABLE = frozenset({"802", "10", "301", "813"})
_MEANINGS = {
    **dict.fromkeys(_FULL, ErrorCode.FILEMAKER_FULL),
    **dict.fromkeys(_UNAVAILABLE, ErrorCode.FILEMAKER_UNAVAILABLE),
}
_MULTIPLE_CHOICES, _BAD_REQUEST, _UNAUTHORIZED, _SERVER_ERROR, _PORTAL = 300, 400, 401, 500, 511
_TOO_MANY, _DOWN = 429, 503


class FileMakerRefusal(Exception):  # noqa: N818  not an error of ours: the caller decides what it means
    """FileMaker's own code ("HTTP-401" where there is none), and the HTTP status it came with."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(code)
        self.code = code
        self.status = status

    @property
    def session_is_lost(self) -> bool:
        """Whether a new session may help: the token is unknown, ended or timed out."""
        if self.code == NO_RECORD_MATCHES:
            return False  # whatever status a server sends with it
        return self.code in SESSION_LOST or self.status == _UNAUTHORIZED

    def as_error(self) -> AuthError:
        """The AuthError that the refusal is, for whoever has no better idea."""
        return AuthError(_MEANINGS.get(self.code, ErrorCode.CONFIGURATION), detail=f"FM-{self.code}")


def response_of(answer: Answer) -> dict[str, Any]:
    """The ``response`` object of a success.

    Raises FileMakerRefusal for a code of FileMaker's, AuthError for everything that is no Data API
    answer: a portal, a web server whose engine is down, half a JSON.
    """
    code, response = _parsed(answer)
    if code == OK and answer.status < _MULTIPLE_CHOICES:
        return response
    if code == OK and answer.status >= _SERVER_ERROR:
        raise AuthError(ErrorCode.FILEMAKER_UNAVAILABLE, detail=f"HTTP-{answer.status}")
    raise FileMakerRefusal(f"HTTP-{answer.status}" if code == OK else code, answer.status)


def _parsed(answer: Answer) -> tuple[str, dict[str, Any]]:
    status = answer.status
    if status == _PORTAL or _MULTIPLE_CHOICES <= status < _BAD_REQUEST:
        raise AuthError(ErrorCode.CAPTIVE_PORTAL, detail=f"HTTP-{status}")
    if status == _TOO_MANY or (status == _DOWN and "Retry-After" in answer.headers):
        raise AuthError(ErrorCode.BUSY, detail=f"HTTP-{status}", wait_seconds=retry_after(answer.headers))
    if not answer.media_type.endswith("/json"):
        raise _not_json(answer)
    try:
        body = parse_object(answer.body)
    except AuthError:
        if status >= _SERVER_ERROR:
            raise AuthError(ErrorCode.FILEMAKER_UNAVAILABLE, detail=f"HTTP-{status}") from None
        raise
    messages, response = body.get("messages"), body.get("response", {})
    first = messages[0] if isinstance(messages, list) and messages else None
    code = first.get("code") if isinstance(first, dict) else None
    if isinstance(code, int) and not isinstance(code, bool):
        code = str(code)
    if not isinstance(code, str) or not code.isdigit() or len(code) > 5 or not isinstance(response, dict):  # noqa: PLR2004  FileMaker's codes have at most five digits
        if status == _UNAUTHORIZED:
            return f"HTTP-{status}", {}
        if status >= _SERVER_ERROR:
            raise AuthError(ErrorCode.FILEMAKER_UNAVAILABLE, detail=f"HTTP-{status}")
        raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="FM-MESSAGES")
    return code, response


def _not_json(answer: Answer) -> AuthError | FileMakerRefusal:
    status = answer.status
    if status == _UNAUTHORIZED:
        return FileMakerRefusal(f"HTTP-{status}", status)
    if status >= _SERVER_ERROR:
        # nginx, Apache or IIS answers when the engine behind it is down.
        return AuthError(ErrorCode.FILEMAKER_UNAVAILABLE, detail=f"HTTP-{status}")
    if status >= _BAD_REQUEST:
        return AuthError(ErrorCode.CONFIGURATION, detail=f"FM-HTTP-{status}")
    if "html" in answer.media_type:
        return AuthError(ErrorCode.CAPTIVE_PORTAL, detail=f"HTTP-{status}")
    return AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="FM-MEDIA-TYPE")
