"""»Spremeni datume«: a coordinator types the new days of a group, sees who moves from when to when, and confirms."""

from __future__ import annotations

import zlib
from datetime import date

from bot.actions import coordinator as actions
from bot.actions import librarian
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import undo
from bot.staff import shifted_waves, staff_home, typed_days
from bot.texts import cohorts as texts
from bot.texts import days as day_texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.views import coordinator as views
from storage import replan_preview, staff_actions
from storage.cohorts import Cohort
from storage.replan_preview import Shift
from surveys import days
from surveys.days import Cue

_DIGEST = 1_000_000_000


def ask(request: Request, cohort: int) -> Reply | None:
    """»Spremeni datume«."""
    group = find(request, cohort)
    return None if group is None else _asked(request, group)


def typed(request: Request, text: str, cohort: int) -> Reply | None:
    """New dates were typed, one or both: what they would do."""
    group = find(request, cohort)
    if group is None:
        return None
    found = typed_days.read(request, text)
    problem = typed_days.problem(found)
    if problem or not found.days or len(found.days) > 2:  # noqa: PLR2004 - the first and the last day
        return _asked(request, group, problem or (day_texts.TOO_MANY if found.days else day_texts.NEEDS_TWO))
    if len(found.days) == 2:  # noqa: PLR2004
        first, last = (one.day for one in days.in_order(found.days))
        return _wanted(request, group, first, last)
    [one] = found.days
    cue = one.cue or (Cue.START if one.day < group.start else Cue.END if one.day > group.end else None)
    if cue is not None:
        return _changed(request, group, one.day, cue)
    return Reply(draw_one(request, group.id, one.day), views.one_day(group.id, one.day))


def choose(request: Request, cohort: int, day: date, cue: Cue) -> Reply | None:
    """Which of both the typed day is."""
    group = find(request, cohort)
    return None if group is None else _changed(request, group, day, cue)


def typed_again(request: Request, text: str, cohort: int, *_shown: date) -> Reply | None:
    """Other dates were typed below what the first would do."""
    return typed(request, text, cohort)


def confirm(request: Request, cohort: int, start: date, end: date, digest: int) -> Reply | None:
    """New dates, once, from the card that shows what they do; where that has changed meanwhile, it is shown again."""
    group = find(request, cohort)
    if group is None:
        return None
    if views.redate.arguments_of(request.view) != (group.id, start, end):
        return undo.again(request) or _asked(request, group)
    if digest != _digest(_shifts(request, group, start, end)):
        return _previewed(request, group, start, end).toasted(texts.CHANGED_MEANWHILE)
    done = staff_actions.redate(
        request.connection, undo.plans(request), group, start, end, request.now, permissions.actor(request)
    )
    return undo.show(request, done)


def find(request: Request, cohort: int) -> Cohort | None:
    """The group, where it is not closed and whoever is here may change it."""
    return permissions.open_cohort(request, Permission.ADD_GROUP, cohort)


def draw_ask(request: Request, cohort: int) -> Screen:
    """New dates are to be typed."""
    group = find(request, cohort)
    if group is None:
        return gone()
    words = texts.ask_dates(group.name, group.start, group.end)
    return Screen(words, column(Button(common.CANCEL, librarian.show_cohort(group.id))))


def draw(request: Request, cohort: int, start: date, end: date) -> Screen:
    """What new dates do."""
    group = find(request, cohort)
    if group is None:
        return gone()
    span = start, end
    shifts = _shifts(request, group, *span)
    programme = request.services.programmes[group.programme]
    lines = [*typed_days.unusual(request, *span), *shifted_waves.described(programme, shifts)]
    words = texts.ask_redate(group.name, (group.start, group.end), span, lines, moves=bool(shifts))
    yes = Button(texts.CONFIRM, actions.confirm_dates(group.id, start, end, _digest(shifts)))
    return Screen(words, column(yes, Button(common.CANCEL, librarian.show_cohort(group.id))))


def draw_one(request: Request, cohort: int, day: date) -> Screen:
    """Which of both is it?."""
    group = find(request, cohort)
    if group is None:
        return gone()
    first, last = (Button(texts.WHICH_END[cue], actions.choose_end(group.id, day, cue)) for cue in Cue)
    words = texts.ask_which(group.name, group.start, group.end, day)
    return Screen(words, column(first, last, Button(common.CANCEL, librarian.show_cohort(group.id))))


def gone() -> Screen:
    """In the place of a card of a group that cannot be changed any more."""
    return Screen(
        texts.GROUP_IS_CLOSED, column(Button(staff_texts.GROUPS, librarian.show_cohorts()), staff_home.to_desk())
    )


def _asked(request: Request, group: Cohort, problem: str = "") -> Reply:
    return Reply(draw_ask(request, group.id), views.dates(group.id)).noted(problem)


def _changed(request: Request, group: Cohort, day: date, cue: Cue) -> Reply:
    """What one other day would do."""
    return _wanted(request, group, *((day, group.end) if cue is Cue.START else (group.start, day)))


def _wanted(request: Request, group: Cohort, start: date, end: date) -> Reply:
    """What these days would do, or why they cannot be."""
    if end < start:
        return _asked(request, group, day_texts.ENDS_FIRST)
    if (group.start, group.end) == (start, end):
        return _asked(request, group, texts.SAME_DATES)
    return _previewed(request, group, start, end)


def _previewed(request: Request, group: Cohort, start: date, end: date) -> Reply:
    return Reply(draw(request, group.id, start, end), views.redate(group.id, start, end))


def _shifts(request: Request, group: Cohort, start: date, end: date) -> list[Shift]:
    programme = request.services.programmes[group.programme]
    return replan_preview.of_group(
        request.connection, programme, group, start, end, request.services.policy, request.now
    )


def _digest(shifts: list[Shift]) -> int:
    """A number that differs where what is shown differs."""
    return zlib.crc32(repr(shifts).encode()) % _DIGEST
