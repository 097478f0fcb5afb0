"""The embedded FileMaker Data API server: what the demo and the tests start and stop."""

import ssl
import threading
import time
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.parse import quote

from ingenes_desktop.demo.filemaker.accounts import Accounts
from ingenes_desktop.demo.filemaker.api import DataApi
from ingenes_desktop.demo.filemaker.document import Document
from ingenes_desktop.demo.filemaker.fault_switches import Faults
from ingenes_desktop.demo.filemaker.journal import Journal
from ingenes_desktop.demo.filemaker.listener import Listener
from ingenes_desktop.demo.filemaker.sessions import SESSION_CAP, Sessions
from ingenes_desktop.demo.filemaker.tables import Store, Table

_POLL_SECONDS = 0.05
_STOP_SECONDS = 1.0


def _now() -> datetime:
    return datetime.now().astimezone().replace(tzinfo=None)  # FileMaker's clock has no zone


class FileMakerServer:
    """Databases of a document behind the Data API, on one host and port.

    `account` and `password` open every database (UTF-8 or latin-1), beside the accounts a database
    has of its own; they are kept in memory and written nowhere. `clock` (seconds that only grow)
    counts the sessions' idle time, `session_cap` is how many are open at once, `now` is the wall
    clock without a zone (what `//` finds and auto-enter options write). Port 0 takes a free one,
    which later starts keep. `ssl_context` makes it https.
    All methods may be called on any thread; `faults` and `journal` too.
    """

    def __init__(
        self,
        document: Document,
        *,
        account: str,
        password: str,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _now,
        host: str = "127.0.0.1",
        port: int = 0,
        session_cap: int = SESSION_CAP,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._host = host
        self._port = port
        self._tls = ssl_context
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None
        self._store = Store(document)
        self.sessions = Sessions(clock=clock, cap=session_cap)
        self.faults = Faults()
        self.journal = Journal(self.sessions)
        self._api = DataApi(
            self._store,
            sessions=self.sessions,
            faults=self.faults,
            journal=self.journal,
            accounts=Accounts(account, password),
            now=now,
        )

    def start(self) -> None:
        """Listen. Raises OSError where host and port cannot be had, RuntimeError when running."""
        if self._listener is not None:
            raise RuntimeError("the server is running")
        self.faults.hold_again()
        listener = Listener(
            self._host,
            self._port,
            self._api.answer,
            tls=self._tls,
            on_connection=self.journal.note_connection,
        )
        self._listener = listener
        self._port = listener.port
        self._thread = threading.Thread(
            target=listener.serve_forever, args=(_POLL_SECONDS,), name="filemaker", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End every connection, also one whose answer is held back, within a second. Sessions and
        data stay for the next start. Does nothing when the server does not run."""
        listener, thread = self._listener, self._thread
        if listener is None or thread is None:
            return
        listener.shutdown()
        listener.end_connections()
        self.faults.let_go()  # only now, or an answer held back would still go out
        listener.wait_for_connections(_STOP_SECONDS)
        thread.join(_STOP_SECONDS)
        self._listener = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def reset(self) -> None:
        """The document's records, no session, no fault and no call, as after the first start."""
        self.faults.clear()
        self.journal.clear()
        self.sessions.expire_all()
        self._store.begin_anew()

    @property
    def origin(self) -> str:
        """Scheme, host and port. Raises RuntimeError before the first start."""
        if not self._port:
            raise RuntimeError("the server has not been started")
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{'https' if self._tls else 'http'}://{host}:{self._port}"

    def base_url(self, database: str) -> str:
        """The address of a database, as the secret holds it."""
        return f"{self.origin}/fmi/data/v1/databases/{quote(database, safe='')}"

    def table(self, database: str, name: str) -> Table:
        """A live table, for tests to look into and to change between calls. Raises KeyError."""
        return self._store.databases[database].tables[name]
