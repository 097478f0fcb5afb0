"""Data entry on the FileMaker server: what fields enter by themselves and what they refuse."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from ingenes_desktop.demo.filemaker.document import Document
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import ACCOUNT, Client, code, data, document, example, running, signed_in

DATABASE = "Clinica Norte"
USERS = "/layouts/Usuarios/records"


class WallClock:
    """A clock on the wall that stands still until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 23, 59, 58)  # noqa: DTZ001  FileMaker's clock has no zone

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> WallClock:
    return WallClock()


@pytest.fixture
def server(clock: WallClock) -> Iterator[FileMakerServer]:
    with running(example(), now=clock) as running_server:
        yield running_server


def _create(client: Client, values: dict[str, Any], **more: Any) -> Any:
    return client.call("POST", USERS, json={"fieldData": values} | more)


def _edit(client: Client, values: dict[str, Any], **more: Any) -> Any:
    return client.call("PATCH", USERS + "/1", json={"fieldData": values} | more)


def _field_data(client: Client, record_id: str) -> dict[str, Any]:
    (record,) = data(client.call("GET", f"{USERS}/{record_id}"))
    found = record["fieldData"]
    assert isinstance(found, dict)
    return found


# -- what a record enters by itself ---------------------------------------------------------------


def test_a_new_record_enters_its_own(client: Client) -> None:
    created = _create(client, {"Email": "eva@norte.example"}).json()["response"]
    values = _field_data(client, created["recordId"])
    assert values["idUsuario"] == 5
    assert re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", values["clave"])
    assert values["tipo"] == "Usuario"
    assert values["alta"] == values["cambio"] == "11/22/2026 23:59:58"
    assert values["altaPor"] == values["cambioPor"] == ACCOUNT
    assert values["entrada"] == ""


def test_what_a_call_gives_goes_before_it(client: Client) -> None:
    created = _create(client, {"Email": "eva@norte.example", "tipo": "A", "altaPor": "otra"})
    values = _field_data(client, created.json()["response"]["recordId"])
    assert (values["tipo"], values["altaPor"], values["cambioPor"]) == ("A", "otra", ACCOUNT)


def test_an_edit_enters_who_changed_it_and_when(client: Client, clock: WallClock) -> None:
    clock.now = datetime(2027, 1, 2, 3, 4, 5)  # noqa: DTZ001  likewise
    assert code(_edit(client, {"Nombre": "Ana P."})) == "0"
    values = _field_data(client, "1")
    assert (values["cambio"], values["cambioPor"]) == ("01/02/2027 03:04:05", ACCOUNT)
    assert (values["alta"], values["altaPor"]) == ("01/15/2024 08:00:00", "")


def test_the_account_of_the_session_is_entered(server: FileMakerServer) -> None:
    client = Client(server, DATABASE)
    assert code(client.login("recepción", "hecha-para-pruebas")) == "0"
    created = _create(client, {"Email": "eva@norte.example"}).json()["response"]
    assert _field_data(client, created["recordId"])["altaPor"] == "recepción"
    client.close()


def test_serial_numbers_are_not_given_twice(client: Client) -> None:
    first = _create(client, {"Email": "uno@norte.example"}).json()["response"]["recordId"]
    assert code(client.call("DELETE", f"{USERS}/{first}")) == "0"
    again = _create(client, {"Email": "dos@norte.example"}).json()["response"]["recordId"]
    assert _field_data(client, again)["idUsuario"] == 6


def test_a_duplicate_has_a_serial_number_of_its_own(server: FileMakerServer) -> None:
    with signed_in(server, DATABASE) as client:
        response = client.call("POST", "/layouts/Citas/records/1", json={})
        assert response.json()["response"] == {"recordId": "5", "modId": "0"}
    copy = server.table(DATABASE, "Citas").record(5).values
    assert (copy["idCita"], copy["Motivo"], copy["Notas(2)"], copy["sello"]) == (
        5,
        "Consulta",
        "traer estudios",
        "X",
    )


_AUTOMATIC = [
    ("serialNumber", "text", "3"),
    ("serialNumber", "number", 3),
    ("creationDate", "date", "11/22/2026"),
    ("creationTime", "time", "23:59:58"),
    ("creationTimestamp", "timeStamp", "11/22/2026 23:59:58"),
    ("creationAccount", "text", ACCOUNT),
    ("modificationTimestamp", "timeStamp", "11/22/2026 23:59:58"),
    ("modificationAccount", "text", ACCOUNT),
]


