"""Layouts and records of the FileMaker server, over HTTP."""

import json
from typing import Any

import pytest

from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import Client, code, data, document, plain_field, running, signed_in

CONTACTS = "/layouts/_webappSalesContacts"


def _write(client: Client, body: dict[str, Any], path: str = CONTACTS + "/records/1") -> Any:
    return client.call("PATCH", path, json=body)


# -- layouts --------------------------------------------------------------------------------------


def test_layouts_name_their_base_table(client: Client) -> None:
    assert client.call("GET", "/layouts").json()["response"] == {
        "layouts": [
            {"name": "@Usuarios", "table": "Usuarios"},
            {"name": "_webappSalesContacts", "table": "Usuarios"},
            {"name": "Contactos", "table": "Contactos"},
        ]
    }


@pytest.mark.parametrize("path", ["/layouts/@Usuarios", "/layouts/%40Usuarios/"])
def test_metadata_of_a_layout(client: Client, path: str) -> None:
    response = client.call("GET", path, allow_redirects=False).json()["response"]
    assert response["portalMetaData"] == {}
    assert response["valueLists"] == [
        {
            "name": "Tipos",
            "type": "customList",
            "values": [
                {"displayValue": "Administrador", "value": "Administrador"},
                {"displayValue": "Usuario", "value": "Usuario"},
            ],
        }
    ]
    fields = {field["name"]: field for field in response["fieldMetaData"]}
    assert list(fields) == [
        "id", "nombreCompleto", "Email", "idEmpresa", "idUsuario", "tipo", "usuario", "celular",
        "fechaRegistro",
    ]  # fmt: skip
    assert fields["Email"] == plain_field("Email")
    assert fields["tipo"]["valueList"] == "Tipos"
    assert fields["idUsuario"]["result"] == "number"


def test_the_type_of_the_last_login_is_a_timestamp(client: Client) -> None:
    fields = client.call("GET", CONTACTS).json()["response"]["fieldMetaData"]
    assert [field["result"] for field in fields if field["name"] == "LastLoginTime"] == ["timeStamp"]


@pytest.mark.parametrize("layout", ["Usuarios", "@usuarios", "%40Usuarios%2F", "Nada"])
def test_an_unknown_layout_is_refused(client: Client, layout: str) -> None:
    response = client.call("GET", f"/layouts/{layout}/records/1")
    assert response.status_code == 404 or code(response) == "105"


def test_there_are_no_scripts(client: Client) -> None:
    assert client.call("GET", "/scripts").json()["response"] == {"scripts": []}
    response = client.call("GET", "/layouts/@Usuarios/script/Algo")
    assert (response.status_code, code(response)) == (500, "104")


# -- reading --------------------------------------------------------------------------------------


def test_one_record(client: Client) -> None:
    response = client.call("GET", CONTACTS + "/records/1")
    (record,) = data(response)
    assert record["fieldData"]["LastLoginTime"] == "11/02/2026 14:05:09"
    assert response.json()["response"]["dataInfo"]["foundCount"] == 1
    iso = data(client.call("GET", CONTACTS + "/records/1?dateformats=2"))[0]
    assert iso["fieldData"]["LastLoginTime"] == "2026-11-02T14:05:09"


@pytest.mark.parametrize("record_id", ["99", "0", "-1", "uno", "²", "9" * 30])
def test_a_record_that_is_not_there_is_101(client: Client, record_id: str) -> None:
    response = client.call("GET", f"{CONTACTS}/records/{record_id}")
    assert (response.status_code, code(response)) == (500, "101")


def test_a_list_of_records(client: Client) -> None:
    sort = '[{"fieldName":"id","sortOrder":"descend"}]'
    response = client.call(
        "GET",
        "/layouts/@Usuarios/records",
        params={"_limit": "2", "_offset": "2", "_sort": sort},
    )
    assert [each["fieldData"]["id"] for each in data(response)] == [124, 123]
    assert response.json()["response"]["dataInfo"]["returnedCount"] == 2
    assert len(data(client.call("GET", "/layouts/@Usuarios/records/"))) == 25


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("_limit=0", "960"),
        ("_offset=x", "960"),
        ("_sort=x", "960"),
        ("_sort={}", "960"),
        ('_sort=[{"fieldName":"nada"}]', "102"),
        ("_offset=26", "101"),
        ("nada=1", "960"),
        ("limit=1", "960"),
    ],
)
def test_a_list_that_is_refused(client: Client, query: str, expected: str) -> None:
    assert code(client.call("GET", f"/layouts/@Usuarios/records?{query}")) == expected


def test_a_list_of_an_empty_table_is_401() -> None:
    empty = document([{"name": "a", "result": "text"}], [])
    with running(empty) as server, signed_in(server, "Prueba") as client:
        response = client.call("GET", "/layouts/Hoja/records")
        assert (response.status_code, code(response)) == (500, "401")
        from_the_first = client.call("GET", "/layouts/Hoja/records?_offset=1")
        assert (from_the_first.status_code, code(from_the_first)) == (500, "101")


