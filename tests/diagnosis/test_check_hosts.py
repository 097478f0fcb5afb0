"""Hosts over TLS, step by step, and every way in which one of them can be wrong."""

import re
import socket
from collections.abc import Callable
from pathlib import Path
from ssl import SSLContext
from typing import Any

import pytest

from tests import scripted_server
from tests.diagnosis.checking import Checked
from tests.diagnosis.conftest import NewComputer
from tests.rows.cases import python_leaves_it
from tests.scripted_cloud import EMAIL, FILEMAKER_HOST, HOSTS, PASSWORD, ScriptedCloud
from tests.scripted_server import Behaviour, ScriptedServer
from tests.tls import Authority

SERVICE = "cognito-identity"
HOST = HOSTS[SERVICE]


def failure(checked: Checked) -> dict[str, Any]:
    """The one thing that is wrong."""
    (only,) = [each for each in checked.findings if each["verdict"] == "failure"]
    return only


def test_everything_right(at_far: NewComputer, far: ScriptedCloud) -> None:
    checked = at_far().check()
    assert (checked.status, checked.failures, checked.warnings) == (0, [], [])
    for service in ("cognito-idp", "cognito-identity", "secretsmanager"):
        proxy = checked.of("proxy", service)["facts"]
        assert proxy == {"proxy": None, "host": HOSTS[service], "port": 443}
        assert checked.of("name_lookup", service)["facts"]["addresses"] == ["127.0.0.1"]
        assert checked.of("connection", service)["facts"]["address"] == "127.0.0.1"
        tls = checked.of("tls", service)["facts"]
        assert tls["protocol"] == "TLSv1.3"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", tls["expires"])
        assert tls["days_left"] > 14
        assert tls["issuer"].startswith("Testing CA")
        assert tls["chain"][-1].startswith("Testing CA")
        assert checked.of("answer", service)["verdict"] == "ok"
    assert set(far.names_asked) <= set(HOSTS.values())


def test_a_signed_in_step_looks_at_filemakers_host_too(at_far: NewComputer, far: ScriptedCloud) -> None:
    checked = at_far().check(email=EMAIL, password=PASSWORD)
    assert checked.of("proxy", "filemaker")["facts"]["host"] == FILEMAKER_HOST
    assert checked.of("tls", "filemaker")["facts"]["protocol"] == "TLSv1.3"
    assert checked.of("filemaker_session_ended")["verdict"] == "ok"
    assert checked.of("tokens_revoked")["verdict"] == "ok"
    assert (far.open_sessions, far.live_sign_ins, far.written_logins) == (0, 0, [])
    assert not [canary for canary in far.canaries() if canary in checked.written]


@pytest.mark.parametrize(
    ("shown", "code", "detail"),
    [
        (Authority.expired, "tls_refused", "TLS-10"),
        (Authority.not_yet_valid, "clock_wrong", "TLS-9"),
        (Authority.for_another_host, "tls_refused", "TLS-62"),
        (Authority.of_unknown_issuer, "tls_inspected", "TLS-2[01]"),
        (Authority.self_signed, "tls_refused", "TLS-18"),
    ],
)
def test_a_certificate_that_is_wrong(
    shown: Callable[[Authority, str], SSLContext],
    code: str,
    detail: str,
    at_far: NewComputer,
    far: ScriptedCloud,
) -> None:
    far.servers[SERVICE].tls = shown(far.authority, HOST)
    computer = at_far()
    checked = computer.check()
    wrong = failure(checked)
    assert (wrong["check"], wrong["subject"], wrong["code"]) == ("tls", SERVICE, code)
    assert re.fullmatch(detail, wrong["detail"])
    # What the host shows is named all the same, for whoever has to mend it.
    assert wrong["facts"]["issuer"]
    assert wrong["facts"]["host"] == HOST
    assert (wrong["facts"]["days_left"] < 0) is (detail == "TLS-10")
    assert checked.status == 1
    assert not checked.of("tls", "cognito-idp")["code"]
    # Nothing was asked of a host that could not show who it is.
    assert far.requests("GetId") == []
    _, text = computer.text()
    assert f"[{code} {wrong['detail']}]" in computer.lines(text)[f"{SERVICE}: TLS"]


