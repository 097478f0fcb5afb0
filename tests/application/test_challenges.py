"""What comes before the tokens: which question is asked, what an answer does, and what stands after it."""

import pytest

from ingenes_desktop.application.outcome import Accepted, Asked, Refused, SignInOutcome, StillAsked
from ingenes_desktop.application.sign_in import SignIn
from ingenes_desktop.domain.answer import (
    Answer,
    ChoiceAnswer,
    CodeAnswer,
    CustomAnswer,
    EmailAnswer,
    NewPasswordAnswer,
    PasswordAnswer,
)
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import Challenge, CognitoTokens
from ingenes_desktop.domain.question import (
    AuthenticatorQuestion,
    ChoicePurpose,
    ChoiceQuestion,
    CodeQuestion,
    CustomQuestion,
    EmailQuestion,
    Factor,
    NewPasswordQuestion,
    PasswordQuestion,
    Question,
    UnsupportedQuestion,
)
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL, Cloud, attempt_for
from tests.application.sessions import chain

TOKENS = CognitoTokens(Secret("id"), Secret("access"), Secret("refresh"), 3600)
CODE = CodeAnswer(Secret("123456"))
NEW_PASSWORD = NewPasswordAnswer(Secret("new"))
PASSWORD = PasswordAnswer(Secret("secret"))
FIRST_FACTORS = ChoiceQuestion(ChoicePurpose.SIGN_IN, (Factor.PASSWORD, Factor.EMAIL))
SET_UP = ChoiceQuestion(ChoicePurpose.SET_UP, (Factor.TOTP, Factor.EMAIL))
QUESTIONS: dict[str, tuple[str, Question, Answer]] = {
    "a new password": ("NEW_PASSWORD_REQUIRED", NewPasswordQuestion(("phone_number",)), NEW_PASSWORD),
    "an app's code": ("SOFTWARE_TOKEN_MFA", CodeQuestion(Factor.TOTP), CODE),
    "a code by SMS": ("SMS_MFA", CodeQuestion(Factor.SMS, "+*******12"), CODE),
    "a code by email": ("EMAIL_OTP", CodeQuestion(Factor.EMAIL, "a***@c***"), CODE),
    "a factor": (
        "SELECT_MFA_TYPE",
        ChoiceQuestion(ChoicePurpose.VERIFY, (Factor.TOTP, Factor.SMS)),
        ChoiceAnswer(Factor.SMS),
    ),
    "a first factor": ("SELECT_CHALLENGE", FIRST_FACTORS, ChoiceAnswer(Factor.EMAIL)),
    "the password": ("PASSWORD", PasswordQuestion(), PASSWORD),
    "the clinic's own": ("CUSTOM_CHALLENGE", CustomQuestion("¿Folio?"), CustomAnswer(Secret("41"))),
}


def asking(name: str, question: Question, session: str = "session") -> Challenge:
    """What the user pool gives."""
    return Challenge(name, "sub-1", Secret(session), question)


def asked(outcome: SignInOutcome) -> Challenge:
    """The challenge of an outcome that must be one."""
    assert isinstance(outcome, Asked)
    return outcome.challenge


def refused(outcome: SignInOutcome) -> tuple[ErrorCode, str]:
    assert isinstance(outcome, Refused)
    assert outcome.leftovers is None
    return outcome.error.code, outcome.error.detail


def run(cloud: Cloud, sign_in: SignIn, password: Secret | None = None) -> SignInOutcome:
    return sign_in.run(EMAIL, password or Secret("secret"), attempt_for(cloud.clock))


def begun(cloud: Cloud, name: str, question: Question) -> tuple[SignIn, Challenge]:
    """A sign-in that has come to ``question``; what was called on the way is forgotten."""
    cloud.answer = asking(name, question)
    sign_in = chain(cloud)
    challenge = asked(run(cloud, sign_in))
    cloud.calls.clear()
    cloud.answer = TOKENS
    return sign_in, challenge


def answered(cloud: Cloud, sign_in: SignIn, challenge: Challenge, answer: Answer) -> SignInOutcome:
    return sign_in.answer(challenge, answer, attempt_for(cloud.clock))


