"""The time that is left to answer, quietly counted down on the calm half."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from ingenes_desktop.ui.theme.theme import scaled, set_role
from ingenes_desktop.ui.theme.tokens import Size
from ingenes_desktop.ui.widgets.countdown import Clock, Countdown
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

translate = QCoreApplication.translate
_WARNED_AT = 30
"""Seconds before the end at which the person is warned, once; WCAG 2.2 wants at least 20."""
_LINES = 2
"""Lines of words that have their room from the start: nothing moves when the warning comes."""


class TimeLeft(PlainLabel):
    """One line, "Time left: 2:41"; near the end a second one with the way on. UI thread only.

    A time limit is to be one that can be put off (WCAG 2.2, 2.2.1; https://www.w3.org/WAI/WCAG22/). This one
    is Cognito's own, AuthSessionValidity of the app client (3 to 15 minutes; https://docs.aws.amazon.com/
    cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html): its service forgets the
    challenge then, and nothing that an application sends makes it wait. So the person is told of it at the
    start (:meth:`in_words`, for the view's introduction), sees it all the while, and is warned in time, with
    what does give more of it: starting over is one press away, and keeps the email.
    """

    warned = Signal(str)
    """Words for a screen reader, at once. (The end itself is told by what follows it.)"""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("aside-muted", parent, wraps=True)
        self._clock = clock
        self._until: float | None = None
        self._was_warned = False
        self._countdown = Countdown(clock, self)
        self._countdown.ticked.connect(self._tick)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(_LINES * scaled(Size.LINE))

    def count_until(self, until: float) -> None:
        """Count down to ``until``, in seconds of the clock; the same moment again changes nothing."""
        if until != self._until:
            self._until = until
            self._was_warned = False
            self._countdown.start(max(0.0, until - self._clock()))
        self._tick()

    def stop(self) -> None:
        """Count no more, and show nothing."""
        self._until = None
        self._countdown.stop()
        self.setText("")

    def in_words(self) -> str:
        """How long one has, as a sentence to be heard; "" where nothing is counted, or it is over."""
        remaining = self._countdown.remaining
        if self._until is None or remaining == 0:
            return ""
        minutes, seconds = divmod(remaining, 60)
        if minutes == 0:
            return translate("TimeLeft", "You have {seconds} s to answer.").format(seconds=seconds)
        words = translate("TimeLeft", "You have {minutes} min {seconds} s to answer.")
        return words.format(minutes=minutes, seconds=seconds)

    def retranslate(self) -> None:
        """Put the words of the present language."""
        if self._until is None:
            return
        remaining = self._countdown.remaining
        minutes, seconds = divmod(remaining, 60)
        words = translate("TimeLeft", "Time left: {time}").format(time=f"{minutes}:{seconds:02}")
        soon = 0 < remaining <= _WARNED_AT
        set_role(self, "aside-current" if soon else "aside-muted")
        self.setText(f"{words}\n{_way_on()}" if soon else words)

    def _tick(self) -> None:
        self.retranslate()
        remaining = self._countdown.remaining
        # Behind a cover nobody is told; whoever comes back is.
        if 0 < remaining <= _WARNED_AT and not self._was_warned and self.isVisible():
            self._was_warned = True
            words = translate("TimeLeft", "Only {seconds} s are left to answer.")
            self.warned.emit(f"{words.format(seconds=remaining)} {_way_on()}")


def _way_on() -> str:
    return translate("TimeLeft", "“Start over” gives you more time and keeps your email.")
