"""The system's keyring, by name: Credential Manager, Keychain or Secret Service.

``keyring`` is imported inside the first call and not before. Its own choice of a backend is never
asked: that would read a file and variables of the user's that may name any class to load, and may end
in one that keeps plain text or nothing at all. Here the platform's backend is named.
"""

from collections.abc import Callable
from importlib import import_module
from logging import WARNING
from typing import Protocol, TypeVar

from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record

_DELETIONS = 2

T = TypeVar("T")


class KeyringBackend(Protocol):
    """What is used of a ``keyring`` backend."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def named_backend(platform: str) -> KeyringBackend:
    """The backend of ``sys.platform``. Slow once (100 ms); raises whatever the import raises."""
    if platform == "win32":
        module, name = "keyring.backends.Windows", "WinVaultKeyring"
    elif platform == "darwin":
        module, name = "keyring.backends.macOS", "Keyring"
    else:
        module, name = "ingenes_desktop.adapters.secret_service", "SecretServiceKeyring"
    kind = getattr(import_module(module), name)
    # Without __init__: all that it does is to set attributes from KEYRING_PROPERTY_* variables.
    backend: KeyringBackend = kind.__new__(kind)
    if platform == "win32":
        # Not the default, which roams with a domain profile to other machines.
        backend.persist = "local machine"  # type: ignore[attr-defined]  # WinVaultKeyring's alone
    return backend


def put_item(backend: KeyringBackend, platform: str, service: str, account: str, value: str) -> None:
    """Keep ``value`` in the place of any other."""
    if platform == "win32":
        # keyring would keep a copy of the former value under a name of its own.
        delete_item(backend, service, account)
    backend.set_password(service, account, value)


def delete_item(backend: KeyringBackend, service: str, account: str) -> None:
    """Delete until nothing is left: Windows can hold two copies. Raises RuntimeError where one stays."""
    from keyring.errors import PasswordDeleteError  # noqa: PLC0415  keyring is imported by a call alone

    for _ in range(_DELETIONS):
        try:
            backend.delete_password(service, account)
        except PasswordDeleteError:
            # Also what "there is none" is called; whether it is true is looked at.
            break
    if backend.get_password(service, account) is not None:
        raise RuntimeError


def guarded(call: Callable[[], T]) -> T:
    """``call()``; whatever goes wrong is AuthError KEYRING_UNAVAILABLE.

    Without the library's error behind it, since that can hold the value.
    """
    try:
        return call()
    except Exception as error:  # noqa: BLE001  keyring's, pywin32's and D-Bus's errors have no base in common
        record("keyring_failed", level=WARNING, error=type(error).__name__)
    # Outside the handler, so that the error keeps no context.
    raise AuthError(ErrorCode.KEYRING_UNAVAILABLE)
