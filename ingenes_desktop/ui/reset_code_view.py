"""Resetting a forgotten password, second step: the code that was sent, and the new password."""

from itertools import pairwise

from PySide6.QtCore import Signal

from ingenes_desktop.domain.auth_state import ResetCodeSent
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.messages import Subject, is_about, sentence
from ingenes_desktop.ui.sent_code_view import SentCodeView, shown_address
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.buttons import BusyButton, LinkButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.flow_row import FlowRow
from ingenes_desktop.ui.widgets.new_password_fields import NewPasswordFields
from ingenes_desktop.ui.widgets.rule_list import RuleList


class ResetCodeView(SentCodeView[ResetCodeSent]):
    """Draws ResetCodeSent. The words are the same whether or not the account exists."""

    WISHES = (*SentCodeView.WISHES, "reset_submitted", "other_email_requested", "back_requested")
    BESIDE = (*SentCodeView.BESIDE, Subject.NEW_PASSWORD)
    reset_submitted = Signal(str, object)
    """The code, and the new password as a Secret. The fields keep what was typed until the view is left,
    so that a mistyped code is all that is typed again."""
    other_email_requested = Signal()
    back_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock, lines=1)
        self._rules = RuleList(settings.password_policy)
        self._fields = NewPasswordFields(settings.password_policy, self._rules)
        self._fields.submitted.connect(self._submit)
        self._fields.warned.connect(self.warned)
        self.code.returnPressed.connect(self._code_typed)
        self._reset = BusyButton()
        self._reset.clicked.connect(self._submit)
        self._other_email = LinkButton()
        self._other_email.clicked.connect(self.other_email_requested)
        self._back = LinkButton()
        self._back.clicked.connect(self.back_requested)
        self.form.addWidget(self.code_field)
        self.gap(Space.SMALL)
        self.form.addWidget(self._fields)
        self.gap(Space.SMALL)
        buttons = FlowRow(gap=Space.LARGE)
        for button in (self._reset, self._back):
            buttons.addWidget(button)
        self.form.addLayout(buttons)
        self.gap(Space.HAIR)
        self.add_links(self.resend, self._other_email)
        self.form.addStretch(1)
        self.finish_aside(self._rules)
        order = (
            self.code,
            *self._fields.stops,
            self._reset,
            self._back,
            self.resend,
            self._other_email,
            *self.tools.stops,
        )
        for first, second in pairwise(order):
            self.setTabOrder(first, second)
        self.retranslate()

    def draw(self, state: ResetCodeSent, *, entered: bool) -> None:
        """Show ``state``."""
        self._fields.set_read_only(state.busy)
        self._reset.set_busy(state.busy and not state.resending)
        self.draw_code(state, entered=entered)

    def refit(self) -> None:
        """Above the form the rules lie in two columns."""
        self._rules.arrange(2 if self.card.is_stacked else 1)

    def introduction(self) -> tuple[str, ...]:
        """What is asked; in full where nobody asked for it."""
        demanded = self.state is not None and self.state.demanded
        return (self.heading.whole_text(), self._text.text()) if demanded else super().introduction()

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self.heading.setText(self.tr("Enter the verification code"))
        self._fields.retranslate()
        self._reset.set_texts(self.tr("&Reset password"), self.tr("Resetting…"))
        self._other_email.setText(self.tr("&Use a different email"))
        self._back.setText(self.tr("&Back to sign in"))

    def cover(self) -> None:
        """Put the code aside; the passwords are not put back."""
        super().cover()
        self._fields.wipe()

    def escape(self) -> None:
        """Escape goes back to the sign-in form."""
        self.back_requested.emit()

    # -- drawing

    def text_in_words(self, state: ResetCodeSent) -> str:
        """What is asked, and where the code was sent."""
        destination = shown_address(state.destination)
        if state.demanded:
            # That there is such an account was said by the demand.
            words = self.tr("We sent a code to {destination}.")
            words = words.format(destination=destination or self.tr("your registered address"))
            return f"{sentence(Problem(ErrorCode.RESET_REQUIRED, ''))} {words}"
        words = self.tr("If an account exists for {email}, we sent a code to {destination}.")
        return words.format(
            email=shown_address(state.username),
            destination=destination or self.tr("its registered address"),
        )

    def refuse(self, problem: Problem | None) -> None:
        """Say what is wrong with the new password beside it."""
        super().refuse(problem)
        of_password = problem is not None and is_about(problem) is Subject.NEW_PASSWORD
        self._fields.show_problem(problem if of_password else None)

    def mend(self, problem: Problem | None) -> None:
        """What was refused is typed again; where nothing was, the button sends it once more."""
        about = Subject.CODE if problem is None else is_about(problem)
        if about is Subject.NEW_PASSWORD:
            self._fields.wipe()
            self._fields.new.setFocus()
        elif about is Subject.CODE:
            super().mend(problem)
        else:
            self._reset.setFocus()

    def forget(self) -> None:
        """Forget the passwords too."""
        super().forget()
        self._fields.wipe()

    # -- what the person does

    def _code_typed(self) -> None:
        """On to the passwords; after a mistyped code they stand, and nothing else is missing."""
        if self._fields.new.is_empty() or self._fields.confirmation.is_empty():
            self._fields.new.setFocus()
        else:
            self._submit()

    def _submit(self) -> None:
        if self.state is None or self.state.busy:
            return
        code = self.taken_code()
        secret = self._fields.secret() if code else None
        if secret is not None:
            self.reset_submitted.emit(code, secret)
