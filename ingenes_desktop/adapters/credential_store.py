"""The remembered username in the system's keyring (keyring_backend.py)."""

import sys

from ingenes_desktop.adapters.keyring_backend import (
    KeyringBackend,
    delete_item,
    guarded,
    named_backend,
    put_item,
)
from ingenes_desktop.domain.plain_text import plain_text

SERVICE = "ingenes-desktop/remembered-username"
"""A service of its own for the one item: on Windows a second account would make copies of the first."""
_NOTHING = "ingenes-desktop/check"
"""A service under which nothing is ever kept."""
ACCOUNT = "username"
LONGEST_USERNAME = 320
"""Characters: 64 before the @, 255 behind it (RFC 5321). More is not what save() wrote."""


def make_username_store(platform: str) -> "KeyringUsernameStore":
    """The store for ``sys.platform``. Imports nothing."""
    return KeyringUsernameStore(platform)


class KeyringUsernameStore:
    """A UsernameStore (application/ports.py) over the platform's keyring.

    Every method belongs on a worker thread: it blocks for as long as the system asks the person to
    unlock the keyring, and the first one imports ``keyring`` (100 ms). There is no timeout here; the
    caller abandons a call that takes too long. Whatever goes wrong is AuthError KEYRING_UNAVAILABLE,
    without the library's error behind it, since that can hold the value.
    """

    def __init__(self, platform: str = sys.platform) -> None:
        self._platform = platform

    def load(self) -> str:
        """The remembered username; "" where there is none, or what is there is no username."""
        return guarded(lambda: _read(self._backend()))

    def save(self, username: str) -> None:
        """Remember ``username`` in place of any other. Writes only a change.

        An empty one, or one that load() would not give back, erases.
        """
        if not _is_plain(username):
            self.erase()
            return
        guarded(lambda: self._write(username))

    def erase(self) -> None:
        """Forget the username. Nothing to forget is success."""
        guarded(lambda: delete_item(self._backend(), SERVICE, ACCOUNT))

    def probe(self) -> str:
        """The class of the backend, after it has answered for a name under which nothing is kept."""

        def ask() -> str:
            backend = self._backend()
            backend.get_password(_NOTHING, ACCOUNT)
            return f"{type(backend).__module__}.{type(backend).__qualname__}"

        return guarded(ask)

    def _write(self, username: str) -> None:
        backend = self._backend()
        if backend.get_password(SERVICE, ACCOUNT) != username:
            put_item(backend, self._platform, SERVICE, ACCOUNT, username)

    def _backend(self) -> KeyringBackend:
        return named_backend(self._platform)


def _read(backend: KeyringBackend) -> str:
    username = backend.get_password(SERVICE, ACCOUNT) or ""
    return username if _is_plain(username) else ""


def _is_plain(username: str) -> bool:
    return bool(username) and plain_text(username, LONGEST_USERNAME) == username
