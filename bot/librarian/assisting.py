"""/izpolni: a librarian answers for somebody who speaks the answers, on the same cards."""

from __future__ import annotations

from dataclasses import replace

from bot import roles, staffroom
from bot.librarian import people
from bot.participant import questions
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import paper as paper_texts
from bot.texts import staff as texts
from bot.texts.slovene import common
from bot.visit import Visit
from storage import occasions
from storage.occasions import Occasion
from storage.participants import Place
from storage.schema import EnrolmentState, OccasionState


def assist(visit: Visit, rest: str = "") -> Reply:
    """/izpolni CODE, or a question for the code."""
    if not roles.programmes(visit, Action.ASSIST):
        return staffroom.refuse(visit)
    if not rest:
        return Reply(draw_ask(visit, ""), "ask_assist:", fresh=visit.typed)
    return assist_typed(visit, "", rest)


def assist_typed(visit: Visit, _argument: str, text: str) -> Reply:
    """A code was typed where one was asked for."""
    place, problem = people.by_code(visit, text)
    if place is None:
        card = draw_ask(visit, "")
        return Reply(replace(card, text=f"<i>{problem}</i>\n\n{card.text}"), "ask_assist:", fresh=visit.typed)
    return _open(visit, place)


def assist_one(visit: Visit, enrolment: str) -> Reply | None:
    """»Odgovori za to osebo« on the card of a person."""
    place = people.here(visit, enrolment)
    if place is None or not roles.may(visit, Action.ASSIST, place.programme):
        return None
    return _open(visit, place)


def draw_ask(_visit: Visit, _argument: str) -> Screen:
    """The card of `ask_assist:`."""
    return Screen(texts.ASK_CODE_TO_ASSIST, column(Button(paper_texts.TYPE_IN, "pkc"), staffroom.to_desk()))


def open_occasion(visit: Visit, place: Place) -> Occasion | None:
    """What the person may answer today, opened where no tick has opened it yet; None where there is nothing."""
    due = [one for one in _waiting(visit, place) if one.opens_at <= visit.now]
    if not due:
        return None
    if due[0].state is OccasionState.PLANNED:
        occasions.open_now(visit.connection, due[0].id, visit.now, invited=True)
    opened = occasions.load(visit.connection, due[0].id)
    if opened is None:
        raise LookupError("the occasion that was opened is gone")
    return opened


def _open(visit: Visit, place: Place) -> Reply:
    """The open question of the person; without one the person's card says why."""
    if place.state is not EnrolmentState.ACTIVE:
        left = place.state is EnrolmentState.LEFT
        return people.show_place(visit, place, texts.HAS_LEFT if left else texts.NEEDS_CONSENT)
    opened = open_occasion(visit, place)
    if opened is None:
        waiting = _waiting(visit, place)
        return people.show_place(visit, place, _next(visit, waiting[0] if waiting else None))
    return questions.open_question(visit, opened)


def _waiting(visit: Visit, place: Place) -> list[Occasion]:
    return [
        one
        for one in occasions.of_enrolment(visit.connection, place.enrolment)
        if one.state in {OccasionState.PLANNED, OccasionState.OPEN} and visit.now < one.closes_at
    ]


def _next(visit: Visit, coming: Occasion | None) -> str:
    if coming is None:
        return texts.NOTHING_OPEN
    return texts.next_opens(common.day(coming.opens_at, visit.house.rhythm.zone))
