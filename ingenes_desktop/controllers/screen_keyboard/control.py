"""Asks for the on-screen keyboard behind the window, and notices when it has gone by itself."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ingenes_desktop.controllers.background import Background, Job, Lane
from ingenes_desktop.controllers.screen_keyboard.interface import ScreenKeyboard

PATIENCE_SECONDS: Final = 4.0
"""Whoever has pressed a button for it waits no longer to hear that it does not come."""
_LOOK_MILLISECONDS: Final = 1000
_TIMES_UNSEEN: Final = 2
"""It may be on its way in: so often it must be gone in a row."""


class ScreenKeyboardControl(QObject):
    """One wish after the other, each on a worker thread with a deadline. UI thread only.

    Signals: ``unavailable``, there is none, or none that answers; ``gone``, a key of its own put it away.
    """

    unavailable = Signal()
    gone = Signal()

    def __init__(
        self,
        keyboard: ScreenKeyboard,
        background: Background,
        parent: QObject | None = None,
        *,
        patience_seconds: float = PATIENCE_SECONDS,
        look_milliseconds: int = _LOOK_MILLISECONDS,
    ) -> None:
        """``look_milliseconds`` lie between two looks whether it is still there, while it should be."""
        super().__init__(parent)
        self._keyboard = keyboard
        self._background = background
        self._patience_seconds = patience_seconds
        self._unseen = 0
        self._wish = 0
        self._looking: Job[bool | None] | None = None
        self._look = QTimer(self)
        self._look.setInterval(look_milliseconds)
        self._look.timeout.connect(self._look_for_it)

    @Slot(bool)
    def want(self, shown: bool) -> None:
        """Bring it up, or put it away."""
        self._look.stop()
        if self._looking is not None:
            self._looking.abandon()
        # A wish that is under way is not left: the next one on its lane waits for it, so that a keyboard that
        # still slides in is put away, and not missed.
        self._wish += 1
        wish = self._wish
        if shown:
            self._background.run(
                Lane.SCREEN_KEYBOARD,
                self._keyboard.show,
                on_done=lambda came: self._asked(wish, came=came),
                on_failed=lambda _error: self._asked(wish, came=False),
                overdue_seconds=self._patience_seconds,
            )
        else:
            self._background.run(
                Lane.SCREEN_KEYBOARD,
                self._keyboard.hide,
                on_done=lambda _nothing: None,
                on_failed=lambda _error: None,
                overdue_seconds=self._patience_seconds,
            )

    def _asked(self, wish: int, *, came: bool) -> None:
        if wish != self._wish:
            return  # the person has pressed again
        if came:
            self._unseen = 0
            self._look.start()
        else:
            self.unavailable.emit()

    def _look_for_it(self) -> None:
        if self._looking is not None and self._looking.is_open:
            return
        self._looking = self._background.run(
            Lane.SCREEN_KEYBOARD,
            self._keyboard.is_shown,
            on_done=self._seen,
            # A system that has stopped to answer says nothing: the person can still press the button.
            on_failed=lambda _error: self._look.stop(),
            overdue_seconds=self._patience_seconds,
        )

    def _seen(self, shown: bool | None) -> None:
        self._unseen = self._unseen + 1 if shown is False else 0
        if self._unseen >= _TIMES_UNSEEN:
            self._look.stop()
            self.gone.emit()
