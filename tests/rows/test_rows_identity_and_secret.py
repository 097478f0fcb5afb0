"""Rows 28 to 33 of the fault matrix: the identity pool, the secret, and where the secret leads."""

import base64
import json
import socket
from time import time

import pytest

from ingenes_desktop.adapters.connection import Address
from ingenes_desktop.application.outcome import Accepted
from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.settings import FileMakerRules
from tests.rows.cases import Chain, sign_in_refused
from tests.scripted_cloud import (
    BASE_URL,
    FILEMAKER_HOST,
    FILEMAKER_PASSWORD,
    SCALED,
    ScriptedCloud,
    filemaker_refusal,
)
from tests.scripted_server import html, refuse, respond_json
from tests.window import Opener

ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:canario-arn"


@pytest.mark.parametrize("operation", ["GetId", "GetCredentialsForIdentity"])
@pytest.mark.parametrize(
    ("error", "message", "code"),
    [
        ("AccessDeniedException", f"User is not authorized to {ARN}", ErrorCode.ACCESS_DENIED),
        (
            "NotAuthorizedException",
            "Token is not from a supported provider of this identity pool.",
            ErrorCode.CONFIGURATION,
        ),
        ("NotAuthorizedException", f"Access to Identity '{ARN}' is forbidden.", ErrorCode.ACCESS_DENIED),
        ("NotAuthorizedException", "Invalid login token. Token expired: 1 >= 0", ErrorCode.CLOCK_WRONG),
        ("InvalidIdentityPoolConfigurationException", "Invalid role", ErrorCode.CONFIGURATION),
        ("ResourceNotFoundException", f"IdentityPool '{ARN}' not found.", ErrorCode.CONFIGURATION),
    ],
)
def test_row_28_no_access(
    open_window: Opener, far: ScriptedCloud, operation: str, error: str, message: str, code: ErrorCode
) -> None:
    far.script(operation, refuse(error, message))
    window = open_window()
    sign_in_refused(window, code)
    assert len(far.requests(operation)) == 1
    assert not any("canario-arn" in line for line in window.log.lines)
    window.assert_retry_works()


UNUSABLE = (
    {"AccessKeyId": None},
    {"SecretKey": None},
    {"SessionToken": None},
    {"SecretKey": 5},
    {"SessionToken": "con\r\nX-Otra: cabecera"},
    {"AccessKeyId": "ñandú"},
    {"AccessKeyId": ""},
    {"Expiration": None},
    {"Expiration": "nunca"},
)


def test_row_29_credentials_missing_or_of_no_use(far: ScriptedCloud) -> None:
    chain = Chain(far)
    for changes in (*UNUSABLE, {"Expiration": time() - 60}, {"Expiration": 0}):
        far.script("GetCredentialsForIdentity", far.credentials(**changes))
        chain.refused(ErrorCode.UNEXPECTED_ANSWER)
        assert not far.requests("GetSecretValue"), f"{changes} were used"


def test_row_29_in_the_window(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("GetCredentialsForIdentity", far.credentials(Expiration=time() - 1))
    window = open_window()
    sign_in_refused(window, ErrorCode.UNEXPECTED_ANSWER)
    window.assert_retry_works()


def test_row_29_credentials_that_end_soon_are_used_once(far: ScriptedCloud) -> None:
    far.script("GetCredentialsForIdentity", far.credentials(Expiration=time() + 30))
    assert isinstance(Chain(far).run(), Accepted)
    assert len(far.requests("GetCredentialsForIdentity")) == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("AccessDeniedException", ErrorCode.ACCESS_DENIED),
        ("ResourceNotFoundException", ErrorCode.CONFIGURATION),
        ("DecryptionFailure", ErrorCode.CONFIGURATION),
        ("InvalidRequestException", ErrorCode.CONFIGURATION),
        ("InvalidSignatureException: Signature expired: it is later", ErrorCode.CLOCK_WRONG),
        ("InvalidSignatureException: Signature not yet current", ErrorCode.CLOCK_WRONG),
        ("InvalidSignatureException", ErrorCode.CONFIGURATION),
        ("RequestExpired", ErrorCode.CLOCK_WRONG),
    ],
)
def test_row_30_secret_refused(open_window: Opener, far: ScriptedCloud, error: str, code: ErrorCode) -> None:
    name, _, message = error.partition(": ")
    far.script("GetSecretValue", refuse(name, message or f"no identity-based policy allows {ARN}"))
    window = open_window()
    sign_in_refused(window, code, detail=name)
    assert "arn:" not in window.sentence
    assert not any("canario-arn" in line for line in window.log.lines)
    window.assert_retry_works()


ODD_FIELDS: tuple[object, ...] = (
    *(None, "", "   ", 5, ["x"], {}, True),
    *("con\ncontrol", "x" * 2_000, "\ud800"),
)


def secret_text(text: object) -> dict[str, object]:
    return {"SecretString": text}


