"""What each setting's value must look like. Every check returns the clean value or raises ValueError."""

from collections.abc import Callable
from enum import Enum
from re import ASCII, fullmatch
from types import MappingProxyType
from typing import TypeVar

from ingenes_desktop.domain.secret import Secret

Check = Callable[[object], object]
E = TypeVar("E", bound=Enum)

HIGHEST_PORT = 65535
_LONGEST_HOST = 253
_MOST_ENTRIES = 1000
_LONGEST_TEXT = 800
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

# Only regions of the public partition: China's and the isolated ones have other host names.
REGION = r"(?!cn-|us-iso)[a-z]{2}(?:-[a-z]{2,12}){1,2}-\d{1,2}"
# https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
USER_POOL_ID = r"[a-z0-9-]{1,40}_[0-9A-Za-z]{1,40}"
# https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
CLIENT_ID = r"[\w+]{1,128}"
CLIENT_SECRET = r"[\w+]{1,128}"  # noqa: S105  a pattern, not a secret
# https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html
IDENTITY_POOL_ID = r"[a-z0-9-]{1,40}:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
SECRET_NAME = r"(?:arn:aws:secretsmanager:[a-z0-9-]{1,40}:\d{12}:secret:)?[A-Za-z0-9/_+=.@-]{1,512}"  # noqa: S105  a name

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_IPV6_LOOPBACK = "[::1]"


def matching(pattern: str) -> Check:
    """A text that fits ``pattern`` from its first character to its last (ASCII)."""

    def check(value: object) -> str:
        text = _text(value)
        if fullmatch(pattern, text, ASCII) is None:
            raise ValueError
        return text

    return check


def secret(value: object) -> Secret:
    """A client secret, wrapped so that no log and no ``repr`` shows it."""
    return Secret(str(matching(CLIENT_SECRET)(value)))


def member(kind: type[E]) -> Check:
    """One of the enumeration's values, in any case."""
    members = {str(each.value).lower(): each for each in kind}

    def check(value: object) -> E:
        found = members.get(_text(value).lower())
        if found is None:
            raise ValueError
        return found

    return check


def log_level(value: object) -> str:
    """DEBUG, INFO, WARNING or ERROR, in any case."""
    level = _text(value).upper()
    if level not in _LOG_LEVELS:
        raise ValueError
    return level


def boolean(value: object) -> bool:
    """True or false; neither a number nor a word."""
    if not isinstance(value, bool):
        raise ValueError  # noqa: TRY004  every check raises the same
    return value


def whole(low: int, high: int) -> Check:
    """A whole number from ``low`` to ``high``."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError
        return value

    return check


def seconds(low: float, high: float) -> Check:
    """A number of seconds from ``low`` to ``high``."""

    def check(value: object) -> float:
        # Neither NaN nor infinity is between two numbers.
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError
        return float(value)

    return check


def name(value: object) -> str:
    """A name as a view shows it: one plain line."""
    from ingenes_desktop.domain.plain_text import plain_text  # noqa: PLC0415  unicodedata, where it is needed

    text = plain_text(_text(value))
    if not text:
        raise ValueError
    return text


def names(value: object) -> MappingProxyType[str, str]:
    """A table of names by identifier, both as plain lines."""
    if not isinstance(value, dict) or len(value) > _MOST_ENTRIES:
        raise ValueError
    table = {name(key): name(entry) for key, entry in value.items()}
    if len(table) != len(value):
        raise ValueError
    return MappingProxyType(table)


def host_suffixes(value: object) -> tuple[str, ...]:
    """Domains, each of which stands for itself and what is below it; without a leading point."""
    return tuple(_host(_text(entry).removeprefix(".")) for entry in _entries(value))


def ports(value: object) -> tuple[int, ...]:
    """Port numbers."""
    check = whole(1, HIGHEST_PORT)
    return tuple(int(str(check(entry))) for entry in _entries(value))


def endpoint(value: object) -> str:
    """``https://host[:port]``, or http where the host is this machine; without a final slash."""
    scheme, host, port = _address(_text(value).removesuffix("/"))
    if scheme == "http" and not is_loopback(host):
        raise ValueError
    return f"{scheme}://{host}{port}"


def proxy(value: object) -> str:
    """``system``, ``none`` or ``http://host:port``."""
    text = _text(value)
    if text.lower() in {"system", "none"}:
        return text.lower()
    scheme, host, port = _address(text.removesuffix("/"))
    if scheme != "http" or not port:
        raise ValueError
    return f"http://{host}{port}"


def is_loopback(host: str) -> bool:
    """Whether ``host`` names this machine by itself, with no name server asked."""
    if host in {"localhost", _IPV6_LOOPBACK}:
        return True
    octets = host.split(".")
    are_numbers = all(octet.isascii() and octet.isdigit() and int(octet[:4]) <= 255 for octet in octets)  # noqa: PLR2004  an octet
    return len(octets) == 4 and are_numbers and octets[0] == "127"  # noqa: PLR2004  IPv4


def _address(text: str) -> tuple[str, str, str]:
    """Scheme, host and ":port" or ""; nothing else may stand in the address."""
    scheme, separator, rest = text.partition("://")
    if not separator or scheme.lower() not in {"http", "https"}:
        raise ValueError
    if rest.startswith(_IPV6_LOOPBACK):
        host, port = _IPV6_LOOPBACK, rest.removeprefix(_IPV6_LOOPBACK)
    else:
        name_, colon, number = rest.partition(":")
        host, port = _host(name_), colon + number
    if port:
        digits = port.removeprefix(":")
        if len(digits) > 5 or not (digits.isascii() and digits.isdigit()) or port == digits:  # noqa: PLR2004  65535
            raise ValueError
        port = f":{whole(1, HIGHEST_PORT)(int(digits))}"
    return scheme.lower(), host, port


def _host(text: str) -> str:
    host = text.lower()
    if len(host) > _LONGEST_HOST or fullmatch(_HOST, host) is None:
        raise ValueError
    return host


def _entries(value: object) -> list[object]:
    if not isinstance(value, list) or len(value) > _MOST_ENTRIES:
        raise ValueError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise ValueError
    return value.strip()
