"""InitiateAuth and RespondToAuthChallenge: who may sign in, and the answer to a temporary password.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPoolClient, UserStatus

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, Request, required_text
from ingenes_desktop.demo.client_secret import check_secret_hash
from ingenes_desktop.demo.lockout import Lockout
from ingenes_desktop.demo.token_issuer import TokenIssuer
from ingenes_desktop.demo.token_rules import TokenRules
from ingenes_desktop.demo.user_directory import UserDirectory, created_at, hides_existence

WRONG = "Incorrect username or password."
OTHER_FLOWS = frozenset(
    {"USER_SRP_AUTH", "CUSTOM_AUTH", "USER_AUTH", "ADMIN_NO_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH"}
)
PREFIX = "userAttributes."


@dataclass(slots=True)
class _ChallengeSession:
    client_id: str
    username: str
    expires_at: float
    used: bool = False


class SignInRules:
    """USER_PASSWORD_AUTH and its challenge. ``clock`` gives seconds since 1970."""

    def __init__(
        self,
        directory: UserDirectory,
        tokens: TokenIssuer,
        token_rules: TokenRules,
        lockout: Lockout,
        clock: Callable[[], float],
    ) -> None:
        self._directory = directory
        self._tokens = tokens
        self._token_rules = token_rules
        self._lockout = lockout
        self._clock = clock
        self._sessions: dict[str, _ChallengeSession] = {}

    def initiate_auth(self, request: Request) -> JsonObject:
        """InitiateAuth: the flow decides."""
        flow = request.text("AuthFlow")
        client = self._directory.client(request.text("ClientId"))
        if flow in {"REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"}:
            self._check_flow(client, "REFRESH_TOKEN_AUTH")
            return self._token_rules.refresh_token_auth(client, request)
        if flow == "USER_PASSWORD_AUTH":
            self._check_flow(client, flow)
            return self._sign_in(client, request.texts("AuthParameters"))
        if flow in OTHER_FLOWS:
            raise AwsError("InvalidParameterException", f"{flow} is not enabled for the client.")
        raise AwsError(
            "InvalidParameterException",
            "1 validation error detected: Value at 'authFlow' failed to satisfy constraint: "
            "Member must satisfy enum value set",
        )

    def respond_to_auth_challenge(self, request: Request) -> JsonObject:
        """RespondToAuthChallenge for NEW_PASSWORD_REQUIRED, the one challenge that this pool asks."""
        if request.text("ChallengeName") != "NEW_PASSWORD_REQUIRED":
            raise AwsError("InvalidParameterException", "The pool does not ask this challenge.")
        client = self._directory.client(request.text("ClientId"))
        responses = request.texts("ChallengeResponses")
        username = required_text(responses, "USERNAME")
        check_secret_hash(client, username, responses.get("SECRET_HASH", ""))
        session = self._session(request.optional_text("Session"), client)
        user = self._directory.find(username)
        if user is None or user.username != session.username:
            _refuse("Invalid session for the user.")
        attributes = self._new_attributes(user, responses)
        self._directory.set_password(user, required_text(responses, "NEW_PASSWORD"))
        session.used = True
        user.update_attributes([{"Name": name, "Value": value} for name, value in attributes.items()])
        return {"ChallengeParameters": {}, "AuthenticationResult": self._tokens.sign_in(client, user)}

    def _sign_in(self, client: CognitoIdpUserPoolClient, parameters: Mapping[str, str]) -> JsonObject:
        username = required_text(parameters, "USERNAME")
        password = required_text(parameters, "PASSWORD")
        check_secret_hash(client, username, parameters.get("SECRET_HASH", ""))
        self._lockout.check(username)
        user = self._directory.find(username)
        if user is None:
            self._lockout.failed(username)
            if hides_existence(client):
                _refuse(WRONG)
            raise AwsError("UserNotFoundException", "User does not exist.")
        _check_state(user)
        if user.password != password:
            self._lockout.failed(username)
            _refuse(WRONG)
        self._lockout.succeeded(username)
        if user.status is UserStatus.FORCE_CHANGE_PASSWORD:
            return self._ask_new_password(client, user)
        return {"ChallengeParameters": {}, "AuthenticationResult": self._tokens.sign_in(client, user)}

    def _ask_new_password(self, client: CognitoIdpUserPoolClient, user: CognitoIdpUser) -> JsonObject:
        policy = self._directory.pool.extended_config["Policies"]["PasswordPolicy"]
        valid_for = float(policy.get("TemporaryPasswordValidityDays", 7)) * 86400
        if self._clock() >= created_at(user) + valid_for:
            _refuse("Temporary password has expired and must be reset by an administrator.")
        session = secrets.token_urlsafe(600)
        minutes = float(client.extended_config.get("AuthSessionValidity", 3))
        self._sessions[session] = _ChallengeSession(client.id, user.username, self._clock() + 60 * minutes)
        known = {name: value for name, value in user.attribute_lookup.items() if name != "sub"}
        missing = [PREFIX + name for name in self._directory.missing_attributes(user)]
        return {
            "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "ChallengeParameters": {
                "USER_ID_FOR_SRP": user.username,
                "requiredAttributes": json.dumps(missing),
                "userAttributes": json.dumps(known),
            },
            "Session": session,
        }

    def _session(self, token: str, client: CognitoIdpUserPoolClient) -> _ChallengeSession:
        session = self._sessions.get(token)
        if session is not None and session.used:
            _refuse("Invalid session for the user, session can only be used once.")
        if session is None or session.client_id != client.id or self._clock() >= session.expires_at:
            _refuse("Invalid session for the user, session is expired.")
        return session

    def _new_attributes(self, user: CognitoIdpUser, responses: Mapping[str, str]) -> dict[str, str]:
        """The attributes in a challenge's answer. Raises AwsError for one too many or too few."""
        given = {
            name.removeprefix(PREFIX): value for name, value in responses.items() if name.startswith(PREFIX)
        }
        for name in given:
            if user.attribute_lookup.get(name) and name in {"email", "phone_number"}:
                _refuse(f"Cannot modify an already provided {name}")
            if name not in self._directory.pool.schema_attributes:
                raise AwsError("InvalidParameterException", "Attributes did not conform to the schema.")
        for name in self._directory.missing_attributes(user):
            if not given.get(name):
                raise AwsError("InvalidParameterException", f"Invalid attributes given, {name} is missing")
        return given

    @staticmethod
    def _check_flow(client: CognitoIdpUserPoolClient, flow: str) -> None:
        if f"ALLOW_{flow}" not in client.extended_config.get("ExplicitAuthFlows", []):
            raise AwsError("InvalidParameterException", f"{flow} flow not enabled for this client")


def _check_state(user: CognitoIdpUser) -> None:
    """Raises AwsError for a person who cannot sign in whatever the password.

    Cognito judges these states first: a person imported without any password is told to reset it.
    """
    if not user.enabled:
        _refuse("User is disabled.")
    if user.status is UserStatus.UNCONFIRMED:
        raise AwsError("UserNotConfirmedException", "User is not confirmed.")
    if user.status is UserStatus.RESET_REQUIRED:
        raise AwsError("PasswordResetRequiredException", "Password reset required for the user")


def _refuse(message: str) -> NoReturn:
    raise AwsError("NotAuthorizedException", message)
