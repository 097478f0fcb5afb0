"""The data a server begins with, read from a JSON document and checked.

    {"databases": [{
        "name": "Clinica",
        "dateFormat": "MM/dd/yyyy",          the file's own form (dateformats 1), or "dd/MM/yyyy"
        "valueLists": [{"name": "Tipos", "values": ["Administrador", "Usuario"]}],
        "tables": [{
            "name": "Usuarios",
            "fields": [{
                "name": "Email",
                "result": "text",            text, number, date, time or timeStamp
                "type": "normal",            or calculation, summary (cannot be written)
                "displayType": "editText",   how the layout shows it; any word of Claris' list
                "language": "Default",       of the index: Default heeds accents but not letter
                                             case, Unicode heeds both, any other name (Spanish,
                                             French) heeds neither
                "notEmpty": false, "unique": false, "autoEnter": false,
                "maxCharacters": 0,          0 is no limit
                "unchecked": false,          true: takes text where a number or date belongs, as
                                             an import or a field without validation does
                "valueList": "Tipos"
            }],
            "records": [{"Email": "ana@clinica.example"}]     record ids count from 1
        }],
        "layouts": [{"name": "@Usuarios", "table": "Usuarios", "fields": ["Email"]}]
    }]}

Of a field only `name` and `result` must be given, of a layout `name` and `table` (without `fields`
it shows them all), of a database `name`, `tables` and `layouts`. Any other key is refused. Dates
are MM/DD/YYYY, timestamps MM/DD/YYYY HH:MM:SS; a field a record does not name is empty.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Self, TypeVar

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.json_document import DocumentError, Node, read_json
from ingenes_desktop.demo.filemaker.values import DateForm, Result, Stored, stored

_Read = TypeVar("_Read")

FIELD_TYPES = ("normal", "calculation", "summary")
DISPLAY_TYPES = (
    "editText", "popupList", "popupMenu", "checkBox", "radioButtons", "selectionList", "calendar",
    "secureText",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a base table; the module says what each key means."""

    name: str
    result: Result
    type: str = "normal"
    display_type: str = "editText"
    language: str = "Default"
    not_empty: bool = False
    unique: bool = False
    auto_enter: bool = False
    max_characters: int = 0
    unchecked: bool = False
    value_list: str | None = None

    def stored(self, value: object, form: DateForm = DateForm.MONTH_FIRST) -> Stored:
        """What the field keeps of a JSON value. Raises FileMakerError 500, 501, 502 and 960."""
        try:
            return stored(self.result, value, form)
        except FileMakerError as error:
            if self.unchecked and error.code != 960:  # noqa: PLR2004  no text at all stays refused
                return stored(Result.TEXT, value)
            raise


