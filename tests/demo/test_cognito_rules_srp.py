"""USER_SRP_AUTH against a stored verifier, and devices that prove themselves; pycognito is the other side."""

import base64
import time
from datetime import UTC, datetime

import pytest
from moto.cognitoidp.models import UserStatus
from pycognito.aws_srp import AWSSRP, generate_hash_device, long_to_hex
from pycognito.exceptions import SoftwareTokenMFAChallengeException

from ingenes_desktop.demo.person import Person
from ingenes_desktop.demo.seeds import PASSWORD
from ingenes_desktop.demo.servers import Cloud
from ingenes_desktop.demo.srp_server import MODULUS, check_timestamp
from tests.cloud import RunningClock, new_email
from tests.demo.aws_clients import Json, aws, begin, refusal, respond, respond_refused

pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")

LUIS = "luis@clinica.example"
WRONG = ("NotAuthorizedException", "Incorrect username or password.")
ONCE = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
EXPIRED = ("NotAuthorizedException", "Invalid session for the user, session is expired.")


def srp(cloud: Cloud, username: str = LUIS, password: str = PASSWORD, **device: str) -> AWSSRP:
    return AWSSRP(
        username, password, cloud.pool.id, cloud.client.id, client=aws(cloud, "cognito-idp"), **device
    )


def question(cloud: Cloud, client: AWSSRP) -> Json:
    return begin(cloud, client.username, flow="USER_SRP_AUTH", **_without_name(client))


def _without_name(client: AWSSRP) -> dict[str, str]:
    return {name: value for name, value in client.get_auth_params().items() if name != "USERNAME"}


def proof(client: AWSSRP, asked: Json) -> dict[str, str]:
    """The answer, with the real username instead of the one that ``respond`` is given."""
    given: dict[str, str] = client.process_challenge(asked["ChallengeParameters"], client.get_auth_params())
    return given


def person(cloud: Cloud, email: str = LUIS) -> Person:
    (found,) = (each for each in cloud.pool.users.values() if each.attribute_lookup["email"] == email)
    assert isinstance(found, Person)
    return found


def test_an_independent_client_signs_in(cloud: Cloud) -> None:
    tokens = srp(cloud).authenticate_user()["AuthenticationResult"]
    assert aws(cloud, "cognito-idp").get_user(AccessToken=tokens["AccessToken"])["Username"]


def test_what_is_asked_is_what_cognito_asks(cloud: Cloud) -> None:
    asked = question(cloud, srp(cloud))
    assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
    assert "Session" not in asked
    parameters = asked["ChallengeParameters"]
    assert set(parameters) == {"SALT", "SRP_B", "SECRET_BLOCK", "USERNAME", "USER_ID_FOR_SRP"}
    assert parameters["USER_ID_FOR_SRP"] in cloud.pool.users
    assert 0 < int(parameters["SRP_B"], 16) < MODULUS


def test_the_verifier_decides_and_no_password_is_compared(cloud: Cloud) -> None:
    """The text that moto keeps for its own flows plays no part."""
    person(cloud).password = "Otra-Clave-2026"
    assert srp(cloud).authenticate_user()["AuthenticationResult"]
    person(cloud).keep_password("Otra-Clave-2026")
    person(cloud).password = PASSWORD
    assert refused_sign_in(cloud) == WRONG


def refused_sign_in(cloud: Cloud, username: str = LUIS, password: str = PASSWORD) -> tuple[str, str]:
    answer = refusal(srp(cloud, username, password).authenticate_user)
    return answer.code, answer.message


def test_a_changed_password_is_known_at_once(cloud: Cloud) -> None:
    idp = aws(cloud, "cognito-idp")
    idp.forgot_password(ClientId=cloud.client.id, Username=LUIS)
    idp.confirm_forgot_password(
        ClientId=cloud.client.id,
        Username=LUIS,
        ConfirmationCode=cloud.mailbox.latest_code(LUIS),
        Password="Nueva-Clave-2026",
    )
    assert refused_sign_in(cloud) == WRONG
    assert srp(cloud, password="Nueva-Clave-2026").authenticate_user()["AuthenticationResult"]


