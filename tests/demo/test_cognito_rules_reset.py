"""ForgotPassword and ConfirmForgotPassword with codes that are really checked."""

import pytest
import requests
from moto.cognitoidp.models import UserStatus

from ingenes_desktop.demo.client_secret import secret_hash
from ingenes_desktop.demo.seeds import PASSWORD
from ingenes_desktop.demo.servers import Cloud
from tests.cloud import RunningClock, new_email
from tests.demo.aws_clients import Json, aws, refusal, sign_in, sign_in_parameters

NEW_PASSWORD = "Nueva-Clave-2026"
LIMIT = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")


def forgot(cloud: Cloud, email: str) -> Json:
    answer = aws(cloud, "cognito-idp").forgot_password(ClientId=cloud.client.id, Username=email)
    details: Json = answer["CodeDeliveryDetails"]
    return details


def forgot_refused(cloud: Cloud, email: str) -> tuple[str, str]:
    answer = refusal(aws(cloud, "cognito-idp").forgot_password, ClientId=cloud.client.id, Username=email)
    return answer.code, answer.message


def confirmation(cloud: Cloud, email: str, code: str, password: str = NEW_PASSWORD) -> Json:
    return {
        "ClientId": cloud.client.id,
        "Username": email,
        "ConfirmationCode": code,
        "Password": password,
    }


def confirm(cloud: Cloud, email: str, code: str, password: str = NEW_PASSWORD) -> None:
    aws(cloud, "cognito-idp").confirm_forgot_password(**confirmation(cloud, email, code, password))


def confirm_refused(cloud: Cloud, email: str, code: str, password: str = NEW_PASSWORD) -> tuple[str, str]:
    call = aws(cloud, "cognito-idp").confirm_forgot_password
    answer = refusal(call, **confirmation(cloud, email, code, password))
    return answer.code, answer.message


