"""boto3 against the demo cloud, and what the rules' tests say often."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from ingenes_desktop.demo.seeds import PASSWORD, REGION
from ingenes_desktop.demo.servers import Cloud

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A ClientError, as far as a test looks at it."""

    code: str
    message: str
    status: int
    headers: Mapping[str, str]


@cache
def aws(cloud: Cloud, service: str) -> Any:
    """A client without credentials that asks once."""
    config = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}, read_timeout=10)
    return boto3.client(service, region_name=REGION, endpoint_url=cloud.url, config=config)


def refusal(call: Callable[..., object], **parameters: object) -> Refusal:
    """What the call is refused with; the test fails where it is not refused."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    answer = caught.value.response
    metadata = answer["ResponseMetadata"]
    return Refusal(
        answer["Error"]["Code"],
        answer["Error"].get("Message", ""),
        metadata["HTTPStatusCode"],
        metadata["HTTPHeaders"],
    )


def sign_in_parameters(
    cloud: Cloud, username: str, password: str = PASSWORD, **auth: str
) -> dict[str, object]:
    """InitiateAuth's parameters, with the demo's client."""
    return {
        "ClientId": cloud.client.id,
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": username, "PASSWORD": password, **auth},
    }


def sign_in(cloud: Cloud, username: str, password: str = PASSWORD, *, client_id: str = "") -> Json:
    """The AuthenticationResult of a sign-in that works."""
    parameters = sign_in_parameters(cloud, username, password)
    answer = aws(cloud, "cognito-idp").initiate_auth(
        **parameters | {"ClientId": client_id or cloud.client.id}
    )
    result: Json = answer["AuthenticationResult"]
    return result


def begin(cloud: Cloud, username: str, password: str = PASSWORD, *, flow: str = "", **auth: str) -> Json:
    """InitiateAuth's answer; with ``flow`` nothing is sent beside the name but what ``auth`` says."""
    parameters = sign_in_parameters(cloud, username, password)
    if flow:
        parameters |= {"AuthFlow": flow, "AuthParameters": {"USERNAME": username}}
    given = parameters["AuthParameters"]
    assert isinstance(given, dict)
    answer: Json = aws(cloud, "cognito-idp").initiate_auth(**parameters | {"AuthParameters": given | auth})
    return answer


def answering(cloud: Cloud, asked: Json, username: str, **responses: str) -> Json:
    """RespondToAuthChallenge's parameters for an answer to ``asked``."""
    session = {"Session": asked["Session"]} if "Session" in asked else {}
    return {
        "ClientId": cloud.client.id,
        "ChallengeName": asked["ChallengeName"],
        "ChallengeResponses": {"USERNAME": username, **responses},
        **session,
    }


def respond(cloud: Cloud, asked: Json, username: str, **responses: str) -> Json:
    """The answer to an answer: tokens, or the next question."""
    parameters = answering(cloud, asked, username, **responses)
    answer: Json = aws(cloud, "cognito-idp").respond_to_auth_challenge(**parameters)
    return answer


def respond_refused(cloud: Cloud, asked: Json, username: str, **responses: str) -> tuple[str, str]:
    """Code and message of an answer that is refused."""
    call = aws(cloud, "cognito-idp").respond_to_auth_challenge
    answer = refusal(call, **answering(cloud, asked, username, **responses))
    return answer.code, answer.message
