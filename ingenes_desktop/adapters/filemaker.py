"""FileMaker Data API sessions through requests.

Licences cap the sessions of a server, so every session that was opened is closed again, and its token
is taken from the header before the body is judged: a broken answer leaks none.
https://help.claris.com/en/data-api-guide/
"""

import base64
import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from threading import RLock
from typing import Any
from urllib.parse import quote

from ingenes_desktop.adapters.filemaker_answers import (
    NO_RECORD_MATCHES,
    RECORD_MISSING,
    FileMakerRefusal,
    response_of,
)
from ingenes_desktop.adapters.filemaker_find import find_request, found_users, may_search_unescaped
from ingenes_desktop.adapters.filemaker_login import (
    LOGIN_FIELD,
    LOGIN_LAYOUT,
    login_moment,
    login_value,
    shows_table_of,
)
from ingenes_desktop.adapters.retrying import read_with_retries
from ingenes_desktop.adapters.transport import Answer, Transport
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import FileMakerSession, FoundUsers, LastLogin
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.models import FileMakerCredentials, FileMakerUser

USERS_LAYOUT = "@Usuarios"
IDLE_SECONDS = 15 * 60.0
"""A session ends this long after the last call that used it."""
_RENEW_AFTER_SECONDS = IDLE_SECONDS - 60.0
_GRACE_SECONDS = 2.0
_TOKEN_HEADER = "X-FM-Data-Access-Token"  # noqa: S105  a header's name
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,4096}")
_JSON = {"Content-Type": "application/json", "Accept": "application/json"}


class FileMakerDataApi:
    """Keeps ports.FileMaker: opens sessions on whatever server the secret names."""

    def __init__(self, transport: Transport, *, clock: Callable[[], float]) -> None:
        self._transport = transport
        self._clock = clock
        self._known_url: str | None = None

    def new_session(self, credentials: FileMakerCredentials) -> FileMakerSession:
        """A session that is not open yet."""
        self._known_url = credentials.base_url
        return DataApiSession(self._transport, credentials, clock=self._clock)

    def open_connection(self, attempt: Attempt) -> None:
        """Open a connection to the server of the last session for the next. Raises nothing.

        Before the first session of the program nobody knows which server it will be.
        """
        if self._known_url is not None:
            self._transport.open(self._known_url, attempt)


