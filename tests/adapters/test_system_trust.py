"""The certificates that are trusted: read once, and never a lock that one far end holds against another."""

import time
from collections.abc import Callable
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from threading import Event, Thread

import truststore

from ingenes_desktop.adapters.connection import Dialing, resolve_by_system
from ingenes_desktop.adapters.transport import Transport, made_once
from ingenes_desktop.application.attempt import Attempt
from tests.scripted_server import ScriptedServer, Wire, respond_json
from tests.tls import Authority


def new_transport(trust: Callable[[], SSLContext]) -> Transport:
    return Transport(
        dialing=Dialing(resolve_by_system, 2.0, 20.0, refuse_local=False),
        read_seconds=20.0,
        proxy_for=lambda _url: None,
        trust=trust,
        user_agent="test",
    )


def new_attempt(seconds: float) -> Attempt:
    return Attempt(clock=time.monotonic, step_seconds=seconds, total_seconds=seconds)


def test_openssl_s_context_is_made_once() -> None:
    trust = made_once(lambda: SSLContext(PROTOCOL_TLS_CLIENT))
    assert trust() is trust()


def test_a_handshake_that_hangs_holds_up_no_other_host_where_the_context_is_truststore_s() -> None:
    authority = Authority()

    def trust_as_on_windows() -> SSLContext:
        context = truststore.SSLContext(PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=authority.pem)
        return context

    transport = new_transport(made_once(trust_as_on_windows))
    has_come = Event()

    def say_nothing(wire: Wire) -> None:
        has_come.set()
        wire.hang()

    certificate = authority.valid("127.0.0.1")
    with (
        ScriptedServer(respond_json({}), tls=certificate) as silent,
        ScriptedServer(respond_json({}), tls=certificate) as good,
    ):
        silent.at_connect = say_nothing
        attempt = new_attempt(20.0)
        thread = Thread(target=transport.open, args=(silent.url, attempt))
        thread.start()
        try:
            assert has_come.wait(10)
            answer = transport.send("GET", good.url, headers={}, body=None, attempt=new_attempt(5.0))
            assert answer.status == 200
            assert thread.is_alive()
        finally:
            attempt.cancel()
            thread.join()
            transport.close()
