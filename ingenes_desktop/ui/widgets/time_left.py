"""The time that is left to answer, quietly counted down on the calm half."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ingenes_desktop.ui.widgets.countdown import Clock, Countdown
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

translate = QCoreApplication.translate
_TOLD_AT = 60
"""Seconds before the end at which a screen reader is told, once. (The end is told by what follows it.)"""


class TimeLeft(PlainLabel):
    """One line, "Time left: 2:41"; at the end it stands at 0:00. UI thread only."""

    announced = Signal(str)
    """Words for a screen reader, when it has a moment."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("aside-muted", parent, wraps=True)
        self._clock = clock
        self._until: float | None = None
        self._was_told = False
        self._countdown = Countdown(clock, self)
        self._countdown.ticked.connect(self._tick)

    def count_until(self, until: float) -> None:
        """Count down to ``until``, in seconds of the clock; the same moment again changes nothing."""
        if until != self._until:
            self._until = until
            self._was_told = False
            self._countdown.start(max(0.0, until - self._clock()))
            self._tick()

    def stop(self) -> None:
        """Count no more, and show nothing."""
        self._until = None
        self._countdown.stop()
        self.setText("")

    def retranslate(self) -> None:
        """Put the words of the present language."""
        if self._until is None:
            return
        minutes, seconds = divmod(self._countdown.remaining, 60)
        words = translate("TimeLeft", "Time left: {time}")
        self.setText(words.format(time=f"{minutes}:{seconds:02}"))

    def _tick(self) -> None:
        self.retranslate()
        remaining = self._countdown.remaining
        # Behind a cover nobody is told; whoever comes back is.
        if 0 < remaining <= _TOLD_AT and not self._was_told and self.isVisible():
            self._was_told = True
            words = translate("TimeLeft", "{seconds} seconds are left to answer.")
            self.announced.emit(words.format(seconds=remaining))