@pytest.mark.parametrize("password", ["Otra-Clave-2026", PASSWORD + " ", ""])
def test_a_wrong_password(cloud: Cloud, password: str) -> None:
    assert refused_sign_in(cloud, password=password) == WRONG


def test_a_stranger_is_asked_like_anybody_and_refused_like_a_wrong_password(cloud: Cloud) -> None:
    email = new_email("nadie")
    first, second = (question(cloud, srp(cloud, email))["ChallengeParameters"] for _ in range(2))
    assert set(first) == set(question(cloud, srp(cloud))["ChallengeParameters"])
    assert first["SALT"] == second["SALT"]
    assert first["USER_ID_FOR_SRP"] == second["USER_ID_FOR_SRP"]
    assert first["SRP_B"] != second["SRP_B"]
    assert refused_sign_in(cloud, email) == WRONG


def test_five_wrong_proofs_lock_out(cloud: Cloud, cloud_clock: RunningClock) -> None:
    for _ in range(5):
        assert refused_sign_in(cloud, password="Otra-Clave-2026") == WRONG
    assert refused_sign_in(cloud) == ("NotAuthorizedException", "Password attempts exceeded")
    cloud_clock.advance(1)
    assert srp(cloud).authenticate_user()["AuthenticationResult"]


def test_states_are_judged_before_the_proof(cloud: Cloud) -> None:
    email = new_email()
    cloud.add_user(email, status=UserStatus.UNCONFIRMED)
    assert refused_sign_in(cloud, email)[0] == "UserNotConfirmedException"
    assert refused_sign_in(cloud, "baja@clinica.example")[1] == "User is disabled."


def test_a_proof_is_good_once_and_for_its_own_block(cloud: Cloud) -> None:
    client = srp(cloud)
    asked, other = question(cloud, client), question(cloud, client)
    given = proof(client, asked)
    elsewhere = given | {"PASSWORD_CLAIM_SECRET_BLOCK": other["ChallengeParameters"]["SECRET_BLOCK"]}
    assert respond_refused(cloud, other, LUIS, **elsewhere) == WRONG
    assert respond(cloud, asked, LUIS, **given)["AuthenticationResult"]
    assert respond_refused(cloud, asked, LUIS, **given) == ONCE
    made_up = {"PASSWORD_CLAIM_SECRET_BLOCK": base64.b64encode(b"x" * 600).decode()}
    assert respond_refused(cloud, asked, LUIS, **given | made_up) == EXPIRED


@pytest.mark.parametrize("signature", ["AAAA", "no base64", base64.b64encode(b"x" * 32).decode()])
def test_a_signature_that_is_none(cloud: Cloud, signature: str) -> None:
    client = srp(cloud)
    asked = question(cloud, client)
    given = proof(client, asked) | {"PASSWORD_CLAIM_SIGNATURE": signature}
    assert respond_refused(cloud, asked, LUIS, **given) == WRONG


def test_the_timestamp_is_part_of_the_proof(cloud: Cloud) -> None:
    client = srp(cloud)
    asked = question(cloud, client)
    later = AWSSRP.get_cognito_formatted_timestamp(datetime.fromtimestamp(time.time() + 60, UTC))
    given = proof(client, asked) | {"TIMESTAMP": later}
    assert respond_refused(cloud, asked, LUIS, **given) == WRONG


@pytest.mark.parametrize(("seconds", "taken"), [(-301, False), (-300, True), (300, True), (301, False)])
def test_a_timestamp_is_good_for_five_minutes_either_way(seconds: int, taken: bool) -> None:
    moment = datetime(2026, 11, 22, 14, 5, 9, tzinfo=UTC).timestamp()
    assert check_timestamp("Sun Nov 22 14:05:09 UTC 2026", moment + seconds) is taken


