"""The signed-in step against the demo cloud: what works, and each thing that can be wrong, one by one."""

import json
import time
from collections.abc import Callable
from re import compile as compile_pattern
from re import escape
from typing import TYPE_CHECKING, Any

import pytest
from moto.cognitoidp.models import UserStatus

from ingenes_desktop.demo.accounts import ACCOUNTS
from ingenes_desktop.demo.filemaker import faults
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.seeds import PASSWORD, TEMPORARY_PASSWORD
from ingenes_desktop.domain.machine import AuthFlow
from tests.cloud import new_email
from tests.diagnosis.checking import QUICK, Checked, Computer
from tests.diagnosis.conftest import NewComputer

if TYPE_CHECKING:
    from ingenes_desktop.demo.servers import Cloud

LUIS = "luis@clinica.example"
STEPS = [
    "password", "id_token", "identity", "credentials", "filemaker_account", "proxy", "name_lookup",
    "connection", "tls", "filemaker_product", "filemaker_session", "find", "duration", "find", "escaping",
    "record", "users_layout", "login_layout", "base_table", "filemaker_session_ended", "tokens_revoked",
]  # fmt: skip


def sign_in(computer: Computer, email: str = LUIS, password: str = PASSWORD) -> Checked:
    return computer.check(email=email, password=password)


def steps(checked: Checked) -> list[str]:
    return [each["check"] for each in checked.findings if each["section"] == "sign_in"]


def assert_nothing_is_left(cloud: "Cloud") -> None:
    """No FileMaker session is open, every refresh token is revoked, and nothing was written."""
    assert cloud.filemaker.sessions.open_now == 0
    signed_in = cloud.journal.operations.count("GetId") > 1 or "RevokeToken" in cloud.journal.operations
    assert ("RevokeToken" in cloud.journal.operations) is signed_in
    assert "GlobalSignOut" not in cloud.journal.operations
    for write in (Call.EDIT, Call.CREATE, Call.DELETE, Call.DUPLICATE, Call.GLOBALS):
        assert cloud.filemaker.journal.count(write) == 0


def test_the_whole_chain(at_demo: NewComputer, cloud: "Cloud") -> None:
    checked = sign_in(at_demo())
    assert (checked.status, checked.failures, checked.warnings) == (0, [], [])
    assert steps(checked) == STEPS
    assert checked.document["signed_in"] is True
    assert not checked.has("secret")  # what is open without a sign-in is settled now
    assert checked.of("base_table")["facts"] == {
        "same": True,
        "users_table": "Usuarios",
        "login_table": "Usuarios",
    }
    assert checked.of("users_layout")["facts"]["missing"] == []
    assert checked.of("login_layout")["facts"]["type"] == "timestamp"
    assert checked.of("escaping")["facts"] == {"obeyed": True, "proven": False}
    assert_nothing_is_left(cloud)


def test_the_last_line_says_that_it_works(at_demo: NewComputer) -> None:
    status, text = at_demo().text(email=LUIS, password=PASSWORD)
    assert (status, text.splitlines()[-1]) == (0, "A sign-in works on this computer.")


def test_a_look_alike_proves_that_escapes_are_obeyed(at_demo: NewComputer) -> None:
    checked = sign_in(at_demo(), "maria@clinica.example")
    assert checked.of("escaping")["facts"] == {"obeyed": True, "proven": True}
    assert checked.of("find", "escaped")["facts"]["found"] == 1
    assert checked.of("find", "unescaped")["facts"] == {"code": "0", "found": 2, "returned": 2, "exact": 1}
    assert checked.status == 0


def test_a_server_that_does_not_obey_escapes_is_a_warning(at_demo: NewComputer, cloud: "Cloud") -> None:
    cloud.filemaker.faults.switch_on(faults.NoRecord(), count=1, on=Call.FIND)
    checked = sign_in(at_demo())
    assert checked.of("find", "escaped")["facts"]["code"] == "401"
    assert checked.of("escaping")["facts"] == {"obeyed": False, "proven": True}
    assert checked.warnings == ["escaping"]
    assert (checked.status, checked.document["signed_in"]) == (0, True)


