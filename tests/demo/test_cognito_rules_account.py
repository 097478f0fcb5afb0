"""What people do with their account, the accounts that need something first, and the limits."""

import pytest

from ingenes_desktop.demo.client_secret import secret_hash
from ingenes_desktop.demo.filemaker.document import demo_document
from ingenes_desktop.demo.seeds import ACCOUNTS, PASSWORD, TEMPORARY_PASSWORD, Account
from ingenes_desktop.demo.servers import Cloud
from tests.cloud import RunningClock, new_email
from tests.demo.aws_clients import aws, begin, refusal, respond, respond_refused, sign_in

LUIS, UNCONFIRMED = "luis@clinica.example", "sinconfirmar@clinica.example"
NEW = "Nueva-Clave-2026"
LIMIT = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
WRONG = ("NotAuthorizedException", "Incorrect username or password.")
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")


def change(cloud: Cloud, access: str, old: str, new: str) -> None:
    aws(cloud, "cognito-idp").change_password(AccessToken=access, PreviousPassword=old, ProposedPassword=new)


def change_refused(cloud: Cloud, access: str, old: str, new: str = NEW) -> tuple[str, str]:
    answer = refusal(change, cloud=cloud, access=access, old=old, new=new)
    return answer.code, answer.message


def test_the_password_is_changed_and_the_session_goes_on(cloud: Cloud) -> None:
    access = sign_in(cloud, LUIS)["AccessToken"]
    change(cloud, access, PASSWORD, NEW)
    assert sign_in(cloud, LUIS, NEW)["IdToken"]
    answer = refusal(begin, cloud=cloud, username=LUIS)
    assert (answer.code, answer.message) == WRONG
    assert aws(cloud, "cognito-idp").get_user(AccessToken=access)["Username"]


def test_five_wrong_old_passwords_an_hour(cloud: Cloud, cloud_clock: RunningClock) -> None:
    access = sign_in(cloud, LUIS)["AccessToken"]
    for _ in range(5):
        assert change_refused(cloud, access, "Otra-Clave-2026") == WRONG
    assert change_refused(cloud, access, PASSWORD) == LIMIT
    cloud_clock.advance(3600)
    change(cloud, sign_in(cloud, LUIS)["AccessToken"], PASSWORD, NEW)


def test_the_newest_three_passwords_cannot_come_again(cloud: Cloud) -> None:
    access = sign_in(cloud, LUIS)["AccessToken"]
    history = "PasswordHistoryPolicyViolationException"
    assert change_refused(cloud, access, PASSWORD, PASSWORD)[0] == history
    change(cloud, access, PASSWORD, "Clave-Numero-2")
    change(cloud, access, "Clave-Numero-2", "Clave-Numero-3")
    assert change_refused(cloud, access, "Clave-Numero-3", PASSWORD)[0] == history
    change(cloud, access, "Clave-Numero-3", "Clave-Numero-4")
    change(cloud, access, "Clave-Numero-4", PASSWORD)


def test_the_history_holds_for_a_reset_and_a_first_password(cloud: Cloud) -> None:
    idp = aws(cloud, "cognito-idp")
    idp.forgot_password(ClientId=cloud.client.id, Username=LUIS)
    parameters = {"ClientId": cloud.client.id, "Username": LUIS, "Password": PASSWORD}
    code = cloud.mailbox.latest_code(LUIS)
    answer = refusal(idp.confirm_forgot_password, **parameters, ConfirmationCode=code)
    assert answer.code == "PasswordHistoryPolicyViolationException"
    idp.confirm_forgot_password(**parameters | {"Password": NEW}, ConfirmationCode=code)
    newcomer = "nueva@clinica.example"
    asked = begin(cloud, newcomer, TEMPORARY_PASSWORD)
    same = respond_refused(cloud, asked, newcomer, NEW_PASSWORD=TEMPORARY_PASSWORD)
    assert same[0] == "PasswordHistoryPolicyViolationException"
    assert respond(cloud, asked, newcomer, NEW_PASSWORD=NEW)["AuthenticationResult"]


