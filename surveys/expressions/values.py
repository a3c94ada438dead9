"""The four types of values, and how each becomes another: as XPath 1.0 and XForms have it.

A date is its days since 1970-01-01 where a number is wanted. Nothing (an unanswered item) is the empty text.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

Value = str | float | bool | date  # a moment is a datetime, which is a date

NOTHING = ""
_EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"[ \t\r\n]*(-?(?:\d+(?:\.\d*)?|\.\d+))[ \t\r\n]*")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(T.*)?")
_LONGEST_NUMBER = 400  # digits


def to_number(value: Value) -> float:
    """NaN where it says no number."""
    match value:
        case bool():
            return float(value)
        case float():
            return value
        case datetime():
            return (value.date() - _EPOCH).days + (value - datetime.combine(value.date(), datetime.min.time())) / _DAY
        case date():
            return float((value - _EPOCH).days)
    found = _NUMBER.fullmatch(value) if len(value) <= _LONGEST_NUMBER else None
    return float(found[1]) if found else math.nan


def to_text(value: Value) -> str:
    """A whole number without a decimal point, a date as 2026-12-31."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def to_boolean(value: Value) -> bool:
    """A text is true unless it is empty, a number unless it is 0 or none; a date is true."""
    match value:
        case bool():
            return value
        case float():
            return not math.isnan(value) and value != 0
        case str():
            return value != NOTHING
    return True


def to_date(value: Value) -> date | None:
    """A day, from a date, a text like 2026-12-31 or days since 1970-01-01; None where it says none."""
    match value:
        case bool():
            return None
        case datetime():
            return value.date()
        case date():
            return value
        case float():
            return _day_of(value)
    found = _DATE.fullmatch(value.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def is_nothing(value: Value) -> bool:
    """Whether it is the empty text or no number: what `coalesce` passes over."""
    return value == NOTHING or (isinstance(value, float) and math.isnan(value))


def are_equal(left: Value, right: Value) -> bool:
    """As booleans where one is, else as numbers where one is, else as texts; no number equals anything."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        one, other = to_number(left), to_number(right)
        return one == other or abs(one - other) < _SAME
    return to_text(left) == to_text(right)


_DAY = timedelta(days=1)
_SAME = 1e-12  # so that 0.1 + 0.2 is 0.3, as ODK has it


def _day_of(days: float) -> date | None:
    try:
        return _EPOCH + timedelta(days=math.floor(days))
    except (OverflowError, ValueError):
        return None
