"""The file of a kept session: read with care, written whole or not at all, removed for good."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from errno import EACCES
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG
from time import sleep
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, wait_random_exponential

from ingenes_desktop.adapters.vault_folder import VaultFolder

LARGEST_BYTES = 32 * 1024
"""More is not what write() wrote: a token of at most 16,384 characters, and two names."""
HELD_SECONDS = 2.5
"""A virus scanner that has opened the file is waited for as long as this, and a little."""
_HELD_BY_ANOTHER = frozenset({5, 32, 33})
"""ERROR_ACCESS_DENIED, _SHARING_VIOLATION, _LOCK_VIOLATION.
https://learn.microsoft.com/en-us/windows/win32/debug/system-error-codes--0-499-"""
_RIGHTS = 0o422
_OUR_RIGHTS = 0o400
"""Of these rights: its owner reads it, nobody else writes it."""
_PRIVATE = 0o700
_RANDOM_BYTES = 8
_FLAGS = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOINHERIT", 0)
)

T = TypeVar("T")


class NotOurFile(Exception):  # noqa: N818  not an error of the system's: a finding
    """What stands at the vault's name is nothing that write() made. Its text is a short token."""


class VaultFile:
    """One file in one folder. Nothing is locked here: who writes, sweeps or removes holds the lock.

    Every method may raise OSError. ``random_bytes`` gives that many; ``replace`` is os.replace and
    ``pause`` waits seconds, except in a test.
    """

    def __init__(
        self,
        folder: VaultFolder,
        *,
        random_bytes: Callable[[int], bytes],
        replace: Callable[[Path, Path], None] = os.replace,
        pause: Callable[[float], None] = sleep,
    ) -> None:
        self._folder = folder
        self._random_bytes = random_bytes
        self._replace = replace
        self._pause = pause

    def read(self) -> bytes | None:
        """What the file holds, at most LARGEST_BYTES; None where there is none.

        Raises NotOurFile, unread and unfollowed, for a link, a pipe, a device, a folder, what somebody
        else owns or may write, and what is too long.
        """
        return self._while_held(self._read)

    def write(self, content: bytes) -> None:
        """Put ``content`` in the place of the file. After a failure the former one is as it was."""
        self.make_folder()
        temporary = self._folder.temporary(self._random_bytes(_RANDOM_BYTES))
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
        try:
            try:
                _write_all(handle, content)
            finally:
                os.close(handle)
            self._while_held(lambda: self._replace(temporary, self._folder.vault))
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        _settle_folder(self._folder.path)

    def remove(self) -> None:
        """Take away whatever stands at the file's name (a link itself, not what it leads to)."""
        try:
            if S_ISDIR(os.lstat(self._folder.vault).st_mode):
                # One that is not empty stays, and raises.
                self._folder.vault.rmdir()
            else:
                self._while_held(self._folder.vault.unlink)
        except (FileNotFoundError, NotADirectoryError):
            return
        _settle_folder(self._folder.path)

    def is_there(self) -> bool:
        """Whether anything stands at the file's name, a link that leads nowhere too."""
        return os.path.lexists(self._folder.vault)

    def leftovers(self) -> list[Path]:
        """See VaultFolder; none where the folder cannot be read."""
        try:
            return self._folder.leftovers()
        except OSError:
            return []  # no such folder, or none of ours

    def sweep(self) -> None:
        """Remove what killed writers left. With the lock held nobody else is writing."""
        for path in self.leftovers():
            with suppress(OSError):
                path.unlink()

    def make_folder(self) -> None:
        """The folder, for its owner alone. Raises PermissionError where somebody else owns it."""
        self._folder.path.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        if hasattr(os, "geteuid"):
            status = self._folder.path.stat()
            if status.st_uid != os.geteuid():
                raise PermissionError
            if S_IMODE(status.st_mode) != _PRIVATE:
                self._folder.path.chmod(_PRIVATE)

    def _read(self) -> bytes | None:
        try:
            # Before it is opened: to open a device may do something.
            _refuse_what_is_not_ours(os.lstat(self._folder.vault))
            handle = os.open(self._folder.vault, os.O_RDONLY | _FLAGS)
        except (FileNotFoundError, NotADirectoryError):
            return None
        try:
            _refuse_what_is_not_ours(os.fstat(handle))
            content = b""
            while piece := os.read(handle, LARGEST_BYTES + 1 - len(content)):
                content += piece
        finally:
            os.close(handle)
        if len(content) > LARGEST_BYTES:
            raise NotOurFile("TOO_LONG")
        return content

    def _while_held(self, call: Callable[[], T]) -> T:
        """``call()``, again while another program holds the file: that is usual on Windows alone."""
        return Retrying(
            retry=retry_if_exception(_is_held),
            stop=_waited_long_enough,
            wait=wait_random_exponential(multiplier=0.02, max=0.25),
            sleep=self._pause,
            reraise=True,
        )(call)


def _refuse_what_is_not_ours(status: os.stat_result) -> None:
    if not S_ISREG(status.st_mode):
        raise NotOurFile("NOT_A_FILE")
    if status.st_size > LARGEST_BYTES:
        raise NotOurFile("TOO_LONG")
    if hasattr(os, "geteuid"):
        if status.st_uid != os.geteuid():
            raise NotOurFile("OTHER_OWNER")
        if status.st_mode & _RIGHTS != _OUR_RIGHTS:
            raise NotOurFile("OTHER_RIGHTS")


def _write_all(handle: int, content: bytes) -> None:
    if hasattr(os, "fchmod"):
        # Whatever the umask has taken away.
        os.fchmod(handle, 0o600)
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
    _settle(handle)


def _settle(handle: int) -> None:
    """Wait until the disk has it."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415  no such module on Windows

        # There fsync leaves it in the drive's own memory: man 2 fsync. Not every file system knows this one.
        with suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def _settle_folder(folder: Path) -> None:
    """Wait until the disk has the folder's names, where a folder can be opened (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    # What was to be done is done; a file system that cannot wait for it changes nothing.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            _settle(handle)
        finally:
            os.close(handle)


def _is_held(error: BaseException) -> bool:
    if not isinstance(error, OSError):
        return False
    # Elsewhere than on Windows there is no such attribute. None: from the C library, by os.open.
    code = getattr(error, "winerror", 0)
    return code in _HELD_BY_ANOTHER or (code is None and error.errno == EACCES)


def _waited_long_enough(state: RetryCallState) -> bool:
    return state.idle_for >= HELD_SECONDS
