"""What Cognito asks: each question read from its answer, and what an odd answer becomes."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ingenes_desktop.adapters.cognito import CognitoUserPool
from ingenes_desktop.adapters.cognito_challenges import LONGEST_SESSION, SHORTEST_SESSION
from ingenes_desktop.domain.answer import CodeAnswer
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.domain.models import Challenge, CognitoTokens
from ingenes_desktop.domain.question import (
    ChoicePurpose,
    ChoiceQuestion,
    CodeQuestion,
    CustomQuestion,
    Factor,
    NewPasswordQuestion,
    PasswordQuestion,
    Question,
    UnsupportedQuestion,
)
from ingenes_desktop.domain.secret import Secret
from tests.adapters.pools import user_pool
from tests.scripted_cloud import EMAIL, ScriptedCloud, new_attempt, password
from tests.scripted_server import respond_json
from tests.tokens import CLIENT_ID, SUB

SESSION = "s" * 40
VERIFY, SIGN_IN, SET_UP = ChoicePurpose.VERIFY, ChoicePurpose.SIGN_IN, ChoicePurpose.SET_UP


def answer_with(name: object, parameters: object, **members: object) -> dict[str, object]:
    """A challenge as Cognito answers it; a member that is None is left out."""
    answer = {"ChallengeName": name, "Session": SESSION, "ChallengeParameters": parameters, **members}
    return {key: value for key, value in answer.items() if value is not None}


def initiate(
    far: ScriptedCloud, answer: dict[str, object], flow: AuthFlow = AuthFlow.USER_PASSWORD_AUTH
) -> Challenge | CognitoTokens:
    far.script("InitiateAuth", respond_json(answer))
    return user_pool(far, auth_flow=flow).initiate_auth(EMAIL, password(), None, new_attempt())


def asked(far: ScriptedCloud, name: object, parameters: object = None, **members: object) -> Challenge:
    challenge = initiate(far, answer_with(name, {} if parameters is None else parameters, **members))
    assert isinstance(challenge, Challenge)
    return challenge


QUESTIONS: list[tuple[str, dict[str, object], Question]] = [
    ("NEW_PASSWORD_REQUIRED", {}, NewPasswordQuestion()),
    (
        "NEW_PASSWORD_REQUIRED",
        {
            "requiredAttributes": '["userAttributes.phone_number","custom:area","userAttributes.name"]',
            "userAttributes": '{"email":"ana@clinica.example"}',
        },
        NewPasswordQuestion(("phone_number", "custom:area", "name")),
    ),
    ("SOFTWARE_TOKEN_MFA", {"FRIENDLY_DEVICE_NAME": "Teléfono"}, CodeQuestion(Factor.TOTP)),
    (
        "SMS_MFA",
        {"CODE_DELIVERY_DELIVERY_MEDIUM": "SMS", "CODE_DELIVERY_DESTINATION": "+*******0142"},
        CodeQuestion(Factor.SMS, "+*******0142"),
    ),
    ("SMS_OTP", {"CODE_DELIVERY_DESTINATION": "+*0142"}, CodeQuestion(Factor.SMS_FIRST, "+*0142")),
    ("EMAIL_OTP", {"CODE_DELIVERY_DESTINATION": "a***@c***"}, CodeQuestion(Factor.EMAIL, "a***@c***")),
    ("EMAIL_OTP", {}, CodeQuestion(Factor.EMAIL)),
    (
        "SELECT_MFA_TYPE",
        {"MFAS_CAN_CHOOSE": '["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]'},
        ChoiceQuestion(VERIFY, (Factor.SMS, Factor.TOTP, Factor.EMAIL)),
    ),
    (
        "SELECT_MFA_TYPE",
        {"MFAS_CAN_CHOOSE": '["WEB_AUTHN","SMS_MFA"]'},
        ChoiceQuestion(VERIFY, (Factor.SMS,)),
    ),
    ("SELECT_MFA_TYPE", {"MFAS_CAN_CHOOSE": '["WEB_AUTHN"]'}, UnsupportedQuestion("WEB_AUTHN")),
    ("SELECT_MFA_TYPE", {}, UnsupportedQuestion("SELECT_MFA_TYPE")),
    (
        "MFA_SETUP",
        {"MFAS_CAN_SETUP": '["SMS_MFA","EMAIL_OTP","SOFTWARE_TOKEN_MFA"]'},
        ChoiceQuestion(SET_UP, (Factor.EMAIL, Factor.TOTP)),
    ),
    # As Python writes a list: moto does.
    ("MFA_SETUP", {"MFAS_CAN_SETUP": "['SOFTWARE_TOKEN_MFA']"}, ChoiceQuestion(SET_UP, (Factor.TOTP,))),
    ("MFA_SETUP", {"MFAS_CAN_SETUP": '["SMS_MFA"]'}, UnsupportedQuestion("MFA_SETUP")),
    ("MFA_SETUP", {}, UnsupportedQuestion("MFA_SETUP")),
    ("CUSTOM_CHALLENGE", {}, CustomQuestion()),
    ("CUSTOM_CHALLENGE", {"USERNAME": SUB, "type": "x"}, CustomQuestion()),
    ("CUSTOM_CHALLENGE", {"question": "¿Su\n folio?"}, CustomQuestion("¿Su folio?")),
    ("CUSTOM_CHALLENGE", {"hint": "c", "text": "b", "prompt": "a"}, CustomQuestion("a")),
    ("CUSTOM_CHALLENGE", {"question": "  ", "message": "m"}, CustomQuestion("m")),
    ("PASSWORD", {}, PasswordQuestion()),
    ("PASSWORD_SRP", {}, PasswordQuestion(Factor.PASSWORD_SRP)),
    ("WEB_AUTHN", {"CREDENTIAL_REQUEST_OPTIONS": "{}"}, UnsupportedQuestion("WEB_AUTHN")),
    ("DEVICE_SRP_AUTH", {}, UnsupportedQuestion("DEVICE_SRP_AUTH")),
    ("DEVICE_PASSWORD_VERIFIER", {}, UnsupportedQuestion("DEVICE_PASSWORD_VERIFIER")),
    ("ADMIN_NO_SRP_AUTH", {}, UnsupportedQuestion("ADMIN_NO_SRP_AUTH")),
    ("SOMETHING_OF_NEXT_YEAR", {}, UnsupportedQuestion("SOMETHING_OF_NEXT_YEAR")),
]


@pytest.mark.parametrize(("name", "parameters", "question"), QUESTIONS)
def test_each_question(
    far: ScriptedCloud, name: str, parameters: dict[str, object], question: Question
) -> None:
    challenge = asked(far, name, parameters)
    assert (challenge.name, challenge.question) == (name, question)
    assert challenge.session.reveal() == SESSION
    assert far.operations() == ["InitiateAuth"]


FIRST_FACTORS: list[tuple[list[str], Question]] = [
    (
        ["PASSWORD_SRP", "EMAIL_OTP", "PASSWORD"],
        ChoiceQuestion(SIGN_IN, (Factor.EMAIL, Factor.PASSWORD)),
    ),
    (["PASSWORD_SRP", "SMS_OTP"], ChoiceQuestion(SIGN_IN, (Factor.PASSWORD_SRP, Factor.SMS_FIRST))),
    (["WEB_AUTHN", "SMS_OTP"], ChoiceQuestion(SIGN_IN, (Factor.SMS_FIRST,))),
    (["WEB_AUTHN"], UnsupportedQuestion("WEB_AUTHN")),
    ([], UnsupportedQuestion("SELECT_CHALLENGE")),
]


@pytest.mark.parametrize(("offered", "question"), FIRST_FACTORS)
def test_first_factors(far: ScriptedCloud, offered: list[str], question: Question) -> None:
    assert asked(far, "SELECT_CHALLENGE", AvailableChallenges=offered).question == question


# ------------------------------------------------------------------------------- the name that answers


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({"USER_ID_FOR_SRP": SUB, "USERNAME": "ana"}, SUB),
        ({"USERNAME": "ana"}, "ana"),
        ({}, EMAIL),
        ({"USER_ID_FOR_SRP": "", "USERNAME": ""}, EMAIL),
        ({"USER_ID_FOR_SRP": "x" * 321}, EMAIL),
        ({"USER_ID_FOR_SRP": "a\nb", "USERNAME": "ana"}, "ana"),
        ({"USER_ID_FOR_SRP": 5}, EMAIL),
    ],
)
def test_who_answers(far: ScriptedCloud, parameters: object, name: str) -> None:
    assert asked(far, "SMS_MFA", parameters).username == name


# ----------------------------------------------------------------------------------------- odd answers

NAMES: tuple[object, ...] = ("x" * 61, "DOS PALABRAS", "línea\nnueva", "<b>", 5, ["SMS_MFA"], {"a": 1})


@pytest.mark.parametrize("name", NAMES, ids=lambda value: repr(value)[:20])
def test_an_odd_name_is_not_shown(far: ScriptedCloud, name: object) -> None:
    try:
        question = asked(far, name).question
    except AuthError as error:
        assert error.code is ErrorCode.UNEXPECTED_ANSWER  # noqa: PT017  either is right
    else:
        assert question == UnsupportedQuestion("UNKNOWN")


@pytest.mark.parametrize(
    "session",
    [None, "", "s" * (SHORTEST_SESSION - 1), "s" * (LONGEST_SESSION + 1)],
    ids=["none", "empty", "too short", "too long"],
)
@pytest.mark.parametrize("name", ["SMS_MFA", "NEW_PASSWORD_REQUIRED", "CUSTOM_CHALLENGE"])
def test_without_a_session_nothing_can_be_asked(far: ScriptedCloud, name: str, session: str | None) -> None:
    with pytest.raises(AuthError) as caught:
        asked(far, name, Session=session)
    assert (caught.value.code, caught.value.detail) == (ErrorCode.UNEXPECTED_ANSWER, "CHALLENGE-SESSION")


@pytest.mark.parametrize("length", [SHORTEST_SESSION, LONGEST_SESSION])
def test_a_session_of_either_bound(far: ScriptedCloud, length: int) -> None:
    assert len(asked(far, "SMS_MFA", Session="s" * length).session.reveal()) == length


def test_what_cannot_be_answered_needs_no_session(far: ScriptedCloud) -> None:
    assert asked(far, "WEB_AUTHN", Session=None).question == UnsupportedQuestion("WEB_AUTHN")


ODD_TEXTS: tuple[object, ...] = (5, True, None, [], {}, "", "\u202eabc", "x" * 50_000, "\x00\x07", "<b>x</b>")


@pytest.mark.parametrize("value", ODD_TEXTS, ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize(
    ("name", "key"), [("SMS_MFA", "CODE_DELIVERY_DESTINATION"), ("CUSTOM_CHALLENGE", "question")]
)
def test_what_is_shown_is_plain_and_bounded(far: ScriptedCloud, name: str, key: str, value: object) -> None:
    question = asked(far, name, {key: value}).question
    assert isinstance(question, CodeQuestion | CustomQuestion)
    text = question.destination if isinstance(question, CodeQuestion) else question.text
    assert len(text) <= 400
    assert text.isprintable()


ODD_LISTS: tuple[Any, ...] = (
    5,
    True,
    {},
    [],
    [5, None],
    "",
    "[",
    "null",
    '{"a":"b"}',
    "[" * 5_000,
    "x" * 50_000,
    '["con espacio","' + "y" * 65 + '","<b>",5,null]',
)


@pytest.mark.parametrize("value", ODD_LISTS, ids=lambda value: repr(value)[:20])
def test_odd_attributes_are_not_asked_for(far: ScriptedCloud, value: object) -> None:
    question = asked(far, "NEW_PASSWORD_REQUIRED", {"requiredAttributes": value}).question
    assert question == NewPasswordQuestion()


def test_an_attribute_is_asked_for_once_and_not_without_end(far: ScriptedCloud) -> None:
    names = json.dumps(["name", "userAttributes.name", *(f"a{number}" for number in range(200))])
    question = asked(far, "NEW_PASSWORD_REQUIRED", {"requiredAttributes": names}).question
    assert isinstance(question, NewPasswordQuestion)
    assert question.attributes[:2] == ("name", "a0")
    assert len(question.attributes) == 50


@pytest.mark.parametrize("value", ODD_LISTS, ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize(
    ("name", "key"), [("SELECT_MFA_TYPE", "MFAS_CAN_CHOOSE"), ("MFA_SETUP", "MFAS_CAN_SETUP")]
)
def test_odd_choices_leave_none(far: ScriptedCloud, name: str, key: str, value: object) -> None:
    assert asked(far, name, {key: value}).question == UnsupportedQuestion(name)


@pytest.mark.parametrize("value", [5, "PASSWORD", {}, [5], [None], [["PASSWORD"]]], ids=repr)
def test_odd_first_factors_leave_none(far: ScriptedCloud, value: object) -> None:
    try:
        question = asked(far, "SELECT_CHALLENGE", AvailableChallenges=value).question
    except AuthError as error:
        assert error.code is ErrorCode.UNEXPECTED_ANSWER  # noqa: PT017  either is right
    else:
        assert isinstance(question, UnsupportedQuestion | ChoiceQuestion)


# ----------------------------------------------------------------------------------------- the flows


def test_the_password_is_preferred_where_a_person_may_choose(far: ScriptedCloud) -> None:
    pool = user_pool(far, auth_flow=AuthFlow.USER_AUTH)
    pool.initiate_auth(EMAIL, password(), None, new_attempt())
    assert far.requests("InitiateAuth")[0].json == {
        "AuthFlow": "USER_AUTH",
        "AuthParameters": {
            "USERNAME": EMAIL,
            "PREFERRED_CHALLENGE": "PASSWORD",
            "PASSWORD": password().reveal(),
        },
        "ClientId": CLIENT_ID,
    }


def test_without_a_password_nothing_is_preferred(far: ScriptedCloud) -> None:
    answer = answer_with("SELECT_CHALLENGE", {}, AvailableChallenges=["EMAIL_OTP"])
    far.script("InitiateAuth", respond_json(answer))
    user_pool(far, auth_flow=AuthFlow.USER_AUTH).initiate_auth(EMAIL, None, None, new_attempt())
    assert far.requests("InitiateAuth")[0].json["AuthParameters"] == {"USERNAME": EMAIL}


@pytest.mark.parametrize("flow", [each for each in AuthFlow if each is not AuthFlow.USER_AUTH])
def test_no_other_flow_goes_without_one(far: ScriptedCloud, flow: AuthFlow) -> None:
    with pytest.raises(AuthError) as caught:
        user_pool(far, auth_flow=flow).initiate_auth(EMAIL, None, None, new_attempt())
    assert caught.value.code is ErrorCode.INTERNAL
    assert far.operations() == []


# ------------------------------------------------------------------------------- tokens of no use

SMS = Challenge("SMS_MFA", SUB, Secret(SESSION), CodeQuestion(Factor.SMS))
CALLS: dict[str, Callable[[CognitoUserPool], object]] = {
    "InitiateAuth": lambda pool: pool.initiate_auth(EMAIL, password(), None, new_attempt()),
    "RespondToAuthChallenge": lambda pool: pool.respond(SMS, CodeAnswer(Secret("123456")), new_attempt()),
}


@pytest.mark.parametrize("answered", CALLS)
def test_tokens_of_an_answer_of_no_use_are_revoked(far: ScriptedCloud, answered: str) -> None:
    far.script(answered, far.tokens(IdToken=None))
    with pytest.raises(AuthError) as caught:
        CALLS[answered](user_pool(far))
    assert (caught.value.code, caught.value.detail) == (ErrorCode.UNEXPECTED_ANSWER, "TOKENS")
    assert far.operations() == [answered, "RevokeToken"]
    assert far.live_sign_ins == 0
