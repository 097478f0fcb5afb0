"""The button that copies one value."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ingenes_desktop.ui.theme.tokens import Colors
from ingenes_desktop.ui.widgets.countdown import Clock, Countdown
from ingenes_desktop.ui.widgets.icon_button import IconButton

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

_DONE_FOR_SECONDS = 2.0


class CopyButton(IconButton):
    """A quiet icon that is a check for two seconds of ``clock`` after :meth:`show_done`."""

    side = 18
    reached = Signal()
    """It has the focus."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("copy", parent)
        self._clock = clock
        self._is_done = False

    @property
    def is_done(self) -> bool:
        """Whether it says that the value was copied."""
        return self._is_done

    def show_done(self) -> None:
        """Say so, for a moment."""
        self._show(done=True)
        self._moment.start(_DONE_FOR_SECONDS)

    def rest(self) -> None:
        """Say nothing any longer."""
        if self._is_done:
            self._moment.stop()
            self._show(done=False)

    def ink(self, colors: Colors, *, hovered: bool) -> str:
        """Quieter than the value beside it."""
        if self._is_done:
            return colors.accent
        return colors.text if hovered else colors.field_border

    def focusInEvent(self, event: "QFocusEvent") -> None:
        """Tell of it."""
        super().focusInEvent(event)
        self.reached.emit()

    def _show(self, *, done: bool) -> None:
        self._is_done = done
        self.set_icon("check" if done else "copy")

    @cached_property
    def _moment(self) -> Countdown:
        countdown = Countdown(self._clock, self)
        countdown.ticked.connect(self._look)
        return countdown

    def _look(self) -> None:
        if self._moment.remaining == 0:
            self._show(done=False)
