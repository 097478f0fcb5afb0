"""Container fields of the FileMaker server: files go up, read back as a URL, and come down."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from ingenes_desktop.demo.filemaker.document import Document
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.filemaker.listener import BODY_LIMIT, UPLOAD_LIMIT
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import Client, Clock, code, data, running, signed_in, throw_away_tls

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
RECORD = "/layouts/Hoja/records/1"
DATABASE = "Prueba"
_DATABASE = {
    "name": DATABASE,
    "tables": [
        {
            "name": "Tabla",
            "fields": [
                {"name": "Nombre", "result": "text"},
                {"name": "Foto", "result": "container"},
                {"name": "Hojas", "result": "container", "maxRepeat": 3},
                {"name": "Oculto", "result": "container"},
                {"name": "Calculado", "result": "container", "type": "calculation"},
            ],
            "records": [
                {"Nombre": "Ana"},
                {"Foto": {"file": "eva.txt", "type": "text/plain", "base64": "aG9sYQ=="}},
            ],
        }
    ],
    "layouts": [
        {"name": "Hoja", "table": "Tabla", "fields": ["Nombre", "Foto", "Hojas", "Calculado"]},
    ],
}


@pytest.fixture
def server(clock: Clock) -> Iterator[FileMakerServer]:
    with running(Document.from_json(json.dumps({"databases": [_DATABASE]})), clock=clock) as running_server:
        yield running_server


def _upload(
    client: Client, field: str = "Foto", part: Any = ("foto.png", PNG, "image/png"), **more: Any
) -> Any:
    return client.call("POST", f"{RECORD}/containers/{field}", files={"upload": part}, **more)


def _shown(client: Client, name: str = "Foto", record: str = RECORD) -> str:
    value = data(client.call("GET", record))[0]["fieldData"][name]
    assert isinstance(value, str)
    return value


def _fetch(url: str, **more: Any) -> requests.Response:
    with requests.Session() as http:
        http.trust_env = False
        return http.get(url, timeout=10, **more)


def test_a_file_goes_up_and_comes_down(server: FileMakerServer, client: Client) -> None:
    response = _upload(client)
    assert response.json() == {"response": {"modId": "1"}, "messages": [{"code": "0", "message": "OK"}]}
    url = _shown(client)
    assert url.startswith(f"{server.origin}/Streaming_SSL/MainDB/")
    assert url.endswith(".png?RCType=EmbeddedRCFileProcessor")
    fetched = _fetch(url)
    assert (fetched.status_code, fetched.content) == (200, PNG)
    assert fetched.headers["Content-Type"] == "image/png"
    assert "foto.png" in fetched.headers["Content-Disposition"]
    assert "Content-Encoding" not in fetched.headers
    assert _shown(client) == url


def test_the_first_request_gets_a_cookie_and_the_same_address(client: Client) -> None:
    _upload(client)
    url = _shown(client)
    first = _fetch(url, allow_redirects=False)
    assert first.status_code == 302
    assert first.content != PNG
    assert client.token not in first.headers["Set-Cookie"]
    again = urlsplit(url)
    assert first.headers["Location"] == f"{again.path}?{again.query}"
    name, key = first.headers["Set-Cookie"].partition(";")[0].split("=")
    assert name == "X-FMS-Session-Key"
    assert _fetch(url, cookies={name: key}).content == PNG
    wrong = _fetch(url, cookies={name: "0" * len(key)})
    assert (wrong.status_code, wrong.headers["Content-Type"]) == (401, "text/html; charset=utf-8")


def test_a_query_that_is_no_ascii_goes_along(client: Client) -> None:
    _upload(client)
    url = urlsplit(_shown(client))
    with socket.create_connection((str(url.hostname), int(url.port or 0)), timeout=10) as connection:
        connection.sendall(f"GET {url.path}?a=\xe9&b=%0d%0a HTTP/1.0\r\n\r\n".encode("latin-1"))
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 302 ")
    assert f"\r\nLocation: {url.path}?a=%C3%A9&b=%0d%0a\r\n".encode() in answer


def test_a_file_is_fetched_once_more_by_head(client: Client) -> None:
    _upload(client)
    with requests.Session() as http:
        head = http.head(_shown(client), allow_redirects=True, timeout=10)
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", str(len(PNG)))


def test_a_files_url_ends_with_its_session(server: FileMakerServer, client: Client, clock: Clock) -> None:
    _upload(client)
    url = _shown(client)
    with signed_in(server, DATABASE) as other:
        others = _shown(other)
    assert others != url
    assert _fetch(others).status_code == 401
    clock.now += 899
    assert _fetch(url).status_code == 200
    clock.now += 1  # fetching does not keep the session
    assert _fetch(url).status_code == 401


def test_the_data_file_can_hold_files(client: Client) -> None:
    fetched = _fetch(_shown(client, record="/layouts/Hoja/records/2"))
    assert (fetched.content, fetched.headers["Content-Type"]) == (b"hola", "text/plain")


def test_repetitions_are_fields_of_their_own(client: Client) -> None:
    assert code(_upload(client, "Hojas/2", ("dos.txt", b"dos", "text/plain"))) == "0"
    assert code(_upload(client, "Foto/1", ("uno.txt", b"uno", "text/plain"))) == "0"
    assert _fetch(_shown(client, "Hojas(2)")).content == b"dos"
    assert _fetch(_shown(client, "Foto")).content == b"uno"
    assert _shown(client, "Hojas(1)") == ""


def test_an_empty_text_empties_a_container(client: Client) -> None:
    _upload(client)
    assert code(client.call("PATCH", RECORD, json={"fieldData": {"Foto": "algo"}})) == "201"
    assert code(client.call("PATCH", RECORD, json={"fieldData": {"Foto": ""}})) == "0"
    assert _shown(client) == ""


def test_only_the_part_named_upload_counts(client: Client) -> None:
    other = {"otro": ("a.txt", b"a", "text/plain"), "upload": ("b.txt", b"b", "text/plain")}
    assert code(client.call("POST", f"{RECORD}/containers/Foto", files=other)) == "0"
    assert _fetch(_shown(client)).content == b"b"
    missing = client.call("POST", f"{RECORD}/containers/Foto", files={"otro": ("a.txt", b"a", "text/plain")})
    assert (missing.status_code, missing.json()["messages"]) == (
        400,
        [{"code": "960", "message": "Upload payload must contain a part named 'upload'."}],
    )


@pytest.mark.parametrize(
    ("body", "content_type", "answer"),
    [
        (b"{}", "application/json", (415, "1705")),
        (b"", None, (415, "1705")),
        (b"x", "multipart/form-data", (400, "960")),
        (b"", "multipart/form-data; boundary=b", (400, "960")),
        (b"--b\r\nno form at all", "multipart/form-data; boundary=b", (400, "960")),
        (b"--b\r\nContent-Disposition: form-data; name=upload\r\n\r\ntexto\r\n--b--\r\n",
         "multipart/form-data; boundary=b", (400, "960")),
    ],
)  # fmt: skip
def test_what_is_no_upload_is_refused(
    client: Client, body: bytes, content_type: str | None, answer: tuple[int, str]
) -> None:
    response = client.call(
        "POST", f"{RECORD}/containers/Foto", data=body, headers={"Content-Type": content_type}
    )
    assert (response.status_code, code(response)) == answer
    assert _shown(client) == ""


@pytest.mark.parametrize(
    ("field", "refused"),
    [("Nada", "102"), ("Oculto", "102"), ("Nombre", "201"), ("Calculado", "201"), ("Foto/2", "102"),
     ("Hojas/4", "102"), ("Hojas/0", "102"), ("Hojas/-1", "102"), ("Hojas/uno", "102"),
     ("Hojas/99999", "102"), ("Foto.1", "102")],
)  # fmt: skip
def test_an_upload_needs_a_container_field(client: Client, field: str, refused: str) -> None:
    assert code(_upload(client, field)) == refused
    assert data(client.call("GET", RECORD))[0]["modId"] == "0"


def test_an_upload_needs_its_record(client: Client) -> None:
    files = {"upload": ("a", b"a", "text/plain")}
    assert code(client.call("POST", "/layouts/Hoja/records/9/containers/Foto", files=files)) == "101"


def test_mod_id_is_honoured(client: Client) -> None:
    stale = _upload(client, params={"modId": "7"})
    assert (stale.status_code, code(stale)) == (500, "306")
    assert _shown(client) == ""
    assert code(_upload(client, params={"modId": "0"})) == "0"
    assert code(_upload(client, params={"modId": "x"})) == "960"
    assert code(_upload(client, params={"otro": "1"})) == "960"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\\\fotos\\\\ana.png", "ana.png"),  # a header's backslashes are doubled
        ("..", "Untitled"),
        ("a\tb\x7f.png", "ab.png"),
        ("ñ" * 300 + ".png", "ñ" * 251 + ".png"),
    ],
)
def test_a_file_name_is_plain_and_bounded(
    server: FileMakerServer, client: Client, sent: str, kept: str
) -> None:
    assert code(_upload(client, part=(sent, PNG, "image/png"))) == "0"
    stored = server.table(DATABASE, "Tabla").record(1).values["Foto"]
    assert str(stored) == kept
    assert _fetch(_shown(client)).content == PNG


@pytest.mark.parametrize(
    ("name", "said", "sent"),
    [
        ("a.pdf", "application/octet-stream", "application/pdf"),
        ("a.pdf", None, "application/pdf"),
        ("a.zzz", None, "application/octet-stream"),
        ("a.tar.gz", None, "application/octet-stream"),
        ("a.pdf", "application/x-clinica", "application/x-clinica"),
        ("a.pdf", "no type", "application/pdf"),
    ],
)
def test_the_media_type_is_the_uploads_or_the_names(
    client: Client, name: str, said: str | None, sent: str
) -> None:
    assert code(_upload(client, part=(name, PNG, said))) == "0"
    assert _fetch(_shown(client)).headers["Content-Type"] == sent


def test_a_file_may_be_larger_than_another_body_but_not_without_bound(client: Client) -> None:
    large = b"x" * (BODY_LIMIT + 1)
    assert code(_upload(client, part=("a.bin", large, None))) == "0"
    assert _fetch(_shown(client)).content == large
    beyond = _upload(client, part=("a.bin", b"x" * UPLOAD_LIMIT, None))
    assert beyond.status_code == 413


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("", 404),
        ("/", 404),
        ("/..%2f..%2fetc%2fpasswd", 404),
        ("/x/y", 404),
        ("/%2e%2e", 401),
        ("/" + "A" * 64, 401),
    ],
)
def test_nothing_else_is_there(server: FileMakerServer, path: str, status: int) -> None:
    response = _fetch(server.origin + "/Streaming_SSL/MainDB" + path)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "text/html; charset=utf-8")


def test_the_journal_keeps_no_files_name(server: FileMakerServer, client: Client) -> None:
    _upload(client)
    url = _shown(client)
    _fetch(url)
    assert (server.journal.count(Call.UPLOAD), server.journal.count(Call.DOWNLOAD)) == (1, 2)
    assert urlsplit(url).path.rpartition("/")[2] not in repr(server.journal.calls)
    assert server.journal.calls_by_path["GET /Streaming_SSL/MainDB/{file}"] == 2


def test_the_url_has_the_name_the_client_calls_the_server_by(client: Client) -> None:
    _upload(client)
    response = client.call("GET", RECORD, headers={"Host": "localhost:3000"})
    assert data(response)[0]["fieldData"]["Foto"].startswith("http://localhost:3000/Streaming_SSL/")


def test_under_tls_the_url_and_the_cookie_are_safe(tmp_path: Path) -> None:
    context, authority = throw_away_tls(tmp_path)
    document = Document.from_json(json.dumps({"databases": [_DATABASE]}))
    with running(document, ssl_context=context) as server:
        client = Client(server, DATABASE)
        client.http.verify = str(authority)
        client.login()
        url = _shown(client, record="/layouts/Hoja/records/2")
        assert url.startswith(server.origin + "/Streaming_SSL/")
        assert url.startswith("https://")
        first = _fetch(url, allow_redirects=False, verify=str(authority))
        assert first.headers["Set-Cookie"].endswith("; Secure")
        assert _fetch(url, verify=str(authority)).content == b"hola"
        client.close()


@pytest.mark.parametrize("host", ['ev"il<b>', "a/../b", "user@host", "host:99999", "a" * 300])
def test_what_is_no_name_is_not_taken_for_the_servers(
    server: FileMakerServer, client: Client, host: str
) -> None:
    _upload(client)
    response = client.call("GET", RECORD, headers={"Host": host})
    assert data(response)[0]["fieldData"]["Foto"].startswith(server.origin + "/Streaming_SSL/")


def test_an_upload_may_be_chunked(client: Client) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="upload"; filename="a.txt"\r\n\r\nhola\r\n--b--\r\n'
    response = client.call(
        "POST",
        f"{RECORD}/containers/Foto",
        data=iter([body[:50], body[50:]]),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert code(response) == "0"
    assert _fetch(_shown(client)).content == b"hola"
