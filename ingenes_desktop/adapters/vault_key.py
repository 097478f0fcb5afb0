"""The key of a kept session, in the system's keyring (keyring_backend.py)."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from ingenes_desktop.adapters.keyring_backend import KeyringBackend, delete_item, guarded, put_item
from ingenes_desktop.adapters.vault_format import is_key
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.settings import Settings

ACCOUNT = "key"
_MOST_KEYS = 2

T = TypeVar("T")


def key_service(settings: Settings) -> str:
    """A service of its own for each app client: on Windows a second account would make copies."""
    return f"ingenes-desktop/session-key/{settings.user_pool_id}/{settings.client_id}"


class VaultKeys:
    """The keys under which the vault may stand, newest first: two while a new one takes over.

    Every method blocks for as long as the system asks the person to unlock the keyring, and raises
    AuthError KEYRING_UNAVAILABLE alone. One call at a time: a deletion that was left behind at a prompt
    is over before the next key is written. On macOS the first refusal holds for the rest of the run: each
    further question would be another prompt, for as long as the program's signature is not the one
    that the Keychain knows.
    """

    def __init__(self, service: str, platform: str, open_backend: Callable[[], KeyringBackend]) -> None:
        self._service = service
        self._platform = platform
        self._open_backend = open_backend
        self._is_refused = False
        self._turn = Lock()

    def read(self) -> tuple[Secret, ...]:
        """What is kept; empty where there is nothing, or nothing that write() wrote."""

        def ask() -> tuple[Secret, ...]:
            try:
                text = self._open_backend().get_password(self._service, ACCOUNT) or ""
            except UnicodeDecodeError:
                return ()
            keys = text.split(" ")
            if len(keys) > _MOST_KEYS or not all(is_key(key) for key in keys):
                return ()
            return tuple(Secret(key) for key in keys)

        return self._asked(ask)

    def write(self, keys: tuple[Secret, ...]) -> None:
        """Keep ``keys``, newest first, in the place of any others; none deletes."""
        text = Secret(" ".join(key.reveal() for key in keys))
        if not text:
            self.delete()
            return
        self._asked(
            lambda: put_item(self._open_backend(), self._platform, self._service, ACCOUNT, text.reveal())
        )

    def delete(self) -> None:
        """Forget them, and look that they are gone. Nothing to forget is success."""
        self._asked(lambda: delete_item(self._open_backend(), self._service, ACCOUNT))

    def _asked(self, call: Callable[[], T]) -> T:
        with self._turn:
            if self._is_refused:
                raise AuthError(ErrorCode.KEYRING_UNAVAILABLE, detail="REFUSED_BEFORE")
            try:
                return guarded(call)
            except AuthError:
                self._is_refused = self._platform == "darwin"
                raise
