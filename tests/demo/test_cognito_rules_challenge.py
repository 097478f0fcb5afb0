"""NEW_PASSWORD_REQUIRED: the answer to a temporary password."""

import json

import pytest
from moto.cognitoidp.models import CognitoIdpUserPoolAttribute, UserStatus

from ingenes_desktop.demo.seeds import TEMPORARY_PASSWORD
from ingenes_desktop.demo.servers import Cloud
from tests.cloud import RunningClock, new_email
from tests.demo.aws_clients import Json, Refusal, aws, refusal, sign_in, sign_in_parameters

NEW_PASSWORD = "Nueva-Clave-2026"


def challenge(cloud: Cloud, email: str = "nueva@clinica.example") -> Json:
    parameters = sign_in_parameters(cloud, email, TEMPORARY_PASSWORD)
    answer: Json = aws(cloud, "cognito-idp").initiate_auth(**parameters)
    return answer


def answer_parameters(cloud: Cloud, asked: Json, password: str = NEW_PASSWORD, **extra: str) -> Json:
    return {
        "ClientId": cloud.client.id,
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": asked["Session"],
        "ChallengeResponses": {
            "USERNAME": asked["ChallengeParameters"]["USER_ID_FOR_SRP"],
            "NEW_PASSWORD": password,
            **extra,
        },
    }


def refused(cloud: Cloud, parameters: Json) -> Refusal:
    return refusal(aws(cloud, "cognito-idp").respond_to_auth_challenge, **parameters)


def test_the_challenge_names_the_person_and_their_attributes(cloud: Cloud) -> None:
    asked = challenge(cloud)
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    parameters = asked["ChallengeParameters"]
    assert parameters["requiredAttributes"] == "[]"
    assert json.loads(parameters["userAttributes"])["email"] == "nueva@clinica.example"
    assert "sub" not in json.loads(parameters["userAttributes"])
    assert parameters["USER_ID_FOR_SRP"] in cloud.pool.users
    assert 20 <= len(asked["Session"]) <= 2048


def test_a_good_new_password_signs_in_and_stays(cloud: Cloud) -> None:
    answer = aws(cloud, "cognito-idp").respond_to_auth_challenge(**answer_parameters(cloud, challenge(cloud)))
    assert answer["AuthenticationResult"]["RefreshToken"]
    assert sign_in(cloud, "nueva@clinica.example", NEW_PASSWORD)["IdToken"]


def test_the_address_that_was_typed_works_as_username_too(cloud: Cloud) -> None:
    parameters = answer_parameters(cloud, challenge(cloud), USERNAME="nueva@clinica.example")
    assert aws(cloud, "cognito-idp").respond_to_auth_challenge(**parameters)["AuthenticationResult"]


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("Corta-1", "Password not long enough"),
        ("SIN-MINUSCULAS-1", "Password must have lowercase characters"),
        ("sin-mayusculas-1", "Password must have uppercase characters"),
        ("Sin-Numeros", "Password must have numeric characters"),
        ("SinSimbolos2026", "Password must have symbol characters"),
        ("ÑÚÉ-ÑAN-2026", "Password must have lowercase characters"),
    ],
)
def test_weak_password_is_named_and_the_session_survives(cloud: Cloud, password: str, words: str) -> None:
    asked = challenge(cloud)
    answer = refused(cloud, answer_parameters(cloud, asked, password))
    assert (answer.code, answer.message) == (
        "InvalidPasswordException",
        f"Password did not conform with policy: {words}",
    )
    assert aws(cloud, "cognito-idp").respond_to_auth_challenge(**answer_parameters(cloud, asked))


@pytest.mark.parametrize("password", [" Nueva-Clave-2026", "Nueva-Clave-2026 ", "Aa1-" * 70])
def test_a_password_that_can_never_be_one(cloud: Cloud, password: str) -> None:
    parameters = answer_parameters(cloud, challenge(cloud), password)
    assert refused(cloud, parameters).code == "InvalidParameterException"


