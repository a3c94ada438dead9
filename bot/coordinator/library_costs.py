"""What a programme took in a year, typed in one line: »5880 € in 420 ur«."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.actions import coordinator as actions
from bot.conversation import permissions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.coordinator import library_page
from bot.texts import library_page as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.views import coordinator as views
from bot.worker.spending import over
from storage import cohorts, library_pages
from storage.library_pages import Cost
from surveys.model import Programme

_NUMBER = re.compile(r"(\d{1,3}(?:[. \u00a0\u202f]\d{3})+|\d+)(?:,(\d{1,2}))?\s*(€|eur|evr|ur|h\b)?", re.IGNORECASE)
_IN_A_WORD = re.compile(r"[^\W\d_]\d")  # as in a code: BRE-R7HZE names no hours
_NEGATIVE = re.compile(r"[-−–]\s*\d")  # as telephones write a minus
_THOUSANDS = re.compile(r"[. \u00a0\u202f]")
_BOTH = 2  # euros and hours
_MOST = {"euros": 99_999_999, "hours": 9_999_999}
_YEARS = 3  # that can be chosen: this one and those before


def ask(request: Request, programme: str, year: int) -> Reply | None:
    """What a programme took in a year is to be typed."""
    return _shown(request, programme, year) if _found(request, programme, year) else None


def draw(request: Request, programme: str, year: int) -> Screen:
    """What a programme took in a year is to be typed."""
    found = _found(request, programme, year)
    if found is None:
        return Screen(staff_texts.NOT_STAFF)
    told = "; ".join(texts.spent(one.year, one.euros, one.hours) for one in library_page.spent(request, [found]))
    others = [one for one in _years(request) if one != year]
    forget = [Button(texts.FORGET, actions.forget_costs(programme, year))] if _typed(request, found, year) else []
    buttons = (*forget, *(Button(texts.year(one), actions.type_costs(programme, one)) for one in others))
    rows = column(*buttons, Button(common.BACK, actions.show_page(found.code)))
    return Screen(texts.ask_costs(found.name, year, told, begun=_begun(request, programme, year)), rows)


def typed(request: Request, text: str, programme: str, year: int) -> Reply | None:
    """A line was typed: euros, hours, or both. The half that is not named stays as it was."""
    found = _found(request, programme, year)
    if found is None:
        return None
    given = read(text)
    if isinstance(given, str):
        return _shown(request, programme, year, given)
    new = over(Cost(programme, year, given.euros, given.hours), _typed(request, found, year))
    library_pages.set_cost(request.connection, new, now=request.now, actor=permissions.actor(request))
    stands = library_page.spent(request, [found])
    told = next(texts.spent(one.year, one.euros, one.hours) for one in stands if one.year == year)
    note = texts.saved_costs(told, rounded=given.rounded, of=0 if _begun(request, programme, year) else year)
    return library_page.shown(request, found.code, note)


def forget(request: Request, programme: str, year: int) -> Reply | None:
    """What was typed for a year goes, from the card that shows it."""
    found = _found(request, programme, year)
    if found is None:
        return None
    there = _typed(request, found, year)
    if there is None or request.view != views.page_cost(programme, year):
        return library_page.shown(request, found.code)
    nothing = Cost(programme, year, None, None)
    library_pages.set_cost(request.connection, nothing, now=request.now, actor=permissions.actor(request))
    told = texts.spent(there.year, there.euros, there.hours)
    return library_page.shown(request, found.code, texts.forgotten(told))


@dataclass(frozen=True, slots=True)
class TypedCosts:
    """What was typed, in whole euros and hours; `rounded` says that it was not whole."""

    euros: int | None
    hours: int | None
    rounded: bool = False


def read(text: str) -> TypedCosts | str:
    """Euros and hours of what was typed; two numbers without a unit are euros, then hours. Else what is wrong."""
    if _NEGATIVE.search(text):
        return texts.NEGATIVE_COSTS
    numbers = [] if _IN_A_WORD.search(text) else list(_NUMBER.finditer(text))
    units = [(one[3] or "").lower() for one in numbers]
    plain = len(numbers) == _BOTH and not any(units)
    names = ["hours" if unit in {"ur", "h"} or (plain and at) else "euros" for at, unit in enumerate(units)]
    if len(set(names)) < len(names) or not numbers:
        return texts.WHICH_UNIT if numbers and not all(units) else texts.NO_COSTS
    if not plain and not all(units):
        return texts.WHICH_UNIT
    found = {
        name: Decimal(f"{_THOUSANDS.sub('', one[1])}.{one[2] or 0}") for name, one in zip(names, numbers, strict=True)
    }
    whole_ = {name: int(value.to_integral_value(ROUND_HALF_UP)) for name, value in found.items()}
    if not all(whole_.values()):
        return texts.ZERO_COSTS
    if any(value > _MOST[name] for name, value in whole_.items()):
        return texts.TOO_MUCH_COSTS
    was_rounded = any(found[name] != whole_[name] for name in found)
    return TypedCosts(whole_.get("euros"), whole_.get("hours"), rounded=was_rounded)


def _found(request: Request, slug: str, year: int) -> Programme | None:
    return library_page.of_slug(request, slug) if year in _years(request) else None


def _typed(request: Request, programme: Programme, year: int) -> Cost | None:
    costs = library_pages.costs(request.connection, programme.code)
    return next((one for one in costs if (one.programme, one.year) == (programme.slug, year)), None)


def _begun(request: Request, slug: str, year: int) -> bool:
    """Whether a group of the programme begins in the year, so that there is somebody to tell it of."""
    return any(one.start.year == year for one in cohorts.listing(request.connection, slug))


def _years(request: Request) -> range:
    return range(request.now.year, request.now.year - _YEARS, -1)


def _shown(request: Request, programme: str, year: int, note: str = "") -> Reply:
    return Reply(draw(request, programme, year), views.page_cost(programme, year)).noted(note)
