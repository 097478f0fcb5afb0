"""Two-step verification of whoever is signed in: what is on, setting an app up, turning it off."""

from enum import Enum, unique
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ingenes_desktop.domain.account_panel import TwoStep
from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.session_view import SessionView
from ingenes_desktop.ui.theme.tokens import Size, Space
from ingenes_desktop.ui.two_step_words import factors_in_words, turning_off_in_words
from ingenes_desktop.ui.widgets.authenticator_set_up import AuthenticatorSetUp
from ingenes_desktop.ui.widgets.buttons import BusyButton, Button, LinkButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from ingenes_desktop.ui.widgets.plain_label import PlainLabel
from ingenes_desktop.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from ingenes_desktop.domain.errors import Problem


@unique
class _Stage(Enum):
    READING = "reading"
    UNREAD = "unread"
    """Reading came to nothing."""
    KNOWN = "known"
    TURNING_OFF = "turning_off"
    """The second, deliberate step before an app is turned off."""
    SETTING_UP = "setting_up"


class TwoStepView(SessionView):
    """Draws a SignedIn whose panel is a TwoStep."""

    WISHES = (
        *SessionView.WISHES,
        "two_step_requested",
        "authenticator_requested",
        "authenticator_code_submitted",
        "authenticator_left",
        "authenticator_off_requested",
        "panel_left",
    )
    two_step_requested = Signal()
    """Read once more what is on."""
    authenticator_requested = Signal()
    authenticator_code_submitted = Signal(str)
    """The app's first code, without blanks and dashes."""
    authenticator_left = Signal()
    authenticator_off_requested = Signal()
    panel_left = Signal()

    def __init__(self, settings: Settings, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(settings, clock, parent)
        self._panel = TwoStep()
        self._stage = _Stage.READING
        self._is_turning_off = False
        self._dismissed: Problem | None = None
        active = self.form.parentWidget()
        # One place for what to do and for what went wrong: nothing moves when one follows the other.
        self._place = QWidget(active)
        self._place.setFixedHeight(Size.NOTICE)
        self._instruction = PlainLabel("muted", self._place, wraps=True)
        self._bar = NoticeBar(clock, self._place)
        self._status = PlainLabel("", active, wraps=True)
        self._line = ProgressLine(active)
        self._set_up = AuthenticatorSetUp(active, selectable=settings.machine is not MachineKind.KIOSK)
        self._set_up.code_given.connect(self._submit_code)
        self._set_up.warned.connect(self.warned)
        self._again = BusyButton(active)
        self._again.clicked.connect(self.two_step_requested)
        self._begin = BusyButton(active)
        self._begin.clicked.connect(self._ask_for_a_key)
        self._continue = BusyButton(active)
        self._continue.clicked.connect(self._set_up.submit)
        self._off_now = BusyButton(active)
        self._off_now.clicked.connect(self._ask_to_turn_off)
        self._off = Button("quiet", active)
        self._off.clicked.connect(self._think_of_turning_off)
        self._keep_on = LinkButton(active)
        self._keep_on.clicked.connect(self._keep_it_on)
        self._cancel = LinkButton(active)
        self._cancel.clicked.connect(self.authenticator_left)
        self._back = LinkButton(active)
        self._back.clicked.connect(self.panel_left)
        self._calm = PlainLabel("aside", wraps=True)
        self._ways = (
            self._again,
            self._begin,
            self._continue,
            self._off_now,
            self._off,
            self._keep_on,
            self._cancel,
        )
        self._lay_out()
        self.finish_aside(self._calm)
        for first, second in pairwise((self._set_up.code, *self._ways, self._back, self.language_menu)):
            self.setTabOrder(first, second)
        self.retranslate()
        self._show_widgets()

    def draw(self, state: SignedIn, *, entered: bool) -> None:
        """Show the panel of ``state``."""
        if not isinstance(state.panel, TwoStep):
            return
        before, self._panel = self._panel, state.panel
        came_home = before.busy and not self._panel.busy
        if entered or came_home:
            # What was asked for is done or was refused: the next time is a step of its own.
            self._is_turning_off = False
        if self._panel.key is None:
            self._set_up.forget()
        if entered or self._panel != before:
            self._show_stage(entered=entered)
        if came_home and self._stage is _Stage.SETTING_UP and before.key is not None:
            self._mend()
        self.draw_session(state, self._panel.problem)

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self._instruction.setText(self.tr("Scan this code with your authenticator app, or type the key."))
        self._calm.setText(
            self.tr("With two-step verification nobody can sign in with a stolen password alone.")
        )
        self._set_up.retranslate()
        self._bar.retranslate()
        again = self.tr("Try again")
        self._again.set_texts(again, again)
        self._continue.set_texts(self.tr("Continue"), self.tr("Continuing…"))
        self._off.setText(self.tr("Turn off…"))
        self._off_now.set_texts(self.tr("Turn off"), self.tr("Turning off…"))
        self._keep_on.setText(self.tr("Keep it on"))
        self._cancel.setText(self.tr("Cancel"))
        self._back.setText(self.tr("Back to profile"))
        self._put_words()

    def introduction(self) -> tuple[str, ...]:
        """The heading, and what there is to do or to know."""
        match self._stage:
            case _Stage.UNREAD:
                return super().introduction()
            case _Stage.SETTING_UP:
                return (*super().introduction(), self._instruction.text())
            case _:
                return (*super().introduction(), self._status.text())

    def leave(self) -> None:
        """Forget key and code."""
        super().leave()
        self._dismissed = None
        self._forget()

    def cover(self) -> None:
        """Forget them until the next draw, which brings the key back, but not the code."""
        super().cover()
        self._forget()

    def go_back(self) -> None:
        """Escape goes back by one step."""
        match self._stage:
            case _Stage.SETTING_UP:
                self.authenticator_left.emit()
            case _Stage.TURNING_OFF if not self._panel.busy:
                self._keep_it_on()
            case _:
                self.panel_left.emit()

    # -- drawing

    def _lay_out(self) -> None:
        place = QVBoxLayout(self._place)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self._instruction)
        place.addWidget(self._bar)
        self.form.addSpacing(Space.SMALL)
        self.form.addWidget(self._place)
        self.form.addSpacing(Space.SMALL)
        self.form.addWidget(self._status)
        self.form.addSpacing(Space.HAIR)
        self.form.addWidget(self._line)
        self.form.addWidget(self._set_up)
        self.form.addSpacing(Space.MEDIUM)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.LARGE)
        for way in self._ways:
            buttons.addWidget(way)
        buttons.addStretch(1)
        self.form.addLayout(buttons)
        self.form.addSpacing(Space.SMALL)
        self.form.addWidget(self._back)
        self.form.addStretch(1)

    def _forget(self) -> None:
        self._panel = TwoStep()
        self._stage = _Stage.READING
        self._is_turning_off = False
        self._bar.show_problem(None)
        self._set_up.forget()
        self._put_words()
        self._show_widgets()

    def _show_stage(self, *, entered: bool) -> None:
        panel = self._panel
        before, self._stage = self._stage, self._stage_now()
        stage = self._stage
        # In this order: what is shown is laid out at once, and the words of before could widen the card.
        self._put_words()
        self._show_widgets()
        self._begin.set_busy(panel.busy and stage is _Stage.KNOWN)
        self._continue.set_busy(panel.busy)
        self._off_now.set_busy(panel.busy)
        self._set_up.set_busy(panel.busy)
        self._set_up.show_key(panel.key)
        problem = None if panel.problem == self._dismissed else panel.problem
        at_the_field = stage is _Stage.SETTING_UP and self._set_up.show_problem(problem)
        in_the_bar = problem is not None and not at_the_field
        self._bar.show_problem(problem if in_the_bar else None)
        self._bar.setVisible(in_the_bar)
        self._instruction.setVisible(stage is _Stage.SETTING_UP and not in_the_bar)
        if entered or stage is not before:
            self.focus_on(self._where_to_begin())
            if not entered and problem is None:
                heading, *more = self.introduction()
                for words in [heading, *more] if stage is _Stage.SETTING_UP else more:
                    self.announced.emit(words)

    def _show_widgets(self) -> None:
        factors = self._panel.factors
        shown: dict[_Stage, tuple[QWidget, ...]] = {
            _Stage.READING: (self._status, self._line, self._back),
            _Stage.UNREAD: (self._again, self._back),
            _Stage.KNOWN: (self._status, self._begin, self._back),
            _Stage.TURNING_OFF: (self._status, self._off_now, self._keep_on),
            _Stage.SETTING_UP: (self._set_up, self._continue, self._cancel),
        }
        now = {*shown[self._stage]}
        if self._stage is _Stage.KNOWN and factors is not None and factors.has_authenticator:
            now.add(self._off)
        for each in {part for parts in shown.values() for part in parts} | {self._off}:
            if each not in now:
                each.hide()
        for each in now:
            each.show()

    def _stage_now(self) -> _Stage:
        panel = self._panel
        if panel.key is not None:
            return _Stage.SETTING_UP
        if panel.factors is None:
            return _Stage.READING if panel.busy else _Stage.UNREAD
        return _Stage.TURNING_OFF if self._is_turning_off else _Stage.KNOWN

    def _where_to_begin(self) -> QWidget:
        match self._stage:
            case _Stage.READING:
                # An Enter too many must not lead away from what is under way.
                return self
            case _Stage.UNREAD:
                return self._again
            case _Stage.KNOWN:
                return self._back if self._off.isVisibleTo(self) else self._begin
            case _Stage.TURNING_OFF:
                return self._keep_on
            case _Stage.SETTING_UP:
                return self._set_up.code

    def _mend(self) -> None:
        """After an answer: the code is typed anew where that is what was wrong, else it is sent again."""
        if self._bar.isVisibleTo(self):
            self.focus_on(self._continue)
        else:
            self._set_up.code.selectAll()
            self.focus_on(self._set_up.code)

    # -- words

    def _put_words(self) -> None:
        setting_up = self._stage is _Stage.SETTING_UP
        self.heading.setText(
            self.tr("Set up two-step verification") if setting_up else self.tr("Two-step verification")
        )
        factors = self._panel.factors
        another = factors is not None and factors.has_authenticator
        self._begin.set_texts(
            self.tr("Set up another app") if another else self.tr("Set up an authenticator app"),
            self.tr("One moment…"),
        )
        self._status.setText(self._status_in_words())
        self._line.setAccessibleName(self._status.text())

    def _status_in_words(self) -> str:
        factors = self._panel.factors
        if factors is None or self._stage not in {_Stage.KNOWN, _Stage.TURNING_OFF}:
            return self.tr("Reading your settings…")
        asks = self._stage is _Stage.TURNING_OFF
        return turning_off_in_words(factors) if asks else factors_in_words(factors)

    # -- what the person does

    def _ask_for_a_key(self) -> None:
        if not self._panel.busy:
            self.authenticator_requested.emit()

    def _submit_code(self, code: str) -> None:
        self.authenticator_code_submitted.emit(code)

    def _think_of_turning_off(self) -> None:
        if not self._panel.busy:
            self._is_turning_off = True
            self._dismissed = self._panel.problem
            self._show_stage(entered=False)

    def _keep_it_on(self) -> None:
        if not self._panel.busy:
            self._is_turning_off = False
            self._show_stage(entered=False)

    def _ask_to_turn_off(self) -> None:
        if not self._panel.busy:
            self.authenticator_off_requested.emit()
