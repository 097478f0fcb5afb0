"""A session that was kept is taken up again."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.auth_state import Restoring
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.waiting_view import WaitingView

if TYPE_CHECKING:
    from ingenes_desktop.ui.widgets.countdown import Clock


class RestoringView(WaitingView):
    """Draws Restoring. It may be the first view that is painted. Nothing in it is a person's."""

    def __init__(self, settings: Settings, clock: "Clock", parent: QWidget | None = None) -> None:
        super().__init__(settings, clock, parent)
        self._state = Restoring()
        self.retranslate()

    def draw(self, state: Restoring, *, entered: bool) -> None:
        """Show ``state``."""
        self._state = state
        self.show_notice(state.notice)
        self.show_progress(state.problem, busy=state.busy, with_password=True, entered=entered)

    def heading_in_words(self) -> str:
        """What is under way, or that it did not come about."""
        if self._state.busy:
            return self.tr("Opening your session…")
        return self.tr("Could not open your session")
