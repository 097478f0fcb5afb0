"""The calls on a layout: find, list, get, create, edit, duplicate, delete. Each takes the
parameters and gives the `response` object; all raise FileMakerError.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from ingenes_desktop.demo.filemaker import parameters
from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.data_entry import DataEntry
from ingenes_desktop.demo.filemaker.fault_switches import Faults
from ingenes_desktop.demo.filemaker.faults import Duplicate, FieldValues, LookAlike, NoRecord
from ingenes_desktop.demo.filemaker.find_grammar import literal_text
from ingenes_desktop.demo.filemaker.find_ordered import FindContext
from ingenes_desktop.demo.filemaker.found_set import FindRequest, SortField, find, is_sortable, part, sort
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.filemaker.layout_metadata import database_values
from ingenes_desktop.demo.filemaker.layout_view import LayoutView, view_layout
from ingenes_desktop.demo.filemaker.parameters import DEFAULT_LIMIT, Parameters
from ingenes_desktop.demo.filemaker.record_answers import RecordAnswer
from ingenes_desktop.demo.filemaker.record_writes import RecordWrite, whole_id
from ingenes_desktop.demo.filemaker.tables import Record, Transaction

Response = dict[str, object]


class RecordCalls:
    """`now` is a wall clock without a zone (what `//` stands for, what auto-enter options write),
    `new_uuid` gives random UUIDs."""

    def __init__(
        self,
        faults: Faults,
        *,
        now: Callable[[], datetime],
        new_uuid: Callable[[], uuid.UUID] = uuid.uuid4,
    ) -> None:
        self._faults = faults
        self._now = now
        self._new_uuid = new_uuid

    def record(self, view: LayoutView, record_id: str) -> Record:
        """The record a call names. Raises FileMakerError 101, also for what is no record id."""
        return view.table.record(whole_id(record_id))

    def find(self, view: LayoutView, given: Parameters) -> Response:
        """POST _find."""
        parameters.only(given, "query", "sort", "limit", "offset", portals="")
        requests = parameters.find_requests(given)
        for request in requests:
            for name in request.criteria:
                view.place(name)
        form = parameters.date_form(given, view.database.date_form)
        if self._faults.take(NoRecord, Call.FIND):
            raise FileMakerError(401)
        look_alike = self._faults.take(LookAlike, Call.FIND, lambda fault: _tells_apart(view, fault.field))
        if look_alike is not None:
            records = [_look_alike(view, requests, look_alike.field)]
        else:
            records = find(view, requests, FindContext(form, self._now().date()))
        duplicate = self._faults.take(Duplicate, Call.FIND)
        if duplicate is not None:
            records = [each for one in records for each in (one, _twin(one, duplicate.field))]
        response = self._answer(view, given, records, given.get("sort", []), prefix="")
        values = self._faults.take(FieldValues, Call.FIND)
        return response if values is None else _with_values(response, values.values)

    def list_records(self, view: LayoutView, given: Parameters) -> Response:
        """GET records: all records of the layout's table. Of an empty table a call that says from
        which record gets 101, another one 401."""
        parameters.only(given, "_sort", "_limit", "_offset", portals="_")
        steps = parameters.json_text(given["_sort"]) if given.get("_sort") else []
        if not len(view.table) and "_offset" not in given:
            raise FileMakerError(401)
        return self._answer(view, given, list(view.table), steps, prefix="_")

    def get(self, view: LayoutView, given: Parameters, record_id: str) -> Response:
        """GET records/{id}."""
        parameters.only(given, portals="_")
        return self._shown(view, given, [self.record(view, record_id)], found_count=1, prefix="_")

    def create(self, view: LayoutView, given: Parameters) -> Response:
        """POST records. Which related records it made it does not say."""
        parameters.only(given, "fieldData", "portalData", "options")
        with Transaction() as transaction:
            write = RecordWrite(view, self._entry(view, given), transaction)
            record = write.create(*_written(given))
        return {"recordId": str(record.record_id), "modId": str(record.mod_id)}

    def edit(self, view: LayoutView, given: Parameters, record_id: str) -> Response:
        """PATCH records/{id}: only the fields that are named change."""
        parameters.only(given, "fieldData", "portalData", "options", "modId")
        with Transaction() as transaction:
            write = RecordWrite(view, self._entry(view, given), transaction)
            field_data, portal_data = _written(given)
            wanted, record = parameters.mod_id(given), self.record(view, record_id)
            if wanted not in (None, record.mod_id):
                raise FileMakerError(306)
            write.edit(record, field_data, portal_data)
        created: Response = {"newPortalRecordInfo": write.created} if write.created else {}
        return {"modId": str(record.mod_id)} | created

    def duplicate(self, view: LayoutView, given: Parameters, record_id: str) -> Response:
        """POST records/{id}."""
        parameters.only(given)
        with Transaction() as transaction:
            entry = self._entry(view, given)
            record = entry.duplicate(view.table, self.record(view, record_id), transaction)
        return {"recordId": str(record.record_id), "modId": str(record.mod_id)}

    def delete(self, view: LayoutView, given: Parameters, record_id: str) -> Response:
        """DELETE records/{id}."""
        parameters.only(given)
        with Transaction() as transaction:
            RecordWrite(view, self._entry(view, given), transaction).delete(self.record(view, record_id))
        return {}

    def _entry(self, view: LayoutView, given: Parameters) -> DataEntry:
        options = parameters.entry_options(given)
        return DataEntry(
            form=parameters.date_form(given, view.database.date_form),
            account=view.caller.account,
            now=self._now(),
            new_uuid=self._new_uuid,
            listed=lambda name: database_values(view.database, name),
            free_of_validation=options.get("entrymode") == "script",
            may_modify=options.get("prohibitmode") == "script",
        )

    def _answer(
        self,
        view: LayoutView,
        given: Parameters,
        records: Sequence[Record],
        steps: object,
        *,
        prefix: str,
    ) -> Response:
        order = [_sort_field(view, name, direction) for name, direction in parameters.sort_steps(steps)]
        returned = part(
            sort(view, records, order),
            offset=parameters.whole_number(given, prefix + "offset", 1),
            limit=parameters.whole_number(given, prefix + "limit", DEFAULT_LIMIT),
        )
        return self._shown(view, given, returned, found_count=len(records), prefix=prefix)

    def _shown(
        self,
        view: LayoutView,
        given: Parameters,
        records: Sequence[Record],
        *,
        found_count: int,
        prefix: str,
    ) -> Response:
        form = parameters.date_form(given, view.database.date_form)
        other = given.get("layout.response")
        if other is not None and other != "":
            view = _response_layout(view, other, self._faults)
        portals = parameters.wanted_portals(given, view.portals, prefix)
        return RecordAnswer(view, form, portals).response(records, found_count=found_count)


def _response_layout(view: LayoutView, name: object, faults: Faults) -> LayoutView:
    other = view_layout(view.database, str(name), faults, Call.FIND, view.caller)
    if other.table is not view.table:
        raise FileMakerError(101)  # no record of the other table stands for these
    return other


def _written(given: Parameters) -> tuple[Mapping[str, object], Mapping[str, object]]:
    return parameters.an_object(given.get("fieldData", {})), parameters.an_object(given.get("portalData", {}))


def _sort_field(view: LayoutView, name: str, direction: str) -> SortField:
    place = view.place(name)
    if direction not in ("ascend", "descend", *view.database.value_lists) or not is_sortable(place):
        raise FileMakerError(960, "sort")
    listed = direction in view.database.value_lists
    values = database_values(view.database, direction) if listed else ()
    return SortField(place, direction == "descend", values)


def _tells_apart(view: LayoutView, name: str) -> bool:
    """Whether the layout shows that field, and each record has a value of its own in it."""
    field = view.table.fields.get(name)
    return field is not None and not field.is_global and name in view.fields


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
        values[field] = own + 1000 if isinstance(own, int | float) else f"{own}x"
    return Record(record.record_id + 1000, record.mod_id, values)


def _with_values(response: Response, values: Mapping[str, object]) -> Response:
    data = response["data"]
    if isinstance(data, list):
        for record in data:
            record["fieldData"].update(values)
    return response
