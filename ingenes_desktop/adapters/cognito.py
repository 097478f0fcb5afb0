"""Amazon Cognito user pools through boto3. Nothing here is sent twice, except GetUser."""

from contextlib import suppress
from typing import Any

from ingenes_desktop.adapters.aws_session import AwsService
from ingenes_desktop.adapters.claims import as_boolean
from ingenes_desktop.adapters.cognito_answers import revocable_token, tokens_or_challenge
from ingenes_desktop.adapters.cognito_client import AppClient, is_unknown_to_the_service
from ingenes_desktop.adapters.cognito_refresh import refreshed_tokens
from ingenes_desktop.adapters.retrying import read_with_retries
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import Challenge, CodeDelivery, CognitoTokens, RenewedTokens
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.secret import Secret

_LONGEST_DESTINATION = 100
_INVALID_PARAMETER = "InvalidParameterException"


class CognitoUserPool:
    """Keeps ports.UserPool.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html
    """

    def __init__(self, service: AwsService, *, client_id: str, client_secret: Secret | None) -> None:
        self._client = AppClient(service, client_id=client_id, client_secret=client_secret)

    def initiate_auth(self, username: str, password: Secret, attempt: Attempt) -> CognitoTokens | Challenge:
        """InitiateAuth with USER_PASSWORD_AUTH."""
        parameters = {
            "USERNAME": username,
            "PASSWORD": password.reveal(),
            **self._client.secret_hash(username),
        }
        answer = self._client.call(
            "initiate_auth",
            attempt,
            ClientId=self._client.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters=parameters,
        )
        return self._accepted(answer, username, attempt)

    def answer_new_password(
        self, challenge: Challenge, new_password: Secret, attempt: Attempt
    ) -> CognitoTokens | Challenge:
        """RespondToAuthChallenge with NEW_PASSWORD_REQUIRED."""
        responses = {
            "USERNAME": challenge.username,
            "NEW_PASSWORD": new_password.reveal(),
            **self._client.secret_hash(challenge.username),
        }
        answer = self._client.call(
            "respond_to_auth_challenge",
            attempt,
            ClientId=self._client.client_id,
            ChallengeName=challenge.name,
            Session=challenge.session.reveal(),
            ChallengeResponses=responses,
        )
        return self._accepted(answer, challenge.username, attempt)

    def get_email(self, access_token: Secret, attempt: Attempt) -> tuple[str, bool | None]:
        """GetUser's ``email`` and ``email_verified``."""
        answer = read_with_retries(
            lambda: self._client.call("get_user", attempt, AccessToken=access_token.reveal()), attempt
        )
        attributes: dict[str, str] = {}
        for attribute in answer.get("UserAttributes") or []:
            if isinstance(attribute, dict) and isinstance(attribute.get("Value"), str):
                attributes[str(attribute.get("Name"))] = attribute["Value"]
        return attributes.get("email", "").strip(), as_boolean(attributes.get("email_verified"))

    def forgot_password(self, username: str, attempt: Attempt) -> CodeDelivery:
        """ForgotPassword."""
        try:
            answer = self._client.call(
                "forgot_password",
                attempt,
                ClientId=self._client.client_id,
                Username=username,
                **self._client.secret_hash_member(username),
            )
        except AuthError as error:
            if error.code is not ErrorCode.WRONG_CREDENTIALS and error.detail != _INVALID_PARAMETER:
                raise
            # A pool says so, now and then or always, where there is no such user; we do not.
            return CodeDelivery(_masked(username), "EMAIL")
        delivery = answer.get("CodeDeliveryDetails")
        if not isinstance(delivery, dict):
            delivery = {}
        return CodeDelivery(
            plain_text(delivery.get("Destination"), _LONGEST_DESTINATION),
            plain_text(delivery.get("DeliveryMedium"), _LONGEST_DESTINATION),
        )

    def confirm_forgot_password(
        self, username: str, code: str, new_password: Secret, attempt: Attempt
    ) -> None:
        """ConfirmForgotPassword."""
        try:
            self._client.call(
                "confirm_forgot_password",
                attempt,
                ClientId=self._client.client_id,
                Username=username,
                ConfirmationCode=code,
                Password=new_password.reveal(),
                **self._client.secret_hash_member(username),
            )
        except AuthError as error:
            if error.code is ErrorCode.WRONG_CREDENTIALS:
                # "No such user" said as Cognito says it where it hides who exists.
                raise AuthError(ErrorCode.CODE_MISMATCH) from None
            raise

    def refresh_tokens(self, refresh_token: Secret, username: str, attempt: Attempt) -> RenewedTokens:
        """GetTokensFromRefreshToken, or REFRESH_TOKEN_AUTH where the service does not know that."""
        return refreshed_tokens(self._client, refresh_token, username, attempt)

    def revoke_token(self, refresh_token: Secret, attempt: Attempt) -> None:
        """RevokeToken; its ClientSecret stands in for a SECRET_HASH."""
        try:
            self._client.call(
                "revoke_token",
                attempt,
                Token=refresh_token.reveal(),
                ClientId=self._client.client_id,
                **self._client.secret_member(),
            )
        except AuthError as error:
            if is_unknown_to_the_service(error):
                raise AuthError(ErrorCode.OPERATION_NOT_OFFERED, detail=error.detail) from None
            raise

    def global_sign_out(self, access_token: Secret, attempt: Attempt) -> None:
        """GlobalSignOut."""
        self._client.call("global_sign_out", attempt, AccessToken=access_token.reveal())

    def _accepted(self, answer: dict[str, Any], username: str, attempt: Attempt) -> CognitoTokens | Challenge:
        """The tokens or the challenge; tokens that came in an answer of no use are revoked."""
        try:
            return tokens_or_challenge(answer, username)
        except AuthError as error:
            failure = error
        refresh_token = revocable_token(answer)
        if refresh_token is not None:
            with suppress(AuthError):
                self.revoke_token(refresh_token, attempt)
        raise failure


def _masked(address: str) -> str:
    """The typed address masked as Cognito masks the real one ("ana@clinica.example" is "a***@c***")."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***@{domain[:1]}***" if at else ""
