"""The door: what is offered, faults, delay, keep-alive, and what moto alone would have answered."""

import errno
import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.seeds import PASSWORD
from ingenes_desktop.demo.servers import Cloud
from tests.demo.aws_clients import aws, refusal, sign_in, sign_in_parameters


@contextmanager
def connection(cloud: Cloud) -> Iterator[http.client.HTTPConnection]:
    address = urlsplit(cloud.url)
    opened = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
    try:
        yield opened
    finally:
        opened.close()


def post(opened: http.client.HTTPConnection, operation: str, body: bytes) -> tuple[int, dict[str, str]]:
    headers = {"X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}"}
    opened.request("POST", "/", body, headers)
    answer = opened.getresponse()
    return answer.status, json.loads(answer.read())


@pytest.mark.parametrize("operation", ["list_user_pools", "admin_get_user", "sign_up", "list_devices"])
def test_other_operations_are_not_offered(cloud: Cloud, operation: str) -> None:
    needed: dict[str, dict[str, object]] = {
        "list_user_pools": {"MaxResults": 1},
        "admin_get_user": {"UserPoolId": cloud.pool.id, "Username": "ana@clinica.example"},
        "sign_up": {"ClientId": cloud.client.id, "Username": "x", "Password": PASSWORD},
        "list_devices": {"AccessToken": "x"},
    }
    answer = refusal(getattr(aws(cloud, "cognito-idp"), operation), **needed[operation])
    assert (answer.code, answer.status) == ("UnknownOperationException", 400)


def test_what_is_no_json_object(cloud: Cloud) -> None:
    with connection(cloud) as opened:
        for body in (b"[]", b"{", b"\xff", b"[" * 100_000):
            status, answer = post(opened, "InitiateAuth", body)
            assert (status, answer["__type"]) == (400, "SerializationException")


@pytest.mark.parametrize("path", ["/", "/moto-api/", "/elsewhere"])
def test_nothing_else_is_served(cloud: Cloud, path: str) -> None:
    with connection(cloud) as opened:
        opened.request("GET", path)
        assert opened.getresponse().status == 404


@pytest.mark.parametrize("length", [str(1024 * 1024 + 1), "9" * 5000])
def test_a_body_that_is_too_long(cloud: Cloud, length: str) -> None:
    with connection(cloud) as opened:
        opened.putrequest("POST", "/")
        opened.putheader("Content-Length", length)
        opened.endheaders()
        assert opened.getresponse().status == 413


@pytest.mark.parametrize("said", ["\r\n\r\n", "\0\x1b[2Jé", "x" * 200_000])
def test_what_a_call_says_does_not_reach_the_heads_of_answers_as_it_is(cloud: Cloud, said: str) -> None:
    with connection(cloud) as opened:
        body = json.dumps({"IdentityId": said, "Logins": {}}).encode()
        target = {"X-Amz-Target": "AWSCognitoIdentityService.GetCredentialsForIdentity"}
        opened.request("POST", "/", body, target)
        answer = opened.getresponse()
        words = answer.headers["x-amzn-ErrorMessage"]
        assert json.loads(answer.read())["message"] == f"Identity '{said}' not found."
        assert words.isascii()
        assert words.isprintable()
        assert len(words) <= 1000
        assert post(opened, "GetUser", b"{}")[0] == 400


def test_connections_stay_open(cloud: Cloud) -> None:
    with connection(cloud) as opened:
        post(opened, "GetUser", b"{}")
        first = opened.sock
        post(opened, "GetUser", b"{}")
        opened.request("POST", "/", iter([b"{", b"}"]), {"X-Amz-Target": "none.None"}, encode_chunked=True)
        assert opened.getresponse().read() == b""
        post(opened, "GetUser", b"{}")
        assert first is not None
        assert opened.sock is first


def test_openid_configuration_names_the_issuer(cloud: Cloud) -> None:
    with connection(cloud) as opened:
        opened.request("GET", f"/{cloud.pool.id}/.well-known/openid-configuration")
        document = json.loads(opened.getresponse().read())
    assert document["issuer"] == cloud.tokens.issuer


