"""Who may open a database of the FileMaker server."""

import base64
from collections.abc import Iterator

import pytest
import requests
from requests.auth import HTTPBasicAuth

from ingenes_desktop.demo.filemaker.document import Document
from tests.demo.filemaker_client import ACCOUNT, PASSWORD, Client, code, running


@pytest.fixture
def client() -> Iterator[Client]:
    with running() as server:
        client = Client(server)
        yield client
        client.close()


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_the_account_is_understood_in_both_encodings(client: Client, encoding: str) -> None:
    basic = base64.b64encode(f"{ACCOUNT}:{PASSWORD}".encode(encoding)).decode()
    response = client.call("POST", "/sessions", json={}, headers={"Authorization": f"Basic {basic}"})
    assert code(response) == "0"


@pytest.mark.parametrize(
    ("account", "password"),
    [(ACCOUNT, "otra"), (ACCOUNT, ""), ("otra", PASSWORD), (ACCOUNT, PASSWORD.replace("ñ", "n"))],
)
def test_a_wrong_account_is_refused(client: Client, account: str, password: str) -> None:
    response = client.login(account, password)
    assert (response.status_code, code(response)) == (401, "212")
    assert client.token == ""


@pytest.mark.parametrize(
    ("authorization", "expected"), [("", "10"), ("Bearer x", "10"), ("Basic %%%", "212")]
)
def test_a_login_without_an_account(client: Client, authorization: str, expected: str) -> None:
    response = client.call("POST", "/sessions", json={}, headers={"Authorization": authorization or None})
    assert (response.status_code, code(response)) == (401, expected)


@pytest.mark.parametrize(
    "body",
    [
        {"fmDataSource": [{"database": "Otra", "username": "x", "password": "cualquiera"}]},
        {"fmDataSource": [{"database": "Otra", "oAuthRequestId": "E6", "oAuthIdentifier": "B1"}]},
    ],
)
def test_accounts_of_other_files_are_not_tried_at_the_login(client: Client, body: object) -> None:
    assert code(client.login(json=body)) == "0"


@pytest.mark.parametrize("body", [{"fmDataSource": [1]}, {"fmDataSource": [{"database": 1}]}, {"otro": []}])
def test_an_account_of_another_file_is_an_object_of_texts(client: Client, body: object) -> None:
    response = client.login(json=body)
    assert (response.status_code, code(response)) == (400, "960")


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "FMID eyJ0", "Content-Type": "application/json"},
        {"X-FM-Data-OAuth-Request-Id": "E6", "X-FM-Data-OAuth-Identifier": "B1"},
    ],
)
def test_accounts_kept_elsewhere_are_refused(client: Client, headers: dict[str, str]) -> None:
    response = client.http.post(client.base + "/sessions", json={}, headers=headers, timeout=10)
    assert (response.status_code, code(response)) == (401, "1702")


def test_a_claris_id_token_opens_no_call_either(client: Client) -> None:
    response = client.call("GET", "/layouts", headers={"Authorization": "FMID eyJ0"})
    assert (response.status_code, code(response)) == (401, "1702")


_ACCOUNTS = """{"databases": [
 {"name": "Uno", "tables": [{"name": "T", "fields": [{"name": "a", "result": "text"}]}],
  "layouts": [{"name": "L", "table": "T"}],
  "accounts": [{"name": "uno", "password": "de uno"},
               {"name": "sin", "password": "fmrest", "dataApi": false}]},
 {"name": "Dos", "tables": [{"name": "T", "fields": [{"name": "b", "result": "text"}]}],
  "layouts": [{"name": "L", "table": "T"}]}]}"""


@pytest.mark.parametrize(
    ("account", "password", "databases"),
    [
        (ACCOUNT, PASSWORD, ["Uno", "Dos"]),
        ("uno", "de uno", ["Uno"]),
        ("uno", PASSWORD, []),
        ("sin", "fmrest", []),
    ],
)
def test_an_account_opens_its_own_databases(account: str, password: str, databases: list[str]) -> None:
    with running(Document.from_json(_ACCOUNTS)) as server:
        for name in ("Uno", "Dos"):
            client = Client(server, name)
            assert code(client.login(account, password)) == ("0" if name in databases else "212")
            client.close()
        listed = requests.get(
            f"{server.origin}/fmi/data/v1/databases",
            auth=HTTPBasicAuth(account.encode(), password.encode()),
            timeout=10,
        )
        names = [each["name"] for each in listed.json()["response"].get("databases", [])]
        assert (names, code(listed)) == (databases, "0" if databases else "212")
