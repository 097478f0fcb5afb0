"""Writing records: what fields enter by themselves, what they refuse, and what they keep.

Source: help.claris.com, "Defining automatic data entry", "Defining field validation"; Claris Data
API Guide, "Create a record", "Edit a record" (`options`: `entrymode` script is free of validation,
`prohibitmode` script may change what data entry may not).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.schema import AutoEnter, Field
from ingenes_desktop.demo.filemaker.tables import Record, Table, Transaction
from ingenes_desktop.demo.filemaker.values import (
    DateForm,
    Result,
    Stored,
    order,
    write_date,
    write_timestamp,
)

_ON_EDIT = (AutoEnter.MODIFICATION_TIMESTAMP, AutoEnter.MODIFICATION_ACCOUNT)
_ALWAYS_NEW = (AutoEnter.DATA, AutoEnter.NOTHING)


@dataclass(frozen=True, slots=True)
class DataEntry:
    """How a call writes: its dates' form, its account, the time (without a zone), whence new UUIDs
    come, the values of value lists, and its `options`. All methods raise FileMakerError: 102, 201,
    500 to 511, 812 and 960; what they have changed by then the transaction takes back."""

    form: DateForm
    account: str
    now: datetime
    new_uuid: Callable[[], UUID]
    listed: Callable[[str], tuple[str, ...]]
    free_of_validation: bool = False
    may_modify: bool = False

    def create(self, table: Table, values: Mapping[str, object], transaction: Transaction) -> Record:
        """A new record with these values, by the fields' keys."""
        return self.create_related(table, values, {}, transaction)

    def create_related(
        self,
        table: Table,
        values: Mapping[str, object],
        keys: Mapping[str, Stored],
        transaction: Transaction,
    ) -> Record:
        """A new record through a relationship, which enters `keys` whatever may be modified."""
        whole = self._entered(table, tuple(AutoEnter)) | dict(keys) | self._kept(table, values)
        self._check(table, whole, None)
        self._require(table, whole)
        return table.add(whole, transaction)

    def edit(
        self, table: Table, record: Record, values: Mapping[str, object], transaction: Transaction
    ) -> None:
        """Change the values that are given; none change nothing."""
        kept = self._kept(table, values)
        if not kept:
            return
        self._check(table, kept, record)
        self._require(table, record.values | kept)
        table.change(record, self._entered(table, _ON_EDIT) | kept, transaction)

    def duplicate(self, table: Table, record: Record, transaction: Transaction) -> Record:
        """A copy with an id, serial numbers and creation values of its own."""
        anew = tuple(each for each in AutoEnter if each not in _ALWAYS_NEW)
        whole = record.values | self._entered(table, anew)
        self._check(table, whole, None)
        return table.add(whole, transaction)

    def set_global(self, field: Field, value: object) -> Stored:
        """What a global field keeps of a value."""
        return self._written(field, value)

    def _kept(self, table: Table, values: Mapping[str, object]) -> dict[str, Stored]:
        return {key: self._written(table.by_key[key], value) for key, value in values.items()}

    def _written(self, field: Field, value: object) -> Stored:
        if field.type != "normal" or (field.prohibit_modification and not self.may_modify):
            raise FileMakerError(201)
        return field.stored(value, self.form)

    def _entered(self, table: Table, kinds: tuple[AutoEnter, ...]) -> dict[str, Stored]:
        return {
            field.name: self._automatic(table, field)
            for field in table.fields.values()
            if field.auto_enter in kinds and field.auto_enter and not field.is_global
        }

    def _automatic(self, table: Table, field: Field) -> Stored:
        match field.auto_enter:
            case AutoEnter.SERIAL:
                number = table.next_serial(field.name)
                return number if field.result is Result.NUMBER else str(number)
            case AutoEnter.UUID:
                return str(self.new_uuid()).upper()
            case AutoEnter.CREATION_DATE:
                return write_date(self.now.date())
            case AutoEnter.CREATION_TIME:
                return f"{self.now:%H:%M:%S}"
            case AutoEnter.CREATION_TIMESTAMP | AutoEnter.MODIFICATION_TIMESTAMP:
                return write_timestamp(self.now)
            case AutoEnter.CREATION_ACCOUNT | AutoEnter.MODIFICATION_ACCOUNT:
                return self.account
            case _:
                return field.auto_data

    def _holds(self, field: Field) -> bool:
        return field.validation.always or not self.free_of_validation

    def _check(self, table: Table, values: Mapping[str, Stored], record: Record | None) -> None:
        for key, value in values.items():
            field = table.by_key[key]
            if value != "" and self._holds(field):
                self._check_value(table, field, key, value, record)

    def _check_value(
        self, table: Table, field: Field, key: str, value: Stored, record: Record | None
    ) -> None:
        says = field.validation
        if says.max_characters and len(str(value)) > says.max_characters:
            raise FileMakerError(511)
        if (says.low != "" or says.high != "") and not _within(field, value, says.low, says.high):
            raise FileMakerError(503)
        if says.value_list is not None and str(value) not in self.listed(says.value_list):
            raise FileMakerError(506)
        if says.unique and table.holds(key, value, beside=record):
            raise FileMakerError(504)
        if says.existing and not table.holds(key, value, beside=record):
            raise FileMakerError(505)

    def _require(self, table: Table, whole: Mapping[str, Stored]) -> None:
        for field in table.fields.values():
            required = field.validation.not_empty and not field.is_global and field.type == "normal"
            if required and self._holds(field) and whole.get(field.name, "") == "":
                raise FileMakerError(509)


def _within(field: Field, value: Stored, low: Stored, high: Stored) -> bool:
    if field.result is Result.TEXT:
        return (low == "" or str(low) <= str(value)) and (high == "" or str(value) <= str(high))
    at, first, last = (order(field.result, each) for each in (value, low, high))
    return at is not None and (first is None or first <= at) and (last is None or at <= last)
