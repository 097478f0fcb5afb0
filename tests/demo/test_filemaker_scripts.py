"""Scripts of the FileMaker server: listed, run alone, and run with other calls."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import Client, code, data, document, running, signed_in

DATABASE = "Prueba"
SCRIPTS = [
    {"name": "Hola", "result": "hola"},
    {"name": "Callado"},
    {
        "name": "Ventas",
        "isFolder": True,
        "scripts": [
            {"name": "Eco", "returnsParameter": True},
            {"name": "Falla", "result": "a medias", "error": 3},
        ],
    },
]
ALL = {
    "script": "Hola",
    "script.prerequest": "Eco",
    "script.prerequest.param": "antes",
    "script.presort": "Falla",
}
TOLD = {
    "scriptResult": "hola",
    "scriptError": "0",
    "scriptResult.prerequest": "antes",
    "scriptError.prerequest": "0",
    "scriptResult.presort": "a medias",
    "scriptError.presort": "3",
}
RECORDS = "/layouts/Hoja/records"


@pytest.fixture
def server() -> Iterator[FileMakerServer]:
    data_file = document(
        [{"name": "Nombre", "result": "text"}], [{"Nombre": "Ana"}, {"Nombre": "Eva"}], scripts=SCRIPTS
    )
    with running(data_file) as running_server:
        yield running_server


def _scripts(response: Any) -> dict[str, Any]:
    assert code(response) == "0", response.text
    told = response.json()["response"]
    return {name: value for name, value in told.items() if name.startswith("script")}


def test_scripts_are_listed_with_their_folders(client: Client) -> None:
    listed = client.call("GET", "/scripts").json()["response"]["scripts"]
    assert listed == [
        {"name": "Hola", "isFolder": False},
        {"name": "Callado", "isFolder": False},
        {
            "name": "Ventas",
            "isFolder": True,
            "folderScriptNames": [
                {"name": "Eco", "isFolder": False},
                {"name": "Falla", "isFolder": False},
            ],
        },
    ]


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("Hola", {"scriptResult": "hola", "scriptError": "0"}),
        ("Callado", {"scriptError": "0"}),
        ("Eco", {"scriptResult": "año 1 & más", "scriptError": "0"}),
        ("Falla", {"scriptResult": "a medias", "scriptError": "3"}),
    ],
)
def test_a_script_runs_alone(
    server: FileMakerServer, client: Client, script: str, told: dict[str, str]
) -> None:
    response = client.call("GET", f"/layouts/Hoja/script/{script}", params={"script.param": "año 1 & más"})
    assert code(response) == "0"
    assert response.json()["response"] == told
    assert server.journal.calls[-1].scripts == (script,)


def test_a_script_alone_needs_its_layout_and_itself(client: Client) -> None:
    assert code(client.call("GET", "/layouts/Nada/script/Hola")) == "105"
    for missing in ("Nada", "Ventas", "hola"):  # a folder is no script, and letter case counts
        response = client.call("GET", f"/layouts/Hoja/script/{missing}")
        assert (response.status_code, code(response)) == (500, "104")


def _calls(client: Client, more: dict[str, Any]) -> Iterator[Any]:
    """Every call that allows scripts, each with its own way of naming them."""
    yield client.call("POST", "/layouts/Hoja/_find", json={"query": [{"Nombre": "=Ana"}]} | more)
    yield client.call("GET", RECORDS, params=more)
    yield client.call("GET", f"{RECORDS}/1", params=more)
    yield client.call("POST", RECORDS, json={"fieldData": {}} | more)
    yield client.call("PATCH", f"{RECORDS}/1", json={"fieldData": {"Nombre": "Eva"}} | more)
    yield client.call("POST", f"{RECORDS}/1", json=more)
    yield client.call("DELETE", f"{RECORDS}/2", params=more)
    yield client.call("DELETE", f"{RECORDS}/1", json=more)


def test_scripts_run_with_every_call_that_allows_them(server: FileMakerServer, client: Client) -> None:
    for response in _calls(client, ALL):
        assert _scripts(response) == TOLD
    ran = [note.scripts for note in server.journal.calls if note.call is not Call.LOGIN]
    assert ran == [("Eco", "Falla", "Hola")] * 8


def test_no_script_key_stands_where_none_ran(client: Client) -> None:
    for response in _calls(client, {}):
        assert _scripts(response) == {}


def test_an_empty_name_is_no_script(client: Client) -> None:
    response = client.call("GET", RECORDS, params={"script": "", "script.param": "x"})
    assert _scripts(response) == {}


@pytest.mark.parametrize("step", ["", ".prerequest", ".presort"])
def test_a_missing_script_fails_the_call_before_anything_is_written(
    server: FileMakerServer, client: Client, step: str
) -> None:
    for response in _calls(client, {"script.prerequest": "Eco", f"script{step}": "Nada"}):
        assert (response.status_code, code(response)) == (500, "104")
    records = data(client.call("GET", RECORDS))
    assert [(each["recordId"], each["modId"], each["fieldData"]) for each in records] == [
        ("1", "0", {"Nombre": "Ana"}),
        ("2", "0", {"Nombre": "Eva"}),
    ]
    assert all(note.scripts == () for note in server.journal.calls)


def test_a_call_that_fails_has_run_the_script_before_it_and_none_after(
    server: FileMakerServer, client: Client
) -> None:
    response = client.call("POST", "/layouts/Hoja/_find", json={"query": [{"Nombre": "=Nadie"}]} | ALL)
    assert code(response) == "401"
    assert response.json()["response"] == {}
    assert server.journal.calls[-1].scripts == ("Eco",)


@pytest.mark.parametrize("value", [True, ["Hola"], {"name": "Hola"}, None])
@pytest.mark.parametrize("name", ["script", "script.presort", "script.param"])
def test_what_is_no_text_is_refused(client: Client, name: str, value: object) -> None:
    response = client.call("POST", RECORDS, json={"fieldData": {}, name: value})
    assert (response.status_code, code(response)) == (400, "960")
    assert len(data(client.call("GET", RECORDS))) == 2


def test_a_delete_takes_no_notice_of_another_body(client: Client) -> None:
    headers = {"Content-Type": "text/plain"}
    response = client.call("DELETE", f"{RECORDS}/1", data=b"script=Hola", headers=headers)
    assert _scripts(response) == {}


def test_a_number_is_a_parameter_too(client: Client) -> None:
    body = json.dumps({"fieldData": {}, "script": "Eco", "script.param": 14})
    response = client.call("POST", RECORDS, data=body, headers={"Content-Type": "application/json"})
    assert _scripts(response) == {"scriptResult": "14", "scriptError": "0"}


def test_a_result_stands_before_the_parameter_it_returns() -> None:
    data_file = document(
        [{"name": "Nombre", "result": "text"}],
        [{"Nombre": "Ana"}],
        scripts=[{"name": "Recado", "result": "Recado: ", "returnsParameter": True}],
    )
    with running(data_file) as server, signed_in(server, DATABASE) as client:
        told = _scripts(client.call("GET", "/layouts/Hoja/script/Recado?script.param=llamar"))
        assert told["scriptResult"] == "Recado: llamar"
