"""Finds on the FileMaker server, over HTTP: addresses as the sign-in asks for them, and requests."""

from collections.abc import Iterator
from typing import Any

import pytest

from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import Client, code, data, document, escaped, running, signed_in


@pytest.fixture(scope="module")
def server() -> Iterator[FileMakerServer]:
    with running() as running_server:
        yield running_server


# -- whole addresses, as the sign-in asks for them ------------------------------------------------


def test_an_escaped_find_returns_one_of_the_look_alike_pair(client: Client) -> None:
    assert client.found("==maria\\@clinica.example") == ["maria@clinica.example"]


def test_an_unescaped_find_of_the_whole_field_returns_both(client: Client) -> None:
    assert client.found("==maria@clinica.example") == [
        "mariaXclinica.example",
        "maria@clinica.example",
    ]


@pytest.mark.parametrize("criterion", ["ana@clinica.example", "=ana@clinica.example"])
def test_an_unescaped_find_of_words_returns_nothing(client: Client, criterion: str) -> None:
    assert client.found(criterion) == []


def test_an_unescaped_find_of_words_may_return_the_look_alike_alone(client: Client) -> None:
    assert client.found("maria@clinica.example") == ["mariaXclinica.example"]


@pytest.mark.parametrize(
    "criterion",
    ["==*", "==*@*.example", "==@na\\@clinica.example", "==ana\\@clinica.*", "==AN*E"],
)
def test_wildcards_stay_active_behind_the_whole_field_sign(client: Client, criterion: str) -> None:
    assert "ana@clinica.example" in client.found(criterion)


def test_a_star_as_the_whole_address_finds_everybody(client: Client) -> None:
    assert len(client.found("==*")) == 25


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("ana@clinica.example", ["ana@clinica.example"]),
        ("ANA@Clinica.Example", ["ana@clinica.example"]),
        ("o'neil+turno@clinica.example", ["o'neil+turno@clinica.example"]),
        ("doble@clinica.example", ["doble@clinica.example"] * 2),
        ("retorno@clinica.example", []),
        ("retorno@clinica.example\r", ["retorno@clinica.example\r"]),
        ("sinficha@clinica.example", []),
        ("josé@clinica.example", []),
        ("*", []),
        ("na@clinica.example", []),
        ("ana@clinica.exampl", []),
    ],
)
def test_whole_addresses(client: Client, address: str, found: list[str]) -> None:
    assert client.found("==" + escaped(address)) == found


@pytest.mark.parametrize("criterion", ['=="maria@clinica.example"', '"maria@clinica.example"'])
def test_quotation_marks_switch_wildcards_off(client: Client, criterion: str) -> None:
    assert client.found(criterion) == ["maria@clinica.example"]


# -- requests -------------------------------------------------------------------------------------


def _ids(response: Any) -> list[int]:
    return [each["fieldData"]["id"] for each in data(response)]


def test_requests_are_alternatives_and_fields_belong_together(client: Client) -> None:
    both = {"Email": "==doble\\@clinica.example", "idUsuario": "5008"}
    assert _ids(client.find("@Usuarios", both)) == [108]
    assert _ids(client.find("@Usuarios", {"id": "101"}, {"id": 102}, {"id": "101"})) == [101, 102]


@pytest.mark.parametrize("omit", ["true", True])
def test_omit_takes_away(client: Client, omit: object) -> None:
    find = client.find("@Usuarios", {"tipo": "Administrador"}, {"id": "101", "omit": omit})
    assert _ids(find) == [105]
    alone = client.find("@Usuarios", {"tipo": "Usuario", "omit": omit})
    assert _ids(alone) == [101, 105]
    kept = client.find("@Usuarios", {"id": "101", "omit": "false"})
    assert _ids(kept) == [101]


@pytest.mark.parametrize("form", [int, str])
def test_limit_and_offset(client: Client, form: type) -> None:
    response = client.find("@Usuarios", {"Email": "==*"}, limit=form(3), offset=form(2))
    assert _ids(response) == [102, 103, 104]
    assert response.json()["response"]["dataInfo"] == {
        "database": "Clinica",
        "layout": "@Usuarios",
        "table": "Usuarios",
        "totalRecordCount": 25,
        "foundCount": 25,
        "returnedCount": 3,
    }


def test_a_record_stands_in_filemakers_types(client: Client) -> None:
    (record,) = data(client.find("@Usuarios", {"Email": "==nueva\\@clinica.example"}))
    assert record == {
        "fieldData": {
            "id": 103,
            "nombreCompleto": "Nadia Vela Cantú",
            "Email": "nueva@clinica.example",
            "idEmpresa": "2",
            "idUsuario": 5003,
            "tipo": "Usuario",
            "usuario": "nvela",
            "celular": "",
            "fechaRegistro": "11/16/2026",
        },
        "portalData": {},
        "recordId": "3",
        "modId": "0",
    }


