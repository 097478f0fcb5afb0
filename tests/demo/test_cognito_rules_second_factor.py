"""A second factor: codes by SMS, by e-mail and from an app, the choice between them, and the Sessions."""

import json

import pytest

from ingenes_desktop.demo.accounts import OTHER_TOTP_KEY, TOTP_KEY
from ingenes_desktop.demo.one_time_codes import code_at
from ingenes_desktop.demo.servers import Cloud
from tests.cloud import RunningClock
from tests.demo.aws_clients import Json, aws, begin, refusal, respond, respond_refused, sign_in

APP, SMS, EMAIL, CHOOSES = (f"{name}@clinica.example" for name in ("dospasos", "sms", "codigo", "elige"))
MISMATCH = ("CodeMismatchException", "Invalid code or auth state for the user.")
WRONG_TOKEN = ("CodeMismatchException", "Invalid code received for user")
USED = ("ExpiredCodeException", "Your software token has already been used once.")
EXPIRED = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
ONCE = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.mark.parametrize(
    ("username", "name", "medium", "to", "destination"),
    [
        (SMS, "SMS_MFA", "SMS", "+525550100113", "+*******0113"),
        (EMAIL, "EMAIL_OTP", "EMAIL", EMAIL, "c***@c***"),
    ],
)
def test_a_code_is_sent_and_taken_once(
    cloud: Cloud, username: str, name: str, medium: str, to: str, destination: str
) -> None:
    asked = begin(cloud, username)
    assert asked["ChallengeName"] == name
    assert "AuthenticationResult" not in asked
    parameters = asked["ChallengeParameters"]
    assert parameters["CODE_DELIVERY_DELIVERY_MEDIUM"] == medium
    assert parameters["CODE_DELIVERY_DESTINATION"] == destination
    (message,) = cloud.mailbox.listing()
    assert (message["to"], message["medium"], message["destination"]) == (to, medium, destination)
    assert message["purpose"] == "second-factor"
    code = cloud.mailbox.latest_code(to)
    assert len(code) == 6
    assert respond_refused(cloud, asked, username, **{f"{name}_CODE": wrong(code)}) == MISMATCH
    answer = respond(cloud, asked, username, **{f"{name}_CODE": code})
    assert answer["AuthenticationResult"]["RefreshToken"]
    assert respond_refused(cloud, asked, username, **{f"{name}_CODE": code}) == ONCE


def test_each_sign_in_has_a_code_of_its_own(cloud: Cloud) -> None:
    first = begin(cloud, EMAIL)
    code = cloud.mailbox.latest_code(EMAIL)
    second = begin(cloud, EMAIL)
    while cloud.mailbox.latest_code(EMAIL) == code:
        second = begin(cloud, EMAIL)
    assert respond_refused(cloud, second, EMAIL, EMAIL_OTP_CODE=code) == MISMATCH
    assert respond(cloud, first, EMAIL, EMAIL_OTP_CODE=code)["AuthenticationResult"]


def test_five_wrong_codes_end_the_session_even_for_the_right_one(cloud: Cloud) -> None:
    asked = begin(cloud, EMAIL)
    code = cloud.mailbox.latest_code(EMAIL)
    for _ in range(4):
        assert respond_refused(cloud, asked, EMAIL, EMAIL_OTP_CODE=wrong(code)) == MISMATCH
    assert respond_refused(cloud, asked, EMAIL, EMAIL_OTP_CODE=wrong(code)) == EXPIRED
    assert respond_refused(cloud, asked, EMAIL, EMAIL_OTP_CODE=code)[0] == "NotAuthorizedException"


def test_a_session_lives_three_minutes(cloud: Cloud, cloud_clock: RunningClock) -> None:
    asked = begin(cloud, EMAIL)
    cloud_clock.advance(179)
    assert respond_refused(cloud, asked, EMAIL, EMAIL_OTP_CODE="x") == MISMATCH
    cloud_clock.advance(1)
    code = cloud.mailbox.latest_code(EMAIL)
    assert respond_refused(cloud, asked, EMAIL, EMAIL_OTP_CODE=code) == EXPIRED


def test_a_session_is_of_one_client_one_person_and_one_question(cloud: Cloud) -> None:
    asked = begin(cloud, EMAIL)
    code = cloud.mailbox.latest_code(EMAIL)
    other = cloud.add_client()
    call = aws(cloud, "cognito-idp").respond_to_auth_challenge
    responses = {"USERNAME": EMAIL, "EMAIL_OTP_CODE": code}
    foreign = refusal(
        call,
        ClientId=other.id,
        ChallengeName="EMAIL_OTP",
        Session=asked["Session"],
        ChallengeResponses=responses,
    )
    assert (foreign.code, foreign.message) == EXPIRED
    assert respond_refused(cloud, asked, SMS, EMAIL_OTP_CODE=code)[0] == "NotAuthorizedException"
    sms = asked | {"ChallengeName": "SMS_MFA"}
    assert respond_refused(cloud, sms, EMAIL, SMS_MFA_CODE=code)[0] == "InvalidParameterException"
    renamed = asked | {"ChallengeName": "NEW_PASSWORD_REQUIRED"}
    skipped = respond_refused(cloud, renamed, EMAIL, NEW_PASSWORD="Nueva-Clave-2026")
    assert skipped == ("InvalidParameterException", "The session is not one of NEW_PASSWORD_REQUIRED.")
    assert respond(cloud, asked, EMAIL, EMAIL_OTP_CODE=code)["AuthenticationResult"]


