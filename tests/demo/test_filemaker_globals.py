"""Global fields of the FileMaker server: each session has values of its own."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ingenes_desktop.demo.filemaker.document import Document
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import Client, code, data, running, signed_in

DATABASE = "Prueba"
_DATABASE = {
    "name": DATABASE,
    "tables": [
        {
            "name": "Tabla",
            "fields": [
                {"name": "Nombre", "result": "text"},
                {"name": "gAviso", "result": "text", "global": True},
                {"name": "gFecha", "result": "date", "global": True},
                {"name": "gLista", "result": "number", "global": True, "maxRepeat": 2},
            ],
            "records": [{"Nombre": "Ana"}, {"Nombre": "Eva"}],
            "globals": {"gAviso": "del archivo"},
        },
        {"name": "Ajustes", "fields": [{"name": "gTema", "result": "text", "global": True}]},
    ],
    "relationships": [
        {"name": "Otra", "table": "Tabla", "from": "Tabla", "match": [["Nombre", "Nombre"]]},
    ],
    "layouts": [{"name": "Hoja", "table": "Tabla"}],
}


@pytest.fixture
def server() -> Iterator[FileMakerServer]:
    with running(Document.from_json(json.dumps({"databases": [_DATABASE]}))) as running_server:
        yield running_server


def _set(client: Client, values: object) -> Any:
    return client.call("PATCH", "/globals", json={"globalFields": values})


def _shown(client: Client, name: str) -> list[object]:
    return [each["fieldData"][name] for each in data(client.call("GET", "/layouts/Hoja/records"))]


def test_a_session_begins_with_the_files_values(client: Client) -> None:
    assert _shown(client, "gAviso") == ["del archivo"] * 2
    assert _shown(client, "gFecha") == ["", ""]


def test_what_a_session_sets_it_reads_in_every_record(client: Client) -> None:
    response = _set(client, {"Tabla::gAviso": "hoy", "Tabla::gFecha": "07/31/2026"})
    assert response.json() == {"response": {}, "messages": [{"code": "0", "message": "OK"}]}
    assert _shown(client, "gAviso") == ["hoy", "hoy"]
    record = data(client.call("GET", "/layouts/Hoja/records/2", params={"dateformats": "2"}))[0]
    assert (record["fieldData"]["gFecha"], record["modId"]) == ("2026-07-31", "0")
    assert code(_set(client, {"Tabla::gAviso": ""})) == "0"
    assert _shown(client, "gAviso") == ["", ""]


def test_no_other_session_reads_them(server: FileMakerServer, client: Client) -> None:
    with signed_in(server, DATABASE) as other:
        _set(client, {"Tabla::gAviso": "mío"})
        assert _shown(other, "gAviso") == ["del archivo"] * 2
        _set(other, {"Tabla::gAviso": "suyo"})
    assert _shown(client, "gAviso") == ["mío", "mío"]
    with signed_in(server, DATABASE) as later:
        assert _shown(later, "gAviso") == ["del archivo"] * 2


def test_a_repetition_and_another_occurrence_of_the_table(client: Client) -> None:
    assert code(_set(client, {"Tabla::gLista(2)": 7, "Otra::gAviso": "por otra"})) == "0"
    assert _shown(client, "gLista(2)") == [7, 7]
    assert _shown(client, "gLista(1)") == ["", ""]
    assert _shown(client, "gAviso") == ["por otra"] * 2


@pytest.mark.parametrize(
    ("name", "value", "refused"),
    [
        ("gAviso", "x", "102"),
        ("Nada::gAviso", "x", "102"),
        ("Tabla::gNada", "x", "102"),
        ("Tabla::gLista(3)", 1, "102"),
        ("Tabla::gAviso.1", "x", "102"),
        ("Tabla::Nombre", "x", "201"),
        ("Tabla::gFecha", "ayer", "500"),
        ("Tabla::gLista", "siete", "502"),
        ("Tabla::gAviso", ["x"], "960"),
        ("Tabla::gAviso", None, "960"),
    ],
)
def test_all_values_are_set_or_none(client: Client, name: str, value: object, refused: str) -> None:
    assert code(_set(client, {"Tabla::gAviso": "no", name: value})) == refused
    assert _shown(client, "gAviso") == ["del archivo"] * 2


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({}, "958"),
        ({"globalFields": []}, "960"),
        ({"globalFields": {}, "otro": 1}, "960"),
        ({"globalFields": {}}, "0"),
    ],
)
def test_the_body_has_one_object(client: Client, body: dict[str, Any], refused: str) -> None:
    assert code(client.call("PATCH", "/globals", json=body)) == refused


def test_a_table_that_holds_globals_alone(client: Client) -> None:
    assert code(_set(client, {"Ajustes::gTema": "oscuro"})) == "0"


def test_globals_take_no_other_verb(client: Client) -> None:
    response = client.call("GET", "/globals")
    assert (response.status_code, response.headers["Allow"]) == (405, "PATCH")
