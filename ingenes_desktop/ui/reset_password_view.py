"""Resetting a forgotten password, first and last step: the email, and the word that it is done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ingenes_desktop.domain.auth_state import PasswordChanged, ResetRequested
from ingenes_desktop.domain.email_address import MAXIMUM_LENGTH
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.messages import Subject, is_about, sentence
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.buttons import BusyButton, LinkButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.line_edit import LineEdit
from ingenes_desktop.ui.widgets.plain_label import PlainLabel


class ResetPasswordView(View):
    """Draws ResetRequested: where the code shall be sent."""

    WISHES = ("code_requested", "back_requested")
    code_requested = Signal(str)
    """With the email."""
    back_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock)
        self._state: ResetRequested | None = None
        self._set_aside: str | None = None
        self._text = PlainLabel("muted", wraps=True)
        self.form.addSpacing(Space.HAIR)
        self.form.addWidget(self._text)
        self._bar = self.add_notice_bar()
        self._email = LineEdit()
        self._email.setMaxLength(MAXIMUM_LENGTH)
        self._email.textEdited.connect(self._edited)
        self._email.returnPressed.connect(self._submit)
        self._email_field = FormField(self._email)
        self._send = BusyButton()
        self._send.clicked.connect(self._submit)
        self._back = LinkButton()
        self._back.clicked.connect(self.back_requested)
        self.form.addWidget(self._email_field)
        self.form.addSpacing(Space.MEDIUM)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.LARGE)
        buttons.addWidget(self._send)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        self.form.addLayout(buttons)
        self.form.addStretch(1)
        self.finish_aside(None)
        self.setTabOrder(self._email, self._send)
        self.setTabOrder(self._send, self._back)
        self.retranslate()

    def draw(self, state: ResetRequested, *, entered: bool) -> None:
        """Show ``state``."""
        before, self._state = self._state, state
        put_back, self._set_aside = self._set_aside, None
        if entered:
            self._email.setText(state.username)
            self._email_field.refuse("")
        elif put_back is not None:
            self._email.setText(put_back)
        self._email.setReadOnly(state.busy)
        self._send.set_busy(state.busy)
        self.show_notice(state.notice)
        self._show_text()
        self._bar.show_problem(state.problem)
        about = Subject.NONE if state.problem is None else is_about(state.problem)
        if not self._email_field.refusal:
            self._email_field.mark_refused(about is Subject.EMAIL)
        if entered or (before is not None and before.busy and not state.busy):
            self._email.setFocus()

    def introduction(self) -> tuple[str, ...]:
        """What is asked; in full where nobody asked for it."""
        demanded = self._state is not None and self._state.demanded
        return (self.heading.whole_text(), self._text.text()) if demanded else super().introduction()

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self.heading.setText(self.tr("Reset password"))
        self._show_text()
        self._email_field.set_label(self.tr("Email"))
        self._send.set_texts(self.tr("Send code"), self.tr("Sending…"))
        self._back.setText(self.tr("Back to sign in"))
        self._bar.retranslate()
        if self._email_field.refusal:
            self._email_field.refuse(self.tr("Enter your email."))

    def leave(self) -> None:
        """Forget the email."""
        self._state = None
        self._set_aside = None
        # Not clear(): that keeps the undo history, and the next person could bring it back.
        self._email.setText("")

    def cover(self) -> None:
        """Put the email aside."""
        self._set_aside = self._email.text()
        self._email.setText("")

    def escape(self) -> None:
        """Escape goes back."""
        self.back_requested.emit()

    def _show_text(self) -> None:
        words = self.tr("Enter your email to receive a verification code.")
        if self._state is not None and self._state.demanded:
            if self._state.busy:
                words = self.tr("We are sending you a code…")
            words = f"{sentence(Problem(ErrorCode.RESET_REQUIRED, ''))} {words}"
        self._text.setText(words)

    def _edited(self) -> None:
        self._email_field.refuse("")

    def _submit(self) -> None:
        if self._state is not None and self._state.busy:
            return
        email = self._email.text().strip()
        self._email_field.refuse("" if email else self.tr("Enter your email."))
        if email:
            self.code_requested.emit(email)
        else:
            self._email.setFocus()
            self.warned.emit(self._email_field.refusal)


class PasswordChangedView(View):
    """Draws PasswordChanged: the reset is done."""

    WISHES = ("back_requested",)
    back_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock)
        self._text = PlainLabel("muted", wraps=True)
        self._back = BusyButton()
        self._back.clicked.connect(self.back_requested)
        self.form.addSpacing(Space.MEDIUM)
        self.form.addWidget(self._text)
        self.form.addSpacing(Space.WIDE)
        self.form.addWidget(self._back)
        self.form.addStretch(1)
        self.form.insertStretch(0, 1)
        self.finish_aside(None)
        self.retranslate()

    def draw(self, state: PasswordChanged, *, entered: bool) -> None:
        """Show that it is done."""
        self.show_notice(state.notice)
        if entered:
            self._back.setFocus()

    def retranslate(self) -> None:
        """Put the words of the present language."""
        super().retranslate()
        self.heading.setText(self.tr("Your password was changed"))
        self._text.setText(self.tr("You can now sign in with your new password."))
        back = self.tr("Back to sign in")
        self._back.set_texts(back, back)

    def escape(self) -> None:
        """Escape goes where the button goes."""
        self.back_requested.emit()
