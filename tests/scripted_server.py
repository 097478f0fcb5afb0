"""A far end over raw sockets that does what a test tells it to: right answers, wrong ones, and none.

A *behaviour* is called with the connection and the request that came; whatever it sends is the answer.
The server keeps every request, also those that were answered badly, and starts no clock of its own:
what it does slowly ends when the client hangs up or the test is over.
"""

import json
import socket
import ssl
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import formatdate
from threading import Condition, Event, Lock, Thread
from time import time
from typing import Any, BinaryIO, Self

_REASONS = {200: "OK", 302: "Found", 400: "Bad Request", 401: "Unauthorized", 500: "Internal Server Error"}
_LOOK_SECONDS = 0.02
_MOST_HEADER_LINES = 200


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def operation(self) -> str:
        """The AWS operation that is asked for, or ""."""
        return self.headers.get("x-amz-target", "").rpartition(".")[2]

    @property
    def json(self) -> Any:
        """The body, which must be JSON."""
        return json.loads(self.body)


class Wire:
    """One accepted connection in the hands of a behaviour."""

    def __init__(self, sock: socket.socket, over: Event) -> None:
        self._socket = sock
        self._over = over
        self.is_closed = False
        self.rewrite: Callable[[bytes], bytes] = bytes

    def send(self, data: bytes) -> None:
        """Send all of it; a client that has gone is no error."""
        try:
            self._socket.sendall(self.rewrite(data))
        except OSError:
            self.is_closed = True

    def trickle(self, data: bytes, seconds: float) -> None:
        """Send byte after byte with a pause between two, until the client has had enough."""
        for position in range(len(data)):
            self.send(data[position : position + 1])
            if self.is_closed or self._over.wait(seconds):
                self.close()
                return

    def wait(self, seconds: float) -> None:
        """Let that much time pass, unless the test is over."""
        self._over.wait(seconds)

    def hang(self) -> None:
        """Say nothing until the client hangs up."""
        self._socket.settimeout(_LOOK_SECONDS)
        while not self._over.is_set():
            try:
                if not self._socket.recv(4096):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        self.close()

    def reset(self) -> None:
        """End the connection with an RST."""
        with suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        """End the connection."""
        self.is_closed = True
        # A TLS socket of a client that has gone may fail to say goodbye.
        with suppress(OSError):
            self._socket.close()

    def start_tls(self, context: ssl.SSLContext) -> "Wire":
        """Speak TLS from here on, as a server (what an inspecting proxy does)."""
        return Wire(context.wrap_socket(self._socket, server_side=True), self._over)

    def reader(self) -> BinaryIO:
        """What the client sends."""
        return self._socket.makefile("rb")

    def relay(self, port: int) -> None:
        """Hand every byte on to ``port`` of this machine, and back (a proxy's tunnel)."""
        with socket.create_connection(("127.0.0.1", port)) as far:
            back = Thread(target=_pump, args=(far, self._socket, self._over), daemon=True)
            back.start()
            _pump(self._socket, far, self._over)
            back.join()
        self.close()


def _pump(source: socket.socket, target: socket.socket, over: Event) -> None:
    source.settimeout(_LOOK_SECONDS)
    while not over.is_set():
        try:
            data = source.recv(65_536)
        except TimeoutError:
            continue
        except OSError:
            break
        if not data:
            break
        with suppress(OSError):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


Behaviour = Callable[[Wire, Request], None]
AtConnect = Callable[[Wire], None]


