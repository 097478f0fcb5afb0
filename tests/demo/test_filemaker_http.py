"""How the FileMaker server speaks HTTP: verbs, bodies, connections, TLS."""

import http.client
import json
import logging
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ingenes_desktop.demo.filemaker.document import demo_document
from ingenes_desktop.demo.filemaker.faults import Slow
from ingenes_desktop.demo.filemaker.listener import BODY_LIMIT
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import ACCOUNT, PASSWORD, Client, code, data, running, signed_in


@pytest.fixture
def server() -> Iterator[FileMakerServer]:
    with running() as running_server:
        yield running_server


@pytest.fixture
def client(server: FileMakerServer) -> Iterator[Client]:
    with signed_in(server) as client:
        yield client


def test_one_connection_carries_successes_and_refusals(server: FileMakerServer, client: Client) -> None:
    layout = "/layouts/@Usuarios"
    assert code(client.find("@Usuarios", {"Email": "==nadie"})) == "401"
    assert code(client.find("Nada", {"Email": "==nadie"})) == "105"
    assert client.call("GET", "/nada").status_code == 404
    assert client.call("PUT", layout, data=b"x" * 5000).status_code == 405
    assert client.call("POST", layout + "/_find", data=b"x" * 5000).status_code == 415
    assert code(client.call("GET", layout)) == "0"
    assert server.journal.connections == 1


@pytest.mark.parametrize("method", ["PUT", "OPTIONS", "DELETE", "PATCH"])
def test_a_wrong_verb_is_1704(client: Client, method: str) -> None:
    response = client.call(method, "/layouts/@Usuarios", json={})
    assert (response.status_code, code(response)) == (405, "1704")


def test_head_is_no_verb_either_and_has_no_body(client: Client) -> None:
    response = client.call("HEAD", "/layouts/@Usuarios")
    assert (response.status_code, response.content) == (405, b"")
    assert code(client.call("GET", "/layouts")) == "0"


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
    "body", [b"{", b"[]", b"null", b"\xff\xfe", b'{"query":NaN}', b'{"query":[{"a":"\\ud800"}]}',
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


@pytest.mark.parametrize("length", ["-1", "abc", "²"])
def test_a_content_length_that_is_none_is_400(server: FileMakerServer, length: str) -> None:
    answer = _raw(server, f"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_broken_chunks_are_400(server: FileMakerServer) -> None:
    head = "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert _raw(server, head + "zz\r\nabc\r\n").startswith(b"HTTP/1.1 400 ")


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


def test_a_port_in_use_is_an_os_error(server: FileMakerServer) -> None:
    port = int(server.origin.rpartition(":")[2])
    second = FileMakerServer(demo_document(), account=ACCOUNT, password=PASSWORD, port=port)
    with pytest.raises(OSError, match="in use"):
        second.start()


def test_stop_ends_idle_connections_and_answers_held_back(server: FileMakerServer) -> None:
    with signed_in(server) as client:
        server.faults.switch_on(Slow(600))
        failures: list[Exception] = []

        def ask() -> None:
            try:
                client.call("GET", "/layouts")
            except requests.RequestException as error:
                failures.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        assert server.journal.wait_until(lambda journal: len(journal.calls) == 2, 10)
        idle = http.client.HTTPConnection(server.origin.removeprefix("http://"), timeout=10)
        idle.connect()
        assert server.journal.wait_until(lambda journal: journal.connections == 2, 10)
        server.stop()
        asking.join(10)
        assert isinstance(failures[0], requests.ConnectionError)
        assert idle.sock.recv(1) == b""
        idle.close()


def test_a_server_that_starts_again_keeps_port_and_sessions(server: FileMakerServer) -> None:
    with signed_in(server) as client:
        origin = server.origin
        server.stop()
        with pytest.raises(requests.ConnectionError):
            client.call("GET", "/layouts")
        server.start()
        assert server.origin == origin
        assert code(client.call("GET", "/layouts")) == "0"
        with pytest.raises(RuntimeError):
            server.start()


def _throw_away_certificate(folder: Path) -> tuple[Path, Path]:
    """A key and a self-signed certificate for 127.0.0.1, good for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(tz=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    key_path, certificate_path = folder / "key.pem", folder / "certificate.pem"
    key_path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    certificate_path.write_bytes(certificate.public_bytes(pem))
    return key_path, certificate_path


def test_tls_does_not_wait_for_a_client_that_says_nothing(tmp_path: Path) -> None:
    key, certificate = _throw_away_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with running(ssl_context=context) as server:
        host, port = server.origin.removeprefix("https://").split(":")
        with socket.create_connection((host, int(port)), timeout=10):
            response = requests.get(
                f"{server.origin}/fmi/data/v1/productInfo", verify=str(certificate), timeout=10
            )
        assert code(response) == "0"
        assert server.base_url("Mi base").endswith("/fmi/data/v1/databases/Mi%20base")


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