def test_a_weak_password_and_a_token_that_ran_out(cloud: Cloud, cloud_clock: RunningClock) -> None:
    access = sign_in(cloud, LUIS)["AccessToken"]
    weak = change_refused(cloud, access, PASSWORD, "corta")
    assert weak == (
        "InvalidPasswordException",
        "Password did not conform with policy: Password not long enough",
    )
    cloud_clock.advance(3601)
    assert change_refused(cloud, access, PASSWORD) == ("NotAuthorizedException", "Access Token has expired")


# -- an account that is not confirmed


def resend(cloud: Cloud, username: str = UNCONFIRMED) -> dict[str, str]:
    answer = aws(cloud, "cognito-idp").resend_confirmation_code(ClientId=cloud.client.id, Username=username)
    details: dict[str, str] = answer["CodeDeliveryDetails"]
    return details


def resend_refused(cloud: Cloud, username: str = UNCONFIRMED) -> tuple[str, str]:
    answer = refusal(resend, cloud=cloud, username=username)
    return answer.code, answer.message


def confirm(cloud: Cloud, code: str, username: str = UNCONFIRMED) -> None:
    aws(cloud, "cognito-idp").confirm_sign_up(
        ClientId=cloud.client.id, Username=username, ConfirmationCode=code
    )


def confirm_refused(cloud: Cloud, code: str, username: str = UNCONFIRMED) -> tuple[str, str]:
    answer = refusal(confirm, cloud=cloud, code=code, username=username)
    return answer.code, answer.message


def test_an_account_is_confirmed_with_the_code_and_can_sign_in(cloud: Cloud) -> None:
    assert refusal(begin, cloud=cloud, username=UNCONFIRMED).code == "UserNotConfirmedException"
    assert confirm_refused(cloud, "123456") == EXPIRED
    assert resend(cloud) == {"Destination": "s***@c***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    assert cloud.mailbox.messages[-1].purpose == "confirm"
    code = cloud.mailbox.latest_code(UNCONFIRMED)
    assert confirm_refused(cloud, f"{(int(code) + 1) % 1_000_000:06}") == MISMATCH
    confirm(cloud, code)
    assert sign_in(cloud, UNCONFIRMED)["IdToken"]
    assert confirm_refused(cloud, code) == (
        "NotAuthorizedException",
        "User cannot be confirmed. Current status is CONFIRMED",
    )
    assert resend_refused(cloud) == ("InvalidParameterException", "User is already confirmed.")


def test_confirmation_codes_have_limits_and_a_day(cloud: Cloud, cloud_clock: RunningClock) -> None:
    for _ in range(5):
        resend(cloud)
    assert resend_refused(cloud) == LIMIT
    cloud_clock.advance(3600)
    resend(cloud)
    cloud_clock.advance(24 * 3600)
    assert confirm_refused(cloud, cloud.mailbox.latest_code(UNCONFIRMED)) == EXPIRED
    resend(cloud)
    code = cloud.mailbox.latest_code(UNCONFIRMED)
    for _ in range(5):
        assert confirm_refused(cloud, f"{(int(code) + 1) % 1_000_000:06}") == MISMATCH
    assert confirm_refused(cloud, code) == LIMIT


def test_a_stranger_hears_what_everybody_hears(cloud: Cloud) -> None:
    email = new_email("snadie")
    assert resend(cloud, email) == resend(cloud)
    assert [message.to for message in cloud.mailbox.messages] == [UNCONFIRMED]
    assert confirm_refused(cloud, "123456", email) == MISMATCH


def test_the_secret_hash_is_checked(cloud: Cloud) -> None:
    client = cloud.add_client(secret=True)
    idp = aws(cloud, "cognito-idp")
    parameters = {"ClientId": client.id, "Username": UNCONFIRMED}
    assert refusal(idp.resend_confirmation_code, **parameters).code == "NotAuthorizedException"
    right = secret_hash(client.id, client.secret, UNCONFIRMED)
    idp.resend_confirmation_code(**parameters, SecretHash=right)
    code = {"ConfirmationCode": cloud.mailbox.latest_code(UNCONFIRMED)}
    assert refusal(idp.confirm_sign_up, **parameters, **code).code == "NotAuthorizedException"
    idp.confirm_sign_up(**parameters, **code, SecretHash=right)


# -- the demo's accounts

FIRST_ANSWERS = {
    "two-step-app": "SOFTWARE_TOKEN_MFA",
    "two-step-sms": "SMS_MFA",
    "two-step-email": "EMAIL_OTP",
    "remembered-device": "EMAIL_OTP",
    "two-step-choice": "SELECT_MFA_TYPE",
    "two-step-required": "MFA_SETUP",
    "first-sign-in": "NEW_PASSWORD_REQUIRED",
    "missing-attribute": "NEW_PASSWORD_REQUIRED",
}
REFUSALS = {
    "not-confirmed": ("UserNotConfirmedException", "User is not confirmed."),
    "reset-required": ("PasswordResetRequiredException", "Password reset required for the user"),
    "disabled": ("NotAuthorizedException", "User is disabled."),
    "expired-temporary": (
        "NotAuthorizedException",
        "Temporary password has expired and must be reset by an administrator.",
    ),
    "trigger": (
        "UserLambdaValidationException",
        "PreAuthentication failed with error Su clínica abre a las 8:00. Intente más tarde.",
    ),
    "passkey": WRONG,
}


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.kind)
def test_each_account_shows_what_its_kind_says(cloud: Cloud, account: Account) -> None:
    kind, username, password = account.kind, account.username, account.password
    if kind in REFUSALS:
        answer = refusal(begin, cloud=cloud, username=username, password=password)
        assert (answer.code, answer.message) == REFUSALS[kind]
    elif kind in FIRST_ANSWERS:
        assert begin(cloud, username, password)["ChallengeName"] == FIRST_ANSWERS[kind]
    else:
        assert begin(cloud, username, password)["AuthenticationResult"]["IdToken"]


