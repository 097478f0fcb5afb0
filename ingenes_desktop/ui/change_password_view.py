"""Changing the password of whoever is signed in: the current one, and the new one twice."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

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
        self._is_too_long = False
        active = self.form.parentWidget()
        self._bar = NoticeBar(clock, active)
        self._current = PasswordEdit()
        self._current.edited.connect(self._current_edited)
        self._current.caps_lock_changed.connect(self._show_hint)
        self._current.refused_paste.connect(self._refuse_paste)
        # Two lines: a refusal stands there with its reference.
        self._current_field = FormField(self._current, lines=2)
        self._rules = RuleList(settings.password_policy)
        self._fields = NewPasswordFields(settings.password_policy, self._rules, stacked=False)
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
        self._asking = QWidget(active)
        self._done = QWidget(active)
        self._lay_out()
        self.finish_aside(self._rules)
        order = (
            self._current,
            self._current.eye,
            self._fields.new,
            self._fields.new.eye,
            self._fields.confirmation,
            self._fields.confirmation.eye,
            self._change,
            self._back,
            self._finish,
            self.language_menu,
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
        self._current_field.set_label(self.tr("Current password"))
        stands = self._fields.is_refused
        self._fields.retranslate()
        self._change.set_texts(self.tr("Change password"), self.tr("Changing…"))
        self._text.setText(self.tr("From now on, sign in with your new password."))
        back = self.tr("Back to profile")
        self._back.setText(back)
        self._finish.set_texts(back, back)
        self._bar.retranslate()
        self._show_hint()
        shown, problem = self._current_field.refusal, self._panel.problem
        if shown:
            self._current_field.refuse(self._own_refusal())
        about = Subject.NONE if problem is None else is_about(problem)
        if (shown and about is Subject.CURRENT_PASSWORD) or (stands and about is Subject.NEW_PASSWORD):
            # A refusal that was taken back by typing does not come back with the language.
            self._draw_problem(problem)

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
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.LARGE)
        buttons.addWidget(self._change)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        asking.addLayout(buttons)
        done = QVBoxLayout(self._done)
        done.setContentsMargins(0, Space.MEDIUM, 0, 0)
        done.setSpacing(Space.WIDE)
        done.addWidget(self._text)
        done.addWidget(self._finish)
        self.form.addWidget(self._asking)
        self.form.addWidget(self._done)
        self.form.addStretch(1)

    def _draw_panel(self, before: PasswordChange, *, entered: bool) -> None:
        panel = self._panel
        self._show_parts()
        self._current.setReadOnly(panel.busy)
        self._fields.set_read_only(panel.busy)
        self._change.set_busy(panel.busy)
        if panel.busy:
            self._current_field.refuse("")
        about = Subject.NONE if panel.problem is None else is_about(panel.problem)
        came_home = before.busy and not panel.busy
        if came_home:
            self._empty_what_was_refused(about)
        self._draw_problem(panel.problem)
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

    def _draw_problem(self, problem: Problem | None) -> None:
        about = Subject.NONE if problem is None else is_about(problem)
        text = "" if problem is None else sentence(problem)
        at_a_field = about in (Subject.CURRENT_PASSWORD, Subject.NEW_PASSWORD)
        self._bar.show_problem(None if at_a_field else problem)
        if about is Subject.CURRENT_PASSWORD:
            self._current_field.refuse(text)
        self._fields.refuse(text if about is Subject.NEW_PASSWORD else "")

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

    def _own_refusal(self) -> str:
        if self._is_too_long:
            return self.tr("That is too long for a password.")
        return self.tr("Enter your current password.")

    def _wipe(self) -> None:
        self._current.wipe()
        self._fields.wipe()

    def _forget(self) -> None:
        self._wipe()
        self._current_field.refuse("")
        self._fields.refuse("")
        self._bar.show_problem(None)

    # -- what the person does

    def _current_edited(self) -> None:
        self._show_hint()
        self._is_too_long = False
        self._current_field.refuse("")

    def _refuse_paste(self) -> None:
        self._is_too_long = True
        self._refuse_current()

    def _refuse_current(self) -> None:
        self._current_field.refuse(self._own_refusal())
        self._current.setFocus()
        self.warned.emit(self._current_field.refusal)

    def _submit(self) -> None:
        if self._panel.busy:
            return
        if self._current.is_empty():
            self._refuse_current()
            return
        new = self._fields.secret()
        if new is not None:
            self.password_change_submitted.emit(self._current.evaluate(Secret), new)
