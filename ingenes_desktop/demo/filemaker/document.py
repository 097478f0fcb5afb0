"""The data a server begins with, read from a JSON document and checked.

    {"databases": [{
        "name": "Clinica",
        "dateFormat": "MM/dd/yyyy",          the file's own form (dateformats 1), or "dd/MM/yyyy"
        "accounts": [{"name": "web", "password": "made up", "dataApi": true}],
                                             beside the server's own account; one without dataApi
                                             lacks the extended privilege fmrest and is refused
        "valueLists": [
            {"name": "Tipos", "values": ["Usuario", {"value": "A", "displayValue": "Alta"}]},
            {"name": "Personas", "field": "Usuarios::id", "displayField": "Usuarios::Email",
             "related": false}],             true: of the records related to the one that is named
        "tables": [{
            "name": "Usuarios",
            "fields": [{
                "name": "Email",
                "result": "text",            text, number, date, time, timeStamp or container
                "type": "normal",            or calculation, summary (cannot be written)
                "displayType": "editText",   how the layout shows it; any word of Claris' list
                "language": "Default",       of the index: Default heeds accents but not letter
                                             case, Unicode heeds both, any other name (Spanish,
                                             French) heeds neither
                "valueList": "Tipos",        the field is shown with
                "global": false,             one value for all records, of its own in each session
                "maxRepeat": 1,              repetitions; 2 is named Email(2)
                "autoEnter": "uuid",         serialNumber, uuid, creationDate, creationTime,
                                             creationTimestamp, creationAccount, data,
                                             modificationTimestamp, modificationAccount
                "autoEnterData": "x",        what the option data enters
                "prohibitModification": false,      201, unless a call says prohibitmode script

                "notEmpty": false, "unique": false, "existing": false, "maxCharacters": 0 (none),
                "memberOf": "Tipos", "range": [1, 9],
                "validateAlways": false,     true: also for a call that says entrymode script

                "numeric": true,             (of a number) only numbers, in a text field too
                "fourDigitYear": true,       (of a date) as the metadata say; others are never taken
                "timeOfDay": false,          true: a time below 24:00:00
                "unchecked": false           true: takes text where a number or date belongs, as
                                             an import or a field without validation does
            }],
            "records": [{"Email": "ana@clinica.example"}],    record ids count from 1
            "globals": {"gAviso": "x"}       what the global fields begin with
        }],
        "relationships": [{
            "name": "Citas", "table": "Citas",       an occurrence of that table (its own, where it
            "from": "Usuarios",                      has the table's name) and whence it is reached
            "match": [["idUsuario", "idUsuario"]],   fields of both that must be equal
            "allowCreate": true, "allowDelete": true,       through the relationship, from `from`
            "cascadeDelete": false,                  true: deleted with the record of `from`
            "sort": [{"field": "Fecha", "descending": false}]
        }],
        "layouts": [
            {"name": "@Usuarios", "table": "Usuarios", "fields": ["Email", "Empresa::nombre"],
             "portals": [{"name": "citas", "occurrence": "Citas",
                          "fields": ["Fecha", "Medicos::Apellido"],
                          "rows": 5, "scroll": false, "sort": [{"field": "Fecha"}]}]},
            {"name": "Ventas", "isFolder": true, "layouts": []}],
        "scripts": [
            {"name": "Hola", "result": "text",      and behind it the parameter of the call, where
             "returnsParameter": false, "error": 0},
            {"name": "Carpeta", "isFolder": true, "scripts": []}]
    }]}

Of a database `name`, `tables` and `layouts` must be given, of a field `name` and `result`, of a
layout `name` and `table` (without `fields` it shows them all), of a portal `occurrence` and
`fields`, of an entry of another list what has no default above. Any other key is refused.

Dates are MM/DD/YYYY, timestamps MM/DD/YYYY HH:MM:SS; a field a record does not name is empty. The
repetitions of a field are a list: ["first", "second"]. A container field holds
{"file": "foto.png", "type": "image/png", "base64": "..."}.
"""

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Self

