"""Amazon Cognito user pools through boto3. Nothing here is sent twice, except GetUser."""

from ingenes_desktop.adapters.aws_session import AwsService
from ingenes_desktop.adapters.claims import as_boolean
from ingenes_desktop.adapters.cognito_account import (
    ISSUER_NAME,
    associated_token,
    changed_password,
    prefer_token,
    two_step_factors,
    verified_token,
)
from ingenes_desktop.adapters.cognito_client import AppClient, is_unknown_to_the_service
from ingenes_desktop.adapters.cognito_codes import (
    confirmed_reset,
    confirmed_sign_up,
    sent_confirmation_code,
    sent_reset_code,
)
from ingenes_desktop.adapters.cognito_devices import confirmed_device
from ingenes_desktop.adapters.cognito_refresh import refreshed_tokens
from ingenes_desktop.adapters.cognito_sign_in import CognitoSignIn
from ingenes_desktop.adapters.retrying import read_with_retries
from ingenes_desktop.adapters.server_clock import ServerClock
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.account_panel import TwoStepFactors
from ingenes_desktop.domain.answer import Answer
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.domain.models import (
    Challenge,
    CodeDelivery,
    CognitoTokens,
    Device,
    NewDevice,
    RenewedTokens,
    SoftwareToken,
)
from ingenes_desktop.domain.secret import Secret


class CognitoUserPool:
    """Keeps ports.UserPool.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html
    """

    def __init__(
        self,
        service: AwsService,
        *,
        client_id: str,
        client_secret: Secret | None,
        auth_flow: AuthFlow,
        user_pool_id: str,
        clock: ServerClock,
        issuer_name: str = ISSUER_NAME,
    ) -> None:
        self._client = AppClient(service, client_id=client_id, client_secret=client_secret)
        self._issuer_name = issuer_name
        self._sign_in = CognitoSignIn(
            self._client,
            auth_flow=auth_flow,
            user_pool_id=user_pool_id,
            clock=clock,
            revoke=self.revoke_token,
        )

    def initiate_auth(
        self, username: str, password: Secret | None, device: Device | None, attempt: Attempt
    ) -> CognitoTokens | Challenge:
        """InitiateAuth, and RespondToAuthChallenge for what needs nobody."""
        return self._sign_in.initiate(username, password, device, attempt)

    def respond(self, challenge: Challenge, answer: Answer, attempt: Attempt) -> CognitoTokens | Challenge:
        """RespondToAuthChallenge."""
        return self._sign_in.respond(challenge, answer, attempt)

    def associate_software_token(
        self, holder: Challenge | Secret, account: str, attempt: Attempt
    ) -> SoftwareToken:
        """AssociateSoftwareToken."""
        return associated_token(self._client, holder, account, self._issuer_name, attempt)

    def verify_software_token(
        self, holder: Challenge | Secret, code: Secret, attempt: Attempt
    ) -> Secret | None:
        """VerifySoftwareToken."""
        return verified_token(self._client, holder, code, attempt)

    def get_two_step(self, access_token: Secret, attempt: Attempt) -> TwoStepFactors:
        """GetUser."""
        return two_step_factors(self._client, access_token, attempt)

    def set_software_token(self, access_token: Secret, attempt: Attempt, *, enabled: bool) -> None:
        """SetUserMFAPreference."""
        prefer_token(self._client, access_token, attempt, enabled=enabled)

    def change_password(self, access_token: Secret, old: Secret, new: Secret, attempt: Attempt) -> None:
        """ChangePassword."""
        changed_password(self._client, access_token, old, new, attempt)

    def resend_confirmation_code(self, username: str, attempt: Attempt) -> CodeDelivery | None:
        """ResendConfirmationCode."""
        return sent_confirmation_code(self._client, username, attempt)

    def confirm_sign_up(self, username: str, code: Secret, attempt: Attempt) -> None:
        """ConfirmSignUp."""
        confirmed_sign_up(self._client, username, code, attempt)

    def confirm_device(self, access_token: Secret, device: NewDevice, attempt: Attempt) -> Device:
        """ConfirmDevice."""
        return confirmed_device(self._client, access_token, device, attempt)

    def get_email(self, access_token: Secret, attempt: Attempt) -> tuple[str, bool | None]:
        """GetUser's ``email`` and ``email_verified``."""
        answer = read_with_retries(
            lambda: self._client.call("get_user", attempt, AccessToken=access_token.reveal()), attempt
        )
        if not isinstance(answer.get("Username"), str):
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="GET-USER")
        attributes: dict[str, str] = {}
        for attribute in answer.get("UserAttributes") or []:
            if isinstance(attribute, dict) and isinstance(attribute.get("Value"), str):
                attributes[str(attribute.get("Name"))] = attribute["Value"]
        return attributes.get("email", "").strip(), as_boolean(attributes.get("email_verified"))

    def forgot_password(self, username: str, attempt: Attempt) -> CodeDelivery:
        """ForgotPassword."""
        return sent_reset_code(self._client, username, attempt)

    def confirm_forgot_password(
        self, username: str, code: str, new_password: Secret, attempt: Attempt
    ) -> None:
        """ConfirmForgotPassword."""
        confirmed_reset(self._client, username, code, new_password, attempt)

    def refresh_tokens(
        self, refresh_token: Secret, username: str, device_key: str, attempt: Attempt
    ) -> RenewedTokens:
        """GetTokensFromRefreshToken, or REFRESH_TOKEN_AUTH where the service does not know that."""
        return refreshed_tokens(self._client, refresh_token, username, device_key, attempt)

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
