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
        # A wish that waited behind a prompt must not undo a newer one: only the newest acts.
        self._newest_wish = 0

    def recall(self) -> None:
        """Ask the keyring for the name; given up after five seconds."""
        if self._store is not None:
            wish = self._new_wish()
            self._background.run(
                Lane.KEYRING,
                self._store.load,
                on_done=lambda username: self._loaded(username, wish),
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
        wish = self._new_wish()
        self._background.run(
            Lane.KEYRING,
            lambda: call() if wish == self._newest_wish else None,
            on_done=lambda _nothing: record(event),
            on_failed=self._failed,
            overdue_seconds=self._limits.keyring_on_save,
        )

    def _new_wish(self) -> int:
        self._newest_wish += 1
        return self._newest_wish

    def _loaded(self, username: str, wish: int) -> None:
        if username and wish == self._newest_wish:
            self.recalled.emit(username)

    def _failed(self, error: AuthError) -> None:
        if not self._was_told:
            self._was_told = True
            self.unavailable.emit(AuthError(ErrorCode.KEYRING_UNAVAILABLE, detail=error.detail))
