"""One window for each person, session of the system and configuration: a second start raises the first."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from re import sub
from stat import S_IMODE, S_ISDIR
from time import monotonic, sleep
from typing import TYPE_CHECKING, cast
from zlib import crc32

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal, Slot

from ingenes_desktop.domain.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_APPLICATION = "ingenes-desktop"
_ASK, _ANSWER = b"raise\n", b"raised\n"
_LONGEST_WORD = 16
_MOST_GUESTS = 8
_GUEST_MILLISECONDS = 1000
_LOOK_AGAIN_SECONDS = 0.05
_TRIES = 3
_PRIVATE = 0o700
_WRITABLE_BY_OTHERS = 0o022


class _First(Enum):
    """What the process that holds the lock made of our question."""

    RAISED = auto()
    SILENT = auto()
    NOT_LISTENING = auto()


class SingleInstance(QObject):
    """A lock file says who is first; a local socket beside it is how a second start calls. UI thread only.

    Only the lock is taken before the first paint (1.3 ms where the run-time folder is in memory); QtNetwork
    is loaded by a second start and by :meth:`listen`. The lock dies with its process, however that ends;
    what a killed one left is taken over.

    Nobody is ever kept out of the application by this: where no lock can be had (no private folder, a
    full disk) or where the first one does not answer, the window opens all the same. Two windows do no
    harm (the vault has a lock of its own, a session is a window's); a program that does not start because
    another one hangs keeps a person from working, and on a kiosk the new window covers the hung one.
    """

    raise_asked = Signal()
    """A second start wants this window to be seen."""

    def __init__(
        self,
        settings: Settings,
        environment: Mapping[str, str],
        *,
        answer_seconds: float = 2.0,
        start_seconds: float = 10.0,
    ) -> None:
        """``environment`` says where the person's run-time folder and screen are.

        The first one has ``answer_seconds`` to answer, and ``start_seconds`` to come so far that it can.
        """
        super().__init__()
        self._name = instance_name(settings, environment)
        self._environment = environment
        self._answer_milliseconds = round(answer_seconds * 1000)
        self._start_seconds = start_seconds
        self._folder: Path | None = None
        self._lock: QLockFile | None = None
        self._server: QLocalServer | None = None
        self._guests = 0

    def stand(self) -> bool:
        """Whether this process is to open its window; False where the first one has been raised.

        Returns at once where there is no other; a second start, which has no window to hold up yet, is
        held up here. Has a QCoreApplication.
        """
        deadline = monotonic() + self._start_seconds
        while not self.take():
            match self._call_first():
                case _First.RAISED:
                    return False
                case _First.SILENT:
                    return True
                case _First.NOT_LISTENING:
                    # It is about to open its window, or about to end.
                    if monotonic() > deadline:
                        return True
                    sleep(_LOOK_AGAIN_SECONDS)  # there is no window yet that it could hold up
        return True

    def take(self) -> bool:
        """Take the lock without waiting; False where another process holds it.

        Where there can be no lock at all it is True, and nothing is held.
        """
        for _ in range(_TRIES):
            folder = _private_folder(self._environment)
            if folder is None:
                return True
            lock = QLockFile(str(folder / f"{self._name}.lock"))
            lock.setStaleLockTime(0)  # however old it is, a living process holds it
            if lock.tryLock(0):
                self._folder, self._lock = folder, lock
                return True
            if lock.error() is QLockFile.LockError.LockFailedError:
                self._folder = folder
                return False
            # The folder may have gone meanwhile, with the one that ended.
        return True

    def listen(self) -> None:
        """Hear second starts from now on. Behind the first paint; again does nothing.

        Where that is not possible a second start opens a window of its own.
        """
        if self._lock is None or self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415  17 ms, not before the first paint

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.setMaxPendingConnections(_MOST_GUESTS)
        server.newConnection.connect(self._receive)
        # Where a killed one left its socket, Qt puts this one in its place.
        if server.listen(self._address()):
            self._server = server

    def release(self) -> None:
        """Give the place up and leave no file behind: whoever starts next is first. Again does nothing."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None
        if self._folder is not None:
            with suppress(OSError):  # another instance, of another configuration, still has files there
                self._folder.rmdir()
            self._folder = None

    def _address(self) -> str:
        # A pipe on Windows, whose name is the whole machine's; a socket beside the lock elsewhere.
        if sys.platform == "win32" or self._folder is None:
            return self._name
        return str(self._folder / f"{self._name}.socket")

    def _call_first(self) -> _First:
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415  only a second start needs it

        first = QLocalSocket()
        first.connectToServer(self._address())
        if not first.waitForConnected(self._answer_milliseconds):
            return _First.NOT_LISTENING
        self._let_first_come_to_front()
        first.write(_ASK)
        deadline = monotonic() + self._answer_milliseconds / 1000
        heard = b""
        while not heard.endswith(b"\n") and len(heard) < _LONGEST_WORD:
            left = round((deadline - monotonic()) * 1000)
            if left <= 0:
                return _First.SILENT
            if (
                not first.waitForReadyRead(left)
                and first.state() is not first.LocalSocketState.ConnectedState
            ):
                return _First.NOT_LISTENING  # it has just ended
            heard += bytes(first.read(_LONGEST_WORD - len(heard)).data())
        return _First.RAISED if heard == _ANSWER else _First.SILENT

    @Slot()
    def _receive(self) -> None:
        while self._server is not None and (guest := self._server.nextPendingConnection()) is not None:
            guest.disconnected.connect(self._guest_left)
            guest.disconnected.connect(guest.deleteLater)
            self._guests += 1
            if self._guests > _MOST_GUESTS:
                guest.abort()
                continue
            QTimer.singleShot(_GUEST_MILLISECONDS, guest, guest.abort)
            guest.readyRead.connect(self._hear)
            if guest.bytesAvailable():
                self._answer(guest)

    @Slot()
    def _hear(self) -> None:
        self._answer(cast("QLocalSocket", self.sender()))

    def _answer(self, guest: "QLocalSocket") -> None:
        if guest.bytesAvailable() < len(_ASK):
            return
        if bytes(guest.read(_LONGEST_WORD).data()) != _ASK:
            guest.abort()
            return
        self.raise_asked.emit()
        guest.write(_ANSWER)
        guest.disconnectFromServer()  # once the answer has gone out

    @Slot()
    def _guest_left(self) -> None:
        self._guests -= 1

    def _let_first_come_to_front(self) -> None:
        """On Windows the second start is the one in front, and must allow it."""
        if sys.platform == "win32":
            from ingenes_desktop.controllers.foreground import (  # noqa: PLC0415  only a second start needs it
                let_come_to_front,
            )

            lock = QLockFile(str((self._folder or Path()) / f"{self._name}.lock"))
            let_come_to_front(int(lock.getLockInfo()[0]))


def instance_name(settings: Settings, environment: Mapping[str, str]) -> str:
    """What two starts have in common when the second is to raise the first.

    The user, the session of the system (or the screen, which a person can tell from another), and in short
    what the program talks to: a demo never meets the real one.
    """
    user, session = _user_and_session(environment)
    ends = settings.endpoints
    meant = (
        user, session, settings.user_pool_id, settings.client_id, settings.identity_pool_id,
        ends.cognito_idp, ends.cognito_identity, ends.secrets_manager,
    )  # fmt: skip
    words = [sub(r"[^A-Za-z0-9]", "", word)[:_LONGEST_WORD] for word in (user, session)]
    return "-".join([_APPLICATION, *words, f"{crc32(repr(meant).encode()):08x}"])


def _user_and_session(environment: Mapping[str, str]) -> tuple[str, str]:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  Windows alone has it here

        session = ctypes.c_ulong()
        ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(session))
        return environment.get("USERNAME", ""), str(session.value)
    # macOS has one screen for each user. A desktop starts its programs without XDG_SESSION_ID, a terminal
    # with it: the screen is what both have.
    names = ("WAYLAND_DISPLAY", "DISPLAY", "XDG_SESSION_ID")
    return str(os.getuid()), next((environment[name] for name in names if environment.get(name)), "")


