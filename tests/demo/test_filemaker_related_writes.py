"""Related records that are written through a layout of the FileMaker server, over HTTP."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ingenes_desktop.demo.filemaker.document import Document
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import Client, code, data, example, running, signed_in

DATABASE = "Clinica Norte"
ANA = "/layouts/Usuarios/records/1"


@pytest.fixture
def server() -> Iterator[FileMakerServer]:
    with running(example()) as running_server:
        yield running_server


def _edit(client: Client, body: dict[str, Any], path: str = ANA) -> Any:
    return client.call("PATCH", path, json=body)


def _rows(client: Client, portal: str = "citas", path: str = ANA) -> list[dict[str, Any]]:
    (record,) = data(client.call("GET", path, params={f"_limit.{portal}": "99"}))
    rows = record["portalData"][portal]
    assert isinstance(rows, list)
    return rows


def _reasons(client: Client, path: str = ANA) -> dict[str, str]:
    return {row["recordId"]: row["Citas::Motivo"] for row in _rows(client, path=path)}


def test_a_record_is_created_with_related_ones(server: FileMakerServer, client: Client) -> None:
    body = {
        "fieldData": {"Email": "eva@norte.example"},
        "portalData": {"citas": [{"Citas::Motivo": "Primera"}, {"Citas::Motivo": "Segunda"}]},
    }
    response = client.call("POST", "/layouts/Usuarios/records", json=body)
    assert response.json()["response"] == {"recordId": "5", "modId": "0"}
    assert _reasons(client, "/layouts/Usuarios/records/5") == {"5": "Primera", "6": "Segunda"}
    assert server.table(DATABASE, "Citas").record(5).values["idUsuario"] == 5


@pytest.mark.parametrize("portal", ["citas", "Citas"])
@pytest.mark.parametrize("form", [int, str])
def test_related_records_are_edited_created_and_deleted(client: Client, portal: str, form: type) -> None:
    rows = [
        {"recordId": form(1), "modId": form(0), "Citas::Motivo": "Otra", "Citas::Notas(2)": "x"},
        {"Citas::Motivo": "Nueva"},
    ]
    response = _edit(client, {"fieldData": {"deleteRelated": f"{portal}.2"}, "portalData": {portal: rows}})
    assert response.json()["response"]["newPortalRecordInfo"] == [
        {"tableName": "Citas", "recordId": "5", "modId": "0"}
    ]
    assert _reasons(client) == {"5": "Nueva", "1": "Otra", "4": "Seguimiento"}
    edited = next(row for row in _rows(client) if row["recordId"] == "1")
    assert (edited["modId"], edited["Citas::Notas(1)"], edited["Citas::Notas(2)"]) == ("1", "ayuno", "x")


def test_several_are_deleted_at_once(client: Client) -> None:
    assert code(_edit(client, {"fieldData": {"deleteRelated": ["Citas.1", "Citas.4"]}})) == "0"
    assert _reasons(client) == {"2": "Estudio"}


def test_the_older_way_to_name_related_records(client: Client) -> None:
    body = {"fieldData": {"Citas::Motivo.4": "Cuatro", "Citas::Notas(2).4": "n", "Citas::Motivo.0": "Nueva"}}
    assert code(_edit(client, body)) == "0"
    assert _reasons(client) == {"5": "Nueva", "2": "Estudio", "1": "Consulta", "4": "Cuatro"}


def test_a_related_field_without_an_id_is_that_of_the_first_record(client: Client) -> None:
    assert code(_edit(client, {"fieldData": {"Citas::Motivo": "Primera"}})) == "0"
    assert _reasons(client)["2"] == "Primera"
    carla = "/layouts/Usuarios/records/3"
    assert code(_edit(client, {"fieldData": {"Citas::Motivo": "Creada"}}, carla)) == "0"
    assert _reasons(client, carla) == {"5": "Creada"}


@pytest.mark.parametrize(
    ("field_data", "portal_data", "expected"),
    [
        ({}, {"Nada": []}, "102"),
        ({}, {"citas": {}}, "960"),
        ({}, {"citas": ["x"]}, "960"),
        ({}, {"citas": [{"Motivo": "x"}]}, "102"),
        ({}, {"citas": [{"Citas::Nada": "x"}]}, "102"),
        ({}, {"citas": [{"Colegas::Email": "x"}]}, "102"),
        ({}, {"citas": [{"Medicos::Apellido": "x"}]}, "102"),
        ({}, {"citas": [{"Citas::Notas(3)": "x"}]}, "102"),
        ({}, {"citas": [{"recordId": "3", "Citas::Motivo": "x"}]}, "101"),
        ({}, {"citas": [{"recordId": "x", "Citas::Motivo": "x"}]}, "101"),
        ({}, {"citas": [{"recordId": "1", "modId": "7", "Citas::Motivo": "x"}]}, "306"),
        ({}, {"citas": [{"recordId": "1", "Citas::Fecha": "mañana"}]}, "500"),
        ({}, {"citas": [{"recordId": "1", "Citas::sello": "x"}]}, "201"),
        ({}, {"citas": [{"Citas::Fecha": "01/02/2027"}]}, "509"),
        ({}, {"Colegas": [{"Colegas::Email": "otro@norte.example"}]}, "201"),
        ({"deleteRelated": "Citas.3"}, {}, "101"),
        ({"deleteRelated": "Colegas.2"}, {}, "200"),
        ({"deleteRelated": "Nada.1"}, {}, "102"),
        ({"deleteRelated": "Citas"}, {}, "960"),
        ({"deleteRelated": 3}, {}, "960"),
        ({"deleteRelated": ["Citas.1", "Citas.1"]}, {}, "101"),
    ],
)  # fmt: skip
def test_a_refused_change_changes_nothing(
    server: FileMakerServer,
    client: Client,
    field_data: dict[str, Any],
    portal_data: dict[str, Any],
    expected: str,
) -> None:
    before = {row["recordId"]: row for row in _rows(client)}
    first = {"citas": [{"Citas::Motivo": "antes"}, {"recordId": "2", "Citas::Motivo": "antes"}]}
    body = {
        "fieldData": {"Email": "cambiado@norte.example"} | field_data,
        "portalData": first
        | {"Citas" if name == "citas" else name: rows for name, rows in portal_data.items()},
    }
    response = _edit(client, body)
    assert code(response) == expected
    assert {row["recordId"]: row for row in _rows(client)} == before
    record = server.table(DATABASE, "Usuarios").record(1)
    assert (record.values["Email"], record.mod_id) == ("ana@norte.example", 0)
    assert [each.record_id for each in server.table(DATABASE, "Citas")] == [1, 2, 3, 4]


def test_related_records_need_a_key_of_the_record(client: Client) -> None:
    created = client.call("POST", "/layouts/Citas/records", json={"fieldData": {"Motivo": "Sola"}})
    path = f"/layouts/Citas/records/{created.json()['response']['recordId']}"
    assert code(_edit(client, {"fieldData": {"Usuarios::Email": "x@norte.example"}}, path)) == "201"


@pytest.mark.parametrize(
    ("ours", "key", "theirs", "kept"),
    [("number", 7, "text", "7"), ("text", "7\r8", "number", 7), ("text", "a\rb", "text", "a")],
)
def test_a_new_related_record_gets_the_key_in_its_own_type(
    ours: str, key: object, theirs: str, kept: object
) -> None:
    database = {
        "name": "Prueba",
        "tables": [
            {"name": "A", "fields": [{"name": "k", "result": ours}], "records": [{"k": key}]},
            {"name": "B", "fields": [{"name": "k", "result": theirs}, {"name": "t", "result": "text"}]},
        ],
        "relationships": [
            {"name": "B", "table": "B", "from": "A", "match": [["k", "k"]], "allowCreate": True}
        ],
        "layouts": [{"name": "A", "table": "A", "portals": [{"occurrence": "B", "fields": ["t"]}]}],
    }
    with (
        running(Document.from_json(json.dumps({"databases": [database]}))) as server,
        signed_in(server, "Prueba") as client,
    ):
        path = "/layouts/A/records/1"
        assert code(_edit(client, {"portalData": {"B": [{"B::t": "x"}]}}, path)) == "0"
        assert server.table("Prueba", "B").record(1).values == {"k": kept, "t": "x"}
        assert len(_rows(client, "B", path)) == 1


def test_an_empty_key_relates_to_nothing() -> None:
    database = {
        "name": "Prueba",
        "tables": [
            {"name": "A", "fields": [{"name": "n", "result": "number"}], "records": [{}]},
            {"name": "B", "fields": [{"name": "n", "result": "number"}], "records": [{}, {"n": 1}]},
        ],
        "relationships": [
            {"name": "B", "table": "B", "from": "A", "match": [["n", "n"]], "allowCreate": True}
        ],
        "layouts": [{"name": "A", "table": "A", "portals": [{"occurrence": "B", "fields": ["n"]}]}],
    }
    with (
        running(Document.from_json(json.dumps({"databases": [database]}))) as server,
        signed_in(server, "Prueba") as client,
    ):
        assert _rows(client, "B", "/layouts/A/records/1") == []
        response = _edit(client, {"portalData": {"B": [{}]}}, "/layouts/A/records/1")
        assert code(response) == "510"
        assert len(server.table("Prueba", "B")) == 2


def test_related_records_go_with_the_record(server: FileMakerServer, client: Client) -> None:
    assert code(client.call("DELETE", ANA)) == "0"
    assert [each.values["idUsuario"] for each in server.table(DATABASE, "Citas")] == [2]
    assert len(server.table(DATABASE, "Empresas")) == 2
