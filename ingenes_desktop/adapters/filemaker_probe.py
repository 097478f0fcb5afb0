"""A FileMaker session that looks at the server: what a find does with escapes, what the layouts hold.

It reads only, and hands out counts and names of fields, never what a record holds.
https://help.claris.com/en/data-api-guide/
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from ingenes_desktop.adapters.filemaker import USERS_LAYOUT, DataApiSession
from ingenes_desktop.adapters.filemaker_answers import NO_RECORD_MATCHES, FileMakerRefusal, response_of
from ingenes_desktop.adapters.filemaker_find import find_request, found_users, may_search_unescaped
from ingenes_desktop.adapters.filemaker_login import LOGIN_FIELD, LOGIN_LAYOUT
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import FoundUsers
from ingenes_desktop.domain.email_address import same_address
from ingenes_desktop.domain.plain_text import plain_text

SEARCHED_FIELD = "Email"
SHOWN_FIELDS = ("idUsuario", "nombreCompleto", "idEmpresa", "tipo", "usuario", "celular", "fechaRegistro")
LOGIN_FIELD_TYPES = frozenset({"timestamp", "text", "date"})
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class FindResult:
    """One find, in numbers. ``code`` is FileMaker's: "0", or "401" where nothing matched."""

    code: str
    found: int
    returned: int
    exact: int
    """How many of the returned records hold exactly the address."""
    users: FoundUsers = field(repr=False)
    """The records themselves, for choosing one; nobody is told of them."""


class FileMakerProbe(DataApiSession):
    """One session, opened and closed as the application's own. Raises AuthError."""

    def try_find(self, email: str, attempt: Attempt, *, escape: bool) -> FindResult | None:
        """A find for ``email``, escaped or not; None where it would not be safe to send."""
        if not escape and not may_search_unescaped(email):
            return None
        try:
            response = self._call(
                "POST",
                f"layouts/{_segment(USERS_LAYOUT)}/_find",
                find_request(email, escape=escape),
                attempt,
                reads=True,
            )
        except FileMakerRefusal as refusal:
            if refusal.code == NO_RECORD_MATCHES:
                return FindResult(refusal.code, 0, 0, 0, FoundUsers((), 0))
            failure = refusal.as_error()
        else:
            found = found_users(response)
            exact = sum(1 for user in found.users if user.email and same_address(user.email, email))
            return FindResult("0", found.found_count, len(found.users), exact, found)
        raise failure

    def table_behind(self, record_id: str, attempt: Attempt) -> str:
        """The base table that the layout for LastLoginTime shows of the record; "" where it is not said."""
        path = f"layouts/{_segment(LOGIN_LAYOUT)}/records/{_segment(record_id)}"
        info = self._read(path, attempt).get("dataInfo")
        return plain_text(info.get("table"), _LONGEST_NAME) if isinstance(info, dict) else ""

    def users_fields(self, attempt: Attempt) -> Mapping[str, str]:
        """The fields of the users' layout, each with its type."""
        return self._fields(USERS_LAYOUT, attempt)

    def login_field_type(self, attempt: Attempt) -> str:
        """The type of LastLoginTime on its layout; "" where it is missing."""
        return self._fields(LOGIN_LAYOUT, attempt).get(LOGIN_FIELD, "")

    def product(self, attempt: Attempt) -> str:
        """The server's name and version, as far as it says them."""
        parts = urlsplit(self._base_url)
        version = parts.path.split("/")[3]  # /fmi/data/VERSION/databases/NAME
        try:
            response = response_of(
                self._transport.send(
                    "GET",
                    f"{parts.scheme}://{parts.netloc}/fmi/data/{version}/productInfo",
                    headers={"Accept": "application/json"},
                    body=None,
                    attempt=attempt,
                )
            )
        except FileMakerRefusal as refusal:
            failure = refusal.as_error()
        else:
            info = response.get("productInfo")
            info = info if isinstance(info, dict) else {}
            words = (plain_text(info.get(name), _LONGEST_NAME) for name in ("name", "version"))
            return " ".join(word for word in words if word)
        raise failure

    def _fields(self, layout: str, attempt: Attempt) -> dict[str, str]:
        listed = self._read(f"layouts/{_segment(layout)}", attempt).get("fieldMetaData")
        return {
            str(field["name"]): plain_text(field.get("result"), _LONGEST_NAME).lower()
            for field in (listed if isinstance(listed, list) else [])
            if isinstance(field, dict) and isinstance(field.get("name"), str)
        }

    def _read(self, path: str, attempt: Attempt) -> dict[str, Any]:
        try:
            return self._call("GET", path, None, attempt, reads=True)
        except FileMakerRefusal as refusal:
            failure = refusal.as_error()
        raise failure


def _segment(name: str) -> str:
    return quote(name, safe="")