def test_sorting(client: Client) -> None:
    steps = [
        {"fieldName": "tipo", "sortOrder": "descend"},
        {"fieldName": "fechaRegistro", "sortOrder": "ascend"},
    ]
    response = client.find("@Usuarios", {"id": "<106"}, sort=steps)
    assert _ids(response) == [104, 102, 103, 105, 101]
    by_list = [{"fieldName": "tipo", "sortOrder": "Tipos"}]
    assert _ids(client.find("@Usuarios", {"id": "<104"}, sort=by_list)) == [101, 102, 103]


def test_dateformats(client: Client) -> None:
    def registered(criterion: str, form: object) -> object:
        response = client.find("@Usuarios", {"fechaRegistro": criterion}, dateformats=form)
        return data(response)[0]["fieldData"]["fechaRegistro"]

    assert registered("01/15/2024", "0") == "01/15/2024"
    assert registered("15/01/2024", 1) == "15/01/2024"
    assert registered("2024-01-15", "2") == "2024-01-15"


def test_the_answer_may_come_from_another_layout_of_the_table(client: Client) -> None:
    response = client.find("@Usuarios", {"id": "101"}, layout__response="_webappSalesContacts")
    assert data(response)[0]["fieldData"]["LastLoginTime"] == "11/02/2026 14:05:09"
    assert response.json()["response"]["dataInfo"]["layout"] == "_webappSalesContacts"
    other = client.find("@Usuarios", {"id": "101"}, layout__response="Contactos")
    assert code(other) == "101"


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        ({}, 400, "958"),
        ({"query": {}}, 400, "960"),
        ({"query": ["x"]}, 400, "960"),
        ({"query": []}, 500, "400"),
        ({"query": [{}]}, 500, "400"),
        ({"query": [{"Email": ""}]}, 500, "400"),
        ({"query": [{"Email": None}]}, 400, "960"),
        ({"query": [{"Email": ["x"]}]}, 400, "960"),
        ({"query": [{"Email": True}]}, 400, "960"),
        ({"query": [{"email": "x"}]}, 500, "102"),
        ({"query": [{"LastLoginTime": "x"}]}, 500, "102"),
        ({"query": [{"Email": "x", "omit": "yes"}]}, 400, "960"),
        ({"query": [{"fechaRegistro": "mañana"}]}, 500, "500"),
        ({"query": [{"Email": "==nadie"}]}, 500, "401"),
        ({"query": [{"Email": "*"}], "limit": 0}, 400, "960"),
        ({"query": [{"Email": "*"}], "limit": "-1"}, 400, "960"),
        ({"query": [{"Email": "*"}], "limit": "²"}, 400, "960"),
        ({"query": [{"Email": "*"}], "limit": 1.5}, 400, "960"),
        ({"query": [{"Email": "*"}], "limit": True}, 400, "960"),
        ({"query": [{"Email": "*"}], "offset": "26"}, 500, "101"),
        ({"query": [{"Email": "*"}], "sort": [{"fieldName": "nada"}]}, 500, "102"),
        ({"query": [{"Email": "*"}], "sort": [{"fieldName": "id", "sortOrder": "x"}]}, 400, "960"),
        ({"query": [{"Email": "*"}], "sort": "id"}, 400, "960"),
        ({"query": [{"Email": "*"}], "dateformats": 3}, 400, "960"),
        ({"query": [{"Email": "*"}], "nada": 1}, 400, "960"),
        ({"query": [{"Email": "*"}], "script": "Algo"}, 500, "104"),
        ({"query": [{"Email": "*"}], "layout.response": "Nada"}, 500, "105"),
    ],
)
def test_refusals(client: Client, body: dict[str, Any], status: int, expected: str) -> None:
    response = client.call("POST", "/layouts/@Usuarios/_find", json=body)
    assert (response.status_code, code(response)) == (status, expected)
    assert response.json()["response"] == {}


def test_parameters_for_portals_and_scripts_that_are_empty_are_taken(client: Client) -> None:
    more = {"portal": [], "limit__P": "5", "offset__P": "1", "script": "", "script__param": ""}
    assert _ids(client.find("@Usuarios", {"id": "101"}, **more)) == [101]


def test_an_unknown_layout_is_105(client: Client) -> None:
    response = client.find("Usuarios", {"Email": "*"})
    assert (response.status_code, code(response)) == (500, "105")


def test_a_hundred_records_are_the_default() -> None:
    many = document([{"name": "n", "result": "number"}], [{"n": n} for n in range(120)])
    with running(many) as server, signed_in(server, "Prueba") as client:
        response = client.find("Hoja", {"n": "*"})
        assert len(data(response)) == 100
        assert response.json()["response"]["dataInfo"]["foundCount"] == 120
