"""The identity pool and the secret: for people of this user pool, and for nobody else."""

import json
from datetime import UTC, datetime
from typing import Any

import boto3
import jwt
import pytest
from botocore.config import Config
from cryptography.hazmat.primitives.asymmetric import rsa

from ingenes_desktop.demo.seeds import REGION
from ingenes_desktop.demo.servers import Cloud
from tests.cloud import RunningClock
from tests.demo.aws_clients import Json, Refusal, aws, refusal, sign_in


def logins(cloud: Cloud, token: str) -> dict[str, str]:
    return {cloud.tokens.provider: token}


def get_id(cloud: Cloud, token: str) -> str:
    answer = aws(cloud, "cognito-identity").get_id(
        IdentityPoolId=cloud.identifiers.identity_pool, Logins=logins(cloud, token)
    )
    identity: str = answer["IdentityId"]
    return identity


def get_id_refused(cloud: Cloud, given: dict[str, str]) -> tuple[str, str]:
    answer = refusal(
        aws(cloud, "cognito-identity").get_id,
        IdentityPoolId=cloud.identifiers.identity_pool,
        Logins=given,
    )
    return answer.code, answer.message


def credentials(cloud: Cloud, username: str = "ana@clinica.example") -> Json:
    token = sign_in(cloud, username)["IdToken"]
    answer = aws(cloud, "cognito-identity").get_credentials_for_identity(
        IdentityId=get_id(cloud, token), Logins=logins(cloud, token)
    )
    handed: Json = answer["Credentials"]
    return handed


def secrets_client(cloud: Cloud, key: str, secret: str, token: str | None, region: str = REGION) -> Any:
    return boto3.client(
        "secretsmanager",
        region_name=region,
        endpoint_url=cloud.url,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=Config(retries={"total_max_attempts": 1}),
    )


def client_of(cloud: Cloud, handed: Json, **other: str) -> Any:
    merged = handed | other
    return secrets_client(cloud, merged["AccessKeyId"], merged["SecretKey"], merged["SessionToken"])


def secret_refused(cloud: Cloud, client: Any, name: str = "") -> Refusal:
    return refusal(client.get_secret_value, SecretId=name or cloud.identifiers.secret_name)


def test_the_whole_way_to_the_secret(cloud: Cloud) -> None:
    client = client_of(cloud, credentials(cloud))
    value = json.loads(client.get_secret_value(SecretId=cloud.identifiers.secret_name)["SecretString"])
    assert value == cloud.default_secret


def test_a_secret_in_binary_and_as_text(cloud: Cloud) -> None:
    client = client_of(cloud, credentials(cloud))
    name = cloud.identifiers.secret_name
    cloud.put_secret(b"\x00\xffnot text")
    assert client.get_secret_value(SecretId=name)["SecretBinary"] == b"\x00\xffnot text"
    cloud.put_secret("plain")
    assert client.get_secret_value(SecretId=name)["SecretString"] == "plain"


def test_identity_is_the_same_for_the_same_person_only(cloud: Cloud) -> None:
    ana = get_id(cloud, sign_in(cloud, "ana@clinica.example")["IdToken"])
    assert ana == get_id(cloud, sign_in(cloud, "ana@clinica.example")["IdToken"])
    assert ana != get_id(cloud, sign_in(cloud, "luis@clinica.example")["IdToken"])
    assert ana.startswith("us-east-1:")


def test_credentials_are_random_and_live_an_hour(cloud: Cloud) -> None:
    first, second = credentials(cloud), credentials(cloud)
    assert first["AccessKeyId"] != second["AccessKeyId"]
    assert first["SecretKey"] != second["SecretKey"]
    left = (first["Expiration"] - datetime.now(UTC)).total_seconds()
    assert 3590 < left <= 3600


def test_unknown_identity_pool(cloud: Cloud) -> None:
    token = sign_in(cloud, "ana@clinica.example")["IdToken"]
    answer = refusal(
        aws(cloud, "cognito-identity").get_id,
        IdentityPoolId="us-east-1:00000000-0000-0000-0000-000000000000",
        Logins=logins(cloud, token),
    )
    assert answer.code == "ResourceNotFoundException"


def test_no_login_and_another_provider(cloud: Cloud) -> None:
    token = sign_in(cloud, "ana@clinica.example")["IdToken"]
    assert get_id_refused(cloud, {}) == (
        "NotAuthorizedException",
        "Unauthenticated access is not supported for this identity pool.",
    )
    assert get_id_refused(cloud, {"cognito-idp.us-east-1.amazonaws.com/us-east-1_Other": token}) == (
        "NotAuthorizedException",
        "Token is not from a supported provider of this identity pool.",
    )


