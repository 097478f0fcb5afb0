"""Signing in: the form, and the five steps while they run."""

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ingenes_desktop.domain.auth_state import News, SignedOut, SigningIn, SignInStep
from ingenes_desktop.domain.email_address import MAXIMUM_LENGTH
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import AuthFlow, MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.placed_problem import PlacedProblem
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.buttons import BusyButton, Button, LinkButton
from ingenes_desktop.ui.widgets.check_box import RING_ROOM, CheckBox
from ingenes_desktop.ui.widgets.flow_row import FlowRow
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.password_field import PasswordField

if TYPE_CHECKING:
    from ingenes_desktop.ui.motion import UnderWay
    from ingenes_desktop.ui.widgets.countdown import Clock
    from ingenes_desktop.ui.widgets.step_list import StepList

_TYPING_PAUSE = 15.0
"""Seconds after which typing is news again (opened connections have gone cold)."""
_STILL_ARRIVING = 1.0
"""Seconds in which nobody has begun to type: until then the focus may follow the remembered name."""


class LoginView(View):
    """Draws SignedOut and SigningIn."""

    WISHES = (
        "sign_in_requested",
        "cancel_requested",
        "forgot_password_requested",
        "remember_toggled",
        "keep_toggled",
        "typing_started",
    )
    sign_in_requested = Signal(str, object, bool, bool)
    """The username, the password as a Secret (the field is empty by then; None where another first factor may
    be chosen and none was typed), whether to remember the name, whether to stay signed in."""
    cancel_requested = Signal()
    forgot_password_requested = Signal(str)
    """With the username typed so far."""
    remember_toggled = Signal(bool)
    keep_toggled = Signal(bool)
    typing_started = Signal()
    """A field was edited: for the first time, or after a pause of 15 s."""

    def __init__(self, settings: Settings, clock: "Clock", parent: QWidget | None = None) -> None:
        super().__init__(settings, clock, parent)
        self._state: SignedOut | SigningIn = SignedOut()
        self._typed = False
        self._set_aside: str | None = None
        self._typing_since: float | None = None
        self._entered_at = clock()
        self._steps: StepList | None = None
        self.gap(Space.SMALL)
        self._bar = self.add_notice_bar()
        self.gap(Space.SMALL)

        active = self.form.parentWidget()
        self._email = QLineEdit(active)
        self._email.setMaxLength(MAXIMUM_LENGTH)
        self._email.textEdited.connect(self._email_edited)
        self._email.returnPressed.connect(self._email_done)
        self._email_field = FormField(self._email, active)
        self._password_field = PasswordField(active, lines=2)
        self._password_field.typed.connect(self._note_typing)
        self._password_field.announced.connect(self.announced)
        self._password_field.warned.connect(self.warned)
        self._password = self._password_field.password
        self._password.returnPressed.connect(self._submit)
        self._may_be_empty = settings.auth_flow is AuthFlow.USER_AUTH
        if self._may_be_empty:
            self._password_field.allow_empty()
        self._placed = PlacedProblem(
            self._bar, clock, self, email=self._email_field, password=self._password_field
        )
        self._placed.expired.connect(self._wait_over)
        self.form.addWidget(self._email_field)
        self.form.addWidget(self._password_field)

        self._remember = CheckBox(active)
        # Not "clicked": a screen reader toggles the box without a click.
        self._remember.toggled.connect(self.remember_toggled)
        self._remember.setVisible(settings.machine is not MachineKind.KIOSK)
        self._keep: CheckBox | None = None
        if settings.machine is MachineKind.PERSONAL:
            self._keep = CheckBox(active)
            self._keep.toggled.connect(self.keep_toggled)
        self._forgot = LinkButton(active)
        self._forgot.clicked.connect(self._forget)
        self._sign_in = BusyButton(active, clock=clock)
        self._sign_in.clicked.connect(self._submit)
        self._cancel = Button("quiet", active)
        # Space and Escape cancel, Enter does not: whoever pressed it twice to sign in means to sign in.
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.cancel_requested)
        self._lay_out_buttons()
        self.finish_aside(None)
        boxes = (self._remember,) if self._keep is None else (self._remember, self._keep)
        stops = (self._email, self._password, self._password.eye, *boxes, self._sign_in)
        for first, second in pairwise((*stops, self._cancel, self._forgot, *self.tools.stops)):
            self.setTabOrder(first, second)
        self.retranslate()

    def draw(self, state: SignedOut | SigningIn, *, entered: bool) -> None:
        """Show ``state``; ``entered`` says that another view was shown before."""
        before, self._state = self._state, state
        put_back, self._set_aside = self._set_aside, None
        if entered:
            self._entered_at = self.clock()
            self._typed = False
            self._email.setText(state.username)
        elif _was_cleared(before, state):
            self._clear(state.username)
        elif put_back is not None:
            self._email.setText(put_back)
            self._placed.say()
        elif not self._typed and not self._email.text() and state.username:
            self._recall(state.username)
        self._draw_parts()
        if isinstance(state, SigningIn):
            step_before = before.step if isinstance(before, SigningIn) and not entered else None
            self._draw_step(state.step, step_before)
        elif entered or isinstance(before, SigningIn):
            wants_email = self._placed.field is self._email_field or not self._email.text()
            (self._email if wants_email else self._password).setFocus()
        self._look_whose_lock()

    def refit(self) -> None:
        """In the band above the form the steps stand beside each other."""
        if self._steps is not None:
            self._steps.set_beside(self.card.is_stacked)

    def introduction(self) -> tuple[str, ...]:
        """Where one is, and the good news."""
        news = self._state.news if isinstance(self._state, SignedOut) else None
        return super().introduction() if news is None else (self.heading.whole_text(), self._bar.text)

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self.heading.setText(self.tr("Sign in"))
        self._email_field.set_label(self.tr("&Email"))
        self._password_field.retranslate()
        self._remember.setText(self.tr("&Remember me"))
        if self._keep is not None:
            self._keep.setText(self.tr("&Keep me signed in"))
        self._forgot.setText(self.tr("&Forgot password?"))
        self._sign_in.set_texts(self.tr("&Sign in"), self.tr("Signing in…"))
        self._cancel.setText(self.tr("Ca&ncel"))
        self._bar.retranslate()
        self._placed.say()
        if self._email_field.refusal and self._placed.field is not self._email_field:
            self._email_field.refuse(self.tr("Enter your email."))
        self._show_news()
        if self._steps is not None:
            self._steps.retranslate()

    def leave(self) -> None:
        """Forget what was typed: somebody else may be next."""
        self._set_aside = None
        self._placed.show(None)
        if self._steps is not None:
            self._under_way.end()
        self._password_field.forget()
        self._email_field.refuse("")
        # Not clear(): that keeps the undo history, and the next person could bring the name back.
        self._email.setText("")

    def cover(self) -> None:
        """Put the name aside."""
        self._set_aside = self._email.text()
        self._password_field.forget()
        self._email.setText("")

    def escape(self) -> None:
        """Escape cancels a sign-in that runs."""
        if isinstance(self._state, SigningIn):
            self.cancel_requested.emit()

    # -- drawing

    def _lay_out_buttons(self) -> None:
        boxes = QHBoxLayout()
        boxes.addSpacing(-RING_ROOM)
        options = FlowRow(gap=Space.WIDE)
        options.addWidget(self._remember)
        if self._keep is not None:
            options.addWidget(self._keep)
        boxes.addLayout(options, 1)
        self.form.addLayout(boxes)
        self.gap(Space.MEDIUM)
        buttons = FlowRow()
        buttons.addWidget(self._sign_in)
        # Either the one or the other; the row is as high and as wide with both.
        buttons.stand_in(self._cancel)
        buttons.push(self._forgot)
        room = self._forgot.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self._forgot.setSizePolicy(room)
        self.form.addLayout(buttons)
        self.form.addStretch(1)

    def _draw_parts(self) -> None:
        state = self._state
        running = isinstance(state, SigningIn)
        self._email.setReadOnly(running)
        self._password.setReadOnly(running)
        with QSignalBlocker(self._remember):
            self._remember.setChecked(state.remember)
        self._remember.setEnabled(not running)
        if self._keep is not None:
            with QSignalBlocker(self._keep):
                self._keep.setChecked(state.keep)
            self._keep.setEnabled(not running)
        self._forgot.setVisible(not running)
        self._sign_in.set_busy(running)
        self._cancel.setVisible(running)
        self._placed.show(state.problem if isinstance(state, SignedOut) else None)
        self._show_news()
        self.show_notice(state.notice)
        if not running and self._steps is not None:
            self._under_way.end()

    def _draw_step(self, step: SignInStep, before: SignInStep | None) -> None:
        from ingenes_desktop.ui.widgets.step_list import (  # noqa: PLC0415  not before the first paint
            StepList,
            step_in_words,
        )

        if self._steps is None:
            self._steps = StepList(self.aside.parentWidget())
            self._steps.hide()
            # After the wordmark and its space; before the stretch.
            self.aside.insertWidget(2, self._steps)
            self._steps.set_beside(self.card.is_stacked)
        self._steps.show_step(step)
        if before is None:
            self._email_field.refuse("")
            self._password_field.refuse("")
            self._cancel.setFocus()
        self._under_way.begin()
        if step is not before:
            self.announced.emit(step_in_words(step))

    @cached_property
    def _under_way(self) -> "UnderWay":
        from ingenes_desktop.ui.motion import UnderWay  # noqa: PLC0415  not before the first paint

        # The steps do not move by themselves.
        under_way = UnderWay(self, clock=self.clock, may_move=lambda: False)
        under_way.changed.connect(self._show_steps)
        return under_way

    def _show_steps(self) -> None:
        if self._steps is not None:
            self.stand_in(self._steps if self._under_way.is_shown else None)

    def _clear(self, username: str) -> None:
        """Nobody has been here for a while: what was typed is not for the next one."""
        self._typed = False
        self._password_field.forget()
        self._email.setText(username)
        self._email_field.refuse("")
        self._email.setFocus()

    def _recall(self, username: str) -> None:
        """The keyring answered: the name goes in where nothing was typed."""
        at_email = self._email.hasFocus() or self.focusWidget() is self._email
        self._email.setText(username)
        if at_email and self.clock() - self._entered_at < _STILL_ARRIVING:
            self._password.setFocus()
        elif at_email:
            self._email.selectAll()

    def _show_news(self) -> None:
        news = self._state.news if isinstance(self._state, SignedOut) else None
        if news is None:
            self._bar.show_news("")
        elif news is News.EMAIL_VERIFIED:
            self._bar.show_news(self.tr("Your email is verified. You can sign in now."))

    def _look_whose_lock(self) -> None:
        """Too many attempts are one account's: a colleague who types another name is told nothing of them."""
        problem = self._placed.problem
        if problem is not None and problem.code is ErrorCode.LOCKED_OUT:
            is_another = self._email.text().strip().casefold() != self._state.username.strip().casefold()
            self._placed.silence(is_another)

    def _wait_over(self) -> None:
        if self.isVisible():  # else nobody waits for it here
            self.announced.emit(self.tr("You can try again."))

    # -- what the person does

    def _email_edited(self) -> None:
        self._typed = True
        self._look_whose_lock()
        self._note_typing()

    def _note_typing(self) -> None:
        now = self.clock()
        if self._typing_since is None or now - self._typing_since >= _TYPING_PAUSE:
            self._typing_since = now
            self.typing_started.emit()

    def _email_done(self) -> None:
        if not self._email.isReadOnly():
            self._password.setFocus()

    def _forget(self) -> None:
        self.forgot_password_requested.emit(self._email.text().strip())

    def _submit(self) -> None:
        if isinstance(self._state, SigningIn):
            return
        username = self._email.text().strip()
        no_password = self._password.is_empty() and not self._may_be_empty
        self._email_field.refuse("" if username else self.tr("Enter your email."))
        if self._placed.give_way():
            self._password_field.refuse("")
            if no_password:
                self._password_field.ask()
        if not username:
            self._email.setFocus()
            self.warned.emit(self._email_field.refusal)
        elif no_password:
            self._password.setFocus()
            self.warned.emit(self._password_field.refusal)
        else:
            secret = self._password_field.take()
            keep = self._keep is not None and self._keep.isChecked()
            self.sign_in_requested.emit(username, secret, self._remember.isChecked(), keep)


def _was_cleared(before: SignedOut | SigningIn, state: SignedOut | SigningIn) -> bool:
    cleared = before.cleared if isinstance(before, SignedOut) else 0
    return isinstance(state, SignedOut) and state.cleared > cleared
