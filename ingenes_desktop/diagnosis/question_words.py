"""The words for what Cognito asks before it lets a person in."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from ingenes_desktop.diagnosis.findings import Finding
from ingenes_desktop.domain.question import Factor

translate = QCoreApplication.translate


def question_words(finding: Finding) -> str:
    """What the window will ask the person, and Cognito's name of it."""
    return f"{_asked(finding)} ({finding.facts['challenge']})"


def _asked(finding: Finding) -> str:  # noqa: C901, PLR0911  one table, read from top to bottom
    facts = finding.facts
    factors, attributes = facts.get("factors", ()), facts.get("attributes", ())
    assert isinstance(factors, tuple)  # noqa: S101  as _facts() makes them
    assert isinstance(attributes, tuple)  # noqa: S101  likewise
    ways = ", ".join(_way(Factor(each)) for each in factors)
    match facts["question"]:
        case "new_password" if attributes:
            return translate(
                "Check", "right; then the window asks for a new password, and for: {names}"
            ).format(names=", ".join(attributes))
        case "new_password":
            return translate("Check", "right; then the window asks for a new password")
        case "code" if factors == (Factor.TOTP.value,):
            return translate("Check", "right; then the window asks for a code from the authenticator app")
        case "code":
            return translate("Check", "taken; a code was sent ({way}), and the window asks for it").format(
                way=ways
            )
        case "choice_of_second_factor":
            return translate(
                "Check", "right; then the window asks how to verify that it is this person: {ways}"
            ).format(ways=ways)
        case "choice_of_set_up":
            return translate(
                "Check", "right; then the window asks to set up two-step verification: {ways}"
            ).format(ways=ways)
        case "choice_of_first_factor":
            return translate(
                "Check", "the password was not looked at; the window asks how to sign in: {ways}"
            ).format(ways=ways)
        case "password":
            return translate("Check", "the password was not looked at; the window asks for it")
        case "authenticator_set_up":
            return translate("Check", "right; then the window asks to set up an authenticator app")
        case "email_set_up":
            return translate("Check", "right; then the window asks for an email address for codes")
        case _:
            return translate("Check", "taken; then the window asks a question of the clinic's own")


def _way(factor: Factor) -> str:
    match factor:
        case Factor.TOTP:
            return translate("Check", "authenticator app")
        case Factor.SMS | Factor.SMS_FIRST:
            return translate("Check", "SMS")
        case Factor.EMAIL:
            return translate("Check", "email")
        case Factor.PASSWORD | Factor.PASSWORD_SRP:
            return translate("Check", "password")
        case _:
            assert_never(factor)