def test_nothing_of_the_person_and_no_secret_is_told(at_demo: NewComputer, cloud: "Cloud") -> None:
    computer = at_demo()
    checked = sign_in(computer)
    _, text = computer.text(email=LUIS, password=PASSWORD)
    secret = cloud.default_secret
    personal = ["Luis Fernando", "Sabina", "lsabina", "5550100102", "5002", LUIS, PASSWORD]
    log = computer.log()
    for canary in [*personal, secret["password"], secret["username"], "eyJ", "ASIA"]:
        # A port may have the same digits and one more.
        alone = compile_pattern(rf"(?<!\d){escape(canary)}(?!\d)")
        assert not alone.search(checked.written + text)
        assert not alone.search(log)


@pytest.mark.parametrize(
    ("fault", "on", "check", "code", "detail"),
    [
        (faults.Full(), None, "filemaker_session", "filemaker_full", "FM-812"),
        (faults.AccountRefused(), None, "filemaker_session", "configuration", "FM-212"),
        (faults.EngineDown(), Call.LOGIN, "filemaker_session", "filemaker_unavailable", "HTTP-503"),
        (faults.EngineDown(retry_after="7"), Call.LOGIN, "filemaker_session", "busy", "HTTP-503"),
        (faults.HalfJson(), Call.FIND, "find", "unexpected_answer", "NOT-AN-OBJECT"),
        (faults.CutOff(), Call.FIND, "find", "not_responding", "BROKEN-OFF"),
        (faults.ErrorCode(105), Call.FIND, "find", "configuration", "FM-105"),
        (faults.ErrorCode(802), Call.FIND, "find", "filemaker_unavailable", "FM-802"),
        (faults.TokenExpired(), Call.FIND, "find", "filemaker_unavailable", "FM-952"),
        (faults.NoRecord(), Call.FIND, "record", "user_not_found", ""),
        (faults.LookAlike(), Call.FIND, "record", "user_not_found", ""),
        (faults.Duplicate(), Call.FIND, "record", "several_records", ""),
        (faults.FieldMissing("Email"), None, "find", "configuration", "FM-102"),
        (faults.FieldValues({"recordId": 1, "Email": None}), Call.FIND, "record", "user_not_found", ""),
    ],
)
def test_a_filemaker_server_that_fails(
    fault: Any,
    on: Call | None,
    check: str,
    code: str,
    detail: str,
    at_demo: NewComputer,
    cloud: "Cloud",
) -> None:
    cloud.filemaker.faults.switch_on(fault, on=on)
    computer = at_demo()
    checked = sign_in(computer)
    assert checked.status == 1
    first = checked.failures[0]
    assert (first[0], first[2], first[3]) == (check, code, detail)
    assert f"reference={checked.of(check)['reference']}" in computer.log()
    assert checked.of("tokens_revoked")["verdict"] == "ok"
    assert_nothing_is_left(cloud)


@pytest.mark.parametrize(
    ("on", "check"), [(Call.LOGIN, "filemaker_session"), (Call.FIND, "find"), (Call.PRODUCT_INFO, None)]
)
def test_a_filemaker_server_that_is_too_slow(
    on: Call, check: str | None, at_demo: NewComputer, cloud: "Cloud"
) -> None:
    cloud.filemaker.faults.switch_on(faults.Slow(30.0), on=on)
    computer = at_demo()
    computer.user_file.write_text(QUICK, encoding="utf-8")
    checked = sign_in(computer)
    cloud.filemaker.faults.clear()
    assert [each[::2] for each in checked.failures] == ([(check, "not_responding")] if check else [])
    assert checked.document["seconds"] < 15
    assert checked.of("tokens_revoked")["verdict"] == "ok"


def test_a_chain_that_is_slower_than_a_sign_in_may_be(at_demo: NewComputer, cloud: "Cloud") -> None:
    # No step is too slow by itself; the window ends the whole of them after 45 s.
    def clock() -> float:
        asked = cloud.journal.operations
        # The first two ask without a person: what the client is, and what its flow.
        person = [number for number, each in enumerate(asked) if each == "InitiateAuth"][2:]
        calls = len(asked) - person[0] if person else 0
        calls += sum(map(cloud.filemaker.journal.count, (Call.LOGIN, Call.FIND)))
        return time.monotonic() + 7 * calls

    computer = at_demo()
    computer.changes["clock"] = clock
    checked = sign_in(computer)
    assert checked.failures == [("duration", "", "not_responding", "DEADLINE")]
    assert checked.status == 1
    assert checked.of("duration")["facts"]["limit"] == 45
    assert 49 <= checked.of("duration")["facts"]["seconds"] < 56
    assert checked.of("record")["verdict"] == "ok"
    assert_nothing_is_left(cloud)


