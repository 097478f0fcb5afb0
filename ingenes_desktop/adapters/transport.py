"""The one way to any far end: total deadlines, bounded bodies, no redirects, no cookies, no machine's habits.

Everything that leaves this application, boto3's requests too, goes through :class:`Transport`. It reads
no environment variable, no ``.netrc`` and no proxy variable; the proxy is asked of whoever was given.
"""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from http.client import RemoteDisconnected
from ssl import PROTOCOL_TLS_CLIENT, SSLContext, SSLError, TLSVersion, get_default_verify_paths
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from ingenes_desktop.adapters.connection import GUARDED_POOLS, Dialing, Shutter, in_attempt
from ingenes_desktop.adapters.left_behind import answer_within
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record_bug

MAXIMUM_BODY_BYTES = 1_048_576
_PIECE_BYTES = 16_384
_PROXY_SECONDS = 3.0
_PROXY_KNOWN_SECONDS = 60.0
"""A laptop moves between networks: the system is asked again after this."""
_PROXY = re.compile(r"http://[A-Za-z0-9.\-\[\]:]{1,255}/?")
# OpenSSL's verification codes: https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/
_NOT_YET_VALID = 9
_UNKNOWN_ISSUER = frozenset(
    {
        2, 19, 20, 21,
        # truststore hands Windows' and macOS' own codes on: CERT_E_UNTRUSTEDROOT, CERT_E_CHAINING
        # (winerror.h), errSecNotTrusted (SecBase.h).
        0x800B0109, 0x800B010A, 0x800B0109 - (1 << 32), 0x800B010A - (1 << 32), -67843,
    }
)  # fmt: skip

