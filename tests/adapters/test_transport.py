"""The one way out: what it sends, what it takes, and how long it waits."""

import os
import socket
import ssl
from time import monotonic

import pytest

from ingenes_desktop.adapters.connection import Dialing, resolve_by_system
from ingenes_desktop.adapters.retrying import LONGEST_WAIT_SECONDS, MOST_TRIES, read_with_retries
from ingenes_desktop.adapters.transport import MAXIMUM_BODY_BYTES, Answer, Transport, system_trust
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from tests.scripted_cloud import new_attempt
from tests.scripted_server import (
    Behaviour,
    Request,
    ScriptedServer,
    Wire,
    broken_off,
    endless,
    hang,
    hang_up,
    head,
    huge,
    redirect,
    respond,
    slow_body,
    slow_header,
)


def transport(**changes: float) -> Transport:
    """Plain http to this machine, as a rehearsal has it."""
    limits = {"name_lookup": 1.0, "connect": 1.0, "read": 1.0, **changes}
    return Transport(
        dialing=Dialing(resolve_by_system, limits["name_lookup"], limits["connect"], refuse_local=False),
        read_seconds=limits["read"],
        proxy_for=lambda _url: None,
        trust=system_trust,
        user_agent="ingenes-desktop/test",
    )


def get(
    behaviour: Behaviour, attempt: Attempt | None = None, *, maximum_bytes: int = MAXIMUM_BODY_BYTES
) -> Answer:
    with ScriptedServer(behaviour) as server:
        sender = transport()
        try:
            return sender.send(
                "GET",
                server.url,
                headers={"X-A": "b"},
                body=None,
                attempt=attempt or new_attempt(),
                maximum_bytes=maximum_bytes,
            )
        finally:
            sender.close()


def failure(
    behaviour: Behaviour, attempt: Attempt | None = None, *, maximum_bytes: int = MAXIMUM_BODY_BYTES
) -> AuthError:
    with pytest.raises(AuthError) as caught:
        get(behaviour, attempt, maximum_bytes=maximum_bytes)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return caught.value


def test_the_system_s_trust_is_strict_enough() -> None:
    context = system_trust()
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


@pytest.mark.parametrize("status", [200, 201, 204, 302, 400, 401, 404, 418, 500, 503])
def test_any_status_is_an_answer(status: int) -> None:
    body = b"" if status == 204 else b"cuerpo"
    answer = get(respond(status, body, content_type="Text/Plain; charset=x"))
    assert (answer.status, answer.body, answer.media_type) == (status, body, "text/plain")


def test_header_names_have_no_letter_case() -> None:
    answer = get(respond(200, b"", headers={"x-fm-data-access-token": "abc"}))
    assert answer.headers.get("X-FM-Data-Access-Token") == "abc"


def test_a_redirect_is_not_followed() -> None:
    with ScriptedServer(respond()) as elsewhere:
        assert get(redirect(elsewhere.url, 307)).status == 307
        assert elsewhere.connections == 0


def test_cookies_are_not_kept() -> None:
    with ScriptedServer(respond(200, b"", headers={"Set-Cookie": "a=canario; Path=/"})) as server:
        sender = transport()
        for _ in range(2):
            sender.send("GET", server.url, headers={}, body=None, attempt=new_attempt())
        assert not any("cookie" in request.headers for request in server.requests)
        sender.close()


def test_only_our_own_headers_are_sent() -> None:
    with ScriptedServer(respond()) as server:
        sender = transport()
        sender.send("POST", server.url, headers={"X-A": "b"}, body=b"x", attempt=new_attempt())
        (request,) = server.requests
        assert set(request.headers) == {"host", "x-a", "accept-encoding", "user-agent", "content-length"}
        sender.close()


@pytest.mark.parametrize("length", [1_048_576, 1_048_577])
def test_a_body_has_a_most(length: int) -> None:
    body = respond(200, b" " * length, content_type="application/json")
    if length <= 1_048_576:
        assert len(get(body).body) == length
    else:
        assert failure(body).detail == "TOO-LONG"


def test_a_caller_may_ask_for_less() -> None:
    assert failure(respond(200, b"x" * 101), maximum_bytes=100).detail == "TOO-LONG"


@pytest.mark.parametrize("flood", [endless, huge(50_000_000)])
def test_a_flood_ends_at_the_most(flood: Behaviour) -> None:
    started = monotonic()
    assert failure(flood).code is ErrorCode.UNEXPECTED_ANSWER
    assert monotonic() - started < 1.0


