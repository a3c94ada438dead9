"""»Nova skupina«: a coordinator begins a group by typing its name and its two dates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot import roles
from bot.audiences import choices
from bot.librarian import enrolling
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import enrolling as enrolling_texts
from bot.texts import staff as texts
from bot.texts.slovene import common
from bot.visit import Visit, whole
from storage import cohorts
from surveys.model import Programme

_DATE = re.compile(r"(?<!\d)(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})(?!\d)")
_BETWEEN = " \t\r\n,;:-–—"
_LONGEST_NAME = 60


def begin(visit: Visit) -> Reply | None:
    """»Nova skupina«: of which programme, and for whom, where there is a choice."""
    found = choices(visit, Action.ADD_GROUP)
    if not found:
        return None
    if len(found) == 1:
        return _ask(visit, found[0][0], "0")
    return Reply(draw_choice(visit, ""), "new_group:", fresh=visit.typed)


def choose(visit: Visit, slug: str, audience: str) -> Reply | None:
    """The programme was chosen, and for whom."""
    found = _find(visit, slug, audience)
    return None if found is None else _ask(visit, found[0], audience)


def typed(visit: Visit, argument: str, text: str) -> Reply | None:
    """Name and dates of the new group were typed."""
    slug, _, place = argument.partition(":")
    found = _find(visit, slug, place)
    if found is None:
        return None
    programme, audience = found
    name, dates = _read(text)
    problem = _problem(visit, programme, name, dates)
    if problem:
        asked = _ask(visit, programme, place)
        return replace(asked, card=replace(asked.card, text=f"<i>{problem}</i>\n\n{asked.card.text}"))
    made = cohorts.add(
        visit.connection,
        programme,
        name=name,
        start=dates[0],
        end=dates[1],
        now=visit.now,
        actor=roles.actor(visit),
        audience=audience,
    )
    reply = enrolling.after(visit, made.id, 0)
    return replace(reply, card=replace(reply.card, text=f"<i>{enrolling_texts.GROUP_MADE}</i>\n\n{reply.card.text}"))


def dates_in(text: str) -> list[date]:
    """The dates in what was typed, »3. 5. 2027«, as far as there are such days."""
    dates = []
    for day, month, year in _DATE.findall(text):
        try:
            dates.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return dates


def draw_choice(visit: Visit, _argument: str) -> Screen:
    """The card of `new_group:`."""
    buttons = [
        Button(f"{programme.name} · {words}" if words else programme.name, f"nsp:{programme.slug}:{place}")
        for programme, place, words in choices(visit, Action.ADD_GROUP)
    ]
    return Screen(enrolling_texts.CHOOSE_PROGRAMME_FOR_GROUP, column(*buttons, Button(common.BACK, "vpis")))


def draw_ask(visit: Visit, argument: str) -> Screen:
    """The card of `group_of:SLUG:AUDIENCE`."""
    slug, _, place = argument.partition(":")
    found = _find(visit, slug, place)
    if found is None:
        return Screen(texts.NOT_STAFF)
    return Screen(enrolling_texts.ask_group(found[0].name), column(Button(common.CANCEL, "vpis")))


def _ask(visit: Visit, programme: Programme, place: str) -> Reply:
    argument = f"{programme.slug}:{place}"
    return Reply(draw_ask(visit, argument), f"group_of:{argument}", fresh=visit.typed)


def _find(visit: Visit, slug: str, place: str) -> tuple[Programme, str] | None:
    programme = next((one for one in roles.programmes(visit, Action.ADD_GROUP) if one.slug == slug), None)
    if programme is None or whole(place) >= len(programme.audiences):
        return None
    return programme, programme.audiences[whole(place)]


def _read(text: str) -> tuple[str, list[date]]:
    """The name, which is what stands beside the dates, and the dates that there are in the calendar."""
    return " ".join(_DATE.sub(" ", text).split()).strip(_BETWEEN), dates_in(text)


def _problem(visit: Visit, programme: Programme, name: str, dates: list[date]) -> str:
    """Why there cannot be such a group; empty where there can."""
    if len(dates) != 2:  # noqa: PLR2004 - the first and the last day
        return enrolling_texts.GROUP_NEEDS_DATES
    if not name:
        return enrolling_texts.GROUP_NEEDS_NAME
    if len(name) > _LONGEST_NAME:
        return enrolling_texts.GROUP_NAME_LONG
    if dates[1] < dates[0]:
        return enrolling_texts.GROUP_ENDS_FIRST
    taken = any(one.name == name for one in cohorts.listing(visit.connection, programme.slug))
    return enrolling_texts.GROUP_TAKEN if taken else ""
