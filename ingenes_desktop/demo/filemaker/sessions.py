"""Data API sessions: opened by a login, kept alive by every call, ended by DELETE or by idling.

A session ends 15 minutes after the last call that used its token, belongs to one database (in the
letter case it was opened with), and there are only as many at a time as the licence allows. Source:
Claris Data API Guide, "Connect to or disconnect from a database", "Log out of a database session",
"URL and data format notes" (letter case).
"""

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.caller import GlobalValues
from ingenes_desktop.demo.filemaker.values import StoredContainer

IDLE_SECONDS = 15 * 60
SESSION_CAP = 50
_TOKEN_BYTES = 26  # 52 hexadecimal digits, as on real servers
_KEPT_STREAMS = 1000
_LONGEST_SUFFIX = 10


@dataclass(slots=True, repr=False)
class Session:
    """One open session. `last_use` is in the clock's seconds, `running` counts calls under way.

    `stream_key` is the value of the cookie with which its files are fetched: not the token, which
    would open the database.
    """

    database: str
    account: str
    last_use: float
    running: int = 0
    globals: GlobalValues = field(default_factory=dict)
    stream_key: str = field(default_factory=lambda: secrets.token_hex(_TOKEN_BYTES))
    _streams: OrderedDict[str, StoredContainer] = field(default_factory=OrderedDict)

    def stream_name(self, container: StoredContainer) -> str:
        """The name under which this session may fetch a file: 64 hexadecimal digits and the file's
        extension, the same for the same file. The last 1000 are good."""
        suffix = PurePosixPath(container.file_name).suffix
        plain = suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= _LONGEST_SUFFIX
        about = f"{container.file_name}\0{container.media_type}\0".encode()
        digest = hmac.new(self.stream_key.encode(), about + container.content, hashlib.sha256)
        name = digest.hexdigest().upper() + (suffix if plain else "")
        self._streams[name] = container
        self._streams.move_to_end(name)
        if len(self._streams) > _KEPT_STREAMS:
            self._streams.popitem(last=False)
        return name

    def stream(self, name: str) -> StoredContainer | None:
        """The file of that name, None where this session has none."""
        return self._streams.get(name)


class Sessions:
    """The table of open sessions. Safe on any thread (a session's global values and files are
    guarded by the server's lock around each call).

    `clock` gives seconds that only grow; `cap` is the number of sessions open at once.
    """

    def __init__(self, *, clock: Callable[[], float], cap: int = SESSION_CAP) -> None:
        self._clock = clock
        self._cap = cap
        self._lock = threading.Lock()
        self._open: dict[str, Session] = {}
        self._opened = self._closed = self._expired = 0

    def open(self, database: str, account: str) -> str:
        """A new session's token. Raises FileMakerError 812 when all are taken."""
        with self._lock:
            self._drop_idle()
            if len(self._open) >= self._cap:
                raise FileMakerError(812)
            token = secrets.token_hex(_TOKEN_BYTES)
            self._open[token] = Session(database, account, self._clock())
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

    def with_stream(self, name: str) -> Session | None:
        """The session that may fetch the file of that name, None where none is open. It does not
        count as a call with the session's token."""
        with self._lock:
            self._drop_idle()
            return next((each for each in self._open.values() if each.stream(name)), None)

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