def test_a_chunked_body_is_taken() -> None:
    def chunked(wire: Wire, _request: Request) -> None:
        wire.send(head(200, {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}))
        wire.send(b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n")

    assert get(chunked).body == b"{}"


def _endless_line(wire: Wire, _request: Request) -> None:
    wire.send(head(200, {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}))
    while not wire.is_closed:
        wire.send(b"f" * 65_536)


def _many_headers(wire: Wire, _request: Request) -> None:
    wire.send(head(200, {f"X-{number}": "x" for number in range(500)}) + b"{}")


def _long_header(wire: Wire, _request: Request) -> None:
    wire.send(head(200, {"X-A": "x" * 200_000}))


def _no_http(wire: Wire, _request: Request) -> None:
    wire.send(b"SSH-2.0-OpenSSH_9.2\r\n" * 20)
    wire.close()


def _negative_length(wire: Wire, _request: Request) -> None:
    wire.send(head(200, {"Content-Length": "-5"}) + b"{}")
    wire.close()


BROKEN = {
    "hang-up": hang_up,
    "broken-off": broken_off(),
    "endless-line": _endless_line,
    "many-headers": _many_headers,
    "long-header": _long_header,
    "no-http": _no_http,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_answers_are_no_answer(kind: str) -> None:
    assert failure(BROKEN[kind]).code is ErrorCode.NOT_RESPONDING


def test_an_odd_length_is_survived() -> None:
    assert get(_negative_length).body in {b"", b"{}"}


@pytest.mark.parametrize(
    "slow", [slow_header, slow_body(), slow_body(Connection="close"), slow_body(Content_Length=""), hang]
)
def test_a_deadline_is_one(slow: Behaviour) -> None:
    started = monotonic()
    error = failure(slow, new_attempt(0.6, 0.6))
    assert 0.5 < monotonic() - started < 1.1
    assert (error.code, error.detail) == (ErrorCode.NOT_RESPONDING, "DEADLINE")


def test_a_body_cut_by_the_deadline_is_no_whole_body() -> None:
    """Without a length the end of the connection is the end of the body: also the end we made."""

    def until_closed(wire: Wire, _request: Request) -> None:
        wire.send(head(200, {"Content-Type": "application/json"}) + b'{"a": 1')
        wire.trickle(b" " * 100, 0.1)

    assert failure(until_closed, new_attempt(0.5, 0.5)).detail == "DEADLINE"


def test_the_headers_are_told_before_the_body() -> None:
    told: list[str] = []
    with ScriptedServer(slow_body(X_A="b")) as server, pytest.raises(AuthError):
        transport().send(
            "GET",
            server.url,
            headers={},
            body=None,
            attempt=new_attempt(0.4, 0.4),
            on_headers=lambda headers: told.append(headers["x-a"]),
        )
    assert told == ["b"]


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "ñandú\u20ac"])
def test_a_header_cannot_become_two(value: str) -> None:
    with ScriptedServer(respond()) as server:
        with pytest.raises((AuthError, ValueError)):
            transport().send("GET", server.url, headers={"X-A": value}, body=None, attempt=new_attempt())
        assert not server.requests


def test_opening_ahead_where_the_attempt_is_over_does_nothing() -> None:
    attempt = new_attempt()
    attempt.cancel()
    with ScriptedServer(respond()) as server:
        transport().open(server.url, attempt)
        assert server.connections == 0


def test_the_environment_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer(respond()) as server, ScriptedServer(respond()) as evil:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, evil.url)
        assert os.environ["HTTP_PROXY"] == evil.url
        sender = transport()
        sender.send("GET", server.url, headers={}, body=None, attempt=new_attempt())
        assert (len(server.requests), evil.connections) == (1, 0)
        sender.close()


def test_nothing_listens_there() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
        with pytest.raises(AuthError) as caught:
            transport().send("GET", f"http://127.0.0.1:{port}/", headers={}, body=None, attempt=new_attempt())
    assert caught.value.code is ErrorCode.NO_NETWORK


# ------------------------------------------------------------------------------------- trying again


class Caller:
    """Fails with the errors given, then succeeds."""

    def __init__(self, *errors: AuthError) -> None:
        self.errors = list(errors)
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return "listo"


@pytest.mark.parametrize("code", list(ErrorCode))
def test_only_what_passes_by_itself_is_tried_again(code: ErrorCode) -> None:
    caller = Caller(AuthError(code))
    worth_it = code in {ErrorCode.BUSY, ErrorCode.NOT_RESPONDING, ErrorCode.NO_NETWORK}
    if worth_it:
        assert read_with_retries(caller, new_attempt()) == "listo"
    else:
        with pytest.raises(AuthError):
            read_with_retries(caller, new_attempt())
    assert caller.calls == (2 if worth_it else 1)


def test_three_tries_are_the_most() -> None:
    caller = Caller(*[AuthError(ErrorCode.BUSY)] * 9)
    with pytest.raises(AuthError):
        read_with_retries(caller, new_attempt())
    assert caller.calls == MOST_TRIES


def test_a_long_pause_is_not_waited_for() -> None:
    caller = Caller(AuthError(ErrorCode.BUSY, wait_seconds=LONGEST_WAIT_SECONDS + 1.0))
    with pytest.raises(AuthError) as caught:
        read_with_retries(caller, new_attempt())
    assert (caller.calls, caught.value.wait_seconds) == (1, LONGEST_WAIT_SECONDS + 1.0)


def test_the_pause_ends_with_the_attempt() -> None:
    caller = Caller(*[AuthError(ErrorCode.BUSY, wait_seconds=3.0)] * 9)
    started = monotonic()
    with pytest.raises(AuthError) as caught:
        read_with_retries(caller, new_attempt(0.3, 0.3))
    assert caught.value.code is ErrorCode.NOT_RESPONDING
    assert monotonic() - started < 1.0
