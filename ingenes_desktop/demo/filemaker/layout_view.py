"""A layout as a call sees it: its table, its fields, and how its records stand in an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.document import Field, Layout
from ingenes_desktop.demo.filemaker.faults import Faults, FieldMissing, OtherBaseTable
from ingenes_desktop.demo.filemaker.found_set import SortField
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.filemaker.tables import LiveDatabase, Record, Table
from ingenes_desktop.demo.filemaker.values import DateForm, Result, shown


@dataclass(frozen=True, slots=True)
class LayoutView:
    """A layout of a live database; `fields` can be asked for, `shown` stand in answers."""

    name: str
    database: LiveDatabase
    table: Table
    fields: tuple[str, ...]
    shown: tuple[str, ...]

    def check(self, names: Sequence[str] | Mapping[str, object]) -> None:
        """Raises FileMakerError 102 where a field is not on the layout."""
        if any(name not in self.fields for name in names):
            raise FileMakerError(102)

    def sort_fields(self, steps: Sequence[tuple[str, str]]) -> list[SortField]:
        """The steps of a sort. Raises FileMakerError 102 and 960."""
        self.check([name for name, _ in steps])
        lists = self.database.value_lists
        order: list[SortField] = []
        for name, direction in steps:
            if direction not in ("ascend", "descend", *lists):
                raise FileMakerError(960, "sort")
            order.append(SortField(name, direction == "descend", lists.get(direction, ())))
        return order

    def record(self, record: Record, form: DateForm) -> dict[str, object]:
        """A record as it stands in `data`."""
        return {
            "fieldData": {
                name: shown(self.table.fields[name].result, record.values[name], form) for name in self.shown
            },
            "portalData": {},
            "recordId": str(record.record_id),
            "modId": str(record.mod_id),
        }

    def found(self, data: Sequence[Mapping[str, object]], *, found_count: int) -> dict[str, object]:
        """The response of a find, a list of records, or one record."""
        return {
            "dataInfo": {
                "database": self.database.name,
                "layout": self.name,
                "table": self.table.name,
                "totalRecordCount": len(self.table),
                "foundCount": found_count,
                "returnedCount": len(data),
            },
            "data": list(data),
        }

    def metadata(self) -> dict[str, object]:
        """The response of the layout's metadata."""
        fields = [self.table.fields[name] for name in self.shown]
        used = {field.value_list for field in fields}
        return {
            "fieldMetaData": [_field_metadata(field) for field in fields],
            "portalMetaData": {},
            "valueLists": [
                {
                    "name": name,
                    "type": "customList",
                    "values": [{"displayValue": value, "value": value} for value in values],
                }
                for name, values in self.database.value_lists.items()
                if name in used
            ],
        }


def _field_metadata(field: Field) -> dict[str, object]:
    metadata: dict[str, object] = {
        "name": field.name,
        "type": field.type,
        "displayType": field.display_type,
        "result": field.result.value,
        "global": False,
        "autoEnter": field.auto_enter,
        "fourDigitYear": field.result in (Result.DATE, Result.TIMESTAMP) and not field.unchecked,
        "maxRepeat": 1,
        "maxCharacters": field.max_characters,
        "notEmpty": field.not_empty,
        "numeric": field.result is Result.NUMBER and not field.unchecked,
        "timeOfDay": False,
        "repetitionStart": 1,
        "repetitionEnd": 1,
    }
    if field.value_list is not None:
        metadata["valueList"] = field.value_list
    return metadata


def base_table(database: LiveDatabase, layout: Layout, faults: Faults, call: Call) -> Table:
    """The table a layout shows, unless a fault says another that the database has."""
    other = faults.take(OtherBaseTable, call, lambda fault: fault.layout == layout.name)
    table = layout.table if other is None else other.table
    return database.tables.get(table, database.tables[layout.table])


def view_layout(database: LiveDatabase, name: str, faults: Faults, call: Call) -> LayoutView:
    """The layout of that name, with the faults that concern it. Raises FileMakerError 105."""
    layout = database.layouts.get(name)
    if layout is None:
        raise FileMakerError(105)
    table = base_table(database, layout, faults, call)
    fields = tuple(each for each in layout.fields if each in table.fields)
    missing = faults.take(FieldMissing, call)
    if missing is None:
        return LayoutView(name, database, table, fields, fields)
    left = tuple(each for each in fields if each != missing.field)
    return LayoutView(name, database, table, fields if missing.searchable else left, left)
