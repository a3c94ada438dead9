"""ISO weeks as people in Slovenia live them: from Monday 0:00 to Monday 0:00 in Ljubljana."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from surveys.days import FIRST, LAST

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
_WRITTEN = re.compile(r"(\d{4})-W(\d{2})")


class Days(ABC):
    """Whole days in a row: a week or a month, from midnight to midnight in Ljubljana."""

    __slots__ = ()

    @property
    @abstractmethod
    def first(self) -> date:
        """The first day."""

    @property
    @abstractmethod
    def next(self) -> Self:
        """What follows it."""

    @property
    def start(self) -> datetime:
        """The first moment, in UTC."""
        return datetime.combine(self.first, time.min, LJUBLJANA).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The first moment after it, in UTC."""
        return self.next.start


@dataclass(frozen=True, slots=True, order=True)
class Week(Days):
    """One ISO week; `str` gives »2026-W47«."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + timedelta(days=6)

    @property
    def next(self) -> Week:
        """The week after."""
        return _of_day(self.first + timedelta(days=7))

    @property
    def previous(self) -> Week:
        """The week before."""
        return _of_day(self.first - timedelta(days=7))


def read_week(text: str) -> Week:
    """Read »2026-W47«; raises ValueError with a sentence where there is no such week."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError('a week is written like "2026-W47"')
    week = Week(int(found[1]), int(found[2]))
    check_year(week.year, "week", text)
    try:
        date.fromisocalendar(week.year, week.number, 1)
    except ValueError as problem:
        raise ValueError(f"there is no week {text}") from problem
    return week


def check_year(year: int, kind: str, text: str) -> None:
    """Raise ValueError for a year near the ends of what a date can be, where nothing can be computed."""
    if not FIRST.year <= year <= LAST.year:
        raise ValueError(f"the year of a {kind} lies between {FIRST.year} and {LAST.year}, unlike {text}")


def week_of(moment: datetime) -> Week:
    """The week in which an aware moment falls in Ljubljana."""
    return _of_day(local_day(moment))


def local_day(moment: datetime) -> date:
    """The day in Ljubljana."""
    return moment.astimezone(LJUBLJANA).date()


def _of_day(day: date) -> Week:
    year, number, _ = day.isocalendar()
    return Week(year, number)
