"""Each setting well formed and wrong, one by one: which line of the check finds it.

Malformed ones are in test_settings_findings.py; they are named before anybody is asked.
"""

import json
from typing import TYPE_CHECKING

import pytest

from ingenes_desktop.adapters.setting_table import SETTINGS
from ingenes_desktop.demo.seeds import PASSWORD
from tests import scripted_server
from tests.diagnosis.checking import Computer, refuse_made_up_tokens
from tests.diagnosis.conftest import NewComputer
from tests.scripted_cloud import EMAIL, ScriptedCloud
from tests.scripted_cloud import PASSWORD as FAR_PASSWORD
from tests.scripted_server import refuse

if TYPE_CHECKING:
    from ingenes_desktop.demo.servers import Cloud

HARMLESS = {
    "language", "appearance", "log_level", "machine", "screen_keyboard", "clinic", "company_names",
    "password_policy.minimum_length",
    "password_policy.uppercase", "password_policy.lowercase", "password_policy.number",
    "password_policy.symbol", "limits.connect", "limits.read", "limits.name_lookup", "limits.step",
    "limits.attempt", "limits.keyring_at_start", "limits.keyring_on_save", "limits.tidy_up",
    "limits.tidy_up_on_quit", "limits.filemaker_unused", "limits.resend_code", "limits.challenge",
    "session.idle", "session.countdown", "session.longest", "session.renew_before", "session.retry_first",
    "session.retry_longest",
}  # fmt: skip
"""Their well-formed values keep nobody from signing in."""

AT_DEMO = {
    "cognito_user_pool_id": ("us-east-1_Nadie", "user_pool", "configuration", "HTTP-400"),
    "cognito_client_id": ("nadielotiene", "client", "configuration", "ResourceNotFoundException"),
    "cognito_client_secret": ("canario" * 5, "client", "configuration", "InvalidParameterException"),
    "cognito_identity_pool_id": (
        "us-east-1:00000000-0000-0000-0000-000000000000",
        "identity_pool",
        "configuration",
        "ResourceNotFoundException",
    ),
    "filemaker_secret_name": ("Nadie", "filemaker_account", "configuration", "ResourceNotFoundException"),
}
IN_THE_POLICY = {
    "aws_region": ("eu-west-1", "name_lookup", "no_network", "DNS"),
    "filemaker.host_suffixes": (["otra.example"], "filemaker_account", "configuration", "SECRET-BASEURL"),
    "filemaker.ports": ([8443], "filemaker_account", "configuration", "SECRET-BASEURL"),
    "filemaker.on_premises": (False, "connection", "configuration", "FM-ADDRESS"),
}
ENDPOINTS = {
    "endpoint.cognito_idp": "cognito-idp",
    "endpoint.cognito_identity": "cognito-identity",
    "endpoint.secrets_manager": "secretsmanager",
}


def test_every_setting_has_its_row() -> None:
    rows = (
        HARMLESS
        | AT_DEMO.keys()
        | IN_THE_POLICY.keys()
        | ENDPOINTS.keys()
        | {"proxy", "company_check", "auth_flow"}
    )
    assert rows == SETTINGS.keys()


@pytest.mark.parametrize("name", AT_DEMO)
def test_an_id_that_nobody_has(name: str, at_demo: NewComputer, cloud: "Cloud") -> None:
    value, check, code, detail = AT_DEMO[name]
    variable = f"INGENES_{name.upper()}"
    checked = at_demo(**{variable: value}).check(email="luis@clinica.example", password=PASSWORD)
    found = checked.of(check)
    assert (checked.status, found["code"], found["detail"]) == (1, code, detail)
    assert cloud.filemaker.sessions.open_now == 0
    if name == "cognito_client_secret":
        assert value not in checked.written


def test_the_application_calls_a_superfluous_secret_a_configuration_error(at_demo: NewComputer) -> None:
    checked = at_demo(INGENES_COGNITO_CLIENT_SECRET="x" * 30).check(
        email="luis@clinica.example", password=PASSWORD
    )
    assert ("password", "", "configuration", "InvalidParameterException") in checked.failures


