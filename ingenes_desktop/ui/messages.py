"""The only home of error text: a code becomes a sentence in the person's language.

A code without words does not pass the type checker. Every sentence ends with the short support
reference that the log holds too.
"""

from enum import Enum, unique
from math import ceil
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.password_policy import PasswordRule
from ingenes_desktop.domain.plain_text import plain_text

translate = QCoreApplication.translate


@unique
class Subject(Enum):
    """The field that a problem is about, and so where the next word is typed."""

    EMAIL = "email"
    PASSWORD = "password"  # noqa: S105  the name of a field
    CODE = "code"
    NEW_PASSWORD = "new_password"  # noqa: S105  the name of a field
    CURRENT_PASSWORD = "current_password"  # noqa: S105  the name of a field
    ATTRIBUTES = "attributes"
    NONE = "none"


_MOST_SAID = 110
"""Characters of a trigger's own words: what has room in the bar beside ours."""
_NO_BREAK_SPACE = "\u00a0"


def sentence(problem: Problem, *, seconds: float | None = None) -> str:
    """What ``problem`` is and what to do about it; ``seconds`` replaces its wait while it counts down."""
    wait = problem.wait_seconds if seconds is None else seconds
    said = plain_text(problem.said, _MOST_SAID)
    words = _template(problem.code, waits=wait is not None, lists=bool(problem.rules), says=bool(said))
    if not problem.detail:
        words = words.replace(" ({code})", "").replace(" {code}", "")
    if not problem.reference:
        words = words.replace(" ({reference})", "")
    # No line ends between a number and its unit.
    words = words.replace("{seconds} s", f"{{seconds}}{_NO_BREAK_SPACE}s")
    # Once, and last: what comes from outside may hold braces, and is never looked at again.
    text = words.format(
        code=problem.detail,
        reference=problem.reference,
        rules=rules_in_words(problem.rules),
        said=_as_a_sentence(said),
        seconds="" if wait is None else ceil(wait),
    )
    if "{reference}" in words or not problem.reference:
        return text
    reference = translate("Messages", "Ref. {reference}").replace(" ", _NO_BREAK_SPACE)
    return f"{text} " + reference.format(reference=problem.reference)


def is_calm(problem: Problem) -> bool:
    """Whether nothing went wrong: something is over that had to end, or that the person ended."""
    match problem.code:
        case (
            ErrorCode.SESSION_IDLE
            | ErrorCode.SESSION_LONGEST
            | ErrorCode.SESSION_LOCKED
            | ErrorCode.SESSION_ENDED
            | ErrorCode.SESSION_NOT_RESTORED
            | ErrorCode.CANCELLED
        ):
            return True
        case _:
            return False


def is_about(problem: Problem) -> Subject:
    """The field to mend, or NONE where no word typed can help."""
    match problem.code:
        case ErrorCode.CODE_NOT_SENT:
            return Subject.EMAIL
        case ErrorCode.WRONG_CREDENTIALS | ErrorCode.LOCKED_OUT | ErrorCode.TEMPORARY_PASSWORD_EXPIRED:
            return Subject.PASSWORD
        case ErrorCode.CODE_MISMATCH | ErrorCode.CODE_EXPIRED | ErrorCode.CODE_USED_UP:
            return Subject.CODE
        case ErrorCode.PASSWORD_POLICY | ErrorCode.PASSWORD_HISTORY | ErrorCode.PASSWORD_LEAKED:
            return Subject.NEW_PASSWORD
        case ErrorCode.CURRENT_PASSWORD_WRONG:
            return Subject.CURRENT_PASSWORD
        case ErrorCode.ATTRIBUTES_REFUSED:
            return Subject.ATTRIBUTES
        case _:
            return Subject.NONE


def requirements(rules: tuple[PasswordRule, ...]) -> str:
    """The sentence for a password that breaks ``rules``, found here before it was sent anywhere."""
    return sentence(Problem(ErrorCode.PASSWORD_POLICY, "", rules=rules))


def rules_in_words(rules: tuple[PasswordRule, ...]) -> str:
    """What is missing, as the end of a sentence."""
    return ", ".join(_rule(rule) for rule in rules)


def _as_a_sentence(said: str) -> str:
    """With a full stop where it ends without a mark: the reference follows."""
    return f"{said}." if said and said[-1].isalnum() else said


def _rule(rule: PasswordRule) -> str:
    match rule:
        case PasswordRule.LENGTH:
            return translate("Messages", "more characters")
        case PasswordRule.UPPERCASE:
            return translate("Messages", "an uppercase letter")
        case PasswordRule.LOWERCASE:
            return translate("Messages", "a lowercase letter")
        case PasswordRule.NUMBER:
            return translate("Messages", "a number")
        case PasswordRule.SYMBOL:
            return translate("Messages", "a symbol")
        case PasswordRule.NO_OUTER_SPACE:
            return translate("Messages", "no space at either end")
        case _:
            assert_never(rule)


