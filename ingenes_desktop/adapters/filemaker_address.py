"""The address that the secret names: checked part by part, then rebuilt, and only the rebuilt one used.

Parsers disagree about odd addresses (``https://evil.example\\@fm.example``), so the text must match a
narrow pattern before any parser sees it, and both parsers in use must then agree on the host.
"""

import re
from dataclasses import dataclass
from unicodedata import category
from urllib.parse import quote, unquote, urlsplit

from urllib3.util import parse_url

from ingenes_desktop.domain.errors import AuthError, ErrorCode

_SEGMENT = r"(?:[A-Za-z0-9._~!$&'()+,;=@ -]|[^\x00-\x7f\s\\]|%[0-9A-Fa-f]{2}){1,300}"
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]{1,253})(?::(?P<port>[0-9]{1,5}))?"
    rf"/fmi/data/(?P<version>v1|v2|vLatest)/databases/(?P<database>{_SEGMENT})/?"
)
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_NUMERIC_LABEL = re.compile(r"(?:0[xX][0-9A-Fa-f]*|[0-9]+)")
_LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost"})
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class FileMakerAddressRules:
    """Which hosts may be named. Empty lists allow every https host with a name."""

    host_suffixes: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    allow_loopback: bool = False
    """http to this machine: only while the AWS endpoints are on this machine too."""
    on_premises: bool = False
    """A server in the clinic's own network, whose name may be a single label."""


def checked_base_url(text: str, rules: FileMakerAddressRules) -> str:
    """``text`` rebuilt from its checked parts, without a trailing slash.

    Raises AuthError CONFIGURATION (detail SECRET-BASEURL); the address itself goes nowhere.
    """
    match = _ADDRESS.fullmatch(text.strip(" "))
    if match is None:
        raise _refused()
    host = match["host"].lower()
    port = int(match["port"]) if match["port"] else None
    if port is not None and not 1 <= port <= _LAST_PORT:
        raise _refused()
    database = _database(match["database"])
    if rules.allow_loopback and host in _LOOPBACK_HOSTS:
        scheme = match["scheme"]
    else:
        scheme = "https"
        _check_public(match["scheme"], host, port, rules)
    origin = f"{scheme}://{host}" + (f":{port}" if port else "")
    path = f"/fmi/data/{match['version']}/databases/{quote(database, safe='')}"
    if urlsplit(origin).hostname != host or parse_url(origin).host != host:
        raise _refused()
    return origin + path


def _database(segment: str) -> str:
    """The database's name. "." and ".." would be resolved away on the way, and the path with them."""
    try:
        name = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        name = ""
    if name in {"", ".", ".."} or any(category(c) in {"Cc", "Cs"} or c in "/\\" for c in name):
        raise _refused()
    return name


def _check_public(scheme: str, host: str, port: int | None, rules: FileMakerAddressRules) -> None:
    labels = host.split(".")
    if scheme != "https" or (len(labels) == 1 and not rules.on_premises):
        raise _refused()
    if not all(_LABEL.fullmatch(label) for label in labels) or _NUMERIC_LABEL.fullmatch(labels[-1]):
        raise _refused()  # the last label of a name is never a number: that is an address literal
    suffixes = [suffix.lower().lstrip(".") for suffix in rules.host_suffixes]
    if suffixes and not any(host == suffix or host.endswith("." + suffix) for suffix in suffixes):
        raise _refused()
    if rules.ports and (port or 443) not in rules.ports:
        raise _refused()


def _refused() -> AuthError:
    return AuthError(ErrorCode.CONFIGURATION, detail="SECRET-BASEURL")
