"""What a person answered, as RespondToAuthChallenge's ChallengeResponses.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
"""

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
)


def responses_to(challenge: Challenge, answer: Answer) -> dict[str, str]:
    """Its members but for USERNAME, SRP_A, DEVICE_KEY and SECRET_HASH.

    Raises AuthError INTERNAL for an answer to another question.
    """
    match challenge.question, answer:
        case NewPasswordQuestion(asked), NewPasswordAnswer(password, given):
            # What the account has already cannot be set here: Cognito refuses the whole answer.
            values = {f"userAttributes.{name}": value for name, value in given if name in asked}
            responses = {"NEW_PASSWORD": password.reveal(), **values}
        case CodeQuestion(factor), CodeAnswer(code):
            responses = {f"{factor.value}_CODE": code.reveal()}
        case ChoiceQuestion(ChoicePurpose.VERIFY | ChoicePurpose.SIGN_IN), ChoiceAnswer(factor):
            responses = {"ANSWER": factor.value}
        case PasswordQuestion(factor), PasswordAnswer(password):
            is_chosen_now = challenge.name == ChoicePurpose.SIGN_IN.value
            responses = {"ANSWER": factor.value} if is_chosen_now else {}
            if factor is Factor.PASSWORD:
                responses["PASSWORD"] = password.reveal()
        case AuthenticatorQuestion(), CodeAnswer():
            responses = {}  # the Session says that the code was right
        case EmailQuestion(), EmailAnswer(address):
            responses = {"EMAIL": address}
        case CustomQuestion(), CustomAnswer(text):
            responses = {"ANSWER": text.reveal()}
        case _:
            raise AuthError(ErrorCode.INTERNAL)
    return responses
