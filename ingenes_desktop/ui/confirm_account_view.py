"""The account's email is not verified yet: the code that was sent to it is asked for."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from ingenes_desktop.domain.auth_state import ConfirmationRequired
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.messages import Subject, is_about, sentence
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.buttons import BusyButton, LinkButton
from ingenes_desktop.ui.widgets.code_edit import CodeEdit
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.plain_label import PlainLabel
from ingenes_desktop.ui.widgets.resend_link import ResendLink

_ADDRESS_LENGTH = 44
"""Characters of a masked address that the text shows."""


class ConfirmAccountView(View):
    """Draws ConfirmationRequired."""

    WISHES = ("confirmation_submitted", "resend_requested", "start_over_requested")
    confirmation_submitted = Signal(str)
    """The code without blanks and dashes. The field keeps it until the view is left."""
    resend_requested = Signal()
    start_over_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock)
        self._state: ConfirmationRequired | None = None
        self._put_aside: str | None = None
        self._text = PlainLabel("muted", wraps=True)
        # A far end's long word does not widen the card.
        policy = self._text.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self._text.setSizePolicy(policy)
        self.form.addSpacing(Space.HAIR)
        self.form.addWidget(self._text)
        self._bar = self.add_notice_bar()
        self._code = CodeEdit()
        self._code.textEdited.connect(self._code_edited)
        self._code.returnPressed.connect(self._submit)
        self._code_field = FormField(self._code, lines=2)
        self._continue = BusyButton()
        self._continue.clicked.connect(self._submit)
        self._start_over = LinkButton()
        self._start_over.clicked.connect(self.start_over_requested)
        self._resend = ResendLink(clock)
        self._resend.asked.connect(self._ask_again)
        self._resend.warned.connect(self.warned)
        self.form.addWidget(self._code_field)
        self.form.addSpacing(Space.MEDIUM)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.LARGE)
        buttons.addWidget(self._continue)
        buttons.addWidget(self._start_over)
        buttons.addStretch(1)
        self.form.addLayout(buttons)
        self.form.addSpacing(Space.SMALL)
        self.form.addWidget(self._resend)
        self.form.addStretch(1)
        self.finish_aside(None)
        order = (self._code, self._continue, self._start_over, self._resend, self.language_menu)
        for first, second in pairwise(order):
            self.setTabOrder(first, second)
        self.retranslate()

    def draw(self, state: ConfirmationRequired, *, entered: bool) -> None:
        """Show ``state``."""
        before, self._state = self._state, state
        put_aside, self._put_aside = self._put_aside, None
        if entered:
            self._forget_code()
            self._resend.end_pause()
        elif put_aside is not None:
            self._code.setText(put_aside)
        is_new_code = before is None or before.sent != state.sent
        if state.sent and (entered or is_new_code):
            self._resend.pause(self.settings.limits.resend_code)
            self._forget_code()
        # A code may be typed while another one is being sent.
        self._code.setReadOnly(state.busy and not state.resending)
        self._continue.set_busy(state.busy and not state.resending)
        self._resend.set_sending(state.resending)
        self.show_notice(state.notice)
        self._show_text()
        if state.busy and not state.resending:
            self._code_field.refuse("")
        if entered or before is None or before.problem != state.problem:
            self._draw_problem(state.problem)
        if entered or (before is not None and before.busy and not state.busy):
            self._code.setFocus()
            self._code.selectAll()
        if not entered and is_new_code:
            self.announced.emit(self._text.text())

    def introduction(self) -> tuple[str, ...]:
        """What is asked, in short and in full."""
        return (self.heading.whole_text(), self._text.text())

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self.heading.setText(self.tr("Verify your email"))
        self._code_field.set_label(self.tr("Verification code"))
        self._continue.set_texts(self.tr("Continue"), self.tr("Continuing…"))
        self._start_over.setText(self.tr("Start over"))
        self._resend.retranslate()
        self._bar.retranslate()
        self._show_text()
        if self._code_field.refusal:
            # A refusal that was taken back by typing does not come back with the language.
            problem = None if self._state is None else self._state.problem
            at_code = problem is not None and is_about(problem) is Subject.CODE
            missing = self.tr("Enter the code.")
            self._code_field.refuse(sentence(problem) if at_code and problem is not None else missing)

    def leave(self) -> None:
        """Forget the code, and whom it was sent to."""
        self._state = None
        self._put_aside = None
        self._resend.end_pause()
        self._bar.show_problem(None)
        self._forget_code()
        self._show_text()

    def cover(self) -> None:
        """Put the code aside; the next code's countdown goes on."""
        self._put_aside = self._code.text()
        self._code.forget()
        self._show_text()

    def escape(self) -> None:
        """Escape starts over."""
        self.start_over_requested.emit()

    def _show_text(self) -> None:
        self._text.setText("" if self._put_aside is not None else self._text_in_words())

    def _text_in_words(self) -> str:
        state = self._state
        if state is None:
            return ""
        destination = plain_text(state.destination, _ADDRESS_LENGTH)
        # Never empty: nothing moves when the code was sent.
        if state.sent and destination:
            return self.tr("We sent a code to {destination}.").format(destination=destination)
        if state.sent:
            return self.tr("We sent a code to your email.")
        if state.resending:
            return self.tr("We are sending you a code…")
        return self.tr("Ask for a new code to go on.")

    def _draw_problem(self, problem: Problem | None) -> None:
        at_code = problem is not None and is_about(problem) is Subject.CODE
        self._bar.show_problem(None if at_code else problem)
        if at_code and problem is not None:
            self._code_field.refuse(sentence(problem))

    def _forget_code(self) -> None:
        self._code.forget()
        self._code_field.refuse("")

    def _code_edited(self) -> None:
        self._code_field.refuse("")

    def _ask_again(self) -> None:
        if self._state is not None and not self._state.busy:
            self.resend_requested.emit()

    def _submit(self) -> None:
        if self._state is None or self._state.busy:
            return
        code = self._code.code()
        self._code_field.refuse("" if code else self.tr("Enter the code."))
        if code:
            self.confirmation_submitted.emit(code)
        else:
            self._code.setFocus()
            self.warned.emit(self._code_field.refusal)
