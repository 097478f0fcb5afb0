"""Setting global fields, whose values belong to the session that sets them.

Source: Claris Data API Guide, "Set global field values": names are fully qualified, `Table::Field`.
"""

from collections.abc import Mapping

from ingenes_desktop.demo.filemaker import parameters
from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.caller import GlobalValues
from ingenes_desktop.demo.filemaker.field_names import parse_field_name
from ingenes_desktop.demo.filemaker.schema import Field
from ingenes_desktop.demo.filemaker.tables import LiveDatabase
from ingenes_desktop.demo.filemaker.values import DateForm, Stored


def set_globals(database: LiveDatabase, given: Mapping[str, object], kept: GlobalValues) -> dict[str, object]:
    """Set the values a call gives, all or none of them.

    Raises FileMakerError: 958 without `globalFields`, 960 for what is no object or value, 102 for a
    name that is not qualified, a field that is not there or a repetition it has not, 201 for a field
    that is not global or cannot be written, 500 to 502 for a value that does not suit.
    """
    parameters.only(given, "globalFields")
    if "globalFields" not in given:
        raise FileMakerError(958, "globalFields")
    values: dict[tuple[str, str], Stored] = {}
    for name, value in parameters.an_object(given["globalFields"]).items():
        table, field, key = _field(database, name)
        if not field.is_global or field.type != "normal":
            raise FileMakerError(201)
        values[table, key] = field.stored(value, DateForm.MONTH_FIRST)
    kept.update(values)
    return {}


def _field(database: LiveDatabase, name: str) -> tuple[str, Field, str]:
    """Base table, field, and the key of the repetition a qualified name means."""
    written = parse_field_name(name)
    table = database.tables.get(database.graph.table_of(written.occurrence) or "")
    field = table.fields.get(written.name) if table is not None and written.record_id is None else None
    if table is None or field is None:
        raise FileMakerError(102)
    return table.name, field, written.key(field)
