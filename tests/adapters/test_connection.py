"""Connections: names with a limit, addresses that share one limit, sockets that obey their attempt."""

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from threading import Event, Thread
from time import monotonic
from warnings import catch_warnings, simplefilter

import pytest

from ingenes_desktop.adapters.connection import (
    Address,
    Dialing,
    _GuardedHTTPSConnection,
    resolve_by_system,
)
from ingenes_desktop.adapters.transport import Transport
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from tests.scripted_cloud import new_attempt
from tests.scripted_server import (
    Behaviour,
    Request,
    ScriptedServer,
    Wire,
    hang,
    html,
    inspecting_proxy,
    proxy,
    respond,
    silent_at_connect,
    whole_answer,
)
from tests.tls import Authority

HOST = "fm.clinica.example"
OK = respond(200, b"{}", content_type="application/json")


class Edge:
    """A transport whose names lead to servers of this machine."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.addresses: list[Address] = []
        self.asked: list[str] = []

    def transport(self, *, refuse_local: bool = False, proxy_url: str | None = None) -> Transport:
        return Transport(
            dialing=Dialing(self.resolve, 0.5, 0.5, refuse_local),
            read_seconds=1.0,
            proxy_for=lambda _url: proxy_url,
            trust=self.authority.trust,
            user_agent="ingenes-desktop/test",
        )

    def resolve(self, host: str, port: int) -> list[Address]:
        self.asked.append(host)
        if host == "proxy.clinica.example":
            return [(socket.AF_INET, ("127.0.0.1", port))]
        return self.addresses

    def lead_to(self, server: ScriptedServer) -> None:
        self.addresses = [(socket.AF_INET, ("127.0.0.1", server.port))]


@pytest.fixture
def edge(authority: Authority) -> Edge:
    return Edge(authority)


@pytest.fixture
def server(authority: Authority, edge: Edge) -> Iterator[ScriptedServer]:
    with ScriptedServer(OK, tls=authority.valid(HOST)) as running:
        edge.lead_to(running)
        yield running


def post(transport: Transport, attempt: Attempt | None = None, *, body: bytes = b"clave=canario") -> bytes:
    answer = transport.send(
        "POST", f"https://{HOST}/x", headers={}, body=body, attempt=attempt or new_attempt()
    )
    return answer.body


def failure(transport: Transport, attempt: Attempt | None = None) -> AuthError:
    with pytest.raises(AuthError) as caught:
        post(transport, attempt)
    return caught.value


def test_names_are_looked_up_by_the_system() -> None:
    assert (int(socket.AF_INET), ("127.0.0.1", 443)) in resolve_by_system("127.0.0.1", 443)


def test_a_connection_is_used_again(edge: Edge, server: ScriptedServer) -> None:
    transport = edge.transport()
    for _ in range(3):
        assert post(transport) == b"{}"
    assert server.connections == 1


def test_an_opened_connection_is_used_for_the_first_request(edge: Edge, server: ScriptedServer) -> None:
    transport = edge.transport()
    transport.open(f"https://{HOST}/", new_attempt())
    assert (server.connections, len(server.requests)) == (1, 0)
    assert post(transport) == b"{}"
    assert server.connections == 1


def test_opening_where_nobody_answers_raises_nothing_and_leaves_nothing(
    edge: Edge, server: ScriptedServer
) -> None:
    server.at_connect = silent_at_connect
    transport = edge.transport()
    with catch_warnings():
        simplefilter("error", ResourceWarning)
        transport.open(f"https://{HOST}/", new_attempt())
    server.at_connect = None
    assert post(transport) == b"{}", "the connection that failed was kept"


def test_no_password_goes_out_in_the_clear_over_a_tunnel_that_was_never_made(
    edge: Edge, server: ScriptedServer
) -> None:
    """The proxy does not answer CONNECT while connections are opened ahead, and does afterwards."""
    is_ready = Event()

    def late_proxy(wire: Wire, request: Request) -> None:
        if is_ready.is_set():
            proxy(lambda _target: server.port)(wire, request)
        # Otherwise no answer: whatever comes next on this connection is read as a request.

    with ScriptedServer(late_proxy) as gate:
        transport = edge.transport(proxy_url=f"http://proxy.clinica.example:{gate.port}")
        transport.open(f"https://{HOST}/", new_attempt())
        is_ready.set()
        assert post(transport) == b"{}"
        assert {request.method for request in gate.requests} == {"CONNECT"}
        transport.close()


def test_nothing_is_sent_over_a_connection_that_was_not_verified() -> None:
    connection = _GuardedHTTPSConnection(HOST)
    with pytest.raises(AuthError) as caught:
        connection.putrequest("POST", "/")
    assert (caught.value.code, caught.value.detail) == (ErrorCode.TLS_REFUSED, "TLS-UNVERIFIED")


def test_a_request_over_a_proxy(edge: Edge, server: ScriptedServer) -> None:
    with ScriptedServer(proxy(lambda target: server.port if target == f"{HOST}:443" else 0)) as gate:
        transport = edge.transport(proxy_url=f"http://proxy.clinica.example:{gate.port}")
        assert post(transport) == b"{}"
        (asked,) = gate.requests
        assert "authorization" not in asked.headers
        assert "proxy-authorization" not in asked.headers
        assert HOST not in edge.asked, "the name is the proxy's to look up"
        transport.close()


def test_a_proxy_of_this_machine_reaches_a_filemaker_elsewhere(edge: Edge, server: ScriptedServer) -> None:
    """Many clinics run their proxy's helper on loopback: that is not the address that is forbidden."""
    with ScriptedServer(proxy(lambda _target: server.port)) as gate:
        transport = edge.transport(refuse_local=True, proxy_url=f"http://127.0.0.1:{gate.port}")
        edge.addresses = [(socket.AF_INET, ("127.0.0.1", gate.port))]
        assert post(transport) == b"{}"
        transport.close()