from ingenes_desktop.demo.filemaker.document_layouts import (
    LayoutReader,
    ScriptReader,
    read_accounts,
    read_relationships,
)
from ingenes_desktop.demo.filemaker.document_tables import by_name, read_table, read_value_list
from ingenes_desktop.demo.filemaker.json_document import DocumentError, Node, read_json
from ingenes_desktop.demo.filemaker.relationships import RelationshipGraph
from ingenes_desktop.demo.filemaker.schema import DIVIDER, Database, Table, ValueList
from ingenes_desktop.demo.filemaker.values import DateForm

MOST_BYTES = 32 * 1024 * 1024
"""A data file is not larger."""
_TOO_LARGE = f"the file is larger than {MOST_BYTES // 1024 // 1024} MB"
_MOST_DATABASES = 100
_MOST_TABLES = 500


@dataclass(frozen=True, slots=True)
class Document:
    """All databases a server begins with."""

    databases: Mapping[str, Database]

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a document. Raises DocumentError, which names what is wrong and where."""
        if len(text) > MOST_BYTES:
            raise DocumentError(_TOO_LARGE)
        root = Node(read_json(text), (), text)
        root.only("databases")
        databases = by_name(root.get("databases").items(least=1, most=_MOST_DATABASES), _database)
        folded: set[str] = set()
        for at, name in enumerate(databases):  # a server finds them whatever the letter case
            if name.casefold() in folded:
                raise Node(None, ("databases", at, "name"), text).wrong(f"{name!r} is there twice")
            folded.add(name.casefold())
        return cls(databases)

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read a document in UTF-8. Raises DocumentError, also where the file cannot be read."""
        try:
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):  # a pipe or a device might never end
                raise DocumentError("that is a folder" if stat.S_ISDIR(mode) else "that is no ordinary file")
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise DocumentError(f"the file cannot be read ({error.strerror})") from None
        if len(content) > MOST_BYTES:
            raise DocumentError(_TOO_LARGE)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise DocumentError("the file is not in UTF-8", line=line) from None
        return cls.from_json(text)


def demo_document() -> Document:
    """The demo's clinic: made-up people, `clinica.json`."""
    source = resources.files(__package__) / "clinica.json"
    return Document.from_json(source.read_text(encoding="utf-8"))


def _database(node: Node) -> Database:
    node.only("name", "dateFormat", "accounts", "valueLists", "tables", "relationships", "layouts", "scripts")
    form, lists, accounts = node.find("dateFormat"), node.find("valueLists"), node.find("accounts")
    value_lists = by_name(lists.items() if lists else (), read_value_list)
    tables = by_name(
        node.get("tables").items(least=1, most=_MOST_TABLES), lambda each: read_table(each, value_lists)
    )
    graph = RelationshipGraph(tables)
    related, scripts = node.find("relationships"), node.find("scripts")
    relationships = read_relationships(related, tables, graph) if related else {}
    for each in lists.items() if lists else ():
        _check_value_list(each, value_lists, tables, graph)
    reader = LayoutReader(tables, graph)
    tree = reader.tree(node.get("layouts"))
    return Database(
        name=node.get("name").name(),
        date_form=form.choice(DateForm.MONTH_FIRST, DateForm.DAY_FIRST) if form else DateForm.MONTH_FIRST,
        value_lists=value_lists,
        tables=tables,
        layouts=reader.layouts,
        layout_tree=tree,
        relationships=relationships,
        scripts=ScriptReader().tree(scripts) if scripts else (),
        accounts=read_accounts(accounts) if accounts else {},
    )


def _check_value_list(
    node: Node,
    value_lists: Mapping[str, ValueList],
    tables: Mapping[str, Table],
    graph: RelationshipGraph,
) -> None:
    value_list = value_lists[node.get("name").words()]
    occurrences: list[str] = []
    for key, said in (("field", value_list.field), ("displayField", value_list.display_field)):
        if said is None:
            continue
        occurrence, _, name = said.rpartition(DIVIDER)
        table = graph.table_of(occurrence)
        field = tables[table].fields.get(name) if table else None
        if field is None or field.is_global:
            raise node.get(key).wrong("there is no such field of records; write Occurrence::Field")
        occurrences.append(occurrence)
    if len(set(occurrences)) > 1:
        raise node.get("displayField").wrong("must be of the same occurrence as 'field'")
