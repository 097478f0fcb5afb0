"""Rows 20 to 27 of the fault matrix: what Cognito says of the person, and the tokens it gives."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from time import time

import pytest
from PySide6.QtTest import QTest

from ingenes_desktop.application.outcome import Accepted, Refused
from ingenes_desktop.domain.auth_state import ChallengeRequired, ConfirmationRequired, ResetCodeSent, SignedIn
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.ui.new_password_view import NewPasswordView
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.rows.cases import Chain, sign_in_refused
from tests.scripted_cloud import EMAIL, ScriptedCloud, challenge, new_attempt, password
from tests.scripted_server import Behaviour, html, huge, refuse, respond, respond_json
from tests.tokens import TokenIssuer, encoded
from tests.window import Opener

WRONG = "Incorrect username or password."


@pytest.mark.parametrize(
    "answer",
    [
        refuse("NotAuthorizedException", WRONG),
        refuse("UserNotFoundException", "User does not exist."),
        refuse("com.amazonaws.cognito#UserNotFoundException", "User does not exist."),
    ],
    ids=["wrong-password", "unknown-user", "unknown-user-in-full"],
)
def test_row_20_wrong_password_and_unknown_user_are_one(
    open_window: Opener, far: ScriptedCloud, answer: Behaviour
) -> None:
    far.script("InitiateAuth", answer)
    window = open_window()
    sign_in_refused(window, ErrorCode.WRONG_CREDENTIALS)
    window.assert_retry_works()


def test_row_20_an_unknown_refusal_is_not_called_a_wrong_password(
    open_window: Opener, far: ScriptedCloud
) -> None:
    far.script("InitiateAuth", refuse("NotAuthorizedException", "canario: something new"))
    window = open_window()
    sign_in_refused(window, ErrorCode.REFUSED)
    assert not any("canario: something" in line for line in window.log.lines)
    window.assert_retry_works()


def test_row_21_new_password_has_its_form(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("InitiateAuth", challenge("NEW_PASSWORD_REQUIRED", USER_ID_FOR_SRP="nombre-real"))
    window = open_window()
    assert isinstance(window.sign_in(), ChallengeRequired)
    (view,) = window.window.findChildren(NewPasswordView)
    for field in view.findChildren(PasswordEdit):
        QTest.keyClicks(field, "Nueva-Clave-8!")
    window.click("Continuar")
    window.qtbot.waitUntil(lambda: isinstance(window.state, SignedIn), timeout=5_000)
    (answered,) = far.requests("RespondToAuthChallenge")
    assert answered.json["ChallengeResponses"]["USERNAME"] == "nombre-real"
    assert answered.json["ChallengeResponses"]["NEW_PASSWORD"] == "Nueva-Clave-8!"
    window.sign_out()
    assert not any("Nueva-Clave-8!" in line for line in window.log.lines)


@pytest.mark.parametrize(
    "name", ["SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP", "SMS_OTP", "CUSTOM_CHALLENGE"]
)
def test_row_21_a_question_has_its_form(open_window: Opener, far: ScriptedCloud, name: str) -> None:
    far.script("InitiateAuth", challenge(name, USER_ID_FOR_SRP="nombre-real"))
    window = open_window()
    assert isinstance(window.sign_in(), ChallengeRequired)
    QTest.keyClicks(window.focus(), "12 34-56")
    window.submit()
    window.qtbot.waitUntil(lambda: isinstance(window.state, SignedIn), timeout=5_000)
    (answered,) = far.requests("RespondToAuthChallenge")
    assert answered.json["ChallengeName"] == name
    key, expected = ("ANSWER", "12 34-56") if name == "CUSTOM_CHALLENGE" else (f"{name}_CODE", "123456")
    assert answered.json["ChallengeResponses"] == {"USERNAME": "nombre-real", key: expected}
    window.sign_out()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("WEB_AUTHN", "WEB_AUTHN"),
        ("SOMETHING_OF_NEXT_YEAR", "SOMETHING_OF_NEXT_YEAR"),
        ("<b>rojo</b>", "UNKNOWN"),
        ("x" * 5_000, "UNKNOWN"),
    ],
)
def test_row_21_other_challenges_are_named(
    open_window: Opener, far: ScriptedCloud, name: str, shown: str
) -> None:
    far.script("InitiateAuth", challenge(name))
    window = open_window()
    sign_in_refused(window, ErrorCode.CHALLENGE_UNSUPPORTED, detail=shown)
    assert len(far.requests("InitiateAuth")) == 1, "it went in a circle"
    assert "<" not in window.sentence
    window.assert_retry_works()


@pytest.mark.parametrize("name", [5, ["SMS_MFA"], {"a": 1}, True])
def test_row_21_a_challenge_whose_name_is_no_text(far: ScriptedCloud, name: object) -> None:
    far.script("InitiateAuth", challenge(name))
    outcome = Chain(far).run()
    assert isinstance(outcome, Refused)
    assert outcome.error.code in {ErrorCode.UNEXPECTED_ANSWER, ErrorCode.CHALLENGE_UNSUPPORTED}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (refuse("NotAuthorizedException", "User is disabled."), ErrorCode.ACCOUNT_DISABLED),
        (
            refuse(
                "NotAuthorizedException",
                "Temporary password has expired and must be reset by an administrator.",
            ),
            ErrorCode.TEMPORARY_PASSWORD_EXPIRED,
        ),
    ],
    ids=["disabled", "temporary-password-expired"],
)
def test_row_22_the_account_itself(
    open_window: Opener, far: ScriptedCloud, answer: Behaviour, code: ErrorCode
) -> None:
    far.script("InitiateAuth", answer)
    window = open_window()
    sign_in_refused(window, code)
    window.assert_retry_works()


def test_row_22_an_account_that_was_never_confirmed(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("InitiateAuth", refuse("UserNotConfirmedException", "User is not confirmed."))
    window = open_window()
    window.sign_in()
    window.qtbot.waitUntil(lambda: window.shows(ConfirmationRequired))
    window.qtbot.waitUntil(lambda: far.operations()[-1:] == ["ResendConfirmationCode"])
    assert len(far.requests("InitiateAuth")) == 1
    window.click("Empezar de nuevo")
    window.assert_retry_works()


def test_row_22_an_account_that_must_be_reset(open_window: Opener, far: ScriptedCloud) -> None:
    refused = refuse("PasswordResetRequiredException", "Password reset required for the user")
    far.script("InitiateAuth", refused)
    window = open_window()
    window.sign_in()
    window.qtbot.waitUntil(lambda: window.shows(ResetCodeSent))
    assert len(far.requests("ForgotPassword")) == 1
    assert len(far.requests("InitiateAuth")) == 1
    window.click("Volver a iniciar sesión")
    window.assert_retry_works()


UNUSABLE = (
    {"IdToken": None},
    {"IdToken": ""},
    {"IdToken": 5},
    {"IdToken": "x" * 20_000},
    {"AccessToken": None},
    {"RefreshToken": None},
    {"ExpiresIn": -5},
    {"ExpiresIn": 0},
    {"ExpiresIn": "abc"},
    {"ExpiresIn": 1e12},
    {"ExpiresIn": True},
    {"ExpiresIn": None},
)


def test_row_23_tokens_missing_or_of_no_use(far: ScriptedCloud) -> None:
    chain = Chain(far)
    for changes in UNUSABLE:
        answer = far.tokens(**changes)
        if "RefreshToken" in changes:
            far.forget_sign_ins()  # nobody was told how to revoke it
        far.script("InitiateAuth", answer)
        chain.refused(ErrorCode.UNEXPECTED_ANSWER)
        assert not far.requests("GetId")


def test_row_23_in_the_window(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("InitiateAuth", far.tokens(ExpiresIn="abc"))
    window = open_window()
    sign_in_refused(window, ErrorCode.UNEXPECTED_ANSWER)
    window.assert_retry_works()


def forged(issuer: TokenIssuer, now: float) -> dict[str, str]:
    """Tokens with another signature than the pool's."""
    claims = issuer.claims(now)
    payload = encoded(json.dumps(claims))
    stranger = TokenIssuer(issuer.key_id)
    return {
        "none": f"{encoded(json.dumps({'alg': 'none', 'kid': issuer.key_id}))}.{payload}.",
        "hs256-with-the-public-key": _hs256(issuer, payload),
        "rs512": issuer.sign(claims, algorithm="RS512"),
        "ps256": issuer.sign(claims, algorithm="PS256"),
        "another-key": stranger.sign(claims),
        "changed": _changed(issuer.sign(claims)),
    }


