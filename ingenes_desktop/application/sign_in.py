"""The chain: Cognito -> identity pool -> Secrets Manager -> FileMaker -> the person's record."""

from functools import partial

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.devices import Devices
from ingenes_desktop.application.lockout import FailureCounter
from ingenes_desktop.application.new_password import in_doubt
from ingenes_desktop.application.outcome import Accepted, Asked, Refused, SignInOutcome, StillAsked
from ingenes_desktop.application.person import find_person
from ingenes_desktop.application.ports import DeviceRefusedError
from ingenes_desktop.application.sessions import Sessions
from ingenes_desktop.domain.answer import Answer, ChoiceAnswer, CodeAnswer
from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.domain.errors import AuthError, ErrorCode, bare
from ingenes_desktop.domain.event_log import record_bug
from ingenes_desktop.domain.machine import CompanyCheck
from ingenes_desktop.domain.models import Challenge, CognitoTokens, Device
from ingenes_desktop.domain.question import (
    AuthenticatorQuestion,
    ChoicePurpose,
    ChoiceQuestion,
    CustomQuestion,
    EmailQuestion,
    Factor,
    NewPasswordQuestion,
    PasswordQuestion,
    UnsupportedQuestion,
)
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import replace

_GRACE_SECONDS = 2.0
"""A cancel lets an answer that may bring tokens come in for so long: unheard, they could not be revoked."""
_NOT_ARRIVED = frozenset(
    {
        ErrorCode.NO_NETWORK,
        ErrorCode.BUSY,
        ErrorCode.TLS_REFUSED,
        ErrorCode.TLS_INSPECTED,
        ErrorCode.CAPTIVE_PORTAL,
        ErrorCode.PROXY_AUTHENTICATION,
    }
)
"""With these an answer has certainly not been taken: the Session is as good as before."""
_STANDS = _NOT_ARRIVED | {
    ErrorCode.CODE_MISMATCH,
    ErrorCode.CODE_USED_UP,
    ErrorCode.CODE_TOO_OLD,
    ErrorCode.PASSWORD_POLICY,
    ErrorCode.PASSWORD_HISTORY,
    ErrorCode.PASSWORD_LEAKED,
    ErrorCode.ATTRIBUTES_REFUSED,
}
"""Of an answer: the question stands, and so does its Session."""
_ASKED_ONCE = frozenset({"NEW_PASSWORD_REQUIRED", *(purpose.value for purpose in ChoicePurpose)})
"""The same of these once more, after an answer that was taken, is no progress: it would never end."""


