"""Who may open a database: HTTP Basic authentication with an account and its password.

One account opens every database of the server, and each database may have others, of which those
without the extended privilege `fmrest` are refused as if they were wrong. OAuth accounts and Claris
ID tokens need services this server has not. Source: Claris Data API Guide, "Log in to a database
session", "Log in to a database session using an OAuth identity provider" and "... Claris ID".
"""

import base64
import binascii
import hmac
from collections.abc import Mapping

from werkzeug.datastructures import Headers

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.schema import Account
from ingenes_desktop.demo.filemaker.tables import LiveDatabase

_OAUTH = ("X-FM-Data-OAuth-Request-Id", "X-FM-Data-OAuth-Identifier")


class Accounts:
    """The accounts of a server; their passwords are kept in memory alone."""

    def __init__(self, account: str, password: str) -> None:
        self._everywhere = Account(account, password)

    def admitted(self, headers: Headers, databases: Mapping[str, LiveDatabase]) -> tuple[str, list[str]]:
        """The account a request names, and which of the databases it opens (one at least).

        Raises FileMakerError: 10 where no account is named, 1702 for a scheme this server has not,
        212 for an account that opens none.
        """
        given = _basic(headers)
        opened: list[str] = []
        name = ""
        for database in databases.values():
            for account in (self._everywhere, *database.accounts.values()):
                if _is(given, account) and account.data_api:
                    name = account.name
                    opened.append(database.name)
                    break
        if not opened:
            raise FileMakerError(212)
        return name, opened


def bearer(headers: Headers) -> str:
    """The token of a request. Raises FileMakerError 10 where there is none, 1702 for a Claris ID
    token."""
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "fmid":
        raise FileMakerError(1702)
    if scheme.lower() != "bearer":
        words = "Request validation failed: Parameter (Authorization) is required"
        raise FileMakerError(10, message=words)
    return token.strip()


def _basic(headers: Headers) -> bytes:
    scheme, _, encoded = headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "fmid" or any(name in headers for name in _OAUTH):
        raise FileMakerError(1702)
    if scheme.lower() != "basic":
        raise FileMakerError(10, message="HTTP Authorization header or OAuth headers are missing.")
    try:
        return base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise FileMakerError(212) from None


def _is(given: bytes, account: Account) -> bool:
    """Whether these bytes write that account and its password, in UTF-8 or (where that can write
    them) latin-1: clients send both."""
    text = f"{account.name}:{account.password}"
    latin = text.encode("latin-1", "replace")
    return hmac.compare_digest(given, text.encode()) or (
        hmac.compare_digest(given, latin) and latin.decode("latin-1") == text
    )
