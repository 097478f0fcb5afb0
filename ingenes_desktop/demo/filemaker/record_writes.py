"""What a create, an edit or a delete changes: the record, its related records, global fields.

All of a call is done or none of it. Source: Claris Data API Guide, "Create a record", "Edit a
record" (`portalData`, `deleteRelated`, `modId`), "URL and data format notes" (the older way to name
a related record: `Citas::Motivo.7`, `.0` for a new one).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ingenes_desktop.demo.filemaker import parameters
from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.data_entry import DataEntry
from ingenes_desktop.demo.filemaker.field_names import parse_field_name
from ingenes_desktop.demo.filemaker.layout_view import LayoutView, Place
from ingenes_desktop.demo.filemaker.related import RelatedRecords
from ingenes_desktop.demo.filemaker.relationships import Path
from ingenes_desktop.demo.filemaker.schema import DIVIDER, Field
from ingenes_desktop.demo.filemaker.tables import LiveDatabase, Record, Table, Transaction
from ingenes_desktop.demo.filemaker.values import Stored

_LONGEST_ID = 18
_MOST_ROWS = 10_000
_FIRST = -1  # the first related record, which is created where there is none


@dataclass(slots=True)
class RecordWrite:
    """The changes of one call on a layout; `created` lists new related records as
    `newPortalRecordInfo` does. All methods raise FileMakerError; the transaction takes back what
    has been done by then."""

    view: LayoutView
    entry: DataEntry
    transaction: Transaction
    created: list[dict[str, object]] = field(default_factory=list)

    def create(self, field_data: Mapping[str, object], portal_data: Mapping[str, object]) -> Record:
        """A new record, with related ones."""
        written = _FieldData(self.view, field_data)
        if written.deleted:
            raise FileMakerError(960, "deleteRelated")
        record = self.entry.create(self.view.table, written.own, self.transaction)
        self._related(record, written, portal_data)
        return record

    def edit(
        self, record: Record, field_data: Mapping[str, object], portal_data: Mapping[str, object]
    ) -> None:
        """Change a record and related ones."""
        written = _FieldData(self.view, field_data)
        self.entry.edit(self.view.table, record, written.own, self.transaction)
        self._related(record, written, portal_data)

    def delete(self, record: Record) -> None:
        """Remove a record and the related ones that go with it."""
        _delete(self.view.database, self.view.table, record, self.transaction)

    def _related(self, record: Record, written: "_FieldData", portal_data: Mapping[str, object]) -> None:
        for place, value in written.global_values:
            self._set_global(place, value)
        for (path, record_id), values in written.related.items():
            self._related_row(record, path, record_id, values, self._now_related(record, path))
        for name, rows in portal_data.items():
            self._portal(record, name, rows)
        for name, record_id in written.deleted:
            self._delete_related(record, name, record_id)

    def _portal(self, record: Record, name: str, rows: object) -> None:
        portal = self.view.portal(name)
        _, path = self.view.way(portal.occurrence)
        if not isinstance(rows, list) or len(rows) > _MOST_ROWS:
            raise FileMakerError(960, "portalData")
        related = self._now_related(record, path)
        for each in rows:
            row = parameters.an_object(each)
            values: dict[str, object] = {}
            for said, value in row.items():
                if said in ("recordId", "modId"):
                    continue
                place = self.view.place(said)
                if place.path != path or place.record_id is not None:
                    raise FileMakerError(102)
                if place.field.is_global:
                    self._set_global(place, value)
                else:
                    values[place.key] = value
            record_id = whole_id(row.get("recordId", 0)) if row.get("recordId", "") != "" else 0
            self._related_row(record, path, record_id, values, related, parameters.mod_id(row))

    def _related_row(
        self,
        record: Record,
        path: Path,
        record_id: int,
        values: Mapping[str, object],
        related: list[Record],
        mod_id: int | None = None,
    ) -> None:
        table = self.view.database.tables[path[-1].table]
        if record_id == 0:
            self._create_related(record, path, values)
            return
        if record_id == _FIRST and not related:
            self._create_related(record, path, values)
            return
        row = related[0] if record_id == _FIRST else _among(related, record_id)
        if mod_id not in (None, row.mod_id):
            raise FileMakerError(306)
        self.entry.edit(table, row, values, self.transaction)

    def _create_related(self, record: Record, path: Path, values: Mapping[str, object]) -> None:
        *before, last = path
        if not last.allow_create:
            raise FileMakerError(201)
        origin, table = record, self.view.database.tables[last.table]
        origin_table = self.view.table
        if before:
            related = self._now_related(record, tuple(before))
            if not related:
                raise FileMakerError(101)
            origin, origin_table = related[0], self.view.database.tables[before[-1].table]
        keys = {
            theirs: _key(self.view.content(origin_table, origin, ours), table.fields[theirs])
            for ours, theirs in last.match
            if theirs not in values
        }
        if any(value == "" for value in keys.values()):
            raise FileMakerError(510)
        created = self.entry.create_related(table, values, keys, self.transaction)
        self.created.append(
            {
                "tableName": last.occurrence,
                "recordId": str(created.record_id),
                "modId": str(created.mod_id),
            }
        )

    def _delete_related(self, record: Record, name: str, record_id: int) -> None:
        table, path = self.view.way(self.view.portal(name).occurrence)
        if not path[-1].allow_delete:
            raise FileMakerError(200)
        row = _among(self._now_related(record, path), record_id)
        _delete(self.view.database, table, row, self.transaction)

    def _now_related(self, record: Record, path: Path) -> list[Record]:
        related = RelatedRecords(self.view.database, self.view.caller.globals)
        return related.of(self.view.table, record, path)

    def _set_global(self, place: Place, value: object) -> None:
        values, key = self.view.caller.globals, (place.table.name, place.key)
        kept = self.entry.set_global(place.field, value)
        before = values.get(key)
        values[key] = kept

        def undo() -> None:
            if before is None:
                values.pop(key, None)
            else:
                values[key] = before

        self.transaction.done(undo)


def _key(content: Stored, field: Field) -> Stored:
    """What a new related record keeps of the origin's match field: its first line."""
    first, *_ = str(content).splitlines() or [""]
    return field.stored(first)