def test_scripted_answers_come_so_often_and_then_the_cloud_again(cloud: Cloud) -> None:
    cloud.faults.refuse("InitiateAuth", "TooManyRequestsException", "Slow down", status=429, times=2)
    cloud.faults.answer("InitiateAuth", status=503, body=b"<html>", headers={"Content-Type": "text/html"})
    initiate_auth = aws(cloud, "cognito-idp").initiate_auth
    parameters = sign_in_parameters(cloud, "ana@clinica.example")
    assert refusal(initiate_auth, **parameters).code == "TooManyRequestsException"
    assert refusal(initiate_auth, **parameters).status == 429
    assert refusal(initiate_auth, **parameters).status == 503
    assert sign_in(cloud, "ana@clinica.example")["IdToken"]
    assert cloud.journal.operations == ("InitiateAuth",) * 4


def test_a_slow_operation_is_let_go_when_faults_are_cleared(cloud: Cloud) -> None:
    cloud.faults.slow("InitiateAuth", 600)
    answers: list[object] = []
    asking = threading.Thread(target=lambda: answers.append(sign_in(cloud, "ana@clinica.example")))
    asking.start()
    assert cloud.journal.wait_until(lambda operations: "InitiateAuth" in operations, 10)
    assert not answers
    cloud.faults.clear()
    asking.join(10)
    assert answers


def test_delay_holds_back_every_answer() -> None:
    cloud = Cloud(delay_seconds=0.06)
    cloud.start()
    try:
        with connection(cloud) as opened:
            post(opened, "GetUser", b"{}")
            began = time.perf_counter()
            post(opened, "GetUser", b"{}")
            assert time.perf_counter() - began >= 0.06
        address = urlsplit(cloud.filemaker.origin)
        opened = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
        began = time.perf_counter()
        opened.request("GET", "/fmi/data/v1/productInfo")
        opened.getresponse().read()
        assert time.perf_counter() - began >= 0.06
        opened.close()
        assert cloud.filemaker.journal.count(Call.PRODUCT_INFO) == 1
    finally:
        cloud.stop()


@pytest.mark.parametrize(("slow", "delay"), [(600, 0), (0, 60)])
def test_stop_leaves_no_thread_even_while_answers_are_held_back(slow: float, delay: float) -> None:
    before = set(threading.enumerate())
    cloud = Cloud(delay_seconds=delay)
    cloud.start()
    cloud.faults.slow("GetUser", slow)
    with connection(cloud) as opened:
        opened.request("POST", "/", b"{}", {"X-Amz-Target": "AWSCognitoIdentityProviderService.GetUser"})
        assert cloud.journal.wait_until(bool, 10)
        cloud.stop()
    assert set(threading.enumerate()) <= before


def test_a_port_in_use_leaves_nothing_running() -> None:
    first = Cloud()
    first.start()
    before = set(threading.enumerate())
    try:
        port = urlsplit(first.url).port
        assert port is not None
        for second in (Cloud(port=port), Cloud(filemaker_port=port)):
            with pytest.raises(OSError) as caught:  # noqa: PT011  the number says it in every language
                second.start()
            assert caught.value.errno == errno.EADDRINUSE
        assert set(threading.enumerate()) <= before
    finally:
        first.stop()


def test_plain_moto_lets_in_what_the_rules_refuse() -> None:
    """What the rules are for: the same calls against moto alone."""
    cloud = Cloud(plain=True)
    cloud.start()
    try:
        idp = aws(cloud, "cognito-idp")
        unknown = refusal(idp.initiate_auth, **sign_in_parameters(cloud, "nadie@clinica.example"))
        assert unknown.code == "UserNotFoundException"
        idp.confirm_forgot_password(
            ClientId=cloud.client.id, Username="ana@clinica.example", ConfirmationCode="1", Password="weak"
        )
        assert idp.initiate_auth(**sign_in_parameters(cloud, "ana@clinica.example", "weak"))
        assert aws(cloud, "cognito-identity").get_id(IdentityPoolId=cloud.identifiers.identity_pool)
    finally:
        cloud.stop()