@pytest.mark.parametrize("seconds", [-400, 400])
def test_a_computer_whose_clock_is_wrong(cloud: Cloud, cloud_clock: RunningClock, seconds: int) -> None:
    cloud_clock.advance(seconds)
    assert refused_sign_in(cloud) == WRONG
    cloud_clock.advance(-seconds)
    assert srp(cloud).authenticate_user()["AuthenticationResult"]


@pytest.mark.parametrize(
    "timestamp",
    [
        "",
        "Sun Nov 02 14:05:09 UTC 2026",
        "dom nov 22 14:05:09 UTC 2026",
        "2026-11-22T14:05:09Z",
        "Mon Feb 30",
    ],
)
def test_a_timestamp_of_another_form(cloud: Cloud, timestamp: str) -> None:
    client = srp(cloud)
    asked = question(cloud, client)
    given = proof(client, asked) | {"TIMESTAMP": timestamp}
    assert respond_refused(cloud, asked, LUIS, **given)[0] == "InvalidParameterException"


@pytest.mark.parametrize(
    "srp_a", ["", "0", long_to_hex(MODULUS), long_to_hex(2 * MODULUS), "xyz", "f" * 2000]
)
def test_a_public_value_that_would_give_the_key_away(cloud: Cloud, srp_a: str) -> None:
    answer = refusal(begin, cloud=cloud, username=LUIS, flow="USER_SRP_AUTH", SRP_A=srp_a)
    assert answer.code == "InvalidParameterException"


def test_a_question_lives_three_minutes(cloud: Cloud, cloud_clock: RunningClock) -> None:
    client = srp(cloud)
    asked = question(cloud, client)
    cloud_clock.advance(180)
    assert respond_refused(cloud, asked, LUIS, **proof(client, asked)) == EXPIRED


def test_a_temporary_password_and_a_second_factor_come_after_the_proof(cloud: Cloud) -> None:
    with pytest.raises(SoftwareTokenMFAChallengeException):
        srp(cloud, "dospasos@clinica.example").authenticate_user()
    newcomer = srp(cloud, "nueva@clinica.example", "Temporal-2026!")
    answer = newcomer.set_new_password_challenge("Nueva-Clave-2026")
    assert answer["AuthenticationResult"]["IdToken"]


def test_a_proof_is_handed_in_under_the_real_username(cloud: Cloud) -> None:
    client = srp(cloud)
    asked = question(cloud, client)
    given = proof(client, asked)
    assert given["USERNAME"] == asked["ChallengeParameters"]["USER_ID_FOR_SRP"]
    assert respond_refused(cloud, asked, LUIS, **given | {"USERNAME": LUIS}) == WRONG


@pytest.mark.parametrize("flow", ["USER_AUTH", "CUSTOM_AUTH"])
def test_the_proof_in_the_other_flows_has_a_session(cloud: Cloud, flow: str) -> None:
    email = "pregunta@clinica.example" if flow == "CUSTOM_AUTH" else LUIS
    client = srp(cloud, email)
    how = {"CHALLENGE_NAME": "SRP_A"} if flow == "CUSTOM_AUTH" else {"PREFERRED_CHALLENGE": "PASSWORD_SRP"}
    asked = begin(cloud, email, flow=flow, **_without_name(client), **how)
    assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
    assert asked["Session"]
    other = begin(cloud, email, flow=flow, **_without_name(client), **how)
    given = proof(client, other)
    block = {"PASSWORD_CLAIM_SECRET_BLOCK": asked["ChallengeParameters"]["SECRET_BLOCK"]}
    assert respond_refused(cloud, other, email, **given | block) == WRONG
    answer = respond(cloud, asked, email, **proof(client, asked))
    if flow == "CUSTOM_AUTH":
        assert answer["ChallengeName"] == "CUSTOM_CHALLENGE"
        answer = respond(cloud, answer, email, ANSWER="azul")
    assert answer["AuthenticationResult"]["IdToken"]


