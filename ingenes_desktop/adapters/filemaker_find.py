"""Finding one address in FileMaker, where an address is a pattern.

A find value keeps its operators after ``==``, and ``@`` stands for any one character, so they are
escaped; and because FileMaker compares loosely, the caller compares exactly what comes back.
https://help.claris.com/en/pro-help/content/finding-text.html
"""

import re
from datetime import date
from typing import Any

from ingenes_desktop.application.ports import FoundUsers
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import FileMakerUser
from ingenes_desktop.domain.plain_text import plain_text

FIND_LIMIT = 10
# Two or three dots are the range operator; a single dot is not.
_OPERATORS = re.compile(r'[\\@*#?!=<>"~≤≥…]|//|\.{2,}')
_RECORD_ID = re.compile(r"[0-9]{1,18}")
# Always this form, whatever the locale: https://help.claris.com/en/data-api-guide/
_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?![0-9])")


def escaped(value: str) -> str:
    """``value`` with a backslash before every find operator in it."""
    return _OPERATORS.sub(lambda found: "".join("\\" + character for character in found[0]), value)


def find_request(email: str, *, escape: bool = True) -> dict[str, Any]:
    """The body of a find for records whose whole Email field is ``email``."""
    value = escaped(email) if escape else email
    return {"query": [{"Email": "==" + value}], "limit": str(FIND_LIMIT)}


def may_search_unescaped(email: str) -> bool:
    """Whether the fallback without escapes is safe to send: ``*`` would match anybody."""
    return "*" not in email


def found_users(response: dict[str, Any]) -> FoundUsers:
    """The records of a find's ``response``; odd values become "", odd shapes raise UNEXPECTED_ANSWER."""
    data, info = response.get("data"), response.get("dataInfo")
    if not isinstance(data, list):
        raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="FM-DATA")
    info = info if isinstance(info, dict) else {}
    table = plain_text(info.get("table"))
    users = tuple(_user(record, table) for record in data)
    found_count = info.get("foundCount")
    if isinstance(found_count, str) and found_count.isdigit():
        found_count = int(found_count[:9])
    if isinstance(found_count, bool) or not isinstance(found_count, int):
        found_count = len(users)
    return FoundUsers(users, max(found_count, len(users)))


def _user(record: object, table: str) -> FileMakerUser:
    fields = record.get("fieldData") if isinstance(record, dict) else None
    if not isinstance(record, dict) or not isinstance(fields, dict):
        raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="FM-RECORD")
    record_id = _number_as_text(record.get("recordId"))
    if not _RECORD_ID.fullmatch(record_id):
        raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="FM-RECORD-ID")
    return FileMakerUser(
        record_id=record_id,
        table=table,
        user_id=_number_as_text(fields.get("idUsuario")),
        full_name=plain_text(fields.get("nombreCompleto")),
        email=_address(fields.get("Email")),
        company_id=_number_as_text(fields.get("idEmpresa")),
        user_type=plain_text(fields.get("tipo")),
        username=plain_text(fields.get("usuario")),
        phone=plain_text(_number_as_text(fields.get("celular"))),
        registered_on=_date(fields.get("fechaRegistro")),
    )


def _address(value: object) -> str:
    """The Email field as it is, trimmed: inner oddities must not be cleaned into a match."""
    if not isinstance(value, str) or len(value) > 1_000:  # noqa: PLR2004  far beyond any address
        return ""
    return value.strip(" \r\n\t")


def _number_as_text(value: object) -> str:
    """A number field may come as a number or as text: "2", 2 and 2.0 are one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = plain_text(value)
    return text[:-2] if re.fullmatch(r"[0-9]+\.0", text) else text


def _date(value: object) -> date | None:
    # Not strptime: its first call imports and compiles for 3 ms, while the person waits.
    written = _DATE.match(value.strip()) if isinstance(value, str) else None
    if written is None:
        return None
    month, day, year = map(int, written.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
