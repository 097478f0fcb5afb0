"""Data API sessions: opened by a login, kept alive by every call, ended by DELETE or by idling.

A session ends 15 minutes after the last call that used its token, belongs to one database (in the
letter case it was opened with), and there are only as many at a time as the licence allows. Source:
Claris Data API Guide, "Connect to or disconnect from a database", "Log out of a database session".
"""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ingenes_desktop.demo.filemaker.answers import FileMakerError

IDLE_SECONDS = 15 * 60
SESSION_CAP = 50
_TOKEN_BYTES = 26  # 52 hexadecimal digits, as on real servers


@dataclass(slots=True)
class Session:
    """One open session. `last_use` is in the clock's seconds, `running` counts calls under way."""

    database: str
    last_use: float
    running: int = 0


class Sessions:
    """The table of open sessions. Safe on any thread.

    `clock` gives seconds that only grow; `cap` is the number of sessions open at once.
    """

    def __init__(self, *, clock: Callable[[], float], cap: int = SESSION_CAP) -> None:
        self._clock = clock
        self._cap = cap
        self._lock = threading.Lock()
        self._open: dict[str, Session] = {}
        self._opened = self._closed = self._expired = 0

    def open(self, database: str) -> str:
        """A new session's token. Raises FileMakerError 812 when all are taken."""
        with self._lock:
            self._drop_idle()
            if len(self._open) >= self._cap:
                raise FileMakerError(812)
            token = secrets.token_hex(_TOKEN_BYTES)
            self._open[token] = Session(database, self._clock())
            self._opened += 1
            return token

    def close(self, token: str, database: str) -> None:
        """End a session. Raises FileMakerError 952 when that database has no such session."""
        with self._lock:
            self._find(token, database)
            del self._open[token]
            self._closed += 1

    @contextmanager
    def use(self, token: str, database: str | None) -> Iterator[Session]:
        """The session while a call runs in it, which does not idle; then its idle time starts
        again. `database` None takes a session of any database.

        Raises FileMakerError 952, and 112 at the end where the session was ended meanwhile.
        """
        with self._lock:
            session = self._find(token, database)
            session.running += 1
        try:
            yield session
        finally:
            with self._lock:
                session.running -= 1
                session.last_use = self._clock()
                ended = token not in self._open
        if ended:
            raise FileMakerError(112)

    def expire(self, token: str) -> None:
        """End one session as idling does; one that is not there stays so."""
        with self._lock:
            if self._open.pop(token, None) is not None:
                self._expired += 1

    def expire_all(self) -> None:
        """End every session as idling does: the next call with its token gets 952."""
        with self._lock:
            self._expired += len(self._open)
            self._open.clear()

    @property
    def opened(self) -> int:
        """Sessions opened so far."""
        with self._lock:
            return self._opened

    @property
    def closed(self) -> int:
        """Sessions that a DELETE ended."""
        with self._lock:
            return self._closed

    @property
    def expired(self) -> int:
        """Sessions that idling ended."""
        with self._lock:
            self._drop_idle()
            return self._expired

    @property
    def open_now(self) -> int:
        """Sessions open at this moment."""
        with self._lock:
            self._drop_idle()
            return len(self._open)

    def _find(self, token: str, database: str | None) -> Session:
        self._drop_idle()
        session = self._open.get(token)
        if session is None or database not in (None, session.database):
            raise FileMakerError(952)
        return session

    def _drop_idle(self) -> None:
        now = self._clock()
        idle = [
            token
            for token, session in self._open.items()
            if not session.running and now - session.last_use >= IDLE_SECONDS
        ]
        for token in idle:
            del self._open[token]
        self._expired += len(idle)