# ---------------------------------------------------------------------------------- answers that are taken


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_right_answer_goes_on_with_the_chain(kind: str) -> None:
    name, question, answer = QUESTIONS[kind]
    cloud = Cloud()
    sign_in, challenge = begun(cloud, name, question)
    assert challenge.question == question
    assert isinstance(answered(cloud, sign_in, challenge, answer), Accepted)
    assert cloud.calls[:2] == ["RespondToAuthChallenge", "verify"]
    ((given, said),) = cloud.responses
    assert (given.name, given.username, given.session.reveal()) == (name, "sub-1", "session")
    assert said is answer


def test_one_question_after_the_other_with_the_newest_session() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "NEW_PASSWORD_REQUIRED", NewPasswordQuestion())
    cloud.answer = asking("SOFTWARE_TOKEN_MFA", CodeQuestion(Factor.TOTP), "newer")
    challenge = asked(answered(cloud, sign_in, challenge, NEW_PASSWORD))
    assert challenge.session.reveal() == "newer"
    cloud.answer = TOKENS
    assert isinstance(answered(cloud, sign_in, challenge, CODE), Accepted)
    assert [given.session.reveal() for given, _ in cloud.responses] == ["session", "newer"]


def test_a_lost_answer_with_a_new_password_leaves_it_open() -> None:
    cloud = Cloud(
        fails={"RespondToAuthChallenge": [AuthError(ErrorCode.NOT_RESPONDING, detail="TIMEOUT")] * 2}
    )
    sign_in, challenge = begun(cloud, "NEW_PASSWORD_REQUIRED", NewPasswordQuestion())
    outcome = answered(cloud, sign_in, challenge, NEW_PASSWORD)
    assert isinstance(outcome, Refused)
    assert outcome.error.code is ErrorCode.PASSWORD_IN_DOUBT
    sign_in, challenge = begun(cloud, "SMS_MFA", CodeQuestion(Factor.SMS))
    outcome = answered(cloud, sign_in, challenge, CODE)
    assert isinstance(outcome, Refused)
    assert outcome.error.code is ErrorCode.NOT_RESPONDING, "a code changes nothing"


def test_another_question_of_the_clinics_is_asked() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "CUSTOM_CHALLENGE", CustomQuestion("¿Folio?"))
    cloud.answer = asking("CUSTOM_CHALLENGE", CustomQuestion("¿Clínica?"), "newer")
    challenge = asked(answered(cloud, sign_in, challenge, CustomAnswer(Secret("40"))))
    assert challenge.session.reveal() == "newer"


@pytest.mark.parametrize("text", ["¿Folio?", ""])
def test_the_clinics_same_question_once_more_says_that_the_answer_was_wrong(text: str) -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "CUSTOM_CHALLENGE", CustomQuestion(text))
    cloud.answer = asking("CUSTOM_CHALLENGE", CustomQuestion(text), "newer")
    outcome = answered(cloud, sign_in, challenge, CustomAnswer(Secret("40")))
    assert isinstance(outcome, StillAsked)
    assert outcome.error.code is ErrorCode.ANSWER_REFUSED
    assert (outcome.challenge.session.reveal(), outcome.challenge.account) == ("newer", EMAIL)
    cloud.answer = TOKENS
    assert isinstance(answered(cloud, sign_in, outcome.challenge, CustomAnswer(Secret("41"))), Accepted)


def test_what_a_late_step_refuses_after_a_question_is_undone() -> None:
    cloud = Cloud(users=())
    sign_in, challenge = begun(cloud, "SMS_MFA", CodeQuestion(Factor.SMS))
    outcome = answered(cloud, sign_in, challenge, CODE)
    assert isinstance(outcome, Refused)
    assert outcome.error.code is ErrorCode.USER_NOT_FOUND
    assert outcome.leftovers is not None


# ----------------------------------------------------------------------------------- answers that are not

STANDS = (
    ErrorCode.CODE_MISMATCH,
    ErrorCode.CODE_USED_UP,
    ErrorCode.CODE_TOO_OLD,
    ErrorCode.PASSWORD_POLICY,
    ErrorCode.PASSWORD_HISTORY,
    ErrorCode.PASSWORD_LEAKED,
    ErrorCode.ATTRIBUTES_REFUSED,
    ErrorCode.NO_NETWORK,
    ErrorCode.BUSY,
    ErrorCode.TLS_REFUSED,
    ErrorCode.TLS_INSPECTED,
    ErrorCode.CAPTIVE_PORTAL,
    ErrorCode.PROXY_AUTHENTICATION,
)


