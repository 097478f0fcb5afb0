"""A layout as a call sees it: its table, its fields and portals, and what the names of a call mean.

Source: Claris Data API Guide, "URL and data format notes" (fields must be on the layout; those of
related tables have qualified names), "Get layout metadata".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.caller import Caller
from ingenes_desktop.demo.filemaker.fault_switches import Faults
from ingenes_desktop.demo.filemaker.faults import FieldMissing, OtherBaseTable
from ingenes_desktop.demo.filemaker.field_names import parse_field_name
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.filemaker.relationships import NO_STEPS, Path
from ingenes_desktop.demo.filemaker.schema import (
    DIVIDER,
    Field,
    Layout,
    LayoutFolder,
    Portal,
)
from ingenes_desktop.demo.filemaker.tables import LiveDatabase, Record, Table
from ingenes_desktop.demo.filemaker.values import DateForm, Stored, StoredContainer, shown


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field name leads from the layout's table: along `path` to `key` of `field` in
    `table`. `any_repetition` says that the name gave none. `record_id` is that of a related record
    the name ends in (0: one to be created)."""

    path: Path
    table: Table
    field: Field
    key: str
    any_repetition: bool
    record_id: int | None = None


@dataclass(frozen=True, slots=True)
class LayoutView:
    """A layout of a live database; `fields` can be asked for, `shown` stand in answers (those of
    related tables are qualified)."""

    name: str
    database: LiveDatabase
    table: Table
    fields: tuple[str, ...]
    shown: tuple[str, ...]
    portals: tuple[Portal, ...]
    caller: Caller

    def place(self, name: str) -> Place:
        """What a field name means. Raises FileMakerError 102 where the field is not there."""
        said = parse_field_name(name)
        own = said.occurrence in ("", self.table.name)
        if own and said.name in self.fields and said.record_id is None:
            table, path = self.table, NO_STEPS
        elif not own and self._shows(said.occurrence, said.name):
            table, path = self.way(said.occurrence)
        else:
            raise FileMakerError(102)
        field = table.fields[said.name]
        return Place(path, table, field, said.key(field), said.key(field) == field.name, said.record_id)

    def _shows(self, occurrence: str, name: str) -> bool:
        qualified = f"{occurrence}{DIVIDER}{name}"
        return qualified in self.fields or any(qualified in portal.fields for portal in self.portals)

    def way(self, occurrence: str) -> tuple[Table, Path]:
        """The table of an occurrence and the path to it. Raises FileMakerError 102."""
        path = self.database.graph.path(self.table.name, occurrence)
        if path is None:
            raise FileMakerError(102)
        return self.database.tables[path[-1].table] if path else self.table, path

    def portal(self, name: str) -> Portal:
        """The portal of that object name or, else, occurrence, whatever the letter case. Raises
        FileMakerError 102."""
        by_name = {portal.occurrence.casefold(): portal for portal in reversed(self.portals)}
        by_name |= {portal.key.casefold(): portal for portal in self.portals}
        if name.casefold() not in by_name:
            raise FileMakerError(102)
        return by_name[name.casefold()]

    def value(self, field: Field, stored: Stored, form: DateForm) -> str | int | float:
        """How a content stands in an answer."""
        if isinstance(stored, StoredContainer):
            return self.caller.container_url(stored)
        written = shown(field.result, stored, form)
        return written if not isinstance(written, StoredContainer) else ""

    def content(self, table: Table, record: Record, key: str) -> Stored:
        """What a record holds, as this session sees it."""
        return table.value(record, key, self.caller.globals)


def base_table(database: LiveDatabase, layout: Layout, faults: Faults, call: Call) -> Table:
    """The table a layout shows, unless a fault says another that the database has."""
    other = faults.take(OtherBaseTable, call, lambda fault: fault.layout == layout.name)
    table = layout.table if other is None else other.table
    return database.tables.get(table, database.tables[layout.table])


def view_layout(database: LiveDatabase, name: str, faults: Faults, call: Call, caller: Caller) -> LayoutView:
    """The layout of that name, with the faults that concern it. Raises FileMakerError 105."""
    layout = database.layouts.get(name)
    if layout is None:
        raise FileMakerError(105)
    table = base_table(database, layout, faults, call)

    def leads(occurrence: str) -> bool:
        return bool(database.graph.path(table.name, occurrence))

    def there(field: str) -> bool:
        occurrence, divider, _ = field.rpartition(DIVIDER)
        return leads(occurrence) if divider else field in table.fields

    fields = tuple(each for each in layout.fields if there(each))
    portals = tuple(each for each in layout.portals if leads(each.occurrence))
    view = LayoutView(name, database, table, fields, fields, portals, caller)
    missing = faults.take(FieldMissing, call)
    if missing is None:
        return view
    left = tuple(each for each in fields if each != missing.field)
    return replace(view, fields=fields if missing.searchable else left, shown=left)


def listed_layouts(
    database: LiveDatabase, faults: Faults, tree: Sequence[Layout | LayoutFolder] | None = None
) -> list[dict[str, object]]:
    """The layouts of a database as the Data API lists them, in their folders."""
    entries: list[dict[str, object]] = []
    for each in database.layout_tree if tree is None else tree:
        if isinstance(each, LayoutFolder):
            inner = listed_layouts(database, faults, each.layouts)
            entries.append({"name": each.name, "isFolder": True, "folderLayoutNames": inner})
        else:
            table = base_table(database, each, faults, Call.LAYOUTS)
            entries.append({"name": each.name, "table": table.name})
    return entries


def named_fields(view: LayoutView, names: Sequence[str]) -> Iterator[tuple[str, Field, Path, Table]]:
    """Of each field on a layout: its occurrence ("" for the layout's own), the field, the path to
    it and its table."""
    for name in names:
        occurrence, divider, plain = name.rpartition(DIVIDER)
        if divider:
            table, path = view.way(occurrence)
            yield occurrence, table.fields[plain], path, table
        else:
            yield "", view.table.fields[name], (), view.table
