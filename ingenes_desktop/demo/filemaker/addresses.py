"""The server's addresses: which call a request is.

`v1`, `v2` and `vLatest` are one API: Claris' versions differ only in how portal rows are returned
(v1 by the view the layout is in, v2 always as in Form View), and the layouts here have no view. A
slash at an address' end is as good as none. A slash inside a name cannot be had, not as %2F either:
web servers decode it before the API sees it. Source: Claris Data API Guide, "Write FileMaker Data
API calls", "Perform a find request" (versions), "URL and data format notes".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import Map, Rule

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.journal import Call

LONGEST_URI = 2000
"""Characters with the query. Source: Claris Data API Guide, "URL and data format notes"."""
STREAMS = "/Streaming_SSL/MainDB"
"""Where the files of container fields are fetched."""
_ROOT = "/fmi/data/<any(v1,v2,vLatest):version>"
_DATABASE = _ROOT + "/databases/<database>"
_LAYOUT = _DATABASE + "/layouts/<layout>"
_RECORD = _LAYOUT + "/records/<record_id>"
_CONTAINER = _RECORD + "/containers/<field>"
_ADDRESSES: tuple[tuple[str, str, Call], ...] = (
    ("GET", _ROOT + "/productInfo", Call.PRODUCT_INFO),
    ("GET", _ROOT + "/validateSession", Call.VALIDATE),
    ("GET", _ROOT + "/databases", Call.DATABASES),
    ("POST", _DATABASE + "/sessions", Call.LOGIN),
    ("DELETE", _DATABASE + "/sessions/<token>", Call.LOGOUT),
    ("GET", _DATABASE + "/scripts", Call.SCRIPTS),
    ("GET", _DATABASE + "/layouts", Call.LAYOUTS),
    ("PATCH", _DATABASE + "/globals", Call.GLOBALS),
    ("GET", _LAYOUT, Call.LAYOUT),
    ("GET", _LAYOUT + "/metadata", Call.OLD_LAYOUT),
    ("GET", _LAYOUT + "/script/<script>", Call.RUN_SCRIPT),
    ("POST", _LAYOUT + "/_find", Call.FIND),
    ("GET", _LAYOUT + "/records", Call.LIST),
    ("POST", _LAYOUT + "/records", Call.CREATE),
    ("GET", _RECORD, Call.GET),
    ("POST", _RECORD, Call.DUPLICATE),
    ("PATCH", _RECORD, Call.EDIT),
    ("DELETE", _RECORD, Call.DELETE),
    ("POST", _CONTAINER, Call.UPLOAD),
    ("POST", _CONTAINER + "/<repetition>", Call.UPLOAD),
    ("GET", STREAMS + "/<stream>", Call.DOWNLOAD),
)
_TOKEN_IN_PATH = re.compile(r"(/sessions/)[^/]+")
_FILE_IN_PATH = re.compile(rf"({STREAMS}/)[^/]+")


@dataclass(frozen=True, slots=True)
class Target:
    """What a request's address means: the call, and the names in the address."""

    call: Call
    segments: Mapping[str, str]


class Addresses:
    """Finds the call of a request. Safe on any thread."""

    def __init__(self) -> None:
        rules = [Rule(path, endpoint=call, methods=[verb]) for verb, path, call in _ADDRESSES]
        self._bound = Map(rules, strict_slashes=False, merge_slashes=False).bind("")

    def target(self, method: str, path: str) -> Target:
        """The call at that path. Raises FileMakerError 1704 for a wrong verb (HEAD and OPTIONS are
        wrong everywhere but HEAD at a file), and werkzeug's HTTPException where nothing is."""
        try:
            matched, segments = self._bound.match(path, method)
        except MethodNotAllowed as refused:
            raise _wrong_verb(refused.valid_methods or ()) from None
        target = Target(Call(matched), segments)
        if method == "HEAD" and target.call is not Call.DOWNLOAD:
            raise _wrong_verb(self._bound.allowed_methods(path))  # werkzeug takes it for GET
        return target


def without_secrets(path: str) -> str:
    """The path with session tokens and the names of files replaced."""
    return _FILE_IN_PATH.sub(r"\1{file}", _TOKEN_IN_PATH.sub(r"\1{token}", path))


def _wrong_verb(allowed: Iterable[str]) -> FileMakerError:
    verbs = sorted(set(allowed) - {"HEAD", "OPTIONS"})
    return FileMakerError(1704, headers=(("Allow", ", ".join(verbs)),))
