"""The control address: faults are switched by other programs of this machine, and by nobody else."""

import json
from typing import Any

import pytest
import requests

from ingenes_desktop.demo.accounts import TOTP_KEY
from ingenes_desktop.demo.cloud_faults import KINDS
from ingenes_desktop.demo.filemaker.tables import Transaction
from ingenes_desktop.demo.one_time_codes import code_at
from ingenes_desktop.demo.servers import Cloud
from tests.cloud import RunningClock
from tests.demo.aws_clients import aws, refusal, sign_in, sign_in_parameters

SLOW = {"kind": "slow", "seconds": 2, "count": 1, "on": "find"}


def control(
    cloud: Cloud, method: str = "GET", path: str = "", *, body: object = None, **headers: str
) -> tuple[int, Any]:
    """Status and JSON of a call; a body that is not bytes is sent as JSON."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    if method == "POST":
        headers = {"Content-Type": "application/json"} | headers
    answer = requests.request(method, cloud.control_url + path, data=data, headers=headers, timeout=10)
    assert answer.headers["Content-Type"] == "application/json"
    return answer.status_code, answer.json()


def test_faults_are_switched_on_listed_and_off(cloud: Cloud) -> None:
    assert control(cloud) == (200, {"faults": [], "kinds": list(KINDS)})
    assert control(cloud, "POST", body=SLOW)[1]["faults"] == [SLOW]
    down = {"kind": "aws_down", "operation": "GetId"}
    assert control(cloud, "POST", body=down)[1]["faults"] == [SLOW, down]
    assert control(cloud)[1]["faults"] == [SLOW, down]
    assert control(cloud, "DELETE", "/slow") == (200, {"faults": [down], "kinds": list(KINDS)})
    control(cloud, "POST", body=SLOW)
    assert control(cloud, "DELETE")[1]["faults"] == []
    assert cloud.filemaker.faults.active == ()


def test_both_servers_do_what_they_are_told(cloud: Cloud) -> None:
    control(
        cloud,
        "POST",
        body={"kind": "aws_refusal", "operation": "InitiateAuth", "code": "LimitExceededException"},
    )
    control(cloud, "POST", body={"kind": "engine_down"})
    answer = refusal(
        aws(cloud, "cognito-idp").initiate_auth, **sign_in_parameters(cloud, "ana@clinica.example")
    )
    assert answer.code == "LimitExceededException"
    product = f"{cloud.filemaker.origin}/fmi/data/v1/productInfo"
    assert requests.get(product, timeout=10).status_code == 503


def test_reset_is_as_after_the_start(cloud: Cloud) -> None:
    control(cloud, "POST", body=SLOW)
    cloud.pool.users.clear()
    people = cloud.filemaker.table("Clinica", "Usuarios")
    before = len(people)
    with Transaction() as transaction:
        for record in people:
            people.delete(record, transaction)
    assert control(cloud, "POST", "/reset")[1]["faults"] == []
    assert len(cloud.pool.users) == len(cloud.description()["accounts"])  # type: ignore[arg-type]  # a list
    assert len(cloud.filemaker.table("Clinica", "Usuarios")) == before > 0


def test_the_authenticator_lists_what_every_app_shows(cloud: Cloud, cloud_clock: RunningClock) -> None:
    address = cloud.authenticator_url
    listed = {each["username"]: each for each in requests.get(address, timeout=10).json()}
    assert set(listed) == {"dospasos@clinica.example", "elige@clinica.example"}
    app = listed["dospasos@clinica.example"]
    assert app["code"] in {code_at(TOTP_KEY, cloud_clock() - late) for late in (0, 5)}
    assert 1 <= app["seconds_left"] <= 30


def test_a_reset_forgets_apps_factors_and_devices(cloud: Cloud) -> None:
    idp = aws(cloud, "cognito-idp")
    access = sign_in(cloud, "luis@clinica.example")["AccessToken"]
    idp.associate_software_token(AccessToken=access)
    idp.set_user_mfa_preference(AccessToken=access, EmailMfaSettings={"Enabled": True})
    assert len(requests.get(cloud.authenticator_url, timeout=10).json()) == 3
    control(cloud, "POST", "/reset")
    assert len(requests.get(cloud.authenticator_url, timeout=10).json()) == 2
    assert sign_in(cloud, "luis@clinica.example")["IdToken"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "line 1: not valid JSON"),
        (b"\xff", "UTF-8"),
        (b"[" * 20_000, "nested too deeply"),
        ([SLOW], "described by a JSON object"),
        ({"kind": "lunch"}, "kind must be one of"),
        ({"kind": "slow", "seconds": 1e400}, "Infinity is no JSON number"),
        ({"kind": "slow", "seconds": 2, "count": -1}, "count must be"),
        ({"kind": "aws_refusal", "code": "X\r\nSet-Cookie: a=b"}, "code must be"),
    ],
)
def test_what_cannot_be_switched_is_one_sentence(cloud: Cloud, body: object, words: str) -> None:
    status, answer = control(cloud, "POST", body=body)
    assert status == 400
    assert set(answer) == {"error"}
    assert words in answer["error"]
    assert answer["error"].endswith(".")
    assert cloud.all_faults.listing() == []


def test_a_body_that_is_too_long(cloud: Cloud) -> None:
    assert control(cloud, "POST", body=b" " * 65_537)[0] == 413


@pytest.mark.parametrize("path", ["", "/reset"])
@pytest.mark.parametrize("media_type", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_no_form_of_a_web_page_switches_anything(cloud: Cloud, path: str, media_type: str) -> None:
    control(cloud, "POST", body=SLOW)
    status, answer = control(cloud, "POST", path, body={"kind": "full"}, **{"Content-Type": media_type})
    assert (status, set(answer)) == (415, {"error"})
    assert cloud.all_faults.listing() == [SLOW]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("host", ["clinica.example", "127.0.0.1.clinica.example:80", "localhost.example", ""])
def test_no_page_reaches_it_under_a_name_of_its_own(cloud: Cloud, method: str, host: str) -> None:
    control(cloud, "POST", body=SLOW)
    status, answer = control(cloud, method, body={"kind": "full"}, Host=host)
    assert (status, set(answer)) == (403, {"error"})
    assert cloud.all_faults.listing() == [SLOW]
    for address in (cloud.mailbox_url, cloud.authenticator_url):
        assert requests.get(address, headers={"Host": host}, timeout=10).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:80", "127.0.0.1", "[::1]", "[::1]:80"])
def test_the_names_of_this_machine(cloud: Cloud, host: str) -> None:
    assert control(cloud, Host=host)[0] == 200


def test_no_page_may_ask_whether_it_may(cloud: Cloud) -> None:
    preflight = {"Origin": "http://clinica.example", "Access-Control-Request-Method": "POST"}
    answer = requests.options(cloud.control_url, headers=preflight, timeout=10)
    assert answer.status_code >= 400
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("PUT", "", 405), ("GET", "/slow", 405), ("POST", "/slow", 405), ("DELETE", "/lunch", 400)],
)
def test_other_addresses_and_methods(cloud: Cloud, method: str, path: str, status: int) -> None:
    assert control(cloud, method, path)[0] == status
