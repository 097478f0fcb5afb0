"""InitiateAuth and RespondToAuthChallenge: who may sign in, and what is asked on the way.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
"""

from collections.abc import Callable, Mapping

from moto.cognitoidp.models import CognitoIdpUserPoolClient, UserStatus

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, Request, required_text
from ingenes_desktop.demo.challenge_sessions import Asked, ChallengeSessions, Progress
from ingenes_desktop.demo.client_secret import check_secret_hash
from ingenes_desktop.demo.custom_question_rules import CUSTOM, CustomQuestionRules
from ingenes_desktop.demo.device_rules import DEVICE_SRP, DEVICE_VERIFIER, DeviceRules
from ingenes_desktop.demo.first_factor_rules import SELECT_CHALLENGE, FirstFactorRules, check_state
from ingenes_desktop.demo.new_password_rules import NEW_PASSWORD, NewPasswordRules
from ingenes_desktop.demo.password_proof_rules import PASSWORD_VERIFIER, PasswordProofRules
from ingenes_desktop.demo.person import EMAIL, SMS, SOFTWARE_TOKEN
from ingenes_desktop.demo.second_factor_rules import SELECT, SET_UP, SecondFactorRules
from ingenes_desktop.demo.seeds import FLOWS
from ingenes_desktop.demo.token_issuer import TokenIssuer
from ingenes_desktop.demo.token_rules import TokenRules
from ingenes_desktop.demo.user_directory import UserDirectory

ADMINISTRATORS = frozenset({"ADMIN_NO_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH"})
Answering = Callable[[Asked, Mapping[str, str]], JsonObject | None]
"""Judges an answer: another question, or None where the sign-in goes on."""


class SignInRules:
    """Puts the questions of a sign-in one after the other, until there are tokens."""

    def __init__(
        self,
        directory: UserDirectory,
        tokens: TokenIssuer,
        token_rules: TokenRules,
        sessions: ChallengeSessions,
        *,
        first_factors: FirstFactorRules,
        proofs: PasswordProofRules,
        second_factors: SecondFactorRules,
        devices: DeviceRules,
        new_passwords: NewPasswordRules,
    ) -> None:
        self._directory = directory
        self._tokens = tokens
        self._token_rules = token_rules
        self._sessions = sessions
        self._first_factors = first_factors
        self._second_factors = second_factors
        self._devices = devices
        self._new_passwords = new_passwords
        self._custom_questions = CustomQuestionRules(sessions)
        self._answering: Mapping[str, Answering] = {
            NEW_PASSWORD: new_passwords.answer,
            PASSWORD_VERIFIER: proofs.answer,
            SELECT_CHALLENGE: first_factors.answer_choice,
            SMS: second_factors.answer_code,
            EMAIL: second_factors.answer_code,
            "SMS_OTP": second_factors.answer_code,
            SOFTWARE_TOKEN: second_factors.answer_software_token,
            SELECT: second_factors.answer_choice,
            SET_UP: second_factors.answer_set_up,
            CUSTOM: self._custom_questions.answer,
            DEVICE_SRP: devices.begin,
            DEVICE_VERIFIER: devices.prove,
        }

    def initiate_auth(self, request: Request) -> JsonObject:
        """InitiateAuth: the flow decides."""
        flow = request.text("AuthFlow")
        client = self._directory.client(request.text("ClientId"))
        if flow in {"REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"}:
            _check_flow(client, "REFRESH_TOKEN_AUTH")
            return self._token_rules.refresh_token_auth(client, request)
        if flow in ADMINISTRATORS:
            raise AwsError("InvalidParameterException", f"{flow} is not enabled for the client.")
        if flow not in FLOWS:
            raise AwsError(
                "InvalidParameterException",
                "1 validation error detected: Value at 'authFlow' failed to satisfy constraint: "
                "Member must satisfy enum value set",
            )
        _check_flow(client, flow)
        progress, question = self._first_factors.begin(client, flow, request.texts("AuthParameters"))
        return self._go_on(progress) if question is None else question

    def respond_to_auth_challenge(self, request: Request) -> JsonObject:
        """RespondToAuthChallenge: an answer, and what comes after it."""
        name = request.text("ChallengeName")
        answering = self._answering.get(name)
        if answering is None:
            raise AwsError("InvalidParameterException", "The pool does not ask this challenge.")
        client = self._directory.client(request.text("ClientId"))
        responses = request.texts("ChallengeResponses")
        username = required_text(responses, "USERNAME")
        check_secret_hash(client, username, responses.get("SECRET_HASH", ""))
        block = responses.get("PASSWORD_CLAIM_SECRET_BLOCK", "")
        asked = self._sessions.find(request.optional_text("Session"), client, block)
        if asked.challenge != name:
            raise AwsError("InvalidParameterException", f"The session is not one of {name}.")
        if asked.progress.person is not None:
            if self._directory.find(username) is not asked.progress.person:
                raise AwsError("NotAuthorizedException", "Invalid session for the user.")
            check_state(asked.progress.person)
            self._note_device(asked.progress, responses.get("DEVICE_KEY", ""))
        question = answering(asked, responses)
        asked.used = True
        return self._go_on(asked.progress) if question is None else question

    def _note_device(self, progress: Progress, device_key: str) -> None:
        """A device may name itself with an answer too."""
        if device_key and not progress.device_key:
            self._devices.check_known(progress.person, device_key)
            progress.device_key = device_key

    def _go_on(self, progress: Progress) -> JsonObject:
        """The next question, or the tokens."""
        person = progress.known
        if person.status is UserStatus.FORCE_CHANGE_PASSWORD:
            return self._new_passwords.ask(progress)
        question = None
        if not progress.device_proved:
            question = self._devices.ask(progress)
            if question is None and progress.by_password and not progress.second_factor:
                question = self._second_factors.ask(progress)
        if question is not None:
            return question
        if progress.flow == "CUSTOM_AUTH" and person.traits.question and not progress.answered:
            return self._custom_questions.ask(progress)
        device = self._devices.new_device(progress)
        key = device.key if device else progress.device_key if progress.device_proved else ""
        result = self._tokens.sign_in(progress.client, person, key)
        if device is not None:
            result["NewDeviceMetadata"] = {"DeviceKey": device.key, "DeviceGroupKey": device.group_key}
        return {"ChallengeParameters": {}, "AuthenticationResult": result}


def _check_flow(client: CognitoIdpUserPoolClient, flow: str) -> None:
    if f"ALLOW_{flow}" not in client.extended_config.get("ExplicitAuthFlows", []):
        raise AwsError("InvalidParameterException", f"{flow} flow not enabled for this client")