def test_a_certificate_that_ends_soon_is_a_warning(at_far: NewComputer) -> None:
    computer = at_far()
    days = computer.check().of("tls", SERVICE)["facts"]["days_left"]
    far_off = computer.surroundings().wall_clock
    # trustme's certificates end in years; this computer's calendar runs ahead, their Date does not.
    computer.changes["wall_clock"] = lambda: far_off() + (days - 10) * 86_400
    checked = computer.check()
    assert checked.of("tls", SERVICE)["facts"]["days_left"] in {9, 10}
    assert checked.of("tls", SERVICE)["verdict"] == "warning"


def test_a_protocol_of_1999(at_far: NewComputer, far: ScriptedCloud) -> None:
    far.servers[SERVICE].tls = far.authority.only_tls_1_0(HOST)
    wrong = failure(at_far().check())
    assert (wrong["check"], wrong["code"]) == ("tls", "tls_refused")
    assert "certificate" not in wrong["facts"]


def test_a_name_that_nobody_knows(at_far: NewComputer, far: ScriptedCloud) -> None:
    far.lead(SERVICE, None)
    checked = at_far().check()
    wrong = failure(checked)
    assert (wrong["check"], wrong["code"], wrong["detail"]) == ("name_lookup", "no_network", "DNS")
    assert [each["check"] for each in checked.findings if each["subject"] == SERVICE] == [
        "proxy", "name_lookup",
    ]  # fmt: skip
    # The others are looked at all the same.
    assert checked.of("user_pool")["verdict"] == "ok"


def test_a_port_that_nobody_listens_on(at_far: NewComputer, far: ScriptedCloud) -> None:
    with scripted_server.refused_port() as port:
        far.lead(SERVICE, port)
        wrong = failure(at_far().check())
    assert (wrong["check"], wrong["code"], wrong["detail"]) == ("connection", "no_network", "CONNECT")


def test_a_host_that_never_shakes_hands_ends_in_time(at_far: NewComputer, far: ScriptedCloud) -> None:
    far.servers[SERVICE].at_connect = scripted_server.silent_at_connect
    checked = at_far().check()
    wrong = failure(checked)
    assert (wrong["check"], wrong["code"]) == ("tls", "not_responding")
    assert checked.document["seconds"] < 6.5


@python_leaves_it
def test_a_host_that_hangs_up(at_far: NewComputer, far: ScriptedCloud) -> None:
    far.servers[SERVICE].at_connect = scripted_server.reset_at_connect
    # It may be gone before the connection is looked at.
    wrong = failure(at_far().check())
    assert wrong["check"] in {"connection", "tls"}
    assert wrong["code"] == "no_network"


@pytest.mark.parametrize(
    ("behaviour", "code", "detail"),
    [
        (scripted_server.html(), "captive_portal", "HTTP-200"),
        (scripted_server.redirect("https://evil.example/"), "captive_portal", "HTTP-302"),
        (scripted_server.redirect("https://evil.example/", 307), "captive_portal", "HTTP-307"),
        (scripted_server.html(511), "captive_portal", "HTTP-511"),
        (scripted_server.respond(200, b"{}", content_type="text/plain"), "unexpected_answer", "MEDIA-TYPE"),
        (scripted_server.respond(200, b"[]"), "unexpected_answer", "NOT-AN-OBJECT"),
        (scripted_server.respond(403, b"<html>", content_type="text/html"), "blocked", "HTTP-403"),
        (scripted_server.respond(429, b"{}"), "busy", "HTTP-429"),
        (scripted_server.hang, "not_responding", None),
        (scripted_server.slow_header, "not_responding", None),
        (scripted_server.broken_off(), "not_responding", "BROKEN-OFF"),
        (scripted_server.huge(2_000_000), "unexpected_answer", "TOO-LONG"),
    ],
)
def test_an_answer_that_is_not_the_services(
    behaviour: Behaviour, code: str, detail: str | None, at_far: NewComputer, far: ScriptedCloud
) -> None:
    computer = at_far()
    far.script("GetId", behaviour)
    checked = computer.check()
    wrong = failure(checked)
    assert (wrong["check"], wrong["subject"], wrong["code"]) == ("answer", SERVICE, code)
    assert detail in {None, wrong["detail"]}
    assert checked.document["seconds"] < 6.5
    assert set(far.names_asked) <= set(HOSTS.values())


def test_every_host_hanging_takes_no_longer_than_one(at_far: NewComputer, far: ScriptedCloud) -> None:
    for service in ("cognito-idp", "cognito-identity", "secretsmanager"):
        far.servers[service].at_connect = scripted_server.silent_at_connect
    checked = at_far().check()
    assert len(checked.failures) == 3
    assert checked.document["seconds"] < 6.5