class ScriptedServer:
    """Listens on a port of 127.0.0.1. ``behaviour`` and ``tls`` may be changed while it runs."""

    def __init__(self, behaviour: Behaviour, *, tls: ssl.SSLContext | None = None) -> None:
        self.behaviour = behaviour
        self.tls = tls
        self.at_connect: AtConnect | None = None
        """Called with each new connection, before TLS; it may end it."""
        self.refused_handshakes = 0
        self._over = Event()
        self._changed = Condition(Lock())
        self._requests: list[Request] = []
        self._connections = 0
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[Thread] = [Thread(target=self._accept, name="scripted-server", daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request so far, oldest first."""
        with self._changed:
            return tuple(self._requests)

    @property
    def connections(self) -> int:
        """How many connections were accepted so far."""
        with self._changed:
            return self._connections

    def wait_for_requests(self, count: int, seconds: float = 5.0) -> bool:
        """Whether so many requests have come within the time."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._requests) >= count, seconds)

    def stop(self) -> None:
        """End every connection and stop listening."""
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._changed:
            still_open = list(self._open)
        for sock in still_open:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(5.0)

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            with self._changed:
                self._connections += 1
                self._open.add(sock)
                self._changed.notify_all()
            thread = Thread(target=self._serve, args=(sock,), name="scripted-connection", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, raw: socket.socket) -> None:
        sock = raw
        try:
            wire = Wire(raw, self._over)
            if self.at_connect is not None:
                self.at_connect(wire)
            if self.tls is not None and not wire.is_closed:
                sock = self.tls.wrap_socket(raw, server_side=True)
                with self._changed:
                    self._open.add(sock)
                wire = Wire(sock, self._over)
            if not wire.is_closed:
                self._converse(sock, wire)
        except OSError:  # a client that refused the certificate or went away
            with self._changed:
                self.refused_handshakes += 1
        finally:
            with self._changed:
                self._open -= {raw, sock}
            for each in {sock, raw}:
                with suppress(OSError):
                    each.close()

    def _converse(self, sock: socket.socket, wire: Wire) -> None:
        with sock.makefile("rb") as reader:
            while not wire.is_closed and not self._over.is_set():
                try:
                    request = read_request(reader)
                except (OSError, ValueError):
                    return
                if request is None:
                    return
                with self._changed:
                    self._requests.append(request)
                    self._changed.notify_all()
                self.behaviour(wire, request)
                if request.headers.get("connection", "").lower() == "close":
                    return


def read_request(reader: BinaryIO) -> Request | None:
    """The next request, or None where the client has gone."""
    first = reader.readline().decode("latin-1").split()
    if len(first) != 3:
        return None
    headers: dict[str, str] = {}
    for _ in range(_MOST_HEADER_LINES):
        line = reader.readline().decode("latin-1").strip()
        if not line:
            break
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    length = int(headers.get("content-length", "0"))
    body = reader.read(length)
    return Request(first[0], first[1], headers, body) if len(body) == length else None


# ------------------------------------------------------------------------------------------- answers


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """A status line and headers, as they go over the wire."""
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Status')}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def whole_answer(
    status: int = 200,
    body: bytes = b"",
    *,
    content_type: str = "application/x-amz-json-1.1",
    headers: Mapping[str, str] | None = None,
    date: float | None = None,
) -> bytes:
    """An answer as it should be; ``headers`` add to the usual ones or, with "", take one away."""
    usual = {
        "Content-Type": content_type,
        "Content-Length": str(len(body)),
        "Date": formatdate(time() if date is None else date, usegmt=True),
    }
    named = {name: value for name, value in {**usual, **(headers or {})}.items() if value}
    return head(status, named) + body


def respond(
    status: int = 200,
    body: bytes = b"",
    *,
    content_type: str = "application/x-amz-json-1.1",
    headers: Mapping[str, str] | None = None,
    date: float | None = None,
) -> Behaviour:
    """Send that, whatever was asked."""

    def behave(wire: Wire, _request: Request) -> None:
        wire.send(whole_answer(status, body, content_type=content_type, headers=headers, date=date))

    return behave


def respond_json(
    value: object,
    status: int = 200,
    *,
    content_type: str = "application/x-amz-json-1.1",
    headers: Mapping[str, str] | None = None,
) -> Behaviour:
    """Send ``value``."""
    return respond(status, json.dumps(value).encode(), content_type=content_type, headers=headers)


def refuse(code: str, message: str = "", status: int = 400) -> Behaviour:
    """An AWS service's refusal."""
    return respond_json({"__type": code, "message": message}, status)


def html(status: int = 200, text: str = "<html><body>Bienvenido a la red</body></html>") -> Behaviour:
    """A page for people."""
    return respond(status, text.encode(), content_type="text/html; charset=utf-8")


def redirect(location: str, status: int = 302) -> Behaviour:
    """Send the client elsewhere."""
    return respond(status, b"", content_type="text/html", headers={"Location": location})


def hang(wire: Wire, _request: Request) -> None:
    """Never answer."""
    wire.hang()


def hang_up(wire: Wire, _request: Request) -> None:
    """End the connection instead of answering."""
    wire.close()


def reset(wire: Wire, _request: Request) -> None:
    """Answer with an RST."""
    wire.reset()


def slow_header(wire: Wire, _request: Request) -> None:
    """The header byte by byte: no read timeout of a library ends that."""
    wire.trickle(head(200, {"Content-Type": "application/json", "X-Padding": "x" * 4000}), 0.1)


def slow_body(content_type: str = "application/x-amz-json-1.1", **headers: str) -> Behaviour:
    """A right header, then the body byte by byte; a header that is "" is not sent."""

    def behave(wire: Wire, _request: Request) -> None:
        usual = {"Content-Type": content_type, "Content-Length": "4000"}
        usual |= {name.replace("_", "-"): value for name, value in headers.items()}
        wire.send(head(200, {name: value for name, value in usual.items() if value}))
        wire.trickle(b" " * 4000, 0.1)

    return behave


def broken_off(
    status: int = 200, body: bytes = b'{"half', content_type: str = "application/json"
) -> Behaviour:
    """Less than Content-Length promised, then the end."""

    def behave(wire: Wire, _request: Request) -> None:
        headers = {"Content-Type": content_type, "Content-Length": str(len(body) + 500)}
        wire.send(head(status, headers) + body)
        wire.close()

    return behave


def endless(wire: Wire, _request: Request) -> None:
    """Chunk after chunk, without an end."""
    wire.send(head(200, {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}))
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    while not wire.is_closed:
        wire.send(chunk)


def huge(length: int) -> Behaviour:
    """A body of ``length`` bytes, announced as such."""

    def behave(wire: Wire, _request: Request) -> None:
        wire.send(head(200, {"Content-Type": "application/json", "Content-Length": str(length)}))
        piece = b" " * 65_536
        for _ in range(length // len(piece)):
            if wire.is_closed:
                return
            wire.send(piece)

    return behave


def after(count: int, first: Behaviour, then: Behaviour) -> Behaviour:
    """``first`` for so many requests, ``then`` for the rest."""
    left = iter(range(count))

    def behave(wire: Wire, request: Request) -> None:
        (then if next(left, None) is None else first)(wire, request)

    return behave


# ---------------------------------------------------------------------------------------- connections


def reset_at_connect(wire: Wire) -> None:
    """Accept, then RST."""
    wire.reset()


def silent_at_connect(wire: Wire) -> None:
    """Accept, and never say a word: no TLS handshake comes to its end."""
    wire.hang()


@contextmanager
def refused_port() -> Iterator[int]:
    """A port on which nobody listens while the block lasts."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


def proxy(ports: Callable[[str], int], *, authenticate: bool = False) -> Behaviour:
    """A CONNECT proxy; ``ports`` gives the port of this machine for "host:443"."""

    def behave(wire: Wire, request: Request) -> None:
        if authenticate:
            wire.send(whole_answer(407, b"", headers={"Proxy-Authenticate": 'Basic realm="clinica"'}))
            wire.close()
        elif request.method == "CONNECT":
            wire.send(head(200, {}))
            wire.relay(ports(request.path))
        else:
            wire.send(whole_answer(405, b""))

    return behave


def inspecting_proxy(certificate: Callable[[str], ssl.SSLContext], inside: Behaviour) -> Behaviour:
    """A CONNECT proxy that opens the tunnel itself, with a ``certificate`` of its own for each host."""

    def behave(wire: Wire, request: Request) -> None:
        wire.send(head(200, {}))
        tunnel = wire.start_tls(certificate(request.path.partition(":")[0]))
        with tunnel.reader() as reader:
            while not tunnel.is_closed and (inner := read_request(reader)) is not None:
                inside(tunnel, inner)
        tunnel.close()
        wire.close()

    return behave
