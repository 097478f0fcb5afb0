"""What Cognito asks, read from its answer: plain, bounded, and only what this application knows.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
"""

import json
from collections.abc import Iterable, Mapping
from re import findall, fullmatch
from typing import Any

from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.domain.models import Challenge
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.question import (
    ChoicePurpose,
    ChoiceQuestion,
    CodeQuestion,
    CustomQuestion,
    Factor,
    NewPasswordQuestion,
    PasswordQuestion,
    Question,
    UnsupportedQuestion,
)
from ingenes_desktop.domain.secret import Secret

NEW_PASSWORD_REQUIRED = "NEW_PASSWORD_REQUIRED"  # noqa: S105  a challenge's name
SHORTEST_SESSION, LONGEST_SESSION = 20, 4096
"""Characters; botocore's model of the service has the same bounds."""
_LONGEST_DESTINATION = 100
_LONGEST_QUESTION = 400
_LONGEST_NAME = 320
_LONGEST_LIST = 4096
_MOST_ATTRIBUTES = 50
_ATTRIBUTE_PREFIX = "userAttributes."
_CODES = {each.value: each for each in (Factor.TOTP, Factor.SMS, Factor.EMAIL, Factor.SMS_FIRST)}
_PASSWORDS = {each.value: each for each in (Factor.PASSWORD, Factor.PASSWORD_SRP)}
_CHOICES = {
    ChoicePurpose.VERIFY: (Factor.TOTP, Factor.SMS, Factor.EMAIL),
    ChoicePurpose.SIGN_IN: (Factor.PASSWORD, Factor.PASSWORD_SRP, Factor.EMAIL, Factor.SMS_FIRST),
    # A telephone number is the administrator's to set up.
    ChoicePurpose.SET_UP: (Factor.TOTP, Factor.EMAIL),
}
_NEVER_IN_THE_CLEAR = frozenset({AuthFlow.USER_SRP_AUTH, AuthFlow.CUSTOM_AUTH})
# Cognito leaves the names of a custom challenge's parameters to the pool's trigger; these are usual.
_CUSTOM_TEXTS = ("question", "prompt", "message", "text", "hint")


def is_challenge(answer: Mapping[str, Any]) -> bool:
    """Whether ``answer`` asks something before there are tokens."""
    return bool(answer.get("ChallengeName"))


def challenge_name(answer: Mapping[str, Any]) -> str:
    """Its ChallengeName as a short token; "" for none."""
    return _token(answer.get("ChallengeName")) if is_challenge(answer) else ""


def parameters_of(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Its ChallengeParameters; none where they are not what they should be."""
    parameters = answer.get("ChallengeParameters")
    return parameters if isinstance(parameters, dict) else {}


def name_to_answer_with(parameters: Mapping[str, Any], username: str) -> str:
    """The pool's own name for the person where Cognito gives one, otherwise the one used so far."""
    for key in ("USER_ID_FOR_SRP", "USERNAME"):
        name = parameters.get(key)
        if isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME and name.isprintable():
            return name
    return username


def session_of(answer: Mapping[str, Any]) -> Secret | None:
    """Its Session, where it has one that can be sent back."""
    session = answer.get("Session")
    if isinstance(session, str) and SHORTEST_SESSION <= len(session) <= LONGEST_SESSION:
        return Secret(session)
    return None


def challenge_in(answer: Mapping[str, Any], username: str, flow: AuthFlow) -> Challenge:
    """The question in ``answer``. Raises UNEXPECTED_ANSWER where it could not be answered for its form.

    Where ``flow`` promises that no password travels as it is, none is asked for in that way.
    """
    name, parameters = challenge_name(answer), parameters_of(answer)
    question = _question(name, parameters, answer, flow)
    session = session_of(answer)
    if isinstance(question, UnsupportedQuestion):
        session = session or Secret("")
    if session is None:
        raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="CHALLENGE-SESSION")
    return Challenge(name, name_to_answer_with(parameters, username), session, question)


def _question(
    name: str, parameters: Mapping[str, Any], answer: Mapping[str, Any], flow: AuthFlow
) -> Question:
    question: Question = UnsupportedQuestion(name)
    if name == NEW_PASSWORD_REQUIRED:
        question = NewPasswordQuestion(_required_attributes(parameters.get("requiredAttributes")))
    elif name in _CODES:
        factor = _CODES[name]
        sent_to = parameters.get("CODE_DELIVERY_DESTINATION") if factor is not Factor.TOTP else None
        question = CodeQuestion(factor, plain_text(sent_to, _LONGEST_DESTINATION))
    elif name in _PASSWORDS:
        if _PASSWORDS[name] in _allowed(_PASSWORDS.values(), flow):
            question = PasswordQuestion(_PASSWORDS[name])
    elif name == ChoicePurpose.VERIFY.value:
        question = _choice(ChoicePurpose.VERIFY, parameters.get("MFAS_CAN_CHOOSE"), name, flow)
    elif name == ChoicePurpose.SIGN_IN.value:
        question = _choice(ChoicePurpose.SIGN_IN, answer.get("AvailableChallenges"), name, flow)
    elif name == ChoicePurpose.SET_UP.value:
        question = _choice(ChoicePurpose.SET_UP, parameters.get("MFAS_CAN_SETUP"), name, flow)
        if isinstance(question, UnsupportedQuestion):
            # What it offers is not what was asked: the name of the question says more.
            question = UnsupportedQuestion(name)
    elif name == "CUSTOM_CHALLENGE":
        texts = (plain_text(parameters.get(key), _LONGEST_QUESTION) for key in _CUSTOM_TEXTS)
        question = CustomQuestion(next(filter(None, texts), ""))
    return question


def _choice(purpose: ChoicePurpose, offered: object, name: str, flow: AuthFlow) -> Question:
    names = _names(offered)
    known = [factor for factor in _allowed(_CHOICES[purpose], flow) if factor.value in names]
    if Factor.PASSWORD in known and Factor.PASSWORD_SRP in known:
        known.remove(Factor.PASSWORD_SRP)  # one and the same for a person
    if not known:
        return UnsupportedQuestion(next(iter(names), name))
    return ChoiceQuestion(purpose, tuple(sorted(known, key=lambda factor: names.index(factor.value))))


def _allowed(factors: Iterable[Factor], flow: AuthFlow) -> list[Factor]:
    return [each for each in factors if each is not Factor.PASSWORD or flow not in _NEVER_IN_THE_CLEAR]


def _names(offered: object) -> list[str]:
    """Names of factors, in their order: of a list, of a JSON text, or as Python writes a list."""
    if isinstance(offered, list):
        offered = " ".join(each for each in offered[:_MOST_ATTRIBUTES] if isinstance(each, str))
    if not isinstance(offered, str):
        return []
    return list(dict.fromkeys(findall(r"\b[A-Z][A-Z0-9_]{1,39}\b", offered[:_LONGEST_LIST])))


def _required_attributes(text: object) -> tuple[str, ...]:
    try:
        names = json.loads(text) if isinstance(text, str) and len(text) <= _LONGEST_LIST else []
    except (ValueError, RecursionError):
        return ()
    if not isinstance(names, list):
        return ()
    bare = [each.removeprefix(_ATTRIBUTE_PREFIX) for each in names if isinstance(each, str)]
    well_formed = [each for each in bare if fullmatch(r"[A-Za-z0-9_:.-]{1,64}", each)]
    return tuple(dict.fromkeys(well_formed))[:_MOST_ATTRIBUTES]


def _token(value: object) -> str:
    return value if isinstance(value, str) and fullmatch(r"[A-Za-z0-9_.:-]{1,60}", value) else "UNKNOWN"
