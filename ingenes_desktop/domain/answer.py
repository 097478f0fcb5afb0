"""What a person answers to a question of Cognito's. Values on their way to a far end, never in a state."""

from ingenes_desktop.domain.question import Factor
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import Value


class NewPasswordAnswer(Value):
    """To NewPasswordQuestion: every required attribute has its value, trimmed."""

    password: Secret
    attributes: tuple[tuple[str, str], ...] = ()


class CodeAnswer(Value):
    """To CodeQuestion and AuthenticatorQuestion: the code without blanks and dashes."""

    code: Secret


class ChoiceAnswer(Value):
    """To ChoiceQuestion: one of its factors."""

    factor: Factor


class PasswordAnswer(Value):
    """To PasswordQuestion; not trimmed."""

    password: Secret


class EmailAnswer(Value):
    """To EmailQuestion; trimmed."""

    address: str


class CustomAnswer(Value):
    """To CustomQuestion; trimmed."""

    text: Secret


Answer = NewPasswordAnswer | CodeAnswer | ChoiceAnswer | PasswordAnswer | EmailAnswer | CustomAnswer
