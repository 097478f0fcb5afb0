"""The link that asks for another code, after a pause that it counts down itself."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ingenes_desktop.ui.widgets.buttons import LinkButton
from ingenes_desktop.ui.widgets.countdown import Clock, Countdown

translate = QCoreApplication.translate


class ResendLink(LinkButton):
    """ "Send a new code", with the seconds until it may be clicked. It keeps the focus, and says why."""

    asked = Signal()
    """Another code, please; never during the pause."""
    warned = Signal(str)
    """Words for a screen reader, at once."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sending = False
        self._countdown = Countdown(clock, self)
        self._countdown.ticked.connect(self.retranslate)
        self.clicked.connect(self._ask)
        self.retranslate()

    def pause(self, seconds: float) -> None:
        """A code was sent: another may be asked for in so many seconds."""
        self._countdown.start(seconds)
        self.retranslate()

    def end_pause(self) -> None:
        """Count no more."""
        self._countdown.stop()
        self.retranslate()

    def set_sending(self, sending: bool) -> None:
        """Say that a code is being sent, or that it no longer is."""
        self._sending = sending
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words of the present language."""
        remaining = self._countdown.remaining
        self.set_waiting(remaining > 0 or self._sending)
        if self._sending:
            self.setText(translate("ResendLink", "Sending…"))
        elif remaining:
            words = translate("ResendLink", "Send a new code ({seconds} s)")
            self.setText(words.format(seconds=remaining))
        else:
            self.setText(translate("ResendLink", "Send a new code"))
        # The name stays the same while the seconds run, so that a screen reader does not count along.
        self.setAccessibleName(translate("ResendLink", "Send a new code"))
        self.setAccessibleDescription(self._why_wait())

    def _why_wait(self) -> str:
        if not self._countdown.remaining:
            return ""
        words = translate("ResendLink", "You can ask for another code in {seconds} s.")
        return words.format(seconds=self._countdown.remaining)

    def _ask(self) -> None:
        if self._countdown.remaining:
            self.warned.emit(self._why_wait())
        else:
            self.asked.emit()
