"""/klici: who needs a call from the library, why, and what came of it."""

from __future__ import annotations

from collections import Counter

from bot.actions import librarian as actions
from bot.actions.librarian import RefusedInCall, Talked
from bot.conversation import paging, permissions
from bot.conversation.declared import ForgedError
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import person, undo
from bot.staff import staff_home
from bot.texts import cohorts as cohort_texts
from bot.texts import staff as texts
from bot.texts.slovene import common
from bot.views import librarian as views
from storage import calls, staff_actions
from storage.calls import Call
from storage.participants import Enrolment
from storage.schema import CallOutcome, EnrolmentState

_CALLS_A_PAGE = 20
_NOT_JOINED = frozenset({EnrolmentState.INVITED, EnrolmentState.DECLINED})


def by_command(request: Request, words: str) -> Reply:
    """/klici, with the page that follows it."""
    return show(request, paging.of_command(words))


def show(request: Request, page: int = 1) -> Reply:
    """Who needs a call."""
    if not permissions.programmes(request, Permission.SEE_CALLS):
        return staff_home.refuse(request)
    return Reply(draw(request, page), views.calls(page))


def show_one(request: Request, enrolment_id: int) -> Reply | None:
    """One person to call."""
    enrolment = _here(request, enrolment_id)
    return None if enrolment is None else _shown(request, enrolment)


def note(request: Request, enrolment_id: int, outcome: Talked) -> Reply | None:
    """»Poklicano« or »Pride v knjižnico«: the person leaves the list."""
    return _done(request, enrolment_id, views.call(enrolment_id), CallOutcome(outcome.value))


def ask_refusal(request: Request, enrolment_id: int) -> Reply | None:
    """»Ne želi«: this questionnaire, or anything any more, is to be said."""
    enrolment = _here(request, enrolment_id)
    if enrolment is None:
        return None
    return Reply(draw_refusal(request, enrolment_id), views.refusal(enrolment_id))


def refuse(request: Request, enrolment_id: int, outcome: RefusedInCall) -> Reply | None:
    """The person wants no more messages about what is open, or takes part no longer."""
    if outcome is RefusedInCall.WHAT_IS_OPEN and _is_invited(request, enrolment_id):
        raise ForgedError(outcome)
    return _done(request, enrolment_id, views.refusal(enrolment_id), CallOutcome(outcome.value))


def draw(request: Request, page: int) -> Screen:
    """A page of those who need a call."""
    needing = _needing(request)
    if not needing:
        return Screen(texts.CALLS_EMPTY, column(staff_home.to_desk()))
    counts = Counter(one.reason for one in needing)
    part = paging.turned(needing, page, _CALLS_A_PAGE)
    zone = request.services.policy.zone
    parts = [
        f"<b>{texts.CALLS}</b>",
        "\n".join(texts.calls_of(reason, counts[reason]) for reason in calls.CallReason if counts[reason]),
        "\n".join(texts.call(one, zone) for one in part.shown),
        part.words,
    ]
    buttons = [Button(one.code, actions.show_call(one.enrolment)) for one in part.shown]
    rows = (*paging.pairs(buttons), *part.arrows(actions.show_calls), *column(staff_home.to_desk()))
    return Screen("\n\n".join(part for part in parts if part), rows)


def draw_one(request: Request, enrolment_id: int) -> Screen:
    """One person to call."""
    enrolment = _here(request, enrolment_id)
    if enrolment is None:
        return person.draw(request, enrolment_id)
    ways = (Button(cohort_texts.PERSON, actions.show_person(enrolment_id)), Button(texts.CALLS, actions.show_calls()))
    one = _call(request, enrolment)
    if one is None:
        return Screen(cohort_texts.no_call(enrolment.code), column(*ways))
    notes = calls.notes(request.connection, enrolment.id)
    rows = column(
        Button(cohort_texts.REACHED, actions.note_call(enrolment_id, Talked.REACHED)),
        Button(cohort_texts.COMING, actions.note_call(enrolment_id, Talked.COMING)),
        Button(cohort_texts.REFUSES, actions.ask_what_is_refused(enrolment_id)),
        *ways,
    )
    return Screen(cohort_texts.call(one, enrolment.cohort_name, notes, request.services.policy.zone), rows)


def draw_refusal(request: Request, enrolment_id: int) -> Screen:
    """What the person refuses, to be said."""
    enrolment = _here(request, enrolment_id)
    if enrolment is None:
        return person.draw(request, enrolment_id)
    if enrolment.state in _NOT_JOINED:
        not_joining = Button(cohort_texts.REFUSES_TO_JOIN, actions.note_refusal(enrolment_id, RefusedInCall.EVERYTHING))
        cancel = Button(common.CANCEL, actions.show_call(enrolment_id))
        return Screen(cohort_texts.ask_not_joining(enrolment.code), column(not_joining, cancel))
    rows = column(
        Button(cohort_texts.REFUSES_THIS, actions.note_refusal(enrolment_id, RefusedInCall.WHAT_IS_OPEN)),
        Button(cohort_texts.REFUSES_ALL, actions.note_refusal(enrolment_id, RefusedInCall.EVERYTHING)),
        Button(common.CANCEL, actions.show_call(enrolment_id)),
    )
    return Screen(cohort_texts.ask_refusal(enrolment.code), rows)


def _done(request: Request, enrolment_id: int, view: str, outcome: CallOutcome) -> Reply | None:
    """Noted once, from the card that asks, and only of somebody who needs a call."""
    enrolment = _here(request, enrolment_id)
    if enrolment is None:
        return None
    if request.view != view or _call(request, enrolment) is None:
        return undo.again(request) or _shown(request, enrolment)
    actor = permissions.actor(request)
    return undo.show(request, staff_actions.called(request.connection, enrolment, outcome, request.now, actor))


def _is_invited(request: Request, enrolment_id: int) -> bool:
    """Whether the person has not said yes, so that no questionnaire is there to be refused."""
    enrolment = _here(request, enrolment_id)
    return enrolment is not None and enrolment.state in _NOT_JOINED


def _shown(request: Request, enrolment: Enrolment) -> Reply:
    return Reply(draw_one(request, enrolment.id), views.call(enrolment.id))


def _call(request: Request, enrolment: Enrolment) -> Call | None:
    return next((one for one in _needing(request) if one.enrolment == enrolment.id), None)


def _needing(request: Request) -> list[Call]:
    slugs = [one.slug for one in permissions.programmes(request, Permission.SEE_CALLS)]
    return calls.needing(request.connection, slugs, request.now)


def _here(request: Request, enrolment_id: int) -> Enrolment | None:
    """The enrolment, where whoever is here may note a call to the person."""
    enrolment = person.here(request, enrolment_id)
    return (
        enrolment
        if enrolment is not None and permissions.may(request, Permission.SEE_CALLS, enrolment.programme)
        else None
    )
