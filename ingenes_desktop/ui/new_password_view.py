"""A new password, where Cognito asks for one before it lets the person in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ingenes_desktop.domain.auth_state import NewPasswordRequired
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.messages import Subject, is_about, sentence
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.buttons import BusyButton, LinkButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.new_password_fields import NewPasswordFields
from ingenes_desktop.ui.widgets.rule_list import RuleList


class NewPasswordView(View):
    """Draws NewPasswordRequired."""

    WISHES = ("new_password_submitted", "start_over_requested")
    new_password_submitted = Signal(object)
    """The new password as a Secret. The fields are empty by then."""
    start_over_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock)
        self._state: NewPasswordRequired | None = None
        self._bar = self.add_notice_bar()
        rules = RuleList(settings.password_policy)
        self._fields = NewPasswordFields(settings.password_policy, rules, stacked=True)
        self._fields.submitted.connect(self._submit)
        self._fields.warned.connect(self.warned)
        self._continue = BusyButton()
        self._continue.clicked.connect(self._submit)
        self._start_over = LinkButton()
        self._start_over.clicked.connect(self.start_over_requested)
        self.form.addSpacing(Space.SMALL)
        self.form.addWidget(self._fields)
        self.form.addSpacing(Space.MEDIUM)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.LARGE)
        buttons.addWidget(self._continue)
        buttons.addWidget(self._start_over)
        buttons.addStretch(1)
        self.form.addLayout(buttons)
        self.form.addStretch(1)
        self.finish_aside(rules)
        self.setTabOrder(self._fields.confirmation.eye, self._continue)
        self.setTabOrder(self._continue, self._start_over)
        self.retranslate()

    def draw(self, state: NewPasswordRequired, *, entered: bool) -> None:
        """Show ``state``."""
        before, self._state = self._state, state
        if entered:
            self._fields.wipe()
            self._fields.refuse("")
        self._fields.set_read_only(state.busy)
        self._continue.set_busy(state.busy)
        self.show_notice(state.notice)
        self._draw_problem(state.problem)
        if entered or (before is not None and before.busy and not state.busy):
            self._fields.new.setFocus()

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self.heading.setText(self.tr("Choose a new password"))
        self._fields.retranslate()
        self._continue.set_texts(self.tr("Continue"), self.tr("Continuing…"))
        self._start_over.setText(self.tr("Start over"))
        self._bar.retranslate()
        if self._state is not None:
            self._draw_problem(self._state.problem)

    def leave(self) -> None:
        """Forget what was typed."""
        self._fields.wipe()

    def cover(self) -> None:
        """What was typed are passwords; they are not put back."""
        self._fields.wipe()

    def escape(self) -> None:
        """Escape starts over."""
        self.start_over_requested.emit()

    def _draw_problem(self, problem: Problem | None) -> None:
        of_password = problem is not None and is_about(problem) is Subject.NEW_PASSWORD
        self._bar.show_problem(None if of_password else problem)
        self._fields.refuse(sentence(problem) if of_password and problem is not None else "")

    def _submit(self) -> None:
        if self._state is not None and self._state.busy:
            return
        secret = self._fields.secret()
        if secret is not None:
            self._fields.wipe()
            self.new_password_submitted.emit(secret)
