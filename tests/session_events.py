"""Session events that happen when a test says so."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from ingenes_desktop.controllers.session_events import CoverReason, SessionEvents


class ScriptedSessionEvents(SessionEvents):
    """Keeps the interface's own rules (several reasons at once, ``shown`` once); hears nothing by itself."""

    def __init__(self, paint_now: Callable[[], None] = lambda: None, parent: QObject | None = None) -> None:
        super().__init__(paint_now, parent)
        self.is_started = False

    def start(self) -> None:
        """Remember that somebody listens."""
        self.is_started = True

    def stop(self) -> None:
        """Remember that nobody listens any longer."""
        self.is_started = False

    def lock(self) -> None:
        """The screen is locked."""
        self._cover(CoverReason.LOCKED)

    def unlock(self) -> None:
        """The screen is open again."""
        self._show(CoverReason.LOCKED)

    def sleep(self) -> None:
        """The computer goes to sleep."""
        self._cover(CoverReason.ASLEEP)

    def resume(self) -> None:
        """The computer is awake again."""
        self._show(CoverReason.ASLEEP)

    def switch_away(self) -> None:
        """Another user takes the screen."""
        self._cover(CoverReason.AWAY)

    def switch_back(self) -> None:
        """The screen is this user's again."""
        self._show(CoverReason.AWAY)