@pytest.mark.parametrize(
    ("operation", "check"),
    [("GetCredentialsForIdentity", "credentials"), ("RevokeToken", None)],
)
def test_an_aws_service_that_is_too_slow(
    operation: str, check: str | None, at_demo: NewComputer, cloud: "Cloud"
) -> None:
    cloud.faults.slow(operation, 30.0)
    computer = at_demo()
    computer.user_file.write_text(QUICK, encoding="utf-8")
    policy = {"limits": {"tidy_up": 1}}
    computer.policy_file.write_text(json.dumps(policy), encoding="utf-8")
    checked = sign_in(computer)
    cloud.faults.clear()
    if check is None:
        assert (checked.failures, checked.warnings) == ([], ["tokens_revoked"])
    else:
        assert [each[::2] for each in checked.failures] == [(check, "not_responding")]
    assert checked.document["seconds"] < 15


@pytest.mark.parametrize(
    ("fault", "check", "facts"),
    [
        (
            faults.OtherBaseTable("_webappSalesContacts", "Contactos"),
            "base_table",
            {"same": False, "users_table": "Usuarios", "login_table": "Contactos"},
        ),
        (faults.FieldMissing("LastLoginTime"), "login_layout", {"type": None}),
        (faults.FieldMissing("celular"), "users_layout", {"missing": ["celular"], "fields": 8}),
    ],
)
def test_what_no_sign_in_needs_is_a_warning(
    fault: Any, check: str, facts: dict[str, object], at_demo: NewComputer, cloud: "Cloud"
) -> None:
    cloud.filemaker.faults.switch_on(fault)
    checked = sign_in(at_demo())
    assert (checked.status, checked.warnings) == (0, [check])
    assert checked.of(check)["facts"] == facts
    assert_nothing_is_left(cloud)


def test_a_product_that_is_not_told_is_no_failure(at_demo: NewComputer, cloud: "Cloud") -> None:
    cloud.filemaker.faults.switch_on(faults.EngineDown(), on=Call.PRODUCT_INFO)
    checked = sign_in(at_demo())
    assert (checked.status, checked.of("filemaker_product")["verdict"]) == (0, "note")


@pytest.mark.parametrize(
    ("operation", "code", "message", "check", "error", "detail"),
    [
        (
            "GetCredentialsForIdentity",
            "NotAuthorizedException",
            "Access to Identity 'x' is forbidden.",
            "credentials",
            "access_denied",
            "NotAuthorizedException",
        ),
        (
            "GetCredentialsForIdentity",
            "InvalidIdentityPoolConfigurationException",
            "",
            "credentials",
            "configuration",
            "InvalidIdentityPoolConfigurationException",
        ),
        (
            "GetCredentialsForIdentity",
            "TooManyRequestsException",
            "",
            "credentials",
            "busy",
            "TooManyRequestsException",
        ),
    ],
)
def test_an_aws_service_that_refuses(
    operation: str,
    code: str,
    message: str,
    check: str,
    error: str,
    detail: str,
    at_demo: NewComputer,
    cloud: "Cloud",
) -> None:
    cloud.faults.refuse(operation, code, message, times=9)
    checked = sign_in(at_demo())
    assert checked.failures == [(check, "", error, detail)]
    assert checked.status == 1
    assert_nothing_is_left(cloud)


@pytest.mark.parametrize(
    ("variable", "value", "check", "code", "detail"),
    [
        (
            "INGENES_FILEMAKER_SECRET_NAME",
            "Nadie/Lo/Tiene",
            "filemaker_account",
            "configuration",
            "ResourceNotFoundException",
        ),
    ],
)
def test_a_setting_that_only_a_sign_in_finds(
    variable: str, value: str, check: str, code: str, detail: str, at_demo: NewComputer, cloud: "Cloud"
) -> None:
    checked = sign_in(at_demo(**{variable: value}))
    assert checked.failures == [(check, "", code, detail)]
    assert_nothing_is_left(cloud)


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"baseUrl": "http://fm.evil.example/fmi/data/v1/databases/Clinica"}, "SECRET-BASEURL"),
        ({"baseUrl": "https://169.254.169.254/fmi/data/v1/databases/x"}, "SECRET-BASEURL"),
        ({"username": ""}, "SECRET-USERNAME"),
        ({"password": None}, "SECRET-PASSWORD"),
    ],
)
def test_a_secret_that_is_wrong(
    change: dict[str, object], detail: str, at_demo: NewComputer, cloud: "Cloud"
) -> None:
    cloud.put_secret({**cloud.default_secret, **change})
    checked = sign_in(at_demo())
    assert checked.failures == [("filemaker_account", "", "configuration", detail)]
    assert "evil" not in checked.written
    assert_nothing_is_left(cloud)


