"""Every far end through one door, which takes note of each secret that goes in or out."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

TAKEN = Callable[[str, str], None]

# Names in the JSON of Cognito, the identity pool, Secrets Manager and the Data API.
_SECRETS = {
    "IdToken": "ID token",
    "AccessToken": "access token",
    "RefreshToken": "refresh token",
    "REFRESH_TOKEN": "refresh token",
    "Token": "refresh token",
    "SecretKey": "AWS secret key",
    "SessionToken": "AWS session token",
    "token": "FileMaker session token",
    "PASSWORD": "password",
    "Password": "password",
    "NEW_PASSWORD": "password",
    "PreviousPassword": "password",
    "ProposedPassword": "password",
    "SecretCode": "authenticator key",
    "UserCode": "authenticator code",
    "SOFTWARE_TOKEN_MFA_CODE": "authenticator code",
    "DeviceGroupKey": "device group key",
    "Session": "challenge session",
    "SECRET_HASH": "secret hash",
    "SecretHash": "secret hash",
    "ClientSecret": "client secret",
    "ConfirmationCode": "reset code",
}
# Of the secret that Secrets Manager keeps.
_FIELDS = {"username": "FileMaker account", "password": "FileMaker password"}
_AUTHORIZATIONS = {"Basic": "FileMaker authorization", "Bearer": "FileMaker session token"}


@contextmanager
def recording_proxy(
    target: str, take: TAKEN, see: Callable[[bytes], None] = lambda _request: None
) -> Iterator[str]:
    """Hand every request on to ``target`` (an http address of this machine); the proxy's own address.

    ``take`` is called with the name and the value of each secret, ``see`` with all of each request: its
    line, its headers and its body. Both on any thread.
    """
    address = urlsplit(target)

    class Handler(_Handler):
        far_end = (address.hostname or "", address.port or 80)
        taken = staticmethod(take)
        seen = staticmethod(see)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.05,), name="recording-proxy", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(2.0)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    far_end: tuple[str, int]
    taken: TAKEN
    seen: Callable[[bytes], None]

    def _relay(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen(self.requestline.encode("latin-1") + self.headers.as_bytes() + body)
        _note_authorization(self.headers.get("Authorization", ""), self.taken)
        _note_json(body, self.taken)
        far = HTTPConnection(*self.far_end, timeout=60)
        try:
            far.request(self.command, self.path, body, dict(self.headers))
            answer = far.getresponse()
            content = answer.read()
        finally:
            far.close()
        _note_json(content, self.taken)
        self._answer(answer.status, dict(answer.getheaders()), content)

    def do_GET(self) -> None:
        self._relay()

    def do_POST(self) -> None:
        self._relay()

    def do_PATCH(self) -> None:
        self._relay()

    def do_DELETE(self) -> None:
        self._relay()

    def _answer(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in {"content-length", "transfer-encoding", "connection"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:  # whoever asked has gone
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        """Nothing: no access log on the terminal."""


def _note_authorization(header: str, take: TAKEN) -> None:
    kind, _, value = header.partition(" ")
    if kind == "AWS4-HMAC-SHA256":
        signature = re.search(r"Signature=([0-9a-f]{64})", value)
        take("AWS signature", signature.group(1) if signature else "")
    elif kind in _AUTHORIZATIONS:
        take(_AUTHORIZATIONS[kind], value)


def _note_json(content: bytes, take: TAKEN) -> None:
    try:
        document = json.loads(content or b"null")
    except ValueError:
        return
    _note_members(document, take)


def _note_members(document: object, take: TAKEN) -> None:
    if isinstance(document, list):
        for each in document:
            _note_members(each, take)
    if not isinstance(document, dict):
        return
    for name, value in document.items():
        if name == "SecretString":
            for field, secret in _FIELDS.items():
                take(secret, json.loads(value)[field])
        elif name in _SECRETS and isinstance(value, str):
            take(_SECRETS[name], value)
        else:
            _note_members(value, take)
