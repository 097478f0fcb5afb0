"""Where the window has its states from."""

from typing import Protocol

from PySide6.QtCore import SignalInstance

from ingenes_desktop.domain.auth_state import AuthState


class StateSource(Protocol):
    """Whoever holds the state: in production the AuthController."""

    @property
    def state(self) -> AuthState:
        """The present state."""

    @property
    def state_changed(self) -> SignalInstance:
        """Carries each new state; emitted on the UI thread."""