ProxyFor = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: any status, the whole body, headers without regard to letter case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The Content-Type without its parameters, in lower case."""
        return self.headers.get("Content-Type", "").split(";")[0].strip().lower()


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds of a Retry-After, or None where it says nothing usable. AuthError bounds it."""
    text = headers.get("Retry-After", "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) else None  # noqa: PLR2004


def system_trust() -> SSLContext:
    """TLS with the system's certificates, 1.2 at least. It writes no key log. Slow on Linux: 50 ms."""
    context: SSLContext
    if sys.platform == "linux" and get_default_verify_paths().cafile:
        # As truststore does it, but once: it reads the file anew, 50 ms, for each handshake.
        context = SSLContext(PROTOCOL_TLS_CLIENT)
        context.set_default_verify_paths()
    else:
        context = truststore.SSLContext(PROTOCOL_TLS_CLIENT)
    context.minimum_version = TLSVersion.TLSv1_2
    return context


def made_once(trust: Callable[[], SSLContext]) -> Callable[[], SSLContext]:
    """``trust`` for many hosts: one context for all, made when the first is asked.

    But not truststore's (Windows, macOS): making one costs nothing there, and it is locked for the whole of
    a handshake, so that a host which hangs in its own would hold up the others past every deadline.
    """
    once = cache(trust)

    def give() -> SSLContext:
        context = once()
        return trust() if isinstance(context, truststore.SSLContext) else context

    return give


class _Adapter(HTTPAdapter):
    """requests' adapter over guarded connections and one TLS context, for one host."""

    def __init__(self, context: SSLContext) -> None:
        self._context = context
        super().__init__(pool_connections=8, pool_maxsize=4, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **extra: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, ssl_context=self._context, **extra)
        self.poolmanager.pool_classes_by_scheme = dict(GUARDED_POOLS)

    def proxy_manager_for(self, proxy: str, **extra: Any) -> Any:
        manager = super().proxy_manager_for(proxy, ssl_context=self._context, **extra)
        manager.pool_classes_by_scheme = dict(GUARDED_POOLS)
        return manager

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ARG002  requests' signature
        # The context alone decides: requests would add its own list of authorities to it.
        conn.cert_reqs = "CERT_REQUIRED"


class Transport:
    """Sends one request at a time for whoever calls; any worker thread, never the UI thread.

    ``proxy_for`` is asked at most once a minute for each host, on a thread of its own, and given up after
    three seconds.
    """

    def __init__(
        self,
        *,
        dialing: Dialing,
        read_seconds: float,
        proxy_for: ProxyFor,
        trust: Callable[[], SSLContext] = system_trust,
        user_agent: str,
    ) -> None:
        self._dialing = dialing
        self._read_seconds = read_seconds
        self._proxy_for = proxy_for
        self._trust = trust
        self._user_agent = user_agent
        self._adapters: dict[str, _Adapter] = {}
        self._proxies: dict[str, tuple[str | None, float]] = {}
        self._lock = Lock()

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None,
        attempt: Attempt,
        maximum_bytes: int = MAXIMUM_BODY_BYTES,
        on_headers: Callable[[Mapping[str, str]], None] | None = None,
    ) -> Answer:
        """Send one request, once, and read the whole answer, whatever its status.

        ``on_headers`` is called before the body is read: what they say holds also when the body fails.
        Raises AuthError: NO_NETWORK, NOT_RESPONDING, TLS_REFUSED, TLS_INSPECTED, CLOCK_WRONG,
        PROXY_AUTHENTICATION, UNEXPECTED_ANSWER (an encoded or oversized body), CANCELLED.
        """
        request = requests.Request(method, url, headers=self._headers(headers), data=body).prepare()
        failure: AuthError
        shutter = Shutter()
        try:
            with in_attempt(attempt, self._dialing, shutter):
                proxies = self._proxies_for(url, attempt)
                # No redirect is followed: it would carry the body, and with it a password, elsewhere.
                response = self._adapter_for(url).send(
                    request,
                    stream=True,
                    timeout=(self._dialing.connect_seconds, min(self._read_seconds, attempt.remaining())),
                    verify=True,
                    proxies=proxies,
                )
                try:
                    if on_headers is not None:
                        on_headers(response.headers)
                    body = self._read(response, maximum_bytes)
                finally:
                    response.close()  # a body not read to its end closes the connection with it
                if not shutter.is_shut:
                    return Answer(response.status_code, response.headers, body)
                # Cut by ourselves, in the middle of the header or of a body that only the end ends.
                failure = AuthError(ErrorCode.NOT_RESPONDING, detail="BROKEN-OFF")
        except AuthError as error:
            failure = error
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            failure = self.failure(error)
            if shutter.is_shut:
                # Cut by ourselves, a tick before the clock says so: whatever it looked like to TLS.
                failure = AuthError(ErrorCode.NOT_RESPONDING, detail="BROKEN-OFF")
        # Raised out here, so that no library's exception (it holds the request) hangs on to this one.
        attempt.check()
        raise failure

    def open(self, url: str, attempt: Attempt) -> None:
        """Open a connection to the host of ``url`` for later, without a request. Raises nothing."""
        try:
            with in_attempt(attempt, self._dialing, Shutter()):
                request = requests.Request("GET", url).prepare()
                proxies = self._proxies_for(url, attempt)
                pool: Any = self._adapter_for(url).get_connection_with_tls_context(
                    request, verify=True, proxies=proxies
                )
                # urllib3 offers no public way to open a connection before there is a request.
                connection = pool._get_conn()  # noqa: SLF001
                try:
                    if connection.is_closed:
                        pool._prepare_proxy(connection) if proxies else connection.connect()  # noqa: SLF001
                except BaseException:
                    connection.close()  # half a connection must not wait for a request
                    raise
                finally:
                    pool._put_conn(connection)  # noqa: SLF001
        except (AuthError, requests.RequestException, HTTPError, OSError, ValueError):
            # Whoever needs the connection will find out, and say it.
            return

    def proxy_of(self, url: str, attempt: Attempt) -> str | None:
        """The proxy that a request to ``url`` goes through, None for a direct connection."""
        return self._proxies_for(url, attempt).get("https")

    def close(self) -> None:
        """Close every idle connection."""
        with self._lock:
            adapters = list(self._adapters.values())
        for adapter in adapters:
            adapter.close()

    def _headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        return {**headers, "Accept-Encoding": "identity", "User-Agent": self._user_agent}

    def _adapter_for(self, url: str) -> _Adapter:
        # One for each host: see made_once().
        host = urlsplit(url).netloc
        with self._lock:
            if host not in self._adapters:
                self._adapters[host] = _Adapter(self._trust())
            return self._adapters[host]

    def _proxies_for(self, url: str, attempt: Attempt) -> dict[str, str]:
        parts = urlsplit(url)
        if parts.scheme != "https":
            return {}  # plain http is for loopback only
        origin = f"{parts.scheme}://{parts.netloc}/"
        with self._lock:
            proxy, asked_at = self._proxies.get(origin, (None, float("-inf")))
        if monotonic() - asked_at > _PROXY_KNOWN_SECONDS:
            proxy = self._find_proxy(origin, attempt)
        return {"https": proxy} if proxy else {}

    def _find_proxy(self, origin: str, attempt: Attempt) -> str | None:
        """Ask for the proxy of ``origin``; an answer is known for a minute, a silence is not kept."""

        def ask() -> str | None:
            try:
                return self._proxy_for(origin)
            except Exception as error:  # noqa: BLE001  whatever the system's proxy settings hold
                record_bug(error)
                return None

        try:
            proxy = answer_within(min(_PROXY_SECONDS, attempt.remaining()), ask, name="proxy-lookup")
        except TimeoutError:
            return None
        if proxy is not None and not _PROXY.fullmatch(proxy):
            proxy = None
        with self._lock:
            self._proxies[origin] = (proxy, monotonic())
        return proxy

    def _read(self, response: requests.Response, maximum_bytes: int) -> bytes:
        if response.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="ENCODED")
        pieces: list[bytes] = []
        size = 0
        for piece in response.raw.stream(_PIECE_BYTES, decode_content=False):
            size += len(piece)
            if size > maximum_bytes:
                raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="TOO-LONG")
            pieces.append(piece)
        return b"".join(pieces)

    @staticmethod
    def failure(error: Exception) -> AuthError:
        """The one meaning of a library's exception; nothing of the exception is kept."""
        chain = list(_causes(error))
        for cause in chain:
            if isinstance(cause, SSLError) and not isinstance(cause, TimeoutError):
                return _tls_failure(cause)
        text = " ".join(str(cause) for cause in chain)
        if isinstance(error, requests.exceptions.ProxyError):
            is_asked = "407" in text
            return AuthError(
                ErrorCode.PROXY_AUTHENTICATION if is_asked else ErrorCode.NO_NETWORK, detail="PROXY"
            )
        if any(isinstance(cause, RemoteDisconnected) for cause in chain):
            # It took the request and hung up: to Python a kind of reset, to a person no answer.
            return AuthError(ErrorCode.NOT_RESPONDING, detail="BROKEN-OFF")
        if any(isinstance(cause, ConnectionRefusedError | ConnectionResetError) for cause in chain):
            return AuthError(ErrorCode.NO_NETWORK, detail="CONNECT")
        if any(isinstance(cause, TimeoutError | requests.Timeout) for cause in chain):
            return AuthError(ErrorCode.NOT_RESPONDING, detail="TIMEOUT")
        if any(type(cause) is OSError for cause in chain):  # no route, network down
            return AuthError(ErrorCode.NO_NETWORK, detail="CONNECT")
        return AuthError(ErrorCode.NOT_RESPONDING, detail="BROKEN-OFF")


