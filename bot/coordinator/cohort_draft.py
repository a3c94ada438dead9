"""A group that is being made: what was said of it so far, as the view of its card holds it.

A view has room for 120 characters: a day takes six of them, and a question mark where it may be another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.conversation.declared import ForgedError, Rest, natural_number
from surveys import days
from surveys.days import Cue, Day


@dataclass(frozen=True, slots=True)
class CohortDraft:
    """The programme and audience (its place among the programme's), and what is known: days and a tidy name."""

    slug: str
    place: int
    start: Day | None = None
    end: Day | None = None
    name: str = ""

    @property
    def written(self) -> Rest:
        """`SLUG:AUDIENCE:START:END:NAME`, as in `brezice-racunalnik:0:270503:270628:Pomlad`."""
        return Rest(f"{self.slug}:{self.place}:{_written(self.start)}:{_written(self.end)}:{self.name}")

    @property
    def unclear(self) -> bool:
        """Whether somebody must say which day is meant."""
        return any(one is not None and one.other is not None for one in (self.start, self.end))

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day, where both are known."""
        if self.start is None or self.end is None or self.unclear:
            return None
        return self.start.day, self.end.day

    @property
    def is_whole(self) -> bool:
        """Whether nothing is to be asked any more."""
        return bool(self.name) and self.span is not None

    def with_days(self, heard: tuple[Day, ...]) -> CohortDraft | None:
        """With the one or two days that were typed; None where nobody can know which of both a day is."""
        if len(heard) == 2:  # noqa: PLR2004 - the first and the last day
            first, last = days.in_order(heard)
            return replace(self, start=first, end=last)
        [one] = heard
        plain = replace(one, cue=None)
        if one.cue is Cue.START or (one.cue is None and self.start is None):
            return replace(self, start=plain)
        if one.cue is Cue.END or self.end is None:
            return replace(self, end=plain)
        if self.start is not None and one.day < self.start.day:
            return replace(self, start=plain)
        return replace(self, end=plain) if one.day > self.end.day else None

    def settled(self, *, day_first: bool) -> CohortDraft:
        """With the days that were meant."""
        start, end = (None if one is None else one.settled(day_first=day_first) for one in (self.start, self.end))
        return replace(self, start=start, end=end)


def read(written: Rest) -> CohortDraft:
    """The draft of a view, also of one of an older version that has no days and no name; ForgedError for none."""
    slug, place, start, end, name = (*written.split(":", 4), "", "", "", "")[:5]
    return CohortDraft(slug, natural_number(place or "0"), _day(start), _day(end), name)


def _written(one: Day | None) -> str:
    return "" if one is None else f"{one.day:%y%m%d}{'?' if one.other else ''}"


def _day(written: str) -> Day | None:
    if not written:
        return None
    year, month, day = (natural_number(written[place : place + 2]) for place in (0, 2, 4))
    try:
        return Day(date(2000 + year, month, day), date(2000 + year, day, month) if written.endswith("?") else None)
    except ValueError:
        raise ForgedError(written) from None
