"""What was done a moment ago, on a card with »Razveljavi« for one minute. Knows not how it is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot import roles, staffroom
from bot.librarian import people
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import groups as texts
from bot.texts import staff as staff_texts
from bot.visit import Visit, whole
from storage import changes, cohorts, deeds
from storage.changes import Plans
from storage.deeds import Deed
from storage.schema import CallOutcome, EnrolmentState, Undoable


def show(visit: Visit, deed_id: int) -> Reply:
    """The card of what was done just now."""
    return Reply(draw(visit, str(deed_id)), f"done:{deed_id}", fresh=visit.typed)


def again(visit: Visit) -> Reply | None:
    """The card of what was done just now, where it is on the screen: a second tap changes nothing."""
    name, _, deed_id = visit.view.partition(":")
    return show(visit, whole(deed_id)) if name == "done" else None


def undo(visit: Visit, deed_id: str) -> Reply | None:
    """»Razveljavi«: within a minute, and once."""
    done = _here(visit, deed_id)
    if done is None:
        return None
    if done.undone_at is not None:
        return show(visit, done.id)
    if not done.can_be_undone(visit.now):
        return show(visit, done.id).toasted(texts.TOO_LATE)
    if not changes.undo(visit.connection, plans(visit), done, visit.now, roles.actor(visit)):
        shown = show(visit, done.id)
        return replace(shown, card=replace(shown.card, text=texts.NOT_UNDONE))
    return show(visit, done.id)


def draw(visit: Visit, deed_id: str) -> Screen:
    """The card of `done:DEED`."""
    done = _here(visit, deed_id)
    if done is None:
        return Screen(texts.NOTHING_TO_SHOW, column(staffroom.to_desk()))
    ways = column(*_ways(done), staffroom.to_desk())
    if done.undone_at is not None:
        return Screen(texts.UNDONE, ways)
    again = column(Button(texts.UNDO, f"und:{done.id}")) if done.can_be_undone(visit.now) else ()
    return Screen(_words(visit, done), (*again, *ways))


def plans(visit: Visit) -> Plans:
    """What occasions are planned by in this house."""
    return Plans(visit.house.programmes, visit.house.rhythm)


def _here(visit: Visit, deed_id: str) -> Deed | None:
    """The deed, where whoever is here may act for whom it is about."""
    done = deeds.find(visit.connection, whole(deed_id))
    if done is None:
        return None
    if done.cohort is not None:
        group = cohorts.find(visit.connection, done.cohort)
        return done if group is not None and roles.may(visit, Action.ADD_GROUP, group.programme) else None
    place = people.here(visit, str(done.enrolment))
    return done if place is not None and roles.may(visit, Action.ENROL, place.programme) else None


def _ways(done: Deed) -> tuple[Button, ...]:
    """Where one goes on from here: to the list, where it was done on a call."""
    if done.cohort is not None:
        return (Button(staff_texts.TO_GROUP, f"sku:{done.cohort}"),)
    person = Button(texts.PERSON, f"per:{done.enrolment}")
    on_a_call = done.kind is Undoable.CALL or done.details.get("note") is not None
    return (Button(staff_texts.CALLS, "klic"), person) if on_a_call else (person,)


def _words(visit: Visit, done: Deed) -> str:
    if done.cohort is not None:
        group = cohorts.find(visit.connection, done.cohort)
        name = "" if group is None else group.name
        if done.kind is Undoable.CLOSE:
            return texts.closed(name)
        start, end = (date.fromisoformat(day) for day in done.details["is"])
        return texts.redated(name, start, end)
    place = people.here(visit, str(done.enrolment))
    code, group_name = ("", "") if place is None else (place.code, place.cohort_name)
    match done.kind:
        case Undoable.CALL:
            invited = place is not None and place.state is EnrolmentState.INVITED
            return texts.called(code, CallOutcome(done.details["outcome"]), invited=invited)
        case Undoable.MOVE:
            return texts.moved(code, group_name)
        case _:
            return texts.left(code)
