"""An authenticator app, set up on the way in: its key, and its first code."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from ingenes_desktop.domain.answer import CodeAnswer
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.question import AuthenticatorQuestion
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.ui.challenge.question_form import QuestionForm
from ingenes_desktop.ui.widgets.authenticator_set_up import AuthenticatorSetUp

translate = QCoreApplication.translate


class AuthenticatorForm(QuestionForm):
    """Asks an AuthenticatorQuestion. ``selectable``: the key may be copied."""

    def __init__(self, *, selectable: bool) -> None:
        super().__init__()
        self._put_aside = ""
        self._set_up = AuthenticatorSetUp(self, selectable=selectable)
        self._set_up.code_given.connect(lambda code: self.answered.emit(CodeAnswer(Secret(code))))
        self._set_up.warned.connect(self.warned)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._set_up)

    def heading_in_words(self) -> str:
        """What is asked, in short."""
        return translate("AuthenticatorForm", "Set up two-step verification")

    def text_in_words(self) -> str:
        """What to do with the key."""
        return translate("AuthenticatorForm", "Scan this code with your authenticator app, or type the key.")

    def submit(self) -> None:
        """Emit the code, or ask for it."""
        self._set_up.submit()

    def set_busy(self, busy: bool) -> None:
        """Take no more words while the code is being checked."""
        self._set_up.set_busy(busy)

    def show_problem(self, problem: Problem | None) -> bool:
        """Below the field, where it is about the code."""
        return self._set_up.show_problem(problem)

    def take_focus(self) -> None:
        """Into the field for the code."""
        self._set_up.take_focus()

    def fit(self, width: int, *, tight: bool) -> None:
        """The key stands beside its symbol where there is room."""
        self._set_up.fit(width, tight=tight)

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self._set_up.retranslate()

    def show_question(self) -> None:
        """Show the key."""
        asked = self.question
        self._set_up.show_key(asked.key if isinstance(asked, AuthenticatorQuestion) else None)

    def forget(self) -> None:
        """Forget the key and the code for good."""
        super().forget()
        self._put_aside = ""
        self._set_up.forget()

    def put_aside(self) -> None:
        """Whoever sees the key could verify in this person's place."""
        super().put_aside()
        self._put_aside = self._set_up.put_aside()

    def fill_again(self) -> None:
        """Put the code back."""
        code, self._put_aside = self._put_aside, ""
        self._set_up.code.setText(code)
