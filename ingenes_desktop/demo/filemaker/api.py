"""The Data API as a whole: what a request meets on its way to its call, and back.

Its address, the faults that are switched on, its account or its session; then the call itself (in
`database_calls`), and the headers of the answer. Source: Claris Data API Guide, "Write FileMaker
Data API calls" and the page of each call.
"""

import threading
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Request

from ingenes_desktop.demo.filemaker import container_calls, parameters
from ingenes_desktop.demo.filemaker.accounts import Accounts, bearer
from ingenes_desktop.demo.filemaker.addresses import LONGEST_URI, Addresses, Target, without_secrets
from ingenes_desktop.demo.filemaker.answers import Answer, FileMakerError, failure, page, success
from ingenes_desktop.demo.filemaker.database_calls import WITH_BODY, DatabaseCalls, Exchange
from ingenes_desktop.demo.filemaker.fault_switches import Faults
from ingenes_desktop.demo.filemaker.faults import (
    AccountRefused,
    CutOff,
    EngineDown,
    ErrorCode,
    Full,
    HalfJson,
    TokenExpired,
)
from ingenes_desktop.demo.filemaker.journal import Call, CallNote, Journal
from ingenes_desktop.demo.filemaker.record_calls import RecordCalls, Response
from ingenes_desktop.demo.filemaker.sessions import Sessions
from ingenes_desktop.demo.filemaker.tables import Store

_COMMON_HEADERS = (
    ("Cache-Control", "no-cache"),
    ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
)
_PRODUCT_INFO = {
    "name": "FileMaker Data API Engine",
    "dateFormat": "MM/dd/yyyy",
    "timeFormat": "HH:mm:ss",
    "timeStampFormat": "MM/dd/yyyy HH:mm:ss",
}


class DataApi:
    """Answers requests on a store's databases."""

    def __init__(
        self,
        store: Store,
        *,
        sessions: Sessions,
        faults: Faults,
        journal: Journal,
        accounts: Accounts,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._faults = faults
        self._journal = journal
        self._accounts = accounts
        self._calls = DatabaseCalls(RecordCalls(faults, now=now), faults)
        self._addresses = Addresses()
        self._data_lock = threading.Lock()

    def answer(self, request: Request) -> Answer:
        """The answer to a request whose body has been read. Any thread."""
        exchange = Exchange(request, Target(Call.OTHER, {}))
        try:
            if len(request.environ["REQUEST_URI"]) > LONGEST_URI:
                answer = page(HTTPStatus.REQUEST_URI_TOO_LONG, "")
            else:
                exchange = Exchange(request, self._addresses.target(request.method, request.path))
                answer = self._down(exchange.target.call) or self._answer(exchange)
        except FileMakerError as error:
            answer = failure(error)
        except RequestEntityTooLarge:
            answer = page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "")
        except HTTPException:
            answer = page(HTTPStatus.NOT_FOUND, f"Cannot {request.method} {request.path}")
        call, path = exchange.target.call, without_secrets(request.path)[:LONGEST_URI]
        note = CallNote(call, request.method, path, answer.status, answer.code, tuple(exchange.ran))
        self._journal.note_call(note)
        return self._sent(answer, call)

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
        self._faults.hold_back(call)
        return replace(answer, headers=(*answer.headers, *_COMMON_HEADERS, etag))

    def _answer(self, exchange: Exchange) -> Answer:
        request, call = exchange.request, exchange.target.call
        if call is Call.DOWNLOAD:
            return container_calls.fetched(request, self._sessions, exchange.target.segments["stream"])
        wanted = container_calls.MEDIA_TYPE if call is Call.UPLOAD else "application/json"
        if request.method in WITH_BODY and request.mimetype != wanted:
            raise FileMakerError(1705, "Content-Type")
        match call:
            case Call.LOGIN:
                return self._login(exchange)
            case Call.LOGOUT:
                self._refuse(call)
                segments = exchange.target.segments
                self._sessions.close(segments["token"], segments["database"])
                return success({})
            case Call.PRODUCT_INFO:
                self._refuse(call)
                return success({"productInfo": _PRODUCT_INFO})
            case Call.DATABASES:
                self._refuse(call)
                return success({"databases": [{"name": name} for name in self._listed(request)]})
            case _:
                return success(self._in_session(exchange))

    def _listed(self, request: Request) -> list[str]:
        """The names of all databases, or of those that the account opens which is given."""
        if "Authorization" not in request.headers:
            return list(self._store.databases)
        return self._accounts.admitted(request.headers, self._store.databases)[1]

    def _login(self, exchange: Exchange) -> Answer:
        request, name = exchange.request, exchange.target.segments["database"]
        self._refuse(Call.LOGIN)
        database = self._store.database(name)
        account, _ = self._accounts.admitted(request.headers, {name: database})
        if self._faults.take(AccountRefused, Call.LOGIN):
            raise FileMakerError(212)
        _check_data_sources(parameters.body_object(request.get_data()))
        if self._faults.take(Full, Call.LOGIN):
            raise FileMakerError(812)
        token = self._sessions.open(name, account)
        return success({"token": token}, ("X-FM-Data-Access-Token", token))

    def _in_session(self, exchange: Exchange) -> Response:
        target = exchange.target
        token = bearer(exchange.request.headers)
        if self._faults.take(TokenExpired, target.call):
            self._sessions.expire(token)
        with self._sessions.use(token, target.segments.get("database")) as session:
            self._refuse(target.call)
            if target.call is Call.VALIDATE:
                return {"isSessionInUse": session.running > 1}
            with self._data_lock:
                return self._calls.respond(exchange, session, self._store.database(session.database))

    def _refuse(self, call: Call) -> None:
        fault = self._faults.take(ErrorCode, call)
        if fault is not None:
            raise FileMakerError(fault.code, status=fault.status or None)


def _check_data_sources(body: dict[str, object]) -> None:
    """Accounts for other files, which FileMaker tries only once a file is opened, and no database
    here opens another. Source: Claris Data API Guide, "Log in to an external data source". Raises
    FileMakerError 960 for what is malformed."""
    parameters.only(body, "fmDataSource")
    sources = body.get("fmDataSource", [])
    if not isinstance(sources, list):
        raise FileMakerError(960, "fmDataSource")
    for source in sources:
        if not all(isinstance(value, str) for value in parameters.an_object(source).values()):
            raise FileMakerError(960, "fmDataSource")