@pytest.mark.parametrize("code", ErrorCode)
def test_what_leaves_the_question_standing(code: ErrorCode) -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "SMS_MFA", CodeQuestion(Factor.SMS))
    cloud.fails["RespondToAuthChallenge"] = [AuthError(code)]
    outcome = answered(cloud, sign_in, challenge, CODE)
    if code not in STANDS:
        assert isinstance(outcome, Refused)
        assert (outcome.error.code, outcome.leftovers) == (code, None)
        return
    assert isinstance(outcome, StillAsked)
    assert (outcome.challenge, outcome.error.code) == (challenge, code)
    assert isinstance(answered(cloud, sign_in, outcome.challenge, CODE), Accepted)


@pytest.mark.parametrize(
    ("name", "question", "answer"),
    [
        ("NEW_PASSWORD_REQUIRED", NewPasswordQuestion(), NEW_PASSWORD),
        ("SELECT_MFA_TYPE", QUESTIONS["a factor"][1], ChoiceAnswer(Factor.SMS)),
        ("SELECT_CHALLENGE", FIRST_FACTORS, ChoiceAnswer(Factor.EMAIL)),
    ],
)
def test_the_same_question_twice_is_no_loop(name: str, question: Question, answer: Answer) -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, name, question)
    cloud.answer = asking(name, question, "newer")
    outcome = answered(cloud, sign_in, challenge, answer)
    assert refused(outcome) == (ErrorCode.UNEXPECTED_ANSWER, "CHALLENGE-AGAIN")


@pytest.mark.parametrize("name", ["WEB_AUTHN", "SOMETHING_NEW", "DEVICE_SRP_AUTH"])
def test_what_cannot_be_answered_is_named(name: str) -> None:
    cloud = Cloud(answer=asking(name, UnsupportedQuestion(name)))
    assert refused(run(cloud, chain(cloud))) == (ErrorCode.CHALLENGE_UNSUPPORTED, name)
    assert cloud.calls == ["InitiateAuth"]


def test_likewise_after_an_answer() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "SMS_MFA", CodeQuestion(Factor.SMS))
    cloud.answer = asking("WEB_AUTHN", UnsupportedQuestion("WEB_AUTHN"))
    outcome = answered(cloud, sign_in, challenge, CODE)
    assert refused(outcome) == (ErrorCode.CHALLENGE_UNSUPPORTED, "WEB_AUTHN")


def test_a_refused_answer_to_the_clinics_question_is_no_wrong_password() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "CUSTOM_CHALLENGE", CustomQuestion())
    for _ in range(6):
        cloud.fails["RespondToAuthChallenge"] = [AuthError(ErrorCode.WRONG_CREDENTIALS)]
        outcome = answered(cloud, sign_in, challenge, CustomAnswer(Secret("x")))
        assert refused(outcome)[0] is ErrorCode.ANSWER_REFUSED
    assert locked_seconds(cloud, sign_in) == 30.0, "nothing was counted"


# -------------------------------------------------------------------------------------- the first factor


def locked_seconds(cloud: Cloud, sign_in: SignIn) -> float | None:
    """What is said of the lock that Cognito reports now."""
    cloud.fails["InitiateAuth"] = [AuthError(ErrorCode.LOCKED_OUT)]
    outcome = run(cloud, sign_in)
    assert isinstance(outcome, Refused)
    return outcome.error.wait_seconds


def test_a_password_is_asked_for_where_it_was_chosen() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "SELECT_CHALLENGE", FIRST_FACTORS)
    challenge = asked(answered(cloud, sign_in, challenge, ChoiceAnswer(Factor.PASSWORD)))
    assert (challenge.name, challenge.question) == ("SELECT_CHALLENGE", PasswordQuestion())
    assert challenge.session.reveal() == "session"
    assert cloud.calls == [], "nobody is told before there is a password"
    assert isinstance(answered(cloud, sign_in, challenge, PASSWORD), Accepted)


@pytest.mark.parametrize("factor", [Factor.PASSWORD, Factor.PASSWORD_SRP])
def test_where_nothing_but_a_password_is_offered_nothing_is_chosen(factor: Factor) -> None:
    cloud = Cloud()
    question = ChoiceQuestion(ChoicePurpose.SIGN_IN, (factor,))
    _, challenge = begun(cloud, "SELECT_CHALLENGE", question)
    assert challenge.question == PasswordQuestion(factor)


