"""What happens beside the sign-in form while the person types."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from ingenes_desktop.application.services import Services
from ingenes_desktop.controllers.background import Background, Lane
from ingenes_desktop.controllers.chain_lane import ChainLane
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.controllers.username_memory import UsernameMemory
from ingenes_desktop.domain.auth_event import NoticeRaised, RememberChosen, UsernameRecalled
from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import Limits

WARM_UP_AGAIN_SECONDS = 15.0


class SignInForm(QObject):
    """Recalls the name and connects ahead. UI thread only; ``clock`` counts seconds monotonically."""

    def __init__(
        self,
        holder: StateHolder,
        background: Background,
        chain: ChainLane,
        services: Callable[[], Services],
        memory: UsernameMemory,
        limits: Limits,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._holder = holder
        self._background = background
        self._chain = chain
        self._services = services
        self._memory = memory
        self._limits = limits
        self._clock = clock
        self._warmed_up_at: float | None = None
        self._somebody_types = False
        memory.recalled.connect(self._recalled)
        memory.unavailable.connect(self._cannot_remember)

    def begin(self) -> None:
        """Recall the username, and connect."""
        self._memory.recall()
        self.warm_up()

    def note_typing(self) -> None:
        """Somebody types: a name that the keyring gives from now on is not theirs to be given."""
        self._somebody_types = True
        self.warm_up()

    def warm_up(self) -> None:
        """Open connections and fetch the key set, at most every 15 seconds."""
        now = self._clock()
        if self._warmed_up_at is None or now - self._warmed_up_at >= WARM_UP_AGAIN_SECONDS:
            self._warmed_up_at = now
            attempt = self._chain.new_attempt()
            self._background.run(
                Lane.WARM_UP,
                lambda: self._services().warm_up(attempt),
                on_done=lambda _nothing: None,
                on_failed=lambda _error: None,
                overdue_seconds=self._limits.attempt,
            )

    def set_remember(self, remember: bool) -> None:
        """The check box was clicked; unticking forgets at once."""
        if isinstance(self._holder.state, SignedOut):
            self._holder.apply(RememberChosen(remember))
            if not remember:
                self._memory.forget()

    @Slot(str)
    def _recalled(self, username: str) -> None:
        if not self._somebody_types:
            self._holder.apply(UsernameRecalled(username))

    @Slot(object)
    def _cannot_remember(self, error: AuthError) -> None:
        # One sentence about the keyring is enough.
        shown = getattr(self._holder.beneath, "problem", None)
        if shown is None or shown.code is not ErrorCode.SESSION_NOT_RESTORED:
            self._holder.apply(NoticeRaised(self._holder.problem(error)))
