"""Tokens: the ones this pool issued, the ones it took back, and the ones nobody issued."""

import jwt
import pytest

from ingenes_desktop.demo.client_secret import secret_hash
from ingenes_desktop.demo.servers import Cloud
from tests.cloud import RunningClock, new_email
from tests.demo.aws_clients import Json, aws, refusal, sign_in, sign_in_parameters

REVOKED = ("NotAuthorizedException", "Refresh Token has been revoked")
ROTATING = {"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 30}}


def refreshed(cloud: Cloud, token: str, client_id: str = "", **extra: str) -> Json:
    answer = aws(cloud, "cognito-idp").get_tokens_from_refresh_token(
        RefreshToken=token, ClientId=client_id or cloud.client.id, **extra
    )
    result: Json = answer["AuthenticationResult"]
    return result


def refresh_refused(cloud: Cloud, token: str, client_id: str = "", **extra: str) -> tuple[str, str]:
    answer = refusal(
        aws(cloud, "cognito-idp").get_tokens_from_refresh_token,
        RefreshToken=token,
        ClientId=client_id or cloud.client.id,
        **extra,
    )
    return answer.code, answer.message


def flow_parameters(token: str, client_id: str, **auth: str) -> Json:
    return {
        "ClientId": client_id,
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": {"REFRESH_TOKEN": token, **auth},
    }


def flow_refused(cloud: Cloud, token: str, client_id: str = "") -> tuple[str, str]:
    parameters = flow_parameters(token, client_id or cloud.client.id)
    answer = refusal(aws(cloud, "cognito-idp").initiate_auth, **parameters)
    return answer.code, answer.message


def access_refused(cloud: Cloud, token: str) -> tuple[str, str]:
    answer = refusal(aws(cloud, "cognito-idp").get_user, AccessToken=token)
    return answer.code, answer.message


def unverified(token: str) -> Json:
    claims: Json = jwt.decode(token, options={"verify_signature": False})
    return claims


def test_get_user_tells_the_readable_attributes(cloud: Cloud) -> None:
    user = aws(cloud, "cognito-idp").get_user(
        AccessToken=sign_in(cloud, "ana@clinica.example")["AccessToken"]
    )
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    assert attributes["email"] == "ana@clinica.example"
    assert attributes["email_verified"] == "true"
    assert attributes["sub"] == user["Username"]


def test_a_client_that_may_not_read_the_address(cloud: Cloud) -> None:
    client = cloud.add_client(config={"ReadAttributes": ["custom:customerId"]})
    tokens = sign_in(cloud, "ana@clinica.example", client_id=client.id)
    assert "email" not in unverified(tokens["IdToken"])


def test_a_token_nobody_issued(cloud: Cloud) -> None:
    assert access_refused(cloud, "nonsense") == ("NotAuthorizedException", "Invalid Access Token")
    forged = jwt.encode({"sub": "x", "token_use": "access"}, "k" * 32, algorithm="HS256")
    assert access_refused(cloud, forged) == ("NotAuthorizedException", "Invalid Access Token")
    id_token = sign_in(cloud, "ana@clinica.example")["IdToken"]
    assert access_refused(cloud, id_token) == ("NotAuthorizedException", "Invalid Access Token")


def test_an_access_token_expires(cloud: Cloud, cloud_clock: RunningClock) -> None:
    token = sign_in(cloud, "ana@clinica.example")["AccessToken"]
    cloud_clock.advance(3601)
    assert access_refused(cloud, token) == ("NotAuthorizedException", "Access Token has expired")


def test_lifetimes_are_the_clients(cloud: Cloud) -> None:
    units = {"AccessToken": "minutes", "IdToken": "minutes"}
    client = cloud.add_client(
        config={"AccessTokenValidity": 5, "IdTokenValidity": 10, "TokenValidityUnits": units}
    )
    tokens = sign_in(cloud, "ana@clinica.example", client_id=client.id)
    assert tokens["ExpiresIn"] == 300
    claims = unverified(tokens["IdToken"])
    assert claims["exp"] - claims["iat"] == 600


def test_global_sign_out_ends_every_sign_in_of_that_person(cloud: Cloud) -> None:
    first, second = sign_in(cloud, "ana@clinica.example"), sign_in(cloud, "ana@clinica.example")
    other = sign_in(cloud, "luis@clinica.example")
    idp = aws(cloud, "cognito-idp")
    idp.global_sign_out(AccessToken=first["AccessToken"])
    for tokens in (first, second):
        assert access_refused(cloud, tokens["AccessToken"]) == (
            "NotAuthorizedException",
            "Access Token has been revoked",
        )
        assert refresh_refused(cloud, tokens["RefreshToken"]) == REVOKED
        assert flow_refused(cloud, tokens["RefreshToken"]) == REVOKED
    assert idp.get_user(AccessToken=other["AccessToken"])["Username"]
    again = refusal(idp.global_sign_out, AccessToken=first["AccessToken"])
    assert (again.code, again.message) == ("NotAuthorizedException", "Access Token has been revoked")


def test_revoke_ends_one_sign_in(cloud: Cloud) -> None:
    first, second = sign_in(cloud, "ana@clinica.example"), sign_in(cloud, "ana@clinica.example")
    refreshed_access = refreshed(cloud, first["RefreshToken"])["AccessToken"]
    idp = aws(cloud, "cognito-idp")
    parameters = {"Token": first["RefreshToken"], "ClientId": cloud.client.id}
    assert set(idp.revoke_token(**parameters)) == {"ResponseMetadata"}
    assert idp.revoke_token(**parameters)["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert refresh_refused(cloud, first["RefreshToken"]) == REVOKED
    assert flow_refused(cloud, first["RefreshToken"]) == REVOKED
    for token in (first["AccessToken"], refreshed_access):
        assert access_refused(cloud, token)[1] == "Access Token has been revoked"
    assert refreshed(cloud, second["RefreshToken"])["IdToken"]


def test_revoke_refuses_what_is_no_refresh_token_of_the_client(cloud: Cloud) -> None:
    idp = aws(cloud, "cognito-idp")
    tokens = sign_in(cloud, "ana@clinica.example")

    def code(token: str, client_id: str = cloud.client.id, **extra: str) -> str:
        return refusal(idp.revoke_token, Token=token, ClientId=client_id, **extra).code

    assert code("nonsense") == "InvalidParameterException"
    assert code(tokens["AccessToken"]) == "UnsupportedTokenTypeException"
    assert code(tokens["RefreshToken"], cloud.add_client().id) == "UnauthorizedException"
    secretive = cloud.add_client(secret=True)
    assert code("nonsense", secretive.id, ClientSecret="wrong" * 8) == "UnauthorizedException"
    not_offered = cloud.add_client(config={"EnableTokenRevocation": False})
    assert code("nonsense", not_offered.id) == "UnsupportedOperationException"
    assert refreshed(cloud, tokens["RefreshToken"])["IdToken"]


def test_refresh_without_rotation_keeps_the_refresh_token(cloud: Cloud) -> None:
    tokens = sign_in(cloud, "ana@clinica.example")
    again = refreshed(cloud, tokens["RefreshToken"])
    assert "RefreshToken" not in again
    assert again["AccessToken"] != tokens["AccessToken"]
    old, new = unverified(tokens["IdToken"]), unverified(again["IdToken"])
    assert (new["sub"], new["origin_jti"], new["auth_time"]) == (
        old["sub"],
        old["origin_jti"],
        old["auth_time"],
    )
    flow = flow_parameters(tokens["RefreshToken"], cloud.client.id)
    assert "RefreshToken" not in aws(cloud, "cognito-idp").initiate_auth(**flow)["AuthenticationResult"]


def test_rotation_hands_on_and_then_refuses_the_old_token(cloud: Cloud, cloud_clock: RunningClock) -> None:
    client = cloud.add_client(config=ROTATING)
    first = sign_in(cloud, "ana@clinica.example", client_id=client.id)["RefreshToken"]
    second = refreshed(cloud, first, client.id)["RefreshToken"]
    assert second != first
    cloud_clock.advance(29)
    assert refreshed(cloud, first, client.id)["IdToken"]
    cloud_clock.advance(2)
    assert refresh_refused(cloud, first, client.id)[0] == "RefreshTokenReuseException"
    assert refreshed(cloud, second, client.id)["RefreshToken"] not in {first, second}
    assert flow_refused(cloud, second, client.id) == ("NotAuthorizedException", "Invalid Refresh Token")


def test_revoking_a_rotated_token_ends_its_successor(cloud: Cloud) -> None:
    client = cloud.add_client(config=ROTATING)
    first = sign_in(cloud, "ana@clinica.example", client_id=client.id)["RefreshToken"]
    second = refreshed(cloud, first, client.id)["RefreshToken"]
    aws(cloud, "cognito-idp").revoke_token(Token=second, ClientId=client.id)
    assert refresh_refused(cloud, first, client.id) == REVOKED


def test_refresh_token_expires_after_thirty_days(cloud: Cloud, cloud_clock: RunningClock) -> None:
    token = sign_in(cloud, "ana@clinica.example")["RefreshToken"]
    cloud_clock.advance(30 * 86400)
    assert refresh_refused(cloud, token) == ("NotAuthorizedException", "Refresh Token has expired")


def test_refresh_token_of_another_client_or_of_nobody(cloud: Cloud) -> None:
    token = sign_in(cloud, "ana@clinica.example")["RefreshToken"]
    invalid = ("NotAuthorizedException", "Invalid Refresh Token")
    assert refresh_refused(cloud, token, cloud.add_client().id) == invalid
    assert refresh_refused(cloud, "nonsense") == invalid
    assert flow_refused(cloud, "nonsense") == invalid


def test_refresh_for_somebody_who_may_not_any_more(cloud: Cloud) -> None:
    email = new_email()
    user = cloud.add_user(email)
    token = sign_in(cloud, email)["RefreshToken"]
    user.enabled = False
    assert refresh_refused(cloud, token) == ("NotAuthorizedException", "User is disabled.")
    del cloud.pool.users[user.username]
    assert refresh_refused(cloud, token)[0] == "UserNotFoundException"


def test_a_client_with_a_secret_refreshes_with_it(cloud: Cloud) -> None:
    client = cloud.add_client(secret=True)
    user = cloud.add_user(new_email())
    email = user.attribute_lookup["email"]
    idp = aws(cloud, "cognito-idp")
    hashed = secret_hash(client.id, client.secret, email)
    parameters = sign_in_parameters(cloud, email, SECRET_HASH=hashed) | {"ClientId": client.id}
    token = idp.initiate_auth(**parameters)["AuthenticationResult"]["RefreshToken"]
    assert refresh_refused(cloud, token, client.id)[0] == "NotAuthorizedException"
    assert refresh_refused(cloud, token, client.id, ClientSecret="wrong" * 8)[0] == "NotAuthorizedException"
    assert refreshed(cloud, token, client.id, ClientSecret=client.secret)["IdToken"]
    typed = flow_parameters(token, client.id, SECRET_HASH=hashed)
    assert refusal(idp.initiate_auth, **typed).code == "NotAuthorizedException"
    real = flow_parameters(token, client.id, SECRET_HASH=secret_hash(client.id, client.secret, user.username))
    assert idp.initiate_auth(**real)["AuthenticationResult"]["IdToken"]


@pytest.mark.parametrize("length", ["RefreshToken", "IdToken"])
def test_tokens_are_as_long_as_the_real_ones(cloud: Cloud, length: str) -> None:
    assert len(sign_in(cloud, "ana@clinica.example")[length]) > 800


def test_claims_can_be_altered_for_a_test(cloud: Cloud) -> None:
    cloud.tokens.altered_claims = {"email": None, "token_use": "access"}
    claims = unverified(sign_in(cloud, "ana@clinica.example")["IdToken"])
    assert "email" not in claims
    assert claims["token_use"] == "access"
