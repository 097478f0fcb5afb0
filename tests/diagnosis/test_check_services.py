"""The check without a password: everything right, and each id wrong, one by one, against the demo cloud."""

import json
from typing import TYPE_CHECKING

import pytest

from ingenes_desktop.demo.seeds import SECRET_NAME
from ingenes_desktop.domain.machine import AuthFlow
from tests.cloud import RunningClock
from tests.diagnosis.checking import refuse_made_up_tokens
from tests.diagnosis.conftest import NewComputer
from tests.scripted_cloud import ScriptedCloud
from tests.scripted_server import Behaviour, refuse, respond_json

if TYPE_CHECKING:
    from ingenes_desktop.demo.servers import Cloud

CONFIGURATION = "configuration"


def test_everything_right(at_demo: NewComputer) -> None:
    checked = at_demo().check()
    assert (checked.status, checked.failures, checked.warnings) == (0, [], [])
    assert checked.document["sign_in_can_work"] is True
    assert checked.document["signed_in"] is False
    assert checked.of("user_pool")["facts"]["known"] == "exists"
    assert checked.of("client")["facts"]["known"] == "exists"
    assert checked.of("identity_pool")["facts"]["known"] == "exists"
    assert checked.of("secret")["facts"] == {"settled": False}
    assert checked.of("filemaker")["facts"] == {"settled": False}
    assert abs(checked.of("clock")["facts"]["ahead_seconds"]) < 5


def test_it_asks_for_no_person_and_leaves_nothing(at_demo: NewComputer, cloud: "Cloud") -> None:
    at_demo().check()
    asked = ["GetId", "GetSecretValue", "InitiateAuth", "InitiateAuth", "jwks"]  # token and flow
    assert sorted(cloud.journal.operations) == asked
    assert cloud.filemaker.sessions.open_now == 0


@pytest.mark.parametrize(
    ("variable", "value", "check", "known"),
    [
        ("INGENES_COGNITO_USER_POOL_ID", "us-east-1_NadieLaTiene", "user_pool", "unknown"),
        ("INGENES_COGNITO_CLIENT_ID", "nadielotiene0000000000000", "client", "unknown"),
        ("INGENES_COGNITO_CLIENT_SECRET", "canarioSuperfluo", "client", "secret_superfluous"),
        (
            "INGENES_COGNITO_IDENTITY_POOL_ID",
            "us-east-1:00000000-0000-0000-0000-000000000000",
            "identity_pool",
            "unknown",
        ),
    ],
)
def test_an_id_that_is_well_formed_and_wrong(
    variable: str, value: str, check: str, known: str, at_demo: NewComputer
) -> None:
    checked = at_demo(**{variable: value}).check()
    assert checked.status == 1
    wrong = checked.of(check)
    assert (wrong["verdict"], wrong["code"], wrong["facts"]) == ("failure", CONFIGURATION, {"known": known})
    assert [each[0] for each in checked.failures] == [check]


def test_a_user_pool_that_is_not_the_identity_pools_own(at_demo: NewComputer, cloud: "Cloud") -> None:
    # The identity pool answers that it does not know the provider; a warning, for the pool exists.
    checked = at_demo(INGENES_COGNITO_USER_POOL_ID="us-east-1_Otra").check()
    assert checked.of("identity_pool")["facts"]["known"] == "not_linked"
    assert checked.of("identity_pool")["verdict"] == "warning"
    assert cloud.filemaker.sessions.open_now == 0


