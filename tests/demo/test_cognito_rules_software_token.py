"""An authenticator app: set up because it is required, or by somebody who is signed in, and turned off."""

import json

from ingenes_desktop.demo.one_time_codes import code_at
from ingenes_desktop.demo.servers import Cloud
from tests.cloud import RunningClock
from tests.demo.aws_clients import Json, aws, begin, refusal, respond, respond_refused, sign_in

REQUIRED, LUIS = "configura@clinica.example", "luis@clinica.example"
MISMATCH = ("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")
ONCE = "Invalid session for the user, session can only be used once."


def refused(cloud: Cloud, operation: str, **parameters: object) -> tuple[str, str]:
    answer = refusal(getattr(aws(cloud, "cognito-idp"), operation), **parameters)
    return answer.code, answer.message


def turned(cloud: Cloud, access: str, *, on: bool) -> Json:
    """GetUser after SetUserMFAPreference for the app."""
    idp = aws(cloud, "cognito-idp")
    idp.set_user_mfa_preference(
        AccessToken=access, SoftwareTokenMfaSettings={"Enabled": on, "PreferredMfa": on}
    )
    user: Json = idp.get_user(AccessToken=access)
    return user


def test_who_must_have_an_app_sets_it_up_on_the_way_in(cloud: Cloud, cloud_clock: RunningClock) -> None:
    asked = begin(cloud, REQUIRED)
    assert asked["ChallengeName"] == "MFA_SETUP"
    offered = json.loads(asked["ChallengeParameters"]["MFAS_CAN_SETUP"])
    assert offered == ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]
    assert respond_refused(cloud, asked, REQUIRED)[0] == "InvalidParameterException"
    idp = aws(cloud, "cognito-idp")
    key = idp.associate_software_token(Session=asked["Session"])
    assert len(key["SecretCode"]) == 52
    assert refused(cloud, "associate_software_token", Session=asked["Session"])[1] == ONCE
    code = code_at(key["SecretCode"], cloud_clock())
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert refused(cloud, "verify_software_token", Session=key["Session"], UserCode=wrong) == MISMATCH
    assert respond_refused(cloud, asked | {"Session": key["Session"]}, REQUIRED)[0] == (
        "InvalidParameterException"
    )
    verified = idp.verify_software_token(Session=key["Session"], UserCode=code)
    assert verified["Status"] == "SUCCESS"
    assert len({asked["Session"], key["Session"], verified["Session"]}) == 3
    done = respond(cloud, asked | {"Session": verified["Session"]}, REQUIRED)
    access = done["AuthenticationResult"]["AccessToken"]
    assert idp.get_user(AccessToken=access)["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]
    again = begin(cloud, REQUIRED)
    assert again["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    assert respond_refused(cloud, again, REQUIRED, SOFTWARE_TOKEN_MFA_CODE=code)[0] == "ExpiredCodeException"
    cloud_clock.advance(30)
    later = code_at(key["SecretCode"], cloud_clock())
    assert respond(cloud, again, REQUIRED, SOFTWARE_TOKEN_MFA_CODE=later)["AuthenticationResult"]
    off = {"AccessToken": access, "SoftwareTokenMfaSettings": {"Enabled": False}}
    assert refused(cloud, "set_user_mfa_preference", **off)[0] == "InvalidParameterException"


def test_who_must_have_a_second_factor_may_take_codes_by_email(cloud: Cloud) -> None:
    asked = begin(cloud, REQUIRED)
    bad = respond_refused(cloud, asked, REQUIRED, EMAIL="no es una dirección")
    assert bad == ("InvalidParameterException", "Invalid email address format.")
    taken = respond_refused(cloud, asked, REQUIRED, EMAIL=LUIS)
    assert taken == ("AliasExistsException", "An account with the email already exists.")
    sent = respond(cloud, asked, REQUIRED, EMAIL="fabiola@casa.example")
    assert sent["ChallengeName"] == "EMAIL_OTP"
    assert sent["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"] == "f***@c***"
    code = cloud.mailbox.latest_code("fabiola@casa.example")
    assert respond(cloud, sent, REQUIRED, EMAIL_OTP_CODE=code)["AuthenticationResult"]
    again = begin(cloud, REQUIRED)
    assert again["ChallengeName"] == "EMAIL_OTP"
    assert cloud.mailbox.messages[-1].to == "fabiola@casa.example"


def test_somebody_signed_in_turns_an_app_on_and_off(cloud: Cloud, cloud_clock: RunningClock) -> None:
    idp = aws(cloud, "cognito-idp")
    access = sign_in(cloud, LUIS)["AccessToken"]
    on = {"AccessToken": access, "SoftwareTokenMfaSettings": {"Enabled": True, "PreferredMfa": True}}
    assert refused(cloud, "set_user_mfa_preference", **on) == (
        "InvalidParameterException",
        "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA",
    )
    unasked = refused(cloud, "verify_software_token", AccessToken=access, UserCode="123456")
    assert unasked[0] == "InvalidParameterException"
    first = idp.associate_software_token(AccessToken=access)
    assert "Session" not in first
    key = idp.associate_software_token(AccessToken=access)["SecretCode"]
    stale = code_at(first["SecretCode"], cloud_clock())
    assert refused(cloud, "verify_software_token", AccessToken=access, UserCode=stale) == MISMATCH
    code = code_at(key, cloud_clock())
    assert idp.verify_software_token(AccessToken=access, UserCode=code)["Status"] == "SUCCESS"
    assert sign_in(cloud, LUIS)["IdToken"]  # verified, not yet turned on
    user = turned(cloud, access, on=True)
    assert (user["UserMFASettingList"], user["PreferredMfaSetting"]) == (
        ["SOFTWARE_TOKEN_MFA"],
        "SOFTWARE_TOKEN_MFA",
    )
    assert begin(cloud, LUIS)["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    assert "UserMFASettingList" not in turned(cloud, access, on=False)
    assert sign_in(cloud, LUIS)["IdToken"]


def test_a_key_that_was_never_verified_changes_nothing(cloud: Cloud) -> None:
    access = sign_in(cloud, LUIS)["AccessToken"]
    aws(cloud, "cognito-idp").associate_software_token(AccessToken=access)
    assert sign_in(cloud, LUIS)["IdToken"]


def test_other_factors_need_a_verified_place_to_send_to(cloud: Cloud) -> None:
    access = sign_in(cloud, LUIS)["AccessToken"]
    sms = {"AccessToken": access, "SMSMfaSettings": {"Enabled": True}}
    assert refused(cloud, "set_user_mfa_preference", **sms)[0] == "InvalidParameterException"
    idp = aws(cloud, "cognito-idp")
    idp.set_user_mfa_preference(AccessToken=access, EmailMfaSettings={"Enabled": True, "PreferredMfa": True})
    assert begin(cloud, LUIS)["ChallengeName"] == "EMAIL_OTP"


def test_two_cannot_both_be_preferred(cloud: Cloud) -> None:
    access = sign_in(cloud, LUIS)["AccessToken"]
    settings = {"Enabled": True, "PreferredMfa": True}
    parameters = {"AccessToken": access, "EmailMfaSettings": settings}
    cloud.rules.software_tokens.offered = True
    idp = aws(cloud, "cognito-idp")
    idp.set_user_mfa_preference(**parameters)
    both = parameters | {"SoftwareTokenMfaSettings": settings}
    assert refused(cloud, "set_user_mfa_preference", **both)[0] == "InvalidParameterException"


def test_a_pool_without_authenticator_apps(cloud: Cloud) -> None:
    access = sign_in(cloud, LUIS)["AccessToken"]
    cloud.rules.software_tokens.offered = False
    expected = (
        "SoftwareTokenMFANotFoundException",
        "Software Token MFA has not been enabled by the userPool",
    )
    assert refused(cloud, "associate_software_token", AccessToken=access) == expected
    assert refused(cloud, "verify_software_token", AccessToken=access, UserCode="123456") == expected
    cloud.reset()
    assert cloud.rules.software_tokens.offered


def test_a_token_that_is_no_longer_good(cloud: Cloud, cloud_clock: RunningClock) -> None:
    access = sign_in(cloud, LUIS)["AccessToken"]
    cloud_clock.advance(3601)
    for operation in ("associate_software_token", "set_user_mfa_preference"):
        assert refused(cloud, operation, AccessToken=access) == (
            "NotAuthorizedException",
            "Access Token has expired",
        )


def test_a_session_of_another_question_sets_nothing_up(cloud: Cloud) -> None:
    asked = begin(cloud, "codigo@clinica.example")
    assert refused(cloud, "associate_software_token", Session=asked["Session"])[0] == "NotAuthorizedException"
