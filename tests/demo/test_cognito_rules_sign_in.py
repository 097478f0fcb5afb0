"""Who may sign in: InitiateAuth as Cognito answers it, not as moto does."""

import jwt
import pytest
from moto.cognitoidp.models import UserStatus

from ingenes_desktop.demo.client_secret import secret_hash
from ingenes_desktop.demo.seeds import PASSWORD
from ingenes_desktop.demo.servers import Cloud
from tests.cloud import RunningClock, new_email
from tests.demo.aws_clients import aws, refusal, sign_in, sign_in_parameters

WRONG = ("NotAuthorizedException", "Incorrect username or password.")
LOCKED = ("NotAuthorizedException", "Password attempts exceeded")


def refused(cloud: Cloud, username: str, password: str = PASSWORD, **auth: str) -> tuple[str, str]:
    answer = refusal(
        aws(cloud, "cognito-idp").initiate_auth, **sign_in_parameters(cloud, username, password, **auth)
    )
    assert answer.status == 400
    return answer.code, answer.message


def test_right_password_gives_three_tokens(cloud: Cloud) -> None:
    result = sign_in(cloud, "ana@clinica.example")
    assert result["TokenType"] == "Bearer"
    assert result["ExpiresIn"] == 3600
    claims = jwt.decode(
        result["IdToken"],
        jwt.PyJWKClient(f"{cloud.url}/{cloud.pool.id}/.well-known/jwks.json")
        .get_signing_key_from_jwt(result["IdToken"])
        .key,
        algorithms=["RS256"],
        audience=cloud.client.id,
        issuer=f"https://cognito-idp.us-east-1.amazonaws.com/{cloud.pool.id}",
    )
    assert claims["token_use"] == "id"
    assert claims["email"] == "ana@clinica.example"
    assert claims["email_verified"] is True
    custom = {
        name.removeprefix("custom:"): text for name, text in claims.items() if name.startswith("custom:")
    }
    assert custom == {
        "firstName": "Ana Lucía",
        "lastName": "Ortega Prado",
        "storeName": "Clínica Ejemplo Centro",
        "customerId": "2",
        "locationStatus": "active",
        "recordId": custom["recordId"],
    }
    assert custom["recordId"].isdigit()


def test_email_is_compared_without_regard_to_case(cloud: Cloud) -> None:
    assert sign_in(cloud, "Ana@Clinica.Example")["IdToken"]


def test_unknown_person_and_wrong_password_get_the_same_words(cloud: Cloud) -> None:
    assert refused(cloud, new_email("nadie")) == WRONG
    assert refused(cloud, "ana@clinica.example", "Otra-Clave-2026") == WRONG


def test_a_client_may_tell_unknown_persons_apart(cloud: Cloud) -> None:
    client = cloud.add_client(config={"PreventUserExistenceErrors": "LEGACY"})
    parameters = sign_in_parameters(cloud, new_email("nadie")) | {"ClientId": client.id}
    assert refusal(aws(cloud, "cognito-idp").initiate_auth, **parameters).code == "UserNotFoundException"


def test_error_travels_as_cognito_sends_it(cloud: Cloud) -> None:
    answer = refusal(aws(cloud, "cognito-idp").initiate_auth, **sign_in_parameters(cloud, new_email("nadie")))
    assert answer.headers["x-amzn-errortype"] == "NotAuthorizedException:"
    assert answer.headers["x-amzn-requestid"]
    assert answer.headers["date"].endswith(" GMT")
    assert answer.headers["content-type"] == "application/x-amz-json-1.1"


@pytest.mark.parametrize(
    ("status", "enabled", "expected"),
    [
        (UserStatus.CONFIRMED, False, ("NotAuthorizedException", "User is disabled.")),
        (UserStatus.UNCONFIRMED, True, ("UserNotConfirmedException", "User is not confirmed.")),
        (
            UserStatus.RESET_REQUIRED,
            True,
            ("PasswordResetRequiredException", "Password reset required for the user"),
        ),
    ],
)
@pytest.mark.parametrize("password", [PASSWORD, "Otra-Clave-2026"])
def test_state_is_judged_before_the_password(
    cloud: Cloud, status: UserStatus, enabled: bool, expected: tuple[str, str], password: str
) -> None:
    email = new_email()
    cloud.add_user(email, status=status, enabled=enabled)
    assert refused(cloud, email, password) == expected


