"""What was done a moment ago, on a card with »Razveljavi« for one minute. Knows not how it is taken back."""

from __future__ import annotations

from datetime import date

from bot.actions import librarian as actions
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import person, waiting_list_starts
from bot.staff import staff_home
from bot.texts import cohorts as texts
from bot.texts import staff as staff_texts
from bot.texts import waiting_list as waiting_texts
from bot.views import librarian as views
from storage import cohorts, staff_actions, undo_log
from storage.participants import Enrolment
from storage.schema import CallOutcome, EnrolmentState, Undoable
from storage.staff_actions import Plans
from storage.undo_log import Deed


def show(request: Request, deed_id: int) -> Reply:
    """The card of what was done just now."""
    return Reply(draw(request, deed_id), views.done(deed_id))


def again(request: Request) -> Reply | None:
    """The card of what was done just now, where it is on the screen: a second tap changes nothing."""
    shown = views.done.arguments_of(request.view)
    return None if shown is None else show(request, *shown)


def undo(request: Request, deed_id: int) -> Reply | None:
    """»Razveljavi«: within a minute, and once."""
    done = _here(request, deed_id)
    if done is None:
        return None
    if done.undone_at is not None:
        return show(request, done.id)
    if not done.can_be_undone(request.now):
        return show(request, done.id).toasted(texts.TOO_LATE)
    if not staff_actions.undo(request.connection, plans(request), done, request.now, permissions.actor(request)):
        shown = show(request, done.id)
        return Reply(Screen(texts.NOT_UNDONE, shown.card.rows), shown.view)
    return show(request, done.id)


def draw(request: Request, deed_id: int) -> Screen:
    """What was done, or that it was taken back."""
    done = _here(request, deed_id)
    if done is None:
        return Screen(texts.NOTHING_TO_SHOW, column(staff_home.to_desk()))
    ways = column(*_ways(done), staff_home.to_desk())
    if done.undone_at is not None:
        return Screen(texts.UNDONE, ways)
    again = column(Button(texts.UNDO, actions.take_back(done.id))) if done.can_be_undone(request.now) else ()
    return Screen(_words(request, done), (*again, *ways))


def plans(request: Request) -> Plans:
    """What occasions are planned by in this services."""
    return Plans(request.services.programmes, request.services.policy)


def _here(request: Request, deed_id: int) -> Deed | None:
    """The deed, where whoever is here may act for whom it is about."""
    done = undo_log.find(request.connection, deed_id)
    if done is None:
        return None
    if done.cohort is not None:
        group = cohorts.find(request.connection, done.cohort)
        return done if group is not None and permissions.may(request, Permission.ADD_GROUP, group.programme) else None
    enrolment = _place(request, done)
    return done if enrolment is not None and permissions.may(request, Permission.ENROL, enrolment.programme) else None


def _ways(done: Deed) -> tuple[Button, ...]:
    """Where one goes on from here: to the list, where it was done on a call."""
    if done.cohort is not None:
        return (Button(staff_texts.TO_GROUP, actions.show_cohort(done.cohort)),)
    to_person = Button(texts.PERSON, actions.show_person(_whose(done)))
    on_a_call = done.kind is Undoable.CALL or done.details.get("note") is not None
    return (Button(staff_texts.CALLS, actions.show_calls()), to_person) if on_a_call else (to_person,)


def _whose(done: Deed) -> int:
    """The enrolment that is worked on from here: where somebody began, that one."""
    enrolment_id = done.details.get("began", done.enrolment) if done.undone_at is None else done.enrolment
    if enrolment_id is None:
        raise LookupError("what was done is about nobody")
    return int(enrolment_id)


def _place(request: Request, done: Deed) -> Enrolment | None:
    """About whom it is, where whoever is here may see them."""
    return None if done.enrolment is None else person.here(request, done.enrolment)


def _moved(request: Request, done: Deed, code: str, group_name: str) -> str:
    if "began" not in done.details:
        return texts.moved(code, group_name)
    target = cohorts.find(request.connection, done.details["to"])
    return waiting_texts.began(
        code, "" if target is None else target.name, waiting_list_starts.baseline(request, done.details["began"])
    )


def _words(request: Request, done: Deed) -> str:
    if done.cohort is not None:
        group = cohorts.find(request.connection, done.cohort)
        name = "" if group is None else group.name
        if done.kind is Undoable.CLOSE:
            return texts.closed(name)
        start, end = (date.fromisoformat(day) for day in done.details["is"])
        return texts.redated(name, start, end)
    enrolment = _place(request, done)
    code, group_name = ("", "") if enrolment is None else (enrolment.code, enrolment.cohort_name)
    match done.kind:
        case Undoable.CALL:
            invited = enrolment is not None and enrolment.state is EnrolmentState.INVITED
            return texts.called(code, CallOutcome(done.details["outcome"]), invited=invited)
        case Undoable.MOVE:
            return _moved(request, done, code, group_name)
        case _:
            return texts.left(code)