def test_everybody_who_is_to_reach_a_profile_has_a_record(cloud: Cloud) -> None:
    records = demo_document().databases["Clinica"].tables["Usuarios"].records
    addresses = {str(record["Email"]) for record in records}
    without = {each.kind for each in ACCOUNTS if each.username not in addresses}
    assert without == {"no-record", "unverified-email"}  # the latter is turned away before
    kinds = [each["kind"] for each in cloud.description()["accounts"]]  # type: ignore[attr-defined]  # a list
    assert kinds == [each.kind for each in ACCOUNTS]


def test_the_description_says_what_a_program_must_know(cloud: Cloud) -> None:
    told = {each["kind"]: each for each in cloud.description()["accounts"]}  # type: ignore[attr-defined]  # a list
    assert set(told["user"]) == {"kind", "username", "password"}
    assert len(told["two-step-app"]["totp_key"]) == 52
    assert told["custom-question"]["answer"] == "azul"
    assert told["passkey"]["auth_flow"] == "USER_AUTH"


def test_a_missing_attribute_is_asked_for_and_checked(cloud: Cloud) -> None:
    email = "faltadato@clinica.example"
    asked = begin(cloud, email, TEMPORARY_PASSWORD)
    assert asked["ChallengeParameters"]["requiredAttributes"] == '["userAttributes.phone_number"]'
    missing = respond_refused(cloud, asked, email, NEW_PASSWORD=NEW)
    assert missing == ("InvalidParameterException", "Invalid attributes given, phone_number is missing")
    local = {"userAttributes.phone_number": "55 5010 0120"}
    assert respond_refused(cloud, asked, email, NEW_PASSWORD=NEW, **local) == (
        "InvalidParameterException",
        "Invalid phone number format.",
    )
    good = {"userAttributes.phone_number": "+525550100120"}
    assert respond(cloud, asked, email, NEW_PASSWORD=NEW, **good)["AuthenticationResult"]


def test_who_must_reset_gets_the_code_and_then_in(cloud: Cloud) -> None:
    email = "restablecer@clinica.example"
    idp = aws(cloud, "cognito-idp")
    idp.forgot_password(ClientId=cloud.client.id, Username=email)
    code = cloud.mailbox.latest_code(email)
    idp.confirm_forgot_password(ClientId=cloud.client.id, Username=email, ConfirmationCode=code, Password=NEW)
    assert sign_in(cloud, email, NEW)["IdToken"]
