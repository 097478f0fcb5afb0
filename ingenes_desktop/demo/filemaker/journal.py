"""What happened on the server, for tests and for the demo: sessions and calls, nothing secret.

Paths are kept without their query and with session tokens replaced; no header and no body is kept.
"""

import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ingenes_desktop.demo.filemaker.sessions import Sessions

_KEPT_CALLS = 10_000


class Call(StrEnum):
    """The calls this server knows, and OTHER for what is none of them."""

    LOGIN = "login"
    LOGOUT = "logout"
    VALIDATE = "validate"
    PRODUCT_INFO = "product_info"
    DATABASES = "databases"
    LAYOUTS = "layouts"
    LAYOUT = "layout"
    OLD_LAYOUT = "old_layout"
    SCRIPTS = "scripts"
    RUN_SCRIPT = "run_script"
    GLOBALS = "globals"
    FIND = "find"
    LIST = "list"
    GET = "get"
    CREATE = "create"
    EDIT = "edit"
    DUPLICATE = "duplicate"
    DELETE = "delete"
    UPLOAD = "upload"
    DOWNLOAD = "download"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CallNote:
    """One call that was answered. `code` is FileMaker's, None where an HTML page or a file was sent.
    `scripts` are the scripts it ran, in that order."""

    call: Call
    method: str
    path: str
    status: int
    code: int | None
    scripts: tuple[str, ...] = ()


class Journal:
    """The last 10 000 calls, and the sessions' counts. Safe on any thread."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._changed = threading.Condition()
        self._calls: deque[CallNote] = deque(maxlen=_KEPT_CALLS)
        self._connections = 0

    def note_call(self, note: CallNote) -> None:
        """Keep a call; the server does this before it sends the answer."""
        with self._changed:
            self._calls.append(note)
            self._changed.notify_all()

    def note_connection(self) -> None:
        """Count a TCP connection that was accepted."""
        with self._changed:
            self._connections += 1
            self._changed.notify_all()

    def clear(self) -> None:
        """Forget the calls; the connections stay counted."""
        with self._changed:
            self._calls.clear()

    def wait_until(self, holds: Callable[["Journal"], bool], seconds: float) -> bool:
        """Whether `holds` comes to be true of this journal within so many seconds; it is asked
        again after each call."""
        with self._changed:
            return self._changed.wait_for(lambda: holds(self), seconds)

    @property
    def calls(self) -> tuple[CallNote, ...]:
        """The calls, oldest first."""
        with self._changed:
            return tuple(self._calls)

    @property
    def calls_by_path(self) -> Counter[str]:
        """How often each "METHOD /path" was called."""
        return Counter(f"{note.method} {note.path}" for note in self.calls)

    def count(self, call: Call) -> int:
        """How often that call was made."""
        return sum(note.call is call for note in self.calls)

    @property
    def connections(self) -> int:
        """TCP connections accepted so far."""
        with self._changed:
            return self._connections

    @property
    def opened(self) -> int:
        """Sessions opened so far."""
        return self._sessions.opened

    @property
    def closed(self) -> int:
        """Sessions that a DELETE ended."""
        return self._sessions.closed

    @property
    def expired(self) -> int:
        """Sessions that idling ended."""
        return self._sessions.expired

    @property
    def open_sessions(self) -> int:
        """Sessions open at this moment."""
        return self._sessions.open_now