@pytest.mark.parametrize("flow", ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH", "LUNCH"])
def test_other_flows_are_refused(cloud: Cloud, flow: str) -> None:
    parameters = sign_in_parameters(cloud, "ana@clinica.example") | {"AuthFlow": flow}
    assert refusal(aws(cloud, "cognito-idp").initiate_auth, **parameters).code == "InvalidParameterException"


@pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH"])
def test_a_client_offers_the_flows_it_names(cloud: Cloud, flow: str) -> None:
    client = cloud.add_client(config={"ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"]})
    parameters = sign_in_parameters(cloud, "ana@clinica.example") | {
        "ClientId": client.id,
        "AuthFlow": flow,
    }
    answer = refusal(aws(cloud, "cognito-idp").initiate_auth, **parameters)
    assert answer.message == f"{flow} flow not enabled for this client"


def test_unknown_client(cloud: Cloud) -> None:
    parameters = sign_in_parameters(cloud, "ana@clinica.example") | {"ClientId": "nobody"}
    assert refusal(aws(cloud, "cognito-idp").initiate_auth, **parameters).code == "ResourceNotFoundException"


def test_missing_password(cloud: Cloud) -> None:
    parameters = sign_in_parameters(cloud, "ana@clinica.example") | {"AuthParameters": {"USERNAME": "ana"}}
    answer = refusal(aws(cloud, "cognito-idp").initiate_auth, **parameters)
    assert (answer.code, answer.message) == (
        "InvalidParameterException",
        "Missing required parameter PASSWORD",
    )


def test_secret_hash_is_asked_for_and_checked(cloud: Cloud) -> None:
    client = cloud.add_client(secret=True)
    idp = aws(cloud, "cognito-idp")

    def parameters(**auth: str) -> dict[str, object]:
        return sign_in_parameters(cloud, "ana@clinica.example", **auth) | {"ClientId": client.id}

    absent = refusal(idp.initiate_auth, **parameters())
    assert absent.message == f"Client {client.id} is configured with secret but SECRET_HASH was not received"
    wrong = refusal(idp.initiate_auth, **parameters(SECRET_HASH="nonsense"))
    assert (wrong.code, wrong.message) == (
        "NotAuthorizedException",
        f"Unable to verify secret hash for client {client.id}",
    )
    right = secret_hash(client.id, client.secret, "ana@clinica.example")
    assert idp.initiate_auth(**parameters(SECRET_HASH=right))["AuthenticationResult"]


def test_five_failures_lock_for_one_second_then_two(cloud: Cloud, cloud_clock: RunningClock) -> None:
    email = new_email()
    cloud.add_user(email)
    for _ in range(5):
        assert refused(cloud, email, "Otra-Clave-2026") == WRONG
    assert refused(cloud, email) == LOCKED
    cloud_clock.advance(1)
    assert refused(cloud, email, "Otra-Clave-2026") == WRONG
    cloud_clock.advance(1)
    assert refused(cloud, email) == LOCKED
    cloud_clock.advance(1)
    assert sign_in(cloud, email)["IdToken"]


def test_attempts_during_a_lock_do_not_lengthen_it(cloud: Cloud, cloud_clock: RunningClock) -> None:
    email = new_email()
    cloud.add_user(email)
    for _ in range(5):
        refused(cloud, email, "Otra-Clave-2026")
    for _ in range(20):
        assert refused(cloud, email, "Otra-Clave-2026") == LOCKED
    cloud_clock.advance(1)
    assert sign_in(cloud, email)["IdToken"]


def test_the_longest_lock_is_fifteen_minutes(cloud: Cloud, cloud_clock: RunningClock) -> None:
    email = new_email()
    cloud.add_user(email)
    for _ in range(15):
        assert refused(cloud, email, "Otra-Clave-2026") == WRONG
        cloud_clock.advance(899)
    assert refused(cloud, email) == LOCKED
    cloud_clock.advance(1)
    assert sign_in(cloud, email)["IdToken"]


def test_success_and_quiet_begin_the_count_anew(cloud: Cloud, cloud_clock: RunningClock) -> None:
    email = new_email()
    cloud.add_user(email)
    for _ in range(4):
        refused(cloud, email, "Otra-Clave-2026")
    sign_in(cloud, email)
    for _ in range(4):
        refused(cloud, email, "Otra-Clave-2026")
    cloud_clock.advance(15 * 60)
    assert refused(cloud, email, "Otra-Clave-2026") == WRONG
    assert sign_in(cloud, email)["IdToken"]


def test_a_lock_is_the_persons_whatever_name_they_are_tried_by(cloud: Cloud) -> None:
    email = new_email()
    real_name = cloud.add_user(email).username
    for name in (email, real_name, email.upper(), real_name, email):
        assert refused(cloud, name, "Otra-Clave-2026") == WRONG
    assert refused(cloud, email) == LOCKED
    assert refused(cloud, real_name) == LOCKED


def test_an_unknown_person_is_locked_out_like_a_known_one(cloud: Cloud) -> None:
    email = new_email("nadie")
    for _ in range(5):
        assert refused(cloud, email) == WRONG
    assert refused(cloud, email) == LOCKED
