"""What a layout says of itself: its fields, its portals, and the value lists its fields use.

Source: Claris Data API Guide, "Get layout metadata" (with `recordId` the value lists that show
related values have those of that record).
"""

from collections.abc import Iterable

from ingenes_desktop.demo.filemaker.field_names import shown_names
from ingenes_desktop.demo.filemaker.layout_view import LayoutView, named_fields
from ingenes_desktop.demo.filemaker.portals import portal_columns
from ingenes_desktop.demo.filemaker.related import RelatedRecords, place
from ingenes_desktop.demo.filemaker.schema import DIVIDER, Field, ListedValue, ValueList
from ingenes_desktop.demo.filemaker.tables import LiveDatabase, Record


def layout_metadata(view: LayoutView, record: Record | None) -> dict[str, object]:
    """The response of the layout's metadata; `record` is the one a call names. A layout that shows
    no value list has no member of that name."""
    fields = list(named_fields(view, view.shown))
    portals = {
        portal.key: [(each.occurrence, each.field) for each in portal_columns(view.database, portal)]
        for portal in view.portals
    }
    used = {field.value_list for _, field, _, _ in fields}
    used |= {field.value_list for rows in portals.values() for _, field in rows}
    value_lists = [each for each in view.database.value_lists.values() if each.name in used]
    metadata: dict[str, object] = {
        "fieldMetaData": [field_metadata(field, occurrence) for occurrence, field, _, _ in fields],
        "portalMetaData": {
            key: [field_metadata(field, occurrence) for occurrence, field in rows]
            for key, rows in portals.items()
        },
    }
    if value_lists:
        metadata["valueLists"] = [
            {
                "name": each.name,
                "type": "customList" if each.field is None else "byField",
                "values": [
                    {"displayValue": one.display, "value": one.value}
                    for one in listed_values(view, each, record)
                ],
            }
            for each in value_lists
        ]
    return metadata


def old_metadata(view: LayoutView) -> dict[str, object]:
    """The response of the address the metadata had before FileMaker Server 18."""
    return {
        "metaData": [
            {
                "name": f"{occurrence}{DIVIDER}{field.name}" if occurrence else field.name,
                "type": field.type,
                "result": field.result.value,
                "global": "true" if field.is_global else "false",
                "repetitions": field.max_repeat,
            }
            | ({} if field.value_list is None else {"valueList": field.value_list})
            for occurrence, field, _, _ in named_fields(view, view.shown)
        ]
    }


def field_metadata(field: Field, occurrence: str = "") -> dict[str, object]:
    """What `fieldMetaData` says of a field; of a related table the name is qualified."""
    metadata: dict[str, object] = {
        "name": f"{occurrence}{DIVIDER}{field.name}" if occurrence else field.name,
        "type": field.type,
        "displayType": field.display_type,
        "result": field.result.value,
        "global": field.is_global,
        "autoEnter": bool(field.auto_enter),
        "fourDigitYear": field.four_digit_year,
        "maxRepeat": field.max_repeat,
        "maxCharacters": field.validation.max_characters,
        "notEmpty": field.validation.not_empty,
        "numeric": field.numeric,
        "timeOfDay": field.time_of_day,
        "repetitionStart": 1,
        "repetitionEnd": len(shown_names(field)),
    }
    if field.value_list is not None:
        metadata["valueList"] = field.value_list
    return metadata


def listed_values(view: LayoutView, value_list: ValueList, record: Record | None) -> Iterable[ListedValue]:
    """The values of a value list; one of related values is empty without a record, and without a
    relationship to the layout's table."""
    if value_list.field is None:
        return value_list.values
    occurrence, _, name = value_list.field.rpartition(DIVIDER)
    display = (value_list.display_field or value_list.field).rpartition(DIVIDER)[2]
    if not value_list.related:
        return _of_field(view.database, _records(view.database, occurrence), occurrence, name, display)
    path = view.database.graph.path(view.table.name, occurrence)
    if record is None or path is None:
        return ()
    related = RelatedRecords(view.database, view.caller.globals).of(view.table, record, path)
    return _of_field(view.database, related, occurrence, name, display)


def database_values(database: LiveDatabase, name: str) -> tuple[str, ...]:
    """The values of a value list as sorting and validation use it."""
    value_list = database.value_lists[name]
    if value_list.field is None:
        return tuple(each.value for each in value_list.values)
    occurrence, _, field = value_list.field.rpartition(DIVIDER)
    records = _records(database, occurrence)
    return tuple(each.value for each in _of_field(database, records, occurrence, field, field))


def _records(database: LiveDatabase, occurrence: str) -> Iterable[Record]:
    return database.tables[database.graph.table_of(occurrence) or occurrence]


def _of_field(
    database: LiveDatabase, records: Iterable[Record], occurrence: str, name: str, display: str
) -> list[ListedValue]:
    table = database.tables[database.graph.table_of(occurrence) or occurrence]
    field = table.fields[name]
    ordered = sorted(
        (each for each in records if each.values[name] != ""),
        key=lambda each: place(field, each.values[name]),
    )
    listed = {str(each.values[name]): str(each.values[display]) for each in ordered}
    return [ListedValue(value, shown or value) for value, shown in listed.items()]