@dataclass(frozen=True, slots=True)
class Table:
    """A base table and the records it begins with."""

    name: str
    fields: Mapping[str, Field]
    records: tuple[Mapping[str, Stored], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the Data API sees of a table: the fields that stand on a layout."""

    name: str
    table: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Database:
    """One FileMaker file."""

    name: str
    date_form: DateForm
    value_lists: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Table]
    layouts: Mapping[str, Layout]


@dataclass(frozen=True, slots=True)
class Document:
    """All databases a server begins with."""

    databases: Mapping[str, Database]

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a document. Raises DocumentError, which names what is wrong and where."""
        root = Node(read_json(text), (), text)
        root.only("databases")
        return cls(_by_name(root.get("databases").items(least=1), _database))

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read a document in UTF-8. Raises DocumentError, also where the file cannot be read."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise DocumentError(f"the file cannot be read ({error.strerror})") from None
        except UnicodeDecodeError:
            raise DocumentError("the file is not in UTF-8") from None
        return cls.from_json(text)


def demo_document() -> Document:
    """The demo's clinic: made-up people, `clinica.json`."""
    source = resources.files(__package__) / "clinica.json"
    return Document.from_json(source.read_text(encoding="utf-8"))


def _database(node: Node) -> Database:
    node.only("name", "dateFormat", "valueLists", "tables", "layouts")
    form = node.find("dateFormat")
    lists = node.find("valueLists")
    tables = _by_name(node.get("tables").items(least=1), _table)
    value_lists = _by_name(lists.items() if lists else (), _value_list)
    for table_node in node.get("tables").items():
        _check_value_lists(table_node, value_lists)
    return Database(
        name=node.get("name").words(),
        date_form=form.choice(DateForm.MONTH_FIRST, DateForm.DAY_FIRST) if form else DateForm.MONTH_FIRST,
        value_lists=value_lists,
        tables=tables,
        layouts=_by_name(node.get("layouts").items(), lambda each: _layout(each, tables)),
    )


def _value_list(node: Node) -> tuple[str, ...]:
    node.only("name", "values")
    return tuple(value.words() for value in node.get("values").items())


def _check_value_lists(table: Node, value_lists: Mapping[str, object]) -> None:
    for field in table.get("fields").items():
        name = field.find("valueList")
        if name is not None and name.value not in value_lists:
            raise name.wrong("there is no such value list")


def _table(node: Node) -> Table:
    node.only("name", "fields", "records")
    fields = _by_name(node.get("fields").items(least=1), _field)
    records = node.find("records")
    return Table(
        name=node.get("name").words(),
        fields=fields,
        records=tuple(_record(each, fields) for each in (records.items() if records else ())),
    )


def _field(node: Node) -> Field:
    node.only(
        "name", "result", "type", "displayType", "language", "notEmpty", "unique", "autoEnter",
        "maxCharacters", "unchecked", "valueList",
    )  # fmt: skip

    def flag(key: str) -> bool:
        found = node.find(key)
        return found.flag() if found else False

    def text(key: str, otherwise: str, *allowed: str) -> str:
        found = node.find(key)
        if found is None:
            return otherwise
        return found.choice(*allowed) if allowed else found.words()

    most = node.find("maxCharacters")
    return Field(
        name=node.get("name").words(),
        result=node.get("result").choice(*Result),
        type=text("type", "normal", *FIELD_TYPES),
        display_type=text("displayType", "editText", *DISPLAY_TYPES),
        language=text("language", "Default"),
        not_empty=flag("notEmpty"),
        unique=flag("unique"),
        auto_enter=flag("autoEnter"),
        max_characters=most.count() if most else 0,
        unchecked=flag("unchecked"),
        value_list=text("valueList", "") or None,
    )


def _record(node: Node, fields: Mapping[str, Field]) -> Mapping[str, Stored]:
    node.only(*fields)
    values: dict[str, Stored] = dict.fromkeys(fields, "")
    for name in node.members():
        value = node.get(name)
        field = fields[name]
        try:
            values[name] = field.stored(value.value)
        except FileMakerError:
            raise value.wrong(f"does not suit a field of type {field.result}") from None
    return values


def _layout(node: Node, tables: Mapping[str, Table]) -> Layout:
    node.only("name", "table", "fields")
    table = tables.get(node.get("table").words())
    if table is None:
        raise node.get("table").wrong("there is no such table")
    fields = node.find("fields")
    if fields is None:
        return Layout(node.get("name").words(), table.name, tuple(table.fields))
    names: list[str] = []
    for each in fields.items():
        if each.words() not in table.fields:
            raise each.wrong(f"the table {table.name!r} has no such field")
        if each.value in names:
            raise each.wrong("stands twice on the layout")
        names.append(each.words())
    return Layout(node.get("name").words(), table.name, tuple(names))


def _by_name(nodes: Iterable[Node], read: Callable[[Node], _Read]) -> dict[str, _Read]:
    by_name: dict[str, _Read] = {}
    for node in nodes:
        name = node.get("name").words()
        if name in by_name:
            raise node.get("name").wrong(f"{name!r} is there twice")
        by_name[name] = read(node)
    return by_name
