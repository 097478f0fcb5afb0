"""Rows 8 to 19 of the fault matrix: answers that are late, half, foreign, huge or malformed."""

import gc
import gzip
import json
import zlib
from collections.abc import Callable, Iterable
from itertools import product
from pathlib import Path

import pytest

from ingenes_desktop.application.outcome import Refused
from ingenes_desktop.domain.errors import ErrorCode
from tests.rows.cases import Chain, python_leaves_it, sign_in_refused
from tests.scripted_cloud import (
    CHAIN,
    EMAIL,
    SCALED,
    ScriptedCloud,
    filemaker_refusal,
    new_attempt,
    password,
)
from tests.scripted_server import (
    Behaviour,
    Request,
    ScriptedServer,
    Wire,
    broken_off,
    endless,
    hang_up,
    html,
    huge,
    redirect,
    refuse,
    respond,
    slow_body,
    slow_header,
    whole_answer,
)
from tests.window import Opener

READS = ("JWKS", "GetId", "GetCredentialsForIdentity", "GetSecretValue", "Find")
FILEMAKER = ("Login", "Find")
AWS = tuple(operation for operation in CHAIN if operation not in FILEMAKER)


def media_of(operation: str) -> str:
    """The Content-Type of a right answer."""
    return "application/json" if operation in {"JWKS", *FILEMAKER} else "application/x-amz-json-1.1"


def with_session(far: ScriptedCloud, operation: str, answer: Callable[[str], Behaviour]) -> Behaviour:
    """A login opens a session and says its token in the header, whatever then becomes of the body."""

    def behave(wire: Wire, request: Request) -> None:
        answer(far.open_session() if operation == "Login" else "")(wire, request)

    return behave


def answered(operation: str, body: bytes, *, content_type: str = "", token: str = "") -> Behaviour:
    """``body`` with a right header."""
    headers = {"X-FM-Data-Access-Token": token} if token else {}
    return respond(200, body, content_type=content_type or media_of(operation), headers=headers)


def chain_of(far: ScriptedCloud, operation: str) -> Chain:
    """A chain that meets ``operation`` at every run."""
    return Chain(far, keeps_keys=operation != "JWKS")


@python_leaves_it
@pytest.mark.parametrize("operation", CHAIN)
def test_row_08_slow_header(open_window: Opener, far: ScriptedCloud, operation: str) -> None:
    far.script(operation, slow_header)
    window = open_window()
    sign_in_refused(window, ErrorCode.NOT_RESPONDING, detail="DEADLINE")
    window.wait_for_threads()
    window.assert_retry_works()
    gc.collect()


@python_leaves_it
@pytest.mark.parametrize("operation", CHAIN)
def test_row_09_slow_body(open_window: Opener, far: ScriptedCloud, operation: str) -> None:
    def slow(token: str) -> Behaviour:
        return slow_body(media_of(operation), X_FM_Data_Access_Token=token)

    far.script(operation, with_session(far, operation, slow))
    window = open_window()
    sign_in_refused(window, ErrorCode.NOT_RESPONDING, detail="DEADLINE")
    window.wait_for_threads()
    window.assert_retry_works()
    gc.collect()


@pytest.mark.parametrize("operation", CHAIN)
def test_row_10_half_json(open_window: Opener, far: ScriptedCloud, operation: str) -> None:
    half = b'{"AuthenticationResult": {"IdToken": "ey'
    far.script(operation, with_session(far, operation, lambda token: answered(operation, half, token=token)))
    window = open_window()
    sign_in_refused(window, ErrorCode.UNEXPECTED_ANSWER)
    window.assert_retry_works()


@pytest.mark.parametrize("operation", CHAIN)
def test_row_10_less_than_content_length(open_window: Opener, far: ScriptedCloud, operation: str) -> None:
    def cut(token: str) -> Behaviour:
        def behave(wire: Wire, _request: Request) -> None:
            headers = {"X-FM-Data-Access-Token": token} if token else {}
            whole = whole_answer(200, b" " * 500, content_type=media_of(operation), headers=headers)
            wire.send(whole[:-400])
            wire.close()

        return behave

    far.script(operation, with_session(far, operation, cut))
    window = open_window()
    sign_in_refused(window, ErrorCode.NOT_RESPONDING)
    assert len(far.requests("InitiateAuth")) == 1
    window.assert_retry_works()


