"""What Cognito asks before it lets a person in; a new password has a view of its own."""

from itertools import pairwise
from typing import assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QWidget

from ingenes_desktop.domain.answer import Answer
from ingenes_desktop.domain.auth_state import ChallengeRequired
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.question import (
    AnswerableQuestion,
    AuthenticatorQuestion,
    ChoiceQuestion,
    CodeQuestion,
    CustomQuestion,
    EmailQuestion,
    NewPasswordQuestion,
    PasswordQuestion,
)
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.challenge.authenticator_form import AuthenticatorForm
from ingenes_desktop.ui.challenge.choice_form import ChoiceForm
from ingenes_desktop.ui.challenge.code_form import CodeForm
from ingenes_desktop.ui.challenge.custom_form import CustomForm
from ingenes_desktop.ui.challenge.email_form import EmailForm
from ingenes_desktop.ui.challenge.password_form import PasswordForm
from ingenes_desktop.ui.challenge.question_form import QuestionForm
from ingenes_desktop.ui.theme.theme import set_role
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.buttons import BusyButton, LinkButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.flow_row import FlowRow
from ingenes_desktop.ui.widgets.plain_label import PlainLabel
from ingenes_desktop.ui.widgets.time_left import TimeLeft

_LONG_WORD = 24
"""Characters that have room on a line of the narrowest card."""
_MAY_BREAK = "\u200b"
"""A zero width space."""


