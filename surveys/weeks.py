"""ISO weeks as people in Slovenia live them: from Monday 0:00 to Monday 0:00 in Ljubljana."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
_WRITTEN = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO week; `str` gives »2026-W47«."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def start(self) -> datetime:
        """Its first moment, in UTC."""
        return datetime.combine(self.monday, time.min, LJUBLJANA).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The first moment after it, in UTC."""
        return self.next.start

    @property
    def next(self) -> Week:
        """The week after."""
        return _of_day(self.monday + timedelta(days=7))

    @property
    def previous(self) -> Week:
        """The week before."""
        return _of_day(self.monday - timedelta(days=7))


def read_week(text: str) -> Week:
    """Read »2026-W47«; raises ValueError with a sentence where there is no such week."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError('a week is written like "2026-W47"')
    week = Week(int(found[1]), int(found[2]))
    try:
        date.fromisocalendar(week.year, week.number, 1)
    except ValueError as problem:
        raise ValueError(f"there is no week {text}") from problem
    return week


def week_of(moment: datetime) -> Week:
    """The week in which an aware moment falls in Ljubljana."""
    return _of_day(local_day(moment))


def local_day(moment: datetime) -> date:
    """The day in Ljubljana."""
    return moment.astimezone(LJUBLJANA).date()


def _of_day(day: date) -> Week:
    year, number, _ = day.isocalendar()
    return Week(year, number)
