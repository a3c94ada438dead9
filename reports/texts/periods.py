"""The words of what is told of a week or a month: dates, so that a sentence is right whenever it is read.

Only »do zdaj« of a period that still runs speaks of the moment, with its day beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from surveys.locale_sl import MONTHS, NO_BREAK, OF_MONTHS, day, days, plural, short_day
from surveys.months import Period
from surveys.weeks import Week, local_day


@dataclass(frozen=True, slots=True)
class ToldPeriod:
    """A period as it is told of: counted up to this moment, its end or one within it."""

    period: Period
    moment: datetime
    now: datetime | None = None  # when it is told, of which what is known of today alone is counted; none: the moment

    @property
    def told_at(self) -> datetime:
        """When it is told."""
        return self.now or self.moment

    @property
    def called(self) -> str:
        """»30. 9. 2026«: the day of a count of today beside those of a period that is over; empty where it runs."""
        return "" if self.today else day(local_day(self.told_at))

    @property
    def today(self) -> date | None:
        """The day up to which it has been counted; none where it is over."""
        return local_day(self.moment) if self.moment < self.period.end else None

    @property
    def last(self) -> date:
        """The last day that has been counted."""
        return self.today or self.period.last

    @property
    def last_before(self) -> date:
        """The last day of the period before."""
        return self.period.previous.last

    @property
    def coming(self) -> tuple[date, date]:
        """The days of what is due: from the moment to the end of the period after it."""
        return local_day(self.moment), self.period.next.last

    @property
    def days(self) -> str:
        """»16.–22. 11. 2026«; of a period that still runs up to the day that has been counted."""
        return days(self.period.first, self.last)

    @property
    def when(self) -> str:
        """»v tednu 16.–22. 11. 2026«, »novembra 2026«."""
        return _when(self.period)

    @property
    def before(self) -> str:
        """»v tednu prej (9.–15. 11. 2026)«, »mesec prej (oktobra 2026)«."""
        previous = self.period.previous
        if isinstance(previous, Week):
            return f"v tednu prej ({days(previous.first, previous.last)})"
        return f"mesec prej ({_when(previous)})"

    @property
    def so_far(self) -> str:
        """»do zdaj (do 18. 11.)« and a space where it still runs: stands behind the verb."""
        return "" if self.today is None else f"do zdaj (do {short_day(self.today)}) "


def heading(told: ToldPeriod) -> str:
    """Under the name of a report: »16.–22. 11. 2026«, »november 2026«, with »do zdaj« where it still runs."""
    of = told.period
    name = told.when.removeprefix("v tednu ") if isinstance(of, Week) else f"{MONTHS[of.number - 1]}{NO_BREAK}{of.year}"
    so_far = f", {told.so_far.strip()}" if told.today else ""
    return f"{name}{so_far}"


def new_answers(told: ToldPeriod) -> str:
    """The name of a column: how many answers came."""
    return f"Novi ({told.days})"


def new_enrolled(told: ToldPeriod) -> str:
    """The name of a count."""
    return f"Novi vpisi ({told.days})"


def new_consented(told: ToldPeriod) -> str:
    """The name of a count."""
    return f"Nove privolitve ({told.days})"


def response(when: date) -> str:
    """The name of a column: the response as it stood on a day."""
    return f"Odziv {day(when)}"


def tick(when: date) -> str:
    """Beside the line that marks an earlier response in a chart."""
    return f"odziv {day(when)}"


def next_title(told: ToldPeriod) -> str:
    """Above what is due."""
    return f"Kaj sledi do {day(told.coming[1])}"


def so_far(told: ToldPeriod) -> str:
    """Above the change of a weekly report."""
    return f"Sprememba do {day(told.last)}"


def arrived(n: int, before: int, told: ToldPeriod) -> str:
    """How many questionnaires came back in this period and in the one before."""
    when, so_far = _capital(told.when), told.so_far
    if n == 0:
        return f"{when} {so_far}ni prispel noben izpolnjen vprašalnik, {told.before} {before or 'prav tako ne'}."
    this = plural(
        n,
        f"je {so_far}prispel {n} izpolnjen vprašalnik",
        f"sta {so_far}prispela {n} izpolnjena vprašalnika",
        f"so {so_far}prispeli {n} izpolnjeni vprašalniki",
        f"je {so_far}prispelo {n} izpolnjenih vprašalnikov",
    )
    return f"{when} {this}, {told.before} {before or 'nobeden'}."


def due(n: int, told: ToldPeriod) -> str:
    """How many invitations go out by the end of the next period."""
    first, last = told.coming
    when = f"Od {short_day(first) if first.year == last.year else day(first)} do {day(last)}"
    return plural(
        n,
        f"{when} je na vrsti {n} vabilo.",
        f"{when} sta na vrsti {n} vabili.",
        f"{when} so na vrsti {n} vabila.",
        f"{when} je na vrsti {n} vabil." if n else f"{when} ni na vrsti nobeno vabilo.",
    )


def no_stories(told: ToldPeriod) -> str:
    """Instead of quotes."""
    return f"{_capital(told.when)} {told.so_far}ni novih zgodb z dovoljenjem za objavo."


def calls(label: str, told: ToldPeriod) -> str:
    """The name of a count of who waits for a call, which is known of today alone: with its day."""
    return f"{label} ({told.called})" if told.called else label


def _when(period: Period) -> str:
    if isinstance(period, Week):
        return f"v tednu {days(period.first, period.last)}"
    return f"{OF_MONTHS[period.number - 1]}{NO_BREAK}{period.year}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
