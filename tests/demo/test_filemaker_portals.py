"""Portals and related fields of the FileMaker server, over HTTP."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ingenes_desktop.demo.filemaker.document import Document
from ingenes_desktop.demo.filemaker.faults import OtherBaseTable
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import Client, code, data, example, running, signed_in

DATABASE = "Clinica Norte"
ANA = "/layouts/Usuarios/records/1"


@pytest.fixture
def server() -> Iterator[FileMakerServer]:
    with running(example()) as running_server:
        yield running_server


def _rows(client: Client, portal: str = "citas", path: str = ANA) -> list[dict[str, Any]]:
    (record,) = data(client.call("GET", path, params={f"_limit.{portal}": "99"}))
    rows = record["portalData"][portal]
    assert isinstance(rows, list)
    return rows


# -- reading --------------------------------------------------------------------------------------


def test_a_portal_stands_under_its_name_and_shows_its_rows(client: Client) -> None:
    (record,) = data(client.call("GET", ANA))
    assert record["portalData"] == {
        "citas": [
            {
                "recordId": "2",
                "Citas::Fecha": "10/01/2026",
                "Citas::Motivo": "Estudio",
                "Citas::Notas(1)": "",
                "Citas::Notas(2)": "",
                "Citas::sello": "",
                "Medicos::Apellido": "Aguirre",
                "modId": "0",
            },
            {
                "recordId": "1",
                "Citas::Fecha": "11/20/2026",
                "Citas::Motivo": "Consulta",
                "Citas::Notas(1)": "ayuno",
                "Citas::Notas(2)": "traer estudios",
                "Citas::sello": "X",
                "Medicos::Apellido": "Zavala",
                "modId": "0",
            },
        ],
        "Colegas": [
            {"recordId": "2", "Colegas::Email": "bruno@norte.example", "modId": "0"},
            {"recordId": "1", "Colegas::Email": "ana@norte.example", "modId": "0"},
        ],
    }
    assert record["portalDataInfo"] == [
        {
            "portalObjectName": "citas",
            "database": DATABASE,
            "table": "Citas",
            "foundCount": 3,
            "returnedCount": 2,
        },
        {"database": DATABASE, "table": "Colegas", "foundCount": 2, "returnedCount": 2},
    ]


def test_a_layout_without_portals_has_an_empty_object(client: Client) -> None:
    (record,) = data(client.call("GET", "/layouts/Lista%20corta/records/1"))
    assert record["portalData"] == {}
    assert "portalDataInfo" not in record


@pytest.mark.parametrize(
    ("query", "citas", "colegas"),
    [
        ('portal=["citas"]', ["2", "1"], None),
        ("portal=citas", ["2", "1"], None),
        ('portal=["Citas","Colegas"]', ["2", "1"], ["2", "1"]),
        ("portal=[]", None, None),
        ("_limit.citas=1", ["2"], ["2", "1"]),
        ("_limit.Citas=3&_offset.Citas=2", ["1", "4"], ["2", "1"]),
        ("_offset.citas=9", [], ["2", "1"]),
        ("_limit.Colegas=1&_offset.Colegas=2", ["2", "1"], ["1"]),
        ("_limit.Otro=1", ["2", "1"], ["2", "1"]),
        ('portal=["CITAS","nada"]&_limit.CITAS=1', ["2"], None),
        ('portal=["nada"]', None, None),
    ],
)
def test_the_rows_a_call_asks_for(
    client: Client, query: str, citas: list[str] | None, colegas: list[str] | None
) -> None:
    for path in (ANA, "/layouts/Usuarios/records"):
        found = data(client.call("GET", f"{path}?{query}"))[0]["portalData"]
        ids = {name: [row["recordId"] for row in rows] for name, rows in found.items()}
        assert ids == {
            name: rows for name, rows in (("citas", citas), ("Colegas", colegas)) if rows is not None
        }


@pytest.mark.parametrize("form", [int, str])
def test_a_find_names_its_limits_without_the_line_below(client: Client, form: type) -> None:
    more = {"portal": ["citas"], "limit__citas": form(1), "offset__citas": form(3)}
    (record,) = data(client.find("Usuarios", {"idUsuario": "1"}, **more))
    assert [row["recordId"] for row in record["portalData"]["citas"]] == ["4"]
    assert record["portalDataInfo"][0]["returnedCount"] == 1


def test_a_find_may_name_its_limits_in_the_query(client: Client) -> None:
    path, body = "/layouts/Usuarios/_find", {"query": [{"idUsuario": "1"}]}
    query = {"_limit.citas": "1", "_offset.citas": "3", "otro": "x"}  # as @proofkit/fmdapi does
    (record,) = data(client.call("POST", path, json=body, params=query))
    assert [row["recordId"] for row in record["portalData"]["citas"]] == ["4"]


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("GET", ANA, {"params": {"limit.citas": "1"}}),
        ("GET", ANA, {"params": {"_limit.citas": "0"}}),
        ("GET", ANA, {"params": {"_offset.citas": "x"}}),
        ("GET", ANA, {"params": {"portal": "[5]"}}),
        ("GET", ANA, {"params": {"portal": "[x"}}),
        ("POST", "/layouts/Usuarios/_find", {"json": {"query": [{"Email": "*"}], "_limit.citas": 1}}),
        ("POST", "/layouts/Usuarios/_find", {"json": {"query": [{"Email": "*"}], "portal": 5}}),
        ("PATCH", ANA, {"json": {"limit.citas": 1}}),
    ],
)
def test_malformed_wishes_for_portals_are_960(
    client: Client, method: str, path: str, more: dict[str, Any]
) -> None:
    response = client.call(method, path, **more)
    assert (response.status_code, code(response)) == (400, "960")


def test_a_portal_that_scrolls_shows_fifty_rows_at_most() -> None:
    database = {
        "name": "Prueba",
        "tables": [
            {"name": "A", "fields": [{"name": "n", "result": "number"}], "records": [{"n": 1}]},
            {"name": "B", "fields": [{"name": "n", "result": "number"}], "records": [{"n": 1}] * 60},
        ],
        "relationships": [{"name": "B", "table": "B", "from": "A", "match": [["n", "n"]]}],
        "layouts": [
            {"name": name, "table": "A", "portals": [{"occurrence": "B", "fields": ["n"]} | more]}
            for name, more in (("fijo", {"rows": 55}), ("rueda", {"rows": 3, "scroll": True}))
        ],
    }
    with (
        running(Document.from_json(json.dumps({"databases": [database]}))) as server,
        signed_in(server, "Prueba") as client,
    ):
        for layout in ("fijo", "rueda"):
            assert len(_rows(client, "B", f"/layouts/{layout}/records/1")) == 60
            (record,) = data(client.call("GET", f"/layouts/{layout}/records/1"))
            assert record["portalDataInfo"][0]["returnedCount"] == 50


def test_related_fields_have_qualified_names(client: Client) -> None:
    records = data(client.call("GET", "/layouts/Citas/records"))
    shown = [
        (each["fieldData"]["Usuarios::Email"], each["fieldData"]["Medicos::Apellido"]) for each in records
    ]
    assert shown == [
        ("ana@norte.example", "Zavala"),
        ("ana@norte.example", "Aguirre"),
        ("bruno@norte.example", "Zavala"),
        ("ana@norte.example", "Zavala"),  # the key has two lines, each of which matches
    ]
    (alone,) = data(client.call("GET", "/layouts/Usuarios/records/3"))
    assert alone["fieldData"]["Citas::Motivo"] == ""
    assert alone["fieldData"]["Empresas::nombre"] == "Sur"


def test_the_response_layouts_portals_are_shown(client: Client) -> None:
    response = client.find("Lista corta", {"Email": "ana"}, layout__response="Usuarios", limit__citas=1)
    (record,) = data(response)
    assert [row["recordId"] for row in record["portalData"]["citas"]] == ["2"]


@pytest.mark.parametrize("table", ["Empresas", "Citas", "Medicos"])
def test_with_another_base_table_there_is_what_it_leads_to(
    server: FileMakerServer, client: Client, table: str
) -> None:
    server.faults.switch_on(OtherBaseTable("Usuarios", table))
    response = client.call("GET", "/layouts/Usuarios/records")
    assert response.json()["response"]["dataInfo"]["table"] == table
    for record in data(response):
        assert "Email" not in record["fieldData"]
        assert f"{table}::nombre" not in record["fieldData"]
        assert ("citas" in record["portalData"]) is (table != "Citas")
    assert code(client.call("GET", "/layouts/Usuarios")) == "0"


# -- finding and sorting by related fields --------------------------------------------------------


def _found(client: Client, layout: str, *query: dict[str, Any], **more: Any) -> list[str]:
    response = client.find(layout, *query, **more)
    return [] if code(response) == "401" else [each["recordId"] for each in data(response)]


def test_criteria_in_related_fields(client: Client) -> None:
    assert _found(client, "Usuarios", {"Citas::Motivo": "consulta"}) == ["1", "2"]
    assert _found(client, "Usuarios", {"Citas::Motivo": "consulta", "Citas::Fecha": "12/2026"}) == ["2"]
    assert _found(client, "Usuarios", {"Empresas::nombre": "==Sur", "Usuarios::Email": "carla"}) == ["3"]
    assert _found(client, "Usuarios", {"Citas::Motivo": "*", "omit": "true"}) == ["3", "4"]
    assert _found(client, "Citas", {"Medicos::Apellido": "aguirre"}) == ["2", "4"]
    assert code(client.find("Lista corta", {"Citas::Motivo": "consulta"})) == "102"
    assert code(client.find("Usuarios", {"Citas::idMedico": "10"})) == "102"


def test_sorting_by_a_related_field(client: Client) -> None:
    by_name = [{"fieldName": "Medicos::Apellido"}, {"fieldName": "Fecha", "sortOrder": "descend"}]
    assert _found(client, "Citas", {"Motivo": "*"}, sort=by_name) == ["2", "4", "3", "1"]


def test_keys_of_many_lines_have_a_bound() -> None:
    fields = [{"name": "k", "result": "text"}, {"name": "l", "result": "text"}]
    lines = "\r".join(f"{at}" for at in range(100))
    database = {
        "name": "Prueba",
        "tables": [
            {"name": "A", "fields": fields, "records": [{"k": lines, "l": lines}]},
            {"name": "B", "fields": fields, "records": [{"k": "0", "l": "99"}, {"k": "99", "l": "99"}]},
        ],
        "relationships": [{"name": "B", "table": "B", "from": "A", "match": [["k", "k"], ["l", "l"]]}],
        "layouts": [{"name": "A", "table": "A", "portals": [{"occurrence": "B", "fields": ["k"]}]}],
    }
    with (
        running(Document.from_json(json.dumps({"databases": [database]}))) as server,
        signed_in(server, "Prueba") as client,
    ):
        assert [row["B::k"] for row in _rows(client, "B", "/layouts/A/records/1")] == ["0"]
