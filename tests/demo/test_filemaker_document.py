"""The data document: what it may say, and how its mistakes are named."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingenes_desktop.demo.filemaker.document import Document, demo_document
from ingenes_desktop.demo.filemaker.json_document import DocumentError

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


def _changed(path: str, value: object) -> str:
    """The good document with the value at a path such as "databases.0.name" replaced (or, for
    None, removed), one line for each value."""
    document = json.loads(json.dumps(_GOOD))
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
         "must be one of text, number, date, time, timeStamp"),
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
        ('{"databases": NaN}', "NaN is no JSON number", None),
        ('{"databases": [], "databases": []}', "the key 'databases' stands twice in one object",
         None),
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
    path.write_bytes(b"\xff")
    with pytest.raises(DocumentError, match="UTF-8"):
        Document.from_file(path)
    path.write_text(json.dumps(_GOOD), encoding="utf-8-sig")
    assert list(Document.from_file(path).databases) == ["B"]


def test_the_demos_people_are_made_up() -> None:
    tables = demo_document().databases["Clinica"].tables
    addresses = [str(record["Email"]) for table in tables.values() for record in table.records]
    assert len(addresses) == 13
    assert all(address.strip().endswith(".example") for address in addresses)
    assert "sinficha@clinica.example" not in addresses
