"""Sessions of the FileMaker server, over HTTP."""

import re
from collections.abc import Iterator

import pytest
import requests
from requests.auth import HTTPBasicAuth

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.document import Document
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import ACCOUNT, PASSWORD, Client, Clock, code, running, signed_in

_TWO_FILES = """{"databases": [
 {"name": "Uno", "tables": [{"name": "T", "fields": [{"name": "a", "result": "text"}]}],
  "layouts": [{"name": "L", "table": "T"}]},
 {"name": "Dos", "tables": [{"name": "T", "fields": [{"name": "b", "result": "text"}]}],
  "layouts": [{"name": "L", "table": "T"}]}]}"""


@pytest.fixture
def server(clock: Clock) -> Iterator[FileMakerServer]:
    with running(clock=clock, session_cap=2) as running_server:
        yield running_server


@pytest.fixture
def client(server: FileMakerServer) -> Iterator[Client]:
    client = Client(server)
    yield client
    client.close()


def test_a_login_gives_the_token_in_header_and_body(client: Client) -> None:
    response = client.login()
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    token = response.headers["X-FM-Data-Access-Token"]
    assert re.fullmatch("[0-9a-f]{52}", token)
    assert response.json() == {
        "response": {"token": token},
        "messages": [{"code": "0", "message": "OK"}],
    }


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"fmDataSource":[]}', b'{"fmDataSource":[{"database":"Otra"}]}']
)
@pytest.mark.parametrize("path", ["/sessions", "/sessions/"])
@pytest.mark.parametrize("version", ["v1", "v2", "vLatest"])
def test_every_way_clients_log_in(client: Client, body: bytes, path: str, version: str) -> None:
    response = client.http.post(
        client.base.replace("/v1/", f"/{version}/") + path,
        data=body,
        headers={"Content-Type": "application/json"},
        auth=HTTPBasicAuth(ACCOUNT.encode(), PASSWORD.encode()),
        allow_redirects=False,
        timeout=10,
    )
    assert code(response) == "0"


def test_an_unknown_database_is_802(server: FileMakerServer) -> None:
    client = Client(server, "Nada")
    response = client.login()
    assert (response.status_code, code(response)) == (500, "802")
    client.close()


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b'{"fmDataSource":{}}', b'{"a":NaN}', b"\xff"])
def test_a_malformed_login_body_is_960(client: Client, body: bytes) -> None:
    response = client.login(json=None, data=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, code(response)) == (400, "960")


def test_delete_ends_a_session(server: FileMakerServer, client: Client) -> None:
    client.login()
    response = client.http.delete(f"{client.base}/sessions/{client.token}", timeout=10)
    assert response.json() == {"response": {}, "messages": [{"code": "0", "message": "OK"}]}
    again = client.http.delete(f"{client.base}/sessions/{client.token}", timeout=10)
    assert (again.status_code, code(again)) == (401, "952")
    after = client.call("GET", "/layouts")
    assert (after.status_code, code(after)) == (401, "952")
    journal = server.journal
    assert (journal.opened, journal.closed, journal.open_sessions) == (1, 1, 0)


@pytest.mark.parametrize("token", ["x", "0" * 52, ""])
def test_an_unknown_token_is_952(client: Client, token: str) -> None:
    response = client.call("GET", "/layouts", token=token)
    assert (response.status_code, code(response)) == (401, "952")


def test_a_call_without_authorization_is_refused(client: Client) -> None:
    client.login()
    response = client.call("GET", "/layouts", headers={"Authorization": None})
    assert (response.status_code, code(response)) == (401, "10")


def test_each_call_starts_the_idle_time_again(server: FileMakerServer, client: Client, clock: Clock) -> None:
    client.login()
    validate = client.base.partition("/databases")[0] + "/validateSession"
    for _ in range(3):
        clock.now += 899
        assert code(client.call("GET", "/layouts")) == "0"
        clock.now += 899
        response = client.http.get(validate, headers={"Authorization": f"Bearer {client.token}"}, timeout=10)
        assert response.json()["response"] == {"isSessionInUse": False}
    clock.now += 900
    response = client.call("GET", "/layouts")
    assert (response.status_code, code(response)) == (401, "952")
    assert (server.journal.expired, server.journal.open_sessions) == (1, 0)


def test_the_cap_is_812_until_a_session_ends(client: Client, clock: Clock) -> None:
    client.login()
    first = client.token
    clock.now += 10
    assert code(client.login()) == "0"
    full = client.login()
    assert (full.status_code, code(full)) == (500, "812")
    assert "X-FM-Data-Access-Token" not in full.headers
    client.call("DELETE", f"/sessions/{first}")
    assert code(client.login()) == "0"
    clock.now += 900
    assert code(client.login()) == "0"