def test_a_way_that_travels_as_a_proof_stays_one() -> None:
    cloud = Cloud()
    question = ChoiceQuestion(ChoicePurpose.SIGN_IN, (Factor.PASSWORD_SRP, Factor.EMAIL))
    sign_in, challenge = begun(cloud, "SELECT_CHALLENGE", question)
    challenge = asked(answered(cloud, sign_in, challenge, ChoiceAnswer(Factor.PASSWORD_SRP)))
    assert challenge.question == PasswordQuestion(Factor.PASSWORD_SRP)


def test_a_wrong_password_of_a_question_is_counted() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "PASSWORD", PasswordQuestion())
    for _ in range(7):
        cloud.fails["RespondToAuthChallenge"] = [AuthError(ErrorCode.WRONG_CREDENTIALS)]
        outcome = answered(cloud, sign_in, challenge, PASSWORD)
        assert refused(outcome)[0] is ErrorCode.WRONG_CREDENTIALS
    cloud.fails["RespondToAuthChallenge"] = [AuthError(ErrorCode.LOCKED_OUT)]
    locked = answered(cloud, sign_in, challenge, PASSWORD)
    assert isinstance(locked, Refused)
    assert locked.error.wait_seconds == 4.0
    assert isinstance(answered(cloud, sign_in, challenge, PASSWORD), Accepted)
    assert locked_seconds(cloud, sign_in) == 30.0, "a right one ends the counting"


def test_a_password_that_nobody_looked_at_does_not_end_the_counting() -> None:
    cloud = Cloud(fails={"InitiateAuth": [AuthError(ErrorCode.WRONG_CREDENTIALS) for _ in range(7)]})
    sign_in = chain(cloud)
    for _ in range(7):
        run(cloud, sign_in)
    cloud.answer = asking("SELECT_CHALLENGE", FIRST_FACTORS)
    asked(run(cloud, sign_in))
    assert locked_seconds(cloud, sign_in) == 4.0


def test_nobody_need_type_a_password_where_it_is_chosen_later() -> None:
    cloud = Cloud(answer=asking("SELECT_CHALLENGE", FIRST_FACTORS))
    sign_in = chain(cloud)
    asked(sign_in.run(EMAIL, None, attempt_for(cloud.clock)))
    assert cloud.passwords == [None]


# ------------------------------------------------------------------------------- setting a factor up


def test_a_factor_to_set_up_is_chosen() -> None:
    _, challenge = begun(Cloud(), "MFA_SETUP", SET_UP)
    assert challenge.question == SET_UP


def test_an_authenticator_app_from_its_key_to_the_profile() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "MFA_SETUP", SET_UP)
    challenge = asked(answered(cloud, sign_in, challenge, ChoiceAnswer(Factor.TOTP)))
    assert isinstance(challenge.question, AuthenticatorQuestion)
    assert challenge.question.key.text.reveal() == "ABCDEFGHIJKLMNOP"
    assert cloud.accounts == [EMAIL]
    assert isinstance(answered(cloud, sign_in, challenge, CODE), Accepted)
    assert cloud.calls[:3] == [
        "AssociateSoftwareToken",
        "VerifySoftwareToken 123456",
        "RespondToAuthChallenge",
    ]
    assert [session.reveal() for session in cloud.sessions_shown] == ["associated"]
    ((given, _),) = cloud.responses
    assert (given.name, given.session.reveal(), given.is_verified) == ("MFA_SETUP", "verified", True)


def test_where_only_an_app_can_be_set_up_its_key_is_shown_at_once() -> None:
    cloud = Cloud(answer=asking("MFA_SETUP", ChoiceQuestion(ChoicePurpose.SET_UP, (Factor.TOTP,))))
    challenge = asked(run(cloud, chain(cloud)))
    assert isinstance(challenge.question, AuthenticatorQuestion)
    assert challenge.session.reveal() == "associated"
    assert cloud.calls == ["InitiateAuth", "AssociateSoftwareToken"]