def test_an_apps_code_is_checked_and_taken_once(cloud: Cloud, cloud_clock: RunningClock) -> None:
    asked = begin(cloud, APP)
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    code = code_at(TOTP_KEY, cloud_clock())
    assert respond_refused(cloud, asked, APP, SOFTWARE_TOKEN_MFA_CODE=wrong(code)) == WRONG_TOKEN
    assert respond(cloud, asked, APP, SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]
    again = begin(cloud, APP)
    assert respond_refused(cloud, again, APP, SOFTWARE_TOKEN_MFA_CODE=code) == USED
    cloud_clock.advance(30)
    later = code_at(TOTP_KEY, cloud_clock())
    assert respond(cloud, again, APP, SOFTWARE_TOKEN_MFA_CODE=later)["AuthenticationResult"]


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_window_is_one_step_either_way(
    cloud: Cloud, cloud_clock: RunningClock, steps: int, taken: bool
) -> None:
    cloud_clock.advance(15 - cloud_clock() % 30)  # far from a step's end
    asked = begin(cloud, APP)
    code = code_at(TOTP_KEY, cloud_clock() + 30 * steps)
    if taken:
        assert respond(cloud, asked, APP, SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]
    else:
        assert respond_refused(cloud, asked, APP, SOFTWARE_TOKEN_MFA_CODE=code) == WRONG_TOKEN


def test_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: SHA-1, the last six of its eight digits."""
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    moments = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    assert {moment: code_at(key, moment) for moment in moments} == moments


@pytest.mark.parametrize("factor", ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"])
def test_a_factor_is_chosen_before_its_code(cloud: Cloud, cloud_clock: RunningClock, factor: str) -> None:
    asked = begin(cloud, CHOOSES)
    assert asked["ChallengeName"] == "SELECT_MFA_TYPE"
    offered = json.loads(asked["ChallengeParameters"]["MFAS_CAN_CHOOSE"])
    assert set(offered) == {"SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"}
    assert cloud.mailbox.messages == ()
    next_one = respond(cloud, asked, CHOOSES, ANSWER=factor)
    assert next_one["ChallengeName"] == factor
    assert next_one["Session"] != asked["Session"]
    assert respond_refused(cloud, asked, CHOOSES, ANSWER=factor) == ONCE
    code = {
        "SMS_MFA": cloud.mailbox.latest_code("+525550100115"),
        "SOFTWARE_TOKEN_MFA": code_at(OTHER_TOTP_KEY, cloud_clock()),
        "EMAIL_OTP": cloud.mailbox.latest_code(CHOOSES),
    }[factor]
    assert respond(cloud, next_one, CHOOSES, **{f"{factor}_CODE": code})["AuthenticationResult"]


def test_a_factor_that_was_not_offered(cloud: Cloud) -> None:
    asked = begin(cloud, CHOOSES)
    assert respond_refused(cloud, asked, CHOOSES, ANSWER="SMS")[0] == "InvalidParameterException"
    assert respond(cloud, asked, CHOOSES, ANSWER="SMS_MFA")["ChallengeName"] == "SMS_MFA"


def test_a_wrong_password_asks_for_no_second_factor(cloud: Cloud) -> None:
    answer = refusal(begin, cloud=cloud, username=EMAIL, password="Otra-Clave-2026")
    assert answer.message == "Incorrect username or password."
    assert cloud.mailbox.messages == ()


def test_who_is_disabled_meanwhile_gets_no_further(cloud: Cloud) -> None:
    asked = begin(cloud, EMAIL)
    next(
        user for user in cloud.pool.users.values() if user.attribute_lookup["email"] == EMAIL
    ).enabled = False
    code = cloud.mailbox.latest_code(EMAIL)
    answer = respond_refused(cloud, asked, EMAIL, EMAIL_OTP_CODE=code)
    assert answer == ("NotAuthorizedException", "User is disabled.")


def test_a_reset_ends_every_sign_in_under_way(cloud: Cloud) -> None:
    asked = begin(cloud, EMAIL)
    code = cloud.mailbox.latest_code(EMAIL)
    cloud.reset()
    assert respond_refused(cloud, asked, EMAIL, EMAIL_OTP_CODE=code) == EXPIRED
    assert cloud.mailbox.messages == ()


def test_get_user_names_the_factors(cloud: Cloud, cloud_clock: RunningClock) -> None:
    code = code_at(TOTP_KEY, cloud_clock())
    tokens: Json = respond(cloud, begin(cloud, APP), APP, SOFTWARE_TOKEN_MFA_CODE=code)
    idp = aws(cloud, "cognito-idp")
    user = idp.get_user(AccessToken=tokens["AuthenticationResult"]["AccessToken"])
    assert user["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]
    assert user["PreferredMfaSetting"] == "SOFTWARE_TOKEN_MFA"
    without = idp.get_user(AccessToken=sign_in(cloud, "ana@clinica.example")["AccessToken"])
    assert not {"UserMFASettingList", "PreferredMfaSetting"} & set(without)