class ChallengeView(View):
    """Draws ChallengeRequired: one small form for each kind of question, made when it is first asked."""

    WISHES = ("answer_submitted", "start_over_requested")
    answer_submitted = Signal(object)
    """An Answer."""
    start_over_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock)
        self._state: ChallengeRequired | None = None
        self._is_covered = False
        self._forms: dict[type[AnswerableQuestion], QuestionForm] = {}
        self._form: QuestionForm | None = None
        self._text = PlainLabel("muted", wraps=True)
        # A far end's long word does not widen the card; it is broken (see _breakable).
        policy = self._text.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self._text.setSizePolicy(policy)
        self.gap(Space.HAIR)
        self.form.addWidget(self._text)
        self._bar = self.add_notice_bar()
        self._place = self.form.count()
        self._continue = BusyButton()
        self._continue.clicked.connect(self._submit)
        self._start_over = LinkButton()
        self._start_over.clicked.connect(self.start_over_requested)
        self.gap(Space.SMALL)
        self._lay_out_buttons()
        self.form.addStretch(1)
        self._time_left = TimeLeft(clock)
        self._time_left.warned.connect(self.warned)
        self.finish_aside(self._time_left)
        self.retranslate()

    def draw(self, state: ChallengeRequired, *, entered: bool) -> None:
        """Show ``state``."""
        before, self._state = self._state, state
        was_covered, self._is_covered = self._is_covered, False
        anew = entered or before is None or (before.number, before.question) != (state.number, state.question)
        form = self._form_for(state.question)
        if anew:
            form.ask(state.question)
            self._put_in_tab_order(form)
        elif was_covered:
            form.put_back(state.question)
        self._time_left.count_until(state.until)
        self._continue.setVisible(form.has_button)
        # A link that stands alone begins where the lines above it do.
        self._outdent.changeSize(0 if form.has_button else -Space.SMALL, 0)
        self._continue.set_busy(state.busy)
        form.set_busy(state.busy)
        self.show_notice(state.notice)
        self._show_words()
        if anew or before is None or before.problem != state.problem:
            at_field = form.show_problem(state.problem)
            self._bar.show_problem(None if at_field else state.problem)
        if anew or (before is not None and before.busy and not state.busy):
            form.take_focus()
        if anew and not entered:
            for words in self.introduction():
                self.announced.emit(words)

    def introduction(self) -> tuple[str, ...]:
        """What is asked, in short and in full, and how long one has to answer."""
        said = (self.heading.whole_text(), self._text.text(), self._time_left.in_words())
        return tuple(words for words in said if words)

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self._continue.set_texts(self.tr("&Continue"), self.tr("Continuing…"))
        self._start_over.setText(self.tr("&Start over"))
        self._bar.retranslate()
        self._time_left.retranslate()
        if self._form is not None:
            self._form.retranslate()
        self._show_words()

    def refit(self) -> None:
        """The forms follow the card."""
        for form in self._forms.values():
            form.fit(self.card.form_width, tight=self.card.is_tight)

    def leave(self) -> None:
        """Forget every question and every answer."""
        self._state = None
        self._is_covered = False
        self._time_left.stop()
        self._bar.show_problem(None)
        for form in self._forms.values():
            form.forget()
        self._show_words()

    def cover(self) -> None:
        """Put aside what was asked and typed; the time goes on."""
        self._is_covered = True
        if self._form is not None:
            self._form.put_aside()
        self._show_words()

    def escape(self) -> None:
        """Escape starts over."""
        self.start_over_requested.emit()

    # -- within

    def _lay_out_buttons(self) -> None:
        self._outdent = QSpacerItem(0, 0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addSpacerItem(self._outdent)
        buttons = FlowRow(gap=Space.LARGE)
        buttons.addWidget(self._continue)
        buttons.addWidget(self._start_over)
        row.addLayout(buttons, 1)
        self.form.addLayout(row)

    def _form_for(self, question: AnswerableQuestion) -> QuestionForm:
        """The form for this kind of question, in its place; the one before has forgotten everything."""
        kind = type(question)
        form = self._forms.get(kind)
        if form is None:
            form = self._forms[kind] = self._new_form(question)
            form.answered.connect(self._answer)
            form.announced.connect(self.announced)
            form.warned.connect(self.warned)
            form.fit(self.card.form_width, tight=self.card.is_tight)
            self.form.insertWidget(self._place, form)
        if form is not self._form:
            if self._form is not None:
                self._form.forget()
                self._form.hide()
            form.show()
            self._form = form
        return form

    def _new_form(self, question: AnswerableQuestion) -> QuestionForm:
        match question:
            case CodeQuestion():
                return CodeForm()
            case ChoiceQuestion():
                return ChoiceForm()
            case PasswordQuestion():
                return PasswordForm()
            case AuthenticatorQuestion():
                # On a kiosk nothing is copied: the next person could paste it.
                return AuthenticatorForm(selectable=self.settings.machine is not MachineKind.KIOSK)
            case EmailQuestion():
                return EmailForm()
            case CustomQuestion():
                return CustomForm()
            case NewPasswordQuestion():
                raise NotImplementedError("it has a view of its own")
            case _:
                assert_never(question)

    def _put_in_tab_order(self, form: QuestionForm) -> None:
        """From the form to the buttons, whichever was made first."""
        within = [each for each in form.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for first, second in pairwise([*within, self._continue, self._start_over, *self.tools.stops]):
            self.setTabOrder(first, second)

    def _show_words(self) -> None:
        form = None if self._state is None or self._is_covered else self._form
        self.heading.setText("" if form is None else form.heading_in_words())
        text = "" if form is None else form.text_in_words()
        # The clinic's own question is the main thing here, and not a word beside it.
        set_role(self._text, "" if isinstance(form, CustomForm) else "muted")
        self._text.setText(_breakable(text))
        self._text.setVisible(bool(text))

    def _submit(self) -> None:
        if self._form is not None and self._state is not None and not self._state.busy:
            self._form.submit()

    def _answer(self, answer: Answer) -> None:
        if self._state is not None and not self._state.busy:
            self.answer_submitted.emit(answer)


def _breakable(text: str) -> str:
    """``text`` with a place to break the line in each word that has no room on one."""
    return " ".join(
        _MAY_BREAK.join(word[start : start + _LONG_WORD] for start in range(0, len(word), _LONG_WORD))
        for word in text.split(" ")
    )
