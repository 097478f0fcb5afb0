"""The ways to prove who one is, in the person's language."""

from PySide6.QtCore import QCoreApplication

from ingenes_desktop.domain.question import Factor

translate = QCoreApplication.translate


def factor_in_words(factor: Factor) -> str:
    """What ``factor`` is called; a password is one, however it is proven."""
    match factor:
        case Factor.TOTP:
            return translate("Factors", "Authenticator app")
        case Factor.SMS | Factor.SMS_FIRST:
            return translate("Factors", "Text message (SMS)")
        case Factor.EMAIL:
            return translate("Factors", "Email")
        case Factor.PASSWORD | Factor.PASSWORD_SRP:
            return translate("Factors", "Password")


def factor_explained(factor: Factor) -> str:
    """What one does with ``factor``."""
    match factor:
        case Factor.TOTP:
            return translate("Factors", "Type the code that the app on your phone shows.")
        case Factor.SMS | Factor.SMS_FIRST:
            return translate("Factors", "We send a code to your phone.")
        case Factor.EMAIL:
            return translate("Factors", "We send a code to your email.")
        case Factor.PASSWORD | Factor.PASSWORD_SRP:
            return translate("Factors", "Type the password of your account.")
