"""HTTP/1.1 on loopback with keep-alive, which werkzeug's own development server does not offer.

Werkzeug closes the connection after each answer (``Connection: close``), and a chain measured against that
would pay for connections that a person at AWS does not wait for.
"""

import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from uuid import uuid4

from ingenes_desktop.demo.aws_request import Answer, Call

LARGEST_BODY = 1024 * 1024
LONGEST_LENGTH = 20  # digits
STOP_SECONDS = 1.0
HANDSHAKE_SECONDS = 10.0

Respond = Callable[[Call], Answer]


class HttpServer:
    """Serves ``respond`` on 127.0.0.1 from threads of its own, from ``start`` to ``stop``.

    ``port`` 0 takes a free one. ``clock`` gives the Date header (seconds since 1970), so that a test can
    let the cloud's clock run ahead. ``ssl_context`` makes it https.
    """

    def __init__(
        self,
        respond: Respond,
        *,
        port: int,
        clock: Callable[[], float],
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._respond = respond
        self._port = port
        self._clock = clock
        self._tls = ssl_context
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen. Raises OSError where the port is in use."""
        server = _Server(self._respond, self._clock, self._port, self._tls)
        self._server = server
        self._thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="aws", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address without a slash at its end. Raises RuntimeError while the server does not run."""
        if self._server is None:
            raise RuntimeError("the server does not run")
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        """Close the port and every connection, idle or busy, and wait for the threads (at most 2 s)."""
        server, thread = self._server, self._thread
        if server is None or thread is None:
            return
        self._server = self._thread = None
        server.shutdown()
        server.close_everything()
        thread.join(STOP_SECONDS)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = False
    """A second server on a port in use must fail: on Windows SO_REUSEADDR would let it succeed."""

    def __init__(
        self, respond: Respond, clock: Callable[[], float], port: int, tls: ssl.SSLContext | None
    ) -> None:
        self.respond = respond
        self.clock = clock
        self._tls = tls
        self._lock = threading.Lock()
        self._connections: dict[socket.socket, threading.Thread] = {}
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        # HTTPServer's own looks up the machine's name, which can ask a name server.
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        if self._tls is not None:
            connection = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def process_request(self, request: object, client_address: object) -> None:
        """Serve a connection on a thread of its own, known from the first moment."""
        connection = cast("socket.socket", request)
        thread = threading.Thread(
            target=self.process_request_thread, args=(connection, client_address), name="aws", daemon=True
        )
        with self._lock:
            self._connections[connection] = thread
        thread.start()

    def process_request_thread(self, request: object, client_address: object) -> None:
        connection = cast("socket.socket", request)
        try:
            super().process_request_thread(connection, client_address)
        finally:
            with self._lock:
                self._connections.pop(connection, None)

    def finish_request(self, request: object, client_address: object) -> None:
        """Serve one connection to its end."""
        if isinstance(request, ssl.SSLSocket):
            request.settimeout(HANDSHAKE_SECONDS)
            request.do_handshake()
            request.settimeout(None)
        super().finish_request(request, client_address)  # type: ignore[arg-type]  # as it came

    def close_everything(self) -> None:
        self.server_close()
        with self._lock:
            connections = dict(self._connections)
        for connection in connections:
            try:
                # Not SSLSocket's own, which would end the connection's thread in the middle of a call.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
            except OSError:  # the far end was faster
                continue
        until = time.monotonic() + STOP_SECONDS
        for thread in connections.values():
            thread.join(max(0.0, until - time.monotonic()))

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is everyday life here; anything else is a defect and shows itself."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as it came


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else the client's delayed acknowledgement adds 40 ms to an answer
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self._read_body()
        if body is None:
            self.close_connection = True
            self._send(Answer(413, b"", {}))
            return
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.server.respond(Call(self.command, path, query, headers, body)))

    def _read_body(self) -> bytes | None:
        """The whole body, so that the connection stays in step; None where it is too long or odd."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._read_chunks()
        length = self.headers.get("Content-Length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > LONGEST_LENGTH:
            return None
        return self.rfile.read(int(length)) if int(length) <= LARGEST_BODY else None

    def _read_chunks(self) -> bytes | None:
        body = b""
        while True:
            size = self.rfile.readline(64).split(b";")[0].strip()
            try:
                length = int(size, 16)
            except ValueError:
                return None
            if length < 0 or len(body) + length > LARGEST_BODY:
                return None
            chunk = self.rfile.read(length)
            self.rfile.readline(8)
            if length == 0:
                return body
            body += chunk

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("x-amzn-RequestId", str(uuid4()))
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def version_string(self) -> str:
        return "Server"  # as Cognito's own: no version

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate(self.server.clock() if timestamp is None else timestamp, usegmt=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        """Silent: a log of requests would hold addresses of people."""
