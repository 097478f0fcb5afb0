"""The production chain through every account of the demo's cloud, whose rules were written by others."""

import time

import pytest

from ingenes_desktop.adapters.far_ends import build_services
from ingenes_desktop.adapters.settings import load_settings_of_this_machine
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.outcome import Accepted, Asked, Refused, SignInOutcome, StillAsked
from ingenes_desktop.application.session import Session
from ingenes_desktop.demo.accounts import ACCOUNTS
from ingenes_desktop.demo.one_time_codes import code_at
from ingenes_desktop.demo.servers import Cloud
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
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.domain.models import Challenge
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
)
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import replace
from tests.cloud import RunningClock

BY_KIND = {account.kind: account for account in ACCOUNTS}
NEW_PASSWORD = "Nueva-Clinica-2027"
FLOWS = (AuthFlow.USER_PASSWORD_AUTH, AuthFlow.USER_SRP_AUTH, AuthFlow.USER_AUTH)


def attempt() -> Attempt:
    return Attempt(clock=time.monotonic, step_seconds=30.0, total_seconds=60.0)


class Walk:
    """One person's way through the chain, each answer right unless a test says otherwise."""

    def __init__(
        self, cloud: Cloud, clock: RunningClock, kind: str, flow: AuthFlow, *, client_secret: bool = False
    ) -> None:
        settings = replace(load_settings_of_this_machine(cloud.environment()), auth_flow=flow)
        if client_secret:
            client = cloud.add_client(secret=True)
            settings = replace(settings, client_id=client.id, client_secret=Secret(client.secret))
        self.cloud, self.clock, self.account = cloud, clock, BY_KIND[kind]
        self.services = build_services(
            settings,
            find_system_proxy=lambda _url: None,
            clock=time.monotonic,
            wall_clock=clock,
            user_agent="ingenes-desktop/test",
        )
        self.asked: list[Question] = []
        self.choices: dict[ChoicePurpose, Factor] = {}
        self.key = self.account.totp_key

    def begin(self, *, password: str | None = "") -> SignInOutcome:
        """The form is submitted ("" for the right password)."""
        typed = self.account.password if password == "" else password
        return self.services.sign_in.run(
            self.account.username, None if typed is None else Secret(typed), attempt()
        )

    def answer(self, challenge: Challenge, answer: Answer) -> SignInOutcome:
        return self.services.sign_in.answer(challenge, answer, attempt())

    def finish(self, outcome: SignInOutcome) -> SignInOutcome:
        """Answer whatever is asked, to the end."""
        while isinstance(outcome, Asked):
            question = outcome.challenge.question
            self.asked.append(question)
            outcome = self.answer(outcome.challenge, self.right(question))
        return outcome

    def signed_in(self, outcome: SignInOutcome | None = None) -> Session:
        ended = self.finish(self.begin() if outcome is None else outcome)
        assert isinstance(ended, Accepted), ended
        return ended.session

    def right(self, question: Question) -> Answer:  # noqa: PLR0911  one table, read from top to bottom
        match question:
            case NewPasswordQuestion(names):
                return NewPasswordAnswer(
                    Secret(NEW_PASSWORD), tuple((name, "+525550100199") for name in names)
                )
            case CodeQuestion(Factor.TOTP):
                return CodeAnswer(Secret(code_at(self.key, self.clock())))
            case CodeQuestion(Factor.SMS | Factor.SMS_FIRST):
                return CodeAnswer(Secret(self.cloud.mailbox.latest_code(self.account.phone)))
            case CodeQuestion():
                return CodeAnswer(Secret(self.cloud.mailbox.latest_code(self.account.username)))
            case AuthenticatorQuestion(key):
                self.key = key.text.reveal()
                return CodeAnswer(Secret(code_at(self.key, self.clock())))
            case ChoiceQuestion(purpose, factors):
                return ChoiceAnswer(self.choices.get(purpose, factors[0]))
            case PasswordQuestion():
                return PasswordAnswer(Secret(self.account.password))
            case EmailQuestion():
                return EmailAnswer(self.account.username)
            case CustomQuestion():
                return CustomAnswer(Secret(self.account.traits.answer))
            case _:
                raise AssertionError(question)


def kinds_of(questions: list[Question]) -> list[object]:
    """What was asked, in short."""
    return [
        question.factor if isinstance(question, CodeQuestion) else type(question) for question in questions
    ]