def _template(code: ErrorCode, *, waits: bool, lists: bool, says: bool) -> str:  # noqa: C901, PLR0911, PLR0912, PLR0915  one table, read from top to bottom
    match code:
        case ErrorCode.WRONG_CREDENTIALS:
            return translate("Messages", "Incorrect email or password.")
        case ErrorCode.LOCKED_OUT:
            if waits:
                return translate("Messages", "Too many attempts. Wait {seconds} s and try again.")
            return translate("Messages", "Too many attempts. Wait a few minutes and try again.")
        case ErrorCode.NOT_CONFIRMED:
            return translate("Messages", "Please verify your email address.")
        case ErrorCode.RESET_REQUIRED:
            return translate("Messages", "Your password must be reset.")
        case ErrorCode.ACCOUNT_DISABLED:
            return translate("Messages", "Your account is not active. Contact Support.")
        case ErrorCode.TEMPORARY_PASSWORD_EXPIRED:
            return translate(
                "Messages", "Your temporary password has expired. Contact Support for a new one."
            )
        case ErrorCode.EMAIL_MISSING:
            return translate("Messages", "Your account has no email address. Contact Support.")
        case ErrorCode.EMAIL_NOT_VERIFIED:
            return translate("Messages", "Your email address is not verified. Contact Support.")
        case ErrorCode.REFUSED:
            return translate(
                "Messages", "You could not be signed in. Try again, or contact Support ({reference})."
            )
        case ErrorCode.USER_NOT_FOUND:
            return translate("Messages", "User not found in the system.")
        case ErrorCode.OTHER_COMPANY:
            return translate("Messages", "Your account belongs to another company.")
        case ErrorCode.SEVERAL_RECORDS:
            return translate("Messages", "Your email is registered more than once. Contact Support.")
        case ErrorCode.ACCESS_DENIED:
            return translate("Messages", "Your account has no access to this application.")
        case ErrorCode.CHALLENGE_UNSUPPORTED:
            return translate(
                "Messages", "Your account asks for a verification not offered here ({code}). Contact Support."
            )
        case ErrorCode.CHALLENGE_EXPIRED:
            return translate("Messages", "The time to answer ran out. Sign in again.")
        case ErrorCode.CHALLENGE_OVER:
            return translate("Messages", "This verification is no longer valid. Sign in again.")
        case ErrorCode.ANSWER_REFUSED:
            return translate("Messages", "Your answer was not accepted. Try again.")
        case ErrorCode.FACTOR_NOT_SET_UP:
            return translate(
                "Messages",
                "This way to verify is not set up in your account. Use another one, or contact Support.",
            )
        case ErrorCode.ATTRIBUTES_REFUSED:
            return translate("Messages", "Your details were not accepted. Correct them and try again.")
        case ErrorCode.TRIGGER_REFUSED:
            if says:
                return translate("Messages", "The clinic's system says: {said}")
            return translate("Messages", "The clinic's system did not allow this. Contact Support.")
        case ErrorCode.TRIGGER_FAILED:
            return translate(
                "Messages", "The clinic's system could not check this. Try again, or contact Support."
            )
        case ErrorCode.ADDRESS_TAKEN:
            return translate(
                "Messages", "Another account already uses this email or phone number. Contact Support."
            )
        case ErrorCode.CODE_MISMATCH:
            return translate("Messages", "Invalid verification code.")
        case ErrorCode.CODE_EXPIRED:
            return translate("Messages", "The code has expired. Ask for a new one.")
        case ErrorCode.CODE_USED_UP:
            return translate("Messages", "Code already used. Wait for the next code in your app.")
        case ErrorCode.CODE_TOO_OLD:
            return translate("Messages", "This code is too old. Start over to get another one.")
        case ErrorCode.CODE_NOT_SENT:
            return translate("Messages", "The code could not be sent. Try again, or contact Support.")
        case ErrorCode.LIMIT_EXCEEDED:
            return translate("Messages", "Too many attempts. Try again in about an hour.")
        case ErrorCode.RESET_NOT_POSSIBLE:
            return translate(
                "Messages",
                "Your temporary password has not been used yet. Sign in with the one in your invitation.",
            )
        case ErrorCode.NO_VERIFIED_CONTACT:
            return translate(
                "Messages",
                "Your account has no verified email or phone to send a code to. Contact Support.",
            )
        case ErrorCode.PASSWORD_POLICY:
            if lists:
                return translate("Messages", "The password does not meet the requirements: {rules}.")
            return translate("Messages", "The password does not meet the requirements.")
        case ErrorCode.PASSWORD_HISTORY:
            return translate("Messages", "You have used this password before. Choose another one.")
        case ErrorCode.PASSWORD_LEAKED:
            return translate("Messages", "This password has become known in a data leak. Choose another one.")
        case ErrorCode.PASSWORD_IN_DOUBT:
            return translate(
                "Messages", "The service did not answer. Your password may have changed: try the new one."
            )
        case ErrorCode.CURRENT_PASSWORD_WRONG:
            return translate("Messages", "The current password is incorrect. Type it again.")
        case ErrorCode.TWO_STEP_REQUIRED:
            return translate(
                "Messages",
                "Your account requires two-step verification. "
                "You can set up another app, but not turn it off.",
            )
        case ErrorCode.TWO_STEP_NOT_OFFERED:
            return translate(
                "Messages",
                "Two-step verification with an app is not offered for your account. Contact Support.",
            )
        case ErrorCode.NO_NETWORK:
            return translate("Messages", "No connection. Check the network and try again.")
        case ErrorCode.NOT_RESPONDING:
            return translate("Messages", "The service is not responding. Try again.")
        case ErrorCode.TLS_REFUSED:
            return translate("Messages", "The connection is not secure ({code}).")
        case ErrorCode.TLS_INSPECTED:
            return translate(
                "Messages",
                "This network inspects connections with a certificate this computer does not trust ({code}).",
            )
        case ErrorCode.CAPTIVE_PORTAL:
            return translate("Messages", "This network asks you to sign in on its own page first.")
        case ErrorCode.PROXY_AUTHENTICATION:
            return translate(
                "Messages", "The network's proxy asks for a user name and password. Contact your IT team."
            )
        case ErrorCode.BLOCKED:
            return translate("Messages", "The request was blocked. Contact Support ({reference}).")
        case ErrorCode.BUSY:
            if waits:
                return translate("Messages", "The service is busy. Wait {seconds} s and try again.")
            return translate("Messages", "The service is busy. Try again in a moment.")
        case ErrorCode.FILEMAKER_FULL:
            return translate("Messages", "FileMaker has no free connection. Try again in a few minutes.")
        case ErrorCode.FILEMAKER_UNAVAILABLE:
            return translate("Messages", "FileMaker is not available ({code}). Try again in a few minutes.")
        case ErrorCode.UNEXPECTED_ANSWER:
            return translate("Messages", "The service gave an unexpected answer. Try again ({reference}).")
        case ErrorCode.CONFIGURATION:
            return translate("Messages", "Configuration error {code}. Contact Support.")
        case ErrorCode.CLOCK_WRONG:
            return translate("Messages", "This computer's clock is wrong. Correct it and try again.")
        case ErrorCode.SETTING_INVALID:
            return translate("Messages", "The setting {code} is not valid. Contact Support.")
        case ErrorCode.SETTINGS_UNREADABLE:
            return translate("Messages", "The settings in {code} cannot be read. Contact Support.")
        case ErrorCode.KEYRING_UNAVAILABLE:
            return translate("Messages", "This computer will not remember your email.")
        case ErrorCode.CANCELLED:
            return translate("Messages", "Sign-in was cancelled.")
        case ErrorCode.SESSION_ENDED:
            return translate("Messages", "Your session has ended. Sign in again.")
        case ErrorCode.SESSION_IDLE:
            return translate("Messages", "You were signed out because nobody used this computer.")
        case ErrorCode.SESSION_LONGEST:
            return translate("Messages", "You have been signed in for as long as is allowed. Sign in again.")
        case ErrorCode.SESSION_LOCKED:
            return translate("Messages", "You were signed out because the screen was locked.")
        case ErrorCode.SESSION_NOT_RESTORED:
            return translate("Messages", "Your session could not be restored. Sign in again.")
        case ErrorCode.SESSION_NOT_KEPT:
            return translate("Messages", "This computer will not keep you signed in.")
        case ErrorCode.SESSION_NOT_FORGOTTEN:
            return translate(
                "Messages",
                "You are signed out, but this computer could not forget your session. Contact Support.",
            )
        case ErrorCode.FAR_ENDS_UNTOLD:
            return translate(
                "Messages",
                "You are signed out here. The server could not be told: "
                "there your session ends by itself when it expires.",
            )
        case ErrorCode.NOT_ENDED_EVERYWHERE:
            return translate(
                "Messages",
                "You are signed out here, but not on your other computers. Sign in and try again.",
            )
        case ErrorCode.OPERATION_NOT_OFFERED:
            return translate(
                "Messages", "The service does not offer what the application asked for. Contact Support."
            )
        case ErrorCode.INTERNAL:
            return translate("Messages", "An error of the application. Contact Support ({reference}).")
        case _:
            assert_never(code)
