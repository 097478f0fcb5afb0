"""The Data API's addresses: which call a request is, who may make it, and what it answers.

Source: Claris Data API Guide, "Write FileMaker Data API calls" and the page of each call.
"""

import base64
import binascii
import hmac
import re
import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request

from ingenes_desktop.demo.filemaker import parameters
from ingenes_desktop.demo.filemaker.answers import Answer, FileMakerError, failure, page, success
from ingenes_desktop.demo.filemaker.faults import (
    AccountRefused,
    CutOff,
    EngineDown,
    ErrorCode,
    Faults,
    Full,
    HalfJson,
    Slow,
    TokenExpired,
)
from ingenes_desktop.demo.filemaker.journal import Call, CallNote, Journal
from ingenes_desktop.demo.filemaker.layout_view import LayoutView, base_table, view_layout
from ingenes_desktop.demo.filemaker.record_calls import RecordCalls, Response
from ingenes_desktop.demo.filemaker.sessions import Sessions
from ingenes_desktop.demo.filemaker.tables import LiveDatabase, Store

_ROOT = "/fmi/data/<any(v1,v2,vLatest):version>"
_DATABASE = _ROOT + "/databases/<database>"
_LAYOUT = _DATABASE + "/layouts/<layout>"
_RECORD = _LAYOUT + "/records/<record_id>"
_ADDRESSES: tuple[tuple[str, str, Call], ...] = (
    ("GET", _ROOT + "/productInfo", Call.PRODUCT_INFO),
    ("GET", _ROOT + "/validateSession", Call.VALIDATE),
    ("GET", _ROOT + "/databases", Call.DATABASES),
    ("POST", _DATABASE + "/sessions", Call.LOGIN),
    ("DELETE", _DATABASE + "/sessions/<token>", Call.LOGOUT),
    ("GET", _DATABASE + "/scripts", Call.SCRIPTS),
    ("GET", _DATABASE + "/layouts", Call.LAYOUTS),
    ("GET", _LAYOUT, Call.LAYOUT),
    ("GET", _LAYOUT + "/script/<script>", Call.RUN_SCRIPT),
    ("POST", _LAYOUT + "/_find", Call.FIND),
    ("GET", _LAYOUT + "/records", Call.LIST),
    ("POST", _LAYOUT + "/records", Call.CREATE),
    ("GET", _RECORD, Call.GET),
    ("POST", _RECORD, Call.DUPLICATE),
    ("PATCH", _RECORD, Call.EDIT),
    ("DELETE", _RECORD, Call.DELETE),
)
_TOKEN_IN_PATH = re.compile(r"(/sessions/)[^/]+")
_WITH_BODY = ("POST", "PATCH")
_COMMON_HEADERS = (
    ("Cache-Control", "no-cache"),
    ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
)


@dataclass(frozen=True, slots=True)
class _Target:
    """What a request's address means."""

    call: Call
    segments: Mapping[str, str]


