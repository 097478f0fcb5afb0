"""The values a field may hold, how they come in and go out, and in which order they stand.

Stored are text (dates, times and timestamps in the American form the Data API speaks whatever the
locale), numbers, and the files of container fields; an empty field is "" whatever its type.
`dateformats` 1 and 2 translate at the edge. Source: Claris Data API Guide, "Get records", "Edit a
record" (dateformats) and "URL and data format notes"; ISO dates are read with a T and written with
a space. Dates may have other dividers than `/` and times may have AM and PM: FileMaker Pro Help,
"Working with data in date fields" and "in time fields".
"""

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from ingenes_desktop.demo.filemaker.answers import FileMakerError


@dataclass(frozen=True, slots=True)
class StoredContainer:
    """A file in a container field: its name, media type, and bytes."""

    file_name: str
    media_type: str
    content: bytes = field(repr=False)

    def __str__(self) -> str:
        return self.file_name  # what finds and sorts go by


Stored = str | int | float | StoredContainer


class Result(StrEnum):
    """What a field holds; the words are those of `fieldMetaData.result`."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    TIMESTAMP = "timeStamp"
    CONTAINER = "container"


class DateForm(StrEnum):
    """How a date is written: American (dateformats 0), ISO 8601 (2) or day first (a file's own)."""

    MONTH_FIRST = "MM/dd/yyyy"
    DAY_FIRST = "dd/MM/yyyy"
    ISO = "yyyy-MM-dd"


_VALIDATION_CODE = {Result.NUMBER: 502, Result.TIME: 501}
VALIDATION_CODES = (500, 501, 502)
"""What `stored` raises for a value that does not suit its field."""
_DIVIDER = r"(?P<by>[^\w\s:+])"  # any sign but a letter, a colon and a plus, the same in both places
_DATE = {
    DateForm.MONTH_FIRST: re.compile(
        rf"(?P<month>\d{{1,2}}){_DIVIDER}(?P<day>\d{{1,2}})(?P=by)(?P<year>\d{{4}})"
    ),
    DateForm.DAY_FIRST: re.compile(
        rf"(?P<day>\d{{1,2}}){_DIVIDER}(?P<month>\d{{1,2}})(?P=by)(?P<year>\d{{4}})"
    ),
    DateForm.ISO: re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"),
}
_TIME = re.compile(
    r"(?P<hours>\d{1,4}):(?P<minutes>[0-5]?\d)(?::(?P<seconds>[0-5]?\d))?(?: ?(?P<half>[AaPp])[Mm])?"
)
_NUMBER = re.compile(r"[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,3})?")
_EXACT_INTEGER = 2**53
_NOON = 12


def parse_date(text: str, form: DateForm) -> date | None:
    """The date that `text` writes in that form, None where it writes none."""
    match = _DATE[form].fullmatch(text)
    if match is None or not text.isascii():
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def parse_time(text: str) -> int | None:
    """Seconds since midnight (a FileMaker time may also be a duration above 24 hours), written with
    24 hours or with AM and PM."""
    match = _TIME.fullmatch(text)
    if match is None or not text.isascii():
        return None
    hours = int(match["hours"])
    if match["half"]:
        if not 1 <= hours <= _NOON:
            return None
        hours = hours % _NOON + (_NOON if match["half"] in "Pp" else 0)
    return hours * 3600 + int(match["minutes"]) * 60 + int(match["seconds"] or 0)


def parse_timestamp(text: str, form: DateForm) -> datetime | None:
    """A date, one space, and a time of day."""
    day_text, _, time_text = text.partition(" ")
    day, seconds = parse_date(day_text, form), parse_time(time_text)
    if day is None or seconds is None or seconds >= 24 * 3600:
        return None
    return datetime.combine(day, time(seconds // 3600, seconds // 60 % 60, seconds % 60))


def parse_number(text: str) -> int | float | None:
    """The number `text` writes, an int where it is whole."""
    if _NUMBER.fullmatch(text.strip()) is None or not text.isascii():
        return None
    try:
        return int(text)
    except ValueError:
        number = float(text)
    if not math.isfinite(number):
        return None
    whole = number.is_integer() and abs(number) < _EXACT_INTEGER
    return int(number) if whole else number


def write_date(day: date, form: DateForm = DateForm.MONTH_FIRST) -> str:
    """The date in that form; years have four digits."""
    year, month, day_of_month = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
    match form:
        case DateForm.MONTH_FIRST:
            return f"{month}/{day_of_month}/{year}"
        case DateForm.DAY_FIRST:
            return f"{day_of_month}/{month}/{year}"
        case DateForm.ISO:
            return f"{year}-{month}-{day_of_month}"


def write_timestamp(moment: datetime, form: DateForm = DateForm.MONTH_FIRST) -> str:
    """Date and time of day, divided by a space (by a T in ISO 8601, which is how FileMaker reads
    it out)."""
    divider = "T" if form is DateForm.ISO else " "
    return write_date(moment.date(), form) + divider + f"{moment:%H:%M:%S}"


def stored(result: Result, value: object, form: DateForm = DateForm.MONTH_FIRST) -> Stored:
    """What a field of that type keeps of a JSON value.

    Raises FileMakerError: 960 where the value is no text and no number, 201 for a container that is
    given anything but the empty text (files come by upload), 500, 501 or 502 where the value does
    not suit the field's type.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise FileMakerError(960)
    if value == "" and isinstance(value, str):
        return ""
    if result is Result.CONTAINER:
        raise FileMakerError(201)
    kept = _converted(result, value, form)
    if kept is None:
        raise FileMakerError(_VALIDATION_CODE.get(result, 500))
    return kept


def _converted(result: Result, value: str | float, form: DateForm) -> Stored | None:
    text = str(value)
    match result:
        case Result.TEXT | Result.CONTAINER:
            return text
        case Result.NUMBER:
            return parse_number(text)
        case Result.DATE:
            day = parse_date(text, form)
            return None if day is None else write_date(day)
        case Result.TIMESTAMP:
            moment = parse_timestamp(text, form)
            return None if moment is None else write_timestamp(moment)
        case Result.TIME:
            seconds = parse_time(text)
            if seconds is None:
                return None
            return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def shown(result: Result, kept: Stored, form: DateForm) -> Stored:
    """How a stored value stands in an answer."""
    if form is DateForm.MONTH_FIRST or not isinstance(kept, str):
        return kept
    if result is Result.DATE and (day := parse_date(kept, DateForm.MONTH_FIRST)):
        return write_date(day, form)
    if result is Result.TIMESTAMP and (moment := parse_timestamp(kept, DateForm.MONTH_FIRST)):
        return write_timestamp(moment, form)
    return kept


def order(result: Result, kept: Stored) -> float | None:
    """The place of a number, date, time or timestamp among its like; None where it has none (an
    empty field, text kept in a number field). Dates are counted in days, the others in seconds."""
    text = str(kept)
    match result:
        case Result.TEXT | Result.CONTAINER:
            return None
        case Result.NUMBER:
            return parse_number(text)
        case Result.DATE:
            day = parse_date(text, DateForm.MONTH_FIRST)
            return None if day is None else float(day.toordinal() - 1)
        case Result.TIME:
            return parse_time(text)
        case Result.TIMESTAMP:
            moment = parse_timestamp(text, DateForm.MONTH_FIRST)
            return None if moment is None else (moment - datetime(1, 1, 1)).total_seconds()  # noqa: DTZ001  a FileMaker timestamp has no zone
