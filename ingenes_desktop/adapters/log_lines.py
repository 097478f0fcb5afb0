"""The log's lines, from the first event on: made where they happen, kept until a file takes them.

Nothing here touches the disk, so that no thread ever waits for it; ``log_file`` writes the lines in the
background after the first paint. Cheap to import, since it comes before the window.
"""

import logging
import time
from queue import SimpleQueue
from traceback import walk_tb

from ingenes_desktop.domain.event_log import LOGGER_NAME

LONGEST_LINE_BYTES = 8 * 1024
"""Of one line in the file, its end included."""
MOST_LINES_WAITING = 5000
_MOST_FRAMES = 16
_MOST_CAUSES = 4
# Libraries whose messages can hold passwords, tokens or answers of a far end.
LIBRARIES = (
    "PySide6", "asyncio", "boto3", "botocore", "charset_normalizer", "concurrent", "cryptography", "envs",
    "filelock", "jeepney", "jwt", "keyring", "phonenumbers", "platformdirs", "pycognito", "qasync",
    "requests", "s3transfer", "secretstorage", "segno", "tenacity", "truststore", "urllib3", "win32ctypes",
)  # fmt: skip


def begin_log() -> "WaitingLines":
    """Keep our events from here on, and silence the libraries. Early in main(); again does nothing more."""
    silence_libraries()
    logger = logging.getLogger(LOGGER_NAME)
    logger.propagate = False
    for handler in logger.handlers:
        if isinstance(handler, WaitingLines):
            return handler
    lines = WaitingLines()
    logger.addHandler(lines)
    # Which level is wanted is not known yet; the file leaves out what is below it.
    logger.setLevel(logging.DEBUG)
    return lines


def silence_libraries() -> None:
    """No message of a library reaches a file or a terminal, whatever level is set for our events."""
    for name in LIBRARIES:
        logger = logging.getLogger(name)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
        if not logger.handlers:
            # Without a handler Python would print warnings to standard error.
            logger.addHandler(logging.NullHandler())


class WaitingLines(logging.Handler):
    """Turns each event into its line at once and queues that; nothing else of the event is kept.

    Any thread. Where more than MOST_LINES_WAITING wait, the newest are left out and counted.
    """

    def __init__(self) -> None:
        super().__init__()
        # SimpleQueue may be entered again from a destructor that logs; Queue would wait for itself.
        self.queue: SimpleQueue[logging.LogRecord | None] = SimpleQueue()
        self._lost = 0
        self.setFormatter(LineFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        """Queue one line; never raises, never waits."""
        if self.queue.qsize() >= MOST_LINES_WAITING:
            self._lost += 1
            return
        self.queue.put(self._line_of(record))

    def lost_line(self) -> logging.LogRecord | None:
        """The line that tells how many were left out since the last call; None where none was."""
        self.acquire()
        try:
            lost, self._lost = self._lost, 0
        finally:
            self.release()
        if not lost:
            return None
        event = logging.LogRecord(
            LOGGER_NAME, logging.WARNING, "", 0, f"log_lines_lost count={lost}", None, None
        )
        return self._line_of(event)

    def _line_of(self, event: logging.LogRecord) -> logging.LogRecord:
        """A record that holds the finished line and nothing else."""
        return logging.LogRecord(LOGGER_NAME, event.levelno, "", 0, self.format(event), None, None)


class LineFormatter(logging.Formatter):
    """``2026-01-31T08:15:30.123Z WARNING event field=value``: UTC, printable ASCII, one line, bounded.

    What is not printable ASCII (line breaks, control characters, direction marks, any letter beyond) is
    written as its escape, so that a line cannot pretend to be two. Of an exception the types and the
    names of functions are written, never its text.
    """

    def format(self, record: logging.LogRecord) -> str:
        """See the class. Never raises."""
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001  a line that cannot be made must not end what it tells of
            message = "unreadable_event"
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            message = f"{message[:LONGEST_LINE_BYTES]} {exception_outline(record.exc_info[1])}"
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = f"{moment}.{int(record.msecs):03d}Z {record.levelname} {message[:LONGEST_LINE_BYTES]}"
        line = line.encode("unicode_escape").decode("ascii")
        return line if len(line) < LONGEST_LINE_BYTES else line[: LONGEST_LINE_BYTES - 4] + "..."


def exception_outline(exception: BaseException) -> str:
    """``error=Type at=outer>inner from=Cause``: what failed and where, without a word of any text."""
    names = [frame.f_code.co_qualname for frame, _ in walk_tb(exception.__traceback__)]
    causes: list[str] = []
    cause = exception.__cause__ or exception.__context__
    while cause is not None and len(causes) < _MOST_CAUSES:
        causes.append(f" from={type(cause).__name__}")
        cause = cause.__cause__ or cause.__context__
    return f"error={type(exception).__name__} at={'>'.join(names[-_MOST_FRAMES:])}{''.join(causes)}"