class DataApi:
    """Answers requests. `account` and `password` are those of the one account all files know;
    `wait` is given the seconds an answer is held back."""

    def __init__(
        self,
        *,
        store: Store,
        sessions: Sessions,
        faults: Faults,
        journal: Journal,
        account: str,
        password: str,
        today: Callable[[], date],
        wait: Callable[[float], object],
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._faults = faults
        self._journal = journal
        self._credentials = tuple(_encodings(f"{account}:{password}"))
        self._wait = wait
        self._records = RecordCalls(faults, today=today)
        self._data_lock = threading.Lock()
        rules = [Rule(path, endpoint=call, methods=[verb]) for verb, path, call in _ADDRESSES]
        self._map = Map(rules, strict_slashes=False, merge_slashes=False)

    def answer(self, request: Request) -> Answer:
        """The answer to a request whose body has been read. Any thread."""
        target = _Target(Call.OTHER, {})
        try:
            target = self._target(request)
            answer = self._down(target.call) or self._answer(request, target)
        except FileMakerError as error:
            answer = failure(error)
        except MethodNotAllowed:
            answer = failure(FileMakerError(1704))
        except HTTPException:
            answer = page(HTTPStatus.NOT_FOUND, f"Cannot {request.method} {request.path}")
        path = _TOKEN_IN_PATH.sub(r"\1{token}", request.path)
        self._journal.note_call(CallNote(target.call, request.method, path, answer.status, answer.code))
        return self._sent(answer, target.call)

    def _target(self, request: Request) -> _Target:
        if request.method == "HEAD":  # werkzeug would take it for GET
            raise MethodNotAllowed
        matched = self._map.bind("").match(request.path, request.method)
        call, segments = Call(matched[0]), matched[1]
        return _Target(call, segments)

    def _down(self, call: Call) -> Answer | None:
        fault = self._faults.take(EngineDown, call)
        if fault is None:
            return None
        headers = (("Retry-After", fault.retry_after),) if fault.retry_after else ()
        return page(HTTPStatus.SERVICE_UNAVAILABLE, "The service is temporarily unavailable.", *headers)

    def _sent(self, answer: Answer, call: Call) -> Answer:
        if self._faults.take(HalfJson, call):
            answer = replace(answer, body=answer.body[: len(answer.body) // 2])
        if self._faults.take(CutOff, call):
            answer = replace(answer, cut_off=True)
        etag = ("ETag", f'W/"{len(answer.body):x}-{zlib.crc32(answer.body):08x}"')
        slow = self._faults.take(Slow, call)
        if slow is not None:
            self._wait(slow.seconds)
        return replace(answer, headers=(*answer.headers, *_COMMON_HEADERS, etag))

    def _answer(self, request: Request, target: _Target) -> Answer:
        if request.method in _WITH_BODY and request.mimetype != "application/json":
            raise FileMakerError(1705, "Content-Type")
        match target.call:
            case Call.LOGIN:
                return self._login(request, target)
            case Call.LOGOUT:
                self._refuse(target.call)
                self._sessions.close(target.segments["token"], target.segments["database"])
                return success({})
            case Call.PRODUCT_INFO:
                self._refuse(target.call)
                return success({"productInfo": _PRODUCT_INFO})
            case Call.DATABASES:
                self._refuse(target.call)
                if "Authorization" in request.headers:
                    self._check_account(request)
                names = [{"name": name} for name in self._store.databases]
                return success({"databases": names})
            case _:
                return success(self._in_session(request, target))

    def _login(self, request: Request, target: _Target) -> Answer:
        self._refuse(target.call)
        name = target.segments["database"]
        self._store.database(name)
        self._check_account(request)
        body = parameters.body_object(request.get_data())
        sources = body.get("fmDataSource", [])
        if not isinstance(sources, list):
            raise FileMakerError(960, "fmDataSource")
        for source in sources:
            parameters.an_object(source)
        if self._faults.take(Full, target.call):
            raise FileMakerError(812)
        token = self._sessions.open(name)
        return success({"token": token}, ("X-FM-Data-Access-Token", token))

    def _check_account(self, request: Request) -> None:
        scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "basic":
            raise FileMakerError(10, "HTTP Authorization header or OAuth headers are missing.")
        try:
            given = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError):
            raise FileMakerError(212) from None
        known = any(hmac.compare_digest(given, each) for each in self._credentials)
        if not known or self._faults.take(AccountRefused, Call.LOGIN):
            raise FileMakerError(212)

    def _in_session(self, request: Request, target: _Target) -> Response:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise FileMakerError(10, "Request validation failed: Parameter (Authorization) is required")
        if self._faults.take(TokenExpired, target.call):
            self._sessions.expire(token)
        with self._sessions.use(token, target.segments.get("database")) as session:
            self._refuse(target.call)
            if target.call is Call.VALIDATE:
                return {"isSessionInUse": session.running > 1}
            with self._data_lock:
                return self._on_database(request, target)

    def _on_database(self, request: Request, target: _Target) -> Response:
        database = self._store.database(target.segments["database"])
        match target.call:
            case Call.LAYOUTS:
                return {"layouts": self._layouts(database)}
            case Call.SCRIPTS:
                return {"scripts": []}
            case _:
                view = view_layout(database, target.segments["layout"], self._faults, target.call)
                return self._on_layout(view, request, target)

    def _layouts(self, database: LiveDatabase) -> list[dict[str, str]]:
        return [
            {
                "name": layout.name,
                "table": base_table(database, layout, self._faults, Call.LAYOUTS).name,
            }
            for layout in database.layouts.values()
        ]

    def _on_layout(self, view: LayoutView, request: Request, target: _Target) -> Response:
        record_id = target.segments.get("record_id", "")
        if request.method in _WITH_BODY:
            given = parameters.body_object(request.get_data())
        else:
            given = dict(request.args)
        records = self._records
        calls: Mapping[Call, Callable[[], Response]] = {
            Call.LAYOUT: view.metadata,
            Call.FIND: lambda: records.find(view, given),
            Call.LIST: lambda: records.list_records(view, given),
            Call.GET: lambda: records.get(view, given, record_id),
            Call.CREATE: lambda: records.create(view, given),
            Call.EDIT: lambda: records.edit(view, given, record_id),
            Call.DUPLICATE: lambda: records.duplicate(view, given, record_id),
            Call.DELETE: lambda: records.delete(view, given, record_id),
        }
        if target.call not in calls:  # running a script: no file of this server holds one
            raise FileMakerError(104)
        return calls[target.call]()

    def _refuse(self, call: Call) -> None:
        fault = self._faults.take(ErrorCode, call)
        if fault is not None:
            raise FileMakerError(fault.code, status=fault.status or None)


_PRODUCT_INFO = {
    "name": "FileMaker Data API Engine",
    "dateFormat": "MM/dd/yyyy",
    "timeFormat": "HH:mm:ss",
    "timeStampFormat": "MM/dd/yyyy HH:mm:ss",
}


def _encodings(text: str) -> list[bytes]:
    """The bytes clients send for an account: UTF-8, or latin-1 where that can write it."""
    encoded = [text.encode("utf-8")]
    try:
        return [*encoded, text.encode("latin-1")]
    except UnicodeEncodeError:
        return encoded
