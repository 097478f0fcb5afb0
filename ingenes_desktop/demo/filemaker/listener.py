"""The HTTP/1.1 listener: werkzeug's, with connections that stay open.

Werkzeug closes every connection after one answer, which real FileMaker servers do not; and it reads
what is left of a request only after the answer. Here each body is read first (bounded, chunked or
not), so that the connection is fit for the next request whatever the answer is.
"""

import contextlib
import gzip
import logging
import socket
import ssl
import threading
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from typing import Any, Final

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.wrappers import Request

from ingenes_desktop.demo.filemaker.answers import Answer, page

BODY_LIMIT: Final = 1024 * 1024  # bytes
_DISCARD_LIMIT: Final = 16 * BODY_LIMIT  # read and dropped, so that the client sees the 413
_PIECE: Final = 64 * 1024
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
        self._sockets: set[socket.socket] = set()
        self._ended = False

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serve one connection to its end."""
        connection: socket.socket = request
        if self.ssl_context is not None:
            connection.settimeout(_HANDSHAKE_SECONDS)
            connection = self.ssl_context.wrap_socket(connection, server_side=True)
        try:
            with self._guard:
                if self._ended:
                    return
                self._sockets.add(connection)
            self._on_connection()
            super().finish_request(connection, client_address)
        finally:
            with self._guard:
                self._sockets.discard(connection)
            connection.close()

    def end_connections(self) -> None:
        """Close every connection, idle or in use, and take no more."""
        with self._guard:
            self._ended = True
            for connection in self._sockets:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

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
        if "wsgi.input_terminated" not in environ:  # set where the body is chunked
            if not (length.isascii() and length.isdigit()):
                raise _BodyError(HTTPStatus.BAD_REQUEST)
            source, left = environ["wsgi.input"], int(length)
        else:
            source, left = environ["wsgi.input"], _DISCARD_LIMIT
        pieces: list[bytes] = []
        size = 0
        while size < min(left, _DISCARD_LIMIT):
            try:
                piece = source.read(min(_PIECE, left - size))
            except (OSError, ValueError):
                raise _BodyError(HTTPStatus.BAD_REQUEST) from None
            if not piece:
                break
            size += len(piece)
            if size <= BODY_LIMIT:
                pieces.append(piece)
        if size > BODY_LIMIT:
            raise _BodyError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return b"".join(pieces)

    def _send(self, answer: Answer, *, compressed: bool) -> None:
        body = answer.body
        closes = answer.closes or answer.cut_off
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        if compressed and len(body) > _GZIP_FROM:
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