def test_tokens_that_open_no_identity(cloud: Cloud, cloud_clock: RunningClock) -> None:
    tokens = sign_in(cloud, "ana@clinica.example")

    def words(token: str) -> str:
        code, message = get_id_refused(cloud, logins(cloud, token))
        assert code == "NotAuthorizedException"
        return message.removeprefix("Invalid login token. ")

    assert words("nonsense") == "Not a valid OpenId Connect identity token."
    assert words(tokens["AccessToken"]) == "Missing a required claim: aud"
    claims = jwt.decode(tokens["IdToken"], options={"verify_signature": False})
    foreign_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert words(jwt.encode(claims, foreign_key, algorithm="RS256")) == "Couldn't verify signed token."
    assert words(jwt.encode(claims, "", algorithm="none")) == "Not a valid OpenId Connect identity token."
    for altered, expected in (
        ({"aud": "another client"}, "Incorrect token audience."),
        ({"token_use": "access"}, "Incorrect token audience."),
        ({"iss": "https://other.example"}, "Issuer doesn't match providerName"),
    ):
        cloud.tokens.altered_claims = dict(altered)
        assert words(sign_in(cloud, "ana@clinica.example")["IdToken"]) == expected
    cloud_clock.advance(3601)
    assert words(tokens["IdToken"]).startswith("Token expired: ")


def test_credentials_for_somebody_elses_identity(cloud: Cloud) -> None:
    luis = get_id(cloud, sign_in(cloud, "luis@clinica.example")["IdToken"])
    token = sign_in(cloud, "ana@clinica.example")["IdToken"]
    call = aws(cloud, "cognito-identity").get_credentials_for_identity
    answer = refusal(call, IdentityId=luis, Logins=logins(cloud, token))
    assert (answer.code, answer.message) == (
        "NotAuthorizedException",
        f"Access to Identity '{luis}' is forbidden.",
    )
    elsewhere = refusal(call, IdentityId="eu-west-1:" + luis[10:], Logins=logins(cloud, token))
    assert elsewhere.code == "ResourceNotFoundException"


def test_an_id_token_outlives_global_sign_out(cloud: Cloud) -> None:
    tokens = sign_in(cloud, "ana@clinica.example")
    aws(cloud, "cognito-idp").global_sign_out(AccessToken=tokens["AccessToken"])
    assert get_id(cloud, tokens["IdToken"])


@pytest.mark.parametrize("field", ["AccessKeyId", "SessionToken"])
def test_keys_nobody_handed_out(cloud: Cloud, field: str) -> None:
    answer = secret_refused(cloud, client_of(cloud, credentials(cloud), **{field: "ASIAMADEUPMADEUPMADE"}))
    assert (answer.code, answer.status) == ("UnrecognizedClientException", 400)


def test_a_signature_with_another_secret_key(cloud: Cloud) -> None:
    answer = secret_refused(cloud, client_of(cloud, credentials(cloud), SecretKey="guessed"))
    assert answer.code == "InvalidSignatureException"


def test_a_signature_for_another_region(cloud: Cloud) -> None:
    handed = credentials(cloud)
    client = secrets_client(
        cloud, handed["AccessKeyId"], handed["SecretKey"], handed["SessionToken"], region="eu-west-1"
    )
    assert secret_refused(cloud, client).code == "InvalidSignatureException"


def test_a_call_without_signature(cloud: Cloud) -> None:
    answer = secret_refused(cloud, aws(cloud, "secretsmanager"))
    assert answer.code == "MissingAuthenticationTokenException"


def test_expired_credentials(cloud: Cloud, cloud_clock: RunningClock) -> None:
    cloud.identities.credentials_seconds = 60
    client = client_of(cloud, credentials(cloud))
    cloud_clock.advance(60)
    assert secret_refused(cloud, client).code == "ExpiredTokenException"


@pytest.mark.parametrize("skew", [-901, 901])
def test_a_clock_that_is_far_off(cloud: Cloud, cloud_clock: RunningClock, skew: int) -> None:
    client = client_of(cloud, credentials(cloud))
    cloud_clock.advance(skew)
    assert secret_refused(cloud, client).code == "InvalidSignatureException"


def test_another_secret(cloud: Cloud) -> None:
    answer = secret_refused(cloud, client_of(cloud, credentials(cloud)), "Clinica/Other")
    assert (answer.code, answer.status, answer.message) == (
        "ResourceNotFoundException",
        400,
        "Secrets Manager can't find the specified secret.",
    )
