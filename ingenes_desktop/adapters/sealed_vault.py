"""The vault of "Keep me signed in": a sealed file, its key in the system's keyring, one lock for both.

Imports cryptography, filelock and tenacity: token_vault.py does it on a worker thread.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from logging import WARNING
from typing import NamedTuple

from ingenes_desktop.adapters.left_behind import answer_within
from ingenes_desktop.adapters.vault_file import NotOurFile, VaultFile
from ingenes_desktop.adapters.vault_format import (
    KEY_BYTES,
    NONCE_BYTES,
    Binding,
    is_newer,
    key_text,
    looks_newer,
    opened,
    sealed,
)
from ingenes_desktop.adapters.vault_key import VaultKeys
from ingenes_desktop.adapters.vault_lock import VaultLock
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import VaultLease
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record as log
from ingenes_desktop.domain.models import VaultRecord
from ingenes_desktop.domain.secret import Secret

SEAL_WAIT_SECONDS = 20.0
"""Another instance holds the vault for one refresh, at most 15 s and a little."""
CLEAR_WAIT_SECONDS = 5.0
KEYRING_WAIT_SECONDS = 1.0
"""A keyring that asks the person is waited for so long before the file goes without it."""


class _Found(NamedTuple):
    """What stands in the vault's place: a record and the key that opens it, or why there is none."""

    record: VaultRecord | None = None
    key: Secret | None = None
    detail: str = ""


class SealedVault:
    """A TokenVault (application/ports.py). Worker threads; any number of instances and processes.

    ``binding`` says what the vault belongs to; it may raise AuthError SESSION_NOT_KEPT.
    """

    def __init__(
        self,
        *,
        file: VaultFile,
        keys: VaultKeys,
        lock: VaultLock,
        binding: Callable[[], Binding],
        random_bytes: Callable[[int], bytes],
    ) -> None:
        self._file = file
        self._keys = keys
        self._lock = lock
        self._binding = binding
        self._random_bytes = random_bytes
        # So that a renewal asks no keyring, which may ask the person.
        self._key: Secret | None = None

    def open(self) -> VaultRecord | None:
        """See TokenVault. KEYRING_UNAVAILABLE leaves everything as it is, for a better day."""
        try:
            return self._open()
        except AuthError as error:
            if error.code is not ErrorCode.SESSION_NOT_KEPT:
                raise
            # There is no lock to be had, or no account to belong to.
            detail = error.detail
        raise AuthError(ErrorCode.SESSION_NOT_RESTORED, detail=detail)

    def seal(self, record: VaultRecord) -> None:
        """See TokenVault. What goes wrong leaves the former session, whole, and is SESSION_NOT_KEPT.

        Killed at any moment it leaves the former session or the new one: while the file changes hands
        the keyring has both keys. (Windows and macOS replace an item by deleting it first: killed just
        there it leaves neither.)
        """
        detail = "DISK"
        try:
            # The person is asked to unlock the keyring here, while nobody waits for the lock.
            self._keys.read()
            self._file.make_folder()
            with self._lock.within(SEAL_WAIT_SECONDS):
                self._seal(record)
        except AuthError as error:
            detail = "KEYRING" if error.code is ErrorCode.KEYRING_UNAVAILABLE else error.detail
        except ValueError:
            detail = "NOT_SEALED"
        except (OSError, NotOurFile) as error:
            log("vault_failed", level=WARNING, operation="seal", error=type(error).__name__)
        else:
            return
        raise AuthError(ErrorCode.SESSION_NOT_KEPT, detail=detail)

    @contextmanager
    def exclusive(self, attempt: Attempt) -> Iterator[VaultLease]:
        """See TokenVault. SESSION_NOT_KEPT where nothing can be locked (a read-only folder)."""
        key = self._key
        keys = self._keys.read() if key is None else (key,)
        binding = self._binding()
        with self._lock.during(attempt):
            yield _Lease(self._file, keys, binding, self._random_bytes)

    def clear(self) -> None:
        """See TokenVault. KEYRING_UNAVAILABLE where a key may be left, SESSION_NOT_KEPT for a file.

        Where there is neither file nor key known, no keyring is asked: somebody who never kept a session
        is not asked for a keyring's password when signing out. A newer version's vault stays.
        """
        had_key, self._key = self._key is not None, None
        self._sweep()
        if not had_key and not self._file.is_there():
            return
        if self._is_newer():
            return
        key_error = self._shred()
        file_error = _attempted(self._file.remove)
        if key_error is None:
            # A renewal of another instance may have been writing just then.
            with suppress(AuthError), self._lock.within(CLEAR_WAIT_SECONDS):
                file_error = self._clear_what_came_back()
        if key_error is not None:
            raise AuthError(ErrorCode.KEYRING_UNAVAILABLE, detail="KEY_LEFT")
        if file_error is not None:
            raise AuthError(ErrorCode.SESSION_NOT_KEPT, detail="FILE_LEFT")

    def _open(self) -> VaultRecord | None:
        self._sweep()
        found = self._look()
        if found is not None and found.record is None:
            # Perhaps another instance was sealing between two of these looks; with the lock nobody is.
            with self._lock.within(CLEAR_WAIT_SECONDS):
                found = self._look()
                if found is not None and found.record is None:
                    self._reset(found.detail)
                    raise AuthError(ErrorCode.SESSION_NOT_RESTORED, detail=found.detail)
        if found is None:
            return None
        self._key = found.key
        return found.record

    def _sweep(self) -> None:
        """Remove what killed writers left, unless somebody may just be writing."""
        if self._file.leftovers():
            with suppress(AuthError), self._lock.within(0):
                self._file.sweep()

    def _look(self) -> _Found | None:
        """What is there; None for nothing. Raises AuthError KEYRING_UNAVAILABLE, SESSION_NOT_RESTORED."""
        detail = ""
        content: bytes | None = None
        try:
            content = self._file.read()
        except NotOurFile as finding:
            return _Found(detail=str(finding))
        except OSError as error:
            log("vault_failed", level=WARNING, operation="read", error=type(error).__name__)
            detail = "NOT_READABLE"
        if detail:
            raise AuthError(ErrorCode.SESSION_NOT_RESTORED, detail=detail)
        if content is None:
            return None
        keys = self._keys.read()
        binding = self._binding()
        for key in keys:
            if (record := opened(content, key, binding)) is not None:
                return _Found(record, key)
        if is_newer(content, keys, binding):
            log("vault_newer", level=WARNING)
            raise AuthError(ErrorCode.SESSION_NOT_RESTORED, detail="NEWER")
        return _Found(detail="NOT_OPENED" if keys else "NO_KEY")

    def _seal(self, record: VaultRecord) -> None:
        """With the lock held. Raises whatever goes wrong."""
        self._file.sweep()
        keys = self._keys.read()
        binding = self._binding()
        try:
            former = self._file.read()
        except NotOurFile:
            self._file.remove()
            former = None
        if former is not None and is_newer(former, keys, binding):
            raise AuthError(ErrorCode.SESSION_NOT_KEPT, detail="NEWER")
        former_keys = tuple(key for key in keys if former is not None and opened(former, key, binding))[:1]
        key = key_text(self._random_bytes(KEY_BYTES))
        content = sealed(record, key, self._random_bytes(NONCE_BYTES), binding)
        try:
            self._keys.write((key, *former_keys))
            self._file.write(content)
        except (AuthError, OSError):
            # A keyring that replaces by deleting first (Windows, macOS) may have lost the former one.
            with suppress(AuthError):
                self._keys.write(former_keys)
            raise
        self._key = key
        if former_keys:
            # The session is kept whether or not the former key goes now; the next seal takes it away.
            with suppress(AuthError):
                self._keys.write((key,))

    def _reset(self, detail: str) -> None:
        """With the lock held: away with what cannot be opened."""
        log("vault_reset", level=WARNING, detail=detail)
        self._key = None
        for forget in (self._keys.delete, self._file.remove):
            _attempted(forget)

    def _shred(self) -> BaseException | None:
        """Delete the key, and let the file wait no longer than a moment for it."""
        try:
            return answer_within(
                KEYRING_WAIT_SECONDS, lambda: _attempted(self._keys.delete), name="vault-key"
            )
        except TimeoutError as error:
            return error

    def _clear_what_came_back(self) -> BaseException | None:
        """With the lock held. What opens was sealed by another instance since: another sign-in."""
        self._file.sweep()
        found = self._look()
        if found is not None and found.record is not None:
            return None
        return _attempted(self._file.remove) or _attempted(self._keys.delete)

    def _is_newer(self) -> bool:
        """Whether a newer version's vault is there, or what cannot be told from one today."""
        try:
            content = self._file.read()
        except (OSError, NotOurFile):
            return False
        if content is None or not looks_newer(content):
            return False
        try:
            return is_newer(content, self._keys.read(), self._binding())
        except AuthError:
            return True