@pytest.mark.parametrize("operation", CHAIN)
def test_row_10_broken_off(far: ScriptedCloud, operation: str) -> None:
    chain = chain_of(far, operation)
    for broken in (hang_up, broken_off()):
        far.script(operation, broken)
        chain.refused(ErrorCode.NOT_RESPONDING)
        # Only what reads is asked again: a password and a login go out once.
        assert len(far.requests(operation)) == (3 if operation in READS else 1)


def test_row_11_captive_portal(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("InitiateAuth", html())
    far.script("JWKS", html())
    window = open_window()
    sign_in_refused(window, ErrorCode.CAPTIVE_PORTAL)
    window.assert_retry_works()


@pytest.mark.parametrize("operation", CHAIN)
def test_row_11_captive_portal_at_every_step(far: ScriptedCloud, operation: str) -> None:
    chain = chain_of(far, operation)
    for page in (html(), html(511), respond(200, b"<p>", content_type="Text/HTML")):
        far.script(operation, page)
        chain.refused(ErrorCode.CAPTIVE_PORTAL)


@pytest.mark.parametrize("operation", CHAIN)
def test_row_12_redirect_to_another_host(far: ScriptedCloud, operation: str) -> None:
    chain = chain_of(far, operation)
    with ScriptedServer(respond(200, b"{}", content_type="application/json")) as elsewhere:
        for status in (301, 302, 303, 307, 308):
            far.script(operation, redirect(f"http://127.0.0.1:{elsewhere.port}/ruta", status))
            chain.refused(ErrorCode.CAPTIVE_PORTAL)
            assert elsewhere.connections == 0


@pytest.mark.parametrize("operation", ["InitiateAuth", "Login"])
def test_row_12_redirect_in_the_window(open_window: Opener, far: ScriptedCloud, operation: str) -> None:
    with ScriptedServer(respond()) as elsewhere:
        far.script(operation, redirect(f"https://127.0.0.1:{elsewhere.port}/", 307))
        window = open_window()
        sign_in_refused(window, ErrorCode.CAPTIVE_PORTAL)
        assert elsewhere.connections == 0
    window.assert_retry_works()


@pytest.mark.parametrize("operation", CHAIN)
def test_row_13_server_error_page(far: ScriptedCloud, operation: str) -> None:
    chain = chain_of(far, operation)
    is_filemaker = operation in FILEMAKER
    expected = ErrorCode.FILEMAKER_UNAVAILABLE if is_filemaker else ErrorCode.NOT_RESPONDING
    for status in (500, 502, 504):
        far.script(operation, html(status, "<h1>canario-pagina</h1>"))
        error = chain.refused(expected)
        assert str(status) in error.detail
        assert len(far.requests(operation)) == (3 if operation in READS and not is_filemaker else 1)


@pytest.mark.parametrize("operation", ["InitiateAuth", "Login"])
def test_row_13_server_error_in_the_window(open_window: Opener, far: ScriptedCloud, operation: str) -> None:
    far.script(operation, html(502, "<h1>canario-pagina</h1>"))
    window = open_window()
    is_filemaker = operation in FILEMAKER
    sign_in_refused(window, ErrorCode.FILEMAKER_UNAVAILABLE if is_filemaker else ErrorCode.NOT_RESPONDING)
    assert "canario" not in window.sentence
    window.assert_retry_works()


WAITS = {"7": 7.0, "86400": 900.0, "-1": None, "mañana": None, "9" * 40: None, "1.5": None}


@pytest.mark.parametrize("operation", CHAIN)
def test_row_14_retry_after(far: ScriptedCloud, operation: str) -> None:
    chain = chain_of(far, operation)
    for status, (said, wait) in product((429, 503), WAITS.items()):
        far.script(operation, respond(status, b"", headers={"Retry-After": said}))
        error = chain.refused(ErrorCode.BUSY)
        assert error.wait_seconds == wait
        # A short pause is kept within the step, a long one is told to the person at once.
        assert len(far.requests(operation)) == (3 if operation in READS and wait is None else 1)


@pytest.mark.parametrize("operation", ["InitiateAuth", "GetSecretValue", "Login"])
def test_row_14_retry_after_in_the_window(open_window: Opener, far: ScriptedCloud, operation: str) -> None:
    far.script(operation, respond(503, b"", headers={"Retry-After": "86400"}))
    window = open_window()
    problem = sign_in_refused(window, ErrorCode.BUSY)
    assert problem.wait_seconds == 900.0
    window.assert_retry_works()


def test_row_14_a_short_pause_is_kept(far: ScriptedCloud) -> None:
    far.script("GetId", respond(503, b"", headers={"Retry-After": "1"}), times=1)
    far.script("Find", filemaker_refusal(105))
    Chain(far).refused(ErrorCode.CONFIGURATION, within=SCALED.attempt)
    assert len(far.requests("GetId")) == 2


def test_row_15_too_many_requests(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("InitiateAuth", refuse("TooManyRequestsException", "Too many requests"))
    window = open_window()
    sign_in_refused(window, ErrorCode.BUSY)
    window.assert_retry_works()


def test_row_15_password_attempts_exceeded(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("InitiateAuth", refuse("NotAuthorizedException", "Password attempts exceeded"))
    window = open_window()
    problem = sign_in_refused(window, ErrorCode.LOCKED_OUT)
    assert problem.wait_seconds == 30.0
    window.assert_retry_works()


def test_row_15_the_lock_is_counted_and_is_no_wrong_password(far: ScriptedCloud) -> None:
    services = far.services()
    wrong = refuse("NotAuthorizedException", "Incorrect username or password.")
    locked = refuse("NotAuthorizedException", "Password attempts exceeded")
    waits: list[float | None] = []
    for answer in [*[wrong] * 7, locked, locked]:
        far.script("InitiateAuth", answer)
        outcome = services.sign_in.run(EMAIL, password(), new_attempt())
        assert isinstance(outcome, Refused)
        waits.append(outcome.error.wait_seconds)
    assert waits[:7] == [None] * 7
    # 2^(7-5) seconds, from the last wrong password on; the attempts during the lock do not count.
    assert all(wait is not None and 3.0 < wait <= 4.0 for wait in waits[7:])


@pytest.fixture
def memory_growth() -> Callable[[], int]:
    """How many bytes the peak of this process' memory has risen since the test began."""
    clear, status = Path("/proc/self/clear_refs"), Path("/proc/self/status")
    if not clear.exists():
        pytest.skip("the peak of the memory in use can be reset on Linux only")
    clear.write_text("5", "ascii")

    def peak() -> int:
        (line,) = (line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024

    before = peak()
    return lambda: peak() - before


MOST_GROWTH_BYTES = 50_000_000


def gzip_bomb() -> bytes:
    """200 MB of blanks in about 200 kB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    blanks = b" " * 1_000_000
    return b"".join(packer.compress(blanks) for _ in range(200)) + packer.flush()


BOMB = gzip_bomb()


@pytest.mark.parametrize("operation", CHAIN)
def test_row_16_gzip_bomb(far: ScriptedCloud, operation: str, memory_growth: Callable[[], int]) -> None:
    def bomb(token: str) -> Behaviour:
        headers = {"Content-Encoding": "gzip", "X-FM-Data-Access-Token": token}
        return respond(200, BOMB, content_type=media_of(operation), headers=headers)

    far.script(operation, with_session(far, operation, bomb))
    chain_of(far, operation).refused(ErrorCode.UNEXPECTED_ANSWER, detail="ENCODED")
    assert memory_growth() < MOST_GROWTH_BYTES
    assert all(request.headers["accept-encoding"] == "identity" for request in far.requests(operation))


def test_row_16_gzip_in_the_window(open_window: Opener, far: ScriptedCloud) -> None:
    body = gzip.compress(json.dumps({"AuthenticationResult": {}}).encode())
    far.script("InitiateAuth", respond(200, body, headers={"Content-Encoding": "gzip"}))
    window = open_window()
    sign_in_refused(window, ErrorCode.UNEXPECTED_ANSWER)
    window.assert_retry_works()


@pytest.mark.parametrize("operation", CHAIN)
@pytest.mark.parametrize("flood", [endless, huge(100_000_000)], ids=["endless", "huge"])
def test_row_17_flood(
    far: ScriptedCloud, operation: str, flood: Behaviour, memory_growth: Callable[[], int]
) -> None:
    far.script(operation, flood)
    chain_of(far, operation).refused(ErrorCode.UNEXPECTED_ANSWER, detail="TOO-LONG")
    assert memory_growth() < MOST_GROWTH_BYTES


@pytest.mark.parametrize("operation", ["InitiateAuth", "Find"])
def test_row_17_flood_in_the_window(open_window: Opener, far: ScriptedCloud, operation: str) -> None:
    far.script(operation, endless)
    window = open_window()
    sign_in_refused(window, ErrorCode.UNEXPECTED_ANSWER)
    window.assert_retry_works()


MALFORMED = {
    "byte-order-mark": b"\xef\xbb\xbf{}",
    "latin-1": '{"a": "contraseña"}'.encode("latin-1"),
    "nan": b'{"a": NaN}',
    "infinity": b'{"a": -Infinity}',
    "deep": b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "long-number": b'{"a": ' + b"9" * 100_000 + b"}",
    "nothing": b"",
}
NOT_AN_OBJECT = {
    "array": b"[]",
    "null": b"null",
    "text": b'"{}"',
    "number": b"1",
    "twins": b'{"AuthenticationResult": {}, "AuthenticationResult": {}}',
    "inner-twins": b'{"a": {"b": 1, "b": 2}}',
}


def refuses_bodies(far: ScriptedCloud, operation: str, bodies: Iterable[bytes]) -> None:
    chain = chain_of(far, operation)
    for body in bodies:

        def answer(token: str, body: bytes = body) -> Behaviour:
            return answered(operation, body, token=token)

        far.script(operation, with_session(far, operation, answer))
        configured = operation == "GetSecretValue" and body[:15] == b'{"SecretString"'
        chain.refused(ErrorCode.CONFIGURATION if configured else ErrorCode.UNEXPECTED_ANSWER)


@pytest.mark.parametrize("operation", CHAIN)
def test_row_18_malformed_json(far: ScriptedCloud, operation: str) -> None:
    refuses_bodies(far, operation, MALFORMED.values())


@pytest.mark.parametrize("operation", CHAIN)
def test_row_18_wrong_content_type(far: ScriptedCloud, operation: str) -> None:
    chain = chain_of(far, operation)
    for content_type in ("text/plain", "application/xml", "application/octet-stream", ""):
        far.script(operation, respond(200, b"{}", headers={"Content-Type": content_type}))
        chain.refused(ErrorCode.UNEXPECTED_ANSWER)


@pytest.mark.parametrize("operation", ["InitiateAuth", "GetSecretValue"])
def test_row_18_in_the_window(open_window: Opener, far: ScriptedCloud, operation: str) -> None:
    far.script(operation, answered(operation, MALFORMED["deep"]))
    window = open_window()
    sign_in_refused(window, ErrorCode.UNEXPECTED_ANSWER)
    window.assert_retry_works()


@pytest.mark.parametrize("operation", CHAIN)
def test_row_19_no_object(far: ScriptedCloud, operation: str) -> None:
    refuses_bodies(far, operation, NOT_AN_OBJECT.values())


@pytest.mark.parametrize("operation", ["InitiateAuth", "Find"])
def test_row_19_in_the_window(open_window: Opener, far: ScriptedCloud, operation: str) -> None:
    far.script(operation, answered(operation, b"[]"))
    window = open_window()
    sign_in_refused(window, ErrorCode.UNEXPECTED_ANSWER)
    window.assert_retry_works()


WRONG_SHAPES: dict[str, tuple[object, ...]] = {
    "InitiateAuth": (
        {},
        {"AuthenticationResult": []},
        {"AuthenticationResult": "x"},
        {"AuthenticationResult": None, "ChallengeName": None},
        {"ChallengeName": "NEW_PASSWORD_REQUIRED", "ChallengeParameters": []},
    ),
    "JWKS": ({}, {"keys": {}}, {"keys": [1, None, "x", {}]}, {"keys": []}),
    "GetId": ({}, {"IdentityId": 5}, {"IdentityId": None}, {"IdentityId": ""}, {"IdentityId": "x" * 400}),
    "GetCredentialsForIdentity": ({}, {"Credentials": []}, {"Credentials": {"Expiration": "x"}}),
    "GetSecretValue": ({"SecretString": ["x"]},),
    "Login": ({}, {"messages": []}, {"messages": [{}]}, {"messages": {"code": "0"}}, {"messages": [None]}),
    "Find": (
        {"response": [], "messages": [{"code": "0"}]},
        {"response": {}, "messages": [{"code": "0"}]},
        {"response": {"data": {}}, "messages": [{"code": "0"}]},
        {"response": {"data": [None]}, "messages": [{"code": "0"}]},
        {"response": {"data": [{"fieldData": {}, "recordId": "x"}]}, "messages": [{"code": "0"}]},
        {"response": {"data": [{"fieldData": [], "recordId": "7"}]}, "messages": [{"code": 0}]},
        {"messages": [{"code": "cero"}]},
    ),
}


@pytest.mark.parametrize("operation", WRONG_SHAPES)
def test_row_19_an_object_of_another_shape(far: ScriptedCloud, operation: str) -> None:
    refuses_bodies(far, operation, (json.dumps(value).encode() for value in WRONG_SHAPES[operation]))
