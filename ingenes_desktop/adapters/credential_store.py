"""The remembered username in the system's keyring: Credential Manager, Keychain or Secret Service.

``keyring`` is imported inside the first call and not before. Its own choice of a backend is never
asked: that would read a file and variables of the user's that may name any class to load, and may end
in one that keeps plain text or nothing at all. Here the platform's backend is named.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from logging import WARNING
from typing import Protocol, TypeVar

from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.plain_text import plain_text

SERVICE = "ingenes-desktop/remembered-username"
"""A service of its own for the one item: on Windows a second account would make copies of the first."""
_NOTHING = "ingenes-desktop/check"
"""A service under which nothing is ever kept."""
ACCOUNT = "username"
LONGEST_USERNAME = 320
"""Characters: 64 before the @, 255 behind it (RFC 5321). More is not what save() wrote."""
_DELETIONS = 2

T = TypeVar("T")


class _Backend(Protocol):
    """What is used of a ``keyring`` backend."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


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
        return _guarded(lambda: _read(self._backend()))

    def save(self, username: str) -> None:
        """Remember ``username`` in place of any other. Writes only a change.

        An empty one, or one that load() would not give back, erases.
        """
        if not _is_plain(username):
            self.erase()
            return
        _guarded(lambda: self._write(username))

    def erase(self) -> None:
        """Forget the username. Nothing to forget is success."""
        _guarded(lambda: _delete(self._backend()))

    def probe(self) -> str:
        """The class of the backend, after it has answered for a name under which nothing is kept."""

        def ask() -> str:
            backend = self._backend()
            backend.get_password(_NOTHING, ACCOUNT)
            return f"{type(backend).__module__}.{type(backend).__qualname__}"

        return _guarded(ask)

    def _write(self, username: str) -> None:
        backend = self._backend()
        if backend.get_password(SERVICE, ACCOUNT) == username:
            return
        if self._platform == "win32":
            # keyring would keep a copy of the former value under a name of its own.
            _delete(backend)
        backend.set_password(SERVICE, ACCOUNT, username)

    def _backend(self) -> _Backend:
        if self._platform == "win32":
            module, name = "keyring.backends.Windows", "WinVaultKeyring"
        elif self._platform == "darwin":
            module, name = "keyring.backends.macOS", "Keyring"
        else:
            module, name = "ingenes_desktop.adapters.secret_service", "SecretServiceKeyring"
        kind = getattr(import_module(module), name)
        # Without __init__: all that it does is to set attributes from KEYRING_PROPERTY_* variables.
        backend: _Backend = kind.__new__(kind)
        if self._platform == "win32":
            # Not the default, which roams with a domain profile to other machines.
            backend.persist = "local machine"  # type: ignore[attr-defined]  # WinVaultKeyring's alone
        return backend


def _read(backend: _Backend) -> str:
    username = backend.get_password(SERVICE, ACCOUNT) or ""
    return username if _is_plain(username) else ""


def _is_plain(username: str) -> bool:
    return bool(username) and plain_text(username, LONGEST_USERNAME) == username


def _delete(backend: _Backend) -> None:
    """Delete until nothing is left: Windows can hold two copies. Raises RuntimeError where one stays."""
    from keyring.errors import PasswordDeleteError  # noqa: PLC0415  keyring is imported by a call alone

    for _ in range(_DELETIONS):
        try:
            backend.delete_password(SERVICE, ACCOUNT)
        except PasswordDeleteError:
            # Also what "there is none" is called; whether it is true is looked at.
            break
    if backend.get_password(SERVICE, ACCOUNT) is not None:
        raise RuntimeError


def _guarded(call: Callable[[], T]) -> T:
    try:
        return call()
    except Exception as error:  # noqa: BLE001  keyring's, pywin32's and D-Bus's errors have no base in common
        record("keyring_failed", level=WARNING, error=type(error).__name__)
    # Outside the handler, so that the error keeps no context.
    raise AuthError(ErrorCode.KEYRING_UNAVAILABLE)
