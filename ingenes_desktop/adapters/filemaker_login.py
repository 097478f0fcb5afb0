"""LastLoginTime: how it is written for each type of its field, and read again. Always UTC.

FileMaker's timestamps have no zone, and the Data API writes them in this one form, whatever the locale.
https://help.claris.com/en/data-api-guide/
"""

import re
from datetime import UTC, datetime
from typing import Any

from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import FileMakerUser

LOGIN_LAYOUT = "_webappSalesContacts"
LOGIN_FIELD = "LastLoginTime"
_TIMESTAMP = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z")


def login_value(layout: dict[str, Any], moment: datetime) -> str:
    """``moment`` in the form that the field's type takes, as ``layout`` (its metadata) tells it.

    Raises AuthError CONFIGURATION where the field is not there or of another type.
    """
    fields = layout.get("fieldMetaData")
    named = [
        field
        for field in (fields if isinstance(fields, list) else [])
        if isinstance(field, dict) and field.get("name") == LOGIN_FIELD
    ]
    if not named:
        raise AuthError(ErrorCode.CONFIGURATION, detail="FM-102")
    match str(named[0].get("result", "")).lower():
        case "timestamp":
            return moment.strftime("%m/%d/%Y %H:%M:%S")
        case "text":
            return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        case "date":
            return moment.strftime("%m/%d/%Y")
        case _:
            raise AuthError(ErrorCode.CONFIGURATION, detail="FM-FIELD-TYPE")


def shows_table_of(user: FileMakerUser, shown: dict[str, Any]) -> bool:
    """Whether a record of the layout, as ``shown``, is one of the table that the person was found in."""
    info = shown.get("dataInfo")
    return bool(user.table) and isinstance(info, dict) and info.get("table") == user.table


def login_moment(shown: dict[str, Any]) -> float | None:
    """The field's moment, in seconds since 1970; None for all that is not exactly one of the two forms.

    A date alone tells no hour, and anything else may be meant in any zone: nobody is told a wrong time.
    """
    data = shown.get("data")
    first = data[0] if isinstance(data, list) and data else None
    fields = first.get("fieldData") if isinstance(first, dict) else None
    value = fields.get(LOGIN_FIELD) if isinstance(fields, dict) else None
    if not isinstance(value, str):
        return None
    if written := _TIMESTAMP.fullmatch(value):
        month, day, year, *time = map(int, written.groups())
    elif written := _ISO.fullmatch(value):
        year, month, day, *time = map(int, written.groups())
    else:
        return None
    hour, minute, second = time
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()
    except ValueError:
        return None
