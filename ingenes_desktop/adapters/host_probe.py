"""Looking at one host step by step: its proxy, its addresses, a connection, its certificates.

By the rules of the application's own requests (connection.py, transport.py), but each step by itself,
so that a person learns which one fails. No request is sent here.
"""

import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from socket import socket
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID

from ingenes_desktop.adapters.connection import Dialing, Shutter, dial, in_attempt, look_up
from ingenes_desktop.adapters.transport import Transport
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.plain_text import plain_text

_HTTPS_PORT, _HTTP_PORT = 443, 80
_LONGEST_HEAD = 8_192
_LONGEST_NAME = 100
_MOST_CERTIFICATES = 10
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says of itself; nothing of it is believed here."""

    subject: str
    issuer: str
    expires_at: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Handshake:
    """A TLS handshake's outcome. ``chain`` begins with the host's own certificate."""

    protocol: str
    chain: tuple[Certificate, ...]


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection that was made, and ended again."""

    address: str
    seconds: float


class HostProbe:
    """Looks at the host of ``url``. Worker threads only.

    Every method raises AuthError, as a request of ``transport`` would at that step.
    """

    def __init__(
        self, url: str, *, transport: Transport, dialing: Dialing, trust: Callable[[], ssl.SSLContext]
    ) -> None:
        parts = urlsplit(url)
        self.url = url
        self.host = parts.hostname or ""
        self.uses_tls = parts.scheme == "https"
        self.port = parts.port or (_HTTPS_PORT if self.uses_tls else _HTTP_PORT)
        self._transport = transport
        self._dialing = dialing
        self._trust = trust
        self._proxy: tuple[str, int] | None = None

    def find_proxy(self, attempt: Attempt) -> str | None:
        """The proxy in between ("http://host:port"), None for none. The first call of all."""
        proxy = self._transport.proxy_of(self.url, attempt)
        if proxy is not None:
            parts = urlsplit(proxy)
            self._proxy = (parts.hostname or "", parts.port or _HTTP_PORT)
        return proxy

    def look_up(self, attempt: Attempt) -> tuple[str, ...]:
        """The addresses of the host, or of the proxy where there is one: that looks up the host."""
        with in_attempt(attempt, self._dialing, Shutter()):
            return tuple(dict.fromkeys(str(address[0]) for _, address in look_up(*self._first_hop)))

    def connect(self, attempt: Attempt) -> Connected:
        """Connect to the host, or to the proxy, and hang up."""

        def measured(shutter: Shutter) -> Connected:
            began = monotonic()
            with self._dialed(shutter) as sock:
                seconds = monotonic() - began
                address = ""
                with suppress(OSError):  # it may have hung up already; the next step will tell
                    address = str(sock.getpeername()[0])
                return Connected(address, seconds)

        return self._guarded(measured, attempt)

    def shake_hands(self, attempt: Attempt) -> Handshake:
        """A TLS handshake with the application's own trust."""
        return self._guarded(lambda shutter: self._handshake(self._trust(), shutter, attempt), attempt)

    def look_at_certificates(self, attempt: Attempt) -> Handshake | None:
        """What the host shows to whoever asks, unverified, for the sentence about a handshake that failed.

        None where even that cannot be had. Nothing is sent over this connection.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with suppress(AuthError):
            return self._guarded(lambda shutter: self._handshake(context, shutter, attempt), attempt)
        return None

    @property
    def _first_hop(self) -> tuple[str, int]:
        return self._proxy or (self.host, self.port)

    def _dialed(self, shutter: Shutter) -> socket:
        host, port = self._first_hop
        sock = dial(host, port, is_proxy=self._proxy is not None)
        shutter.watch(sock)
        return sock

    def _handshake(self, context: ssl.SSLContext, shutter: Shutter, attempt: Attempt) -> Handshake:
        with self._dialed(shutter) as sock:
            sock.settimeout(attempt.remaining())
            if self._proxy is not None:
                _open_tunnel(sock, self.host, self.port)
            with context.wrap_socket(sock, server_hostname=self.host) as tls:
                return Handshake(tls.version() or "", tuple(map(_described, _chain_of(tls))))

    def _guarded(self, step: Callable[[Shutter], _Result], attempt: Attempt) -> _Result:
        failure: AuthError
        shutter = Shutter()
        try:
            with in_attempt(attempt, self._dialing, shutter):
                return step(shutter)
        except AuthError as error:
            failure = error
        except (OSError, ValueError) as error:
            failure = Transport.failure(error)
            if shutter.is_shut:
                failure = AuthError(ErrorCode.NOT_RESPONDING, detail="BROKEN-OFF")
        # Raised out here: a library's exception is not kept.
        attempt.check()
        raise failure


def _open_tunnel(sock: socket, host: str, port: int) -> None:
    """CONNECT through a proxy: https://www.rfc-editor.org/rfc/rfc9110#name-connect"""
    target = f"{host}:{port}"
    sock.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode("ascii"))
    head = b""
    while b"\r\n\r\n" not in head and len(head) < _LONGEST_HEAD:
        # Byte by byte: what follows the head belongs to the handshake.
        piece = sock.recv(1)
        if not piece:
            break
        head += piece
    status = head.split(b" ", 2)[1:2]
    if status == [b"407"]:
        raise AuthError(ErrorCode.PROXY_AUTHENTICATION, detail="PROXY")
    if status != [b"200"]:
        raise AuthError(ErrorCode.NO_NETWORK, detail="PROXY")


def _chain_of(tls: ssl.SSLSocket) -> list[bytes]:
    """The certificates that were shown, in DER. Python makes this public in 3.13."""
    if hasattr(tls, "get_unverified_chain"):
        return list(tls.get_unverified_chain())[:_MOST_CERTIFICATES]
    inner: Any = tls._sslobj  # type: ignore[attr-defined]  # noqa: SLF001  not public before 3.13
    der = ssl._ssl.ENCODING_DER  # type: ignore[attr-defined]  # noqa: SLF001  likewise
    return [shown.public_bytes(der) for shown in inner.get_unverified_chain() or ()][:_MOST_CERTIFICATES]


def _described(der: bytes) -> Certificate:
    try:
        certificate = x509.load_der_x509_certificate(der)
        return Certificate(
            _name(certificate.subject), _name(certificate.issuer), certificate.not_valid_after_utc.timestamp()
        )
    except (ValueError, OverflowError):
        return Certificate("", "", 0.0)


def _name(name: x509.Name) -> str:
    """The common name, or the organisation where there is none."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.ORGANIZATION_NAME):
        values = name.get_attributes_for_oid(kind)
        if values:
            return plain_text(values[0].value, _LONGEST_NAME)
    return ""
