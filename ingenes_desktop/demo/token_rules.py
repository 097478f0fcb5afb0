"""Operations on tokens: GetUser, GlobalSignOut, RevokeToken, GetTokensFromRefreshToken, the refresh flow."""

from moto.cognitoidp.models import CognitoIdpUserPoolClient, UserStatus

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, Request, required_text
from ingenes_desktop.demo.client_secret import check_client_secret, check_secret_hash
from ingenes_desktop.demo.person import SECOND_FACTORS, Person
from ingenes_desktop.demo.token_issuer import TokenIssuer, readable_attributes, rotation
from ingenes_desktop.demo.user_directory import UserDirectory


class TokenRules:
    """What Cognito does with tokens that it has issued, and with those it has not."""

    def __init__(self, directory: UserDirectory, tokens: TokenIssuer) -> None:
        self._directory = directory
        self._tokens = tokens

    def get_user(self, request: Request) -> JsonObject:
        """GetUser: the attributes that the token's client may read."""
        grant = self._tokens.access_grant(request.text("AccessToken"))
        user = self._person(grant.username)
        client = self._directory.client(grant.client_id)
        attributes = [
            {"Name": name, "Value": value} for name, value in readable_attributes(client, user).items()
        ]
        answer: JsonObject = {"Username": user.username, "UserAttributes": attributes}
        enabled = [factor for factor in SECOND_FACTORS if factor in user.factors.enabled]
        if enabled:
            answer["UserMFASettingList"] = enabled
        if user.factors.preferred:
            answer["PreferredMfaSetting"] = user.factors.preferred
        return answer

    def person_of(self, access_token: str) -> Person:
        """Whose access token it is. Raises AwsError for one that is no longer good."""
        return self._person(self._tokens.access_grant(access_token).username)

    def global_sign_out(self, request: Request) -> JsonObject:
        """GlobalSignOut: every refresh and access token of the person is over."""
        grant = self._tokens.access_grant(request.text("AccessToken"))
        self._tokens.sign_out(grant.username)
        return {}

    def revoke_token(self, request: Request) -> JsonObject:
        """RevokeToken: one refresh token with the access tokens that came from it."""
        client = self._directory.client(request.text("ClientId"))
        if not check_client_secret(client, request.optional_text("ClientSecret")):
            raise AwsError("UnauthorizedException", "Invalid client secret")
        if not client.extended_config.get("EnableTokenRevocation", True):
            raise AwsError("UnsupportedOperationException", "Token revocation is not enabled for the client.")
        self._tokens.revoke(client, request.text("Token"))
        return {}

    def get_tokens_from_refresh_token(self, request: Request) -> JsonObject:
        """GetTokensFromRefreshToken: works with rotation on or off, and takes the secret itself."""
        client = self._directory.client(request.text("ClientId"))
        if not check_client_secret(client, request.optional_text("ClientSecret")):
            raise AwsError("NotAuthorizedException", f"Unable to verify secret for client {client.id}")
        return self._refreshed(client, request.text("RefreshToken"), request.optional_text("DeviceKey"))

    def refresh_token_auth(self, client: CognitoIdpUserPoolClient, request: Request) -> JsonObject:
        """InitiateAuth with REFRESH_TOKEN_AUTH: not offered to clients that rotate their tokens."""
        parameters = request.texts("AuthParameters")
        token = required_text(parameters, "REFRESH_TOKEN")
        hashed = parameters.get("SECRET_HASH", "")
        if bool(hashed) != client.generate_secret:
            # Said before the token is looked at: a made-up one is told so too.
            check_secret_hash(client, "", hashed)
        if rotation(client)[0]:
            raise AwsError("NotAuthorizedException", "Invalid Refresh Token")
        grant = self._tokens.grant(client, token)
        check_secret_hash(client, grant.username, hashed)
        return self._refreshed(client, token, parameters.get("DEVICE_KEY", ""))

    def _refreshed(self, client: CognitoIdpUserPoolClient, token: str, device_key: str) -> JsonObject:
        grant = self._tokens.grant(client, token)
        user = self._person(grant.username)
        if grant.device_key:
            device = user.devices.get(grant.device_key)
            if device_key != grant.device_key or device is None or device.verifier is None:
                raise AwsError("NotAuthorizedException", "Invalid Refresh Token")
        return {"AuthenticationResult": self._tokens.refresh(client, user, token)}

    def _person(self, username: str) -> Person:
        user = self._directory.find(username)
        if user is None:
            raise AwsError("UserNotFoundException", "User does not exist.")
        if not user.enabled:
            raise AwsError("NotAuthorizedException", "User is disabled.")
        if user.status is UserStatus.RESET_REQUIRED:
            raise AwsError("PasswordResetRequiredException", "Password reset required for the user")
        return user
