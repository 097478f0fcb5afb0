"""What is shown where this computer's configuration is wrong: why, and a way out."""

from ingenes_desktop.domain.auth_state import Unavailable
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.messages import sentence
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.buttons import BusyButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.plain_label import PlainLabel


class UnavailableView(View):
    """Draws Unavailable."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock)
        self._state: Unavailable | None = None
        self._text = PlainLabel("", wraps=True)
        self._close = BusyButton()
        self._close.clicked.connect(self.leave_requested)
        self.form.addSpacing(Space.MEDIUM)
        self.form.addWidget(self._text)
        self.form.addSpacing(Space.WIDE)
        self.form.addWidget(self._close)
        self.form.addStretch(1)
        self.form.insertStretch(0, 1)
        self.finish_aside(None)
        self.retranslate()

    def draw(self, state: Unavailable, *, entered: bool) -> None:
        """Show why."""
        self._state = state
        self._say(sentence(state.problem))
        # A kiosk's window has no way out; but without its policy nobody knows whether it is one.
        is_kiosk = self.settings.machine is MachineKind.KIOSK
        self._close.setVisible(not is_kiosk or state.problem.code is ErrorCode.SETTINGS_UNREADABLE)
        if entered:
            (self if self._close.isHidden() else self._close).setFocus()

    def retranslate(self) -> None:
        """Put the words of the present language."""
        super().retranslate()
        self.heading.setText(self.tr("This computer is not set up yet"))
        close = self.tr("&Close")
        self._close.set_texts(close, close)
        if self._state is not None:
            self._say(sentence(self._state.problem))

    def _say(self, words: str) -> None:
        self._text.setText(words)
        # The window opens with the focus on the button: a screen reader tells why along with its name.
        self._close.setAccessibleDescription(words)