def test_a_token_belongs_to_one_database_in_one_letter_case() -> None:
    with running(Document.from_json(_TWO_FILES)) as server, signed_in(server, "Uno") as client:
        assert code(client.call("GET", "/layouts/L")) == "0"
        for other in ("Dos", "UNO"):
            client.base = server.base_url(other)
            response = client.call("GET", "/layouts/L")
            assert (response.status_code, code(response)) == (401, "952")
            assert code(client.call("DELETE", f"/sessions/{client.token}")) == "952"
        assert server.journal.open_sessions == 1


def test_product_info_and_databases_need_no_session(server: FileMakerServer) -> None:
    root = f"{server.origin}/fmi/data/vLatest"
    info = requests.get(root + "/productInfo", timeout=10).json()["response"]["productInfo"]
    assert info["timeStampFormat"] == "MM/dd/yyyy HH:mm:ss"
    names = requests.get(root + "/databases", timeout=10).json()["response"]
    assert names == {"databases": [{"name": "Clinica"}]}
    wrong = requests.get(root + "/databases", auth=("a", "b"), timeout=10)
    assert (wrong.status_code, code(wrong)) == (401, "212")


def test_the_journal_holds_calls_and_no_secret(server: FileMakerServer, client: Client) -> None:
    client.login()
    client.find("@Usuarios", {"Email": "==ana\\@clinica.example"})
    client.call("DELETE", f"/sessions/{client.token}")
    root = "/fmi/data/v1/databases/Clinica"
    assert server.journal.calls_by_path == {
        f"POST {root}/sessions": 1,
        f"POST {root}/layouts/@Usuarios/_find": 1,
        f"DELETE {root}/sessions/{{token}}": 1,
    }
    assert server.journal.count(Call.FIND) == 1
    text = repr(server.journal.calls)
    assert client.token not in text
    assert PASSWORD not in text


@pytest.mark.parametrize("method", ["DELETE", "GET", "PUT"])
def test_no_token_of_an_address_is_kept(server: FileMakerServer, client: Client, method: str) -> None:
    client.call(method, "/sessions/secreto/", token="")
    assert len(server.journal.calls) == 1
    assert "secreto" not in repr(server.journal.calls)


def test_a_session_in_use_does_not_idle_and_says_so(
    server: FileMakerServer, client: Client, clock: Clock
) -> None:
    client.login()
    validate = client.base.partition("/databases")[0] + "/validateSession"
    bearer = {"Authorization": f"Bearer {client.token}"}
    with server.sessions.use(client.token, "Clinica"):
        clock.now += 5000
        response = client.http.get(validate, headers=bearer, timeout=10)
        assert response.json()["response"] == {"isSessionInUse": True}
        clock.now += 5000
    clock.now += 899
    assert code(client.call("GET", "/layouts")) == "0"


def test_a_session_ended_under_a_running_call_is_112(server: FileMakerServer, client: Client) -> None:
    client.login()
    with (
        pytest.raises(FileMakerError, match="112"),
        server.sessions.use(client.token, "Clinica"),
    ):
        assert code(client.call("DELETE", f"/sessions/{client.token}")) == "0"


def test_a_call_with_another_versions_address_is_in_the_same_session(client: Client) -> None:
    client.login()
    for version in ("v1", "v2", "vLatest"):
        base = client.base.replace("/v1/", f"/{version}/")
        bearer = {"Authorization": f"bearer {client.token}"}
        assert code(client.http.get(base + "/layouts/", headers=bearer, timeout=10)) == "0"


def test_validating_a_session_keeps_it(client: Client, clock: Clock) -> None:
    client.login()
    validate = client.base.partition("/databases")[0] + "/validateSession"
    bearer = {"Authorization": f"Bearer {client.token}"}
    for _ in range(3):
        clock.now += 899
        response = client.http.get(validate, headers=bearer, timeout=10)
        assert response.json()["response"] == {"isSessionInUse": False}
    clock.now += 900
    response = client.http.get(validate, headers=bearer, timeout=10)
    assert (response.status_code, code(response)) == (401, "952")


def test_the_fields_of_a_layout_are_told_at_the_old_address_too(client: Client) -> None:
    client.login()
    old = client.call("GET", "/layouts/@Usuarios/metadata").json()["response"]["metaData"]
    new = client.call("GET", "/layouts/@Usuarios").json()["response"]["fieldMetaData"]
    assert [each["name"] for each in old] == [each["name"] for each in new]
    assert {each["global"] for each in old} == {"false"}
    assert {each["repetitions"] for each in old} == {1}


def test_a_layouts_metadata_may_name_a_record(client: Client) -> None:
    client.login()
    assert code(client.call("GET", "/layouts/@Usuarios", params={"recordId": "1"})) == "0"
    assert code(client.call("GET", "/layouts/@Usuarios", params={"recordId": "999"})) == "101"
    assert code(client.call("GET", "/layouts/@Usuarios", params={"otro": "1"})) == "960"
