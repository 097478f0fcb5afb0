"""Two-step verification of whoever is signed in: what is on, setting an app up, turning it off."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ingenes_desktop.domain.account_panel import TwoStep
from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.session_view import SessionView
from ingenes_desktop.ui.theme.theme import set_role
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.two_step_stage import Stage, heading_in_words, stage_of, status_in_words
from ingenes_desktop.ui.widgets.authenticator_set_up import AuthenticatorSetUp
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.plain_label import PlainLabel
from ingenes_desktop.ui.widgets.progress_line import ProgressLine
from ingenes_desktop.ui.widgets.two_step_buttons import TwoStepButtons

if TYPE_CHECKING:
    from ingenes_desktop.domain.errors import Problem


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
        self._stage = Stage.READING
        self._is_turning_off = False
        self._dismissed: Problem | None = None
        active = self.form.parentWidget()
        self._status = PlainLabel("", active, wraps=True)
        self._line = ProgressLine(active)
        self._set_up = AuthenticatorSetUp(active, selectable=settings.machine is not MachineKind.KIOSK)
        self._set_up.code_given.connect(self.authenticator_code_submitted)
        self._set_up.warned.connect(self.warned)
        self._buttons = TwoStepButtons(active)
        self._buttons.again.clicked.connect(self.two_step_requested)
        self._buttons.begin.clicked.connect(self._ask_for_a_key)
        self._buttons.submit.clicked.connect(self._set_up.submit)
        self._buttons.off.clicked.connect(self._think_of_turning_off)
        self._buttons.off_now.clicked.connect(self._ask_to_turn_off)
        self._buttons.keep_on.clicked.connect(self._keep_it_on)
        self._buttons.cancel.clicked.connect(self.authenticator_left)
        self._buttons.back.clicked.connect(self.panel_left)
        self._lay_out()
        self._calm = PlainLabel("aside", wraps=True)
        self.finish_aside(self._calm)
        for first, second in pairwise((*self._set_up.stops, *self._buttons.stops, *self.tools.stops)):
            self.setTabOrder(first, second)
        self.refit()
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
        if came_home and self._stage is Stage.SETTING_UP and before.key is not None:
            self._mend()
        self.draw_session(state, self._panel.problem)

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self._calm.setText(
            self.tr("With two-step verification nobody can sign in with a stolen password alone.")
        )
        self._set_up.retranslate()
        self._bar.retranslate()
        self._put_words()

    def introduction(self) -> tuple[str, ...]:
        """The heading, and what there is to do or to know."""
        words = status_in_words(self._panel, self._stage)
        return (*super().introduction(), words) if words else super().introduction()

    def refit(self) -> None:
        """A key stands beside its symbol where there is room."""
        self._set_up.fit(self.card.form_width, tight=self.card.is_tight)

    def leave(self) -> None:
        """Forget key and code."""
        super().leave()
        self._dismissed = None
        self._set_up.forget()
        self._forget()

    def cover(self) -> None:
        """Forget them until the next draw, which brings the key back, but not the code."""
        super().cover()
        self._set_up.put_aside()
        self._forget()

    def go_back(self) -> None:
        """Escape goes back by one step."""
        match self._stage:
            case Stage.SETTING_UP:
                self.authenticator_left.emit()
            case Stage.TURNING_OFF if not self._panel.busy:
                self._keep_it_on()
            case _:
                self.panel_left.emit()

    # -- drawing

    def _lay_out(self) -> None:
        self.gap(Space.SMALL)
        self.form.addWidget(self._status)
        self.gap(Space.MEDIUM)
        self.form.addWidget(self._line)
        # Its room is also what keeps the words and the buttons calmly apart.
        self._bar = self.add_notice_bar()
        self.form.addWidget(self._set_up)
        self.gap(Space.SMALL)
        row = QHBoxLayout()
        row.addSpacing(-self._buttons.outdent)
        row.addWidget(self._buttons, 1)
        self.form.addLayout(row)
        self.form.addStretch(1)

    def _forget(self) -> None:
        self._panel = TwoStep()
        self._stage = Stage.READING
        self._is_turning_off = False
        self._bar.show_problem(None)
        self._put_words()
        self._show_widgets()

    def _show_stage(self, *, entered: bool) -> None:
        panel = self._panel
        before, self._stage = self._stage, stage_of(panel, is_turning_off=self._is_turning_off)
        stage = self._stage
        # In this order: what is shown is laid out at once, and the words of before could widen the card.
        self._put_words()
        self._set_up.show_key(panel.key)
        self._show_widgets()
        self._set_up.set_busy(panel.busy)
        problem = None if panel.problem == self._dismissed else panel.problem
        at_the_field = stage is Stage.SETTING_UP and self._set_up.show_problem(problem)
        self._bar.show_problem(None if at_the_field else problem)
        if entered or stage is not before:
            self.focus_on(self._where_to_begin())
            if not entered and problem is None:
                heading, *more = self.introduction()
                for words in [heading, *more] if stage is Stage.SETTING_UP else more:
                    self.announced.emit(words)

    def _show_widgets(self) -> None:
        shown = {
            self._status: bool(status_in_words(self._panel, self._stage)),
            self._line: self._stage is Stage.READING,
            self._set_up: self._stage is Stage.SETTING_UP,
        }
        for each in sorted(shown, key=shown.__getitem__):  # what goes, goes first
            each.setVisible(shown[each])
        self._buttons.show_stage(self._stage, self._panel)

    def _where_to_begin(self) -> QWidget:
        if self._stage is Stage.SETTING_UP:
            return self._set_up.code
        # While it is read, an Enter too many must not lead away from what is under way.
        return self._buttons.first(self._stage) or self

    def _mend(self) -> None:
        """After an answer: the code is typed anew where that is what was wrong, else it is sent again."""
        if self._bar.text:
            self.focus_on(self._buttons.submit)
        else:
            self._set_up.code.selectAll()
            self.focus_on(self._set_up.code)

    def _put_words(self) -> None:
        self.heading.setText(heading_in_words(self._stage))
        self._status.setText(status_in_words(self._panel, self._stage))
        set_role(self._status, "muted" if self._stage is Stage.SETTING_UP else "")
        self._line.setAccessibleName(self._status.text())
        self._buttons.retranslate(self._panel)

    # -- what the person does

    def _ask_for_a_key(self) -> None:
        if not self._panel.busy:
            self.authenticator_requested.emit()

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
