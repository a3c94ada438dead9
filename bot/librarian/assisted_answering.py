"""/izpolni: a librarian answers for somebody who speaks the answers, on the same cards."""

from __future__ import annotations

from bot.actions import assistance as actions
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import person
from bot.participant import answering
from bot.staff import staff_home
from bot.texts import paper as paper_texts
from bot.texts import staff as texts
from bot.texts.slovene import common
from bot.views import assistance as views
from storage import occasions
from storage.occasions import Occasion
from storage.participants import Enrolment
from storage.schema import EnrolmentState, OccasionState


def assist(request: Request, rest: str = "") -> Reply:
    """/izpolni CODE, or a question for the code."""
    if not permissions.programmes(request, Permission.ASSIST):
        return staff_home.refuse(request)
    if not rest:
        return Reply(draw_ask(request), views.ask_assist())
    return assist_typed(request, rest)


def assist_typed(request: Request, text: str) -> Reply:
    """A code was typed where one was asked for."""
    enrolment, problem = person.by_code(request, text)
    if enrolment is None:
        return Reply(draw_ask(request), views.ask_assist()).noted(problem)
    return _open(request, enrolment)


def assist_one(request: Request, enrolment_id: int) -> Reply | None:
    """»Odgovori za to osebo« on the card of a person."""
    enrolment = person.here(request, enrolment_id)
    if enrolment is None or not permissions.may(request, Permission.ASSIST, enrolment.programme):
        return None
    return _open(request, enrolment)


def draw_ask(_request: Request) -> Screen:
    """The question for a code."""
    return Screen(
        texts.ASK_CODE_TO_ASSIST, column(Button(paper_texts.TYPE_IN, actions.ask_code_of_paper()), staff_home.to_desk())
    )


def open_occasion(request: Request, enrolment: Enrolment) -> Occasion | None:
    """What the person may answer today, opened where no tick has opened it yet; None where there is nothing."""
    due = [one for one in _waiting(request, enrolment) if one.opens_at <= request.now]
    if not due:
        return None
    if due[0].state is OccasionState.PLANNED:
        occasions.open_now(request.connection, due[0].id, request.now, invited=True)
    opened = occasions.load(request.connection, due[0].id)
    if opened is None:
        raise LookupError("the occasion that was opened is gone")
    return opened


def _open(request: Request, enrolment: Enrolment) -> Reply:
    """The open question of the person; without one the person's card says why."""
    if enrolment.state is not EnrolmentState.ACTIVE:
        left = enrolment.state is EnrolmentState.LEFT
        return person.show_enrolment(request, enrolment, texts.HAS_LEFT if left else texts.NEEDS_CONSENT)
    opened = open_occasion(request, enrolment)
    if opened is None:
        waiting = _waiting(request, enrolment)
        return person.show_enrolment(request, enrolment, _next(request, waiting[0] if waiting else None))
    return answering.open_question(request, opened)


def _waiting(request: Request, enrolment: Enrolment) -> list[Occasion]:
    return [
        one
        for one in occasions.of_enrolment(request.connection, enrolment.id)
        if one.state in {OccasionState.PLANNED, OccasionState.OPEN} and request.now < one.closes_at
    ]


def _next(request: Request, coming: Occasion | None) -> str:
    if coming is None:
        return texts.NOTHING_OPEN
    return texts.next_opens(common.day(coming.opens_at, request.services.policy.zone))
