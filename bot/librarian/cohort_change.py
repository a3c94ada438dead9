"""»V drugo skupino«: a person goes on in another group of the programme, after it was shown what that moves."""

from __future__ import annotations

from functools import partial

from bot.actions import librarian as actions
from bot.conversation import paging, permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import person, undo
from bot.staff import shifted_waves
from bot.texts import cohorts as texts
from bot.texts import waiting_list as waiting_texts
from bot.texts.slovene import common
from bot.views import librarian as views
from storage import replan_preview, staff_actions
from storage.cohorts import Cohort
from storage.participants import Enrolment

_COHORTS_A_PAGE = 8


def choose(request: Request, enrolment_id: int, page: int = 1) -> Reply | None:
    """»V drugo skupino«: into which?."""
    enrolment = _here(request, enrolment_id)
    if enrolment is None:
        return None
    return Reply(draw_choice(request, enrolment_id, page), views.targets(enrolment_id, page))


def ask(request: Request, enrolment_id: int, cohort_id: int) -> Reply | None:
    """The group was chosen: what moves, to be confirmed."""
    enrolment = _here(request, enrolment_id)
    target = None if enrolment is None else _target(request, enrolment, cohort_id)
    if enrolment is None or target is None:
        return choose(request, enrolment_id)
    return Reply(draw(request, enrolment_id, cohort_id), views.regroup(enrolment_id, cohort_id))


def move(request: Request, enrolment_id: int, cohort_id: int) -> Reply | None:
    """The person is in the other group, once, from the card that shows what that does."""
    enrolment = _here(request, enrolment_id)
    if enrolment is None:
        return None
    target = _target(request, enrolment, cohort_id)
    if target is None or request.view != views.regroup(enrolment_id, cohort_id):
        return undo.again(request) or person.show(request, enrolment_id)
    actor = permissions.actor(request)
    done = staff_actions.move(request.connection, undo.plans(request), enrolment, target, request.now, actor)
    return undo.show(request, done)


def draw_choice(request: Request, enrolment_id: int, page: int) -> Screen:
    """The groups in which the person can go on."""
    enrolment = _here(request, enrolment_id)
    if enrolment is None:
        return person.draw(request, enrolment_id)
    back = Button(common.BACK, actions.show_person(enrolment_id))
    targets = _targets(request, enrolment)
    if not targets:
        return Screen(texts.NO_OTHER_GROUP, column(back))
    part = paging.turned(targets, page, _COHORTS_A_PAGE)
    buttons = [Button(one.name, actions.ask_to_move(enrolment_id, one.id)) for one in part.shown]
    waits = waiting_texts.STAYS_WAITING if enrolment.waits else ""
    parts = (texts.choose_target(enrolment.code, enrolment.cohort_name), waits, part.words)
    words = "\n\n".join(part for part in parts if part)
    return Screen(
        words, (*column(*buttons), *part.arrows(partial(actions.choose_other_cohort, enrolment_id)), *column(back))
    )


def draw(request: Request, enrolment_id: int, cohort_id: int) -> Screen:
    """What it would do if the person went on in this group."""
    enrolment = _here(request, enrolment_id)
    target = None if enrolment is None else _target(request, enrolment, cohort_id)
    if enrolment is None or target is None:
        return person.draw(request, enrolment_id)
    programme = request.services.programmes[enrolment.programme]
    shifts = replan_preview.of_person(
        request.connection, programme, enrolment.id, target, request.services.policy, request.now
    )
    moved = [
        *([waiting_texts.STAYS_WAITING] if enrolment.waits else []),
        *shifted_waves.described(programme, shifts),
    ]
    words = texts.ask_move(enrolment.code, enrolment.cohort_name, target.name, moved)
    rows = column(
        Button(texts.CONFIRM, actions.move_person(enrolment_id, cohort_id)),
        Button(common.CANCEL, actions.show_person(enrolment_id)),
    )
    return Screen(words, rows)


def _target(request: Request, enrolment: Enrolment, cohort_id: int) -> Cohort | None:
    return next((one for one in _targets(request, enrolment) if one.id == cohort_id), None)


def _targets(request: Request, enrolment: Enrolment) -> list[Cohort]:
    today = request.now.astimezone(request.services.policy.zone).date()
    return replan_preview.targets(request.connection, enrolment.id, today)


def _here(request: Request, enrolment_id: int) -> Enrolment | None:
    enrolment = person.here(request, enrolment_id)
    return (
        enrolment if enrolment is not None and permissions.may(request, Permission.ENROL, enrolment.programme) else None
    )