def lay_in_the_policy(computer: Computer, name: str, value: object) -> None:
    policy = {"filemaker": {"on_premises": True}}
    table, _, field = name.rpartition(".")
    target: dict[str, object] = policy.setdefault(table, {}) if table else policy  # type: ignore[assignment]  # JSON
    target[field or name] = value
    if name == "aws_region":
        # The pools carry the region in front; the three must agree.
        target |= {
            "cognito_user_pool_id": "eu-west-1_Ejemplo01",
            "cognito_identity_pool_id": "eu-west-1:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        }
    computer.policy_file.write_text(json.dumps(policy), encoding="utf-8")


@pytest.mark.parametrize("name", IN_THE_POLICY)
def test_what_an_administrator_says_wrongly(name: str, at_far: NewComputer, far: ScriptedCloud) -> None:
    value, check, code, detail = IN_THE_POLICY[name]
    computer = at_far()
    lay_in_the_policy(computer, name, value)
    checked = computer.check(email=EMAIL, password=FAR_PASSWORD)
    assert {(each[0], *each[2:]) for each in checked.failures} == {(check, code, detail)}
    assert (checked.status, far.live_sign_ins, far.open_sessions) == (1, 0, 0)


@pytest.mark.parametrize("name", ENDPOINTS)
def test_an_endpoint_where_nobody_is(name: str, at_far: NewComputer) -> None:
    with scripted_server.refused_port() as port:
        variable = f"INGENES_{name.upper().replace('.', '_')}"
        checked = at_far(**{variable: f"http://localhost:{port}"}).check()
    # "localhost" is no name of the scripted cloud's.
    assert checked.failures == [("name_lookup", ENDPOINTS[name], "no_network", "DNS")]


@pytest.mark.parametrize("name", ENDPOINTS)
def test_an_endpoint_of_somebody_else(name: str, at_demo: NewComputer) -> None:
    with scripted_server.ScriptedServer(scripted_server.html()) as other:
        variable = f"INGENES_{name.upper().replace('.', '_')}"
        checked = at_demo(**{variable: other.url}).check()
    assert {each[:3] for each in checked.failures} == {("answer", ENDPOINTS[name], "captive_portal")}


def test_a_proxy_where_nobody_is(at_far: NewComputer) -> None:
    computer = at_far()
    text = computer.user_file.read_text("utf-8")
    computer.user_file.write_text(
        text.replace('proxy = "none"', 'proxy = "http://proxy.example:3128"'), encoding="utf-8"
    )
    checked = computer.check()
    assert {(each[0], each[2]) for each in checked.failures} == {("name_lookup", "no_network")}
    assert checked.of("proxy", "cognito-idp")["facts"]["proxy"] == "http://proxy.example:3128"


def test_a_flow_that_the_client_does_not_offer(at_far: NewComputer, far: ScriptedCloud) -> None:
    computer = at_far(INGENES_AUTH_FLOW="USER_SRP_AUTH")
    refusal = refuse("InvalidParameterException", "USER_SRP_AUTH is not enabled for the client.")
    refuse_made_up_tokens(far, of_nobody=refusal, of_a_person=refusal)
    checked = computer.check(email=EMAIL, password=FAR_PASSWORD)
    assert {each[2:] for each in checked.failures} == {("configuration", "InvalidParameterException")}
    assert {each[0] for each in checked.failures} == {"auth_flow", "password"}
    assert far.live_sign_ins == 0


@pytest.mark.parametrize(("value", "status"), [("refuse", 1), ("log", 0), ("off", 0)])
def test_a_check_of_the_company(value: str, status: int, at_demo: NewComputer) -> None:
    computer = at_demo()
    computer.policy_file.write_text(json.dumps({"company_check": value}), encoding="utf-8")
    checked = computer.check(email="otra@clinica.example", password=PASSWORD)
    assert checked.status == status
    assert [each[2] for each in checked.failures] == ["other_company"] * status
