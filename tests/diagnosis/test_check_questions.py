"""Every question that Cognito may ask first: what the check tells of it, and what it does not tell."""

import json

import pytest

from ingenes_desktop.diagnosis.findings import Verdict
from ingenes_desktop.diagnosis.question_finding import question_finding
from ingenes_desktop.diagnosis.words import text
from ingenes_desktop.domain.models import Challenge
from ingenes_desktop.domain.question import (
    AuthenticatorKey,
    AuthenticatorQuestion,
    ChoicePurpose,
    ChoiceQuestion,
    CodeQuestion,
    CustomQuestion,
    EmailQuestion,
    Factor,
    NewPasswordQuestion,
    PasswordQuestion,
    Question,
    UnsupportedQuestion,
)
from ingenes_desktop.domain.secret import Secret
from tests.diagnosis.checking import refuse_made_up_tokens
from tests.diagnosis.conftest import NewComputer
from tests.scripted_cloud import EMAIL, PASSWORD, ScriptedCloud
from tests.scripted_server import respond_json

KEY = AuthenticatorKey(Secret("CANARIOCANARIOCANARIO"), Secret("1010"))
ASKED: list[tuple[str, dict[str, object], str]] = [
    # Cognito's name, its parameters, and the line.
    ("NEW_PASSWORD_REQUIRED", {"requiredAttributes": "[]"}, "right; then the window asks for a new password"),
    (
        "NEW_PASSWORD_REQUIRED",
        {"requiredAttributes": json.dumps(["userAttributes.given_name", "userAttributes.custom:area"])},
        "right; then the window asks for a new password, and for: given_name, custom:area",
    ),
    (
        "SOFTWARE_TOKEN_MFA",
        {"FRIENDLY_DEVICE_NAME": "canario"},
        "right; then the window asks for a code from the authenticator app",
    ),
    (
        "SMS_MFA",
        {"CODE_DELIVERY_DESTINATION": "canario-0123", "CODE_DELIVERY_DELIVERY_MEDIUM": "SMS"},
        "taken; a code was sent (SMS), and the window asks for it",
    ),
    (
        "EMAIL_OTP",
        {"CODE_DELIVERY_DESTINATION": "canario@c***", "CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL"},
        "taken; a code was sent (email), and the window asks for it",
    ),
    (
        "SELECT_MFA_TYPE",
        {"MFAS_CAN_CHOOSE": '["SMS_MFA", "SOFTWARE_TOKEN_MFA"]'},
        "right; then the window asks how to verify that it is this person: SMS, authenticator app",
    ),
    (
        "MFA_SETUP",
        {"MFAS_CAN_SETUP": '["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]'},
        "right; then the window asks to set up two-step verification: authenticator app, email",
    ),
    (
        "CUSTOM_CHALLENGE",
        {"question": "canario"},
        "taken; then the window asks a question of the clinic's own",
    ),
]
UNSUPPORTED: list[tuple[str, dict[str, object], str]] = [
    ("WEB_AUTHN", {"CREDENTIAL_REQUEST_OPTIONS": "{}"}, "WEB_AUTHN"),
    ("CANARY_OF_NEXT_YEAR", {}, "CANARY_OF_NEXT_YEAR"),
]


def answered(name: str, parameters: dict[str, object]) -> dict[str, object]:
    return {"ChallengeName": name, "Session": "canario-sesion-" * 4, "ChallengeParameters": parameters}


