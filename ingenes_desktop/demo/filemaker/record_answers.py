"""How records stand in the answer of a find, a list of records, or one record."""

from collections.abc import Mapping, Sequence

from ingenes_desktop.demo.filemaker.field_names import shown_names
from ingenes_desktop.demo.filemaker.layout_view import LayoutView, named_fields
from ingenes_desktop.demo.filemaker.portals import PortalRange, portal_data
from ingenes_desktop.demo.filemaker.related import RelatedRecords
from ingenes_desktop.demo.filemaker.relationships import Path
from ingenes_desktop.demo.filemaker.tables import Record
from ingenes_desktop.demo.filemaker.values import DateForm


class RecordAnswer:
    """Writes the records of one call: on which layout, in which form of dates, with which portals
    (by their keys)."""

    def __init__(self, view: LayoutView, form: DateForm, portals: Mapping[str, PortalRange]) -> None:
        self._view = view
        self._form = form
        self._portals = portals
        self._related = RelatedRecords(view.database, view.caller.globals)
        self._columns = list(named_fields(view, view.shown))

    def response(self, records: Sequence[Record], *, found_count: int) -> dict[str, object]:
        """The whole response; `found_count` is the number of records before limit and offset."""
        return {
            "dataInfo": {
                "database": self._view.database.name,
                "layout": self._view.name,
                "table": self._view.table.name,
                "totalRecordCount": len(self._view.table),
                "foundCount": found_count,
                "returnedCount": len(records),
            },
            "data": [self._record(each) for each in records],
        }

    def _record(self, record: Record) -> dict[str, object]:
        portals = portal_data(self._view, record, self._portals, self._related, self._form)
        info = portals.pop("portalDataInfo", None)
        whole = {
            "fieldData": self._field_data(record),
            **portals,
            "recordId": str(record.record_id),
            "modId": str(record.mod_id),
        }
        return whole if info is None else whole | {"portalDataInfo": info}

    def _field_data(self, record: Record) -> dict[str, object]:
        data: dict[str, object] = {}
        for occurrence, field, path, table in self._columns:
            here = record if not path else self._first(record, path)
            for shown, key in zip(shown_names(field, occurrence), field.keys, strict=True):
                nothing = here is None and not field.is_global
                content = "" if nothing else self._view.content(table, here or record, key)
                data[shown] = self._view.value(field, content, self._form)
        return data

    def _first(self, record: Record, path: Path) -> Record | None:
        return next(iter(self._related.of(self._view.table, record, path)), None)
