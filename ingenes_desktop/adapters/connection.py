"""Connections that can be ended from outside: names looked up with a limit, sockets that obey an attempt.

urllib3 tries the addresses of a name one after the other, each with the full connect timeout, and
``getaddrinfo`` cannot be interrupted; and no read timeout is a deadline, because each byte starts it
anew. So the connection dials by itself, and lends the attempt in force a way to shut its socket.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address
from ssl import SSLWantReadError
from threading import Lock
from time import monotonic
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from ingenes_desktop.adapters.left_behind import answer_within
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode

# What getaddrinfo gives, as far as a dial needs it: family and socket address.
Address = tuple[int, Any]
Resolve = Callable[[str, int], list[Address]]
_SHORTEST_CONNECT_SECONDS = 0.4
LONGEST_IDLE_SECONDS = 45.0


def resolve_by_system(host: str, port: int) -> list[Address]:
    """The addresses of ``host`` by the operating system. Blocks; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(int(family), address) for family, *_, address in found]


@dataclass(frozen=True, slots=True)
class Dialing:
    """How connections are opened."""

    resolve: Resolve
    name_lookup_seconds: float
    connect_seconds: float
    refuse_local: bool
    """Refuse loopback and link-local addresses (a FileMaker host that a secret names)."""


class Shutter:
    """Shuts the connection that the current request uses; made for one request, used by any thread.

    It holds a handle of its own: http.client lets go of the connection before the body is read where
    the far end says that it will close it, and the body must end in time all the same.
    """

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._is_shut = False
        self._lock = Lock()

    @property
    def is_shut(self) -> bool:
        """Whether what was read may end where it was cut."""
        return self._is_shut

    def watch(self, raw_socket: socket.socket) -> None:
        """From now on :meth:`shut` ends this connection."""
        self.release()
        with self._lock:
            self._socket = raw_socket.dup()
        if self._is_shut:
            self.shut()

    def shut(self) -> None:
        """End the connection now: a blocked read returns at once."""
        self._is_shut = True
        with self._lock:
            if self._socket is not None:
                # The other side may have gone already.
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """The request is over: let go of the connection."""
        with self._lock:
            if self._socket is not None:
                self._socket.close()
                self._socket = None


@dataclass(frozen=True, slots=True)
class _Call:
    attempt: Attempt
    dialing: Dialing
    shutter: Shutter


_call: ContextVar[_Call] = ContextVar("call")


@contextmanager
def in_attempt(attempt: Attempt, dialing: Dialing, shutter: Shutter) -> Iterator[None]:
    """Connections used within the block (this thread) are opened and ended as ``attempt`` says."""
    token = _call.set(_Call(attempt, dialing, shutter))
    try:
        with attempt.guarding(shutter.shut):
            yield
    finally:
        _call.reset(token)
        shutter.release()


def look_up(host: str, port: int) -> list[Address]:
    """Addresses of ``host``, given up after the limit: the thread that waits for them is left behind.

    Within in_attempt(). Raises AuthError.
    """
    call = _call.get()

    def look() -> list[Address]:
        try:
            return call.dialing.resolve(host, port)
        except (OSError, UnicodeError):
            return []

    seconds = min(call.dialing.name_lookup_seconds, call.attempt.remaining())
    addresses: list[Address] = []
    with suppress(TimeoutError):
        addresses = answer_within(seconds, look, name="name-lookup")
    if not addresses:
        call.attempt.check()
        raise AuthError(ErrorCode.NO_NETWORK, detail="DNS")
    return addresses


def _is_local(address: str) -> bool:
    ip = ip_address(address.split("%", maxsplit=1)[0])
    mapped = getattr(ip, "ipv4_mapped", None) or ip
    return mapped.is_loopback or mapped.is_link_local or mapped.is_unspecified or mapped.is_multicast