def test_a_proxy_that_asks_for_a_password_has_its_own_error(edge: Edge) -> None:
    with ScriptedServer(proxy(lambda _target: 0, authenticate=True)) as gate:
        error = failure(edge.transport(proxy_url=f"http://proxy.clinica.example:{gate.port}"))
        assert error.code is ErrorCode.PROXY_AUTHENTICATION


def test_a_proxy_that_inspects_with_an_unknown_certificate(edge: Edge, authority: Authority) -> None:
    seen: list[Request] = []

    def inside(wire: Wire, request: Request) -> None:
        seen.append(request)
        wire.send(whole_answer(200, b"{}"))

    with ScriptedServer(inspecting_proxy(authority.of_unknown_issuer, inside)) as gate:
        error = failure(edge.transport(proxy_url=f"http://proxy.clinica.example:{gate.port}"))
    assert error.code is ErrorCode.TLS_INSPECTED
    assert not seen


def test_a_proxy_that_inspects_with_an_installed_certificate_is_accepted(
    edge: Edge, authority: Authority
) -> None:
    def inside(wire: Wire, _request: Request) -> None:
        wire.send(whole_answer(200, b"{}"))

    with ScriptedServer(inspecting_proxy(authority.valid, inside)) as gate:
        transport = edge.transport(proxy_url=f"http://proxy.clinica.example:{gate.port}")
        assert post(transport) == b"{}"
        transport.close()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (html(403), ErrorCode.NO_NETWORK),
        (html(502), ErrorCode.NO_NETWORK),
        (hang, ErrorCode.NOT_RESPONDING),
    ],
)
def test_a_proxy_that_makes_no_tunnel(edge: Edge, answer: Behaviour, code: ErrorCode) -> None:
    with ScriptedServer(answer) as gate:
        error = failure(edge.transport(proxy_url=f"http://proxy.clinica.example:{gate.port}"))
        assert error.code is code


@pytest.mark.parametrize("odd", ["https://proxy.example:3128", "socks5://proxy.example:1080", "http://a@b:1"])
@pytest.mark.usefixtures("server")
def test_only_plain_http_proxies_are_used(edge: Edge, odd: str) -> None:
    assert post(edge.transport(proxy_url=odd)) == b"{}"
    assert edge.asked == [HOST]


@pytest.mark.usefixtures("server")
def test_a_search_for_the_proxy_that_hangs_is_given_up(edge: Edge) -> None:
    found = Event()

    def look(_url: str) -> str | None:
        found.wait(30.0)
        return None

    transport = Transport(
        dialing=Dialing(edge.resolve, 0.5, 0.5, refuse_local=False),
        read_seconds=1.0,
        proxy_for=look,
        trust=edge.authority.trust,
        user_agent="x",
    )
    started = monotonic()
    assert failure(transport, new_attempt(0.5, 0.5)).code is ErrorCode.NOT_RESPONDING
    assert monotonic() - started < 1.5
    found.set()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104  an address that is refused
        "::1",
        "fe80::1",
        "::ffff:127.0.0.1",
        "224.0.0.1",
    ],
)
def test_a_public_name_that_leads_here_is_refused(edge: Edge, server: ScriptedServer, address: str) -> None:
    family = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET
    edge.addresses = [(family, (address, server.port))]
    error = failure(edge.transport(refuse_local=True))
    assert (error.code, error.detail) == (ErrorCode.CONFIGURATION, "FM-ADDRESS")
    assert server.connections == 0


def test_one_local_address_among_public_ones_is_refused(edge: Edge, server: ScriptedServer) -> None:
    edge.addresses = [(socket.AF_INET, ("203.0.113.9", 443)), (socket.AF_INET, ("127.0.0.1", server.port))]
    assert failure(edge.transport(refuse_local=True)).detail == "FM-ADDRESS"
    assert server.connections == 0


def test_cancelling_ends_a_blocked_read_at_once(edge: Edge, server: ScriptedServer) -> None:
    server.behaviour = hang
    attempt = new_attempt(30.0, 30.0)
    raised: list[AuthError] = []

    def run() -> None:
        raised.append(failure(edge.transport(), attempt))

    thread = Thread(target=run)
    thread.start()
    assert server.wait_for_requests(1)
    started = monotonic()
    attempt.cancel()
    thread.join(5.0)
    assert monotonic() - started < 0.5
    assert raised[0].code is ErrorCode.CANCELLED


def test_a_connection_of_a_cancelled_attempt_is_not_used_again(edge: Edge, server: ScriptedServer) -> None:
    server.behaviour = hang
    transport = edge.transport()
    assert failure(transport, new_attempt(0.3, 0.3)).code is ErrorCode.NOT_RESPONDING
    server.behaviour = OK
    assert post(transport) == b"{}"
    assert server.connections == 2
