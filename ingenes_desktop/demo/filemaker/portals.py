"""The related records a layout shows in its portals: which ones, and how they stand in an answer.

A portal shows the rows it has on the layout (all, where it scrolls, but no more than 50) unless the
call gives a limit. Source: Claris Data API Guide, "Get a single record" (portals); that a limit of
the call goes before the rows of the layout is what live servers do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingenes_desktop.demo.filemaker.field_names import shown_names
from ingenes_desktop.demo.filemaker.layout_view import LayoutView
from ingenes_desktop.demo.filemaker.related import RelatedRecords, sorted_records
from ingenes_desktop.demo.filemaker.relationships import Path
from ingenes_desktop.demo.filemaker.schema import DIVIDER, Field, Portal
from ingenes_desktop.demo.filemaker.tables import LiveDatabase, Record, Table
from ingenes_desktop.demo.filemaker.values import DateForm

DEFAULT_ROWS = 50


@dataclass(frozen=True, slots=True)
class PortalRange:
    """Which rows of a portal a call wants: `limit` from the one at `offset`, which counts from 1.
    None is as many as the portal shows."""

    offset: int = 1
    limit: int | None = None


def portal_records(view: LayoutView, portal: Portal, record: Record, related: RelatedRecords) -> list[Record]:
    """All related records of a portal, in its order."""
    table, path = view.way(portal.occurrence)
    records = related.of(view.table, record, path)
    return sorted_records(records, portal.sort, table) if portal.sort else records


def portal_data(
    view: LayoutView,
    record: Record,
    ranges: Mapping[str, PortalRange],
    related: RelatedRecords,
    form: DateForm,
) -> dict[str, object]:
    """The members `portalData` and, on a layout with portals, `portalDataInfo` of a record.
    `ranges` has the portals that are wanted, by their keys."""
    rows: dict[str, object] = {}
    info: list[dict[str, object]] = []
    for portal in view.portals:
        wanted = ranges.get(portal.key)
        if wanted is None:
            continue
        table, _ = view.way(portal.occurrence)
        records = portal_records(view, portal, record, related)
        shown = DEFAULT_ROWS if portal.scrolls else min(portal.rows, DEFAULT_ROWS)
        first = wanted.offset - 1
        part = records[first : first + (shown if wanted.limit is None else wanted.limit)]
        columns = portal_columns(view.database, portal)
        rows[portal.key] = [_row(view, table, columns, each, related, form) for each in part]
        named: dict[str, object] = {"portalObjectName": portal.name} if portal.name else {}
        info.append(
            named
            | {
                "database": view.database.name,
                "table": portal.occurrence,
                "foundCount": len(records),
                "returnedCount": len(part),
            }
        )
    return {"portalData": rows} | ({"portalDataInfo": info} if info else {})


@dataclass(frozen=True, slots=True)
class PortalColumn:
    """A field in a portal's rows: its occurrence, its table, and the path to it from a row."""

    occurrence: str
    field: Field
    table: Table
    path: Path


def portal_columns(database: LiveDatabase, portal: Portal) -> list[PortalColumn]:
    """The fields of a portal's rows."""
    columns: list[PortalColumn] = []
    for qualified in portal.fields:
        occurrence, _, name = qualified.rpartition(DIVIDER)
        path = database.graph.path(portal.occurrence, occurrence) or ()
        table = database.tables[database.graph.table_of(occurrence) or occurrence]
        columns.append(PortalColumn(occurrence, table.fields[name], table, path))
    return columns


def _row(
    view: LayoutView,
    table: Table,
    columns: Sequence[PortalColumn],
    record: Record,
    related: RelatedRecords,
    form: DateForm,
) -> dict[str, object]:
    row: dict[str, object] = {"recordId": str(record.record_id)}
    for column in columns:
        here = next(iter(related.of(table, record, column.path)), None) if column.path else record
        names = shown_names(column.field, column.occurrence)
        for shown, key in zip(names, column.field.keys, strict=True):
            nothing = here is None and not column.field.is_global
            content = "" if nothing else view.content(column.table, here or record, key)
            row[shown] = view.value(column.field, content, form)
    return row | {"modId": str(record.mod_id)}
