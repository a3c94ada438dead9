"""»Spremeni datume«: a coordinator types the new days of a group, sees who moves from when to when, and confirms."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date

from bot import roles, staffroom
from bot.coordinator.cohorts import dates_in
from bot.librarian import undoing
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import enrolling as enrolling_texts
from bot.texts import groups as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.visit import ForgedError, Visit, whole
from storage import changes, cohorts, foresight
from storage.cohorts import Cohort
from storage.foresight import Shift

_DIGEST = 1_000_000_000


def ask(visit: Visit, cohort_id: str) -> Reply | None:
    """»Spremeni datume«."""
    group = find(visit, cohort_id)
    return None if group is None else _asked(visit, group)


def typed(visit: Visit, cohort_id: str, text: str) -> Reply | None:
    """The new dates were typed: what they would do."""
    group = find(visit, cohort_id)
    if group is None:
        return None
    days = dates_in(text)
    problem = _problem(group, days)
    if problem:
        asked = _asked(visit, group)
        return replace(asked, card=replace(asked.card, text=f"<i>{problem}</i>\n\n{asked.card.text}"))
    return _previewed(visit, f"{group.id}:{days[0]:%Y%m%d}:{days[1]:%Y%m%d}")


def typed_again(visit: Visit, argument: str, text: str) -> Reply | None:
    """Other dates were typed below what the first would do."""
    return typed(visit, argument.partition(":")[0], text)


def confirm(visit: Visit, cohort_id: str, start: str, end: str, digest: str) -> Reply | None:
    """New dates, once, from the card that shows what they do; where that has changed meanwhile, it is shown again."""
    group = find(visit, cohort_id)
    if group is None:
        return None
    argument = f"{group.id}:{start}:{end}"
    if visit.view != f"redate:{argument}":
        return undoing.again(visit) or _asked(visit, group)
    days = _day(start), _day(end)
    if whole(digest) != _digest(_shifts(visit, group, *days)):
        return _previewed(visit, argument).toasted(texts.CHANGED_MEANWHILE)
    done = changes.redate(visit.connection, undoing.plans(visit), group, *days, visit.now, roles.actor(visit))
    return undoing.show(visit, done)


def find(visit: Visit, cohort_id: str) -> Cohort | None:
    """The group, where it is not closed and whoever is here may change it."""
    group = cohorts.find(visit.connection, whole(cohort_id))
    if group is None or group.closed_at is not None or not roles.may(visit, Action.ADD_GROUP, group.programme):
        return None
    return group


def described(visit: Visit, programme: str, shifts: list[Shift]) -> list[str]:
    """The waves with what happens to each."""
    names = {wave.id: wave.name for wave in visit.house.programmes[programme].waves}
    return [texts.shift(names.get(one.wave, one.wave), one) for one in shifts]


def draw_ask(visit: Visit, cohort_id: str) -> Screen:
    """The card of `dates:COHORT`."""
    group = find(visit, cohort_id)
    if group is None:
        return gone()
    words = texts.ask_dates(group.name, group.start, group.end)
    return Screen(words, column(Button(common.CANCEL, f"sku:{group.id}")))


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `redate:COHORT:START:END`, both as 20270503."""
    cohort_id, start, end = argument.split(":")
    group = find(visit, cohort_id)
    if group is None:
        return gone()
    days = _day(start), _day(end)
    shifts = _shifts(visit, group, *days)
    words = texts.ask_redate(group.name, (group.start, group.end), days, described(visit, group.programme, shifts))
    yes = Button(texts.CONFIRM, f"gdx:{argument}:{_digest(shifts)}")
    return Screen(words, column(yes, Button(common.CANCEL, f"sku:{group.id}")))


def gone() -> Screen:
    """In the place of a card of a group that cannot be changed any more."""
    return Screen(texts.GROUP_IS_CLOSED, column(Button(staff_texts.GROUPS, "skup"), staffroom.to_desk()))


def _asked(visit: Visit, group: Cohort) -> Reply:
    return Reply(draw_ask(visit, str(group.id)), f"dates:{group.id}", fresh=visit.typed)


def _previewed(visit: Visit, argument: str) -> Reply:
    return Reply(draw(visit, argument), f"redate:{argument}", fresh=visit.typed)


def _problem(group: Cohort, days: list[date]) -> str:
    """Why these cannot be the dates of the group; empty where they can."""
    if len(days) != 2:  # noqa: PLR2004 - the first and the last day
        return texts.NEEDS_TWO_DATES
    if days[1] < days[0]:
        return enrolling_texts.GROUP_ENDS_FIRST
    return texts.SAME_DATES if (group.start, group.end) == (days[0], days[1]) else ""


def _shifts(visit: Visit, group: Cohort, start: date, end: date) -> list[Shift]:
    programme = visit.house.programmes[group.programme]
    return foresight.of_group(visit.connection, programme, group, start, end, visit.house.rhythm, visit.now)


def _digest(shifts: list[Shift]) -> int:
    """A number that differs where what is shown differs."""
    return zlib.crc32(repr(shifts).encode()) % _DIGEST


def _day(written: str) -> date:
    number = whole(written)
    try:
        return date(number // 10000, number // 100 % 100, number % 100)
    except ValueError:
        raise ForgedError(written) from None