@pytest.mark.parametrize(
    ("secret", "verdict", "known"),
    [
        (None, "failure", "secret_missing"),
        ("canarioEquivocadoYBastanteLargo", "failure", "secret_refused"),
        ("canarioCorto", "failure", "secret_refused"),
        ("right", "ok", "exists"),
    ],
)
def test_a_client_with_a_secret(
    secret: str | None, verdict: str, known: str, at_demo: NewComputer, cloud: "Cloud"
) -> None:
    client = cloud.add_client(secret=True)
    client.secret = "canarioSecretoDelCliente"  # as Cognito's: moto's is no word of the API's pattern
    right = cloud.environment(client)
    given = right["INGENES_COGNITO_CLIENT_SECRET"] if secret == "right" else secret or ""
    computer = at_demo(**{**right, "INGENES_COGNITO_CLIENT_SECRET": given})
    checked = computer.check()
    assert (checked.of("client")["verdict"], checked.of("client")["facts"]["known"]) == (verdict, known)
    assert checked.status == (0 if verdict == "ok" else 1)
    _, text = computer.text()
    assert "cognito_client_secret" in text
    for canary in filter(None, (given, client.secret)):
        assert canary not in checked.written + text + computer.log()


def test_a_client_that_does_not_offer_the_flow_is_known_all_the_same(
    at_demo: NewComputer, cloud: "Cloud"
) -> None:
    client = cloud.add_client(config={"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]})
    checked = at_demo(**cloud.environment(client)).check()
    assert (checked.status, checked.of("client")["facts"]["known"]) == (0, "exists")


NOT_OFFERED = [
    # As public reports have it, of the one flow and of the other.
    "{flow} flow not enabled for this client",
    "{flow} is not enabled for the client.",
    "Auth flow not enabled for this client",
]


@pytest.mark.parametrize("flow", [flow.value for flow in AuthFlow])
@pytest.mark.parametrize("message", NOT_OFFERED)
def test_a_flow_that_the_client_refuses(
    message: str, flow: str, at_far: NewComputer, far: ScriptedCloud
) -> None:
    computer = at_far(INGENES_AUTH_FLOW=flow)
    refusal = refuse("InvalidParameterException", message.format(flow=flow))
    refuse_made_up_tokens(far, of_nobody=refusal)
    checked = computer.check()
    assert checked.failures == [("auth_flow", "auth_flow", "configuration", "InvalidParameterException")]
    assert checked.of("auth_flow")["facts"] == {"known": "not_offered", "flow": flow}
    assert (checked.status, checked.of("client")["verdict"]) == (1, "ok")
    _, text = computer.text()
    assert f"{flow}: the client does not allow it (ALLOW_{flow})." in text


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        ("USER_PASSWORD_AUTH", "the password is sent inside TLS"),
        ("USER_SRP_AUTH", "the password is never sent, only a proof that it is known"),
        ("USER_AUTH", "the person may choose another way than the password"),
        (
            "CUSTOM_AUTH",
            "the password is never sent, only a proof; then the pool asks questions of its own",
        ),
    ],
)
def test_a_flow_that_only_a_person_can_settle(
    flow: str, words: str, at_far: NewComputer, far: ScriptedCloud
) -> None:
    computer = at_far(INGENES_AUTH_FLOW=flow.lower())
    checked = computer.check()
    found = checked.of("auth_flow")
    assert (checked.status, found["verdict"], found["facts"]["known"]) == (0, "note", "unsettled")
    (asked,) = [each.json for each in far.requests("InitiateAuth") if each.json["AuthFlow"] == flow]
    # Nobody is named: no lock counts, no trigger runs.
    assert set(asked) == {"ClientId", "AuthFlow"}
    _, text = computer.text()
    line = f"NOTE {flow}: {words}; not settled without signing in (--sign-in EMAIL)"
    assert computer.lines(text)["auth_flow"] == line


@pytest.mark.parametrize(
    "answer",
    [
        refuse("NotAuthorizedException", "Incorrect username or password."),
        refuse("NotAuthorizedException", "USER_AUTH flow not enabled for this client"),
        refuse("InvalidParameterException", "canario"),
        respond_json({"ChallengeName": "SELECT_CHALLENGE", "Session": "canario" * 5}),
    ],
)
def test_whatever_else_is_said_of_a_flow_settles_nothing(
    answer: Behaviour, at_far: NewComputer, far: ScriptedCloud
) -> None:
    computer = at_far()
    refuse_made_up_tokens(far, of_nobody=answer)
    checked = computer.check()
    assert (checked.status, checked.of("auth_flow")["facts"]["known"]) == (0, "unsettled")
    assert "canario" not in checked.written


