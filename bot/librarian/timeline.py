"""/koledar: every message that somebody of a group, or of a group with two typed dates, gets. Changes nothing."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from bot.actions import assistance as actions
from bot.actions import librarian
from bot.conversation import paging, permissions
from bot.conversation.declared import ForgedError
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.staff import staff_home, typed_days
from bot.staff.audiences import choices
from bot.texts import calendar as texts
from bot.texts import enrolling as enrolling_texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.views import assistance as views
from storage import cohorts
from storage.cohorts import Cohort
from surveys.model import Programme
from surveys.timeline import messages

_GROUPS_A_PAGE = 8


def by_command(request: Request, rest: str = "") -> Reply:
    """/koledar."""
    return choose(request, paging.of_command(rest))


def choose(request: Request, page: int = 1) -> Reply:
    """The question of which group."""
    if not permissions.programmes(request, Permission.SEE_GROUPS):
        return staff_home.refuse(request)
    return Reply(draw_choice(request, page), views.calendar(page))


def show(request: Request, cohort_id: int) -> Reply | None:
    """The messages of a group."""
    group = _group(request, cohort_id)
    return None if group is None else Reply(draw(request, cohort_id), views.messages(group.id))


def choose_programme(request: Request) -> Reply | None:
    """»Za dva datuma«: of which programme, and for whom, where there is a choice."""
    found = choices(request, Permission.SEE_GROUPS)
    if not found:
        return None
    if len(found) == 1:
        return _asked(request, found[0][0], 0)
    return Reply(draw_programmes(request), views.calendar_programme())


def ask(request: Request, slug: str, place: int) -> Reply | None:
    """The programme was chosen: the dates are to be typed."""
    found = _find(request, slug, place)
    return None if found is None else _asked(request, found[0], place)


def typed(request: Request, text: str, slug: str, place: int) -> Reply | None:
    """Two dates were typed: the messages of a group with these days."""
    found = _find(request, slug, place)
    if found is None:
        return None
    days = typed_days.two(request, text)
    if isinstance(days, str):
        return _asked(request, found[0], place).noted(days)
    return Reply(draw_typed(request, slug, place, *days), views.messages_of(slug, place, *days))


def typed_again(
    request: Request,
    text: str,
    slug: str,
    place: int,
    start: date,  # noqa: ARG001 - those of before
    end: date,  # noqa: ARG001
) -> Reply | None:
    """Two other dates were typed, while those of before are on the screen."""
    return typed(request, text, slug, place)


def draw_choice(request: Request, page: int = 1) -> Screen:
    """The groups that are neither closed nor over."""
    today = request.now.astimezone(request.services.policy.zone).date()
    programmes = permissions.programmes(request, Permission.SEE_GROUPS)
    names = {one.slug: one.name for one in programmes}
    groups = [
        one for slug in names for one in cohorts.listing(request.connection, slug)
        if one.closed_at is None and one.end >= today
    ]  # fmt: skip
    shown = paging.turned(groups, page, _GROUPS_A_PAGE)
    several = len(programmes) > 1
    buttons = [
        Button(
            enrolling_texts.group_name(one.name, names[one.programme], several=several), actions.show_timeline(one.id)
        )
        for one in shown.shown
    ]
    words = "\n\n".join(part for part in (texts.CHOOSE, shown.words) if part)
    other = Button(texts.TWO_DATES, actions.choose_timeline_programme())
    return Screen(
        words, (*column(*buttons), *shown.arrows(actions.choose_timeline), *column(other, staff_home.to_desk()))
    )


def draw(request: Request, cohort_id: int) -> Screen:
    """The messages of a group."""
    group = _group(request, cohort_id)
    if group is None:
        return Screen(staff_texts.NOT_STAFF)
    programme = request.services.programmes[group.programme]
    words = _listed(request, programme, group.name, group.audience, group.start, group.end)
    ways = (
        Button(staff_texts.TO_GROUP, librarian.show_cohort(group.id)),
        Button(common.BACK, actions.choose_timeline()),
    )
    return Screen(words, column(*ways, staff_home.to_desk()))


def draw_programmes(request: Request) -> Screen:
    """The programmes, each for everybody for whom it has messages."""
    buttons = [
        Button(
            f"{programme.name} · {words}" if words else programme.name,
            actions.ask_timeline_dates(programme.slug, place),
        )
        for programme, place, words in choices(request, Permission.SEE_GROUPS)
    ]
    return Screen(texts.CHOOSE_PROGRAMME, column(*buttons, Button(common.BACK, actions.choose_timeline())))


def draw_ask(request: Request, slug: str, place: int) -> Screen:
    """The question for two dates."""
    found = _find(request, slug, place)
    words = staff_texts.NOT_STAFF if found is None else texts.ask(found[0].name)
    return Screen(words, column(Button(common.CANCEL, actions.choose_timeline())))


def draw_typed(request: Request, slug: str, place: int, start: date, end: date) -> Screen:
    """The messages of a group with these days."""
    found = _find(request, slug, place)
    if found is None:
        return Screen(staff_texts.NOT_STAFF)
    programme, audience = found
    words = _listed(request, programme, programme.name, audience, start, end)
    ways = (
        Button(texts.OTHER_DATES, actions.ask_timeline_dates(slug, place)),
        Button(common.BACK, actions.choose_timeline()),
    )
    return Screen(words, column(*ways, staff_home.to_desk()))


def _listed(request: Request, programme: Programme, name: str, audience: str, start: date, end: date) -> str:
    names = {one.id: one.name for one in programme.waves}
    called = request.services.settings.schedule.holiday_name
    order = {one.id: place for place, one in enumerate(programme.waves)}
    found = sorted(messages(programme, start, end, audience, request.services.policy), key=lambda one: order[one.wave])
    waves = [texts.wave(names[wave], list(some), called) for wave, some in groupby(found, key=lambda one: one.wave)]
    return "\n\n".join((texts.head(name, start, end), *(waves or [texts.NO_MESSAGES]), texts.REMINDERS))


def _asked(request: Request, programme: Programme, place: int) -> Reply:
    return Reply(draw_ask(request, programme.slug, place), views.calendar_dates(programme.slug, place))


def _find(request: Request, slug: str, place: int) -> tuple[Programme, str] | None:
    programme = next((one for one in permissions.programmes(request, Permission.SEE_GROUPS) if one.slug == slug), None)
    if programme is None:
        return None
    audiences = programme.audiences
    if place >= len(audiences):
        raise ForgedError(slug)
    return programme, audiences[place]


def _group(request: Request, cohort_id: int) -> Cohort | None:
    """The group, where whoever is here may see it."""
    return permissions.cohort(request, Permission.SEE_GROUPS, cohort_id)