@pytest.mark.parametrize(("name", "parameters", "words"), ASKED)
def test_a_question_of_the_windows_is_a_warning_that_says_what_will_be_asked(
    name: str, parameters: dict[str, object], words: str, at_far: NewComputer, far: ScriptedCloud
) -> None:
    computer = at_far()
    refuse_made_up_tokens(far, of_a_person=respond_json(answered(name, parameters)))
    checked = computer.check(email=EMAIL, password=PASSWORD)
    found = checked.of("password")
    assert (found["verdict"], found["facts"]["challenge"]) == ("warning", name)
    assert (checked.status, checked.failures, checked.document["signed_in"]) == (0, [], False)
    # Nobody is asked here, and nothing is answered.
    assert far.requests("RespondToAuthChallenge") == []
    assert far.requests("AssociateSoftwareToken") == []
    assert far.live_sign_ins == 0
    _, report = computer.text(email=EMAIL, password=PASSWORD)
    assert computer.lines(report)["email and password"] == f"WARNING {words} ({name})"
    assert "see the line marked WARNING under Sign-in" in report.splitlines()[-1]
    # Where a code went to, what a pool asks, the Session: a person's own.
    assert "canario" not in checked.written + report + computer.log()


@pytest.mark.parametrize(("name", "parameters", "told"), UNSUPPORTED)
def test_a_question_that_the_window_cannot_ask_is_a_failure(
    name: str, parameters: dict[str, object], told: str, at_far: NewComputer, far: ScriptedCloud
) -> None:
    computer = at_far()
    refuse_made_up_tokens(far, of_a_person=respond_json(answered(name, parameters)))
    checked = computer.check(email=EMAIL, password=PASSWORD)
    assert checked.failures == [("password", "", "challenge_unsupported", told)]
    assert (checked.status, far.requests("RespondToAuthChallenge")) == (1, [])


@pytest.mark.parametrize(
    ("question", "fact", "words"),
    [
        (PasswordQuestion(), "password", "the password was not looked at; the window asks for it"),
        (
            ChoiceQuestion(ChoicePurpose.SIGN_IN, (Factor.PASSWORD_SRP, Factor.EMAIL, Factor.SMS_FIRST)),
            "choice_of_first_factor",
            "the password was not looked at; the window asks how to sign in: password, email, SMS",
        ),
        (
            AuthenticatorQuestion(KEY),
            "authenticator_set_up",
            "right; then the window asks to set up an authenticator app",
        ),
        (EmailQuestion(), "email_set_up", "right; then the window asks for an email address for codes"),
        (
            CodeQuestion(Factor.SMS_FIRST, "canario"),
            "code",
            "taken; a code was sent (SMS), and the window asks for it",
        ),
        (CustomQuestion("canario"), "custom", "taken; then the window asks a question of the clinic's own"),
        (NewPasswordQuestion(), "new_password", "right; then the window asks for a new password"),
    ],
)
def test_the_words_of_each_question(question: Question, fact: str, words: str) -> None:
    """Also of those that other flows lead to."""
    found = question_finding(Challenge("A_NAME", "canario", Secret("canario"), question))
    assert (found.verdict, found.facts["question"]) == (Verdict.WARNING, fact)
    assert text(found) == f"{words} (A_NAME)"
    assert "canario" not in repr(found).lower()


def test_a_question_that_nobody_knows_is_told_by_its_short_name() -> None:
    found = question_finding(Challenge("<canario>", "x", Secret("x"), UnsupportedQuestion("WEB_AUTHN")))
    assert (found.verdict, found.facts) == (Verdict.FAILURE, {"challenge": "WEB_AUTHN"})
    assert found.problem is not None
    assert found.problem.detail == "WEB_AUTHN"


def test_the_words_are_there_in_spanish(at_far: NewComputer, far: ScriptedCloud) -> None:
    computer = at_far(INGENES_LANGUAGE="es", INGENES_AUTH_FLOW="USER_PASSWORD_AUTH")
    parameters: dict[str, object] = {"MFAS_CAN_CHOOSE": '["SMS_MFA", "SOFTWARE_TOKEN_MFA"]'}
    refuse_made_up_tokens(far, of_a_person=respond_json(answered("SELECT_MFA_TYPE", parameters)))
    _, report = computer.text(email=EMAIL, password=PASSWORD)
    assert (
        "correctos; después la ventana pregunta cómo verificar que es esa persona: SMS, "
        "aplicación de autenticación (SELECT_MFA_TYPE)"
    ) in report
    assert "USER_PASSWORD_AUTH: la contraseña se envía dentro de TLS; no se sabe sin iniciar sesión" in report
