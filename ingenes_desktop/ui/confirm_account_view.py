"""The account's email is not verified yet: the code that was sent to it is asked for."""

from itertools import pairwise

from PySide6.QtCore import Signal

from ingenes_desktop.domain.auth_state import ConfirmationRequired
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.sent_code_view import SentCodeView, shown_address
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.buttons import BusyButton, LinkButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.flow_row import FlowRow


class ConfirmAccountView(SentCodeView[ConfirmationRequired]):
    """Draws ConfirmationRequired."""

    WISHES = (*SentCodeView.WISHES, "confirmation_submitted", "start_over_requested")
    confirmation_submitted = Signal(str)
    """The code without blanks and dashes. The field keeps it until the view is left."""
    start_over_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock, lines=2)
        self.code.returnPressed.connect(self._submit)
        self._continue = BusyButton()
        self._continue.clicked.connect(self._submit)
        self._start_over = LinkButton()
        self._start_over.clicked.connect(self.start_over_requested)
        self.form.addWidget(self.code_field)
        self.gap(Space.SMALL)
        buttons = FlowRow(gap=Space.LARGE)
        for button in (self._continue, self._start_over):
            buttons.addWidget(button)
        self.form.addLayout(buttons)
        self.gap(Space.SMALL)
        self.add_links(self.resend)
        self.form.addStretch(1)
        self.finish_aside(None)
        order = (self.code, self._continue, self._start_over, self.resend, *self.tools.stops)
        for first, second in pairwise(order):
            self.setTabOrder(first, second)
        self.retranslate()

    def draw(self, state: ConfirmationRequired, *, entered: bool) -> None:
        """Show ``state``."""
        self._continue.set_busy(state.busy and not state.resending)
        self.draw_code(state, entered=entered)

    def introduction(self) -> tuple[str, ...]:
        """What is asked, in short and in full."""
        return (self.heading.whole_text(), self._text.text())

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        super().retranslate()
        self.heading.setText(self.tr("Verify your email"))
        self._continue.set_texts(self.tr("&Continue"), self.tr("Continuing…"))
        self._start_over.setText(self.tr("&Start over"))

    def escape(self) -> None:
        """Escape starts over."""
        self.start_over_requested.emit()

    def text_in_words(self, state: ConfirmationRequired) -> str:
        """Where the code was sent. Never empty: nothing moves when it was."""
        destination = shown_address(state.destination)
        if state.sent and destination:
            return self.tr("We sent a code to {destination}.").format(destination=destination)
        if state.sent:
            return self.tr("We sent a code to your email.")
        if state.resending:
            return self.tr("We are sending you a code…")
        return self.tr("Ask for a new code to go on.")

    def _submit(self) -> None:
        if self.state is None or self.state.busy:
            return
        code = self.taken_code()
        if code:
            self.confirmation_submitted.emit(code)
