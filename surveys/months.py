"""Calendar months as people in Slovenia live them, and what a report may be of: a week or a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from surveys.weeks import Days, Week, check_year, local_day, read_week

_WRITTEN = re.compile(r"(\d{4})-(\d{2})")
_MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class Month(Days):
    """One calendar month; `str` gives »2026-11«."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Month:
        """The month after."""
        return Month(self.year + 1, 1) if self.number == _MONTHS else Month(self.year, self.number + 1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return Month(self.year - 1, _MONTHS) if self.number == 1 else Month(self.year, self.number - 1)


Period = Week | Month


def read_month(text: str) -> Month:
    """Read »2026-11«; raises ValueError with a sentence where there is no such month."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError('a month is written like "2026-11"')
    month = Month(int(found[1]), int(found[2]))
    if not 1 <= month.number <= _MONTHS:
        raise ValueError(f"there is no month {text}")
    check_year(month.year, "month", text)
    return month


def month_of(moment: datetime) -> Month:
    """The month in which an aware moment falls in Ljubljana."""
    day = local_day(moment)
    return Month(day.year, day.month)


def read_period(text: str) -> Period:
    """Read »2026-W47« or »2026-11«; raises ValueError with a sentence where there is neither."""
    return read_month(text) if _WRITTEN.fullmatch(text) else read_week(text)


def as_of(period: Period | str, now: datetime) -> tuple[Period, datetime]:
    """The period and its last moment until now. Raises ValueError for one that has not begun."""
    of = read_period(period) if isinstance(period, str) else period
    if of.start > now:
        kind = "week" if isinstance(of, Week) else "month"
        raise ValueError(f"the {kind} {of} has not begun")
    return of, min(now, of.end)