@pytest.mark.parametrize(("option", "result", "expected"), _AUTOMATIC)
def test_each_auto_enter_option(clock: WallClock, option: str, result: str, expected: object) -> None:
    number = {"serialNumber": "2"}.get(option, "")
    table = {
        "name": "Tabla",
        "fields": [{"name": "campo", "result": result, "autoEnter": option}],
        "records": [{"campo": number}],
    }
    database = {"name": "Prueba", "tables": [table], "layouts": [{"name": "Hoja", "table": "Tabla"}]}
    data_file = Document.from_json(json.dumps({"databases": [database]}))
    with running(data_file, now=clock) as server, signed_in(server, "Prueba") as client:
        assert code(client.call("POST", "/layouts/Hoja/records", json={})) == "0"
        assert server.table("Prueba", "Tabla").record(2).values == {"campo": expected}


# -- what fields refuse ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected", "by_script"),
    [
        ({"Email": ""}, "509", "0"),
        ({"Email": "bruno@norte.example"}, "504", "0"),
        ({"Email": "BRUNO@Norte.example"}, "504", "0"),
        ({"Email": "ana@norte.example"}, "0", "0"),
        ({"Nombre": "x" * 21}, "511", "0"),
        ({"Nombre": "x" * 20}, "0", "0"),
        ({"tipo": "Otro"}, "506", "0"),
        ({"tipo": "Médico"}, "0", "0"),
        ({"idEmpresa": 9}, "505", "0"),
        ({"idEmpresa": "2"}, "0", "0"),
        ({"edad": 17}, "503", "503"),
        ({"edad": "100"}, "503", "503"),
        ({"edad": 18}, "0", "0"),
        ({"edad": ""}, "0", "0"),
        ({"edad": "muchos"}, "502", "502"),
        ({"entrada": "24:00"}, "501", "501"),
        ({"entrada": "23:59:59"}, "0", "0"),
        ({"alta": "ayer"}, "500", "500"),
        ({"resumen": "x"}, "201", "201"),
        ({"Foto": "x"}, "201", "201"),
        ({"Foto": ""}, "0", "0"),
    ],
)
def test_validation_and_the_entry_mode(
    client: Client, values: dict[str, Any], expected: str, by_script: str
) -> None:
    response = _edit(client, values, options={"entrymode": "user"})
    assert (response.status_code, code(response)) == (200 if expected == "0" else 500, expected)
    assert code(_edit(client, values, options={"entrymode": "script"})) == by_script


@pytest.mark.parametrize(
    ("options", "given", "expected"),
    [
        ({"result": "text", "numeric": True}, "01000", "01000"),
        ({"result": "text", "numeric": True}, "x", None),
        ({"result": "number"}, "x", None),
        ({"result": "number", "numeric": False}, "x", "x"),
        ({"result": "number", "unchecked": True}, "x", "x"),
        ({"result": "number", "unchecked": True, "numeric": True}, "x", None),
        ({"result": "date", "unchecked": True}, "x", "x"),
        ({"result": "container", "unchecked": True}, "x", None),
    ],
)
def test_how_strictly_a_field_takes_numbers(
    options: dict[str, Any], given: str, expected: str | None
) -> None:
    with (
        running(document([{"name": "campo"} | options], [{}])) as server,
        signed_in(server, "Prueba") as client,
    ):
        written = client.call("PATCH", "/layouts/Hoja/records/1", json={"fieldData": {"campo": given}})
        refused = "201" if options["result"] == "container" else "502"
        assert code(written) == (refused if expected is None else "0")
        assert server.table("Prueba", "Tabla").record(1).values["campo"] == (expected or "")
        (field,) = client.call("GET", "/layouts/Hoja").json()["response"]["fieldMetaData"]
        assert field["numeric"] is options.get("numeric", options == {"result": "number"})


def test_the_prohibit_mode(client: Client) -> None:
    assert code(_edit(client, {"idUsuario": 77})) == "201"
    assert code(_edit(client, {"idUsuario": 77}, options={"prohibitmode": "user"})) == "201"
    assert code(_edit(client, {"idUsuario": 77}, options={"prohibitmode": "script"})) == "0"
    assert _field_data(client, "1")["idUsuario"] == 77
    both = {"entrymode": "script", "prohibitmode": "script"}
    created = _create(client, {"Email": "", "idUsuario": 77}, options=both)
    assert code(created) == "0"