def test_a_list_takes_what_a_find_takes(client: Client) -> None:
    query = {
        "_sort": json.dumps([{"fieldName": "tipo", "sortOrder": "Tipos"}, {"fieldName": "id"}]),
        "_limit": "2",
        "dateformats": "2",
        "layout.response": "_webappSalesContacts",
    }
    for name in ("/layouts/@Usuarios/records", "/layouts/@Usuarios/records/1"):
        given = query if name.endswith("records") else {k: v for k, v in query.items() if k[0] != "_"}
        response = client.call("GET", name, params=given)
        assert data(response)[0]["fieldData"]["LastLoginTime"] == "2026-11-02T14:05:09"
        assert response.json()["response"]["dataInfo"]["layout"] == "_webappSalesContacts"
    found = data(client.call("GET", "/layouts/@Usuarios/records", params=query))
    assert [each["fieldData"]["id"] for each in found] == [101, 105]


# -- writing --------------------------------------------------------------------------------------


def test_an_edit_changes_the_named_fields_only(server: FileMakerServer, client: Client) -> None:
    before = dict(server.table("Clinica", "Usuarios").record(1).values)
    response = _write(client, {"fieldData": {"LastLoginTime": "11/22/2026 08:09:10"}})
    assert response.json()["response"] == {"modId": "1"}
    assert server.table("Clinica", "Usuarios").record(1).values == before | {
        "LastLoginTime": "11/22/2026 08:09:10"
    }
    again = client.call("GET", "/layouts/@Usuarios/records/1")
    assert data(again)[0]["modId"] == "1"


def test_an_edit_of_nothing_changes_nothing(client: Client) -> None:
    bodies: tuple[dict[str, Any], ...] = ({}, {"fieldData": {}})
    for body in bodies:
        assert _write(client, body).json()["response"] == {"modId": "0"}


@pytest.mark.parametrize("form", [int, str])
def test_mod_id_is_an_optimistic_lock(server: FileMakerServer, client: Client, form: type) -> None:
    body = {"fieldData": {"Email": "otro@clinica.example"}, "modId": form(0)}
    assert code(_write(client, body)) == "0"
    refused = _write(client, body | {"fieldData": {"Email": "nadie@clinica.example"}})
    assert (refused.status_code, code(refused)) == (500, "306")
    assert server.table("Clinica", "Usuarios").record(1).values["Email"] == "otro@clinica.example"


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("LastLoginTime", "2026-11-22T08:09:10Z", "500"),
        ("LastLoginTime", "2026-11-22 08:09:10", "500"),
        ("LastLoginTime", "11/22/2026", "500"),
        ("LastLoginTime", "11/22/2026 24:00:00", "500"),
        ("LastLoginTime", "11/22/2026T08:09:10", "500"),
        ("LastLoginTime", "22/11/2026 08:09:10", "500"),
        ("LastLoginTime", "11/22/٢٠٢٦ 08:09:10", "500"),
        ("LastLoginTime", 5, "500"),
        ("LastLoginTime", None, "960"),
        ("LastLoginTime", ["x"], "960"),
        ("LastLoginTime", True, "960"),
        ("idUsuario", "cinco", "502"),
        ("idUsuario", "1e999", "502"),
        ("Nada", "x", "102"),
        ("tipo", "x", "102"),
    ],
)
def test_a_value_that_does_not_suit_its_field(
    server: FileMakerServer, client: Client, field: str, value: object, expected: str
) -> None:
    before = dict(server.table("Clinica", "Usuarios").record(1).values)
    response = _write(client, {"fieldData": {"Email": "x", field: value}})
    assert code(response) == expected
    assert response.status_code == (400 if expected == "960" else 500)
    assert server.table("Clinica", "Usuarios").record(1).values == before


def test_iso_dates_are_written_with_a_space(server: FileMakerServer, client: Client) -> None:
    body = {"fieldData": {"LastLoginTime": "2026-11-22 08:09:10"}, "dateformats": 2}
    assert code(_write(client, body)) == "0"
    stored = server.table("Clinica", "Usuarios").record(1).values["LastLoginTime"]
    assert stored == "11/22/2026 08:09:10"
    body = {"fieldData": {"LastLoginTime": "2026-11-22T08:09:10"}, "dateformats": 2}
    assert code(_write(client, body)) == "500"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2/3/2026 9:15:55 PM", "02/03/2026 21:15:55"),
        ("2.3.2026 9:15 am", "02/03/2026 09:15:00"),
        ("2-3-2026 12:00 AM", "02/03/2026 00:00:00"),
        ("02/03/2026 12:00:01PM", "02/03/2026 12:00:01"),
    ],
)
def test_the_ways_to_write_a_moment(server: FileMakerServer, client: Client, given: str, kept: str) -> None:
    assert code(_write(client, {"fieldData": {"LastLoginTime": given}})) == "0"
    assert server.table("Clinica", "Usuarios").record(1).values["LastLoginTime"] == kept
    found = client.find("_webappSalesContacts", {"LastLoginTime": given.replace("..", ".")})
    assert [each["recordId"] for each in data(found)] == ["1"]


