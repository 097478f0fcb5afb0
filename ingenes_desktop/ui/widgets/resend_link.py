"""The link that asks for another code, after a pause that it counts down itself."""

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QWidget

from ingenes_desktop.ui.early_values import SHOW_MNEMONIC
from ingenes_desktop.ui.widgets.buttons import LinkButton, without_mnemonic
from ingenes_desktop.ui.widgets.countdown import Clock, Countdown

translate = QCoreApplication.translate


class ResendLink(LinkButton):
    """ "Send a new code", with the seconds until it may be clicked. It keeps the focus, and says why."""

    asked = Signal()
    """Another code, please; never during the pause."""
    warned = Signal(str)
    """Words for a screen reader, at once."""

    def __init__(self, clock: Clock, pause_seconds: float, parent: QWidget | None = None) -> None:
        """Between two codes there are ``pause_seconds``."""
        super().__init__(parent)
        self._pause_seconds = pause_seconds
        self._sending = False
        self._countdown = Countdown(clock, self)
        self._countdown.ticked.connect(self.retranslate)
        self.clicked.connect(self._ask)
        self.retranslate()

    def pause(self) -> None:
        """A code was sent: another may be asked for after the pause."""
        self._countdown.start(self._pause_seconds)
        self.retranslate()

    def end_pause(self) -> None:
        """Count no more."""
        self._countdown.stop()
        self.retranslate()

    def set_sending(self, sending: bool) -> None:
        """Say that a code is being sent, or that it no longer is."""
        self._sending = sending
        self.retranslate()

    def sizeHint(self) -> QSize:
        """Room for the longest of its texts: nothing beside it moves while the seconds run."""
        present = super().sizeHint()
        widest = max("0123456789", key=self._width_of)
        counting = _in_seconds(widest * len(f"{self._pause_seconds:.0f}"))
        longest = max(self._width_of(text) for text in (counting, *_texts()))
        return QSize(present.width() - self._width_of(self.text()) + longest, present.height())

    def minimumSizeHint(self) -> QSize:
        """The same: the words are never cut."""
        return self.sizeHint()

    def retranslate(self) -> None:
        """Put the words of the present language."""
        remaining = self._countdown.remaining
        self.set_waiting(remaining > 0 or self._sending)
        idle, sending = _texts()
        if self._sending:
            self.setText(sending)
        else:
            self.setText(_in_seconds(f"{remaining}") if remaining else idle)
        # The name stays the same while the seconds run, so that a screen reader does not count along.
        self.setAccessibleName(without_mnemonic(sending if self._sending else idle))
        self.setAccessibleDescription(self._why_wait())

    def _width_of(self, text: str) -> int:
        # As QPushButton measures its own.
        return self.fontMetrics().size(SHOW_MNEMONIC, text).width()

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


def _in_seconds(seconds: str) -> str:
    return translate("ResendLink", "Send a ne&w code ({seconds} s)").format(seconds=seconds)


def _texts() -> tuple[str, str]:
    return translate("ResendLink", "Send a ne&w code"), translate("ResendLink", "Sending…")
