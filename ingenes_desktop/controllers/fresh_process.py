"""A kiosk's program gives way to a fresh one, whose memory has never held the person before.

Nothing goes over but why the session ended (a code and a reference), and later what could not be told to the
far ends. Each is one line of JSON on the successor's standard input; the successor says on its standard
output when its window is painted. Python's strings cannot be wiped: a new process is the only honest way to
forget.
"""

import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from re import fullmatch
from stat import S_ISFIFO
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ingenes_desktop.controllers.foreground import let_come_to_front
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.reference import CHARACTERS, LENGTH

if TYPE_CHECKING:
    from subprocess import Popen

PAINTED_WITHIN_SECONDS = 10.0
"""It takes 0.3 s; this is for a machine that is very slow, and keeps the screen covered there."""
_PAINTED = b"painted\n"
_LONGEST_LINE = 256
_REFERENCE = f"[{CHARACTERS}]{{{LENGTH}}}"
_CODES = {code.value: code for code in ErrorCode}
_STANDARD_INPUT, _STANDARD_OUTPUT = 0, 1


class Successor(QObject):
    """The fresh process, seen from the one that goes. UI thread only; started once.

    Either ``stands`` or ``failed`` follows :meth:`start`, once.
    """

    stands = Signal()
    """Its window is painted, or has had its time to be."""
    failed = Signal()
    """It ended before that."""
    _answered = Signal(bool)

    def __init__(
        self, command: Sequence[str], *, painted_within_seconds: float = PAINTED_WITHIN_SECONDS
    ) -> None:
        """``command`` starts the program; nothing of a person is in it, or in this process's environment."""
        super().__init__()
        self._command = tuple(command)
        self._process: Popen[bytes] | None = None
        self._writing: int | None = None
        self._is_settled = False
        self._patience = QTimer(self, singleShot=True, interval=round(painted_within_seconds * 1000))
        self._patience.timeout.connect(self._stands)
        self._answered.connect(self._heard)

    def start(self, problem: Problem | None) -> bool:
        """Start it, with the reason on its way; False where that is not possible. Returns at once."""
        from subprocess import PIPE, Popen  # noqa: PLC0415  13 ms, never before the first paint

        try:
            reading, writing = os.pipe()
        except OSError:
            record("fresh_process_failed")
            return False
        try:
            # Before the start: what is read first is there, so that the first paint can show it.
            os.write(writing, _line(problem))
            # No descriptor goes over but these and standard error (close_fds is Popen's default).
            self._process = Popen(self._command, stdin=reading, stdout=PIPE)  # noqa: S603  our own program
        except (OSError, ValueError):
            os.close(writing)
            record("fresh_process_failed")
            return False
        finally:
            os.close(reading)
        self._writing = writing
        let_come_to_front(self._process.pid)
        self._patience.start()
        Thread(target=self._wait, args=(self._process,), name="successor", daemon=True).start()
        return True

    def tell(self, untold: Problem | None) -> None:
        """The last word: what could not be told to the far ends. Never blocks; again does nothing."""
        writing, self._writing = self._writing, None
        if writing is None:
            return
        with suppress(OSError):  # it has ended
            if untold is not None:
                # The pipe holds both lines, so this returns at once whether or not they are read.
                os.write(writing, _line(untold))
        os.close(writing)

    @property
    def is_settled(self) -> bool:
        """Whether it stands, or has failed."""
        return self._is_settled

    def _wait(self, process: "Popen[bytes]") -> None:
        said = b""
        if process.stdout is not None:
            with suppress(OSError), process.stdout as output:
                said = output.read(len(_PAINTED))
        # One that ends well has found another that stands already.
        is_well = said == _PAINTED or process.wait() == 0
        with suppress(RuntimeError):  # this process is ending, and with it the signal
            self._answered.emit(is_well)
        process.wait()

    @Slot(bool)
    def _heard(self, is_well: bool) -> None:
        if is_well:
            self._stands()
        elif not self._is_settled:
            self._settle()
            record("fresh_process_ended")
            self.failed.emit()

    @Slot()
    def _stands(self) -> None:
        if not self._is_settled:
            self._settle()
            self.stands.emit()

    def _settle(self) -> None:
        self._is_settled = True
        self._patience.stop()


class Predecessor(QObject):
    """The process that gave way, seen from the fresh one. UI thread only.

    What it says is checked word by word; anything else is as if it had said nothing.
    """

    untold = Signal(object)
    """A Problem: what could not be told to the far ends."""

    def __init__(self, reading: int = _STANDARD_INPUT, writing: int = _STANDARD_OUTPUT) -> None:
        """Owns the two descriptors from now on."""
        super().__init__()
        self._reading = reading
        self._writing = writing
        self._rest = b""

    def reason(self) -> Problem | None:
        """Why the session before ended: it has been said already. Returns at once."""
        if not _is_pipe(self._reading):
            return None
        if sys.platform != "win32":  # there the descriptor cannot be told; but the line is there
            os.set_blocking(self._reading, False)
        with suppress(OSError):
            line, _, self._rest = os.read(self._reading, _LONGEST_LINE).partition(b"\n")
            return _problem(line)
        return None

    @Slot()
    def say_painted(self) -> None:
        """The window is on screen, and hear the last word from now on. Once."""
        with suppress(OSError):
            os.write(self._writing, _PAINTED)
        # Nobody reads it any more: what is written from now on must not fail for that.
        with suppress(OSError):
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, self._writing, inheritable=False)
            os.close(nothing)
        Thread(target=self._hear, name="predecessor", daemon=True).start()

    def _hear(self) -> None:
        heard = self._rest
        with suppress(OSError):
            if sys.platform != "win32":
                os.set_blocking(self._reading, True)
            while len(heard) < _LONGEST_LINE and (piece := os.read(self._reading, _LONGEST_LINE)):
                heard += piece
        problem = _problem(heard.partition(b"\n")[0])
        if problem is not None:
            with suppress(RuntimeError):  # this process is ending too
                self.untold.emit(problem)


def _line(problem: Problem | None) -> bytes:
    said = {} if problem is None else {"code": problem.code.value, "reference": problem.reference}
    return json.dumps(said).encode() + b"\n"


def _problem(line: bytes) -> Problem | None:
    if len(line) >= _LONGEST_LINE:
        return None
    try:
        match json.loads(line):
            case {"code": str(code), "reference": str(reference), **others} if not others:
                if code in _CODES and fullmatch(_REFERENCE, reference):
                    return Problem(_CODES[code], reference)
            case _:
                pass
    except (ValueError, RecursionError):
        pass
    return None


def _is_pipe(descriptor: int) -> bool:
    try:
        return S_ISFIFO(os.fstat(descriptor).st_mode)
    except OSError:
        return False
