"""The address that codes are to be sent to from now on."""

from PySide6.QtCore import QCoreApplication

from ingenes_desktop.domain.answer import EmailAnswer
from ingenes_desktop.domain.email_address import MAXIMUM_LENGTH
from ingenes_desktop.ui.challenge.question_form import OneFieldForm
from ingenes_desktop.ui.messages import Subject
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.line_edit import LineEdit

translate = QCoreApplication.translate


class EmailForm(OneFieldForm):
    """Asks an EmailQuestion."""

    SUBJECT = Subject.EMAIL

    def __init__(self) -> None:
        super().__init__(FormField(LineEdit(), lines=2))
        self.edit.setMaxLength(MAXIMUM_LENGTH)

    def heading_in_words(self) -> str:
        """What is asked, in short."""
        return translate("EmailForm", "Set up two-step verification")

    def text_in_words(self) -> str:
        """What the address is for."""
        return translate("EmailForm", "Each time you sign in, we will send a code to this address.")

    def ask_for_it(self) -> None:
        """Say that it is missing."""
        self.field.refuse(translate("EmailForm", "Enter your email."))

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self.field.set_label(translate("EmailForm", "&Email"))
        self.retell()

    def answer(self) -> EmailAnswer | None:
        """The address, trimmed."""
        address = self.edit.text().strip()
        return EmailAnswer(address) if address else None
