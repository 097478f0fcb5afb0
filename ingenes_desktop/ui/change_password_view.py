"""Changing the password of whoever is signed in: the current one, and the new one twice."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ingenes_desktop.domain.account_panel import PasswordChange
from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.messages import Subject, is_about, sentence
from ingenes_desktop.ui.session_view import SessionView
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.buttons import BusyButton, LinkButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.done_mark import DoneMark
from ingenes_desktop.ui.widgets.flow_row import FlowRow
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.new_password_fields import NewPasswordFields
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from ingenes_desktop.ui.widgets.plain_label import PlainLabel
from ingenes_desktop.ui.widgets.rule_list import RuleList


class ChangePasswordView(SessionView):
    """Draws a SignedIn whose panel is a PasswordChange."""

    WISHES = (*SessionView.WISHES, "password_change_submitted", "panel_left")
    password_change_submitted = Signal(object, object)
    """The current password and the new one, as Secrets. The fields keep what was typed until it is done or
    the view is left, so that what was refused is all that is typed again."""
    panel_left = Signal()

    def __init__(self, settings: Settings, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(settings, clock, parent)
        self._panel = PasswordChange()
        self._why_current: Callable[[], str] | None = None
        active = self.form.parentWidget()
        self._bar = NoticeBar(clock, active)
        self._current = PasswordEdit()
        self._current.edited.connect(self._show_hint)
        self._current.caps_lock_changed.connect(self._show_hint)
        self._current.refused_paste.connect(self._refuse_paste)
        # Two lines: a refusal stands there with its reference.
        self._current_field = FormField(self._current, lines=2)
        self._rules = RuleList(settings.password_policy)
        self._fields = NewPasswordFields(settings.password_policy, self._rules)
        self._fields.submitted.connect(self._submit)
        self._fields.warned.connect(self.warned)
        self._current.returnPressed.connect(self._fields.new.setFocus)
        self._change = BusyButton()
        self._change.clicked.connect(self._submit)
        self._back = LinkButton()
        self._back.clicked.connect(self.panel_left)
        self._text = PlainLabel("muted", wraps=True)
        self._finish = BusyButton()
        self._finish.clicked.connect(self.panel_left)
        self._mark = DoneMark(active)
        self._asking = QWidget(active)
        self._done = QWidget(active)
        self._lay_out()
        self.finish_aside(self._rules)
        order = (
            self._current,
            self._current.eye,
            *self._fields.stops,
            self._change,
            self._back,
            self._finish,
            *self.tools.stops,
        )
        for first, second in pairwise(order):
            self.setTabOrder(first, second)
        self.retranslate()

    def draw(self, state: SignedIn, *, entered: bool) -> None:
        """Show the panel of ``state``."""
        if not isinstance(state.panel, PasswordChange):
            return
        before, self._panel = self._panel, state.panel
        if entered:
            self._forget()
        # Not at every second of a countdown: what was refused here, or mended, stays as it is.
        if entered or self._panel != before:
            self._draw_panel(before, entered=entered)
        self.draw_session(state, state.panel.problem)

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self._show_parts()
        self._current_field.set_label(self.tr("Cu&rrent password"))
        self._fields.retranslate()
        self._change.set_texts(self.tr("&Change password"), self.tr("Changing…"))
        self._text.setText(self.tr("From now on, sign in with your new password."))
        back = self.tr("&Back to profile")
        self._back.setText(back)
        self._finish.set_texts(back, back)
        self._bar.retranslate()
        self._show_hint()
        self._show_current_refusal()

    def introduction(self) -> tuple[str, ...]:
        """The heading; and at the end what is different from now on."""
        return (*super().introduction(), *((self._text.text(),) if self._panel.done else ()))

    def leave(self) -> None:
        """Forget the passwords."""
        super().leave()
        self._panel = PasswordChange()
        self._forget()

    def cover(self) -> None:
        """The passwords are not put back."""
        super().cover()
        self._wipe()

    def go_back(self) -> None:
        """Escape goes back to the profile."""
        self.panel_left.emit()

    def refit(self) -> None:
        """Above the form the rules lie in two columns."""
        self._rules.arrange(2 if self.card.is_stacked else 1)

    # -- drawing

    def _lay_out(self) -> None:
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(0)
        asking.addSpacing(Space.SMALL)
        asking.addWidget(self._bar)
        asking.addSpacing(Space.SMALL)
        asking.addWidget(self._current_field)
        asking.addWidget(self._fields)
        asking.addSpacing(Space.SMALL)
        buttons = FlowRow(gap=Space.LARGE)
        buttons.addWidget(self._change)
        buttons.addWidget(self._back)
        asking.addLayout(buttons)
        done = QVBoxLayout(self._done)
        done.setContentsMargins(0, Space.SMALL, 0, 0)
        done.setSpacing(Space.WIDE)
        done.addWidget(self._text)
        done.addWidget(self._finish)
        self.form.insertWidget(0, self._mark)
        self.form.addWidget(self._asking)
        self.form.addWidget(self._done)
        self.form.addStretch(1)

    def _draw_panel(self, before: PasswordChange, *, entered: bool) -> None:
        panel = self._panel
        self._show_parts()
        self._current.setReadOnly(panel.busy)
        self._fields.set_read_only(panel.busy)
        self._change.set_busy(panel.busy)
        about = Subject.NONE if panel.problem is None else is_about(panel.problem)
        came_home = before.busy and not panel.busy
        if came_home:
            self._empty_what_was_refused(about)
        self._refuse(panel.problem)
        if panel.done:
            # The fields are wiped by now: they are hidden.
            self.focus_on(self._finish)
            if not entered:
                for words in self.introduction():
                    self.announced.emit(words)
        elif entered:
            self.focus_on(self._current)
        elif came_home:
            self.focus_on(self._what_to_mend(about))

    def _show_parts(self) -> None:
        done = self._panel.done
        words = self.tr("Your password was changed") if done else self.tr("Change password")
        self.heading.setText(words)
        self._asking.setVisible(not done)
        self._rules.setVisible(not done)
        self._done.setVisible(done)
        self._mark.setVisible(done)

    def _refuse(self, problem: Problem | None) -> None:
        """Say ``problem`` where it belongs, until the next attempt; None takes back whatever was said."""
        about = Subject.NONE if problem is None else is_about(problem)
        of_current, of_new = about is Subject.CURRENT_PASSWORD, about is Subject.NEW_PASSWORD
        self._bar.show_problem(None if of_current or of_new else problem)
        self._fields.show_problem(problem if of_new else None)
        self._refuse_current_with(None if problem is None or not of_current else lambda: sentence(problem))

    def _refuse_current_with(self, why: Callable[[], str] | None) -> None:
        self._why_current = why
        self._show_current_refusal()

    def _show_current_refusal(self) -> None:
        self._current_field.refuse("" if self._why_current is None else self._why_current())

    def _empty_what_was_refused(self, about: Subject) -> None:
        if about is Subject.CURRENT_PASSWORD:
            self._current.wipe()
        elif about is Subject.NEW_PASSWORD:
            self._fields.wipe()

    def _what_to_mend(self, about: Subject) -> QWidget:
        """Where the next word is typed; the button where nothing has to be."""
        if self._current.is_empty():
            return self._current
        return self._fields.new if about is Subject.NEW_PASSWORD else self._change

    def _show_hint(self) -> None:
        words = ""
        if self._current.caps_lock:
            words = self.tr("Caps Lock is on")
        elif self._current.has_outer_blanks():
            words = self.tr("A password never begins or ends with a space.")
        self._current_field.set_hint(words)

    def _wipe(self) -> None:
        self._current.wipe()
        self._fields.wipe()

    def _forget(self) -> None:
        self._wipe()
        self._refuse(None)

    # -- what the person does

    def _refuse_paste(self) -> None:
        self._ask_for_current(lambda: self.tr("That is too long for a password."))

    def _ask_for_current(self, why: Callable[[], str]) -> None:
        self._refuse_current_with(why)
        self._current.setFocus()
        self.warned.emit(self._current_field.refusal)

    def _submit(self) -> None:
        if self._panel.busy:
            return
        self._refuse(None)
        if self._current.is_empty():
            self._ask_for_current(lambda: self.tr("Enter your current password."))
            return
        new = self._fields.secret()
        if new is not None:
            self.password_change_submitted.emit(self._current.evaluate(Secret), new)
