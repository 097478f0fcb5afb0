"""The HTTP/1.1 listener: werkzeug's, with connections that stay open.

Werkzeug closes every connection after one answer, which real FileMaker servers do not; and it reads
what is left of a request only after the answer. Here each body is read first (bounded, chunked or
not), so that the connection is fit for the next request whatever the answer is.
"""

import contextlib
import gzip
import logging
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from io import BufferedIOBase, BytesIO
from typing import Any, Final

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.wrappers import Request

from ingenes_desktop.demo.filemaker.answers import TYPE_HTML, TYPE_JSON, Answer, page

BODY_LIMIT: Final = 1024 * 1024  # bytes
UPLOAD_LIMIT: Final = 8 * BODY_LIMIT  # of a form with a file for a container field
_DISCARD_LIMIT: Final = 4 * UPLOAD_LIMIT  # read and dropped, so that the client sees the 413
_PIECE: Final = 64 * 1024
_CHUNK_SIZE: Final = re.compile(rb"[0-9A-Fa-f]{1,8}")
_LONGEST_LENGTH: Final = 20  # digits of a Content-Length
_LONGEST_LINE: Final = 8192
_MOST_TRAILERS: Final = 100
_IDLE_SECONDS: Final = 60.0
_HANDSHAKE_SECONDS: Final = 10.0
_GZIP_FROM: Final = 1024  # bytes; smaller bodies come plain from real servers too

_log = logging.getLogger(__name__)


class Listener(ThreadedWSGIServer):
    """Answers each request on a thread of its connection, through `answer`.

    `tls` is the server's side of TLS, its handshake done on the connection's thread. Raises OSError
    where the address cannot be had.
    """

    daemon_threads = True

    def __init__(
        self,
        host: str,
        port: int,
        answer: Callable[[Request], Answer],
        *,
        tls: ssl.SSLContext | None,
        on_connection: Callable[[], None],
    ) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, port), family=family, backlog=128) as bound:
            # Werkzeug ends the program where it cannot bind; a bound socket it only takes over.
            super().__init__(host, port, _no_wsgi, _Connection, fd=bound.fileno())
        self.answer = answer
        self.ssl_context = tls  # makes request.scheme https
        self._on_connection = on_connection
        self._guard = threading.Lock()
        self._sockets: dict[socket.socket, threading.Thread] = {}
        self._ended = False

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serve one connection to its end."""
        connection: socket.socket = request
        if self.ssl_context is not None:
            connection.settimeout(_HANDSHAKE_SECONDS)
            connection = self.ssl_context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        try:
            with self._guard:
                if self._ended:
                    return
                self._sockets[connection] = threading.current_thread()
            if isinstance(connection, ssl.SSLSocket):
                connection.do_handshake()
            self._on_connection()
            super().finish_request(connection, client_address)
        finally:
            with self._guard:
                self._sockets.pop(connection, None)
            connection.close()

    def end_connections(self) -> None:
        """Close every connection, idle or in use, and take no more."""
        with self._guard:
            self._ended = True
            for connection in self._sockets:
                with contextlib.suppress(OSError):
                    # Not SSLSocket's own, which takes the TLS state from under a reading thread.
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def wait_for_connections(self, seconds: float) -> None:
        """Wait until the threads of all connections have ended, at most so long."""
        until = time.monotonic() + seconds
        with self._guard:
            threads = list(self._sockets.values())
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002  socketserver's signature
        """Connections that break are the other side's affair: no traceback on the terminal."""
        _log.debug("connection ended early", exc_info=True)

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  werkzeug's name
        """Nothing: no access log on the terminal."""


def _no_wsgi(*_: object) -> list[bytes]:
    raise NotImplementedError("requests are answered by Listener.answer")


class _BodyError(Exception):
    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


def _pieces(stream: BufferedIOBase, length: int) -> Iterator[bytes]:
    """So many bytes of a connection; fewer where the other side ends it."""
    while length and (piece := stream.read(min(_PIECE, length))):
        length -= len(piece)
        yield piece


def _chunks(stream: BufferedIOBase) -> Iterator[bytes]:
    """A chunked body (RFC 9112, 7.1); extensions of chunks and fields after the last are dropped,
    which werkzeug's own reader takes for errors. Raises ValueError for what is malformed."""
    while True:
        size = _line(stream).partition(b";")[0].strip()
        if not _CHUNK_SIZE.fullmatch(size):
            raise ValueError("no size of a chunk")
        length = int(size, 16)
        if not length:
            break
        yield from _pieces(stream, length)
        if _line(stream):
            raise ValueError("a chunk is longer than it says")
    for _ in range(_MOST_TRAILERS):
        if not _line(stream):
            return
    raise ValueError("too many fields after the body")


def _line(stream: BufferedIOBase) -> bytes:
    line = stream.readline(_LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise ValueError("a line without an end")
    return line.rstrip(b"\r\n")


class _Connection(WSGIRequestHandler):
    """One connection. http.server calls `run_wsgi` for each request on it."""

    server: Listener
    protocol_version = "HTTP/1.1"
    server_version = "FileMaker-demo"
    sys_version = ""
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True  # head and body go out in two writes

    def run_wsgi(self) -> None:
        environ = self.make_environ()
        try:
            body = self._read_body(environ)
        except _BodyError as refused:
            self._send(page(refused.status, "", closes=True), compressed=False)
            return
        environ |= {"wsgi.input": BytesIO(body), "wsgi.input_terminated": True}
        environ["CONTENT_LENGTH"] = str(len(body))
        request = Request(environ)
        try:
            answer = self.server.answer(request)
        except Exception:  # noqa: BLE001  whatever it is, the connection gets an answer
            _log.exception("a call ended in a defect of this server")
            answer = page(HTTPStatus.INTERNAL_SERVER_ERROR, "defect", closes=True)
        self._send(answer, compressed=request.accept_encodings.quality("gzip") > 0)

    def version_string(self) -> str:
        return self.server_version

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  werkzeug's name
        pass

    def _read_body(self, environ: dict[str, Any]) -> bytes:
        length = environ.get("CONTENT_LENGTH", "0")
        form = environ.get("CONTENT_TYPE", "").lower().startswith("multipart/form-data")
        limit = UPLOAD_LIMIT if form else BODY_LIMIT
        if "wsgi.input_terminated" in environ:  # set where the body is chunked
            source = _chunks(self.rfile)
        elif length.isascii() and length.isdigit() and len(length) <= _LONGEST_LENGTH:
            source = _pieces(self.rfile, int(length))
        else:
            raise _BodyError(HTTPStatus.BAD_REQUEST)
        kept: list[bytes] = []
        size = 0
        try:
            for piece in source:
                size += len(piece)
                if size <= limit:
                    kept.append(piece)
                elif size > _DISCARD_LIMIT:
                    break
        except (OSError, ValueError):
            raise _BodyError(HTTPStatus.BAD_REQUEST) from None
        if size > limit:
            raise _BodyError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return b"".join(kept)

    def _send(self, answer: Answer, *, compressed: bool) -> None:
        body = answer.body
        closes = answer.closes or answer.cut_off
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        if compressed and len(body) > _GZIP_FROM and answer.content_type in (TYPE_JSON, TYPE_HTML):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        if closes:
            self.send_header("Connection", "close")  # this also tells http.server to close
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if answer.cut_off else body)
