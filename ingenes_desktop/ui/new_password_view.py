"""A new password, where Cognito asks for one before it lets the person in; and what the account lacks."""

from itertools import pairwise

from PySide6.QtCore import Signal

from ingenes_desktop.domain.answer import NewPasswordAnswer
from ingenes_desktop.domain.auth_state import ChallengeRequired
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.question import NewPasswordQuestion
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.messages import Subject, is_about
from ingenes_desktop.ui.mnemonics import letters_of
from ingenes_desktop.ui.theme.theme import scaled
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.attribute_fields import AttributeFields
from ingenes_desktop.ui.widgets.buttons import BusyButton, LinkButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.flow_row import FlowRow
from ingenes_desktop.ui.widgets.new_password_fields import NewPasswordFields
from ingenes_desktop.ui.widgets.rule_list import RuleList
from ingenes_desktop.ui.widgets.time_left import TimeLeft

_HIGH = 420
"""A card that is as high has room for one password below the other."""


class NewPasswordView(View):
    """Draws ChallengeRequired with a NewPasswordQuestion."""

    WISHES = ("answer_submitted", "start_over_requested")
    answer_submitted = Signal(object)
    """A NewPasswordAnswer. The fields keep what was typed until the view is left or the password itself is
    refused, so that a lost connection or a detail to mend does not have it typed twice again."""
    start_over_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock)
        self._state: ChallengeRequired | None = None
        self._put_aside: list[str] | None = None
        self._refused: Problem | None = None
        self._bar = self.add_notice_bar()
        self._rules = RuleList(settings.password_policy)
        self._fields = NewPasswordFields(settings.password_policy, self._rules, stacked=True)
        self._fields.warned.connect(self.warned)
        self._fields.submitted.connect(self._password_typed)
        self._attributes = AttributeFields()
        self._attributes.warned.connect(self.warned)
        self._attributes.submitted.connect(self._submit)
        self._continue = BusyButton()
        self._continue.clicked.connect(self._submit)
        self._start_over = LinkButton()
        self._start_over.clicked.connect(self.start_over_requested)
        self.form.addWidget(self._fields)
        self.form.addWidget(self._attributes)
        self.gap(Space.SMALL)
        buttons = FlowRow(gap=Space.LARGE)
        buttons.addWidget(self._continue)
        buttons.addWidget(self._start_over)
        self.form.addLayout(buttons)
        self.form.addStretch(1)
        self.aside.addWidget(self._rules)
        self._time_left = TimeLeft(clock)
        self._time_left.warned.connect(self.warned)
        self.finish_aside(self._time_left)
        self.retranslate()

    def draw(self, state: ChallengeRequired, *, entered: bool) -> None:
        """Show ``state``."""
        before, self._state = self._state, state
        put_aside, self._put_aside = self._put_aside, None
        anew = entered or before is None or before.number != state.number
        if anew:
            self._begin(state)
        elif put_aside is not None:
            self._attributes.put_back(put_aside)
        self._time_left.count_until(state.until)
        for fields in (self._fields, self._attributes):
            fields.set_read_only(state.busy)
        self._continue.set_busy(state.busy)
        self.show_notice(state.notice)
        is_attempt = state.busy and not (before is not None and before.busy)
        if anew or is_attempt or before is None or before.problem != state.problem:
            self._refuse(state.problem)
        elif put_aside is not None:
            self._mark_attributes()
        if anew or (before is not None and before.busy and not state.busy):
            self._focus(state.problem)

    def introduction(self) -> tuple[str, ...]:
        """What is asked, and how long one has."""
        words = self._time_left.in_words()
        return (*super().introduction(), words) if words else super().introduction()

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self.heading.setText(self.tr("Choose a new password"))
        self._fields.retranslate()
        self._continue.set_texts(self.tr("&Continue"), self.tr("Continuing…"))
        self._start_over.setText(self.tr("&Start over"))
        self._attributes.retranslate(letters_of(self._fields, self._continue, self._start_over))
        self._bar.retranslate()
        self._time_left.retranslate()

    def leave(self) -> None:
        """Forget what was typed."""
        self._state = None
        self._put_aside = None
        self._time_left.stop()
        self._refuse(None)
        self._fields.wipe()
        self._attributes.forget()

    def cover(self) -> None:
        """Put aside what the account lacks; passwords are not put back."""
        self._put_aside = self._attributes.texts()
        self._fields.wipe()
        self._attributes.forget()

    def refit(self) -> None:
        """Above the form the rules lie in two columns; the passwords one below the other where it is high."""
        self._rules.arrange(2 if self.card.is_stacked else 1)
        high = self.card.is_stacked or self.card.minimumHeight() >= scaled(_HIGH)
        self._fields.stack(high and not self._attributes.edits)
        self._attributes.fit(self.card.form_width)

    def escape(self) -> None:
        """Escape starts over."""
        self.start_over_requested.emit()

    def _begin(self, state: ChallengeRequired) -> None:
        """Ask for a password, and for what else the account lacks; nothing is typed yet."""
        lacks = state.question.attributes if isinstance(state.question, NewPasswordQuestion) else ()
        self._fields.wipe()
        self._attributes.fit(self.card.form_width)
        self._attributes.ask_for(lacks)
        self.refit()
        order = (
            *self._fields.stops,
            *self._attributes.edits,
            self._continue,
            self._start_over,
            *self.tools.stops,
        )
        for first, second in pairwise(order):
            self.setTabOrder(first, second)

    def _refuse(self, problem: Problem | None) -> None:
        """Say ``problem`` where it belongs, until the next attempt; None takes back whatever was said."""
        self._refused = problem
        of_password = problem is not None and is_about(problem) is Subject.NEW_PASSWORD
        self._bar.show_problem(None if of_password else problem)
        self._fields.show_problem(problem if of_password else None)
        self._mark_attributes()

    def _mark_attributes(self) -> None:
        problem = self._refused
        self._attributes.mark_refused(problem is not None and is_about(problem) is Subject.ATTRIBUTES)

    def _focus(self, problem: Problem | None) -> None:
        about = Subject.NEW_PASSWORD if problem is None else is_about(problem)
        if about is Subject.NEW_PASSWORD:
            self._fields.wipe()
            self._fields.new.setFocus()
        elif about is Subject.ATTRIBUTES and self._attributes.edits:
            self._attributes.focus_on(self._attributes.edits[0])
        else:
            self._continue.setFocus()

    def _password_typed(self) -> None:
        edits = self._attributes.edits
        if edits:
            self._attributes.focus_on(edits[0])
        else:
            self._submit()

    def _submit(self) -> None:
        if self._state is None or self._state.busy:
            return
        self._refuse(None)
        secret = self._fields.secret()
        values = None if secret is None else self._attributes.values()
        if secret is not None and values is not None:
            self.answer_submitted.emit(NewPasswordAnswer(secret, values))
