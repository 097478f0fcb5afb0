"""Starting and stopping the FileMaker server, with and without TLS."""

import http.client
import socket
import threading
from pathlib import Path

import pytest
import requests

from ingenes_desktop.demo.filemaker.document import demo_document
from ingenes_desktop.demo.filemaker.faults import Slow
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import (
    ACCOUNT,
    PASSWORD,
    Client,
    code,
    running,
    signed_in,
    throw_away_tls,
)


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


def _connection_threads() -> set[threading.Thread]:
    return {each for each in threading.enumerate() if "process_request_thread" in each.name}


def test_stop_leaves_no_connection_behind(server: FileMakerServer) -> None:
    before = _connection_threads()
    with signed_in(server) as client:
        server.faults.switch_on(Slow(600))
        asking = threading.Thread(target=lambda: _lost(client))
        asking.start()
        assert server.journal.wait_until(lambda journal: len(journal.calls) == 2, 10)
        assert _connection_threads() - before
        server.stop()
        assert not _connection_threads() - before
        asking.join(10)


def _lost(client: Client) -> None:
    with pytest.raises(requests.ConnectionError):
        client.call("GET", "/layouts")


def test_stop_ends_a_handshake_that_nobody_goes_on_with(tmp_path: Path) -> None:
    context, certificate = throw_away_tls(tmp_path)
    before = _connection_threads()
    with running(ssl_context=context) as server:
        host, port = server.origin.removeprefix("https://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as silent:
            # A second connection that is served shows that the first has been accepted.
            requests.get(server.origin + "/fmi/data/v1/productInfo", verify=str(certificate), timeout=10)
            server.stop()
            assert not _connection_threads() - before
            assert silent.recv(1) == b""


def test_a_server_that_starts_again_keeps_port_and_sessions(server: FileMakerServer) -> None:
    with signed_in(server) as client:
        origin = server.origin
        server.stop()
        with pytest.raises(requests.ConnectionError):
            client.call("GET", "/layouts")
        server.start()
        assert server.origin == origin
        assert code(client.call("GET", "/layouts")) == "0"
        server.faults.switch_on(Slow(0.2))
        assert client.call("GET", "/layouts").elapsed.total_seconds() >= 0.2
        with pytest.raises(RuntimeError):
            server.start()


def test_tls_does_not_wait_for_a_client_that_says_nothing(tmp_path: Path) -> None:
    context, certificate = throw_away_tls(tmp_path)
    with running(ssl_context=context) as server:
        host, port = server.origin.removeprefix("https://").split(":")
        with socket.create_connection((host, int(port)), timeout=10):
            response = requests.get(
                f"{server.origin}/fmi/data/v1/productInfo", verify=str(certificate), timeout=10
            )
        assert code(response) == "0"
        assert server.base_url("Mi base").endswith("/fmi/data/v1/databases/Mi%20base")