def _hs256(issuer: TokenIssuer, payload: str) -> str:
    signing_input = f"{encoded(json.dumps({'alg': 'HS256', 'kid': issuer.key_id}))}.{payload}"
    return (
        f"{signing_input}.{encoded(hmac.digest(issuer.public_pem, signing_input.encode(), hashlib.sha256))}"
    )


def _changed(token: str) -> str:
    header, payload, signature = token.split(".")
    middle = len(payload) // 2
    other = "A" if payload[middle] != "A" else "B"
    return f"{header}.{payload[:middle]}{other}{payload[middle + 1 :]}.{signature}"


def test_row_24_forged_tokens(far: ScriptedCloud, issuer: TokenIssuer) -> None:
    chain = Chain(far)
    for name, token in forged(issuer, time()).items():
        far.script("InitiateAuth", far.tokens(id_token=token))
        error = chain.refused(ErrorCode.UNEXPECTED_ANSWER)
        assert error.detail.startswith("JWT-"), name
        assert not far.requests("GetId"), f"{name} was used"


def test_row_24_in_the_window(open_window: Opener, far: ScriptedCloud, issuer: TokenIssuer) -> None:
    far.script("InitiateAuth", far.tokens(id_token=forged(issuer, time())["none"]))
    window = open_window()
    sign_in_refused(window, ErrorCode.UNEXPECTED_ANSWER)
    assert len(far.requests("RevokeToken")) == 1
    window.assert_retry_works()