class DataApiSession:
    """One session on one database. Any worker thread, one call at a time."""

    def __init__(
        self, transport: Transport, credentials: FileMakerCredentials, *, clock: Callable[[], float]
    ) -> None:
        self._transport = transport
        self._credentials = credentials
        self._base_url = credentials.base_url
        self._clock = clock
        self._token: str | None = None
        self._used_at = 0.0
        self._lock = RLock()

    def open(self, attempt: Attempt) -> None:
        """POST /sessions with Basic authentication in UTF-8 (requests would send Latin-1).

        Sent once: a second try could open a second session. A cancel waits a moment for the answer, since
        the server may have opened the session by then; whatever fails, the token is kept for :meth:`close`.
        """
        account = f"{self._credentials.username.reveal()}:{self._credentials.password.reveal()}"
        basic = base64.b64encode(account.encode("utf-8")).decode("ascii")
        try:
            with attempt.outlived(_GRACE_SECONDS) as calm:
                answer = self._transport.send(
                    "POST",
                    f"{self._base_url}/sessions",
                    headers={**_JSON, "Authorization": f"Basic {basic}"},
                    body=b"{}",
                    attempt=calm,
                    on_headers=self._take_token,
                )
            response = response_of(answer)
        except FileMakerRefusal as refusal:
            failure = _login_error(refusal)
        except AuthError as error:
            failure = error
        else:
            self._token = self._token or _token_in(response.get("token"))
            self._used_at = self._clock()
            if self._token is not None:
                record("filemaker_session_opened")
                attempt.check()
                return
            failure = AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="FM-TOKEN")
        attempt.check()
        raise failure

    def _take_token(self, headers: Mapping[str, str]) -> None:
        self._token = _token_in(headers.get(_TOKEN_HEADER))

    def find_users(self, email: str, attempt: Attempt) -> FoundUsers:
        """POST _find on ``@Usuarios``: escaped, and once without escapes where that found nothing.

        The fallback covers a server on which escaping misbehaves; it is safe because the caller drops
        whatever is not exactly the address.
        """
        found = self._find(find_request(email), attempt)
        if found is None and may_search_unescaped(email):
            found = self._find(find_request(email, escape=False), attempt)
        return found or FoundUsers((), 0)

    def record_login(self, user: FileMakerUser, moment: datetime, attempt: Attempt) -> LastLogin:
        """Write LastLoginTime, only where the layout shows the same base table.

        A record id belongs to the table: on another table it would be another person's record. The
        value is UTC, in the form that the field's type takes (FileMaker's timestamps have no zone).
        """
        try:
            shown = self._call("GET", _login_path(user), None, attempt)
            if not shows_table_of(user, shown):
                return LastLogin(written=False, before=None)
            layout = self._call("GET", f"layouts/{_segment(LOGIN_LAYOUT)}", None, attempt)
            value = login_value(layout, moment)
            self._call("PATCH", _login_path(user), {"fieldData": {LOGIN_FIELD: value}}, attempt)
        except FileMakerRefusal as refusal:
            if refusal.code == RECORD_MISSING:
                return LastLogin(written=False, before=None)
            failure = refusal.as_error()
        else:
            return LastLogin(written=True, before=login_moment(shown))
        raise failure

    def read_last_login(self, user: FileMakerUser, attempt: Attempt) -> float | None:
        """LastLoginTime as it stands, where the layout shows the same base table."""
        try:
            shown = self._call("GET", _login_path(user), None, attempt, reads=True)
        except FileMakerRefusal as refusal:
            if refusal.code == RECORD_MISSING:
                return None
            failure = refusal.as_error()
        else:
            return login_moment(shown) if shows_table_of(user, shown) else None
        raise failure

    def close(self, attempt: Attempt) -> None:
        """DELETE the session, at most three times; its token is kept until the server has answered."""
        with self._lock:
            if self._token is None:
                return
            url = f"{self._base_url}/sessions/{_segment(self._token)}"

            def delete() -> None:
                response_of(self._transport.send("DELETE", url, headers=_JSON, body=None, attempt=attempt))

            try:
                # Ending twice is ending once, so this may be tried again, as reading may.
                read_with_retries(delete, attempt)
            except FileMakerRefusal as refusal:
                failure = None if refusal.session_is_lost else refusal.as_error()  # it had ended by itself
            else:
                failure = None
                record("filemaker_session_closed")
            self._token = None
            if failure is not None:
                raise failure

    def _find(self, request: dict[str, Any], attempt: Attempt) -> FoundUsers | None:
        path = f"layouts/{_segment(USERS_LAYOUT)}/_find"
        try:
            response = self._call("POST", path, request, attempt, reads=True)
        except FileMakerRefusal as refusal:
            if refusal.code == NO_RECORD_MATCHES:
                return None
            failure = refusal.as_error()
        else:
            return found_users(response)
        raise failure

    def _call(
        self, method: str, path: str, body: dict[str, Any] | None, attempt: Attempt, *, reads: bool = False
    ) -> dict[str, Any]:
        """One call with the session's token; a lost session is opened anew once, the call repeated once.

        What only ``reads`` is tried again where it was not answered; a login never is.
        """

        def send() -> dict[str, Any]:
            return response_of(self._send(method, path, body, attempt))

        def call() -> dict[str, Any]:
            return read_with_retries(send, attempt) if reads else send()

        with self._lock:
            if self._token is None or self._clock() - self._used_at > _RENEW_AFTER_SECONDS:
                self._reopen(attempt)
            try:
                return call()
            except FileMakerRefusal as refusal:
                if not refusal.session_is_lost:
                    raise
            record("filemaker_session_lost")
            self._reopen(attempt)
            try:
                return call()
            except FileMakerRefusal as refusal:
                if not refusal.session_is_lost:
                    raise
                failure = AuthError(ErrorCode.FILEMAKER_UNAVAILABLE, detail=f"FM-{refusal.code}")
            raise failure

    def _send(self, method: str, path: str, body: dict[str, Any] | None, attempt: Attempt) -> Answer:
        answer = self._transport.send(
            method,
            f"{self._base_url}/{path}",
            headers={**_JSON, "Authorization": f"Bearer {self._token}"},
            body=None if body is None else json.dumps(body).encode("ascii"),
            attempt=attempt,
        )
        self._used_at = self._clock()
        return answer

    def _reopen(self, attempt: Attempt) -> None:
        # The old token may still count as a session there (112, HTTP 401): end it before the next.
        with suppress(AuthError):
            self.close(attempt)
        self._token = None
        self.open(attempt)


def _segment(name: str) -> str:
    return quote(name, safe="")


def _login_path(user: FileMakerUser) -> str:
    return f"layouts/{_segment(LOGIN_LAYOUT)}/records/{_segment(user.record_id)}"


def _token_in(value: object) -> str | None:
    return value if isinstance(value, str) and _TOKEN.fullmatch(value) else None


def _login_error(refusal: FileMakerRefusal) -> AuthError:
    """At login, HTTP 401 and 212 are the account's fault: a configuration error, never the person's."""
    if refusal.code == "212" or refusal.code.startswith("HTTP-"):
        return AuthError(ErrorCode.CONFIGURATION, detail="FM-212")
    return refusal.as_error()
