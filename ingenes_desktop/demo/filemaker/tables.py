"""The live tables: records that are read, created, edited, duplicated and deleted.

Not guarded by itself: the server holds its one lock around each call.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingenes_desktop.demo.filemaker import document
from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.document import Document, Field
from ingenes_desktop.demo.filemaker.values import DateForm, Stored


@dataclass(slots=True)
class Record:
    """One record; `mod_id` grows by one with each change."""

    record_id: int
    mod_id: int
    values: dict[str, Stored]


class Table:
    """A base table and its records, in the order they were created."""

    def __init__(self, table: document.Table) -> None:
        self.name = table.name
        self.fields = table.fields
        self._records = {
            number: Record(number, 0, dict(values)) for number, values in enumerate(table.records, 1)
        }
        self._next_id = len(self._records) + 1

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(tuple(self._records.values()))

    def record(self, record_id: int) -> Record:
        """The record of that id. Raises FileMakerError 101."""
        try:
            return self._records[record_id]
        except KeyError:
            raise FileMakerError(101) from None

    def create(self, values: Mapping[str, object], form: DateForm = DateForm.MONTH_FIRST) -> Record:
        """A new record. Raises FileMakerError: 102, 201, 500 to 511 and 960."""
        kept = dict.fromkeys(self.fields, "") | self._checked(values, form, None)
        self._require(kept, kept)
        return self._add(kept)

    def edit(
        self,
        record: Record,
        values: Mapping[str, object],
        form: DateForm = DateForm.MONTH_FIRST,
    ) -> None:
        """Change the fields that are named, all or (where one is refused, as in `create`) none;
        no fields change nothing."""
        kept = self._checked(values, form, record)
        self._require(kept, record.values | kept)
        if kept:
            record.values.update(kept)
            record.mod_id += 1

    def duplicate(self, record: Record) -> Record:
        """A copy with an id of its own. Raises FileMakerError 504 where a field is unique."""
        for field in self.fields.values():
            if field.unique and record.values[field.name] != "":
                raise FileMakerError(504)
        return self._add(dict(record.values))

    def delete(self, record: Record) -> None:
        """Remove a record; its id is not used again."""
        del self._records[record.record_id]

    def _add(self, values: dict[str, Stored]) -> Record:
        record = Record(self._next_id, 0, values)
        self._records[record.record_id] = record
        self._next_id += 1
        return record

    def _checked(
        self, values: Mapping[str, object], form: DateForm, record: Record | None
    ) -> dict[str, Stored]:
        kept: dict[str, Stored] = {}
        for name, value in values.items():
            field = self.fields.get(name)
            if field is None:
                raise FileMakerError(102)
            if field.type != "normal":
                raise FileMakerError(201)
            kept[name] = field.stored(value, form)
            if field.max_characters and len(str(kept[name])) > field.max_characters:
                raise FileMakerError(511)
            if field.unique and self._taken(field, kept[name], record):
                raise FileMakerError(504)
        return kept

    def _taken(self, field: Field, value: Stored, record: Record | None) -> bool:
        return value != "" and any(other.values[field.name] == value for other in self if other is not record)

    def _require(self, written: Mapping[str, Stored], whole: Mapping[str, Stored]) -> None:
        if written and any(field.not_empty and whole[field.name] == "" for field in self.fields.values()):
            raise FileMakerError(509)


class LiveDatabase:
    """A database with live tables; layouts and value lists are as the document gave them."""

    def __init__(self, database: document.Database) -> None:
        self.name = database.name
        self.date_form = database.date_form
        self.value_lists = database.value_lists
        self.layouts = database.layouts
        self.tables = {name: Table(table) for name, table in database.tables.items()}


class Store:
    """All databases of one server, its own copy of the document's records."""

    def __init__(self, data: Document) -> None:
        self.databases = {name: LiveDatabase(each) for name, each in data.databases.items()}

    def database(self, name: str) -> LiveDatabase:
        """A database, whatever the letter case of its name. Raises FileMakerError 802."""
        for database in self.databases.values():
            if database.name.casefold() == name.casefold():
                return database
        raise FileMakerError(802)