def test_numbers_come_back_as_numbers_and_empty_as_text(client: Client) -> None:
    for given, kept in (("7", 7), (7.5, 7.5), ("7.0", 7), ("", ""), (-3, -3), (".5", 0.5)):
        assert code(_write(client, {"fieldData": {"idUsuario": given}})) == "0"
        record = data(client.call("GET", CONTACTS + "/records/1"))[0]
        assert record["fieldData"]["idUsuario"] == kept
        assert type(record["fieldData"]["idUsuario"]) is type(kept)


def test_a_number_field_without_validation_keeps_text(client: Client) -> None:
    assert code(_write(client, {"fieldData": {"id": "A-7"}})) == "0"
    record = data(client.call("GET", CONTACTS + "/records/1"))[0]
    assert record["fieldData"]["id"] == "A-7"


def test_records_are_created_duplicated_and_deleted(client: Client) -> None:
    path = CONTACTS + "/records"
    created = client.call("POST", path, json={"fieldData": {"Email": "alta@clinica.example"}})
    assert created.json()["response"] == {"recordId": "26", "modId": "0"}
    empty = client.call("POST", path, json={})
    assert empty.json()["response"]["recordId"] == "27"
    copy = client.call("POST", path + "/26", json={})
    assert copy.json()["response"] == {"recordId": "28", "modId": "0"}
    assert client.found("==alta\\@clinica.example") == ["alta@clinica.example"] * 2
    assert client.call("DELETE", path + "/28").json()["response"] == {}
    assert code(client.call("DELETE", path + "/28")) == "101"
    after = client.call("POST", path, json={})
    assert after.json()["response"]["recordId"] == "29"


_FIELDS: list[dict[str, Any]] = [
    {"name": "clave", "result": "text", "unique": True, "maxCharacters": 5},
    {"name": "nombre", "result": "text", "notEmpty": True},
    {"name": "suma", "result": "number", "type": "calculation"},
    {"name": "dia", "result": "date"},
    {"name": "hora", "result": "time"},
]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"nombre": "x"}, "0"),
        ({"nombre": "x", "clave": "B"}, "0"),
        ({"nombre": "x", "clave": ""}, "0"),
        ({"nombre": "x", "clave": "A"}, "504"),
        ({"nombre": "x", "clave": "ABCDEF"}, "511"),
        ({"nombre": "x", "suma": 1}, "201"),
        ({"nombre": "x", "dia": "31/01/2026"}, "500"),
        ({"nombre": "x", "dia": "02/30/2026"}, "500"),
        ({"nombre": "x", "dia": "2/3/2026"}, "0"),
        ({"nombre": "x", "hora": "8"}, "501"),
        ({"nombre": "x", "hora": "8:30"}, "0"),
        ({"nombre": "x", "hora": "13:00 PM"}, "501"),
        ({"nombre": "x", "hora": "0:30 AM"}, "501"),
        ({"nombre": "x", "dia": "2.3-2026"}, "500"),
        ({"nombre": "x", "dia": "2:3:2026"}, "500"),
        ({"nombre": "x", "dia": "2 3 2026"}, "500"),
        ({"nombre": "x", "dia": "2+3+2026"}, "500"),
        ({"nombre": ""}, "509"),
        ({}, "509"),
    ],
)
def test_validation_of_a_new_record(values: dict[str, Any], expected: str) -> None:
    fields = document(_FIELDS, [{"clave": "A", "nombre": "Uno"}])
    with running(fields) as server, signed_in(server, "Prueba") as client:
        response = client.call("POST", "/layouts/Hoja/records", json={"fieldData": values})
        assert code(response) == expected
        assert len(server.table("Prueba", "Tabla")) == (2 if expected == "0" else 1)


@pytest.mark.parametrize(
    "body",
    [{"fieldData": []}, {"fieldData": "x"}, {"modId": True}, {"modId": "x"}, {"options": 1},
     {"portalData": []}, {"nada": 1}, {"dateformats": 3}],
)  # fmt: skip
def test_a_malformed_edit_is_960(client: Client, body: dict[str, Any]) -> None:
    response = _write(client, body)
    assert (response.status_code, code(response)) == (400, "960")


def test_two_tables_have_record_ids_of_their_own(client: Client) -> None:
    first = data(client.call("GET", "/layouts/Contactos/records/1"))[0]
    assert first["fieldData"]["Email"] == "compras@proveedora.example"


def test_each_server_has_its_own_copy_of_the_data(client: Client) -> None:
    _write(client, {"fieldData": {"Email": "otro@clinica.example"}})
    with running() as second, signed_in(second) as other:
        assert other.found("==ana\\@clinica.example") == ["ana@clinica.example"]