def test_a_client_that_nobody_knows_is_not_asked_for_its_flow(at_demo: NewComputer, cloud: "Cloud") -> None:
    checked = at_demo(INGENES_COGNITO_CLIENT_ID="nadielotiene0000000000000").check()
    assert not checked.has("auth_flow")
    assert cloud.journal.operations.count("InitiateAuth") == 1


def test_a_name_of_a_secret_is_not_settled_without_signing_in(at_demo: NewComputer) -> None:
    checked = at_demo(INGENES_FILEMAKER_SECRET_NAME="Nadie/Lo/Tiene").check()
    assert checked.status == 0
    assert checked.of("secret")["verdict"] == "note"


@pytest.mark.parametrize(
    ("operation", "status", "body", "code", "detail", "host"),
    [
        ("InitiateAuth", 503, b"<html>", "busy", "HTTP-503", "cognito-idp"),
        ("GetId", 200, b"<html>portal</html>", "captive_portal", "HTTP-200", "cognito-identity"),
        ("GetSecretValue", 302, b"", "captive_portal", "HTTP-302", "secretsmanager"),
        ("GetId", 500, b"oops", "not_responding", "HTTP-500", "cognito-identity"),
        ("jwks", 200, b'{"keys": []}', "unexpected_answer", "JWKS-EMPTY", "cognito-idp"),
        ("jwks", 403, b"<html>", "blocked", "HTTP-403", "cognito-idp"),
        ("jwks", 404, b"<html>", "unexpected_answer", "NOT-AN-OBJECT", "cognito-idp"),
        ("InitiateAuth", 200, b"null", "unexpected_answer", "NOT-AN-OBJECT", "cognito-idp"),
    ],
)
def test_an_answer_that_is_not_the_services(
    operation: str,
    status: int,
    body: bytes,
    code: str,
    detail: str,
    host: str,
    at_demo: NewComputer,
    cloud: "Cloud",
) -> None:
    is_html = body.startswith(b"<") and operation != "jwks"
    kind = "text/html" if is_html else "application/x-amz-json-1.1"
    cloud.faults.answer(operation, status=status, body=body, headers={"Content-Type": kind}, times=3)
    checked = at_demo().check()
    assert checked.status == 1
    assert ("answer", host, code, detail) in checked.failures


@pytest.mark.parametrize(
    ("operation", "host"),
    [
        ("jwks", "cognito-idp"),
        ("InitiateAuth", "cognito-idp"),
        ("GetId", "cognito-identity"),
        ("GetSecretValue", "secretsmanager"),
    ],
)
@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        ("ForbiddenException", "blocked"),
        ("TooManyRequestsException", "busy"),
        ("InternalErrorException", "not_responding"),
    ],
)
def test_a_refusal_that_would_end_a_sign_in_too(
    refusal: str, code: str, operation: str, host: str, at_demo: NewComputer, cloud: "Cloud"
) -> None:
    # It says nothing of the id that was asked about; a firewall that refuses everybody is no answer.
    cloud.faults.refuse(operation, refusal, "", times=9)
    checked = at_demo().check()
    assert (checked.status, checked.failures) == (1, [("answer", host, code, refusal)])


def test_a_host_that_answers_nothing_is_named_once(at_demo: NewComputer, cloud: "Cloud") -> None:
    for operation in ("jwks", "InitiateAuth"):
        cloud.faults.answer(operation, status=503, body=b"{}", times=9)
    checked = at_demo().check()
    assert [each[:3] for each in checked.failures] == [("answer", "cognito-idp", "busy")]
    assert "InitiateAuth" not in cloud.journal.operations


