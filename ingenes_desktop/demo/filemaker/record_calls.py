"""The calls on a layout: find, list, get, create, edit, duplicate, delete. Each takes the checked
parameters and gives the `response` object; all raise FileMakerError.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from ingenes_desktop.demo.filemaker import parameters
from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.faults import (
    Duplicate,
    Faults,
    FieldValues,
    LookAlike,
    NoRecord,
)
from ingenes_desktop.demo.filemaker.find_grammar import literal_text
from ingenes_desktop.demo.filemaker.find_ordered import FindContext
from ingenes_desktop.demo.filemaker.found_set import FindRequest, find, part, sort
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.filemaker.layout_view import LayoutView, view_layout
from ingenes_desktop.demo.filemaker.parameters import DEFAULT_LIMIT, Parameters
from ingenes_desktop.demo.filemaker.tables import Record
from ingenes_desktop.demo.filemaker.values import DateForm

Response = dict[str, object]
_LONGEST_ID = 18


class RecordCalls:
    """`today` says which day `//` stands for."""

    def __init__(self, faults: Faults, *, today: Callable[[], date]) -> None:
        self._faults = faults
        self._today = today

    def find(self, view: LayoutView, given: Parameters) -> Response:
        """POST _find."""
        parameters.only(given, "query", "sort", "limit", "offset")
        requests = parameters.find_requests(given)
        for request in requests:
            view.check(request.criteria)
        form = parameters.date_form(given, view.database.date_form)
        if self._faults.take(NoRecord, Call.FIND):
            raise FileMakerError(401)
        look_alike = self._faults.take(LookAlike, Call.FIND)
        if look_alike is not None and look_alike.field in view.fields:
            records = [_look_alike(view, requests, look_alike.field)]
        else:
            records = find(view.table, requests, FindContext(form, self._today()))
        duplicate = self._faults.take(Duplicate, Call.FIND)
        if duplicate is not None:
            records = [each for one in records for each in (one, _twin(one, duplicate.field))]
        response = self._answer(view, given, records, given.get("sort", []), prefix="")
        values = self._faults.take(FieldValues, Call.FIND)
        return response if values is None else _with_values(response, values.values)

    def list_records(self, view: LayoutView, given: Parameters) -> Response:
        """GET records: all records of the layout's table."""
        parameters.only(given, "_sort", "_limit", "_offset")
        steps = parameters.json_text(given["_sort"]) if given.get("_sort") else []
        if not len(view.table):
            raise FileMakerError(401)
        return self._answer(view, given, list(view.table), steps, prefix="_")

    def get(self, view: LayoutView, given: Parameters, record_id: str) -> Response:
        """GET records/{id}."""
        parameters.only(given)
        record = _record(view, record_id)
        return self._shown(view, given, [record], found_count=1)

    def create(self, view: LayoutView, given: Parameters) -> Response:
        """POST records."""
        values, form = _written(view, given, "fieldData", "portalData", "options")
        record = view.table.create(values, form)
        return {"recordId": str(record.record_id), "modId": str(record.mod_id)}

    def edit(self, view: LayoutView, given: Parameters, record_id: str) -> Response:
        """PATCH records/{id}: only the fields that are named change."""
        values, form = _written(view, given, "fieldData", "portalData", "options", "modId")
        record = _record(view, record_id)
        if parameters.mod_id(given) not in (None, record.mod_id):
            raise FileMakerError(306)
        view.table.edit(record, values, form)
        return {"modId": str(record.mod_id)}

    def duplicate(self, view: LayoutView, given: Parameters, record_id: str) -> Response:
        """POST records/{id}."""
        parameters.only(given)
        record = view.table.duplicate(_record(view, record_id))
        return {"recordId": str(record.record_id), "modId": str(record.mod_id)}

    def delete(self, view: LayoutView, given: Parameters, record_id: str) -> Response:
        """DELETE records/{id}."""
        parameters.only(given)
        view.table.delete(_record(view, record_id))
        return {}

    def _answer(
        self,
        view: LayoutView,
        given: Parameters,
        records: Sequence[Record],
        steps: object,
        *,
        prefix: str,
    ) -> Response:
        order = view.sort_fields(list(parameters.sort_steps(steps)))
        returned = part(
            sort(records, order, view.table),
            offset=parameters.whole_number(given, prefix + "offset", 1),
            limit=parameters.whole_number(given, prefix + "limit", DEFAULT_LIMIT),
        )
        return self._shown(view, given, returned, found_count=len(records))

    def _shown(
        self, view: LayoutView, given: Parameters, records: Sequence[Record], *, found_count: int
    ) -> Response:
        form = parameters.date_form(given, view.database.date_form)
        other = given.get("layout.response")
        if other is not None:
            view = _response_layout(view, other, self._faults)
        return view.found([view.record(each, form) for each in records], found_count=found_count)


def _response_layout(view: LayoutView, name: object, faults: Faults) -> LayoutView:
    other = view_layout(view.database, str(name), faults, Call.FIND)
    if other.table is not view.table:
        raise FileMakerError(101)  # no record of the other table stands for these
    return other


def _record(view: LayoutView, record_id: str) -> Record:
    if not (record_id.isascii() and record_id.isdigit() and len(record_id) <= _LONGEST_ID):
        raise FileMakerError(101)
    return view.table.record(int(record_id))


def _written(view: LayoutView, given: Parameters, *known: str) -> tuple[Mapping[str, object], DateForm]:
    parameters.only(given, *known)
    values = parameters.an_object(given.get("fieldData", {}))
    view.check(values)
    view.check(parameters.an_object(given.get("portalData", {})))  # no layout here has a portal
    parameters.an_object(given.get("options", {}))
    return values, parameters.date_form(given, view.database.date_form)


def _look_alike(view: LayoutView, requests: Sequence[FindRequest], field: str) -> Record:
    asked = next((each.criteria[field] for each in requests if field in each.criteria), "")
    records = list(view.table)
    if not records:
        raise FileMakerError(401)
    likeness = literal_text(asked).replace("@", "x")
    other = next((each for each in records if each.values[field] != literal_text(asked)), records[0])
    return Record(other.record_id, other.mod_id, other.values | {field: likeness})


def _twin(record: Record, field: str) -> Record:
    values = dict(record.values)
    if field in values:
        own = values[field]
        values[field] = f"{own}x" if isinstance(own, str) else own + 1000
    return Record(record.record_id + 1000, record.mod_id, values)


def _with_values(response: Response, values: Mapping[str, object]) -> Response:
    data = response["data"]
    if isinstance(data, list):
        for record in data:
            record["fieldData"].update(values)
    return response