def test_row_31_secret_malformed(far: ScriptedCloud) -> None:
    chain = Chain(far)
    fields = {"baseUrl": BASE_URL, "username": "webapp", "password": FILEMAKER_PASSWORD}
    broken: list[tuple[object, str]] = [
        ({}, "SECRET-EMPTY"),
        (secret_text(""), "SECRET-EMPTY"),
        (secret_text("canario-secreto"), "SECRET-NOT-JSON"),
        (secret_text("[]"), "SECRET-NOT-JSON"),
        (secret_text("null"), "SECRET-NOT-JSON"),
        (secret_text("{}"), "SECRET-BASEURL"),
        (secret_text('{"password": "a", "password": "b"}'), "SECRET-NOT-JSON"),
    ]
    for name in fields:
        for value in ODD_FIELDS:
            changed = {**fields, name: value}
            if value is None:
                del changed[name]
            broken.append((secret_text(json.dumps(changed)), f"SECRET-{name.upper()}"))
    for answer, detail in broken:
        far.script("GetSecretValue", respond_json(answer))
        chain.refused(ErrorCode.CONFIGURATION, detail=detail)
        assert FILEMAKER_HOST not in far.names_asked


@pytest.mark.parametrize(
    "binary",
    [
        json.dumps({"baseUrl": BASE_URL, "username": "webapp", "password": FILEMAKER_PASSWORD}).encode(),
        base64.b64encode(
            json.dumps({"baseUrl": BASE_URL, "username": "webapp", "password": FILEMAKER_PASSWORD}).encode()
        ),
    ],
)
def test_row_31_secret_binary_is_as_good(open_window: Opener, far: ScriptedCloud, binary: bytes) -> None:
    far.script("GetSecretValue", respond_json({"SecretBinary": base64.b64encode(binary).decode()}))
    window = open_window()
    assert isinstance(window.sign_in(), SignedIn)
    window.sign_out()
    window.assert_no_secret_told()


def test_row_31_in_the_window(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("GetSecretValue", far.secret_of(password=None))
    window = open_window()
    sign_in_refused(window, ErrorCode.CONFIGURATION, detail="SECRET-PASSWORD")
    window.assert_retry_works()


FOREIGN_ADDRESSES = (
    "http://{host}{path}",
    "https://webapp@{host}{path}",
    "https://evil.example\\@{host}{path}",
    "https://192.0.2.7{path}",
    "https://169.254.169.254{path}",
    "https://[::1]{path}",
    "https://2130706433{path}",
    "https://127.0.0.1{path}",
    "https://localhost{path}",
    "https://{host}{path}\r\nX-Otra: cabecera",
    "https://{host}/otra/ruta",
    "https://{host}:99999{path}",
    "//{host}{path}",
    "",
)


def test_row_32_addresses_that_lead_elsewhere(far: ScriptedCloud) -> None:
    chain = Chain(far, settings=far.settings(filemaker=FileMakerRules()))
    path = "/fmi/data/v1/databases/Clinica"
    for address in FOREIGN_ADDRESSES:
        far.script("GetSecretValue", far.secret_of(baseUrl=address.format(host=FILEMAKER_HOST, path=path)))
        chain.refused(ErrorCode.CONFIGURATION, detail="SECRET-BASEURL")
        assert FILEMAKER_HOST not in far.names_asked
        assert far.servers["filemaker"].connections == 0


def test_row_32_another_domain_than_the_policy_s(open_window: Opener, far: ScriptedCloud) -> None:
    rules = FileMakerRules(host_suffixes=("otra.example",), on_premises=True)
    window = open_window(far.settings(filemaker=rules))
    sign_in_refused(window, ErrorCode.CONFIGURATION, detail="SECRET-BASEURL")
    assert far.servers["filemaker"].connections == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254"])
def test_row_32_a_name_that_leads_to_this_machine(
    open_window: Opener, far: ScriptedCloud, address: str
) -> None:
    def resolve(host: str, port: int) -> list[Address]:
        found = far.resolve(host, port)
        if host != FILEMAKER_HOST:
            return found
        return [(socket.AF_INET, (address, found[0][1][1]))]

    window = open_window(far.settings(filemaker=FileMakerRules()), resolve=resolve)
    sign_in_refused(window, ErrorCode.CONFIGURATION, detail="FM-ADDRESS")
    assert far.servers["filemaker"].connections == 0


def test_row_33_service_account_refused(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("Login", filemaker_refusal(212, status=401))
    window = open_window()
    sign_in_refused(window, ErrorCode.CONFIGURATION, detail="FM-212", within=SCALED.step)
    # The secret is read anew once, in case the account was changed; then it is said.
    assert (len(far.requests("GetSecretValue")), len(far.requests("Login"))) == (2, 2)
    assert len(far.requests("InitiateAuth")) == 1
    window.assert_retry_works()


def test_row_33_an_account_that_was_changed_is_read_anew(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("Login", filemaker_refusal(212, status=401), times=1)
    window = open_window()
    assert isinstance(window.sign_in(), SignedIn)
    assert len(far.requests("GetSecretValue")) == 2
    window.sign_out()


def test_row_33_a_page_with_401_is_the_account_too(far: ScriptedCloud) -> None:
    far.script("Login", html(401))
    Chain(far).refused(ErrorCode.CONFIGURATION, detail="FM-212")
