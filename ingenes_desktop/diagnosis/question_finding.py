"""What Cognito asks before it lets a person in, as a finding: here nobody is asked."""

from types import MappingProxyType
from typing import assert_never

from ingenes_desktop.diagnosis.findings import Check, Fact, Finding, Section, Verdict, failed
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import Challenge
from ingenes_desktop.domain.question import (
    AnswerableQuestion,
    AuthenticatorQuestion,
    ChoicePurpose,
    ChoiceQuestion,
    CodeQuestion,
    CustomQuestion,
    EmailQuestion,
    NewPasswordQuestion,
    PasswordQuestion,
    UnsupportedQuestion,
)


def question_finding(challenge: Challenge) -> Finding:
    """A warning for a question that the window asks; a failure for one that it cannot.

    Where a code was sent to, and what a question of the pool's own says, is not told: it is a person's.
    """
    question = challenge.question
    if isinstance(question, UnsupportedQuestion):
        error = AuthError(ErrorCode.CHALLENGE_UNSUPPORTED, detail=question.name)
        return failed(Section.SIGN_IN, Check.PASSWORD, error, challenge=question.name)
    facts = MappingProxyType({"challenge": challenge.name, **_facts(question)})
    return Finding(Section.SIGN_IN, Check.PASSWORD, Verdict.WARNING, facts=facts)


def _facts(question: AnswerableQuestion) -> dict[str, Fact]:
    match question:
        case NewPasswordQuestion(attributes):
            return {"question": "new_password", "attributes": attributes}
        case CodeQuestion(factor, _):
            return {"question": "code", "factors": (factor.value,)}
        case ChoiceQuestion(purpose, factors):
            kind = {
                ChoicePurpose.VERIFY: "choice_of_second_factor",
                ChoicePurpose.SIGN_IN: "choice_of_first_factor",
                ChoicePurpose.SET_UP: "choice_of_set_up",
            }[purpose]
            return {"question": kind, "factors": tuple(each.value for each in factors)}
        case PasswordQuestion():
            return {"question": "password"}
        case AuthenticatorQuestion():
            return {"question": "authenticator_set_up"}
        case EmailQuestion():
            return {"question": "email_set_up"}
        case CustomQuestion():
            return {"question": "custom"}
        case _:
            assert_never(question)