# -- devices


def tracked(cloud: Cloud, email: str = LUIS) -> tuple[Json, Json]:
    """A sign-in with a device that is tracked: tokens, NewDeviceMetadata."""
    cloud.rules.devices.tracked = True
    result = begin(cloud, email)["AuthenticationResult"]
    return result, result["NewDeviceMetadata"]


def confirm(cloud: Cloud, result: Json, device: Json) -> str:
    """ConfirmDevice; the device's password."""
    password, verifier = generate_hash_device(device["DeviceGroupKey"], device["DeviceKey"])
    answer = aws(cloud, "cognito-idp").confirm_device(
        AccessToken=result["AccessToken"],
        DeviceKey=device["DeviceKey"],
        DeviceName="prueba",
        DeviceSecretVerifierConfig=verifier,
    )
    assert answer["UserConfirmationNecessary"] is False
    return str(password)


def device_proof(cloud: Cloud, asked: Json, device: Json, password: str) -> tuple[Json, dict[str, str]]:
    """DEVICE_SRP_AUTH answered: the next question, and the answer to it."""
    client = srp(
        cloud,
        device_key=device["DeviceKey"],
        device_group_key=device["DeviceGroupKey"],
        device_password=password,
    )
    srp_a = long_to_hex(client.large_a_value)
    verifier = respond(cloud, asked, LUIS, DEVICE_KEY=device["DeviceKey"], SRP_A=srp_a)
    given: dict[str, str] = client.process_device_challenge(verifier["ChallengeParameters"])
    given.pop("USERNAME")
    return verifier, given


def refreshed(cloud: Cloud, result: Json, **device: str) -> Json:
    answer: Json = aws(cloud, "cognito-idp").get_tokens_from_refresh_token(
        RefreshToken=result["RefreshToken"], ClientId=cloud.client.id, **device
    )["AuthenticationResult"]
    return answer


def test_devices_are_tracked_only_where_the_pool_does(cloud: Cloud) -> None:
    assert "NewDeviceMetadata" not in begin(cloud, LUIS)["AuthenticationResult"]
    _, device = tracked(cloud)
    assert device["DeviceKey"].startswith("us-east-1_")
    assert len(device["DeviceKey"]) <= 55
    cloud.reset()
    assert "NewDeviceMetadata" not in begin(cloud, LUIS)["AuthenticationResult"]


def test_a_refresh_without_the_confirmed_devices_key_is_refused(cloud: Cloud) -> None:
    result, device = tracked(cloud)
    key = device["DeviceKey"]
    invalid = ("NotAuthorizedException", "Invalid Refresh Token")

    def refused(**given: str) -> tuple[str, str]:
        answer = refusal(refreshed, cloud=cloud, result=result, **given)
        return answer.code, answer.message

    assert refused(DeviceKey=key) == invalid  # not confirmed yet
    confirm(cloud, result, device)
    assert refused() == invalid
    assert refused(DeviceKey="us-east-1_0a1b") == invalid
    assert refreshed(cloud, result, DeviceKey=key)["IdToken"]
    flow = {"AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": cloud.client.id}
    idp, token = aws(cloud, "cognito-idp"), result["RefreshToken"]
    bare = refusal(idp.initiate_auth, **flow, AuthParameters={"REFRESH_TOKEN": token})
    assert (bare.code, bare.message) == invalid
    named = idp.initiate_auth(**flow, AuthParameters={"REFRESH_TOKEN": token, "DEVICE_KEY": key})
    assert named["AuthenticationResult"]["IdToken"]


