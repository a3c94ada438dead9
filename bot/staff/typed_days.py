"""Days that somebody types in the chat, read by `surveys.days`, with the sentence that says what is wrong with them."""

from __future__ import annotations

from datetime import date

from bot.conversation.request import Request
from bot.texts import days as texts
from surveys import days
from surveys.days import DaysRead


def today(request: Request) -> date:
    """The day on the wall."""
    return request.now.astimezone(request.services.policy.zone).date()


def read(request: Request, text: str) -> DaysRead:
    """The days in what was typed."""
    return days.read(text, today(request))


def problem(found: DaysRead, *, which: bool = True) -> str:
    """What is wrong with the days; `which`: also where nobody can know which day is meant. Empty where all is well."""
    for written, why in found.wrong:
        return texts.wrong(written, why)
    unclear = [one for one in found.days if one.other is not None]
    if which and unclear and unclear[0].other is not None:
        return texts.which(unclear[0].day, unclear[0].other)
    return ""


def two(request: Request, text: str) -> tuple[date, date] | str:
    """The first and the last day in what was typed, or what is wrong."""
    found = read(request, text)
    wrong = problem(found)
    if wrong:
        return wrong
    if len(found.days) != 2:  # noqa: PLR2004 - the first and the last day
        return texts.TOO_MANY if len(found.days) > 2 else texts.NEEDS_TWO  # noqa: PLR2004
    first, last = (one.day for one in days.in_order(found.days))
    return texts.ENDS_FIRST if last < first else (first, last)


def unusual(request: Request, start: date, end: date) -> list[str]:
    """What is to be asked about these days of a group."""
    return [texts.UNUSUAL[why] for why in days.unusual(start, end, today(request))]
