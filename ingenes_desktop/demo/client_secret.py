"""SECRET_HASH and client secrets, wherever an operation takes one.

https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
"""

import base64
import hashlib
import hmac

from moto.cognitoidp.models import CognitoIdpUserPoolClient

from ingenes_desktop.demo.aws_request import AwsError


def secret_hash(client_id: str, client_secret: str, username: str) -> str:
    """Base64 of HMAC-SHA256(secret, username + client id)."""
    digest = hmac.digest(client_secret.encode(), (username + client_id).encode(), hashlib.sha256)
    return base64.b64encode(digest).decode()


def check_secret_hash(client: CognitoIdpUserPoolClient, username: str, given: str) -> None:
    """Raises AwsError where the hash is not the client's, or the client has no secret and there is one."""
    if not client.generate_secret:
        if given:
            raise AwsError(
                "InvalidParameterException",
                f"Client {client.id} is not configured for secret but secret hash was received",
            )
        return
    if not given:
        raise AwsError(
            "NotAuthorizedException",
            f"Client {client.id} is configured with secret but SECRET_HASH was not received",
        )
    if not hmac.compare_digest(given.encode(), secret_hash(client.id, client.secret, username).encode()):
        raise AwsError("NotAuthorizedException", f"Unable to verify secret hash for client {client.id}")


def check_client_secret(client: CognitoIdpUserPoolClient, given: str) -> bool:
    """Whether ``given`` is the client's secret, or the client has none."""
    return not client.generate_secret or hmac.compare_digest(given.encode(), client.secret.encode())
