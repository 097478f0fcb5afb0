"""How the FileMaker server speaks HTTP: verbs, bodies, connections, TLS."""

import http.client
import json
import logging
import socket
import time

import pytest
import requests

from ingenes_desktop.demo.filemaker.listener import BODY_LIMIT
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import (
    PASSWORD,
    Client,
    code,
    data,
    running,
    signed_in,
)


def test_one_connection_carries_successes_and_refusals(server: FileMakerServer, client: Client) -> None:
    layout = "/layouts/@Usuarios"
    assert code(client.find("@Usuarios", {"Email": "==nadie"})) == "401"
    assert code(client.find("Nada", {"Email": "==nadie"})) == "105"
    assert client.call("GET", "/nada").status_code == 404
    assert client.call("PUT", layout, data=b"x" * 5000).status_code == 405
    assert client.call("POST", layout + "/_find", data=b"x" * 5000).status_code == 415
    assert code(client.call("GET", layout)) == "0"
    assert server.journal.connections == 1


@pytest.mark.parametrize("method", ["PUT", "OPTIONS", "DELETE", "PATCH", "TRACE", "NONSENSE"])
def test_a_wrong_verb_is_1704_and_told_which_are_right(client: Client, method: str) -> None:
    response = client.call(method, "/layouts/@Usuarios", json={})
    assert (response.status_code, code(response)) == (405, "1704")
    assert response.headers["Allow"] == "GET"
    response = client.call("PUT", "/layouts/@Usuarios/records/1", json={})
    assert response.headers["Allow"] == "DELETE, GET, PATCH, POST"


def test_head_is_no_verb_either_and_has_no_body(client: Client) -> None:
    response = client.call("HEAD", "/layouts/@Usuarios")
    assert (response.status_code, response.content) == (405, b"")
    assert response.headers["Allow"] == "GET"
    assert client.call("HEAD", "/nada").status_code == 404
    assert code(client.call("GET", "/layouts")) == "0"


def test_an_address_longer_than_claris_allows_is_414(server: FileMakerServer, client: Client) -> None:
    path = "/layouts/@Usuarios/records"
    whole = len(client.base.removeprefix(server.origin) + path + "?script.param=")
    fitting = client.call("GET", path, params={"script.param": "x" * (2000 - whole)})
    assert code(fitting) == "0"
    long = client.call("GET", path, params={"script.param": "x" * (2001 - whole)})
    assert (long.status_code, long.headers["Content-Type"]) == (414, "text/html; charset=utf-8")
    assert code(client.call("GET", "/layouts")) == "0"
    assert server.journal.connections == 1


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/layouts", "0"),
        ("DELETE", "/layouts/@Usuarios/records/2", "0"),
        ("PATCH", "/layouts/@Usuarios/records/1", "0"),
        ("POST", "/layouts/@Usuarios/records/1", "0"),
        ("DELETE", "/sessions/nada", "952"),
        ("PUT", "/layouts", "1704"),
    ],
)
def test_a_chunked_body_may_come_with_every_verb(
    server: FileMakerServer, client: Client, method: str, path: str, expected: str
) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.call(method, path, data=iter([b"{", b"}"]), headers=headers)
    assert code(response) == expected
    assert code(client.call("GET", "/layouts")) == "0"
    assert server.journal.connections == 1


def test_a_client_that_waits_for_leave_to_send_its_body_gets_it(server: FileMakerServer) -> None:
    head = "POST /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
    answer = _raw(server, head + "Connection: close\r\n\r\n{}")
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 ")


def test_the_headers_of_an_answer_are_those_of_real_servers(client: Client) -> None:
    for response in (client.call("GET", "/layouts"), client.find("@Usuarios", {"Email": "==nadie"})):
        headers = response.headers
        assert headers["Content-Type"] == "application/json; charset=utf-8"
        assert headers["Cache-Control"] == "no-cache"
        assert headers["ETag"].startswith('W/"')
        assert headers["Vary"] == "Accept-Encoding"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "WWW-Authenticate" not in headers


@pytest.mark.parametrize(
    "path", ["/", "/fmi", "/fmi/data/v3/productInfo", "/fmi/data/v1/databases/Clinica/nada/<b>"]
)
def test_outside_the_api_is_an_html_404(server: FileMakerServer, path: str) -> None:
    response = requests.get(server.origin + path, timeout=10)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "<b>" not in response.text


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_needs_its_content_type(client: Client, content_type: str | None) -> None:
    response = client.call(
        "POST", "/layouts/@Usuarios/_find", data=b"{}", headers={"Content-Type": content_type}
    )
    assert (response.status_code, code(response)) == (415, "1705")


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"null", b"\xff\xfe", b'{"query":NaN}', b'{"query":[{"Email":1e999}]}',
             b'{"query":[{"a":"\\ud800"}]}',
             b'{"a":' * 9000, b'{"query":[{"id":1' + b"0" * 5000 + b"}]}"],
)  # fmt: skip
def test_a_malformed_body_is_960(client: Client, body: bytes) -> None:
    response = client.call(
        "POST", "/layouts/@Usuarios/_find", data=body, headers={"Content-Type": "application/json"}
    )
    assert (response.status_code, code(response)) == (400, "960")
    assert code(client.call("GET", "/layouts")) == "0"


