"""»Razlike s papirja«: whose questionnaires of a group were entered twice and differ, with the way to settle it."""

from __future__ import annotations

from functools import partial

from bot.actions import assistance as actions
from bot.actions import librarian
from bot.conversation import paging, permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import data_entry
from bot.staff import staff_home
from bot.texts import paper as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.views import assistance as views
from storage import cohorts
from storage.answers import double_entry, responses
from storage.cohorts import Cohort

_A_PAGE = 8


def button(request: Request, cohort_id: int, programme: str) -> tuple[Button, ...]:
    """The way here, where something waits for whoever is here."""
    if not permissions.may(request, Permission.ASSIST, programme) or not double_entry.unsettled(
        request.connection, cohort_id
    ):
        return ()
    return (Button(texts.DIFFERENCES, actions.show_entry_differences(cohort_id)),)


def show(request: Request, cohort_id: int, page: int = 1) -> Reply | None:
    """What differs in a group."""
    if _find(request, cohort_id) is None:
        return None
    return Reply(draw(request, cohort_id, page), views.differences(cohort_id, page))


def draw(request: Request, cohort_id: int, page: int = 1) -> Screen:
    """A page of those whose two entries differ."""
    cohort = _find(request, cohort_id)
    if cohort is None:
        return Screen(staff_texts.NOT_STAFF, column(staff_home.to_desk()))
    shown = paging.turned(double_entry.unsettled(request.connection, cohort.id), page, _A_PAGE)
    lines, buttons = [], []
    for one in shown.shown:
        response = responses.load(request.connection, one.run)
        second = double_entry.look(request.connection, request.services.keys, one.run)
        if response is None or second is None:
            raise LookupError("the second entry is gone")
        first = responses.answers(request.connection, request.services.keys, one.run)
        left = double_entry.differing(response.questionnaire, first, second.answers)
        name = data_entry.wave_name(request, cohort.programme, one.wave)
        lines.append(texts.different(one.code, name, len(left)))
        buttons.append(Button(f"{one.code} · {name}", actions.enter_twice(one.run)))
    once = double_entry.entered_once(request.connection, cohort.id)
    back = column(Button(common.BACK, librarian.show_cohort(cohort.id)), staff_home.to_desk())
    text = texts.differences(cohort.name, lines, once, shown.words)
    return Screen(text, (*column(*buttons), *shown.arrows(partial(actions.show_entry_differences, cohort.id)), *back))


def _find(request: Request, cohort_id: int) -> Cohort | None:
    """The group, where whoever is here may type in what came from paper."""
    found = cohorts.find(request.connection, cohort_id)
    return found if found is not None and permissions.may(request, Permission.ASSIST, found.programme) else None
