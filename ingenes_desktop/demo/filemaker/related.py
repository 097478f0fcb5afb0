"""Which records are related to a record, along the relationships of the graph.

A value matches as an index compares it; the lines of a text field are values of their own, any of
which may match, and an empty field matches nothing. Source: help.claris.com, "How relationships
work" (multi-key match fields).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from ingenes_desktop.demo.filemaker.collation import fold
from ingenes_desktop.demo.filemaker.relationships import Step
from ingenes_desktop.demo.filemaker.schema import Field, SortStep
from ingenes_desktop.demo.filemaker.tables import LiveDatabase, Record, Table
from ingenes_desktop.demo.filemaker.values import Result, Stored, order, parse_number

GlobalValues = Mapping[tuple[str, str], Stored]
_MOST_COMBINATIONS = 1000  # of the lines of one record's match fields


class RelatedRecords:
    """The related records of one call. What it has looked up it keeps, so it must not be asked
    again once records have changed."""

    def __init__(self, database: LiveDatabase, global_values: GlobalValues) -> None:
        self._database = database
        self._globals = global_values
        self._indexes: dict[Step, dict[tuple[object, ...], list[Record]]] = {}

    def of(self, table: Table, record: Record, path: Sequence[Step]) -> list[Record]:
        """The records at the end of a path that begins at a record of a table, each once, sorted as
        the last relationship says."""
        here, records = table, [record]
        for step in path:
            there = self._database.tables[step.table]
            found: dict[int, Record] = {}
            for each in records:
                found.update((one.record_id, one) for one in self._one_step(here, each, step))
            here, records = there, sorted(found.values(), key=lambda one: one.record_id)
            if step.forward:
                records = sorted_records(records, step.relationship.sort, there)
        return records

    def _one_step(self, table: Table, record: Record, step: Step) -> list[Record]:
        index = self._indexes.get(step)
        if index is None:
            index = self._indexes[step] = self._index(table, step)
        there = self._database.tables[step.table]
        sought = self._combinations(table, record, [(ours, theirs) for ours, theirs in step.match], there)
        found: dict[int, Record] = {}
        for values in sought:
            found.update((each.record_id, each) for each in index.get(values, ()))
        return list(found.values())

    def _index(self, table: Table, step: Step) -> dict[tuple[object, ...], list[Record]]:
        there = self._database.tables[step.table]
        turned = [(theirs, ours) for ours, theirs in step.match]
        index: dict[tuple[object, ...], list[Record]] = {}
        for record in there:
            for values in self._combinations(there, record, turned, table):
                index.setdefault(values, []).append(record)
        return index

    def _combinations(
        self, table: Table, record: Record, match: Iterable[tuple[str, str]], other: Table
    ) -> list[tuple[object, ...]]:
        """The values a record may be matched by, one for each pair of fields."""
        combinations: list[tuple[object, ...]] = [()]
        for own, others in match:
            field = table.fields[own]
            content = table.value(record, own, self._globals)
            values = _matchable(content, field, other.fields[others])
            several = ((*each, value) for each in combinations for value in values)
            combinations = list(islice(several, _MOST_COMBINATIONS))
        return combinations


def _matchable(content: Stored, field: Field, other: Field) -> list[object]:
    lines = dict.fromkeys(str(content).splitlines()[:_MOST_COMBINATIONS] or [""])
    if Result.NUMBER in (field.result, other.result):
        numbers = (parse_number(line) for line in lines)
        return [number for number in numbers if number is not None]
    strict = "Unicode" if "Unicode" in (field.language, other.language) else "Default"
    return [fold(line, strict) for line in lines if line]


def sorted_records(records: Iterable[Record], steps: Sequence[SortStep], table: Table) -> list[Record]:
    """The records in the order of a portal or a relationship."""
    ordered = list(records)
    for step in reversed(steps):
        field = table.fields[step.field]
        ordered.sort(
            key=lambda each, field=field: place(field, each.values[field.name]),  # type: ignore[misc]  # the default binds the loop's variable
            reverse=step.descending,
        )
    return ordered


def place(field: Field, content: Stored, values: Sequence[str] = ()) -> tuple[int, float, str]:
    """The place of a content in a sort order: empty comes first, text in a number field last. With
    `values` the order is that of a value list."""
    if content == "":
        return 0, 0, ""
    text = fold(str(content), field.language)
    if values:
        at = values.index(str(content)) if str(content) in values else len(values)
        return 1, at, text
    at_number = None if field.result is Result.TEXT else order(field.result, content)
    return (1, at_number, "") if at_number is not None else (2, 0, text)