ASKED: dict[str, list[object]] = {
    "administrator": [],
    "first-sign-in": [NewPasswordQuestion],
    "missing-attribute": [NewPasswordQuestion],
    "two-step-app": [Factor.TOTP],
    "two-step-sms": [Factor.SMS],
    "two-step-email": [Factor.EMAIL],
    "two-step-choice": [ChoiceQuestion, Factor.SMS],
    "two-step-required": [ChoiceQuestion, AuthenticatorQuestion],
    "remembered-device": [Factor.EMAIL],
}


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("kind", ASKED)
def test_every_question_to_the_end(
    cloud: Cloud, cloud_clock: RunningClock, kind: str, flow: AuthFlow
) -> None:
    walk = Walk(cloud, cloud_clock, kind, flow)
    walk.choices[ChoicePurpose.SET_UP] = Factor.TOTP
    walk.choices[ChoicePurpose.VERIFY] = Factor.SMS
    walk.signed_in()
    assert kinds_of(walk.asked) == ASKED[kind]


@pytest.mark.parametrize(
    "kind", ["first-sign-in", "two-step-choice", "two-step-required", "remembered-device"]
)
def test_with_a_client_that_has_a_secret(cloud: Cloud, cloud_clock: RunningClock, kind: str) -> None:
    walk = Walk(cloud, cloud_clock, kind, AuthFlow.USER_SRP_AUTH, client_secret=True)
    session = walk.signed_in()
    session.confirm_device(attempt())
    session.renew(attempt())


def test_the_clinics_own_question(cloud: Cloud, cloud_clock: RunningClock) -> None:
    walk = Walk(cloud, cloud_clock, "custom-question", AuthFlow.CUSTOM_AUTH)
    walk.signed_in()
    assert walk.asked == [CustomQuestion("¿De qué color es la puerta de su clínica?")]


@pytest.mark.parametrize("wrong_answers", [1, 2, 3])
def test_a_wrong_answer_to_the_clinics_own_question(
    cloud: Cloud, cloud_clock: RunningClock, wrong_answers: int
) -> None:
    walk = Walk(cloud, cloud_clock, "custom-question", AuthFlow.CUSTOM_AUTH)
    outcome: SignInOutcome = walk.begin()
    for number in range(1, wrong_answers + 1):
        assert isinstance(outcome, Asked | StillAsked)
        outcome = walk.answer(outcome.challenge, CustomAnswer(Secret("gris")))
        assert isinstance(outcome, StillAsked if number < 3 else Refused)
        assert outcome.error.code is ErrorCode.ANSWER_REFUSED
    if isinstance(outcome, StillAsked):
        walk.signed_in(walk.answer(outcome.challenge, walk.right(outcome.challenge.question)))


REFUSED: dict[str, tuple[ErrorCode, str]] = {
    "not-confirmed": (ErrorCode.NOT_CONFIRMED, "UserNotConfirmedException"),
    "reset-required": (ErrorCode.RESET_REQUIRED, "PasswordResetRequiredException"),
    "disabled": (ErrorCode.ACCOUNT_DISABLED, "NotAuthorizedException"),
    "expired-temporary": (ErrorCode.TEMPORARY_PASSWORD_EXPIRED, "NotAuthorizedException"),
    "trigger": (ErrorCode.TRIGGER_REFUSED, "UserLambdaValidationException"),
}


@pytest.mark.parametrize("flow", [AuthFlow.USER_PASSWORD_AUTH, AuthFlow.USER_SRP_AUTH])
@pytest.mark.parametrize("kind", REFUSED)
def test_whom_cognito_does_not_let_in(
    cloud: Cloud, cloud_clock: RunningClock, kind: str, flow: AuthFlow
) -> None:
    outcome = Walk(cloud, cloud_clock, kind, flow).begin()
    assert isinstance(outcome, Refused)
    assert (outcome.error.code, outcome.error.detail) == REFUSED[kind]


def test_a_passkey_is_named(cloud: Cloud, cloud_clock: RunningClock) -> None:
    outcome = Walk(cloud, cloud_clock, "passkey", AuthFlow.USER_AUTH).begin(password=None)
    assert isinstance(outcome, Refused)
    assert (outcome.error.code, outcome.error.detail) == (ErrorCode.CHALLENGE_UNSUPPORTED, "WEB_AUTHN")


def test_a_first_factor_is_chosen(cloud: Cloud, cloud_clock: RunningClock) -> None:
    for factor in (Factor.PASSWORD, Factor.EMAIL):
        walk = Walk(cloud, cloud_clock, "administrator", AuthFlow.USER_AUTH)
        walk.choices[ChoicePurpose.SIGN_IN] = factor
        walk.signed_in(walk.begin(password=None))
        assert isinstance(walk.asked[0], ChoiceQuestion)
        assert factor in walk.asked[0].factors


def test_a_wrong_code_and_then_the_right_one(cloud: Cloud, cloud_clock: RunningClock) -> None:
    walk = Walk(cloud, cloud_clock, "two-step-email", AuthFlow.USER_PASSWORD_AUTH)
    asked = walk.begin()
    assert isinstance(asked, Asked)
    right = cloud.mailbox.latest_code(walk.account.username)
    wrong = CodeAnswer(Secret(f"{(int(right) + 1) % 1_000_000:06}"))
    outcome = walk.answer(asked.challenge, wrong)
    assert isinstance(outcome, StillAsked)
    assert outcome.error.code is ErrorCode.CODE_MISMATCH
    walk.signed_in(walk.answer(outcome.challenge, CodeAnswer(Secret(right))))


