"""USER_AUTH with its choice of a first factor, and CUSTOM_AUTH with a question of the clinic's own."""

import pytest
from pycognito.aws_srp import AWSSRP

from ingenes_desktop.demo.seeds import PASSWORD
from ingenes_desktop.demo.servers import Cloud
from tests.cloud import new_email
from tests.demo.aws_clients import aws, begin, refusal, respond, respond_refused, sign_in_parameters

LUIS, QUESTION, PASSKEY = (f"{name}@clinica.example" for name in ("luis", "pregunta", "llave"))
WRONG = ("NotAuthorizedException", "Incorrect username or password.")
ONCE = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")


def refused(cloud: Cloud, username: str, **auth: str) -> tuple[str, str]:
    answer = refusal(begin, cloud=cloud, username=username, flow="USER_AUTH", **auth)
    return answer.code, answer.message


def test_without_a_preference_everything_is_offered(cloud: Cloud) -> None:
    asked = begin(cloud, LUIS, flow="USER_AUTH")
    assert asked["ChallengeName"] == "SELECT_CHALLENGE"
    assert asked["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"]
    assert begin(cloud, "sms@clinica.example", flow="USER_AUTH")["AvailableChallenges"] == [
        "PASSWORD",
        "PASSWORD_SRP",
    ]
    assert cloud.mailbox.messages == ()


def test_a_person_nobody_knows_is_offered_passwords(cloud: Cloud) -> None:
    email = new_email("nadie")
    asked = begin(cloud, email, flow="USER_AUTH")
    assert asked["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"]
    assert respond_refused(cloud, asked, email, ANSWER="PASSWORD", PASSWORD=PASSWORD) == WRONG


def test_the_password_may_come_at_once(cloud: Cloud) -> None:
    preferred = {"PREFERRED_CHALLENGE": "PASSWORD"}
    answer = begin(cloud, LUIS, flow="USER_AUTH", PASSWORD=PASSWORD, **preferred)
    assert answer["AuthenticationResult"]["IdToken"]
    assert refused(cloud, LUIS, PASSWORD="Otra-Clave-2026", **preferred) == WRONG
    assert refused(cloud, LUIS, **preferred) == (
        "InvalidParameterException",
        "Missing required parameter PASSWORD",
    )


def test_the_password_may_be_chosen(cloud: Cloud) -> None:
    asked = begin(cloud, LUIS, flow="USER_AUTH")
    answer = respond(cloud, asked, LUIS, ANSWER="PASSWORD", PASSWORD=PASSWORD)
    assert answer["AuthenticationResult"]["IdToken"]
    again = begin(cloud, LUIS, flow="USER_AUTH")
    assert respond_refused(cloud, again, LUIS, ANSWER="PASSWORD", PASSWORD="Otra-Clave-2026") == WRONG
    assert respond_refused(cloud, again, LUIS, ANSWER="PASSWORD", PASSWORD=PASSWORD) == ONCE


def test_a_chosen_password_is_counted_and_locked_out(cloud: Cloud) -> None:
    for _ in range(5):
        asked = begin(cloud, LUIS, flow="USER_AUTH")
        assert respond_refused(cloud, asked, LUIS, ANSWER="PASSWORD", PASSWORD="Otra-Clave-2026") == WRONG
    assert refused(cloud, LUIS) == ("NotAuthorizedException", "Password attempts exceeded")


@pytest.mark.parametrize("preferred", [True, False])
def test_a_code_by_email_instead_of_the_password(cloud: Cloud, preferred: bool) -> None:
    if preferred:
        asked = begin(cloud, LUIS, flow="USER_AUTH", PREFERRED_CHALLENGE="EMAIL_OTP")
    else:
        asked = respond(cloud, begin(cloud, LUIS, flow="USER_AUTH"), LUIS, ANSWER="EMAIL_OTP")
    assert asked["ChallengeName"] == "EMAIL_OTP"
    assert asked["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"] == "l***@c***"
    assert cloud.mailbox.messages[-1].purpose == "first-factor"
    code = cloud.mailbox.latest_code(LUIS)
    assert len(code) == 8
    assert respond(cloud, asked, LUIS, EMAIL_OTP_CODE=code)["AuthenticationResult"]


