"""/koledar: every message that somebody of a group, or of a group with two typed dates, gets. Changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby

from bot import roles, staffroom
from bot.audiences import choices
from bot.coordinator.cohorts import dates_in
from bot.librarian import paging
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import calendar as texts
from bot.texts import enrolling as enrolling_texts
from bot.texts import groups as group_texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.visit import ForgedError, Visit, whole
from storage import cohorts
from storage.cohorts import Cohort
from surveys.model import Programme
from surveys.timeline import messages

_GROUPS_A_PAGE = 8


def choose(visit: Visit, page: str = "") -> Reply:
    """/koledar: of which group?."""
    if not roles.programmes(visit, Action.SEE_GROUPS):
        return staffroom.refuse(visit)
    argument = paging.asked(page)
    return Reply(draw_choice(visit, argument), f"calendar:{argument}", fresh=visit.typed)


def show(visit: Visit, cohort_id: str) -> Reply | None:
    """The messages of a group."""
    group = _group(visit, cohort_id)
    return None if group is None else Reply(draw(visit, cohort_id), f"messages:{group.id}", fresh=visit.typed)


def choose_programme(visit: Visit) -> Reply | None:
    """»Za dva datuma«: of which programme, and for whom, where there is a choice."""
    found = choices(visit, Action.SEE_GROUPS)
    if not found:
        return None
    if len(found) == 1:
        return _asked(visit, found[0][0], 0)
    return Reply(draw_programmes(visit, ""), "calendar_programme:", fresh=visit.typed)


def ask(visit: Visit, slug: str, place: str) -> Reply | None:
    """The programme was chosen: the dates are to be typed."""
    found = _find(visit, slug, place)
    return None if found is None else _asked(visit, found[0], whole(place))


def typed(visit: Visit, argument: str, text: str) -> Reply | None:
    """Two dates were typed: the messages of a group with these days."""
    slug, place = argument.split(":")[:2]
    found = _find(visit, slug, place)
    if found is None:
        return None
    days = dates_in(text)
    problem = group_texts.NEEDS_TWO_DATES if len(days) != 2 else ""  # noqa: PLR2004 - the first and the last day
    if not problem and days[1] < days[0]:
        problem = enrolling_texts.GROUP_ENDS_FIRST
    if problem:
        asked = _asked(visit, found[0], whole(place))
        return replace(asked, card=replace(asked.card, text=f"<i>{problem}</i>\n\n{asked.card.text}"))
    shown = f"{slug}:{place}:{days[0].isoformat()}:{days[1].isoformat()}"
    return Reply(draw_typed(visit, shown), f"messages_of:{shown}", fresh=visit.typed)


def draw_choice(visit: Visit, argument: str) -> Screen:
    """The card of `calendar:PAGE`: the groups that are neither closed nor over."""
    today = visit.now.astimezone(visit.house.rhythm.zone).date()
    programmes = roles.programmes(visit, Action.SEE_GROUPS)
    names = {one.slug: one.name for one in programmes}
    groups = [
        one for slug in names for one in cohorts.listing(visit.connection, slug)
        if one.closed_at is None and one.end >= today
    ]  # fmt: skip
    page = paging.turned(groups, argument, _GROUPS_A_PAGE)
    several = len(programmes) > 1
    buttons = [
        Button(enrolling_texts.group_name(one.name, names[one.programme], several=several), f"kol:{one.id}")
        for one in page.shown
    ]
    words = "\n\n".join(part for part in (texts.CHOOSE, page.words) if part)
    other = Button(texts.TWO_DATES, "kop")
    return Screen(words, (*column(*buttons), *page.arrows("kole"), *column(other, staffroom.to_desk())))


def draw(visit: Visit, cohort_id: str) -> Screen:
    """The card of `messages:COHORT`."""
    group = _group(visit, cohort_id)
    if group is None:
        return Screen(staff_texts.NOT_STAFF)
    programme = visit.house.programmes[group.programme]
    words = _listed(visit, programme, group.name, group.audience, group.start, group.end)
    ways = (Button(staff_texts.TO_GROUP, f"sku:{group.id}"), Button(common.BACK, "kole"))
    return Screen(words, column(*ways, staffroom.to_desk()))


def draw_programmes(visit: Visit, _argument: str) -> Screen:
    """The card of `calendar_programme:`."""
    buttons = [
        Button(f"{programme.name} · {words}" if words else programme.name, f"kod:{programme.slug}:{place}")
        for programme, place, words in choices(visit, Action.SEE_GROUPS)
    ]
    return Screen(texts.CHOOSE_PROGRAMME, column(*buttons, Button(common.BACK, "kole")))


def draw_ask(visit: Visit, argument: str) -> Screen:
    """The card of `calendar_dates:SLUG:AUDIENCE`."""
    found = _find(visit, *argument.split(":"))
    words = staff_texts.NOT_STAFF if found is None else texts.ask(found[0].name)
    return Screen(words, column(Button(common.CANCEL, "kole")))


def draw_typed(visit: Visit, argument: str) -> Screen:
    """The card of `messages_of:SLUG:AUDIENCE:START:END`."""
    slug, place, start, end = argument.split(":")
    found = _find(visit, slug, place)
    if found is None:
        return Screen(staff_texts.NOT_STAFF)
    programme, audience = found
    words = _listed(visit, programme, programme.name, audience, date.fromisoformat(start), date.fromisoformat(end))
    ways = (Button(texts.OTHER_DATES, f"kod:{slug}:{place}"), Button(common.BACK, "kole"))
    return Screen(words, column(*ways, staffroom.to_desk()))


def _listed(visit: Visit, programme: Programme, name: str, audience: str, start: date, end: date) -> str:
    names = {one.id: one.name for one in programme.waves}
    called = visit.house.settings.schedule.holiday_name
    order = {one.id: place for place, one in enumerate(programme.waves)}
    found = sorted(messages(programme, start, end, audience, visit.house.rhythm), key=lambda one: order[one.wave])
    waves = [texts.wave(names[wave], list(some), called) for wave, some in groupby(found, key=lambda one: one.wave)]
    return "\n\n".join((texts.head(name, start, end), *(waves or [texts.NO_MESSAGES]), texts.REMINDERS))


def _asked(visit: Visit, programme: Programme, place: int) -> Reply:
    argument = f"{programme.slug}:{place}"
    return Reply(draw_ask(visit, argument), f"calendar_dates:{argument}", fresh=visit.typed)


def _find(visit: Visit, slug: str, place: str) -> tuple[Programme, str] | None:
    programme = next((one for one in roles.programmes(visit, Action.SEE_GROUPS) if one.slug == slug), None)
    if programme is None:
        return None
    audiences = programme.audiences
    if whole(place) >= len(audiences):
        raise ForgedError(place)
    return programme, audiences[whole(place)]


def _group(visit: Visit, cohort_id: str) -> Cohort | None:
    """The group, where whoever is here may see it."""
    group = cohorts.find(visit.connection, whole(cohort_id))
    return group if group is not None and roles.may(visit, Action.SEE_GROUPS, group.programme) else None