def dial(host: str, port: int, *, is_proxy: bool) -> socket.socket:
    """A connected socket to the first address that answers, all within the one connect limit.

    Within in_attempt(). Raises AuthError, OSError.
    """
    call = _call.get()
    addresses = look_up(host, port)
    # A proxy may well run on this machine; which hosts it reaches for us is decided by their names.
    is_guarded = call.dialing.refuse_local and not is_proxy
    if is_guarded and any(_is_local(address[0]) for _, address in addresses):
        raise AuthError(ErrorCode.CONFIGURATION, detail="FM-ADDRESS")
    ends_at = monotonic() + min(call.dialing.connect_seconds, call.attempt.remaining())
    failure: OSError = TimeoutError()
    for position, (family, address) in enumerate(addresses):
        share = (ends_at - monotonic()) / (len(addresses) - position)
        seconds = max(min(share, call.attempt.remaining()), _SHORTEST_CONNECT_SECONDS)
        sock: socket.socket | None = None
        try:
            # A machine without IPv6 refuses already here; the next address may do.
            sock = socket.socket(family, socket.SOCK_STREAM)
            sock.settimeout(seconds)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect(address)
        except OSError as error:
            failure = error
            if sock is not None:
                sock.close()
        else:
            return sock
    call.attempt.check()
    raise failure


class _GuardedMixin(HTTPConnection):
    """Dials as above, and tells the request's shutter which socket is in use."""

    _raw_socket: socket.socket | None = None
    _used_at = 0.0

    @property
    def is_connected(self) -> bool:
        """Whether it is open still, as far as one can know: see :meth:`_is_stale`."""
        return not self._is_stale() and super().is_connected

    def _is_stale(self) -> bool:
        """Whether it was idle for so long that a firewall or a sleep may have forgotten it silently.

        A request on such a connection would wait for its whole timeout, and is not sent again.
        """
        return monotonic() - self._used_at > LONGEST_IDLE_SECONDS

    def _new_conn(self) -> socket.socket:
        sock = dial(self._dns_host, self.port, is_proxy=self.proxy is not None)
        # TLS takes the socket object over; a duplicate of its handle still ends the same connection.
        self._raw_socket = sock.dup()
        self._used_at = monotonic()
        _call.get().shutter.watch(self._raw_socket)
        return sock

    def putrequest(
        self, method: str, url: str, skip_host: bool = False, skip_accept_encoding: bool = False
    ) -> None:
        self._used_at = monotonic()
        if self._raw_socket is not None:
            _call.get().shutter.watch(self._raw_socket)
        super().putrequest(method, url, skip_host, skip_accept_encoding)

    def close(self) -> None:
        raw_socket, self._raw_socket = self._raw_socket, None
        if raw_socket is not None:
            raw_socket.close()
        super().close()


class _GuardedHTTPConnection(_GuardedMixin):
    pass


class _GuardedHTTPSConnection(_GuardedMixin, HTTPSConnection):
    @property
    def is_connected(self) -> bool:
        """Whether it is open still.

        urllib3 takes a socket with something to read for one that was closed. After a handshake that
        is TLS 1.3's session tickets, which a connection opened ahead of its first request has not
        read yet; reading here takes them in, and finds only a real end.
        """
        sock = self.sock
        if sock is None or self._is_stale():
            return False
        if super().is_connected:
            return True
        timeout = sock.gettimeout()
        try:
            sock.settimeout(0.0)
            sock.recv(1)
        except SSLWantReadError:
            return True
        except OSError:
            return False
        finally:
            sock.settimeout(timeout)
        return False  # the end, or an answer to nothing

    def putrequest(
        self, method: str, url: str, skip_host: bool = False, skip_accept_encoding: bool = False
    ) -> None:
        if not self.is_verified:
            # Such as a tunnel that was begun and never made: urllib3 would warn, and send in the clear.
            raise AuthError(ErrorCode.TLS_REFUSED, detail="TLS-UNVERIFIED")
        super().putrequest(method, url, skip_host, skip_accept_encoding)


class _GuardedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHTTPConnection


class _GuardedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPSConnection


GUARDED_POOLS = {"http": _GuardedHTTPPool, "https": _GuardedHTTPSPool}
