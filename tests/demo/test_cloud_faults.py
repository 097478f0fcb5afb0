"""The faults of both servers: how they are written, what they do to the AWS side, what stays."""

import threading
import time

import pytest
import requests

from ingenes_desktop.demo.aws_fault_kinds import OPERATIONS, AwsDown, AwsRefusal, AwsSlow, AwsSwitch
from ingenes_desktop.demo.aws_faults import AwsFaults
from ingenes_desktop.demo.cloud_faults import switch_from_json, switch_from_text
from ingenes_desktop.demo.filemaker.fault_switches import Switch
from ingenes_desktop.demo.filemaker.faults import (
    EngineDown,
    ErrorCode,
    FaultError,
    FieldMissing,
    Full,
    Slow,
)
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.servers import Cloud
from tests.demo.aws_clients import aws, refusal, sign_in, sign_in_parameters

TOO_MANY = AwsRefusal("TooManyRequestsException", "InitiateAuth")


@pytest.mark.parametrize(
    ("text", "switch"),
    [
        ("full", Switch(Full())),
        ("slow:seconds=2", Switch(Slow(2))),
        ("slow:seconds=0.5,count=3,on=find", Switch(Slow(0.5), 3, Call.FIND)),
        ("error_code:code=802,count=1", Switch(ErrorCode(802), 1)),
        ("engine_down:retry_after=7", Switch(EngineDown("7"))),
        ("field_missing:field=true,searchable=true", Switch(FieldMissing("true", searchable=True))),
        ('{"kind": "slow", "seconds": 2, "on": "login"}', Switch(Slow(2), on=Call.LOGIN)),
        ("InitiateAuth:TooManyRequestsException", AwsSwitch(TOO_MANY)),
        (
            "GetUser:InternalErrorException,status=500,count=2",
            AwsSwitch(AwsRefusal("InternalErrorException", "GetUser", status=500), 2),
        ),
        ("jwks:seconds=1.5", AwsSwitch(AwsSlow(1.5, "jwks"))),
        ("aws_slow:seconds=1", AwsSwitch(AwsSlow(1))),
        ("aws_down", AwsSwitch(AwsDown())),
        ("aws_down:operation=GetId,count=1", AwsSwitch(AwsDown("GetId"), 1)),
    ],
)
def test_a_fault_on_the_command_line(text: str, switch: Switch | AwsSwitch) -> None:
    assert switch_from_text(text) == switch
    assert switch_from_json(switch.to_json()) == switch


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "begin with one of token_expired"),
        ("initiateauth:X", "or with one of InitiateAuth"),
        ("slow", "seconds is missing"),
        ("slow:2", "KEY=VALUE"),
        ("slow:seconds=2,seconds=3", "seconds stands twice"),
        ("slow:seconds=soon", "seconds has the wrong type"),
        ("slow:seconds=NaN", "seconds must be"),
        ("slow:seconds=-1", "seconds must be"),
        ("slow:seconds=2,count=0", "count must be at least 1"),
        ("slow:seconds=2,on=lunch", "on must be one of"),
        ("slow:seconds=2,colour=red", "colour is unknown"),
        ("aws_slow:seconds=1e9", "seconds must be"),
        ("aws_slow:seconds=1,operation=SignUp", "operation must be one of"),
        ("aws_refusal", "code is missing"),
        ("InitiateAuth", "what is InitiateAuth to do"),
        ("InitiateAuth:count=1", "what is InitiateAuth to do"),
        ("InitiateAuth:no such", "code must be"),
        ("InitiateAuth:X-Header", "code must be"),
        ("InitiateAuth:Xx,status=200", "status must be"),
        ("InitiateAuth:Xx,count=many", "count must be"),
        ('{"kind": ["slow"]}', "kind must be one of"),
        ('{"kind": "aws_refusal", "code": "Xx", "message": "two\\nlines"}', "message must be"),
        ('{"kind": "aws_down", "count": true}', "count must be"),
        ('{"kind": "aws_down", "operation": 3}', "operation has the wrong type"),
        ('{"kind": "aws_down", "colour": 3}', "colour is unknown"),
        ('{"kind": "full", "kind": "full"}', "stands twice"),
        ("{", "line 1"),
        ("[" * 70_000, "too long"),
    ],
)
def test_a_fault_that_is_none(text: str, words: str) -> None:
    with pytest.raises(FaultError, match=words):
        switch_from_text(text)


def test_a_description_that_is_no_object() -> None:
    with pytest.raises(FaultError):
        switch_from_json(["slow"])


def test_every_operation_of_the_cloud_can_have_a_fault(cloud: Cloud) -> None:
    ruled = {operation for _, operation in cloud._rules(time.time)}
    assert set(OPERATIONS) == ruled | {"jwks", "openid-configuration"}


