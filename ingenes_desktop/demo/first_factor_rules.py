"""The flows of InitiateAuth: how a person begins to show who they are.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
"""

import json
from collections.abc import Mapping

from moto.cognitoidp.models import CognitoIdpUserPoolClient, UserStatus

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, required_text
from ingenes_desktop.demo.challenge_sessions import Asked, ChallengeSessions, Progress
from ingenes_desktop.demo.client_secret import check_secret_hash
from ingenes_desktop.demo.device_rules import DeviceRules
from ingenes_desktop.demo.lockout import Lockout, wrong_password
from ingenes_desktop.demo.password_proof_rules import PasswordProofRules
from ingenes_desktop.demo.person import Person
from ingenes_desktop.demo.second_factor_rules import SecondFactorRules
from ingenes_desktop.demo.user_directory import UserDirectory, hides_existence

SELECT_CHALLENGE = "SELECT_CHALLENGE"
PASSWORDS = ("PASSWORD", "PASSWORD_SRP")
CODES = {"EMAIL_OTP": "email_verified", "SMS_OTP": "phone_number_verified"}
PASSKEY = "WEB_AUTHN"


class FirstFactorRules:
    """Each flow's method gives a question, or None where the first factor is shown already."""

    def __init__(
        self,
        directory: UserDirectory,
        sessions: ChallengeSessions,
        lockout: Lockout,
        proofs: PasswordProofRules,
        second_factors: SecondFactorRules,
        devices: DeviceRules,
    ) -> None:
        self._directory = directory
        self._sessions = sessions
        self._lockout = lockout
        self._proofs = proofs
        self._second_factors = second_factors
        self._devices = devices

    def begin(
        self, client: CognitoIdpUserPoolClient, flow: str, parameters: Mapping[str, str]
    ) -> tuple[Progress, JsonObject | None]:
        """A sign-in's first step. Raises AwsError."""
        username = required_text(parameters, "USERNAME")
        check_secret_hash(client, username, parameters.get("SECRET_HASH", ""))
        person = self._directory.find(username)
        progress = Progress(client, username, flow, person, parameters.get("DEVICE_KEY", ""))
        match flow:
            case "USER_PASSWORD_AUTH":
                password = required_text(parameters, "PASSWORD")
                self._admit(progress)
                self._check_password(progress, password)
                return progress, None
            case "USER_SRP_AUTH":
                self._admit(progress)
                return progress, self._proofs.ask(progress, parameters)
            case "CUSTOM_AUTH":
                self._admit(progress)
                if parameters.get("CHALLENGE_NAME") == "SRP_A":
                    return progress, self._proofs.ask(progress, parameters)
                if not progress.known.traits.question:
                    wrong_password()
                return progress, None
            case _:
                self._admit(progress)
                return progress, self._choose(progress, parameters)

    def answer_choice(self, asked: Asked, responses: Mapping[str, str]) -> JsonObject | None:
        """SELECT_CHALLENGE: the chosen first factor, with what belongs to it."""
        answer = required_text(responses, "ANSWER")
        if answer not in asked.offered:
            raise AwsError("InvalidParameterException", f"{answer} is not available for the user.")
        return self._use(asked.progress, answer, responses, asked)

    def _admit(self, progress: Progress) -> None:
        """Raises AwsError where the person cannot sign in whatever the first factor."""
        self._lockout.check(progress.real_username)
        if progress.person is None:
            if not hides_existence(progress.client):
                self._lockout.failed(progress.real_username)
                raise AwsError("UserNotFoundException", "User does not exist.")
            return
        check_state(progress.person)
        if progress.person.traits.trigger_error:
            raise AwsError(
                "UserLambdaValidationException",
                f"PreAuthentication failed with error {progress.person.traits.trigger_error}.",
            )
        self._devices.check_known(progress.person, progress.device_key)

    def _check_password(self, progress: Progress, password: str) -> None:
        person = progress.person
        if person is None or not person.has_password or not person.verifier.is_of(password):
            self._lockout.failed(progress.real_username)
            wrong_password()
        self._lockout.succeeded(progress.real_username)
        progress.by_password = True

    def _choose(self, progress: Progress, parameters: Mapping[str, str]) -> JsonObject | None:
        offered = _first_factors(progress.person) if progress.person else PASSWORDS
        preferred = parameters.get("PREFERRED_CHALLENGE", "")
        if preferred in offered:
            return self._use(progress, preferred, parameters)
        question = self._sessions.ask(
            Asked(progress, SELECT_CHALLENGE, offered=offered), {"USERNAME": progress.username}
        )
        return question | {"AvailableChallenges": list(offered)}

    def _use(
        self, progress: Progress, factor: str, given: Mapping[str, str], asked: Asked | None = None
    ) -> JsonObject | None:
        if factor == "PASSWORD":
            password = required_text(given, "PASSWORD")
            self._lockout.check(progress.real_username)
            if asked is not None:
                asked.used = True
            self._check_password(progress, password)
            return None
        if factor == "PASSWORD_SRP":
            return self._proofs.ask(progress, given)
        if factor == PASSKEY:
            options = {"challenge": "ZGVtbw", "rpId": "clinica.example", "allowCredentials": []}
            parameters = {"CREDENTIAL_REQUEST_OPTIONS": json.dumps(options)}
            return self._sessions.ask(Asked(progress, PASSKEY), parameters)
        return self._second_factors.ask_for(progress, factor)


def _first_factors(person: Person) -> tuple[str, ...]:
    """What the person may begin with. Whoever has a second factor begins with a password."""
    if person.traits.first_factors:
        return person.traits.first_factors
    if person.factors.enabled or person.traits.requires_mfa or person.status is not UserStatus.CONFIRMED:
        return PASSWORDS
    return PASSWORDS + tuple(name for name, flag in CODES.items() if person.attribute(flag) == "true")


def check_state(person: Person) -> None:
    """Raises AwsError for a person who cannot sign in whatever the password.

    Cognito judges these states first. (People who were imported it calls a wrong password instead, where the
    client hides who exists; here an administrator has asked for the reset.)
    """
    if not person.enabled:
        raise AwsError("NotAuthorizedException", "User is disabled.")
    if person.status is UserStatus.UNCONFIRMED:
        raise AwsError("UserNotConfirmedException", "User is not confirmed.")
    if person.status is UserStatus.RESET_REQUIRED:
        raise AwsError("PasswordResetRequiredException", "Password reset required for the user")