class SignIn:
    """Runs the chain on a worker thread; every ending is a value, nothing is raised.

    What a late failure leaves open travels in the outcome, so that the person sees the sentence at
    once and the undoing happens behind it.
    """

    def __init__(
        self, sessions: Sessions, *, company_check: CompanyCheck, remembers_devices: bool = False
    ) -> None:
        self._sessions = sessions
        self._user_pool = sessions.far_ends.user_pool
        self._company_check = company_check
        self._failures = FailureCounter(sessions.clocks.monotonic)
        self._devices = Devices(remembers=remembers_devices)

    def run(self, username: str, password: Secret | None, attempt: Attempt) -> SignInOutcome:
        """Sign ``username`` in. The password is sent once (None: only with the flow USER_AUTH)."""
        device = self._devices.of(username)
        try:
            attempt.begin(SignInStep.PASSWORD)
            with attempt.outlived(_GRACE_SECONDS) as calm:
                answer = self._user_pool.initiate_auth(username, password, device, calm)
        except AuthError as error:
            return Refused(bare(self._judged(error, username)), None)
        if password is not None and not _asks_for_a_first_factor(answer):
            self._failures.succeeded(username)
        return self._continue(answer, username, device, attempt)

    def answer(self, challenge: Challenge, answer: Answer, attempt: Attempt) -> SignInOutcome:
        """Answer ``challenge`` (of an Asked or StillAsked) and go on. The answer is sent once."""
        try:
            match challenge.question, answer:
                case ChoiceQuestion(ChoicePurpose.SIGN_IN), ChoiceAnswer(
                    Factor.PASSWORD | Factor.PASSWORD_SRP as factor
                ):
                    return Asked(replace(challenge, question=PasswordQuestion(factor)))
                case ChoiceQuestion(ChoicePurpose.SET_UP), ChoiceAnswer(Factor.EMAIL):
                    return Asked(replace(challenge, question=EmailQuestion()))
                case ChoiceQuestion(ChoicePurpose.SET_UP), ChoiceAnswer(Factor.TOTP):
                    return Asked(self._with_a_key(challenge, attempt))
                case AuthenticatorQuestion(), CodeAnswer(code) if not challenge.is_verified:
                    challenge = self._verified(challenge, code, attempt)
            attempt.begin_next()
            with attempt.outlived(_GRACE_SECONDS) as calm:
                given = self._user_pool.respond(challenge, answer, calm)
        except AuthError as error:
            failure = bare(self._judged_answer(error, challenge))
            return StillAsked(challenge, failure) if failure.code in _STANDS else Refused(failure, None)
        if isinstance(challenge.question, PasswordQuestion) and not _asks_for_a_first_factor(given):
            self._failures.succeeded(challenge.account)
        if isinstance(given, Challenge) and given.name == challenge.name:
            if given.name in _ASKED_ONCE:
                return Refused(AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="CHALLENGE-AGAIN"), None)
            if isinstance(given.question, CustomQuestion) and given.question == challenge.question:
                # The pool's trigger has no other way to say that the answer was wrong.
                again = replace(given, account=challenge.account, device=challenge.device)
                return StillAsked(again, AuthError(ErrorCode.ANSWER_REFUSED))
        return self._continue(given, challenge.account, challenge.device, attempt)

    # -- refusals

    def _judged(self, error: AuthError, username: str) -> AuthError:
        if isinstance(error, DeviceRefusedError):
            self._devices.forget(username)
        if error.code is ErrorCode.WRONG_CREDENTIALS:
            self._failures.failed(username)
        if error.code is ErrorCode.LOCKED_OUT:
            return AuthError(error.code, wait_seconds=self._failures.seconds_locked(username))
        return error

    def _judged_answer(self, error: AuthError, challenge: Challenge) -> AuthError:
        if isinstance(challenge.question, NewPasswordQuestion):
            error = in_doubt(error)
        is_wrong = error.code is ErrorCode.WRONG_CREDENTIALS
        if is_wrong and isinstance(challenge.question, CustomQuestion):
            # Cognito's words for any answer that the pool's trigger did not take.
            return AuthError(ErrorCode.ANSWER_REFUSED, detail=error.detail)
        if is_wrong and not isinstance(challenge.question, PasswordQuestion):
            return error  # it is not about a password, and is not counted
        return self._judged(error, challenge.account)

    # -- questions

    def _asked(self, challenge: Challenge, attempt: Attempt) -> SignInOutcome:
        """``challenge``, unless it cannot be answered or leaves nothing to choose."""
        match challenge.question:
            case UnsupportedQuestion(name):
                return Refused(AuthError(ErrorCode.CHALLENGE_UNSUPPORTED, detail=name), None)
            case ChoiceQuestion(ChoicePurpose.SET_UP, (Factor.EMAIL,)):
                return Asked(replace(challenge, question=EmailQuestion()))
            case ChoiceQuestion(ChoicePurpose.SIGN_IN, (Factor.PASSWORD | Factor.PASSWORD_SRP as factor,)):
                return Asked(replace(challenge, question=PasswordQuestion(factor)))
            case ChoiceQuestion(ChoicePurpose.SET_UP, (Factor.TOTP,)):
                try:
                    return Asked(self._with_a_key(challenge, attempt))
                except AuthError as error:
                    return Refused(bare(error), None)
            case _:
                return Asked(challenge)

    def _with_a_key(self, challenge: Challenge, attempt: Attempt) -> Challenge:
        attempt.begin_next()
        token = self._user_pool.associate_software_token(challenge, challenge.account, attempt)
        return replace(
            challenge,
            question=AuthenticatorQuestion(token.key),
            session=token.session or challenge.session,
        )

    def _verified(self, challenge: Challenge, code: Secret, attempt: Attempt) -> Challenge:
        attempt.begin_next()
        session = self._user_pool.verify_software_token(challenge, code, attempt)
        return replace(challenge, session=session or challenge.session, is_verified=True)

    # -- the rest of the chain

    def _continue(
        self, answer: CognitoTokens | Challenge, username: str, device: Device | None, attempt: Attempt
    ) -> SignInOutcome:
        if isinstance(answer, Challenge):
            return self._asked(replace(answer, account=username, device=device), attempt)
        session = self._sessions.begin(
            answer, shown=device, keep_device=partial(self._devices.keep, username)
        )
        try:
            user, found = find_person(session, self._company_check, attempt)
            return Accepted(session, user, found)
        except AuthError as error:
            return Refused(bare(error), session)
        except Exception as error:  # noqa: BLE001  a bug must not leave a FileMaker session behind
            record_bug(error)
            return Refused(AuthError(ErrorCode.INTERNAL), session)


def _asks_for_a_first_factor(answer: CognitoTokens | Challenge) -> bool:
    """Whether the password that was sent has not been looked at."""
    if not isinstance(answer, Challenge):
        return False
    match answer.question:
        case PasswordQuestion() | ChoiceQuestion(ChoicePurpose.SIGN_IN):
            return True
        case _:
            return False
