"""What a person answered, member by member as it goes over the wire."""

from typing import Any

import pytest

from ingenes_desktop.domain.answer import (
    Answer,
    ChoiceAnswer,
    CodeAnswer,
    CustomAnswer,
    EmailAnswer,
    NewPasswordAnswer,
    PasswordAnswer,
)
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import Challenge, CognitoTokens, Device
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
)
from ingenes_desktop.domain.secret import Secret
from tests.adapters.pools import CLIENT_SECRET, secret_hash, user_pool
from tests.scripted_cloud import EMAIL, ScriptedCloud, new_attempt
from tests.tokens import CLIENT_ID

SESSION = "s" * 40
NAME = "nombre-real"
KEY = AuthenticatorKey(Secret("ABCDEFGHIJKLMNOP"), Secret("0"))
NEW = Secret(" Nueva-Clave-8! ")
CODE = CodeAnswer(Secret("012345"))
DEVICE = Device("us-east-1_0a1b2c3d", Secret("-grupo"), Secret("canario-de-equipo"))

SENT: dict[str, tuple[str, Question, Answer, dict[str, str]]] = {
    "new password": (
        "NEW_PASSWORD_REQUIRED",
        NewPasswordQuestion(),
        NewPasswordAnswer(NEW),
        {"NEW_PASSWORD": " Nueva-Clave-8! "},
    ),
    "new password and attributes": (
        "NEW_PASSWORD_REQUIRED",
        NewPasswordQuestion(("phone_number", "custom:area")),
        # The email stands in the account already: sent again, the whole answer would be refused.
        NewPasswordAnswer(
            NEW, (("phone_number", "+525555550142"), ("custom:area", "Andrología"), ("email", EMAIL))
        ),
        {
            "NEW_PASSWORD": " Nueva-Clave-8! ",
            "userAttributes.phone_number": "+525555550142",
            "userAttributes.custom:area": "Andrología",
        },
    ),
    "app": ("SOFTWARE_TOKEN_MFA", CodeQuestion(Factor.TOTP), CODE, {"SOFTWARE_TOKEN_MFA_CODE": "012345"}),
    "SMS": ("SMS_MFA", CodeQuestion(Factor.SMS), CODE, {"SMS_MFA_CODE": "012345"}),
    "SMS first": ("SMS_OTP", CodeQuestion(Factor.SMS_FIRST), CODE, {"SMS_OTP_CODE": "012345"}),
    "email": ("EMAIL_OTP", CodeQuestion(Factor.EMAIL), CODE, {"EMAIL_OTP_CODE": "012345"}),
    "factor": (
        "SELECT_MFA_TYPE",
        ChoiceQuestion(ChoicePurpose.VERIFY, (Factor.SMS, Factor.TOTP)),
        ChoiceAnswer(Factor.TOTP),
        {"ANSWER": "SOFTWARE_TOKEN_MFA"},
    ),
    "first factor": (
        "SELECT_CHALLENGE",
        ChoiceQuestion(ChoicePurpose.SIGN_IN, (Factor.EMAIL, Factor.SMS_FIRST)),
        ChoiceAnswer(Factor.SMS_FIRST),
        {"ANSWER": "SMS_OTP"},
    ),
    "chosen password": (
        "SELECT_CHALLENGE",
        PasswordQuestion(),
        PasswordAnswer(NEW),
        {"ANSWER": "PASSWORD", "PASSWORD": " Nueva-Clave-8! "},
    ),
    "password": ("PASSWORD", PasswordQuestion(), PasswordAnswer(NEW), {"PASSWORD": " Nueva-Clave-8! "}),
    "set up by app": ("MFA_SETUP", AuthenticatorQuestion(KEY), CODE, {}),
    "set up by email": ("MFA_SETUP", EmailQuestion(), EmailAnswer(EMAIL), {"EMAIL": EMAIL}),
    "own": ("CUSTOM_CHALLENGE", CustomQuestion("?"), CustomAnswer(Secret("ñ 41")), {"ANSWER": "ñ 41"}),
}


def respond(
    far: ScriptedCloud, kind: str, *, client_secret: str = "", device: Device | None = None
) -> dict[str, Any]:
    """Answer; the body that was sent."""
    name, question, answer, _ = SENT[kind]
    challenge = Challenge(name, NAME, Secret(SESSION), question, is_verified=True, device=device)
    pool = user_pool(far, client_secret=client_secret)
    assert isinstance(pool.respond(challenge, answer, new_attempt()), CognitoTokens)
    (sent,) = far.requests("RespondToAuthChallenge")
    body: dict[str, Any] = sent.json
    return body


@pytest.mark.parametrize("kind", SENT)
def test_each_member(far: ScriptedCloud, kind: str) -> None:
    name, _, _, members = SENT[kind]
    assert respond(far, kind) == {
        "ChallengeName": name,
        "ChallengeResponses": {"USERNAME": NAME, **members},
        "ClientId": CLIENT_ID,
        "Session": SESSION,
    }


@pytest.mark.parametrize("kind", SENT)
def test_with_a_clients_secret_and_a_known_device(far: ScriptedCloud, kind: str) -> None:
    sent = respond(far, kind, client_secret=CLIENT_SECRET, device=DEVICE)
    assert sent["ChallengeResponses"] == {
        "USERNAME": NAME,
        **SENT[kind][3],
        "DEVICE_KEY": DEVICE.key,
        "SECRET_HASH": secret_hash(NAME),
    }


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (CodeQuestion(Factor.SMS), PasswordAnswer(NEW)),
        (PasswordQuestion(), CODE),
        (NewPasswordQuestion(), CODE),
        (ChoiceQuestion(ChoicePurpose.SET_UP, (Factor.TOTP,)), ChoiceAnswer(Factor.TOTP)),
        (CustomQuestion(), EmailAnswer(EMAIL)),
    ],
)
def test_an_answer_to_another_question_is_not_sent(
    far: ScriptedCloud, question: Question, answer: Answer
) -> None:
    challenge = Challenge("X", NAME, Secret(SESSION), question)
    with pytest.raises(AuthError) as caught:
        user_pool(far).respond(challenge, answer, new_attempt())
    assert caught.value.code is ErrorCode.INTERNAL
    assert far.operations() == []