def wrong_code(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_code_in_the_mailbox_changes_the_password(cloud: Cloud) -> None:
    tokens = sign_in(cloud, "maria@clinica.example")
    details = forgot(cloud, "maria@clinica.example")
    assert details == {"Destination": "m***@c***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    code = cloud.mailbox.latest_code("maria@clinica.example")
    assert len(code) == 6
    assert code.isdigit()
    confirm(cloud, "maria@clinica.example", code)
    assert sign_in(cloud, "maria@clinica.example", NEW_PASSWORD)["IdToken"]
    old = sign_in_parameters(cloud, "maria@clinica.example", PASSWORD)
    assert refusal(aws(cloud, "cognito-idp").initiate_auth, **old).code == "NotAuthorizedException"
    assert aws(cloud, "cognito-idp").get_user(AccessToken=tokens["AccessToken"])["Username"]


def test_the_mailbox_lists_codes_newest_last(cloud: Cloud) -> None:
    forgot(cloud, "maria@clinica.example")
    forgot(cloud, "ana@clinica.example")
    listed = requests.get(cloud.mailbox_url, timeout=10).json()
    assert [each["to"] for each in listed] == ["maria@clinica.example", "ana@clinica.example"]
    assert listed[1]["code"] == cloud.mailbox.latest_code("ana@clinica.example")
    assert listed[0]["purpose"] == "reset"
    assert listed[0]["sent_at"] <= listed[1]["sent_at"]


def test_a_stranger_gets_the_same_words_and_no_code(cloud: Cloud) -> None:
    email = new_email("mnadie")
    assert forgot(cloud, email) == forgot(cloud, "maria@clinica.example")
    assert cloud.mailbox.latest_code(email) == ""
    assert confirm_refused(cloud, email, "123456") == MISMATCH


def test_a_disabled_person_gets_the_same_words_and_no_code(cloud: Cloud) -> None:
    email = new_email("md")
    cloud.add_user(email, enabled=False)
    assert forgot(cloud, email)["Destination"] == "m***@c***"
    assert cloud.mailbox.messages == ()


def test_five_codes_an_hour(cloud: Cloud, cloud_clock: RunningClock) -> None:
    for _ in range(5):
        forgot(cloud, "maria@clinica.example")
    assert forgot_refused(cloud, "maria@clinica.example") == LIMIT
    cloud_clock.advance(3600)
    assert forgot(cloud, "maria@clinica.example")


def test_a_stranger_meets_the_same_limit(cloud: Cloud) -> None:
    email = new_email("nadie")
    for _ in range(5):
        forgot(cloud, email)
    assert forgot_refused(cloud, email) == LIMIT


def test_who_has_a_temporary_password_cannot_reset_it(cloud: Cloud) -> None:
    assert forgot_refused(cloud, "nueva@clinica.example") == (
        "NotAuthorizedException",
        "User password cannot be reset in the current state.",
    )


def test_an_unverified_address_gets_no_code(cloud: Cloud) -> None:
    code, message = forgot_refused(cloud, "noverificada@clinica.example")
    assert code == "InvalidParameterException"
    assert "no registered/verified email" in message
    assert cloud.mailbox.messages == ()


def test_who_gets_codes_by_email_to_sign_in_cannot_reset_by_email(cloud: Cloud) -> None:
    for username in ("codigo@clinica.example", "elige@clinica.example"):
        code, message = forgot_refused(cloud, username)
        assert code == "InvalidParameterException"
        assert "no registered/verified email" in message
    assert cloud.mailbox.messages == ()
    assert forgot(cloud, "sms@clinica.example")["DeliveryMedium"] == "EMAIL"


def test_wrong_code_then_the_right_one(cloud: Cloud) -> None:
    forgot(cloud, "maria@clinica.example")
    code = cloud.mailbox.latest_code("maria@clinica.example")
    assert confirm_refused(cloud, "maria@clinica.example", wrong_code(code)) == MISMATCH
    assert sign_in(cloud, "maria@clinica.example", PASSWORD)["IdToken"]
    confirm(cloud, "maria@clinica.example", code)


def test_only_the_newest_code_counts(cloud: Cloud) -> None:
    forgot(cloud, "maria@clinica.example")
    first = cloud.mailbox.latest_code("maria@clinica.example")
    second = first
    while second == first:
        cloud.mailbox.clear()
        forgot(cloud, "maria@clinica.example")
        second = cloud.mailbox.latest_code("maria@clinica.example")
    assert confirm_refused(cloud, "maria@clinica.example", first) == MISMATCH
    confirm(cloud, "maria@clinica.example", second)


def test_a_code_lives_an_hour_and_works_once(cloud: Cloud, cloud_clock: RunningClock) -> None:
    assert confirm_refused(cloud, "maria@clinica.example", "123456") == EXPIRED
    forgot(cloud, "maria@clinica.example")
    cloud_clock.advance(3600)
    late = cloud.mailbox.latest_code("maria@clinica.example")
    assert confirm_refused(cloud, "maria@clinica.example", late) == EXPIRED
    forgot(cloud, "maria@clinica.example")
    code = cloud.mailbox.latest_code("maria@clinica.example")
    confirm(cloud, "maria@clinica.example", code)
    assert confirm_refused(cloud, "maria@clinica.example", code) == EXPIRED


def test_a_weak_password_keeps_the_code(cloud: Cloud) -> None:
    forgot(cloud, "maria@clinica.example")
    code = cloud.mailbox.latest_code("maria@clinica.example")
    assert confirm_refused(cloud, "maria@clinica.example", code, "corta") == (
        "InvalidPasswordException",
        "Password did not conform with policy: Password not long enough",
    )
    confirm(cloud, "maria@clinica.example", code)


def test_five_wrong_codes_close_the_hour_even_to_the_right_one(
    cloud: Cloud, cloud_clock: RunningClock
) -> None:
    forgot(cloud, "maria@clinica.example")
    code = cloud.mailbox.latest_code("maria@clinica.example")
    for _ in range(5):
        assert confirm_refused(cloud, "maria@clinica.example", wrong_code(code)) == MISMATCH
    assert confirm_refused(cloud, "maria@clinica.example", code) == LIMIT
    cloud_clock.advance(3600)
    forgot(cloud, "maria@clinica.example")
    confirm(cloud, "maria@clinica.example", cloud.mailbox.latest_code("maria@clinica.example"))


def test_a_reset_ends_the_state_that_asked_for_it(cloud: Cloud) -> None:
    email = new_email()
    cloud.add_user(email, status=UserStatus.RESET_REQUIRED)
    forgot(cloud, email)
    confirm(cloud, email, cloud.mailbox.latest_code(email))
    assert sign_in(cloud, email, NEW_PASSWORD)["IdToken"]


@pytest.mark.parametrize("given", ["", "nonsense"])
def test_secret_hash_is_checked(cloud: Cloud, given: str) -> None:
    client = cloud.add_client(secret=True)
    idp = aws(cloud, "cognito-idp")
    parameters = {"ClientId": client.id, "Username": "maria@clinica.example"}
    extra = {"SecretHash": given} if given else {}
    assert refusal(idp.forgot_password, **parameters, **extra).code == "NotAuthorizedException"
    right = secret_hash(client.id, client.secret, "maria@clinica.example")
    assert idp.forgot_password(**parameters, SecretHash=right)["CodeDeliveryDetails"]
    confirmed = confirmation(
        cloud, "maria@clinica.example", cloud.mailbox.latest_code("maria@clinica.example")
    )
    confirmed["ClientId"] = client.id
    assert refusal(idp.confirm_forgot_password, **confirmed, **extra).code == "NotAuthorizedException"
    idp.confirm_forgot_password(**confirmed, SecretHash=right)
