"""The rotating log file, written by one thread of its own."""

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from io import FileIO, TextIOWrapper
from logging.handlers import QueueListener, RotatingFileHandler
from pathlib import Path
from stat import S_ISREG

from ingenes_desktop.adapters.log_lines import WaitingLines, begin_log
from ingenes_desktop.domain.event_log import LOGGER_NAME
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.settings import Settings

FILE_NAME = "ingenes-desktop.log"
FILES = 5
"""The current one and four older ones, FILE_NAME.1 to .4."""
FILE_BYTES = 1024 * 1024
STOP_SECONDS = 1.0
_APPLICATION = "ingenes-desktop"


def start_log(settings: Settings, folder: Path | None = None) -> "LogFile":
    """Begin to write: what waits since begin_log(), then what comes. Returns at once; any thread.

    ``folder`` is the machine's own where it is not given (log_folder). Where it cannot be written
    there is no log, and nobody is troubled with that.
    """
    level = logging.getLevelNamesMapping()[settings.log_level]
    lines = begin_log()
    logging.getLogger(LOGGER_NAME).setLevel(level)
    return LogFile(lines, lambda: folder or log_folder(settings.machine, sys.platform), level)


def log_folder(machine: MachineKind, platform: str) -> Path:
    """The platform's folder for logs: the user's, and on a kiosk the machine's. Slow once (an import)."""
    if machine is not MachineKind.KIOSK:
        from platformdirs import user_log_path  # noqa: PLC0415  16 ms, on the log's own thread

        return user_log_path(_APPLICATION, appauthor=False)
    if platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData"), _APPLICATION, "Logs")
    return Path("/Library/Logs" if platform == "darwin" else "/var/log", _APPLICATION)


class LogFile:
    """A log that is being written until stop()."""

    def __init__(self, lines: WaitingLines, folder: Callable[[], Path], level: int) -> None:
        """``folder`` is asked on the log's own thread; lines below ``level`` are left out."""
        self._lines = lines
        self._writer = _Writer(lines, folder, level)
        self._writer.start()

    def stop(self) -> None:
        """Write what waits and close the file; given up after 1 s. Again does nothing."""
        logger = logging.getLogger(LOGGER_NAME)
        # Without a handler Python would print late warnings to standard error.
        logger.addHandler(logging.NullHandler())
        logger.removeHandler(self._lines)
        self._writer.stop()


class _Writer(QueueListener):
    """The thread that writes. It opens the file itself: a folder on a network may take its time."""

    def __init__(self, lines: WaitingLines, folder: Callable[[], Path], level: int) -> None:
        super().__init__(lines.queue)
        self._lines = lines
        self._folder = folder
        self._level = level
        self._file: _PrivateFile | None = None

    def handle(self, record: logging.LogRecord) -> None:
        """Write one line. Where that fails the line is lost, and the next one tries again."""
        if record.levelno < self._level:
            return
        if self._file is None:
            # OSError: no right, no place. RuntimeError: no home folder.
            with suppress(OSError, RuntimeError):
                self._file = _PrivateFile(_private_folder(self._folder()))
        if self._file is None:
            return
        lost = self._lines.lost_line()
        if lost is not None:
            self._file.handle(lost)
        self._file.handle(record)

    def stop(self) -> None:
        """End the thread, at the latest after STOP_SECONDS: a disk that hangs holds up nobody."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self.enqueue_sentinel()
        thread.join(STOP_SECONDS)
        if not thread.is_alive() and self._file is not None:
            self._file.close_file()


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner can read, and that breaks nothing when it breaks."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            folder / FILE_NAME, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="ascii", delay=True
        )

    def createLock(self) -> None:  # noqa: N802  logging's own name
        """No lock: one thread writes, and Python's exit must not wait for a disk that hangs."""
        self.lock = None

    def flush(self) -> None:
        """Nothing: no line is ever held back."""

    def close(self) -> None:
        """Nothing, for Python's exit calls it on its own thread; the writer calls close_file()."""

    def close_file(self) -> None:
        """Close the file. On the writer's thread, or when that has ended."""
        with suppress(OSError):
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's own name
        """Nothing: Python's own would print the line to standard error."""

    def _open(self) -> TextIOWrapper:
        # Neither through a link nor into a pipe; without a buffer, which a full disk would leave behind.
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        file = FileIO(os.open(self.baseFilename, flags, 0o600), "a")
        try:
            _make_private(file.fileno())
        except OSError:
            file.close()
            raise
        # FileIO is what `python -u` gives its own text streams: each write goes to the system at once.
        return TextIOWrapper(file, encoding="ascii", errors="replace", newline="\n", write_through=True)


def _make_private(handle: int) -> None:
    if not S_ISREG(os.fstat(handle).st_mode):
        raise OSError
    if hasattr(os, "fchmod"):
        os.fchmod(handle, 0o600)


def _private_folder(folder: Path) -> Path:
    """Make the folder, for its owner alone. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A folder that an administrator prepared for a kiosk's account is left as it is.
    if hasattr(os, "geteuid") and folder.stat().st_uid == os.geteuid():
        folder.chmod(0o700)
    return folder
