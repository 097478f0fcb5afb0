"""The live tables: records, the values global fields begin with, and serial numbers.

Not guarded by themselves: the server holds its one lock around each call. What a call changes it
changes in a `Transaction`, so that a call that is refused halfway leaves nothing behind.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from ingenes_desktop.demo.filemaker import schema
from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.collation import fold
from ingenes_desktop.demo.filemaker.document import Document
from ingenes_desktop.demo.filemaker.relationships import RelationshipGraph
from ingenes_desktop.demo.filemaker.schema import AutoEnter
from ingenes_desktop.demo.filemaker.values import Result, Stored, order

MOST_RECORDS = 200_000
"""A table takes no more; a call that would add one gets 812."""


@dataclass(slots=True)
class Record:
    """One record, its values by `Field.keys`; `mod_id` grows by one with each change."""

    record_id: int
    mod_id: int
    values: dict[str, Stored]


class Transaction:
    """The changes of one call; leaving the block by an exception takes them back."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], object]] = []

    def done(self, undo: Callable[[], object]) -> None:
        """A change has been made, which `undo` takes back."""
        self._undo.append(undo)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is not None:
            for undo in reversed(self._undo):
                undo()


class Table:
    """A base table and its records, in the order they were created."""

    def __init__(self, table: schema.Table) -> None:
        self.name = table.name
        self.fields = table.fields
        self.globals = dict(table.globals)
        self.by_key = {key: each for each in table.fields.values() for key in each.keys}
        self._records = {
            number: Record(number, 0, dict(values)) for number, values in enumerate(table.records, 1)
        }
        self._empty: dict[str, Stored] = {key: "" for key, each in self.by_key.items() if not each.is_global}
        self._next_id = len(self._records) + 1
        self._serials = {
            name: self._highest(name) + 1
            for name, field in table.fields.items()
            if field.auto_enter is AutoEnter.SERIAL
        }

    def __len__(self) -> int:
        return len(self._records)

    def value(self, record: Record, key: str, global_values: Mapping[tuple[str, str], Stored]) -> Stored:
        """What a record holds; of a global field what the session has set, or else what the file
        begins with."""
        if key in self.globals:
            return global_values.get((self.name, key), self.globals[key])
        return record.values[key]

    def __iter__(self) -> Iterator[Record]:
        return iter(tuple(self._records.values()))

    def record(self, record_id: int) -> Record:
        """The record of that id. Raises FileMakerError 101."""
        try:
            return self._records[record_id]
        except KeyError:
            raise FileMakerError(101) from None

    def holds(self, key: str, value: Stored, *, beside: Record | None) -> bool:
        """Whether another record has that value, as the field's index compares it."""
        field = self.by_key[key]

        def indexed(content: Stored) -> Stored:
            return fold(str(content), field.language) if field.result is Result.TEXT else content

        sought = indexed(value)
        others = (each for each in self._records.values() if each is not beside)
        return any(indexed(each.values[key]) == sought for each in others)

    def next_serial(self, name: str) -> int:
        """The next serial number of a field; one that was given is not given again."""
        self._serials[name] += 1
        return self._serials[name] - 1

    def add(self, values: dict[str, Stored], transaction: Transaction) -> Record:
        """A new record; its id is not used again. Raises FileMakerError 812 in a full table."""
        if len(self._records) >= MOST_RECORDS:
            raise FileMakerError(812)
        record = Record(self._next_id, 0, self._empty | values)
        self._records[record.record_id] = record
        self._next_id += 1
        transaction.done(lambda: self._records.pop(record.record_id))
        return record

    def change(self, record: Record, values: dict[str, Stored], transaction: Transaction) -> None:
        """Change these values of a record; none change nothing."""
        if not values:
            return
        before, mod_id = dict(record.values), record.mod_id

        def undo() -> None:
            record.values.update(before)
            record.mod_id = mod_id

        record.values.update(values)
        record.mod_id += 1
        transaction.done(undo)

    def delete(self, record: Record, transaction: Transaction) -> None:
        """Remove a record. Raises FileMakerError 101 where it has been removed."""
        self.record(record.record_id)
        del self._records[record.record_id]

        def undo() -> None:
            self._records[record.record_id] = record
            self._records = dict(sorted(self._records.items()))  # ids grow: that is their order

        transaction.done(undo)

    def _highest(self, name: str) -> int:
        places = (order(Result.NUMBER, each.values[name]) for each in self._records.values())
        return max((int(place) for place in places if place is not None), default=0)


class LiveDatabase:
    """A database with live tables; all else is as the document gave it."""

    def __init__(self, database: schema.Database) -> None:
        self.name = database.name
        self.date_form = database.date_form
        self.value_lists = database.value_lists
        self.layouts = database.layouts
        self.layout_tree = database.layout_tree
        self.scripts = database.scripts
        self.script = database.script
        self.accounts = database.accounts
        self.tables = {name: Table(table) for name, table in database.tables.items()}
        self.graph = RelationshipGraph(database.tables, database.relationships.values())


class Store:
    """All databases of one server, its own copy of the document's records."""

    def __init__(self, data: Document) -> None:
        self._document = data
        self.begin_anew()

    def begin_anew(self) -> None:
        """The records the document gives; a call that is under way still ends on those before."""
        self.databases = {name: LiveDatabase(each) for name, each in self._document.databases.items()}

    def database(self, name: str) -> LiveDatabase:
        """A database, whatever the letter case of its name. Raises FileMakerError 802."""
        for database in self.databases.values():
            if database.name.casefold() == name.casefold():
                return database
        raise FileMakerError(802)
