"""A small Data API client for the tests of the FileMaker server; it hides nothing of an answer."""

import json
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests
from requests.auth import HTTPBasicAuth

from ingenes_desktop.demo.certificates import ThrowAwayAuthority
from ingenes_desktop.demo.filemaker.document import Document, demo_document
from ingenes_desktop.demo.filemaker.server import FileMakerServer

ACCOUNT = "webapp"
PASSWORD = "caña-de-prueba"


_OPERATORS = re.compile(r'[\\@*#?!=<>"~≤≥…]|//|\.{2,}')


def escaped(text: str) -> str:
    """The text with each find operator made an ordinary character."""
    return _OPERATORS.sub(lambda found: "".join("\\" + sign for sign in found[0]), text)


class Clock:
    """Seconds that move only when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Client:
    """One connection to one database. Every call gives the HTTP response."""

    def __init__(self, server: FileMakerServer, database: str = "Clinica") -> None:
        self.http = requests.Session()
        self.http.trust_env = False
        self.base = server.base_url(database)
        self.token = ""

    def call(self, method: str, path: str, *, token: str | None = None, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        headers |= more.pop("headers", {})
        return self.http.request(method, self.base + path, headers=headers, timeout=10, **more)

    def login(self, account: str = ACCOUNT, password: str = PASSWORD, **more: Any) -> Any:
        more.setdefault("json", {})
        response = self.http.post(
            self.base + "/sessions",
            auth=HTTPBasicAuth(account.encode(), password.encode()),
            timeout=10,
            **more,
        )
        self.token = response.headers.get("X-FM-Data-Access-Token", "")
        return response

    def find(self, layout: str, *query: dict[str, Any], **more: Any) -> Any:
        body = {"query": list(query)} | {name.replace("__", "."): v for name, v in more.items()}
        return self.call("POST", f"/layouts/{quote(layout, safe='')}/_find", json=body)

    def found(self, criterion: str, *, field: str = "Email", layout: str = "@Usuarios") -> list[Any]:
        """The values of `field` in the records found, [] where FileMaker answers 401."""
        response = self.find(layout, {field: criterion})
        if code(response) == "401":
            assert response.status_code == 500
            return []
        assert code(response) == "0", response.text
        return [each["fieldData"][field] for each in data(response)]

    def close(self) -> None:
        self.http.close()


def code(response: requests.Response) -> str:
    """FileMaker's error code."""
    value = response.json()["messages"][0]["code"]
    assert isinstance(value, str)
    return value


def data(response: requests.Response) -> list[dict[str, Any]]:
    """The records of an answer."""
    value = response.json()["response"]["data"]
    assert isinstance(value, list)
    return value


@contextmanager
def running(document: Document | None = None, **more: Any) -> Iterator[FileMakerServer]:
    """A running server."""
    more = {"account": ACCOUNT, "password": PASSWORD} | more
    with FileMakerServer(document or demo_document(), **more) as server:
        yield server


@contextmanager
def signed_in(server: FileMakerServer, database: str = "Clinica") -> Iterator[Client]:
    """A client with an open session, which is closed behind it where that can still be."""
    client = Client(server, database)
    assert code(client.login()) == "0"
    try:
        yield client
    finally:
        with suppress(requests.ConnectionError):
            client.call("DELETE", f"/sessions/{client.token}")
        client.close()


def example() -> Document:
    """Two databases that have all a data file can say."""
    return Document.from_file(Path(__file__).with_name("filemaker_example.json"))


def document(fields: list[dict[str, Any]], records: list[dict[str, Any]], **more: Any) -> Document:
    """A document of one database "Prueba" with one table and one layout "Hoja"."""
    table = {"name": "Tabla", "fields": fields, "records": records}
    layout = {"name": "Hoja", "table": "Tabla"}
    database = {"name": "Prueba", "tables": [table], "layouts": [layout]} | more
    return Document.from_json(json.dumps({"databases": [database]}))


def throw_away_tls(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for loopback, and the file of the authority that vouches for it."""
    authority = ThrowAwayAuthority()
    file = folder / "authority.pem"
    file.write_bytes(authority.pem)
    return authority.server_context(), file


def plain_field(name: str, **more: object) -> dict[str, object]:
    """The metadata of a text field without an option, but for those given."""
    return {
        "name": name,
        "type": "normal",
        "displayType": "editText",
        "result": "text",
        "global": False,
        "autoEnter": False,
        "fourDigitYear": False,
        "maxRepeat": 1,
        "maxCharacters": 0,
        "notEmpty": False,
        "numeric": False,
        "timeOfDay": False,
        "repetitionStart": 1,
        "repetitionEnd": 1,
    } | more
