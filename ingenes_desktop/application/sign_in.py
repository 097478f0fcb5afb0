"""The chain: Cognito -> identity pool -> Secrets Manager -> FileMaker -> the person's record."""

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.lockout import FailureCounter
from ingenes_desktop.application.outcome import Accepted, NewPasswordNeeded, Refused, SignInOutcome
from ingenes_desktop.application.person import find_person
from ingenes_desktop.application.session import Sessions
from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.domain.errors import AuthError, ErrorCode, bare
from ingenes_desktop.domain.event_log import record_bug
from ingenes_desktop.domain.machine import CompanyCheck
from ingenes_desktop.domain.models import Challenge, CognitoTokens
from ingenes_desktop.domain.secret import Secret

NEW_PASSWORD_REQUIRED = "NEW_PASSWORD_REQUIRED"  # noqa: S105  a challenge's name
_GRACE_SECONDS = 2.0
"""A cancel lets an answer that may bring tokens come in for so long: unheard, they could not be revoked."""


class SignIn:
    """Runs the chain on a worker thread; every ending is a value, nothing is raised.

    What a late failure leaves open travels in the outcome, so that the person sees the sentence at
    once and the undoing happens behind it.
    """

    def __init__(self, sessions: Sessions, *, company_check: CompanyCheck) -> None:
        self._sessions = sessions
        self._user_pool = sessions.far_ends.user_pool
        self._company_check = company_check
        self._failures = FailureCounter(sessions.clocks.monotonic)

    def run(self, username: str, password: Secret, attempt: Attempt) -> SignInOutcome:
        """Sign ``username`` in. The password is sent once."""
        try:
            attempt.begin(SignInStep.PASSWORD)
            with attempt.outlived(_GRACE_SECONDS) as calm:
                answer = self._user_pool.initiate_auth(username, password, calm)
        except AuthError as error:
            return Refused(bare(self._counted(error, username)), None)
        self._failures.succeeded(username)
        return self._continue(answer, attempt)

    def answer_new_password(
        self, challenge: Challenge, new_password: Secret, attempt: Attempt
    ) -> SignInOutcome:
        """Answer NEW_PASSWORD_REQUIRED and go on. The answer is sent once."""
        try:
            with attempt.outlived(_GRACE_SECONDS) as calm:
                answer = self._user_pool.answer_new_password(challenge, new_password, calm)
        except AuthError as error:
            return Refused(bare(error), None)
        if isinstance(answer, Challenge) and answer.name == NEW_PASSWORD_REQUIRED:
            # The same question once more is no progress: asked again, it would never end.
            return Refused(AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="CHALLENGE-AGAIN"), None)
        return self._continue(answer, attempt)

    def _counted(self, error: AuthError, username: str) -> AuthError:
        if error.code is ErrorCode.WRONG_CREDENTIALS:
            self._failures.failed(username)
        if error.code is ErrorCode.LOCKED_OUT:
            return AuthError(error.code, wait_seconds=self._failures.seconds_locked(username))
        return error

    def _continue(self, answer: CognitoTokens | Challenge, attempt: Attempt) -> SignInOutcome:
        if isinstance(answer, Challenge):
            if answer.name != NEW_PASSWORD_REQUIRED or answer.required_attributes:
                return Refused(AuthError(ErrorCode.CHALLENGE_UNSUPPORTED, detail=answer.name), None)
            return NewPasswordNeeded(answer)
        session = self._sessions.begin(answer)
        try:
            user, found = find_person(session, self._company_check, attempt)
            return Accepted(session, user, found)
        except AuthError as error:
            return Refused(bare(error), session)
        except Exception as error:  # noqa: BLE001  a bug must not leave tokens and a FileMaker session behind
            record_bug(error)
            return Refused(AuthError(ErrorCode.INTERNAL), session)
