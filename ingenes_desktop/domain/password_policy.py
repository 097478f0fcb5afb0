"""The pool's password rules as this application knows them.

A public client cannot read the pool's policy (DescribeUserPool needs an administrator's signature), so
the rules are configuration; Cognito's own refusal stays the authority.
"""

from enum import Enum, unique
from string import ascii_lowercase, ascii_uppercase, digits

from ingenes_desktop.domain.value import Value

# https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
SYMBOLS = frozenset("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-")
MAXIMUM_PASSWORD_LENGTH = 256


@unique
class PasswordRule(Enum):
    """One line of the check list."""

    LENGTH = "length"
    UPPERCASE = "uppercase"
    LOWERCASE = "lowercase"
    NUMBER = "number"
    SYMBOL = "symbol"
    NO_OUTER_SPACE = "no_outer_space"


class PasswordPolicy(Value):
    """Which rules the pool enforces; the default is Cognito's own."""

    minimum_length: int = 8
    uppercase: bool = True
    lowercase: bool = True
    number: bool = True
    symbol: bool = True

    def rules(self) -> tuple[PasswordRule, ...]:
        """The rules in the order of the check list."""
        wanted = (
            (PasswordRule.LENGTH, True),
            (PasswordRule.UPPERCASE, self.uppercase),
            (PasswordRule.LOWERCASE, self.lowercase),
            (PasswordRule.NUMBER, self.number),
            (PasswordRule.SYMBOL, self.symbol),
        )
        return tuple(rule for rule, is_wanted in wanted if is_wanted)

    def unmet(self, password: str) -> tuple[PasswordRule, ...]:
        """The rules that ``password`` breaks, in order; empty where it should be accepted.

        A leading or trailing space can never be valid, so it is reported although it is no line of
        the check list: the password is not trimmed, the person is told.
        """
        broken = [rule for rule in self.rules() if not self._meets(rule, password)]
        if password != password.strip():
            broken.append(PasswordRule.NO_OUTER_SPACE)
        return tuple(broken)

    def _meets(self, rule: PasswordRule, password: str) -> bool:
        letters = set(password)
        match rule:
            case PasswordRule.LENGTH:
                return len(password) >= self.minimum_length
            case PasswordRule.UPPERCASE:
                return not letters.isdisjoint(ascii_uppercase)
            case PasswordRule.LOWERCASE:
                return not letters.isdisjoint(ascii_lowercase)
            case PasswordRule.NUMBER:
                return not letters.isdisjoint(digits)
            case PasswordRule.SYMBOL:
                return not letters.isdisjoint(SYMBOLS) or " " in password.strip()
            case PasswordRule.NO_OUTER_SPACE:
                return password == password.strip()
