"""A date as somebody answers with it: »3. 12. 2026«, »3.12.«, »danes«, »december 2026«, »2026«. Pure.

What can be meant in two ways is not guessed (`DateFlaw.WHICH`). Only a year that is not written is that of the nearest
such day within the limits of the question, and the card then says it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from surveys import days, quantities
from surveys.epoch import EARLIEST, LATEST, days_since
from surveys.model import Item
from surveys.signs import folded

_FROM_TODAY = {
    -2: "predvčerajšnjim prekjučer prekjuče",
    -1: "včeraj yesterday jučer juče вчера јуче вчора dje ieri tegnap gestern",
    0: "danes today danas денес данас сьогодні sot oggi ma heute",
    1: "jutri tomorrow sutra утре сутра завтра nesër domani holnap morgen",
}
_OFFSETS = {folded(word): offset for offset, words in _FROM_TODAY.items() for word in words.split()}
_YEAR = re.compile(r"(?:leta? )?(\d{4})\.?(?: leta)?")
_MONTH = re.compile(r"(\d{1,2}) ?[./-] ?(\d{4})\.?")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_SHORT = re.compile(r"((?:.*[ ./-])?)'?(\d{2})\.?")  # »5/99«, »maj 99«
_NO_DOT = re.compile(r"\d{1,2}\. ?\d{1,2}")  # »3.12«
_AROUND = 4  # years: so that there is a 29 February


class DateFlaw(StrEnum):
    """Why a text is no date."""

    NONE = "none"
    WHICH = "which"  # 1/3/2026, or a year of two digits: 5/99


def read(text: str, item: Item, today: date | None) -> int | DateFlaw:
    """The date that a text says and nothing else, as it is stored; that of a month or a year is its first day.

    `today`: for words like »danes« and days without a year, which are not read without it.
    """
    said = folded(text)
    offset = _OFFSETS.get(said.strip(" .,;!?"))
    if today is not None and offset is not None:
        return _stored(today + timedelta(days=offset), item)
    short = None if item.accuracy == "day" else _SHORT.fullmatch(said)
    if short is not None and _rough(f"{short[1]}20{short[2]}", item) is not None:
        return DateFlaw.WHICH
    rough = _rough(said, item)
    if rough is not None:
        return _of(*rough, 1, item)
    written = days.only(f"{said}." if _NO_DOT.fullmatch(said) else said)
    if written is None:
        return DateFlaw.NONE
    if written.year is None:
        return _nearest(written.month, written.day, item, today)
    return DateFlaw.WHICH if written.unsure else _of(written.year, written.month, written.day, item)


def period(text: str) -> tuple[int, int] | None:
    """The first and the last day, as they are stored, of a year that is all of a text."""
    found = _YEAR.fullmatch(folded(text))
    if found is None or not EARLIEST.year <= int(found[1]) <= LATEST.year:
        return None
    return days_since(date(int(found[1]), 1, 1)), days_since(date(int(found[1]), 12, 31))


def _rough(said: str, item: Item) -> tuple[int, int] | None:
    """The year and month that are written alone, where the question asks for no more."""
    if item.accuracy == "year" and (found := _YEAR.fullmatch(said)):
        return int(found[1]), 1
    if item.accuracy != "month":
        return None
    if found := _MONTH.fullmatch(said):
        return int(found[2]), int(found[1])
    if found := _ISO_MONTH.fullmatch(said):
        return int(found[1]), int(found[2])
    return days.month_alone(said)


def _nearest(month: int, day: int, item: Item, today: date | None) -> int | DateFlaw:
    """The day without a year that is nearest to today, among those that the question takes if there are any."""
    if today is None:
        return DateFlaw.WHICH
    years = range(today.year - _AROUND, today.year + _AROUND + 1)
    found = [one for year in years if isinstance(one := _of(year, month, day, item), int)]
    low, high = quantities.bounds(item)
    fitting = [one for one in found if low <= one <= high] or found
    return min(fitting, key=lambda one: abs(one - days_since(today)), default=DateFlaw.NONE)


def _of(year: int, month: int, day: int, item: Item) -> int | DateFlaw:
    try:
        found = date(year, month, day)
    except ValueError:
        return DateFlaw.NONE
    return _stored(found, item) if EARLIEST <= found <= LATEST else DateFlaw.NONE


def _stored(day: date, item: Item) -> int:
    first = {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}
    return days_since(first[item.accuracy])