class _Lease:
    """A VaultLease: what can be done while the lock is held."""

    def __init__(
        self,
        file: VaultFile,
        keys: tuple[Secret, ...],
        binding: Binding,
        random_bytes: Callable[[int], bytes],
    ) -> None:
        self._file = file
        self._keys = keys
        self._binding = binding
        self._random_bytes = random_bytes

    def read(self) -> VaultRecord | None:
        """See VaultLease. A sign-in that another instance sealed meanwhile has another key: None."""
        return self._found()[0]

    def write(self, record: VaultRecord) -> None:
        """See VaultLease. SESSION_NOT_KEPT where it is gone or cannot be written; the former stays."""
        _, key = self._found()
        detail = "GONE"
        if key is not None:
            try:
                self._file.write(sealed(record, key, self._random_bytes(NONCE_BYTES), self._binding))
            except ValueError:
                detail = "NOT_SEALED"
            except OSError as error:
                log("vault_failed", level=WARNING, operation="write", error=type(error).__name__)
                detail = "DISK"
            else:
                return
        raise AuthError(ErrorCode.SESSION_NOT_KEPT, detail=detail)

    def _found(self) -> tuple[VaultRecord | None, Secret | None]:
        content: bytes | None = None
        with suppress(OSError, NotOurFile):
            content = self._file.read()
        if content is not None:
            for key in self._keys:
                if (record := opened(content, key, self._binding)) is not None:
                    return record, key
        return None, None


def _attempted(call: Callable[[], None]) -> BaseException | None:
    """``call()``, whose failure is logged and given back."""
    try:
        call()
    except (AuthError, OSError) as error:
        log("vault_failed", level=WARNING, operation="clear", error=type(error).__name__)
        return error
    return None