def test_a_chunked_body_is_read(server: FileMakerServer, client: Client) -> None:
    pieces = [b'{"query":[{"Em', b'ail":"==ana\\\\', b'@clinica.example"}]}']
    response = client.call(
        "POST",
        "/layouts/%40Usuarios/_find",
        data=iter(pieces),
        headers={"Content-Type": "application/json"},
    )
    assert data(response)[0]["fieldData"]["Email"] == "ana@clinica.example"
    assert code(client.call("GET", "/layouts")) == "0"
    assert server.journal.connections == 1


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_beyond_the_bound_is_413(client: Client, *, chunked: bool) -> None:
    body = b"x" * (BODY_LIMIT + 1)
    response = client.call(
        "POST",
        "/layouts/@Usuarios/_find",
        data=iter([body]) if chunked else body,
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == 413
    assert response.headers["Connection"] == "close"
    assert code(client.call("GET", "/layouts")) == "0"


@pytest.mark.parametrize("length", ["-1", "abc", "²", "9" * 5000])
def test_a_content_length_that_is_none_is_400(server: FileMakerServer, length: str) -> None:
    answer = _raw(server, f"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")


_CHUNKED = "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "body",
    ["zz\r\nabc\r\n", "-3\r\nabc\r\n", "\r\n", "3\r\nabcd\r\n0\r\n\r\n", "111111111\r\n", "²\r\n",
     "0\r\n" + "X: 1\r\n" * 200 + "\r\n", "3;" + "x" * 9000 + "\r\nabc\r\n0\r\n\r\n"],
)  # fmt: skip
def test_broken_chunks_are_400(server: FileMakerServer, body: str) -> None:
    assert _raw(server, _CHUNKED + body).startswith(b"HTTP/1.1 400 ")


def test_chunks_may_have_extensions_and_fields_behind_them(server: FileMakerServer) -> None:
    body = '5;name=value\r\n{"a":\r\nA ; b\r\n"1234567"}\r\n000;c\r\nX-Check: 1\r\nY: 2\r\n\r\n'
    last = "GET /y HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    answer = _raw(server, _CHUNKED + body + last)
    assert (answer.count(b"HTTP/1.1 404 "), b"Cannot GET /y" in answer) == (2, True)


def _raw(server: FileMakerServer, text: str) -> bytes:
    host, port = server.origin.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(text.encode("latin-1"))
        answer = b""
        while piece := connection.recv(4096):
            answer += piece
    return answer


def test_an_answer_over_a_kilobyte_is_compressed_when_asked_for(client: Client) -> None:
    path = "/layouts/@Usuarios"
    zipped = client.call("GET", path, headers={"Accept-Encoding": "gzip"})
    plain = client.call("GET", path, headers={"Accept-Encoding": "identity"})
    small = client.call("GET", "/scripts", headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in small.headers
    assert zipped.json() == plain.json()
    assert int(zipped.headers["Content-Length"]) < int(plain.headers["Content-Length"])


def test_a_kept_connection_costs_no_delay(client: Client) -> None:
    durations = []
    for _ in range(40):
        begun = time.perf_counter()
        client.call("GET", "/layouts")
        durations.append(time.perf_counter() - begun)
    assert min(durations[20:]) < 0.03  # delayed ACKs would cost each of them 40 ms


def test_nothing_is_written_to_the_terminal(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="ingenes_desktop")
    caplog.set_level(logging.DEBUG, logger="werkzeug")
    with running() as server, signed_in(server) as client:
        client.find("@Usuarios", {"Email": "==nadie"})
        client.login("webapp", "equivocada")
        _raw(server, "broken\r\n\r\n")
        token = client.token
    written = "".join(capfd.readouterr()) + caplog.text
    assert PASSWORD not in written
    assert capfd.readouterr() == ("", "")
    assert "werkzeug" not in {record.name for record in caplog.records}
    assert token == ""


def test_expect_continue_is_answered_once(server: FileMakerServer) -> None:
    connection = http.client.HTTPConnection(server.origin.removeprefix("http://"), timeout=10)
    body = json.dumps({}).encode()
    connection.putrequest("POST", "/fmi/data/v1/databases/Clinica/sessions")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(len(body)))
    connection.putheader("Expect", "100-continue")
    connection.endheaders(body)
    assert connection.getresponse().status == 401
    connection.close()
