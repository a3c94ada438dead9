"""Days as people write them: »3. 5. 2027«, »1. marca 2027«, »2027-05-03«, »1/3/2027«, »od … do …«. Pure.

What nobody can know is not guessed: »1/3/2027« has two readings (`Day.other`), and who reads asks which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from surveys.short_words import tidy, tidy_lines

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
"""Groups begin and end between these days: what lies outside is a slip of the finger."""
_RECENT = timedelta(days=60)  # a day without a year may lie so far back
_FAR, _LONG_AGO, _LONG = timedelta(days=731), timedelta(days=366), timedelta(days=731)
_SHORT_YEAR, _YEAR = 2, 4  # digits


class Cue(StrEnum):
    """What the words before a day say of it."""

    START = "start"
    END = "end"


class DayFault(StrEnum):
    """Why what looks like a day is none."""

    NO_SUCH_DAY = "no_such_day"  # 31. 2. 2027
    OUTSIDE = "outside"  # before `FIRST` or after `LAST`


class Unusual(StrEnum):
    """What is possible, and still asked about."""

    FAR = "far"
    LONG_AGO = "long_ago"
    OVER = "over"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was written; `other`: the same with day and month exchanged, where either may be meant."""

    day: date
    other: date | None = None
    cue: Cue | None = None

    def settled(self, *, day_first: bool) -> Day:
        """The one that was meant."""
        return Day(self.day if day_first or self.other is None else self.other)


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as it is written. `unsure`: day and month may be exchanged, or the year has two digits."""

    year: int | None
    month: int
    day: int
    unsure: bool


@dataclass(frozen=True, slots=True)
class DaysRead:
    """The days in a text in their order, the `pieces` of text beside them, and what looks like a day and is none."""

    days: tuple[Day, ...]
    pieces: tuple[str, ...]
    wrong: tuple[tuple[str, DayFault], ...] = ()


_MONTHS = (
    r"jan(?:uar(?:ja|ju|jem|y)?)?",
    r"feb(?:ruar(?:ja|ju|jem|y)?)?",
    r"mar(?:ec|ca|cu|cem|ch)?",
    r"apr(?:il(?:a|u|om)?)?",
    r"ma(?:j(?:a|u|em)?|y)",
    r"jun(?:ij(?:a|u|em)?|e)?",
    r"jul(?:ij(?:a|u|em)?|y)?",
    r"a[vu]g(?:ust(?:a|u|om)?)?",
    r"sep(?:t(?:ember|embra|embru|embrom)?)?",
    r"o[kc]t(?:ober|obra|obru|obrom)?",
    r"nov(?:ember|embra|embru|embrom)?",
    r"de[ck](?:ember|embra|embru|embrom)?",
)
_MONTH = "|".join(f"(?P<m{number}>{words})" for number, words in enumerate(_MONTHS, 1))
_END = r"(?![\d:hH])"  # »17h« and »17:30« are no years
_NEXT = r"\d{1,2}\s?\.\s?(?:0?[1-9]|1[0-2])\s?\.(?!\s?\d(?!\d{3}))"  # in »3. 5. 28. 6.« the 28 is no year
_WRITTEN = re.compile(
    rf"(?<!\d)(?P<iso_year>\d{{4}})\s?[-./]\s?(?P<iso_month>\d{{1,2}})\s?[-./]\s?(?P<iso_day>\d{{1,2}})(?!\d)\.?"
    rf"|(?<![\d.])(?P<word_day>\d{{1,2}})\s?\.?\s?(?:{_MONTH})\b\.?(?:,?\s?(?:leta\s)?(?P<word_year>\d{{4}})(?!\d))?"
    rf"|(?<![\d.])(?P<day>\d{{1,2}})\s?\.\s?(?P<month>\d{{1,2}})(?:\s?\.\s?|\s(?=\d{{4}}))(?!{_NEXT})(?P<year>\d+){_END}"
    rf"|(?<![\d.])(?P<near_day>\d{{1,2}})\s?\.\s?(?P<near_month>\d{{1,2}})\.(?:(?!\s?\d)|(?=\s?{_NEXT}))"
    rf"|(?<![\d/-])(?P<one>\d{{1,2}})\s?(?P<sign>[/-])\s?(?P<two>\d{{1,2}})\s?(?P=sign)\s?(?P<old_year>\d+){_END}",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(rf"(?:{_MONTH})\.?,?\s(?:leta\s)?(?P<year>\d{{4}})\.?", re.IGNORECASE)
_DAY_ALONE = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?=(?:do\b|[-–—])\s?$)", re.IGNORECASE)  # »3. do« 28. 6. 2027
_STARTS = frozenset({"od", "začetek", "začetka", "začne", "začnemo", "prvi", "from", "med"})
_ENDS = frozenset({"do", "konec", "konca", "konča", "končamo", "zadnji", "to", "until", "till", "–", "-", "—"})
_BESIDE = _STARTS | _ENDS | frozenset(
    {"in", "ter", "pa", "dne", "dan", "dnem", "datum", "datuma", "se", "ki", "bo", "je", "traja", "poteka", "and", ",",
     ";", ":", "."}
)  # fmt: skip
_AROUND = frozenset({"dne", "dan", "v", "na", "leta", "l", "on", "the", "of", ",", "."})  # a day that is an answer
_ORDERS = re.compile(
    r"(?:(?:prosim|naredi(?:te)?|ustvari(?:te)?|dodaj(?:te)?|nov[ao] skupin[ao]|skupino|ime skupine|ime"
    r"|imenuje(?: se)?)\b[\s:,]*)+",
    re.IGNORECASE,
)
_LONE_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_TOKEN = re.compile(r"[^\W_]+|[^\s\w]|_")


def read(text: str, today: date | None) -> DaysRead:
    """Every day in a text, and what stands beside.

    A day without a year is the one nearest to the others, or the first to come; without `today` it is none.
    """
    plain = tidy_lines(text)
    plain = "".join(str(int(one)) if one.isdecimal() else one for one in plain)
    found = [_Found(match, plain) for match in _WRITTEN.finditer(plain)]
    found = _with_days_alone([one for one in found if _is_meant(one, found, plain)], plain)
    pieces = _pieces(plain, found)
    days, wrong = _judged(found, " ".join(pieces), today)
    return DaysRead(tuple(days), tuple(pieces), tuple(wrong))


def only(text: str) -> WrittenDay | None:
    """The one day that is all of a text; a day and a month in numbers need no year beside them."""
    found = [_Found(match, text) for match in _WRITTEN.finditer(text)]
    rest = "" if len(found) != 1 else text[: found[0].start] + text[found[0].end :]
    if len(found) != 1 or not _AROUND.issuperset(_TOKEN.findall(rest.lower())):
        return None
    one, year = found[0], _year(found[0].year)
    if year is None and one.year is not None:
        return None
    unsure = len(one.year or "") == _SHORT_YEAR or (one.orderless and len(_readings(one, year, set())) > 1)
    turned = one.orderless and _day_first(one) is False
    return WrittenDay(year, *((one.day, one.month) if turned else (one.month, one.day)), unsure)


def month_alone(text: str) -> tuple[int, int] | None:
    """The year and month of »december 2026«, where that is all of a text."""
    found = _MONTH_ALONE.fullmatch(text)
    if found is None:
        return None
    return int(found["year"]), next(number for number in range(1, 13) if found[f"m{number}"])


def unusual(start: date, end: date, today: date) -> tuple[Unusual, ...]:
    """What of these days of a group may be a slip of the finger."""
    found = {
        Unusual.FAR: start - today > _FAR,
        Unusual.LONG_AGO: today - start > _LONG_AGO and end >= today,
        Unusual.OVER: end < today,
        Unusual.LONG: end - start > _LONG,
    }
    return tuple(why for why, holds in found.items() if holds)


def possible(*days: date) -> bool:
    """Whether groups may begin or end on these days."""
    return all(FIRST <= one <= LAST for one in days)


class _Found:
    """One match: where it stands, and its numbers as they are written."""

    def __init__(self, match: re.Match[str], text: str) -> None:
        got = match.groupdict()
        self.start, self.end, self.written = match.start(), match.end(), match[0].strip()
        self.before = text[text.rfind("\n", 0, self.start) + 1 : self.start]
        self.orderless = got.get("one") is not None
        self.near = got.get("near_day") is not None
        first = ("iso_day", "word_day", "day", "near_day", "one")
        second = ("iso_month", "month", "near_month", "two")
        year = ("iso_year", "word_year", "year", "old_year")
        self.day = int(next(got[name] for name in first if got.get(name)))
        named = next((number for number in range(1, 13) if got.get(f"m{number}")), None)
        self.month = named or int(next((got[name] for name in second if got.get(name)), "0"))
        self.year = next((got[name] for name in year if got.get(name)), None)

    @property
    def cue(self) -> Cue | None:
        for word in reversed(_words_before(self.before)):
            if word in _STARTS | _ENDS:
                return Cue.START if word in _STARTS else Cue.END
        return None


def _words_before(text: str) -> list[str]:
    """The words directly before a day that belong to it."""
    words: list[str] = []
    for token in reversed(_TOKEN.findall(text.lower())):
        if token not in _BESIDE:
            break
        words.insert(0, token)
    return words


def _is_meant(one: _Found, found: Sequence[_Found], text: str) -> bool:
    """Whether a day and a month in numbers, without a year, are meant as a day: »2. 3.« may be a floor and a room."""
    if not one.near or one.cue is not None or any(other.year for other in found):
        return True
    opening = found[0] if not text[: found[0].start].strip() else None
    if opening is not None and _BESIDE.issuperset(_TOKEN.findall(text[opening.end : one.start].lower())):
        return True  # the text begins with it, or it follows the day there: »3. 5., 28. 6.«
    after = _TOKEN.match(text[one.end :].lstrip().lower())
    return after is not None and after[0] in _ENDS


def _with_days_alone(found: list[_Found], text: str) -> list[_Found]:
    """Also »3.« in »od 3. do 28. 6. 2027«, which has the month of the other."""
    whole: list[_Found] = []
    for one in found:
        alone = _DAY_ALONE.search(text, whole[-1].end if whole else 0, one.start)
        if alone is not None:
            early = _Found(alone, text)
            early.month, early.year = one.month, one.year
            whole.append(early)
        whole.append(one)
    return whole


def _judged(found: Sequence[_Found], rest: str, today: date | None) -> tuple[list[Day], list[tuple[str, DayFault]]]:
    """Days that can be, and what cannot."""
    beside = {int(year) for year in _LONE_YEAR.findall(rest)}
    years = [_year(one.year) if one.year else None for one in found]
    order = {first for one in found if one.orderless and (first := _day_first(one)) is not None}
    days: list[Day] = []
    wrong: list[tuple[str, DayFault]] = []
    for place, one in enumerate(found):
        year = years[place]
        if one.year is None:
            later = next((other for other in found[place + 1 :] if other.year), None)
            year = _guessed_year(one, days, later, beside, today)
        readings = _readings(one, year, order)
        if readings and possible(*readings):
            days.append(Day(readings[0], readings[1] if len(readings) > 1 else None, one.cue))
        else:
            outside = bool(readings) or len(one.year or "") > _YEAR
            wrong.append((one.written, DayFault.OUTSIDE if outside else DayFault.NO_SUCH_DAY))
    return days, wrong


def _readings(one: _Found, year: int | None, order: set[bool]) -> list[date]:
    """The days that this may be, the one with the day before the month first."""
    if year is None:
        return []
    ways = [True, False] if one.orderless and len(order) != 1 else [next(iter(order)) if one.orderless else True]
    days = [_of(year, *((one.month, one.day) if day_first else (one.day, one.month))) for day_first in ways]
    return list(dict.fromkeys(day for day in days if day is not None))


def _year(written: str | None) -> int | None:
    """26 is 2026; what has neither two digits nor four is no year."""
    if written is None or len(written) not in {_SHORT_YEAR, _YEAR}:
        return None
    return 2000 + int(written) if len(written) == _SHORT_YEAR else int(written)


def _day_first(one: _Found) -> bool | None:
    """Whether the day stands before the month; None where both may be, or neither."""
    can, can_be_turned = _of(2000, one.month, one.day), _of(2000, one.day, one.month)
    return None if (can is None) is (can_be_turned is None) else can is not None


def _guessed_year(
    one: _Found, before: Sequence[Day], later: _Found | None, beside: set[int], today: date | None
) -> int | None:
    """The year of a day without one: so that days follow each other, that of the name, else the first to come."""
    if before:
        last = before[-1].day
        return _first_year(one, range(last.year, last.year + 2), last)
    year = None if later is None else _year(later.year)
    if later is not None and year is not None:
        return year if (one.month, one.day) <= (later.month, later.day) else year - 1
    if len(beside) == 1:
        return min(beside)
    return None if today is None else _first_year(one, range(today.year - 1, today.year + 2), today - _RECENT)


def _first_year(one: _Found, years: Iterable[int], since: date) -> int | None:
    days = (_of(year, one.month, one.day) for year in years)
    return next((day.year for day in days if day is not None and day >= since), None)


def _of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _pieces(text: str, found: Sequence[_Found]) -> list[str]:
    """What stands between the days, without the words that belong to them and those that give an order."""
    edges = [0, *(edge for one in found for edge in (one.start, one.end)), len(text)]
    pieces = []
    for number, (start, end) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        piece = _trimmed(text[start:end], first=number == 0, last=number == len(found))
        pieces.append(tidy(_without_order(piece)))
    return [piece for piece in pieces if piece]


def _without_order(piece: str) -> str:
    """»Torek« of »Naredi skupino Torek«."""
    order = _ORDERS.match(piece)
    rest = "" if order is None else _trimmed(piece[order.end() :], first=False, last=True)
    return rest or piece


def _trimmed(piece: str, *, first: bool, last: bool) -> str:
    """Without the words that belong to the day before it and to the one after it."""
    tokens = list(_TOKEN.finditer(piece))
    start, end = 0, len(tokens)
    while not first and start < end and tokens[start][0].lower() in _BESIDE:
        start += 1
    while not last and _is_beside([token[0].lower() for token in tokens[start:end]]):
        end -= 1
    return piece[tokens[start].start() : tokens[end - 1].end()] if start < end else ""


def _is_beside(words: Sequence[str]) -> bool:
    """Whether the last of these words belongs to the day after it: »prvi dan«, and not »Odprti dan«."""
    if not words or words[-1] not in _BESIDE:
        return False
    return words[-1] != "dan" or len(words) == 1 or words[-2] in _BESIDE


def in_order(days: Sequence[Day]) -> tuple[Day, ...]:
    """Two days as they are meant: »do 28. 6., od 3. 5.« is the other way round."""
    if [one.cue for one in days] == [Cue.END, Cue.START]:
        days = days[::-1]
    return tuple(replace(one, cue=None) for one in days)