def test_a_code_from_outside_is_a_short_word(at_demo: NewComputer, cloud: "Cloud") -> None:
    body = {"__type": "<b>canario\u202e " + "x" * 5000, "message": ""}
    cloud.faults.answer("GetId", status=400, body=body, times=9)
    checked = at_demo().check()
    assert checked.of("answer", "cognito-identity")["facts"] == {"code": "?"}
    assert checked.of("identity_pool")["facts"] == {"known": "unsettled", "code": "?"}
    assert "canario" not in checked.written


def test_a_clock_that_is_off_is_a_warning(at_demo: NewComputer, cloud_clock: RunningClock) -> None:
    cloud_clock.advance(3600)
    computer = at_demo()
    checked = computer.check()
    assert checked.status == 0
    assert checked.warnings == ["clock"]
    assert -3605 < checked.of("clock")["facts"]["ahead_seconds"] < -3590
    _, text = computer.text()
    assert "s behind the services; the application reckons with it. Correct the clock." in text


def test_the_limit_of_the_warning(at_demo: NewComputer, cloud_clock: RunningClock) -> None:
    cloud_clock.advance(50)
    assert at_demo().check().of("clock")["verdict"] == "ok"


def test_what_a_person_reads(at_demo: NewComputer) -> None:
    computer = at_demo()
    status, english = computer.text()
    lines = computer.lines(english)
    assert status == 0
    assert lines["cognito_user_pool_id"] == "OK known to the service"
    assert lines["clock"] == "OK the same as the services'"
    assert lines["filemaker_secret_name"].startswith("NOTE not settled without signing in")
    assert lines["filemaker.on_premises"] == "OK false [built in]"
    assert english.splitlines()[-1] == (
        "A sign-in can work on this computer, as far as that shows without a password."
    )
    _, spanish = at_demo(INGENES_LANGUAGE="es").text()
    assert computer.lines(spanish)["reloj"].startswith("BIEN ")
    assert spanish.splitlines()[-1].startswith("En este equipo se puede iniciar sesión")
    assert SECRET_NAME in english


def test_the_sentence_of_a_failure_is_the_applications_own_and_its_reference_stands_in_the_log(
    at_demo: NewComputer, cloud: "Cloud"
) -> None:
    cloud.faults.answer("GetId", status=200, body=b"<html>", headers={"Content-Type": "text/html"})
    computer = at_demo()
    status, text = computer.text()
    assert status == 1
    line = computer.lines(text)["cognito-identity: answer"]
    sentence, _, rest = line.removeprefix("FAILURE ").partition(" Ref. ")
    assert sentence == "This network asks you to sign in on its own page first."
    assert rest[6:] == " [captive_portal HTTP-200]"
    assert f"reference={rest[:6]}" in computer.log()
    assert text.splitlines()[-1].startswith("A sign-in cannot work on this computer.")


def test_a_kiosk_never_asks_its_keyring(at_demo: NewComputer, cloud: "Cloud") -> None:
    computer = at_demo()
    endpoint = {
        "cognito_idp": cloud.url, "cognito_identity": cloud.url, "secrets_manager": cloud.url,
    }  # fmt: skip
    policy = {
        "machine": "kiosk",
        "endpoint": endpoint,
        "cognito_user_pool_id": cloud.pool.id,
        "cognito_client_id": cloud.client.id,
        "cognito_identity_pool_id": cloud.identifiers.identity_pool,
    }
    computer.policy_file.write_text(json.dumps(policy), encoding="utf-8")
    checked = computer.check()
    assert checked.status == 0
    assert checked.of("keyring")["facts"]["state"] == "not_used"
    assert computer.keyring.asked == 0
    # What the variables say of a clinic's machine is not obeyed, and said.
    ignored = checked.of("setting_ignored", "INGENES_COGNITO_CLIENT_ID")
    assert ignored["facts"]["reason"] == "clinic_machine"


def test_a_keyring_that_is_missing_is_a_warning(at_demo: NewComputer) -> None:
    computer = at_demo()
    computer.keyring.is_there = False
    checked = computer.check()
    assert (checked.status, checked.warnings) == (0, ["keyring"])
    assert checked.of("keyring")["code"] == "keyring_unavailable"