def test_a_refusal_happens_so_often_and_only_where_it_should(cloud: Cloud) -> None:
    cloud.faults.apply(AwsSwitch(AwsRefusal("TooManyRequestsException", "InitiateAuth", "Slow", 429), 2))
    initiate_auth = aws(cloud, "cognito-idp").initiate_auth
    parameters = sign_in_parameters(cloud, "ana@clinica.example")
    refused = refusal(initiate_auth, **parameters)
    assert (refused.code, refused.message, refused.status) == ("TooManyRequestsException", "Slow", 429)
    assert cloud.all_faults.listing()[0]["count"] == 1
    key_set = f"{cloud.url}/{cloud.pool.id}/.well-known/jwks.json"
    assert requests.get(key_set, timeout=10).status_code == 200
    assert refusal(initiate_auth, **parameters).status == 429
    assert cloud.all_faults.listing() == []
    assert sign_in(cloud, "ana@clinica.example")["IdToken"]


def test_a_page_for_every_call_until_it_is_switched_off(cloud: Cloud) -> None:
    cloud.faults.apply(AwsSwitch(AwsDown()))
    for path in (f"/{cloud.pool.id}/.well-known/jwks.json", "/elsewhere"):
        answer = requests.get(cloud.url + path, timeout=10)
        assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html")
    cloud.all_faults.switch_off("aws_down")
    assert requests.get(cloud.url + "/elsewhere", timeout=10).status_code == 404


def test_one_of_the_same_kind_takes_the_place_of_the_other(cloud: Cloud) -> None:
    for code in ("LimitExceededException", "TooManyRequestsException"):
        cloud.all_faults.switch_on(AwsSwitch(AwsRefusal(code, "InitiateAuth")))
    cloud.all_faults.switch_on(AwsSwitch(AwsRefusal("InternalErrorException", "GetUser")))
    cloud.all_faults.switch_on(Switch(Full()))
    kinds = [each.get("code", each["kind"]) for each in cloud.all_faults.listing()]
    assert kinds == ["full", "TooManyRequestsException", "InternalErrorException"]


@pytest.mark.parametrize("kind", ["aws_slow", "slow"])
def test_switching_off_lets_an_answer_go_that_is_held_back(cloud: Cloud, kind: str) -> None:
    cloud.all_faults.switch_on(switch_from_json({"kind": kind, "seconds": 600}))
    product = f"{cloud.filemaker.origin}/fmi/data/v1/productInfo"
    address = cloud.url + "/elsewhere" if kind == "aws_slow" else product
    before = cloud.filemaker.journal.count(Call.PRODUCT_INFO)
    answers: list[int] = []
    asking = threading.Thread(target=lambda: answers.append(requests.get(address, timeout=60).status_code))
    asking.start()
    if kind == "aws_slow":
        assert cloud.journal.wait_until(bool, 10)
    else:
        assert cloud.filemaker.journal.wait_until(lambda all_: all_.count(Call.PRODUCT_INFO) > before, 10)
    assert not answers
    cloud.all_faults.switch_off(kind)
    asking.join(10)
    assert answers


def test_a_change_of_another_fault_lets_nothing_go(cloud: Cloud) -> None:
    cloud.all_faults.switch_on(AwsSwitch(AwsSlow(600, "GetId")))
    parameters = {"IdentityPoolId": cloud.identifiers.identity_pool, "Logins": {}}
    asking = threading.Thread(target=lambda: refusal(aws(cloud, "cognito-identity").get_id, **parameters))
    asking.start()
    assert cloud.journal.wait_until(bool, 10)
    cloud.all_faults.switch_on(AwsSwitch(AwsDown("GetUser")))
    cloud.all_faults.switch_on(AwsSwitch(AwsSlow(0, "GetUser")))
    cloud.all_faults.switch_off("aws_refusal")
    asking.join(0.5)
    assert asking.is_alive()
    cloud.all_faults.switch_off("aws_slow")
    asking.join(10)
    assert not asking.is_alive()


def test_the_delay_of_every_answer_is_no_fault() -> None:
    faults = AwsFaults(delay_seconds=0.06)
    faults.apply(AwsSwitch(AwsSlow(0.05), 1))
    began = time.perf_counter()
    faults.wait("GetId")
    assert time.perf_counter() - began >= 0.11
    faults.clear()
    began = time.perf_counter()
    faults.wait("GetId")
    assert time.perf_counter() - began >= 0.06


def test_the_delay_stays_after_a_reset() -> None:
    cloud = Cloud(delay_seconds=0.06)
    cloud.start()
    try:
        cloud.all_faults.switch_on(Switch(Slow(0.05), 1))
        cloud.reset()
        for address in (f"{cloud.url}/elsewhere", f"{cloud.filemaker.origin}/fmi/data/v1/productInfo"):
            began = time.perf_counter()
            requests.get(address, timeout=10)
            assert time.perf_counter() - began >= 0.06
        assert cloud.all_faults.listing() == []
    finally:
        cloud.stop()