def test_a_session_works_once(cloud: Cloud) -> None:
    parameters = answer_parameters(cloud, challenge(cloud))
    aws(cloud, "cognito-idp").respond_to_auth_challenge(**parameters)
    answer = refused(cloud, parameters)
    assert (answer.code, answer.message) == (
        "NotAuthorizedException",
        "Invalid session for the user, session can only be used once.",
    )


def test_a_session_lives_three_minutes(cloud: Cloud, cloud_clock: RunningClock) -> None:
    asked = challenge(cloud)
    cloud_clock.advance(180)
    answer = refused(cloud, answer_parameters(cloud, asked))
    assert (answer.code, answer.message) == (
        "NotAuthorizedException",
        "Invalid session for the user, session is expired.",
    )


def test_a_session_nobody_opened_and_another_persons(cloud: Cloud) -> None:
    asked = challenge(cloud)
    unknown = answer_parameters(cloud, asked | {"Session": "x" * 40})
    assert refused(cloud, unknown).message == "Invalid session for the user, session is expired."
    other = answer_parameters(cloud, asked, USERNAME="ana@clinica.example")
    assert refused(cloud, other).code == "NotAuthorizedException"
    assert sign_in(cloud, "ana@clinica.example")["IdToken"]


def test_attributes_are_taken_where_they_may_be(cloud: Cloud) -> None:
    parameters = answer_parameters(cloud, challenge(cloud), **{"userAttributes.given_name": "Nadia"})
    aws(cloud, "cognito-idp").respond_to_auth_challenge(**parameters)
    tokens = sign_in(cloud, "nueva@clinica.example", NEW_PASSWORD, client_id=all_reading_client(cloud))
    user = aws(cloud, "cognito-idp").get_user(AccessToken=tokens["AccessToken"])
    assert {"Name": "given_name", "Value": "Nadia"} in user["UserAttributes"]


def all_reading_client(cloud: Cloud) -> str:
    return cloud.add_client(config={"ReadAttributes": []}).id


def test_an_address_that_is_there_cannot_be_changed(cloud: Cloud) -> None:
    extra = {"userAttributes.email": "otra@clinica.example"}
    answer = refused(cloud, answer_parameters(cloud, challenge(cloud), **extra))
    assert (answer.code, answer.message) == (
        "NotAuthorizedException",
        "Cannot modify an already provided email",
    )


def test_missing_required_attributes_are_asked_for(cloud: Cloud) -> None:
    schema = cloud.pool.schema_attributes
    before = schema["family_name"]
    schema["family_name"] = CognitoIdpUserPoolAttribute("family_name", False, {"Required": True})
    try:
        asked = challenge(cloud)
        assert asked["ChallengeParameters"]["requiredAttributes"] == '["userAttributes.family_name"]'
        answer = refused(cloud, answer_parameters(cloud, asked))
        assert answer.message == "Invalid attributes given, family_name is missing"
        extra = {"userAttributes.family_name": "Vela"}
        assert aws(cloud, "cognito-idp").respond_to_auth_challenge(**answer_parameters(cloud, asked, **extra))
    finally:
        schema["family_name"] = before


def test_a_temporary_password_expires_after_a_week(cloud: Cloud, cloud_clock: RunningClock) -> None:
    email = new_email()
    cloud.add_user(email, TEMPORARY_PASSWORD, status=UserStatus.FORCE_CHANGE_PASSWORD)
    cloud_clock.advance(7 * 86400 + 1)
    parameters = sign_in_parameters(cloud, email, TEMPORARY_PASSWORD)
    answer = refusal(aws(cloud, "cognito-idp").initiate_auth, **parameters)
    assert answer.message == "Temporary password has expired and must be reset by an administrator."


def test_a_challenge_the_pool_does_not_ask(cloud: Cloud) -> None:
    parameters = answer_parameters(cloud, challenge(cloud)) | {"ChallengeName": "SMS_MFA"}
    assert refused(cloud, parameters).code == "InvalidParameterException"
