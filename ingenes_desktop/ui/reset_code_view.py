"""Resetting a forgotten password, second step: the code that was sent, and the new password."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ingenes_desktop.domain.auth_state import ResetCodeSent
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.messages import Subject, is_about, sentence
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.buttons import BusyButton, LinkButton
from ingenes_desktop.ui.widgets.code_edit import CodeEdit
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.new_password_fields import NewPasswordFields
from ingenes_desktop.ui.widgets.plain_label import PlainLabel
from ingenes_desktop.ui.widgets.resend_link import ResendLink
from ingenes_desktop.ui.widgets.rule_list import RuleList

_ADDRESS_LENGTH = 44
"""Characters of an address that the text shows."""


class ResetCodeView(View):
    """Draws ResetCodeSent. The words are the same whether or not the account exists."""

    WISHES = ("reset_submitted", "resend_requested", "other_email_requested", "back_requested")
    reset_submitted = Signal(str, object)
    """The code, and the new password as a Secret. The fields keep what was typed until the view is left,
    so that a mistyped code is all that is typed again."""
    resend_requested = Signal()
    other_email_requested = Signal()
    back_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock)
        self._state: ResetCodeSent | None = None
        self._set_aside: str | None = None
        self._text = PlainLabel("muted", wraps=True)
        self.form.addSpacing(Space.HAIR)
        self.form.addWidget(self._text)
        self._bar = self.add_notice_bar()
        self._code = CodeEdit()
        self._code.textEdited.connect(self._code_edited)
        self._code_field = FormField(self._code)
        rules = RuleList(settings.password_policy)
        self._fields = NewPasswordFields(settings.password_policy, rules, stacked=False)
        self._fields.submitted.connect(self._submit)
        self._fields.warned.connect(self.warned)
        self._code.returnPressed.connect(self._code_typed)
        self._reset = BusyButton()
        self._reset.clicked.connect(self._submit)
        self._resend = ResendLink(clock)
        self._resend.asked.connect(self._ask_again)
        self._resend.warned.connect(self.warned)
        self._other_email = LinkButton()
        self._other_email.clicked.connect(self.other_email_requested)
        self._back = LinkButton()
        self._back.clicked.connect(self.back_requested)
        self._lay_out()
        self.finish_aside(rules)
        order = (
            self._code,
            self._fields.new,
            self._fields.new.eye,
            self._fields.confirmation,
            self._fields.confirmation.eye,
            self._reset,
            self._back,
            self._resend,
            self._other_email,
        )
        for first, second in pairwise(order):
            self.setTabOrder(first, second)
        self.retranslate()

    def draw(self, state: ResetCodeSent, *, entered: bool) -> None:
        """Show ``state``."""
        before, self._state = self._state, state
        put_back, self._set_aside = self._set_aside, None
        if entered:
            self._forget_all()
        elif put_back is not None:
            self._code.setText(put_back)
        if entered or before is None or before.sent != state.sent:
            self._resend.pause(self.settings.limits.resend_code)
            self._code.forget()
        self._code.setReadOnly(state.busy)
        self._fields.set_read_only(state.busy)
        self._reset.set_busy(state.busy and not state.resending)
        self.show_notice(state.notice)
        self._resend.set_sending(state.resending)
        self._show_text()
        if state.busy:
            self._code_field.refuse("")
        if entered or before is None or before.problem != state.problem:
            self._draw_problem(state.problem)
        if entered or (before is not None and before.busy and not state.busy):
            self._focus(state.problem)
            if not entered and state.problem is None:
                self.announced.emit(self._text.text())

    def introduction(self) -> tuple[str, ...]:
        """What is asked; in full where nobody asked for it."""
        demanded = self._state is not None and self._state.demanded
        return (self.heading.whole_text(), self._text.text()) if demanded else super().introduction()

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self.heading.setText(self.tr("Enter the verification code"))
        self._code_field.set_label(self.tr("Verification code"))
        stands = self._fields.is_refused
        self._fields.retranslate()
        self._reset.set_texts(self.tr("Reset password"), self.tr("Resetting…"))
        self._other_email.setText(self.tr("Use a different email"))
        self._back.setText(self.tr("Back to sign in"))
        self._bar.retranslate()
        self._resend.retranslate()
        self._show_text()
        shown, problem = self._code_field.refusal, None if self._state is None else self._state.problem
        if shown:
            self._code_field.refuse(self.tr("Enter the code."))
        about = Subject.NONE if problem is None else is_about(problem)
        if (shown and about is Subject.CODE) or (stands and about is Subject.NEW_PASSWORD):
            # A refusal that was taken back by typing does not come back with the language.
            self._draw_problem(problem)

    def leave(self) -> None:
        """Forget code, passwords, and whom the code was sent to."""
        self._resend.end_pause()
        self._state = None
        self._set_aside = None
        self._forget_all()
        self._show_text()

    def cover(self) -> None:
        """Put the code aside; the passwords are not put back. The next code's countdown goes on."""
        self._set_aside = self._code.text()
        self._code.forget()
        self._fields.wipe()
        self._show_text()

    def escape(self) -> None:
        """Escape goes back to the sign-in form."""
        self.back_requested.emit()

    # -- drawing

    def _lay_out(self) -> None:
        self.form.addWidget(self._code_field)
        self.form.addWidget(self._fields)
        self.form.addSpacing(Space.SMALL)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.LARGE)
        buttons.addWidget(self._reset)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        self.form.addLayout(buttons)
        self.form.addSpacing(Space.SMALL)
        links = QHBoxLayout()
        links.addWidget(self._resend)
        links.addStretch(1)
        links.addWidget(self._other_email)
        self.form.addLayout(links)
        self.form.addStretch(1)

    def _show_text(self) -> None:
        shown = None if self._set_aside is not None else self._state
        self._text.setText("" if shown is None else self._text_in_words(shown))

    def _text_in_words(self, state: ResetCodeSent) -> str:
        destination = plain_text(state.destination, _ADDRESS_LENGTH)
        if state.demanded:
            # That there is such an account was said by the demand.
            words = self.tr("We sent a code to {destination}.")
            words = words.format(destination=destination or self.tr("your registered address"))
            return f"{sentence(Problem(ErrorCode.RESET_REQUIRED, ''))} {words}"
        words = self.tr("If an account exists for {email}, we sent a code to {destination}.")
        return words.format(
            email=plain_text(state.username, _ADDRESS_LENGTH),
            destination=destination or self.tr("its registered address"),
        )

    def _draw_problem(self, problem: Problem | None) -> None:
        about = Subject.NONE if problem is None else is_about(problem)
        text = "" if problem is None else sentence(problem)
        beside = about in (Subject.CODE, Subject.NEW_PASSWORD)
        self._bar.show_problem(None if beside else problem)
        if about is Subject.CODE:
            self._code_field.refuse(text)
        self._fields.refuse(text if about is Subject.NEW_PASSWORD else "")

    def _focus(self, problem: Problem | None) -> None:
        about = Subject.CODE if problem is None else is_about(problem)
        if about is Subject.NEW_PASSWORD:
            self._fields.wipe()
            self._fields.new.setFocus()
        elif about is Subject.CODE:
            self._code.setFocus()
            self._code.selectAll()
        else:
            self._reset.setFocus()

    def _forget_all(self) -> None:
        self._code.forget()
        self._code_field.refuse("")
        self._fields.wipe()
        self._fields.refuse("")

    # -- what the person does

    def _code_edited(self) -> None:
        self._code_field.refuse("")

    def _ask_again(self) -> None:
        if self._state is not None and not self._state.busy:
            self.resend_requested.emit()

    def _code_typed(self) -> None:
        """On to the passwords; after a mistyped code they stand, and nothing else is missing."""
        if self._fields.new.is_empty() or self._fields.confirmation.is_empty():
            self._fields.new.setFocus()
        else:
            self._submit()

    def _submit(self) -> None:
        if self._state is None or self._state.busy:
            return
        code = self._code.code()
        if not code:
            self._code_field.refuse(self.tr("Enter the code."))
            self._code.setFocus()
            self.warned.emit(self._code_field.refusal)
            return
        self._code_field.refuse("")
        secret = self._fields.secret()
        if secret is not None:
            self.reset_submitted.emit(code, secret)