def _private_folder(environment: Mapping[str, str]) -> Path | None:
    """A folder of ours that only this user can write to; None where there is none to be had.

    In the user's run-time folder, which the system empties at log-out
    (https://specifications.freedesktop.org/basedir-spec/latest/), else in the temporary one. There anybody
    may have put something of that name: what is not ours alone is not used.
    """
    name = _APPLICATION if sys.platform == "win32" else f"{_APPLICATION}-{os.getuid()}"
    folders = (root / name for root in _roots(environment) if root.is_absolute())
    return next((folder for folder in folders if _is_private(folder)), None)


def _roots(environment: Mapping[str, str]) -> Iterator[Path]:
    yield Path(environment.get("XDG_RUNTIME_DIR", ""))
    from PySide6.QtCore import QDir  # noqa: PLC0415  0.6 ms before the first paint, where it is wanted

    yield Path(QDir.tempPath())


def _is_private(folder: Path) -> bool:
    try:
        with suppress(FileExistsError):
            folder.mkdir(mode=_PRIVATE)
        found = folder.lstat()
    except (OSError, ValueError):
        return False
    if sys.platform == "win32":  # the temporary folder is the user's own
        return S_ISDIR(found.st_mode)
    is_ours = S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return is_ours and not S_IMODE(found.st_mode) & _WRITABLE_BY_OTHERS
