"""The password, where it was chosen as the first factor and none was typed yet."""

from PySide6.QtCore import QCoreApplication

from ingenes_desktop.domain.answer import PasswordAnswer
from ingenes_desktop.ui.challenge.question_form import OneFieldForm
from ingenes_desktop.ui.messages import Subject
from ingenes_desktop.ui.widgets.password_field import PasswordField

translate = QCoreApplication.translate


class PasswordForm(OneFieldForm):
    """Asks a PasswordQuestion. The field is empty once it was answered."""

    SUBJECT = Subject.PASSWORD

    def __init__(self) -> None:
        self._password = PasswordField(lines=2)
        super().__init__(self._password)
        self._password.announced.connect(self.announced)
        self._password.warned.connect(self.warned)

    def heading_in_words(self) -> str:
        """What is asked, in short."""
        return translate("PasswordForm", "Enter your password")

    def ask_for_it(self) -> None:
        """Say that it is missing."""
        self._password.ask()

    def answer(self) -> PasswordAnswer | None:
        """The password as it was typed."""
        secret = self._password.take()
        return None if secret is None else PasswordAnswer(secret)

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self._password.retranslate()
        if self._problem is not None:  # else the field has put its own words
            self.retell()

    def forget(self) -> None:
        """Forget the password."""
        super().forget()
        self._password.forget()

    def put_aside(self) -> None:
        """A password is not put back; what was wrong with it is said again."""
        self.question = None
        self._password.password.wipe()