def test_a_question_has_its_time(cloud: Cloud, cloud_clock: RunningClock) -> None:
    walk = Walk(cloud, cloud_clock, "two-step-email", AuthFlow.USER_PASSWORD_AUTH)
    asked = walk.begin()
    assert isinstance(asked, Asked)
    answer = walk.right(asked.challenge.question)
    cloud_clock.advance(181)
    outcome = walk.answer(asked.challenge, answer)
    assert isinstance(outcome, Refused)
    assert outcome.error.code is ErrorCode.CHALLENGE_OVER


# ------------------------------------------------------------------------------------------- devices


@pytest.mark.parametrize("flow", FLOWS)
def test_a_remembered_device_is_asked_nothing(
    cloud: Cloud, cloud_clock: RunningClock, flow: AuthFlow
) -> None:
    walk = Walk(cloud, cloud_clock, "remembered-device", flow)
    session = walk.signed_in()
    session.confirm_device(attempt())
    session.renew(attempt())
    walk.asked.clear()
    again = walk.signed_in()
    assert walk.asked == []
    again.renew(attempt())


# ------------------------------------------------------------------------------------------- the account


def test_an_account_is_confirmed_and_then_let_in(cloud: Cloud, cloud_clock: RunningClock) -> None:
    walk = Walk(cloud, cloud_clock, "not-confirmed", AuthFlow.USER_PASSWORD_AUTH)
    name = walk.account.username
    confirmation = walk.services.confirmation
    delivery = confirmation.send_code(name, attempt())
    assert delivery is not None
    assert delivery.destination == "s***@c***"
    code = cloud.mailbox.latest_code(name)
    with pytest.raises(AuthError) as caught:
        confirmation.confirm(name, f"{(int(code) + 1) % 1_000_000:06}", attempt())
    assert caught.value.code is ErrorCode.CODE_MISMATCH
    confirmation.confirm(name, f"{code[:3]}-{code[3:]}", attempt())
    confirmation.confirm(name, "000000", attempt())  # it is confirmed already
    assert confirmation.send_code(name, attempt()) is None
    walk.signed_in()


def test_the_password_and_the_second_factor_of_whoever_is_signed_in(
    cloud: Cloud, cloud_clock: RunningClock
) -> None:
    walk = Walk(cloud, cloud_clock, "administrator", AuthFlow.USER_PASSWORD_AUTH)
    session, account = walk.signed_in(), walk.services.account
    with pytest.raises(AuthError) as caught:
        account.change_password(session, Secret("otra"), Secret(NEW_PASSWORD), attempt())
    assert caught.value.code is ErrorCode.CURRENT_PASSWORD_WRONG
    account.change_password(session, Secret(walk.account.password), Secret(NEW_PASSWORD), attempt())
    assert not account.two_step(session, attempt()).active
    key = account.begin_authenticator(session, walk.account.username, attempt())
    with pytest.raises(AuthError) as caught:
        account.confirm_authenticator(session, "000000", attempt())
    assert caught.value.code is ErrorCode.CODE_MISMATCH
    walk.key = key.text.reveal()
    on = account.confirm_authenticator(session, code_at(walk.key, cloud_clock()), attempt())
    assert (on.active, on.preferred) == ((Factor.TOTP,), Factor.TOTP)
    cloud_clock.advance(60)
    again = walk.signed_in(walk.begin(password=NEW_PASSWORD))
    assert kinds_of(walk.asked) == [Factor.TOTP]
    assert not account.turn_off_authenticator(again, attempt()).active


def test_a_second_factor_that_is_required_stays_on(cloud: Cloud, cloud_clock: RunningClock) -> None:
    walk = Walk(cloud, cloud_clock, "two-step-required", AuthFlow.USER_PASSWORD_AUTH)
    walk.choices[ChoicePurpose.SET_UP] = Factor.TOTP
    session = walk.signed_in()
    with pytest.raises(AuthError) as caught:
        walk.services.account.turn_off_authenticator(session, attempt())
    assert caught.value.code is ErrorCode.TWO_STEP_REQUIRED


def test_a_token_that_ran_out_is_renewed_for_it(cloud: Cloud, cloud_clock: RunningClock) -> None:
    walk = Walk(cloud, cloud_clock, "administrator", AuthFlow.USER_PASSWORD_AUTH)
    session = walk.signed_in()
    cloud_clock.advance(3_700)
    assert not walk.services.account.two_step(session, attempt()).active