def _causes(error: BaseException) -> "list[BaseException]":
    """``error`` and everything it was raised from or holds as an argument, each once."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        item = waiting.pop(0)
        if not isinstance(item, BaseException) or any(item is known for known in found):
            continue
        found.append(item)
        waiting += [item.__cause__, item.__context__, getattr(item, "reason", None), *item.args]
    return found


def _tls_failure(error: SSLError) -> AuthError:
    code = getattr(error, "verify_code", None)
    if not code:
        reason = getattr(error, "reason", None) or ""
        return AuthError(ErrorCode.TLS_REFUSED, detail=f"TLS-{reason}" if reason else "TLS")
    # OpenSSL's codes are short numbers; Windows' are known in hexadecimal.
    shown = f"TLS-{code}" if abs(code) < 1_000_000 else f"TLS-{code & 0xFFFFFFFF:08X}"  # noqa: PLR2004
    if code == _NOT_YET_VALID:
        # A certificate from the future means a clock in the past far more often than the reverse.
        return AuthError(ErrorCode.CLOCK_WRONG, detail=shown)
    if code in _UNKNOWN_ISSUER:
        return AuthError(ErrorCode.TLS_INSPECTED, detail=shown)
    return AuthError(ErrorCode.TLS_REFUSED, detail=shown)
