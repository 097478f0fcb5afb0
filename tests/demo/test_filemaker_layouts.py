"""Layouts of the FileMaker server: how they are listed and what they say of themselves."""

from collections.abc import Iterator
from typing import Any

import pytest

from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import Client, code, data, example, plain_field, running, signed_in

DATABASE = "Clinica Norte"


@pytest.fixture(scope="module")
def server() -> Iterator[FileMakerServer]:
    with running(example()) as running_server:
        yield running_server


def _metadata(client: Client, layout: str = "Usuarios", query: str = "") -> dict[str, Any]:
    response = client.call("GET", f"/layouts/{layout}{query}").json()["response"]
    assert isinstance(response, dict)
    return response


def test_layouts_stand_in_their_folders(client: Client) -> None:
    assert client.call("GET", "/layouts").json()["response"]["layouts"] == [
        {"name": "Usuarios", "table": "Usuarios"},
        {"name": "Lista corta", "table": "Usuarios"},
        {
            "name": "Agenda",
            "isFolder": True,
            "folderLayoutNames": [
                {"name": "Citas", "table": "Citas"},
                {
                    "name": "Archivo",
                    "isFolder": True,
                    "folderLayoutNames": [{"name": "Empresas", "table": "Empresas"}],
                },
            ],
        },
    ]


@pytest.mark.parametrize("layout", ["Agenda", "Archivo"])
def test_a_folder_is_no_layout(client: Client, layout: str) -> None:
    assert code(client.call("GET", f"/layouts/{layout}")) == "105"


def test_a_layout_in_a_folder_has_its_plain_name(client: Client) -> None:
    assert len(data(client.call("GET", "/layouts/Empresas/records"))) == 2


def test_each_kind_of_field_describes_itself(client: Client) -> None:
    fields = {field["name"]: field for field in _metadata(client)["fieldMetaData"]}
    expected = [
        plain_field("idUsuario", result="number", autoEnter=True, numeric=True),
        plain_field("clave", autoEnter=True),
        plain_field("Email", notEmpty=True),
        plain_field("Nombre", maxCharacters=20),
        plain_field("tipo", displayType="popupMenu", autoEnter=True, valueList="Tipos"),
        plain_field("Telefonos", maxRepeat=3, repetitionEnd=3),
        plain_field("Foto", result="container"),
        plain_field("entrada", result="time", timeOfDay=True),
        plain_field("alta", result="timeStamp", autoEnter=True, fourDigitYear=True),
        plain_field("resumen", type="calculation"),
        plain_field("gAviso", **{"global": True}),
        plain_field("Empresas::nombre"),
    ]
    assert [fields[str(each["name"])] for each in expected] == expected


def test_each_portal_describes_its_fields(client: Client) -> None:
    portals = _metadata(client)["portalMetaData"]
    assert {name: [field["name"] for field in fields] for name, fields in portals.items()} == {
        "citas": ["Citas::Fecha", "Citas::Motivo", "Citas::Notas", "Citas::sello", "Medicos::Apellido"],
        "Colegas": ["Colegas::Email"],
    }
    assert portals["citas"][0] == plain_field(
        "Citas::Fecha", result="date", displayType="calendar", fourDigitYear=True
    )
    assert portals["citas"][2] == plain_field("Citas::Notas", maxRepeat=2, repetitionEnd=2)


def _values(client: Client, query: str) -> dict[str, list[tuple[str, str]]]:
    return {
        each["name"]: [(one["value"], one["displayValue"]) for one in each["values"]]
        for each in _metadata(client, query=query)["valueLists"]
    }


def test_value_lists_of_every_kind(client: Client) -> None:
    assert _values(client, "") == {
        "Tipos": [("Usuario", "Usuario"), ("A", "Administrador"), ("Médico", "Médico")],
        "Empresas": [("1", "Norte"), ("2", "Sur")],
        "Citas de la persona": [],
    }
    lists = {each["name"]: each["type"] for each in _metadata(client)["valueLists"]}
    assert lists == {"Tipos": "customList", "Empresas": "byField", "Citas de la persona": "byField"}


@pytest.mark.parametrize(
    ("record_id", "related"),
    [("1", ["Consulta", "Estudio", "Seguimiento"]), ("2", ["Consulta"]), ("3", [])],
)
def test_a_list_of_related_values_is_that_of_the_record(
    client: Client, record_id: str, related: list[str]
) -> None:
    found = _values(client, f"?recordId={record_id}")["Citas de la persona"]
    assert [value for value, _ in found] == related


def test_a_record_that_is_not_there_is_101(client: Client) -> None:
    for record_id in ("99", "x"):
        assert code(client.call("GET", f"/layouts/Usuarios?recordId={record_id}")) == "101"
    assert code(client.call("GET", "/layouts/Usuarios?nada=1")) == "960"


def test_a_layout_without_value_lists_names_none(client: Client) -> None:
    assert _metadata(client, "Lista%20corta") == {
        "fieldMetaData": [plain_field("Email", notEmpty=True)],
        "portalMetaData": {},
    }


def test_the_older_address_of_metadata(client: Client) -> None:
    fields = _metadata(client, "Usuarios/metadata")["metaData"]
    assert fields[4] == {
        "name": "tipo",
        "type": "normal",
        "result": "text",
        "global": "false",
        "repetitions": 1,
        "valueList": "Tipos",
    }
    assert {each["name"]: each["global"] for each in fields}["gVeces"] == "true"


def test_another_database_has_its_own_layouts(server: FileMakerServer) -> None:
    with signed_in(server, "Almacén") as client:
        assert client.call("GET", "/layouts").json()["response"]["layouts"] == [
            {"name": "Ventas #1", "table": "Artículos"}
        ]
        records = data(client.call("GET", "/layouts/Ventas%20%231/records?dateformats=1"))
        assert records[0]["fieldData"] == {"código": "A-1", "precio": 12.5, "caducidad": "02/28/2027"}
        assert records[1]["fieldData"]["precio"] == "a convenir"
        assert code(client.call("GET", "/layouts/Usuarios/records")) == "105"
