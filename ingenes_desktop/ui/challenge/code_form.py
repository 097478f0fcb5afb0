"""A code from an authenticator app, a text message or an email."""

from PySide6.QtCore import QCoreApplication

from ingenes_desktop.domain.answer import CodeAnswer
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.question import CodeQuestion, Factor
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.ui.challenge.question_form import OneFieldForm
from ingenes_desktop.ui.messages import Subject
from ingenes_desktop.ui.widgets.code_edit import CodeEdit
from ingenes_desktop.ui.widgets.form_field import FormField

translate = QCoreApplication.translate
_DESTINATION_LENGTH = 44
"""Characters of a masked address that the text shows."""


class CodeForm(OneFieldForm):
    """Asks a CodeQuestion."""

    SUBJECT = Subject.CODE

    def __init__(self) -> None:
        self._code = CodeEdit()
        super().__init__(FormField(self._code, lines=2))

    def heading_in_words(self) -> str:
        """What is asked, in short."""
        return translate("CodeForm", "Enter the verification code")

    def text_in_words(self) -> str:
        """Where the code is to be found."""
        if not isinstance(self.question, CodeQuestion):
            return ""
        destination = plain_text(self.question.destination, _DESTINATION_LENGTH)
        match self.question.factor:
            case Factor.TOTP:
                return translate("CodeForm", "Open your authenticator app.")
            case _ if destination:
                words = translate("CodeForm", "We sent a code to {destination}.")
                return words.format(destination=destination)
            case Factor.EMAIL:
                return translate("CodeForm", "We sent a code to your email.")
            case _:
                return translate("CodeForm", "We sent a code to your phone.")

    def ask_for_it(self) -> None:
        """Say that it is missing."""
        self.field.refuse(translate("CodeForm", "Enter the code."))

    def answer(self) -> CodeAnswer | None:
        """The code without blanks and dashes."""
        code = self._code.code()
        return CodeAnswer(Secret(code)) if code else None

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self.field.set_label(translate("CodeForm", "&Verification code"))
        is_sent = isinstance(self.question, CodeQuestion) and self.question.factor is not Factor.TOTP
        # Cognito sends another code with another sign-in only.
        words = translate("CodeForm", "No code yet? It can take a minute. Start over to get a new one.")
        self.field.set_hint(words if is_sent else "")
        self.retell()