def test_a_key_that_does_not_come_ends_the_sign_in() -> None:
    cloud = Cloud(answer=asking("MFA_SETUP", ChoiceQuestion(ChoicePurpose.SET_UP, (Factor.TOTP,))))
    cloud.fails["AssociateSoftwareToken"] = [AuthError(ErrorCode.NO_NETWORK)]
    assert refused(run(cloud, chain(cloud)))[0] is ErrorCode.NO_NETWORK


def test_a_key_that_was_chosen_and_was_not_asked_for_may_be_chosen_again() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "MFA_SETUP", SET_UP)
    cloud.fails["AssociateSoftwareToken"] = [AuthError(ErrorCode.NO_NETWORK)]
    outcome = answered(cloud, sign_in, challenge, ChoiceAnswer(Factor.TOTP))
    assert isinstance(outcome, StillAsked)
    assert outcome.challenge == challenge
    again = asked(answered(cloud, sign_in, outcome.challenge, ChoiceAnswer(Factor.TOTP)))
    assert isinstance(again.question, AuthenticatorQuestion)


def test_a_wrong_first_code_keeps_the_key() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "MFA_SETUP", SET_UP)
    challenge = asked(answered(cloud, sign_in, challenge, ChoiceAnswer(Factor.TOTP)))
    cloud.fails["VerifySoftwareToken 123456"] = [AuthError(ErrorCode.CODE_MISMATCH)]
    outcome = answered(cloud, sign_in, challenge, CODE)
    assert isinstance(outcome, StillAsked)
    assert outcome.challenge == challenge
    assert "RespondToAuthChallenge" not in cloud.calls
    assert isinstance(answered(cloud, sign_in, outcome.challenge, CODE), Accepted)


def test_a_code_that_was_taken_is_not_verified_again() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "MFA_SETUP", SET_UP)
    challenge = asked(answered(cloud, sign_in, challenge, ChoiceAnswer(Factor.TOTP)))
    cloud.fails["RespondToAuthChallenge"] = [AuthError(ErrorCode.NO_NETWORK)]
    outcome = answered(cloud, sign_in, challenge, CODE)
    assert isinstance(outcome, StillAsked)
    assert outcome.challenge.is_verified
    assert outcome.challenge.session.reveal() == "verified"
    cloud.calls.clear()
    assert isinstance(answered(cloud, sign_in, outcome.challenge, CODE), Accepted)
    assert cloud.calls[0] == "RespondToAuthChallenge"


def test_set_up_and_asked_for_it_again_is_no_loop() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "MFA_SETUP", SET_UP)
    challenge = asked(answered(cloud, sign_in, challenge, ChoiceAnswer(Factor.TOTP)))
    cloud.answer = asking("MFA_SETUP", SET_UP, "newer")
    outcome = answered(cloud, sign_in, challenge, CODE)
    assert refused(outcome) == (ErrorCode.UNEXPECTED_ANSWER, "CHALLENGE-AGAIN")


@pytest.mark.parametrize("is_chosen", [True, False])
def test_codes_by_email_are_set_up_with_an_address_and_its_first_code(is_chosen: bool) -> None:
    cloud = Cloud()
    only = ChoiceQuestion(ChoicePurpose.SET_UP, (Factor.EMAIL,))
    sign_in, challenge = begun(cloud, "MFA_SETUP", SET_UP if is_chosen else only)
    if is_chosen:
        challenge = asked(answered(cloud, sign_in, challenge, ChoiceAnswer(Factor.EMAIL)))
        assert cloud.calls == []
    assert challenge.question == EmailQuestion()
    cloud.answer = asking("EMAIL_OTP", CodeQuestion(Factor.EMAIL, "a***@c***"), "newer")
    challenge = asked(answered(cloud, sign_in, challenge, EmailAnswer(EMAIL)))
    assert challenge.question == CodeQuestion(Factor.EMAIL, "a***@c***")
    cloud.answer = TOKENS
    assert isinstance(answered(cloud, sign_in, challenge, CODE), Accepted)


def test_a_cancel_ends_an_answer() -> None:
    cloud = Cloud()
    sign_in, challenge = begun(cloud, "MFA_SETUP", SET_UP)
    attempt = attempt_for(cloud.clock)
    attempt.cancel()
    outcome = sign_in.answer(challenge, ChoiceAnswer(Factor.TOTP), attempt)
    assert refused(outcome)[0] is ErrorCode.CANCELLED
    assert cloud.calls == []
