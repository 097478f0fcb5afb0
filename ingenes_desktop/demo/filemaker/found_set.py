"""Which records a find or a list of records returns: requests, omission, sorting, the part asked.

Requests are worked off in their order: each adds its records to the found set, one with `omit`
takes its records away (from all of them, where it is the first). Source: Claris Data API Guide,
"Perform a find request", "Get records".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.collation import fold
from ingenes_desktop.demo.filemaker.document import Field
from ingenes_desktop.demo.filemaker.find_match import matcher
from ingenes_desktop.demo.filemaker.find_ordered import FindContext
from ingenes_desktop.demo.filemaker.tables import Record, Table
from ingenes_desktop.demo.filemaker.values import Result, Stored, order


@dataclass(frozen=True, slots=True)
class FindRequest:
    """One request: criteria by field name, all of which must hold."""

    criteria: Mapping[str, str]
    omit: bool = False


@dataclass(frozen=True, slots=True)
class SortField:
    """One step of a sort order. With `values` the order is that of a value list."""

    name: str
    descending: bool = False
    values: tuple[str, ...] = ()


def find(table: Table, requests: Sequence[FindRequest], context: FindContext) -> list[Record]:
    """The found set, in the order the records were created.

    Raises FileMakerError: 400 where a request says nothing, 401 where no record matches, 500 and
    501 where a criterion does not suit its field.
    """
    found: set[int] = {each.record_id for each in table} if requests and requests[0].omit else set()
    for request in requests:
        matching = _matching(table, request, context)
        found = found - matching if request.omit else found | matching
    if not found:
        raise FileMakerError(401)
    return [record for record in table if record.record_id in found]


def _matching(table: Table, request: FindRequest, context: FindContext) -> set[int]:
    criteria = {name: said for name, said in request.criteria.items() if said != ""}
    if not criteria:
        raise FileMakerError(400)
    matchers = [
        (name, matcher(said, table.fields[name], (each.values[name] for each in table), context))
        for name, said in criteria.items()
    ]
    return {
        record.record_id
        for record in table
        if all(matches(record.values[name]) for name, matches in matchers)
    }


def sort(records: Sequence[Record], order_by: Sequence[SortField], table: Table) -> list[Record]:
    """The records in that order; what is equal keeps its place, empty comes first."""
    ordered = list(records)
    for step in reversed(order_by):
        field = table.fields[step.name]
        ordered.sort(
            key=lambda record, field=field, step=step: _place(  # type: ignore[misc]  # defaults bind the loop's variables
                field, record.values[field.name], step
            ),
            reverse=step.descending,
        )
    return ordered


def _place(field: Field, content: Stored, step: SortField) -> tuple[int, float, str]:
    if content == "":
        return 0, 0, ""
    text = fold(str(content), field.language)
    if step.values:
        at = step.values.index(str(content)) if str(content) in step.values else len(step.values)
        return 1, at, text
    place = None if field.result is Result.TEXT else order(field.result, content)
    return (1, place, "") if place is not None else (2, 0, text)


def part(records: Sequence[Record], *, offset: int, limit: int) -> list[Record]:
    """`limit` records from the one at `offset`, which counts from 1. Raises FileMakerError 101
    where the found set ends before."""
    if offset > max(len(records), 1):
        raise FileMakerError(101)
    return list(records[offset - 1 : offset - 1 + limit])