def test_through_a_proxy(at_far: NewComputer, far: ScriptedCloud) -> None:
    ports = {f"{name}:443": far.servers[service].port for service, name in HOSTS.items()}
    with ScriptedServer(scripted_server.proxy(ports.__getitem__)) as proxy:
        computer = at_far()
        _set_proxy(computer.user_file, proxy.url)
        computer.changes["resolve"] = _this_machine(proxy.port)
        checked = computer.check()
    assert (checked.status, checked.failures) == (0, [])
    assert checked.of("proxy", SERVICE)["facts"]["proxy"] == proxy.url
    assert checked.of("name_lookup", SERVICE)["facts"]["of_proxy"] is True
    assert checked.of("tls", SERVICE)["facts"]["protocol"] == "TLSv1.3"


@pytest.mark.parametrize(
    ("behaviour", "code", "detail"),
    [
        (scripted_server.proxy(lambda _target: 0, authenticate=True), "proxy_authentication", "PROXY"),
        (scripted_server.respond(502, b"<html>"), "no_network", "PROXY"),
        (scripted_server.hang_up, "no_network", "PROXY"),
        (scripted_server.hang, "not_responding", None),
    ],
)
def test_a_proxy_that_is_wrong(
    behaviour: Behaviour, code: str, detail: str | None, at_far: NewComputer
) -> None:
    with ScriptedServer(behaviour) as proxy:
        computer = at_far()
        _set_proxy(computer.user_file, proxy.url)
        computer.changes["resolve"] = _this_machine(proxy.port)
        checked = computer.check()
    assert [each[0] for each in checked.failures] == ["tls"] * 3
    assert {each[2] for each in checked.failures} == {code}
    assert detail is None or {each[3] for each in checked.failures} == {detail}


def test_a_proxy_that_inspects_is_named(at_far: NewComputer, far: ScriptedCloud) -> None:
    inspecting = scripted_server.inspecting_proxy(far.authority.of_unknown_issuer, scripted_server.html())
    with ScriptedServer(inspecting) as proxy:
        computer = at_far()
        _set_proxy(computer.user_file, proxy.url)
        computer.changes["resolve"] = _this_machine(proxy.port)
        checked = computer.check()
    assert {each[2] for each in checked.failures} == {"tls_inspected"}
    assert all(
        each["facts"]["issuer"].startswith("Testing CA")
        for each in checked.findings
        if each["verdict"] == "failure"
    )


def test_credentials_of_a_proxy_are_neither_used_nor_shown(at_far: NewComputer) -> None:
    computer = at_far()
    _set_proxy(computer.user_file, "system")
    computer.changes["find_system_proxy"] = lambda _url: "http://canario:clave@proxy.example:3128"
    checked = computer.check()
    assert checked.of("proxy", SERVICE)["facts"]["proxy"] is None
    assert "canario" not in checked.written


def test_a_filemaker_host_at_a_local_address_is_refused_as_the_application_refuses_it(
    at_far: NewComputer, far: ScriptedCloud
) -> None:
    computer = at_far()
    computer.policy_file.unlink()
    checked = computer.check(email=EMAIL, password=PASSWORD)
    assert checked.failures == [("connection", "filemaker", "configuration", "FM-ADDRESS")]
    assert far.requests("Login") == []
    assert far.live_sign_ins == 0


def test_a_filemaker_host_whose_certificate_has_ended(at_far: NewComputer, far: ScriptedCloud) -> None:
    far.servers["filemaker"].tls = far.authority.expired(FILEMAKER_HOST)
    checked = at_far().check(email=EMAIL, password=PASSWORD)
    assert checked.failures == [("tls", "filemaker", "tls_refused", "TLS-10")]
    assert checked.of("tls", "filemaker")["facts"]["days_left"] < 0
    assert far.live_sign_ins == 0


def _set_proxy(user_file: Path, value: str) -> None:
    text = user_file.read_text("utf-8")
    user_file.write_text(text.replace('proxy = "none"', f'proxy = "{value}"'), encoding="utf-8")


def _this_machine(port: int) -> Callable[[str, int], Any]:
    """Nobody but the proxy has a name."""

    def resolve(host: str, asked: int) -> list[tuple[int, Any]]:
        if (host, asked) != ("127.0.0.1", port):
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, (host, port))]

    return resolve