def test_a_database_that_does_not_exist(at_demo: NewComputer, cloud: "Cloud") -> None:
    base_url = cloud.default_secret["baseUrl"].replace("Clinica", "Otra")
    cloud.put_secret({**cloud.default_secret, "baseUrl": base_url})
    checked = sign_in(at_demo())
    assert [each[0] for each in checked.failures] == ["filemaker_session"]
    assert_nothing_is_left(cloud)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda cloud, email: cloud.add_user(email, "Otra-Clave-2026"), "wrong_credentials"),
        (lambda cloud, email: cloud.add_user(email, enabled=False), "account_disabled"),
        (lambda cloud, email: cloud.add_user(email, status=UserStatus.UNCONFIRMED), "not_confirmed"),
        (lambda cloud, email: cloud.add_user(email, status=UserStatus.RESET_REQUIRED), "reset_required"),
    ],
)
def test_an_account_that_cannot_sign_in(
    make: Callable[["Cloud", str], object], code: str, at_demo: NewComputer, cloud: "Cloud"
) -> None:
    email = new_email()
    make(cloud, email)
    checked = sign_in(at_demo(), email)
    assert [each[::2] for each in checked.failures] == [("password", code)]
    assert cloud.journal.operations.count("InitiateAuth") == 3  # two probes' and one sign-in: never again
    assert steps(checked) == ["password"]
    assert_nothing_is_left(cloud)


def test_a_question_that_comes_first_is_named(at_demo: NewComputer, cloud: "Cloud") -> None:
    checked = sign_in(at_demo(), "nueva@clinica.example", TEMPORARY_PASSWORD)
    password = checked.of("password")
    facts = {"challenge": "NEW_PASSWORD_REQUIRED", "question": "new_password", "attributes": []}
    assert (password["verdict"], password["facts"]) == ("warning", facts)
    assert (checked.status, checked.document["signed_in"]) == (0, False)
    assert_nothing_is_left(cloud)
    _, text = at_demo().text(email="nueva@clinica.example", password=TEMPORARY_PASSWORD)
    assert text.splitlines()[-1] == (
        "A sign-in can work on this computer, as far as it could be looked at: see the line marked WARNING "
        "under Sign-in."
    )


@pytest.mark.parametrize("flow", AuthFlow)
def test_the_whole_chain_in_each_flow(flow: AuthFlow, at_demo: NewComputer, cloud: "Cloud") -> None:
    checked = sign_in(at_demo(INGENES_AUTH_FLOW=flow.value))
    assert (checked.status, checked.failures, checked.warnings) == (0, [], [])
    assert steps(checked) == STEPS
    assert checked.of("auth_flow")["facts"]["flow"] == flow.value
    assert_nothing_is_left(cloud)


