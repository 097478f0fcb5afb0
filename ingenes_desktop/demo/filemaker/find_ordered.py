"""Criteria on fields that hold numbers, dates, times or timestamps.

A date criterion may be a part of a date ("5/2026", "2026"), or have wildcards ("*/*/2026"); a day
finds all timestamps on it. Source: help.claris.com, "Finding numbers, dates, times, and
timestamps".
"""

import calendar
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.collation import fits, fold, fold_pattern
from ingenes_desktop.demo.filemaker.find_grammar import Pattern, Wildcard
from ingenes_desktop.demo.filemaker.schema import Field
from ingenes_desktop.demo.filemaker.values import (
    DateForm,
    Result,
    Stored,
    order,
    parse_date,
    parse_number,
    parse_time,
    parse_timestamp,
    shown,
    write_timestamp,
)

Matcher = Callable[[Stored], bool]
Compare = Callable[[Any, Any], bool]
COMPARE: Mapping[str, Compare] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

_DAY = 24 * 3600
_PART_OF_DATE = re.compile(
    r"(?:(?P<month>[0-9]{1,2})/)?(?P<year>[0-9]{4})|(?P<iso_year>[0-9]{4})-(?P<iso_month>[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class FindContext:
    """What a find needs to know beside criterion and content: in which form its dates are written,
    and what day it is."""

    form: DateForm
    today: date


def like_pattern(pattern: Pattern, field: Field, context: FindContext) -> Matcher:
    """Content that equals the pattern, or fits it where it has wildcards."""
    if any(isinstance(each, Wildcard) for each in pattern):
        folded = fold_pattern(pattern, field.language)
        return lambda content: any(
            written != "" and fits(folded, fold(written, field.language))
            for written in _ways_to_write(field, content, context)
        )
    text = "".join(each for each in pattern if isinstance(each, str)).strip(" ")
    bounds = _bounds(text, field, context)
    if bounds is None:
        folded_text = fold(text, field.language)
        return lambda content: content != "" and fold(str(content), field.language) == folded_text
    low, high = bounds
    return _between(field, low, high)


def _ways_to_write(field: Field, content: Stored, context: FindContext) -> tuple[str, ...]:
    written = str(shown(field.result, content, context.form))
    if field.result not in (Result.DATE, Result.TIMESTAMP):
        return (written,)
    written = written.replace("T", " ")
    short = re.sub(r"\b0+(?=\d)", "", written.partition(" ")[0])
    return written, written.partition(" ")[0], short


def compared(sign: str, operand: str, field: Field, context: FindContext) -> Matcher:
    """Content on that side of the operand; empty content is on none."""
    bounds = _bounds(operand, field, context)
    if bounds is None:
        return lambda _: False
    bound = bounds[0] if sign in ("<", ">=") else bounds[1]
    compare = COMPARE[sign]

    def matches(content: Stored) -> bool:
        place = order(field.result, content)
        return place is not None and compare(place, bound)

    return matches


def in_range(low: str, high: str, field: Field, context: FindContext) -> Matcher:
    """Content from `low` to `high`, both included; an empty end is open."""
    first = _bounds(low, field, context) if low else (-math.inf, 0)
    last = _bounds(high, field, context) if high else (0, math.inf)
    if first is None or last is None:
        return lambda _: False
    return _between(field, first[0], last[1])


def _between(field: Field, low: float, high: float) -> Matcher:
    def matches(content: Stored) -> bool:
        place = order(field.result, content)
        return place is not None and low <= place <= high

    return matches


def _bounds(text: str, field: Field, context: FindContext) -> tuple[float, float] | None:
    """The first and the last place that a number, date, part of a date, or time stands for; None
    for a text in a number field. Raises FileMakerError 500 or 501 for what is no date or time."""
    match field.result:
        case Result.NUMBER:
            number = parse_number(text)
            return None if number is None else (number, number)
        case Result.TIME:
            seconds = parse_time(text)
            if seconds is None:
                raise FileMakerError(501)
            return seconds, seconds
        case _:
            span = _moments(text, context.form)
            if span is None:
                raise FileMakerError(500)
            low, high = (order(Result.TIMESTAMP, write_timestamp(each)) for each in span)
            if low is None or high is None:
                raise FileMakerError(500)
            day = 1 if field.result is Result.TIMESTAMP else _DAY
            return low // day, high // day


def _moments(text: str, form: DateForm) -> tuple[datetime, datetime] | None:
    """First and last second of a moment, a day, a month ("5/2026") or a year ("2026")."""
    moment = parse_timestamp(text, form)
    if moment is not None:
        return moment, moment
    first = last = parse_date(text, form)
    if first is None and (part := _PART_OF_DATE.fullmatch(text)):
        year = int(part["year"] or part["iso_year"])
        month = part["month"] or part["iso_month"]
        first = _day(year, int(month or 1), 1)
        last_month = int(month or 12)
        if first is not None:
            last = _day(year, last_month, calendar.monthrange(year, last_month)[1])
    if first is None or last is None:
        return None
    return datetime.combine(first, time.min), datetime.combine(last, time(23, 59, 59))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
