"""The data document: what it may say, and how its mistakes are named."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingenes_desktop.demo.filemaker.caller import nobody
from ingenes_desktop.demo.filemaker.document import MOST_BYTES, Document, demo_document
from ingenes_desktop.demo.filemaker.fault_switches import Faults
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.filemaker.json_document import DocumentError
from ingenes_desktop.demo.filemaker.layout_metadata import layout_metadata
from ingenes_desktop.demo.filemaker.layout_view import view_layout
from ingenes_desktop.demo.filemaker.portals import PortalRange
from ingenes_desktop.demo.filemaker.record_answers import RecordAnswer
from ingenes_desktop.demo.filemaker.schema import Script
from ingenes_desktop.demo.filemaker.tables import Store
from ingenes_desktop.demo.filemaker.values import DateForm, StoredContainer

_GOOD: dict[str, Any] = {
    "databases": [
        {
            "name": "B",
            "valueLists": [{"name": "V", "values": ["x"]}],
            "tables": [
                {
                    "name": "T",
                    "fields": [
                        {"name": "a", "result": "text", "valueList": "V"},
                        {"name": "d", "result": "date"},
                        {"name": "n", "result": "number", "unchecked": True},
                    ],
                    "records": [{"a": "uno", "d": "1/2/2026", "n": "dos"}, {"n": 5}],
                }
            ],
            "layouts": [{"name": "L", "table": "T"}],
        }
    ]
}


def _changed(path: str, value: object, good: object = None) -> str:
    """The good document with the value at a path such as "databases.0.name" replaced (or, for
    None, removed), one line for each value."""
    document = json.loads(json.dumps(good or _GOOD))
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = document
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    elif isinstance(last, int) and last == len(place):
        place.append(value)
    else:
        place[last] = value
    return json.dumps(document, indent=1)


def test_a_good_document() -> None:
    database = Document.from_json(json.dumps(_GOOD)).databases["B"]
    table = database.tables["T"]
    assert table.records == (
        {"a": "uno", "d": "01/02/2026", "n": "dos"},
        {"a": "", "d": "", "n": 5},
    )
    assert database.layouts["L"].fields == ("a", "d", "n")


@pytest.mark.parametrize(
    ("path", "value", "where", "what"),
    [
        ("databases", {}, "databases", "must be a list"),
        ("databases", [], "databases", "must have at least 1"),
        ("databases.0.name", None, "databases[0]", "'name' is missing"),
        ("databases.0.name", " ", "databases[0].name", "must be a text that is not empty"),
        ("databases.0.nada", 1, "databases[0].nada", "unknown key"),
        ("databases.0.dateFormat", "x", "databases[0].dateFormat",
         "must be one of MM/dd/yyyy, dd/MM/yyyy"),
        ("databases.0.tables", [], "databases[0].tables", "must have at least 1"),
        ("databases.0.tables.0", 5, "databases[0].tables[0]", "must be an object"),
        ("databases.0.tables.1", _GOOD["databases"][0]["tables"][0],
         "databases[0].tables[1].name", "'T' is there twice"),
        ("databases.0.tables.0.fields.0.result", "texto",
         "databases[0].tables[0].fields[0].result",
         "must be one of text, number, date, time, timeStamp, container"),
        ("databases.0.tables.0.fields.0.unique", 1,
         "databases[0].tables[0].fields[0].unique", "must be true or false"),
        ("databases.0.tables.0.fields.0.maxCharacters", -1,
         "databases[0].tables[0].fields[0].maxCharacters", "must be a whole number from 0"),
        ("databases.0.tables.0.fields.0.valueList", "W",
         "databases[0].tables[0].fields[0].valueList", "there is no such value list"),
        ("databases.0.tables.0.records.1.zz", "x",
         "databases[0].tables[0].records[1].zz", "unknown key"),
        ("databases.0.tables.0.records.0.d", "2026-01-02",
         "databases[0].tables[0].records[0].d", "does not suit a field of type date"),
        ("databases.0.tables.0.records.0.a", ["x"],
         "databases[0].tables[0].records[0].a", "does not suit a field of type text"),
        ("databases.0.layouts.0.table", "U", "databases[0].layouts[0].table",
         "there is no such table"),
        ("databases.0.layouts.0.fields", ["a", "b"], "databases[0].layouts[0].fields[1]",
         "the table 'T' has no such field"),
        ("databases.0.layouts.0.fields", ["a", "a"], "databases[0].layouts[0].fields[1]",
         "stands twice on the layout"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(path: str, value: object, where: str, what: str) -> None:
    text = _changed(path, value)
    with pytest.raises(DocumentError) as caught:
        Document.from_json(text)
    assert (caught.value.where, caught.value.what) == (where, what)
    assert caught.value.line is not None
    last = where.rpartition(".")[2]
    if "[" not in last:
        assert f'"{last}"' in text.splitlines()[caught.value.line - 1]
    assert str(caught.value) == f"{where}, line {caught.value.line}: {what}"


_EXAMPLE = json.loads(Path(__file__).with_name("filemaker_example.json").read_text(encoding="utf-8"))
_FIELD, _USERS = "tables.0.fields", "tables.0"
_CIRCLE = "closes a circle of relationships; use an occurrence of another name"
_TWO_PORTALS = "the layout has a portal 'Colegas' already; give it a 'name'"
_AUTO_ENTER = (
    "must be one of serialNumber, uuid, creationDate, creationTime, creationTimestamp, "
    "creationAccount, data, modificationTimestamp, modificationAccount"
)


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("name", "almacén", None),
        ("name", "x" * 101, "must have at most 100 characters"),
        ("name", "a\nb", "must have no control characters"),
        ("accounts.1.name", "recepción", "'recepción' is there twice"),
        ("accounts.0.name", "a:b", "must not have a colon"),
        ("accounts.0.password", 5, "must be a text"),
        ("accounts.0.dataApi", "yes", "must be true or false"),
        ("valueLists.0.values.1.value", "", "must be a text that is not empty"),
        ("valueLists.0.field", "Usuarios::tipo", "must have either 'values' or 'field'"),
        ("valueLists.0.related", True, "belongs to a list of a field's values"),
        ("valueLists.1.field", "nombre", "there is no such field of records; write Occurrence::Field"),
        ("valueLists.1.field", "Usuarios::gAviso",
         "there is no such field of records; write Occurrence::Field"),
        ("valueLists.1.displayField", "Medicos::Apellido", "must be of the same occurrence as 'field'"),
        (f"{_USERS}.name", "Usu::arios", "must not have ::"),
        (f"{_FIELD}.2.name", "Email(1)", "must not have ::, nor end in (1) or .1"),
        (f"{_FIELD}.2.name", "Email.1", "must not have ::, nor end in (1) or .1"),
        (f"{_FIELD}.0.autoEnter", True, _AUTO_ENTER),
        (f"{_FIELD}.0.autoEnter", "uuid", "does not suit a field of type number"),
        (f"{_FIELD}.4.autoEnterData", None, "'autoEnterData' belongs to the auto-enter option 'data'"),
        (f"{_FIELD}.0.autoEnterData", 5, "'autoEnterData' belongs to the auto-enter option 'data'"),
        (f"{_FIELD}.4.memberOf", "Nada", "there is no such value list"),
        (f"{_FIELD}.5.range", [1], "must have at least 2"),
        (f"{_FIELD}.5.range", [1, 2, 3], "must have at most 2"),
        (f"{_FIELD}.5.range.0", "uno", "does not suit a field of type number"),
        (f"{_FIELD}.7.maxRepeat", 0, "must be a whole number from 1 to 100"),
        (f"{_FIELD}.7.maxRepeat", 101, "must be a whole number from 1 to 100"),
        (f"{_FIELD}.7.maxRepeat", 1.5, "must be a whole number from 1 to 100"),
        (f"{_USERS}.globals.Email", "x", "unknown key"),
        (f"{_USERS}.globals.gVeces", [1, 2, 3], "must have at most 2"),
        (f"{_USERS}.records.0.gAviso", "x", "unknown key"),
        (f"{_USERS}.records.0.Telefonos(2)", "x", "unknown key"),
        (f"{_USERS}.records.0.Telefonos", [], "must have at least 1"),
        (f"{_USERS}.records.0.Email", ["x"], "does not suit a field of type text"),
        (f"{_USERS}.records.0.Email", "x" * 1_000_001, "must have at most 1000000 characters"),
        (f"{_USERS}.records.0.entrada", "24:00:00", "does not suit a field of type time"),
        (f"{_USERS}.records.0.Foto", "ana.png", "does not suit a field of type container"),
        (f"{_USERS}.records.0.Foto.type", "imagen", "is no media type such as image/png"),
        (f"{_USERS}.records.0.Foto.base64", "%", "is no base64"),
        (f"{_USERS}.records.0.Foto.base64", None, "'base64' is missing"),
        (f"{_USERS}.records.0.Foto.file", "", "must be a text that is not empty"),
        (f"{_USERS}.records", [{}] * 100_001, "must have at most 100000"),
        ("relationships.0.table", "Nada", "there is no such table"),
        ("relationships.0.from", "Nada", "there is no such table or relationship before this one"),
        ("relationships.0.from", "Colegas", "there is no such table or relationship before this one"),
        ("relationships.0.name", "Medicos", "is an occurrence of the table 'Medicos'"),
        ("relationships.0.name", "Ci::tas", "must not have ::"),
        ("relationships.1.name", "Citas", "'Citas' is there twice"),
        ("relationships.0.from", "Citas", _CIRCLE),
        ("relationships.0.match", [], "must have at least 1"),
        ("relationships.0.match.0", ["idUsuario"], "must have at least 2"),
        ("relationships.0.match.0.1", "nada", "the table 'Citas' has no such field"),
        ("relationships.0.match.0.0", "Foto", "a container field cannot be compared"),
        ("relationships.3.match.0.1", "gAviso", "a global field is the same in all records"),
        ("relationships.0.sort.0.field", "nada", "the table 'Citas' has no such field"),
        ("relationships.0.sort.0.nada", 1, "unknown key"),
        ("layouts.0.fields.0", "Citas::nada", "the table 'Citas' has no such field"),
        ("layouts.0.fields.0", "Usuarios::Email", "the table 'Usuarios' has no such field"),
        ("layouts.0.fields.0", "Nada::Email", "'Nada' is not related to 'Usuarios'"),
        ("layouts.0.portals.0.occurrence", "Usuarios", "'Usuarios' is not related to 'Usuarios'"),
        ("layouts.0.portals.0.fields.0", "nada", "the table 'Citas' has no such field"),
        ("layouts.0.portals.0.fields.0", "Nada::x", "'Nada' is not related to 'Citas'"),
        ("layouts.0.portals.0.fields.0", "Motivo", "stands twice in the portal"),
        ("layouts.0.portals.0.rows", 0, "must be a whole number from 1 to 10000"),
        ("layouts.0.portals.0.name", "Colegas", _TWO_PORTALS),
        ("layouts.1.name", "Citas", "'Citas' is there twice"),
        ("layouts.2.table", "Citas", "unknown key"),
        ("layouts.2.isFolder", False, "unknown key"),
        ("layouts.2.layouts.0.table", "Nada", "there is no such table"),
        ("scripts.0.error", -1, "must be a whole number from 0 to 99999"),
        ("scripts.2.scripts.0.name", "Eco", "'Eco' is there twice"),
        ("scripts.2.result", "x", "unknown key"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_richer_parts_is_named_with_its_line(
    path: str, value: object, what: str | None
) -> None:
    text = _changed("databases.0." + path, value, _EXAMPLE)
    with pytest.raises(DocumentError) as caught:
        Document.from_json(text)
    assert caught.value.what == (what or "'Almacén' is there twice")
    assert caught.value.line is not None
    line = text.splitlines()[caught.value.line - 1]
    last = caught.value.where.rpartition(".")[2]
    assert "[" in last or f'"{last}"' in line


def test_folders_are_not_nested_without_end() -> None:
    tree: list[dict[str, Any]] = []
    for _ in range(12):
        tree = [{"name": "Carpeta", "isFolder": True, "layouts": tree}]
    with pytest.raises(DocumentError, match="folders are nested too deeply"):
        Document.from_json(_changed("databases.0.layouts", tree))


def test_the_example_says_all_there_is_to_say() -> None:
    database = Document.from_json(json.dumps(_EXAMPLE)).databases["Clinica Norte"]
    users = database.tables["Usuarios"]
    assert users.records[0]["Telefonos(2)"] == "5550000002"
    assert users.records[0]["Foto"] == StoredContainer("ana.png", "image/png", b"\x89PNG\r\n\x1a\n")
    assert users.globals == {"gAviso": "Cerrado el lunes", "gVeces": 1, "gVeces(2)": 2}
    assert list(database.layouts) == ["Usuarios", "Lista corta", "Citas", "Empresas"]
    assert [each.name for each in database.layout_tree] == ["Usuarios", "Lista corta", "Agenda"]
    assert database.script("Falla") == Script("Falla", result="a medias", error=5)
    assert database.script("Mantenimiento") is None
    assert database.accounts["visor"].data_api is False
    assert "hecha-para-pruebas" not in repr(database)


def _paths(value: object, path: str = "") -> Iterator[str]:
    members: list[tuple[str, object]] = []
    if isinstance(value, dict):
        members = list(value.items())
    if isinstance(value, list):
        members = [(str(at), each) for at, each in enumerate(value)]
    for key, each in members:
        yield f"{path}.{key}".lstrip(".")
        yield from _paths(each, f"{path}.{key}")


_ANY = st.sampled_from(
    [None, 0, 1, -1, 2.5, True, "", "x", "Citas", "Usuarios", "Email", "Citas::Motivo", "idUsuario", "gAviso",
     "Foto", [], {}, ["x"], [["idUsuario", "idUsuario"]], {"name": "x"}, "number", "container", "Telefonos"]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(changes=st.lists(st.tuples(st.sampled_from(list(_paths(_EXAMPLE))), _ANY), min_size=1, max_size=3))
def test_a_document_is_refused_with_its_line_or_can_be_served(changes: list[tuple[str, object]]) -> None:
    document = _EXAMPLE
    for path, value in changes:
        with suppress(LookupError, TypeError):  # the way there has gone with an earlier change
            document = json.loads(_changed(path, value, document))
    try:
        store = Store(Document.from_json(json.dumps(document, indent=1)))
    except DocumentError as error:
        assert error.line is not None  # noqa: PT017  what is not refused is served below
        return
    for database in store.databases.values():
        for name in database.layouts:
            view = view_layout(database, name, Faults(), Call.LIST, nobody())
            layout_metadata(view, next(iter(view.table), None))
            portals = {portal.key: PortalRange() for portal in view.portals}
            answer = RecordAnswer(view, DateForm.ISO, portals).response(list(view.table), found_count=0)
            json.dumps(answer)


def test_the_line_is_that_of_the_second_record() -> None:
    text = _changed("databases.0.tables.0.records.1.n", {})
    with pytest.raises(DocumentError) as caught:
        Document.from_json(text)
    lines = text.splitlines()
    assert caught.value.line == max(at for at, line in enumerate(lines, 1) if '"n"' in line)


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("", "not valid JSON (Expecting value)", 1),
        ('{\n"databases": [\n}', "not valid JSON (Expecting value)", 3),
        ("[]", "must be an object", 1),
        ('{"databases":\n NaN}', "NaN is no JSON number", 2),
        ('{"a": "NaN",\n"b": -Infinity}', "-Infinity is no JSON number", 2),
        ('{"a": "\\"NaN",\n\n"b": 1e999}', "1e999 is too large a number", 3),
        ('{"databases": [],\n "databases": []}', "the key 'databases' stands twice in one object", 2),
        ('{"a": [{"b": 1}, {"b": 2,\n "\\u0062": {"b": 3}}]}', "the key 'b' stands twice in one object", 2),
        ('{"databases": ' + "[" * 100_000, "nested too deeply", None),
        ('{"databases": ' + "1" * 5000 + "}", "a number is too long", None),
    ],
)  # fmt: skip
def test_a_file_that_is_no_json(text: str, what: str, line: int | None) -> None:
    with pytest.raises(DocumentError) as caught:
        Document.from_json(text)
    assert (caught.value.what, caught.value.line) == (what, line)


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "datos.json"
    with pytest.raises(DocumentError, match="cannot be read"):
        Document.from_file(path)
    path.write_bytes(b'{\n"\xff"}')
    with pytest.raises(DocumentError, match=r"^line 2: the file is not in UTF-8$"):
        Document.from_file(path)
    path.write_text(json.dumps(_GOOD), encoding="utf-8-sig")
    assert list(Document.from_file(path).databases) == ["B"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "tubo"
    os.mkfifo(pipe)
    with pytest.raises(DocumentError, match="that is no ordinary file"):
        Document.from_file(pipe)


def test_what_is_no_file_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="that is a folder"):
        Document.from_file(tmp_path)
    large = tmp_path / "grande.json"
    large.write_text("ñ" * (MOST_BYTES // 2 + 1), encoding="utf-8")
    with pytest.raises(DocumentError, match="larger than 32 MB"):
        Document.from_file(large)
    with pytest.raises(DocumentError, match="larger than 32 MB"):
        Document.from_json(" " * (MOST_BYTES + 1))


def test_the_demos_people_are_made_up() -> None:
    tables = demo_document().databases["Clinica"].tables
    addresses = [str(record["Email"]) for table in tables.values() for record in table.records]
    assert len(addresses) == 27
    assert all(address.strip().endswith(".example") for address in addresses)
    assert "sinficha@clinica.example" not in addresses
