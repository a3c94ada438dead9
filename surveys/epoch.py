"""Dates as they are stored: whole days since 1 January 1970. Pure."""

from __future__ import annotations

from datetime import date, datetime

_FIRST = date(1970, 1, 1).toordinal()
EARLIEST, LATEST = date(1000, 1, 1), date(2999, 12, 31)
"""What is answered with a date lies between these days; other years are slips of the finger."""


def days_since(day: date) -> int:
    """How a date is stored."""
    return day.toordinal() - _FIRST


def day_of(days: int) -> date:
    """The date that is stored so."""
    return date.fromordinal(days + _FIRST)


def as_stored(value: object) -> object:
    """A date of a TOML file as it is stored; anything else as it is."""
    return days_since(value) if isinstance(value, date) and not isinstance(value, datetime) else value