def test_a_code_by_sms_instead_of_the_password(cloud: Cloud) -> None:
    email = new_email()
    cloud.add_user(email, attributes={"phone_number": "+525550100199", "phone_number_verified": "true"})
    asked = begin(cloud, email, flow="USER_AUTH", PREFERRED_CHALLENGE="SMS_OTP")
    assert asked["ChallengeName"] == "SMS_OTP"
    code = cloud.mailbox.latest_code("+525550100199")
    assert len(code) == 8
    assert respond(cloud, asked, email, SMS_OTP_CODE=code)["AuthenticationResult"]


def test_a_password_is_followed_by_the_second_factor(cloud: Cloud) -> None:
    preferred = {"PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD}
    asked = begin(cloud, "codigo@clinica.example", flow="USER_AUTH", **preferred)
    assert asked["ChallengeName"] == "EMAIL_OTP"
    assert cloud.mailbox.messages[-1].purpose == "second-factor"


def test_what_is_not_offered_cannot_be_chosen(cloud: Cloud) -> None:
    asked = begin(cloud, LUIS, flow="USER_AUTH")
    for answer in ("WEB_AUTHN", "SMS_OTP", "lunch"):
        assert respond_refused(cloud, asked, LUIS, ANSWER=answer)[0] == "InvalidParameterException"


@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")
def test_somebody_with_nothing_but_a_passkey(cloud: Cloud) -> None:
    preferred = {"PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD}
    asked = begin(cloud, PASSKEY, flow="USER_AUTH", **preferred)
    assert (asked["ChallengeName"], asked["AvailableChallenges"]) == ("SELECT_CHALLENGE", ["WEB_AUTHN"])
    passkey = respond(cloud, asked, PASSKEY, ANSWER="WEB_AUTHN")
    assert passkey["ChallengeName"] == "WEB_AUTHN"
    assert passkey["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"].startswith("{")
    parameters = sign_in_parameters(cloud, PASSKEY)
    answer = refusal(aws(cloud, "cognito-idp").initiate_auth, **parameters)
    assert (answer.code, answer.message) == WRONG
    srp = AWSSRP(PASSKEY, PASSWORD, cloud.pool.id, cloud.client.id, client=aws(cloud, "cognito-idp"))
    answer = refusal(srp.authenticate_user)
    assert (answer.code, answer.message) == WRONG


def test_a_clinics_question_is_asked_three_times_with_a_new_session_each(cloud: Cloud) -> None:
    asked = begin(cloud, QUESTION, flow="CUSTOM_AUTH")
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert asked["ChallengeParameters"]["question"].startswith("¿De qué color")
    second = respond(cloud, asked, QUESTION, ANSWER="verde")
    assert second["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert respond_refused(cloud, asked, QUESTION, ANSWER="azul") == ONCE
    third = respond(cloud, second, QUESTION, ANSWER="rojo")
    assert respond_refused(cloud, third, QUESTION, ANSWER="negro") == WRONG
    assert respond_refused(cloud, third, QUESTION, ANSWER="azul") == ONCE
    right = respond(cloud, begin(cloud, QUESTION, flow="CUSTOM_AUTH"), QUESTION, ANSWER=" Azul ")
    assert right["AuthenticationResult"]["IdToken"]


def test_without_a_password_the_question_is_all_there_is(cloud: Cloud) -> None:
    for username in (LUIS, new_email("nadie")):
        answer = refusal(begin, cloud=cloud, username=username, flow="CUSTOM_AUTH")
        assert (answer.code, answer.message) == WRONG


def test_the_question_belongs_to_its_own_flow(cloud: Cloud) -> None:
    assert begin(cloud, QUESTION)["AuthenticationResult"]["IdToken"]