@pytest.mark.parametrize("options", [{"entrymode": "x"}, {"nada": "user"}, {"entrymode": None}, [], "user"])
def test_malformed_options_are_960(client: Client, options: object) -> None:
    assert code(_edit(client, {"Nombre": "x"}, options=options)) == "960"


def test_a_refused_record_is_not_there(server: FileMakerServer, client: Client) -> None:
    assert code(_create(client, {"Nombre": "Sin dirección"})) == "509"
    assert code(client.call("POST", USERS, json={})) == "509"
    assert code(client.call("POST", USERS + "/1", json={})) == "504"
    assert len(server.table(DATABASE, "Usuarios")) == 4


# -- names of fields ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nombre", "Nombre"),
        ("Nombre(1)", "Nombre"),
        ("Usuarios::Nombre", "Nombre"),
        ("Telefonos", "Telefonos(1)"),
        ("Telefonos(2)", "Telefonos(2)"),
        ("Usuarios::Telefonos(3)", "Telefonos(3)"),
    ],
)
def test_the_ways_to_name_a_field(client: Client, name: str, shown: str) -> None:
    assert code(_edit(client, {name: "nuevo"})) == "0"
    assert _field_data(client, "1")[shown] == "nuevo"
    found = data(client.find("Usuarios", {name: "==nuevo"}))
    assert [each["recordId"] for each in found] == ["1"]


@pytest.mark.parametrize(
    "name",
    ["nombre", "Nombre(2)", "Nombre(0)", "Telefonos(4)", "Nombre.1", "Citas::Nombre", "Nada::Nombre",
     "Nombre ", ""],
)  # fmt: skip
def test_what_names_no_field_is_102(client: Client, name: str) -> None:
    assert code(_edit(client, {name: "x"})) == "102"
    assert code(client.find("Usuarios", {name: "x"})) == "102"
    assert code(client.find("Usuarios", {"Email": "*"}, sort=[{"fieldName": name}])) == "102"


def test_a_find_in_a_repeating_field_looks_into_all_repetitions(client: Client) -> None:
    def found(**criteria: str) -> list[str]:
        return [each["recordId"] for each in data(client.find("Usuarios", criteria))]

    assert found(Telefonos="5550000033") == ["3"]
    assert found(**{"Telefonos(3)": "*"}) == ["3"]
    assert found(Telefonos="=") == ["2", "4"]
    assert code(client.find("Usuarios", {"Telefonos(2)": "5550000033"})) == "401"


# -- global and container fields ------------------------------------------------------------------


def test_a_global_field_is_no_criterion(client: Client) -> None:
    response = client.find("Usuarios", {"gAviso": "lunes", "Email": "*"})
    assert (response.status_code, code(response)) == (500, "400")


def test_an_edit_sets_a_global_field_for_its_session(server: FileMakerServer, client: Client) -> None:
    assert code(_edit(client, {"gAviso": "Abierto", "gVeces(2)": 7})) == "0"
    for record_id in ("1", "2"):
        values = _field_data(client, record_id)
        assert (values["gAviso"], values["gVeces(1)"], values["gVeces(2)"]) == ("Abierto", 1, 7)
    assert server.table(DATABASE, "Usuarios").record(1).mod_id == 0
    with signed_in(server, DATABASE) as other:
        assert _field_data(other, "1")["gAviso"] == "Cerrado el lunes"


def test_a_refused_edit_sets_no_global_field(client: Client) -> None:
    assert code(_edit(client, {"gAviso": "Abierto", "deleteRelated": "Citas.99"})) == "101"
    assert _field_data(client, "1")["gAviso"] == "Cerrado el lunes"


def test_the_empty_text_empties_a_container_field(client: Client) -> None:
    assert _field_data(client, "1")["Foto"].startswith("http")
    assert code(_edit(client, {"Foto": ""})) == "0"
    assert _field_data(client, "1")["Foto"] == ""


def test_a_container_field_is_found_by_its_files_name(client: Client) -> None:
    assert [each["recordId"] for each in data(client.find("Usuarios", {"Foto": "==ana.png"}))] == ["1"]
    assert len(data(client.find("Usuarios", {"Foto": "="}))) == 3
    sort = [{"fieldName": "Foto"}]
    assert code(client.find("Usuarios", {"Email": "*"}, sort=sort)) == "960"