@pytest.mark.parametrize(
    ("kind", "challenge", "facts"),
    [
        ("first-sign-in", "NEW_PASSWORD_REQUIRED", {"question": "new_password", "attributes": []}),
        (
            "missing-attribute",
            "NEW_PASSWORD_REQUIRED",
            {"question": "new_password", "attributes": ["phone_number"]},
        ),
        ("two-step-app", "SOFTWARE_TOKEN_MFA", {"question": "code", "factors": ["SOFTWARE_TOKEN_MFA"]}),
        ("two-step-sms", "SMS_MFA", {"question": "code", "factors": ["SMS_MFA"]}),
        ("two-step-email", "EMAIL_OTP", {"question": "code", "factors": ["EMAIL_OTP"]}),
        ("remembered-device", "EMAIL_OTP", {"question": "code", "factors": ["EMAIL_OTP"]}),
        ("two-step-choice", "SELECT_MFA_TYPE", {"question": "choice_of_second_factor"}),
        ("two-step-required", "MFA_SETUP", {"question": "choice_of_set_up"}),
        ("custom-question", "CUSTOM_CHALLENGE", {"question": "custom"}),
    ],
)
def test_the_demos_people_who_are_asked_something_first(
    kind: str, challenge: str, facts: dict[str, object], at_demo: NewComputer, cloud: "Cloud"
) -> None:
    (account,) = (each for each in ACCOUNTS if each.kind == kind)
    computer = at_demo(INGENES_AUTH_FLOW=account.auth_flow or "USER_PASSWORD_AUTH")
    checked = sign_in(computer, account.username, account.password)
    found = checked.of("password")
    assert (found["verdict"], found["facts"]["challenge"]) == ("warning", challenge)
    assert {name: found["facts"][name] for name in facts} == facts
    assert (checked.status, checked.document["signed_in"]) == (0, False)
    for canary in (account.phone, account.username, account.traits.question, account.totp_key):
        assert not canary or canary not in checked.written + computer.log()
    assert_nothing_is_left(cloud)


@pytest.mark.parametrize(
    ("kind", "code", "detail"),
    [
        ("passkey", "challenge_unsupported", "WEB_AUTHN"),
        ("not-confirmed", "not_confirmed", "UserNotConfirmedException"),
        ("reset-required", "reset_required", "PasswordResetRequiredException"),
        ("disabled", "account_disabled", "NotAuthorizedException"),
        ("expired-temporary", "temporary_password_expired", "NotAuthorizedException"),
        ("trigger", "trigger_refused", "UserLambdaValidationException"),
        ("unverified-email", "email_not_verified", ""),
        ("no-record", "user_not_found", ""),
    ],
)
def test_the_demos_people_who_cannot_sign_in(
    kind: str, code: str, detail: str, at_demo: NewComputer, cloud: "Cloud"
) -> None:
    (account,) = (each for each in ACCOUNTS if each.kind == kind)
    computer = at_demo(INGENES_AUTH_FLOW=account.auth_flow or "USER_PASSWORD_AUTH")
    checked = sign_in(computer, account.username, account.password)
    assert [each[2:] for each in checked.failures] == [(code, detail)]
    assert_nothing_is_left(cloud)


def test_the_check_is_nobodys_device(at_demo: NewComputer, cloud: "Cloud") -> None:
    cloud.rules.devices.tracked = True
    checked = sign_in(at_demo())
    assert (checked.status, checked.warnings) == (0, [])
    assert "ConfirmDevice" not in cloud.journal.operations
    assert_nothing_is_left(cloud)


def test_what_a_trigger_says_to_a_person_is_not_repeated(at_demo: NewComputer) -> None:
    (account,) = (each for each in ACCOUNTS if each.kind == "trigger")
    computer = at_demo()
    checked = sign_in(computer, account.username, account.password)
    _, text = computer.text(email=account.username, password=account.password)
    assert "The clinic's system did not allow this." in text
    assert "8:00" not in checked.written + text + computer.log()


def test_tokens_that_cannot_be_revoked_are_told(at_demo: NewComputer, cloud: "Cloud") -> None:
    cloud.faults.answer("RevokeToken", status=500, times=1)
    checked = sign_in(at_demo())
    revoked = checked.of("tokens_revoked")
    assert (revoked["verdict"], revoked["code"]) == ("warning", "operation_not_offered")
    assert checked.status == 0
    assert "GlobalSignOut" not in cloud.journal.operations


def test_no_password_is_sent_where_a_host_cannot_be_reached(at_demo: NewComputer, cloud: "Cloud") -> None:
    cloud.faults.answer("GetId", status=200, body=b"<html>", headers={"Content-Type": "text/html"})
    checked = sign_in(at_demo())
    assert checked.status == 1
    assert steps(checked) == []
    assert cloud.journal.operations.count("InitiateAuth") == 2


def test_no_password_is_asked_for_where_the_settings_do_not_hold(at_demo: NewComputer) -> None:
    # An empty password is refused with exit status 2 where it is asked for.
    checked = at_demo(INGENES_AWS_REGION="moon-1").check(email=LUIS, password="")
    assert checked.status == 1
    assert steps(checked) == []
