"""moto's own authenticator codes, in the plain cloud: what a test through the real window stands on."""

from ingenes_desktop.demo.one_time_codes import code_at
from ingenes_desktop.demo.servers import Cloud
from tests.cloud import RunningClock
from tests.demo.aws_clients import aws, begin, refusal, respond, respond_refused, sign_in

LUIS = "luis@clinica.example"


def test_an_app_is_set_up_and_asked_for(plain_cloud: Cloud) -> None:
    now = RunningClock()
    idp = aws(plain_cloud, "cognito-idp")
    access = sign_in(plain_cloud, LUIS)["AccessToken"]
    key = idp.associate_software_token(AccessToken=access)["SecretCode"]
    wrong = refusal(idp.verify_software_token, AccessToken=access, UserCode=code_at(key, now() + 600))
    assert wrong.code == "CodeMismatchException"
    assert idp.verify_software_token(AccessToken=access, UserCode=code_at(key, now()))["Status"] == "SUCCESS"
    idp.set_user_mfa_preference(
        AccessToken=access, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    assert idp.get_user(AccessToken=access)["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]
    asked = begin(plain_cloud, LUIS)
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    late = code_at(key, now() + 600)
    assert respond_refused(plain_cloud, asked, LUIS, SOFTWARE_TOKEN_MFA_CODE=late)[0] == (
        "CodeMismatchException"
    )
    taken = respond(plain_cloud, asked, LUIS, SOFTWARE_TOKEN_MFA_CODE=code_at(key, now()))
    assert taken["AuthenticationResult"]["IdToken"]
