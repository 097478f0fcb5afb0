"""The remembered username, kept off the UI thread and given up when the keyring does not answer."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ingenes_desktop.application.ports import UsernameStore
from ingenes_desktop.controllers.background import Background, Lane
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.machine import Limits


class UsernameMemory(QObject):
    """Recalls, keeps and forgets one username. UI thread only; ``store`` None remembers nothing.

    Signals: ``recalled`` with the name, at most once; ``unavailable`` with the AuthError the first time
    that the keyring fails: the person is told once.
    """

    recalled = Signal(str)
    unavailable = Signal(object)

    def __init__(
        self,
        background: Background,
        store: UsernameStore | None,
        limits: Limits,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._store = store
        self._limits = limits
        self._was_told = False

    def recall(self) -> None:
        """Ask the keyring for the name; given up after five seconds."""
        if self._store is not None:
            self._background.run(
                Lane.KEYRING,
                self._store.load,
                on_done=self._loaded,
                on_failed=self._failed,
                overdue_seconds=self._limits.keyring_at_start,
            )

    def keep(self, username: str | None) -> None:
        """Save the name of whoever has just signed in; None where it is not to be remembered."""
        if self._store is None:
            return
        if username is None:
            self.forget()
            return
        store = self._store
        self._run(lambda: store.save(username), "username_saved")

    def forget(self) -> None:
        """Erase what is remembered, at once."""
        if self._store is not None:
            self._run(self._store.erase, "username_erased")

    def _run(self, call: Callable[[], None], event: str) -> None:
        self._background.run(
            Lane.KEYRING,
            call,
            on_done=lambda _nothing: record(event),
            on_failed=self._failed,
            overdue_seconds=self._limits.keyring_on_save,
        )

    def _loaded(self, username: str) -> None:
        if username:
            self.recalled.emit(username)

    def _failed(self, error: AuthError) -> None:
        record("keyring_failed", code=error.code, detail=error.detail or None)
        if not self._was_told:
            self._was_told = True
            self.unavailable.emit(AuthError(ErrorCode.KEYRING_UNAVAILABLE, detail=error.detail))
