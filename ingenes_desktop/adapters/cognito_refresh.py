"""New tokens for a refresh token. No call is made twice: with rotation, the same token again is a theft.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
"""

from ingenes_desktop.adapters.cognito_answers import renewed_tokens
from ingenes_desktop.adapters.cognito_client import AppClient, is_unknown_to_the_service
from ingenes_desktop.adapters.cognito_errors import meaning_of_refresh
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ending import ENDS_THE_SESSION
from ingenes_desktop.domain.errors import AuthError, bare
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.models import RenewedTokens
from ingenes_desktop.domain.secret import Secret

_SERVER_ERRORS = frozenset({"HTTP-500", "HTTP-501"})


def refreshed_tokens(
    client: AppClient, refresh_token: Secret, username: str, device_key: str, attempt: Attempt
) -> RenewedTokens:
    """GetTokensFromRefreshToken; REFRESH_TOKEN_AUTH, once, where the service does not know that.

    ``username`` is the pool's own (cognito:username): the fallback's SECRET_HASH is made of it.
    ``device_key`` is "" where Cognito tracks no device. Raises
    AuthError, with a code of ENDS_THE_SESSION only where Cognito has refused for good.
    """
    try:
        answer = client.send(
            "get_tokens_from_refresh_token",
            attempt,
            {
                "RefreshToken": refresh_token.reveal(),
                "ClientId": client.client_id,
                **({"DeviceKey": device_key} if device_key else {}),
                **client.secret_member(),
            },
            meaning_of_refresh,
        )
    except AuthError as error:
        unknown = error
    else:
        return renewed_tokens(answer)
    if not is_unknown_to_the_service(unknown):
        raise bare(unknown)
    record("refresh_falls_back", code=unknown.code, detail=unknown.detail)
    try:
        return _by_initiate_auth(client, refresh_token, username, device_key, attempt)
    except AuthError as error:
        failure = error
    if unknown.detail in _SERVER_ERRORS and failure.code in ENDS_THE_SESSION:
        # The service was ill, and may be still; a client that rotates refuses this flow at any time.
        failure = unknown
    raise bare(failure)


def _by_initiate_auth(
    client: AppClient, refresh_token: Secret, username: str, device_key: str, attempt: Attempt
) -> RenewedTokens:
    answer = client.send(
        "initiate_auth",
        attempt,
        {
            "ClientId": client.client_id,
            "AuthFlow": "REFRESH_TOKEN_AUTH",
            "AuthParameters": {
                "REFRESH_TOKEN": refresh_token.reveal(),
                **({"DEVICE_KEY": device_key} if device_key else {}),
                **client.secret_hash(username),
            },
        },
        meaning_of_refresh,
    )
    return renewed_tokens(answer)
