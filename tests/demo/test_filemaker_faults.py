"""The faults of the FileMaker server, each as a client meets it."""

import pytest
import requests

from ingenes_desktop.demo.filemaker import faults
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import Client, code, data, example, running, signed_in

ANA = {"Email": "==ana\\@clinica.example"}


def _answer(response: requests.Response) -> tuple[int, str]:
    return response.status_code, code(response)


def test_tokens_that_expire_now(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.TokenExpired(), count=1)
    assert _answer(client.find("@Usuarios", ANA)) == (401, "952")
    assert server.journal.expired == 1
    client.login()
    assert _answer(client.find("@Usuarios", ANA)) == (200, "0")


def test_all_sessions_can_be_ended_at_once(server: FileMakerServer, client: Client) -> None:
    server.sessions.expire_all()
    assert _answer(client.find("@Usuarios", ANA)) == (401, "952")
    assert server.journal.open_sessions == 0


def test_full(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.Full())
    for _ in range(3):
        assert _answer(client.login()) == (500, "812")
    server.faults.switch_off(faults.Full)
    assert _answer(client.login()) == (200, "0")


def test_account_refused(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.AccountRefused(), count=1)
    assert _answer(client.login()) == (401, "212")
    assert _answer(client.login()) == (200, "0")


def test_engine_down(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.EngineDown(retry_after="7"), count=2)
    for path in ("/layouts", "/sessions/x"):
        response = client.call("GET" if path == "/layouts" else "DELETE", path)
        assert response.status_code == 503
        assert response.headers["Content-Type"].startswith("text/html")
        assert response.headers["Retry-After"] == "7"
    assert code(client.call("GET", "/layouts")) == "0"


def test_slow_answers_of_one_call_only(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.Slow(30), on=Call.FIND)
    assert code(client.call("GET", "/layouts")) == "0"
    with pytest.raises(requests.ReadTimeout):
        client.http.post(
            client.base + "/layouts/@Usuarios/_find",
            json={"query": [ANA]},
            headers={"Authorization": f"Bearer {client.token}"},
            timeout=0.3,
        )
    assert server.journal.count(Call.FIND) == 1


def test_a_slow_answer_takes_that_long(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.Slow(0.2))
    assert client.call("GET", "/layouts").elapsed.total_seconds() >= 0.2


def test_half_json_at_a_login_still_opens_a_session(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.HalfJson(), count=1)
    response = client.login()
    assert response.status_code == 200
    with pytest.raises(requests.JSONDecodeError):
        response.json()
    assert server.journal.open_sessions == 2
    assert _answer(client.call("DELETE", f"/sessions/{client.token}")) == (200, "0")


def test_cut_off(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.CutOff(), count=1, on=Call.LAYOUTS)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        client.call("GET", "/layouts")
    assert code(client.call("GET", "/layouts")) == "0"


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (faults.ErrorCode(301), 500),
        (faults.ErrorCode(953), 500),
        (faults.ErrorCode(401, status=200), 200),
        (faults.ErrorCode(8003), 500),
    ],
)
def test_any_error_code(
    server: FileMakerServer, client: Client, fault: faults.ErrorCode, status: int
) -> None:
    server.faults.switch_on(fault, count=1, on=Call.FIND)
    assert code(client.call("GET", "/layouts")) == "0"
    assert _answer(client.find("@Usuarios", ANA)) == (status, str(fault.code))
    assert code(client.find("@Usuarios", ANA)) == "0"


@pytest.mark.parametrize("asked", ["ana@clinica.example", "nadie@clinica.example"])
def test_look_alike(server: FileMakerServer, client: Client, asked: str) -> None:
    server.faults.switch_on(faults.LookAlike(), count=1)
    (record,) = data(client.find("@Usuarios", {"Email": "==" + asked.replace("@", "\\@")}))
    assert record["fieldData"]["Email"] == asked.replace("@", "x")
    person = ("ana@clinica.example", 101)
    assert (asked, record["fieldData"]["id"]) != person


@pytest.mark.parametrize("field", ["Empresas::nombre", "Citas::Motivo", "gAviso", "Nada"])
def test_a_look_alike_is_told_by_a_field_of_its_own_table(field: str) -> None:
    with running(example()) as server, signed_in(server, "Clinica Norte") as client:
        server.faults.switch_on(faults.LookAlike(field), count=1)
        (record,) = data(client.find("Usuarios", {"Email": "==ana\\@norte.example"}))
        assert record["fieldData"]["Email"] == "ana@norte.example"


def test_duplicate_of_another_user(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.Duplicate(), count=1)
    response = client.find("@Usuarios", ANA)
    first, second = data(response)
    assert response.json()["response"]["dataInfo"]["foundCount"] == 2
    assert first["fieldData"]["Email"] == second["fieldData"]["Email"]
    assert (first["recordId"], second["recordId"]) == ("1", "1001")
    assert first["fieldData"]["idUsuario"] != second["fieldData"]["idUsuario"]


def test_duplicate_of_the_same_user(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.Duplicate(field=""), count=1)
    first, second = data(client.find("@Usuarios", ANA))
    assert first["fieldData"] == second["fieldData"]
    assert len(server.table("Clinica", "Usuarios")) == 25


def test_no_record(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.NoRecord(), count=1)
    assert _answer(client.find("@Usuarios", ANA)) == (500, "401")
    assert _answer(client.find("@Usuarios", ANA)) == (200, "0")


def test_field_missing(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.FieldMissing("Email"))
    assert _answer(client.find("@Usuarios", ANA)) == (500, "102")
    names = client.call("GET", "/layouts/@Usuarios").json()["response"]["fieldMetaData"]
    assert "Email" not in [field["name"] for field in names]
    server.faults.switch_on(faults.FieldMissing("Email", searchable=True))
    (record,) = data(client.find("@Usuarios", ANA))
    assert "Email" not in record["fieldData"]
    assert record["fieldData"]["id"] == 101


def test_field_values(server: FileMakerServer, client: Client) -> None:
    odd = {"nombreCompleto": None, "tipo": ["x"], "celular": 5.5, "nuevo": {"a": "<img>"}}
    server.faults.switch_on(faults.FieldValues(odd), count=1)
    (record,) = data(client.find("@Usuarios", ANA))
    assert {name: record["fieldData"][name] for name in odd} == odd
    (record,) = data(client.find("@Usuarios", ANA))
    assert record["fieldData"]["celular"] == "5550100101"


def test_other_base_table(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.OtherBaseTable("_webappSalesContacts", "Contactos"))
    response = client.call("GET", "/layouts/_webappSalesContacts/records/1")
    assert response.json()["response"]["dataInfo"]["table"] == "Contactos"
    assert data(response)[0]["fieldData"]["Email"] == "compras@proveedora.example"
    layouts = client.call("GET", "/layouts").json()["response"]["layouts"]
    assert {"name": "_webappSalesContacts", "table": "Contactos"} in layouts
    own = client.find("@Usuarios", ANA).json()["response"]["dataInfo"]
    assert own["table"] == "Usuarios"
