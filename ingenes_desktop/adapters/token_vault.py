"""The door to the vault of "Keep me signed in". Cheap to import; what is behind it comes with a call."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from ingenes_desktop.adapters.vault_folder import VaultFolder, is_empty, vault_exists, vault_folder

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ingenes_desktop.adapters.sealed_vault import SealedVault
    from ingenes_desktop.application.attempt import Attempt
    from ingenes_desktop.application.ports import TokenVault, VaultLease
    from ingenes_desktop.domain.models import VaultRecord
    from ingenes_desktop.domain.settings import Settings

__all__ = ["forget_vault", "make_token_vault", "vault_exists"]


def make_token_vault(
    settings: "Settings",
    platform: str,
    *,
    environment: Mapping[str, str] = os.environ,
    random_bytes: Callable[[int], bytes] = os.urandom,
) -> "TokenVault":
    """The vault of these settings on ``sys.platform``. Touches no file, imports nothing.

    ``environment`` names the folder (vault_exists takes the same); ``random_bytes`` makes keys and nonces.
    """
    folder = vault_folder(settings, environment, platform)
    return _VaultLater(folder, lambda: _make(settings, folder, platform, random_bytes))


def forget_vault(
    settings: "Settings", platform: str, *, with_key: bool, environment: Mapping[str, str] = os.environ
) -> None:
    """Away with a session that was kept while this machine was a personal one. Nothing there: nothing done.

    It does not open under another kind of machine, so that its tokens cannot be revoked. Without
    ``with_key`` (a kiosk) no keyring is imported: the file goes, and the key opens nothing. A worker
    thread's. Raises AuthError SESSION_NOT_KEPT for a file that is left, KEYRING_UNAVAILABLE for a key.
    """
    if not vault_exists(settings, environment, platform):
        return
    if with_key:
        make_token_vault(settings, platform, environment=environment).clear()
        return
    from ingenes_desktop.adapters.vault_file import VaultFile  # noqa: PLC0415  tenacity
    from ingenes_desktop.domain.errors import AuthError, ErrorCode  # noqa: PLC0415  like the other

    # With nobody to hold a lock against: no instance keeps anything here.
    file = VaultFile(vault_folder(settings, environment, platform), random_bytes=os.urandom)
    with suppress(OSError):
        file.remove()
        file.sweep()
    if file.is_there():
        raise AuthError(ErrorCode.SESSION_NOT_KEPT, detail="FILE_LEFT")


class _VaultLater:
    """A TokenVault that is made by its first call, on that call's thread (100 ms of imports).

    Whoever keeps nothing and never did is spared them.
    """

    def __init__(self, folder: VaultFolder, make: "Callable[[], SealedVault]") -> None:
        self._folder = folder
        self._vault = cache(make)

    def open(self) -> "VaultRecord | None":
        return None if is_empty(self._folder) else self._vault().open()

    def seal(self, record: "VaultRecord") -> None:
        self._vault().seal(record)

    def exclusive(self, attempt: "Attempt") -> "AbstractContextManager[VaultLease]":
        return self._vault().exclusive(attempt)

    def clear(self) -> None:
        self._vault().clear()


def _make(
    settings: "Settings", folder: VaultFolder, platform: str, random_bytes: Callable[[int], bytes]
) -> "SealedVault":
    from ingenes_desktop.adapters.keyring_backend import named_backend  # noqa: PLC0415  like the next
    from ingenes_desktop.adapters.os_account import account_id  # noqa: PLC0415  ctypes
    from ingenes_desktop.adapters.sealed_vault import SealedVault  # noqa: PLC0415  cryptography, filelock
    from ingenes_desktop.adapters.vault_file import VaultFile  # noqa: PLC0415  tenacity
    from ingenes_desktop.adapters.vault_format import Binding  # noqa: PLC0415  cryptography
    from ingenes_desktop.adapters.vault_key import VaultKeys, key_service  # noqa: PLC0415  like the others
    from ingenes_desktop.adapters.vault_lock import VaultLock  # noqa: PLC0415  filelock

    return SealedVault(
        file=VaultFile(folder, random_bytes=random_bytes),
        keys=VaultKeys(key_service(settings), platform, lambda: named_backend(platform)),
        lock=VaultLock(folder.lock),
        binding=lambda: Binding.of(settings, account_id(platform)),
        random_bytes=random_bytes,
    )
