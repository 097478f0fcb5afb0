"""What is shown while nothing of a person may be: the screen is locked, or somebody is leaving."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.auth_state import Covered, SigningOut
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.waiting_view import WaitingView
from ingenes_desktop.ui.widgets.lock_mark import LockMark

if TYPE_CHECKING:
    from ingenes_desktop.ui.widgets.countdown import Clock

_WAY_ON_AFTER_SECONDS = 5.0
"""A screen that is locked shows the button to nobody; one that is open may never be said to be."""


class CoverView(WaitingView):
    """Draws Covered and SigningOut, and nothing of what lies beneath."""

    def __init__(self, settings: Settings, clock: "Clock", parent: QWidget | None = None) -> None:
        super().__init__(settings, clock, parent, LockMark)
        from ingenes_desktop.ui.widgets.countdown import Countdown  # noqa: PLC0415  not before the first paint

        self._state: Covered | SigningOut = SigningOut()
        self._until_way_on = Countdown(clock, self)
        self._until_way_on.ticked.connect(self._offer_way_on)
        self.retranslate()

    def draw(self, state: Covered | SigningOut, *, entered: bool) -> None:
        """Show ``state``; the calm word that waits beneath is shown there."""
        was_locked, self._state = self._is_locked, state
        if not self._is_locked:
            self._until_way_on.stop()
        elif entered or not was_locked:
            self._until_way_on.start(_WAY_ON_AFTER_SECONDS)
        self._show(entered=entered)

    def leave(self) -> None:
        """What is covered next waits anew."""
        self._until_way_on.stop()

    def heading_in_words(self) -> str:
        """Why there is nothing to see."""
        match self._state:
            case SigningOut():
                return self.tr("Signing out…")
            case Covered(locked=False, problem=None):
                return self.tr("Checking your session…")
            case _:
                return self.tr("This screen is protected.")

    def retry_in_words(self) -> str:
        """Behind a cover that nobody takes away there is nothing to try: the person goes on."""
        return self.tr("&Continue") if self._is_locked else super().retry_in_words()

    @property
    def _is_locked(self) -> bool:
        return isinstance(self._state, Covered) and self._state.locked

    def _show(self, *, entered: bool) -> None:
        problem = self._state.problem if isinstance(self._state, Covered) else None
        self.show_progress(
            problem,
            busy=problem is None and not self._is_locked,
            with_password=False,
            with_retry=self._is_locked and self._until_way_on.remaining == 0,
            entered=entered,
        )

    def _offer_way_on(self) -> None:
        if self._until_way_on.remaining == 0:
            self._show(entered=False)