OF_ANOTHER = (
    {"aud": "otro-cliente"},
    {"aud": ["3exampleclient0000000000000"]},
    {"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Otro"},
    {"iss": None},
    {"token_use": "access"},
    {"token_use": None},
    {"exp": 1e308},
    {"exp": None},
)


def test_row_25_tokens_for_somebody_else(far: ScriptedCloud) -> None:
    chain = Chain(far)
    for changes in OF_ANOTHER:
        far.claims = dict(changes)
        chain.refused(ErrorCode.UNEXPECTED_ANSWER)
        assert not far.requests("GetId")


def test_row_25_in_the_window(open_window: Opener, far: ScriptedCloud) -> None:
    far.claims = {"token_use": "access"}
    window = open_window()
    sign_in_refused(window, ErrorCode.UNEXPECTED_ANSWER)
    far.claims = {}
    window.assert_retry_works()


BAD_KEY_SETS: dict[str, Callable[[], Behaviour]] = {
    "500": lambda: html(500),
    "empty": lambda: respond(200, b"", content_type="application/json"),
    "html": html,
    "10-mb": lambda: huge(10_000_000),
}


@pytest.mark.parametrize("kind", BAD_KEY_SETS)
def test_row_26_keys_that_are_held_need_no_key_set(far: ScriptedCloud, kind: str) -> None:
    chain = Chain(far)
    first = chain.run()
    far.script("JWKS", BAD_KEY_SETS[kind]())
    second = chain.run()
    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    assert not far.requests("JWKS"), "fetched for every attempt"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("500", ErrorCode.NOT_RESPONDING),
        ("empty", ErrorCode.UNEXPECTED_ANSWER),
        ("html", ErrorCode.CAPTIVE_PORTAL),
        ("10-mb", ErrorCode.UNEXPECTED_ANSWER),
    ],
)
def test_row_26_no_key_set(open_window: Opener, far: ScriptedCloud, kind: str, code: ErrorCode) -> None:
    far.script("JWKS", BAD_KEY_SETS[kind]())
    window = open_window()
    sign_in_refused(window, code)
    assert len(far.requests("RevokeToken")) == 1
    window.assert_retry_works()


def test_row_26_unknown_key_is_looked_for_once(far: ScriptedCloud) -> None:
    chain = Chain(far)
    stranger = TokenIssuer("clave-2")
    far.script("InitiateAuth", far.tokens(id_token=stranger.sign(stranger.claims(time()))))
    chain.refused(ErrorCode.UNEXPECTED_ANSWER, detail="JWKS-KEY")
    assert len(far.requests("JWKS")) == 1
    for _ in range(2):
        far.script("InitiateAuth", far.tokens(id_token=stranger.sign(stranger.claims(time()))))
        chain.refused(ErrorCode.UNEXPECTED_ANSWER, detail="JWKS-KEY")
        assert not far.requests("JWKS"), "fetched for every attempt"


def test_row_26_a_new_key_is_found(far: ScriptedCloud) -> None:
    moment = [1_000.0]
    services = far.services(clock=lambda: moment[0])
    assert isinstance(services.sign_in.run(EMAIL, password(), new_attempt()), Accepted)
    stranger = TokenIssuer("clave-2")
    keys = {"keys": [far.issuer.jwk(), stranger.jwk()]}
    far.script("JWKS", respond_json(keys, content_type="application/json"))
    moment[0] += 301.0
    far.script("InitiateAuth", far.tokens(id_token=stranger.sign(stranger.claims(time()))))
    assert isinstance(services.sign_in.run(EMAIL, password(), new_attempt()), Accepted)
    assert len(far.requests("JWKS")) == 2


FIVE_YEARS = 5 * 365 * 86_400.0


@pytest.mark.parametrize("ahead", [-3_600.0, 3_600.0, FIVE_YEARS, -FIVE_YEARS])
def test_row_27_a_wrong_clock_is_corrected(open_window: Opener, ahead: float) -> None:
    window = open_window(wall_clock=lambda: time() + ahead)
    assert isinstance(window.sign_in(), SignedIn), window.sentence
    window.sign_out()


@pytest.mark.parametrize("ahead", [-3_600.0, 3_600.0, FIVE_YEARS, -FIVE_YEARS])
def test_row_27_without_a_date_the_clock_is_named(
    open_window: Opener, far: ScriptedCloud, ahead: float
) -> None:
    far.rewrite = lambda data: re.sub(rb"Date: [^\r]*\r\n", b"", data)
    moved = [ahead]
    window = open_window(wall_clock=lambda: time() + moved[0])
    sign_in_refused(window, ErrorCode.CLOCK_WRONG)
    moved[0] = 0.0
    window.assert_retry_works()
