"""What the views share that ask for a code which was sent: its field, where it went, and the next code."""

from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ingenes_desktop.domain.auth_state import ConfirmationRequired, ResetCodeSent
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.messages import Subject, is_about, sentence
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.code_edit import CodeEdit
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.flow_row import FlowRow
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.plain_label import PlainLabel
from ingenes_desktop.ui.widgets.resend_link import ResendLink

translate = QCoreApplication.translate
State = TypeVar("State", bound=ConfirmationRequired | ResetCodeSent)
_ADDRESS_LENGTH = 44
"""Characters of an address that the text shows."""


class SentCodeView(View, Generic[State]):
    """Draws a state in which a code was sent. What was refused stands until the next attempt.

    A subclass lays out ``code_field`` and ``resend``, calls :meth:`draw_code` from its ``draw``, and says
    :meth:`text_in_words`.
    """

    WISHES: tuple[str, ...] = ("resend_requested",)
    BESIDE: tuple[Subject, ...] = (Subject.CODE,)
    """What has its words beside a field; all else is said in the bar."""
    resend_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock, *, lines: int) -> None:
        """``lines`` of words have room below the code."""
        super().__init__(settings, clock)
        self.state: State | None = None
        self._put_aside: str | None = None
        self._refused: Problem | None = None
        self._is_missing = False
        active = self.form.parentWidget()
        self._text = PlainLabel("muted", active, wraps=True)
        # A far end's long word does not widen the card.
        policy = self._text.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self._text.setSizePolicy(policy)
        self.gap(Space.SMALL)
        self.form.addWidget(self._text)
        self._bar = self.add_notice_bar()
        self.code = CodeEdit(active)
        self.code_field = FormField(self.code, active, lines=lines)
        self.resend = ResendLink(clock, settings.limits.resend_code, active)
        self.resend.asked.connect(self._ask_again)
        self.resend.warned.connect(self.warned)

    def draw_code(self, state: State, *, entered: bool) -> None:
        """Show what ``state`` says of the code, of the next one, and of what was refused."""
        before, self.state = self.state, state
        put_aside, self._put_aside = self._put_aside, None
        if entered:
            self.forget()
            self.resend.end_pause()
        elif put_aside is not None:
            self.code.setText(put_aside)
        is_new_code = before is None or before.sent != state.sent
        if state.sent and (entered or is_new_code):
            self.resend.pause()
            self.code.forget()
        # A code may be typed while another one is being sent.
        self.code.setReadOnly(state.busy and not state.resending)
        self.resend.set_sending(state.resending)
        self.show_notice(state.notice)
        self._show_text()
        is_attempt = state.busy and not (before is not None and before.busy)
        if entered or is_attempt or before is None or before.problem != state.problem:
            self.refuse(state.problem)
        if entered or (before is not None and before.busy and not state.busy):
            self.mend(state.problem)
        if not entered and is_new_code:
            self.announced.emit(self._text.text())

    def text_in_words(self, state: State) -> str:
        """What is asked, and where the code was sent."""
        raise NotImplementedError

    def mend(self, problem: Problem | None) -> None:
        """Put the focus where the next word is typed."""
        _ = problem
        self.code.setFocus()
        self.code.selectAll()

    def refuse(self, problem: Problem | None) -> None:
        """Say ``problem`` where it belongs, in place of whatever was said before; None says nothing.

        A subclass has other fields refuse it as well.
        """
        self._refused, self._is_missing = problem, False
        self._show_refusal()
        about = Subject.NONE if problem is None else is_about(problem)
        self._bar.show_problem(None if about in self.BESIDE else problem)

    def taken_code(self) -> str:
        """The code without blanks and dashes, at the beginning of an attempt; "" where it is missing."""
        self.refuse(None)
        code = self.code.code()
        if not code:
            self._is_missing = True
            self._show_refusal()
            self.code.setFocus()
            self.warned.emit(self.code_field.refusal)
        return code

    def forget(self) -> None:
        """Forget what was typed, and what was said of it."""
        self.code.forget()
        self.refuse(None)

    def add_links(self, first: QWidget, last: QWidget | None = None) -> None:
        """Put one or two links below; their words begin and end where the fields do."""
        row = FlowRow()
        row.addWidget(first)
        if last is not None:
            row.push(last)
        edges = QHBoxLayout()
        edges.setSpacing(0)
        edges.addSpacing(-Space.SMALL)
        edges.addLayout(row, 1)
        edges.addSpacing(-Space.SMALL)
        self.form.addLayout(edges)

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self.code_field.set_label(translate("SentCodeView", "&Verification code"))
        self.resend.retranslate()
        self._bar.retranslate()
        self._show_text()
        self._show_refusal()

    def leave(self) -> None:
        """Forget the code, and whom it was sent to."""
        self.state = None
        self._put_aside = None
        self.resend.end_pause()
        self.forget()
        self._show_text()

    def cover(self) -> None:
        """Put the code aside; the next code's countdown goes on."""
        self._put_aside = self.code.text()
        self.code.forget()
        self._show_text()

    def _show_text(self) -> None:
        is_told = self.state is not None and self._put_aside is None
        self._text.setText(self.text_in_words(self.state) if is_told and self.state is not None else "")

    def _show_refusal(self) -> None:
        problem = self._refused
        if self._is_missing:
            words = translate("SentCodeView", "Enter the code.")
        elif problem is not None and is_about(problem) is Subject.CODE:
            words = sentence(problem)
        else:
            words = ""
        self.code_field.refuse(words)

    def _ask_again(self) -> None:
        if self.state is not None and not self.state.busy:
            self.resend_requested.emit()


def shown_address(text: str) -> str:
    """An address from outside as the text shows it."""
    return plain_text(text, _ADDRESS_LENGTH)
