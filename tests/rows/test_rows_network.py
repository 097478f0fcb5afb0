"""Rows 1 to 7 of the fault matrix: names, connections, TLS."""

import gc
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from ssl import SSLContext
from threading import Event

import pytest

from ingenes_desktop.adapters.connection import Address
from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.errors import ErrorCode
from tests.rows.cases import Chain, python_leaves_it, sign_in_refused
from tests.scripted_cloud import FILEMAKER_HOST, HOSTS, SCALED, ScriptedCloud
from tests.scripted_server import refused_port, reset_at_connect, silent_at_connect
from tests.tls import Authority
from tests.window import Opener

SERVICES = tuple(HOSTS)


def test_row_01_name_unknown(open_window: Opener, far: ScriptedCloud) -> None:
    far.lead("cognito-idp", None)
    window = open_window()
    sign_in_refused(window, ErrorCode.NO_NETWORK, detail="DNS", within=SCALED.name_lookup)
    window.assert_retry_works()


def test_row_01_name_lookup_hangs(open_window: Opener, far: ScriptedCloud) -> None:
    answered = Event()

    def resolve(host: str, port: int) -> list[Address]:
        answered.wait(30.0)
        return far.resolve(host, port)

    window = open_window(resolve=resolve)
    sign_in_refused(window, ErrorCode.NO_NETWORK, detail="DNS", within=SCALED.name_lookup)
    answered.set()
    window.assert_retry_works()


def test_row_02_connection_refused(open_window: Opener, far: ScriptedCloud) -> None:
    with refused_port() as port:
        far.lead("cognito-idp", port)
        window = open_window()
        sign_in_refused(window, ErrorCode.NO_NETWORK, within=SCALED.connect)
    window.assert_retry_works()


@python_leaves_it
def test_row_02_connection_reset(open_window: Opener, far: ScriptedCloud) -> None:
    far.servers["cognito-idp"].at_connect = reset_at_connect
    window = open_window()
    sign_in_refused(window, ErrorCode.NO_NETWORK, within=SCALED.connect)
    window.assert_retry_works()
    gc.collect()


@python_leaves_it
def test_row_02_the_password_is_not_tried_again(far: ScriptedCloud) -> None:
    far.servers["cognito-idp"].at_connect = reset_at_connect
    Chain(far).refused(ErrorCode.NO_NETWORK)
    assert far.servers["cognito-idp"].connections == 1
    gc.collect()


@contextmanager
def dead_addresses() -> Iterator[list[Address]]:
    """Eight addresses, IPv4 and IPv6, that take no connection and refuse none: their queues are full."""
    with ExitStack() as stack:
        addresses: list[Address] = []
        for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            for _ in range(4):
                listener = stack.enter_context(socket.socket(family))
                listener.bind((host, 0))
                listener.listen(0)
                for _ in range(2):
                    waiting = stack.enter_context(socket.socket(family))
                    waiting.setblocking(False)
                    waiting.connect_ex(listener.getsockname())
                addresses.append((family, listener.getsockname()))
        yield addresses


@pytest.mark.parametrize("service", ["cognito-idp", "filemaker"])
def test_row_03_eight_dead_addresses(open_window: Opener, far: ScriptedCloud, service: str) -> None:
    with dead_addresses() as addresses:
        dead = list(addresses)

        def resolve(host: str, port: int) -> list[Address]:
            return dead or far.resolve(host, port) if host == HOSTS[service] else far.resolve(host, port)

        window = open_window(resolve=resolve)
        sign_in_refused(window, ErrorCode.NOT_RESPONDING)
        dead.clear()
        window.assert_retry_works()


def test_row_03_a_live_address_behind_two_dead_ones_is_found(open_window: Opener, far: ScriptedCloud) -> None:
    with dead_addresses() as dead:
        window = open_window(resolve=lambda host, port: [*dead[:1], *dead[4:5], *far.resolve(host, port)])
        state = window.sign_in(seconds=20.0)
        assert isinstance(state, SignedIn)


def _show(far: ScriptedCloud, service: str, certificate: SSLContext) -> None:
    far.servers[service].tls = certificate


@pytest.mark.parametrize("service", SERVICES)
def test_row_04_self_signed(
    open_window: Opener, far: ScriptedCloud, authority: Authority, service: str
) -> None:
    _show(far, service, authority.self_signed(HOSTS[service]))
    window = open_window()
    sign_in_refused(window, ErrorCode.TLS_REFUSED, detail="TLS-18")
    assert not window.cloud.servers[service].requests
    window.assert_retry_works()


@pytest.mark.parametrize("service", SERVICES)
def test_row_04_unknown_issuer(
    open_window: Opener, far: ScriptedCloud, authority: Authority, service: str
) -> None:
    _show(far, service, authority.of_unknown_issuer(HOSTS[service]))
    window = open_window()
    problem = sign_in_refused(window, ErrorCode.TLS_INSPECTED)
    assert problem.detail in {"TLS-19", "TLS-20"}
    assert not window.cloud.servers[service].requests
    window.assert_retry_works()


@pytest.mark.parametrize("service", SERVICES)
def test_row_05_expired(open_window: Opener, far: ScriptedCloud, authority: Authority, service: str) -> None:
    _show(far, service, authority.expired(HOSTS[service]))
    window = open_window()
    sign_in_refused(window, ErrorCode.TLS_REFUSED, detail="TLS-10")
    window.assert_retry_works()


@pytest.mark.parametrize("service", SERVICES)
def test_row_05_not_yet_valid(
    open_window: Opener, far: ScriptedCloud, authority: Authority, service: str
) -> None:
    _show(far, service, authority.not_yet_valid(HOSTS[service]))
    window = open_window()
    sign_in_refused(window, ErrorCode.CLOCK_WRONG, detail="TLS-9")
    window.assert_retry_works()


@pytest.mark.parametrize("service", SERVICES)
def test_row_06_wrong_host(
    open_window: Opener, far: ScriptedCloud, authority: Authority, service: str
) -> None:
    _show(far, service, authority.for_another_host(HOSTS[service]))
    window = open_window()
    sign_in_refused(window, ErrorCode.TLS_REFUSED, detail="TLS-62")
    window.assert_retry_works()


@pytest.mark.parametrize("service", SERVICES)
def test_row_06_tls_1_0_only(
    open_window: Opener, far: ScriptedCloud, authority: Authority, service: str
) -> None:
    _show(far, service, authority.only_tls_1_0(HOSTS[service]))
    window = open_window()
    sign_in_refused(window, ErrorCode.TLS_REFUSED)
    assert not window.cloud.servers[service].requests
    window.assert_retry_works()


@pytest.mark.parametrize("service", SERVICES)
def test_row_07_handshake_never_ends(open_window: Opener, far: ScriptedCloud, service: str) -> None:
    far.servers[service].at_connect = silent_at_connect
    window = open_window()
    sign_in_refused(window, ErrorCode.NOT_RESPONDING)
    window.assert_retry_works()


def test_row_07_the_steps_before_are_undone(open_window: Opener, far: ScriptedCloud) -> None:
    far.servers["filemaker"].at_connect = silent_at_connect
    window = open_window()
    sign_in_refused(window, ErrorCode.NOT_RESPONDING)
    assert len(far.requests("RevokeToken")) == 1
    assert FILEMAKER_HOST in far.names_asked
    assert far.sessions_opened == 0