def test_a_device_is_confirmed_once_with_a_sound_verifier(cloud: Cloud) -> None:
    result, device = tracked(cloud)
    idp = aws(cloud, "cognito-idp")
    parameters = {"AccessToken": result["AccessToken"], "DeviceKey": device["DeviceKey"]}
    for bad in (
        {},
        {"Salt": "no base64", "PasswordVerifier": "AAAB"},
        {"Salt": "AQ==", "PasswordVerifier": ""},
    ):
        answer = refusal(idp.confirm_device, **parameters, DeviceSecretVerifierConfig=bad)
        assert answer.code == "InvalidParameterException"
    other = refusal(idp.confirm_device, **parameters | {"DeviceKey": "us-east-1_0a1b"})
    assert (other.code, other.message) == ("ResourceNotFoundException", "Device does not exist.")
    confirm(cloud, result, device)
    good = {"Salt": "AQ==", "PasswordVerifier": "AQ=="}
    again = refusal(idp.confirm_device, **parameters, DeviceSecretVerifierConfig=good)
    assert again.code == "DeviceKeyExistsException"


def test_a_remembered_device_stands_for_the_second_factor(cloud: Cloud) -> None:
    """The account that the demo shows it with."""
    email = "equipo@clinica.example"
    asked = begin(cloud, email)
    done = respond(cloud, asked, email, EMAIL_OTP_CODE=cloud.mailbox.latest_code(email))
    device = done["AuthenticationResult"]["NewDeviceMetadata"]
    password = confirm(cloud, done["AuthenticationResult"], device)
    cloud.mailbox.clear()
    again = begin(cloud, email, DEVICE_KEY=device["DeviceKey"])
    assert again["ChallengeName"] == "DEVICE_SRP_AUTH"
    client = srp(
        cloud,
        email,
        device_key=device["DeviceKey"],
        device_group_key=device["DeviceGroupKey"],
        device_password=password,
    )
    srp_a = long_to_hex(client.large_a_value)
    verifier = respond(cloud, again, email, DEVICE_KEY=device["DeviceKey"], SRP_A=srp_a)
    assert verifier["ChallengeName"] == "DEVICE_PASSWORD_VERIFIER"
    given = client.process_device_challenge(verifier["ChallengeParameters"])
    given.pop("USERNAME")
    result = respond(cloud, verifier, email, **given)["AuthenticationResult"]
    assert "NewDeviceMetadata" not in result
    assert cloud.mailbox.messages == ()
    assert refusal(refreshed, cloud=cloud, result=result).message == "Invalid Refresh Token"
    assert refreshed(cloud, result, DeviceKey=device["DeviceKey"])["IdToken"]
    # Without the device, the second factor is asked for again.
    assert begin(cloud, email)["ChallengeName"] == "EMAIL_OTP"


def test_a_device_that_does_not_know_its_password(cloud: Cloud) -> None:
    result, device = tracked(cloud)
    password = confirm(cloud, result, device)
    asked = begin(cloud, LUIS, DEVICE_KEY=device["DeviceKey"])
    verifier, given = device_proof(cloud, asked, device, password + "x")
    assert respond_refused(cloud, verifier, LUIS, **given) == WRONG
    assert respond_refused(cloud, verifier, LUIS, **given) == ONCE


def test_a_device_nobody_knows(cloud: Cloud) -> None:
    answer = refusal(begin, cloud=cloud, username=LUIS, DEVICE_KEY="us-east-1_0a1b")
    assert (answer.code, answer.message) == ("ResourceNotFoundException", "Device does not exist.")
    _, device = tracked(cloud, "ana@clinica.example")
    answer = refusal(begin, cloud=cloud, username=LUIS, DEVICE_KEY=device["DeviceKey"])
    assert answer.message == "Device does not exist."


def test_a_device_may_name_itself_with_the_passwords_proof(cloud: Cloud) -> None:
    result, device = tracked(cloud)
    confirm(cloud, result, device)
    client = srp(cloud)
    asked = question(cloud, client)
    answer = respond(cloud, asked, LUIS, **proof(client, asked), DEVICE_KEY=device["DeviceKey"])
    assert answer["ChallengeName"] == "DEVICE_SRP_AUTH"
