"""Which records a find or a list of records returns: requests, omission, sorting, the part asked.

Requests are worked off in their order: each adds its records to the found set, one with `omit`
takes its records away (from all of them, where it is the first). Criteria in fields of a related
table are met where one related record meets all of them. Source: Claris Data API Guide, "Perform a
find request", "Get records"; help.claris.com, "Finding records based on multiple criteria".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.find_match import matcher
from ingenes_desktop.demo.filemaker.find_ordered import FindContext, Matcher
from ingenes_desktop.demo.filemaker.layout_view import LayoutView, Place
from ingenes_desktop.demo.filemaker.related import RelatedRecords, place
from ingenes_desktop.demo.filemaker.relationships import Path
from ingenes_desktop.demo.filemaker.tables import Record, Table
from ingenes_desktop.demo.filemaker.values import Result, Stored


@dataclass(frozen=True, slots=True)
class FindRequest:
    """One request: criteria by field name, all of which must hold."""

    criteria: Mapping[str, str]
    omit: bool = False


@dataclass(frozen=True, slots=True)
class SortField:
    """One step of a sort order. With `values` the order is that of a value list."""

    place: Place
    descending: bool = False
    values: tuple[str, ...] = ()


def find(view: LayoutView, requests: Sequence[FindRequest], context: FindContext) -> list[Record]:
    """The found set, in the order the records were created.

    Raises FileMakerError: 102 for a field that is not on the layout, 400 where a request says
    nothing or asks for a global field, 401 where no record matches, 500 and 501 where a criterion
    does not suit its field.
    """
    related = RelatedRecords(view.database, view.caller.globals)
    found: set[int] = {each.record_id for each in view.table} if requests and requests[0].omit else set()
    for matching, omit in [(_matching(view, each, context, related), each.omit) for each in requests]:
        found = found - matching if omit else found | matching
    if not found:
        raise FileMakerError(401)
    return [record for record in view.table if record.record_id in found]


@dataclass(frozen=True, slots=True)
class _Criteria:
    """Those of one request that are met by the records of one table."""

    table: Table
    tests: list[tuple[tuple[str, ...], Matcher, bool]]

    def met(self, record: Record) -> bool:
        return all(
            (all if in_every else any)(matches(record.values[key]) for key in keys)
            for keys, matches, in_every in self.tests
        )


def _matching(
    view: LayoutView, request: FindRequest, context: FindContext, related: RelatedRecords
) -> set[int]:
    by_path = _criteria(view, request, context)
    if not by_path:
        raise FileMakerError(400)

    def met(record: Record, path: Path, criteria: _Criteria) -> bool:
        records = related.of(view.table, record, path) if path else (record,)
        return any(criteria.met(each) for each in records)

    return {
        record.record_id
        for record in view.table
        if all(met(record, path, criteria) for path, criteria in by_path.items())
    }


def _criteria(view: LayoutView, request: FindRequest, context: FindContext) -> dict[Path, _Criteria]:
    by_path: dict[Path, _Criteria] = {}
    for name, said in request.criteria.items():
        where = view.place(name)
        if said == "":
            continue
        if where.field.is_global or where.record_id is not None:
            raise FileMakerError(400)
        keys = where.field.keys if where.any_repetition else (where.key,)
        column: list[Stored] = [each.values[key] for each in where.table for key in keys]
        criteria = by_path.setdefault(where.path, _Criteria(where.table, []))
        empty = said.strip() in ("=", "==")  # of a repeating field: in every repetition
        criteria.tests.append((keys, matcher(said, where.field, column, context), empty))
    return by_path


def sort(view: LayoutView, records: Sequence[Record], order_by: Sequence[SortField]) -> list[Record]:
    """The records in that order; what is equal keeps its place, empty comes first. A related field
    counts with the first related record."""
    related = RelatedRecords(view.database, view.caller.globals)

    def content(record: Record, where: Place) -> Stored:
        if not where.path:
            return view.content(where.table, record, where.key)
        first = next(iter(related.of(view.table, record, where.path)), None)
        return "" if first is None else view.content(where.table, first, where.key)

    ordered = list(records)
    for step in reversed(order_by):
        places = {
            id(record): place(step.place.field, content(record, step.place), step.values)
            for record in ordered
        }
        ordered.sort(key=lambda record, places=places: places[id(record)], reverse=step.descending)  # type: ignore[misc]  # the default binds the loop's variable
    return ordered


def part(records: Sequence[Record], *, offset: int, limit: int) -> list[Record]:
    """`limit` records from the one at `offset`, which counts from 1. Raises FileMakerError 101
    where the found set ends before."""
    if offset > len(records):
        raise FileMakerError(101)
    return list(records[offset - 1 : offset - 1 + limit])


def is_sortable(where: Place) -> bool:
    """Whether records can be sorted by a field."""
    return where.field.result is not Result.CONTAINER