class _FieldData:
    """What `fieldData` says, sorted by whom it concerns. Raises FileMakerError 102 and 960."""

    def __init__(self, view: LayoutView, field_data: Mapping[str, object]) -> None:
        self.own: dict[str, object] = {}
        self.global_values: list[tuple[Place, object]] = []
        self.related: dict[tuple[Path, int], dict[str, object]] = {}
        self.deleted: list[tuple[str, int]] = []
        for name, value in field_data.items():
            if name == "deleteRelated":
                self.deleted = list(_deletions(value))
                continue
            place = view.place(name)
            if place.field.is_global:
                self.global_values.append((place, value))
            elif not place.path:
                self.own[place.key] = value
            else:
                which = _FIRST if place.record_id is None else place.record_id
                self.related.setdefault((place.path, which), {})[place.key] = value


def _deletions(value: object) -> Iterator[tuple[str, int]]:
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, str):
            raise FileMakerError(960, "deleteRelated")
        said = parse_field_name(f"{each.rpartition('.')[0]}{DIVIDER}x.{each.rpartition('.')[2]}")
        if said.record_id is None or not said.occurrence:
            raise FileMakerError(960, "deleteRelated")
        yield said.occurrence, said.record_id


def whole_id(value: object) -> int:
    """A record id, as text or as a number. Raises FileMakerError 101 for what is none."""
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID):
        raise FileMakerError(101)
    return int(text)


def _among(records: list[Record], record_id: int) -> Record:
    for each in records:
        if each.record_id == record_id:
            return each
    raise FileMakerError(101)


def _delete(database: LiveDatabase, table: Table, record: Record, transaction: Transaction) -> None:
    """Delete a record and, before it, those that a relationship deletes with it."""
    waiting: list[tuple[Table, Record]] = [(table, record)]
    going: dict[tuple[str, int], tuple[Table, Record]] = {}
    related = RelatedRecords(database, {})
    while waiting:
        here, each = waiting.pop()
        if (here.name, each.record_id) in going:
            continue
        going[here.name, each.record_id] = (here, each)
        for step in database.graph.cascades(here.name):
            there = database.tables[step.table]
            waiting.extend((there, one) for one in related.of(here, each, (step,)))
    for here, each in going.values():
        here.delete(each, transaction)
