"""The calls inside a database: what each is given, and which room does it."""

from dataclasses import dataclass, field

from werkzeug.wrappers import Request

from ingenes_desktop.demo.filemaker import container_calls, parameters
from ingenes_desktop.demo.filemaker.addresses import Target
from ingenes_desktop.demo.filemaker.caller import Caller
from ingenes_desktop.demo.filemaker.fault_switches import Faults
from ingenes_desktop.demo.filemaker.global_fields import set_globals
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.filemaker.layout_metadata import layout_metadata, old_metadata
from ingenes_desktop.demo.filemaker.layout_view import LayoutView, listed_layouts, view_layout
from ingenes_desktop.demo.filemaker.record_calls import RecordCalls, Response
from ingenes_desktop.demo.filemaker.schema import listed_scripts
from ingenes_desktop.demo.filemaker.scripts import ScriptCalls
from ingenes_desktop.demo.filemaker.sessions import Session
from ingenes_desktop.demo.filemaker.tables import LiveDatabase

WITH_BODY = ("POST", "PATCH")
_RANGES = ("_limit.", "_offset.")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with what its address means. `ran` collects the names of scripts."""

    request: Request
    target: Target
    ran: list[str] = field(default_factory=list)

    def given(self) -> dict[str, object]:
        """The parameters: the body of a JSON call, the query of any other. Raises FileMakerError
        960.

        Beyond that, as public clients expect: a delete may name its scripts in a body too
        (fms-api-client), and a find the ranges of its portals in the query (@proofkit/fmdapi).
        """
        query: dict[str, object] = dict(self.request.args)
        call = self.target.call
        if call is Call.DELETE and self.request.mimetype in ("", "application/json"):
            return query | parameters.body_object(self.request.get_data())
        if call is Call.UPLOAD or self.request.method not in WITH_BODY:
            return query
        body = parameters.body_object(self.request.get_data())
        if call is Call.FIND:
            return {name[1:]: value for name, value in query.items() if name.startswith(_RANGES)} | body
        return body


class DatabaseCalls:
    """Answers calls on one server's databases. The server holds its lock around each. All errors are
    FileMakerErrors."""

    def __init__(self, records: RecordCalls, faults: Faults) -> None:
        self._records = records
        self._faults = faults

    def respond(self, exchange: Exchange, session: Session, database: LiveDatabase) -> Response:
        """The `response` object of a call in a session."""
        segments = exchange.target.segments
        match exchange.target.call:
            case Call.LAYOUTS:
                return {"layouts": listed_layouts(database, self._faults)}
            case Call.SCRIPTS:
                return {"scripts": listed_scripts(database.scripts)}
            case Call.GLOBALS:
                return set_globals(database, exchange.given(), session.globals)
            case call:
                caller = Caller(
                    session.account,
                    session.globals,
                    lambda container: container_calls.url(session, exchange.request, container),
                )
                view = view_layout(database, segments["layout"], self._faults, call, caller)
                return self._on_layout(exchange, view, database)

    def _on_layout(self, exchange: Exchange, view: LayoutView, database: LiveDatabase) -> Response:
        segments, given, records = exchange.target.segments, exchange.given(), self._records
        record_id = segments.get("record_id", "")
        match exchange.target.call:
            case Call.LAYOUT:
                parameters.only(given, "recordId")
                named = str(given.get("recordId", ""))
                return layout_metadata(view, records.record(view, named) if named else None)
            case Call.OLD_LAYOUT:
                return old_metadata(view)
            case Call.UPLOAD:
                file = container_calls.uploaded(exchange.request)
                record = records.record(view, record_id)
                return container_calls.store(view, record, segments, given, file)
            case Call.RUN_SCRIPT:
                parameters.only(given, "script.param")
                scripts = ScriptCalls(database, {}, exchange.ran)
                return scripts.alone(segments["script"], given)
            case call:
                actions = {
                    Call.FIND: lambda: records.find(view, given),
                    Call.LIST: lambda: records.list_records(view, given),
                    Call.GET: lambda: records.get(view, given, record_id),
                    Call.CREATE: lambda: records.create(view, given),
                    Call.EDIT: lambda: records.edit(view, given, record_id),
                    Call.DUPLICATE: lambda: records.duplicate(view, given, record_id),
                    Call.DELETE: lambda: records.delete(view, given, record_id),
                }
                return ScriptCalls(database, given, exchange.ran).around(actions[call])
