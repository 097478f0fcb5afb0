"""Resetting a forgotten password, first and last step: the email, and the word that it is done."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal

from ingenes_desktop.domain.auth_state import PasswordChanged, ResetRequested
from ingenes_desktop.domain.email_address import MAXIMUM_LENGTH
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.messages import Subject, is_about, sentence
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.buttons import BusyButton, LinkButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.done_mark import DoneMark
from ingenes_desktop.ui.widgets.flow_row import FlowRow
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
        self._refused: Problem | None = None
        self._is_missing = False
        self._text = PlainLabel("muted", wraps=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.gap(Space.SMALL)
        self.form.addWidget(self._text)
        self._bar = self.add_notice_bar()
        self._email = LineEdit()
        self._email.setMaxLength(MAXIMUM_LENGTH)
        self._email.returnPressed.connect(self._submit)
        self._email_field = FormField(self._email, lines=2)
        self._send = BusyButton()
        self._send.clicked.connect(self._submit)
        self._back = LinkButton()
        self._back.clicked.connect(self.back_requested)
        self.form.addWidget(self._email_field)
        self.gap(Space.SMALL)
        buttons = FlowRow(gap=Space.LARGE)
        buttons.addWidget(self._send)
        buttons.addWidget(self._back)
        self.form.addLayout(buttons)
        self.form.addStretch(1)
        self.finish_aside(None)
        for first, second in pairwise((self._email, self._send, self._back, *self.tools.stops)):
            self.setTabOrder(first, second)
        self.retranslate()

    def draw(self, state: ResetRequested, *, entered: bool) -> None:
        """Show ``state``."""
        before, self._state = self._state, state
        put_back, self._set_aside = self._set_aside, None
        if entered:
            self._email.setText(state.username)
        elif put_back is not None:
            self._email.setText(put_back)
        self._email.setReadOnly(state.busy)
        self._send.set_busy(state.busy)
        self.show_notice(state.notice)
        self._show_text()
        if entered or before is None or before.problem != state.problem or state.busy:
            self._refuse(state.problem)
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
        self._email_field.set_label(self.tr("&Email"))
        self._send.set_texts(self.tr("&Send code"), self.tr("Sending…"))
        self._back.setText(self.tr("&Back to sign in"))
        self._show_refusal()

    def leave(self) -> None:
        """Forget the email."""
        self._state = None
        self._set_aside = None
        self._refuse(None)
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
            # The sentences that follow one another here are of different lengths: nothing moves between them.
            self._text.setMinimumHeight(2 * self._text.fontMetrics().lineSpacing())
        else:
            self._text.setMinimumHeight(0)
        self._text.setText(words)

    def _refuse(self, problem: Problem | None, *, is_missing: bool = False) -> None:
        """Say what is wrong until the next attempt, in place of whatever was said before."""
        self._refused, self._is_missing = problem, is_missing
        self._show_refusal()

    def _show_refusal(self) -> None:
        problem = self._refused
        of_email = problem is not None and is_about(problem) is Subject.EMAIL
        self._bar.show_problem(None if of_email else problem)
        if self._is_missing:
            words = self.tr("Enter your email.")
        else:
            words = sentence(problem) if of_email and problem is not None else ""
        self._email_field.refuse(words)

    def _submit(self) -> None:
        if self._state is not None and self._state.busy:
            return
        email = self._email.text().strip()
        self._refuse(None, is_missing=not email)
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
        self.gap(Space.SMALL)
        self.form.addWidget(self._text)
        self.gap(Space.WIDE)
        self.form.addWidget(self._back)
        self.form.addStretch(1)
        self.form.insertStretch(0, 1)
        self.form.insertWidget(1, DoneMark(self.form.parentWidget()))
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
        back = self.tr("&Back to sign in")
        self._back.set_texts(back, back)

    def escape(self) -> None:
        """Escape goes where the button goes."""
        self.back_requested.emit()
