"""/klici: who needs a call from the library, why, and what came of it."""

from __future__ import annotations

from collections import Counter

from bot import roles, staffroom
from bot.librarian import paging, people, undoing
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import groups as group_texts
from bot.texts import staff as texts
from bot.texts.slovene import common
from bot.visit import ForgedError, Visit
from storage import calls, changes
from storage.calls import Call
from storage.participants import Place
from storage.schema import CallOutcome, EnrolmentState

_CALLS_A_PAGE = 20
_OUTCOMES = {"r": CallOutcome.REACHED, "c": CallOutcome.COMING}
_REFUSALS = {"q": CallOutcome.REFUSED, "a": CallOutcome.LEFT}


def show(visit: Visit, page: str = "") -> Reply:
    """/klici."""
    if not roles.programmes(visit, Action.SEE_CALLS):
        return staffroom.refuse(visit)
    argument = paging.asked(page)
    return Reply(draw(visit, argument), f"calls:{argument}", fresh=visit.typed)


def show_one(visit: Visit, enrolment: str) -> Reply | None:
    """One person to call."""
    place = _here(visit, enrolment)
    return None if place is None else _shown(visit, place)


def note(visit: Visit, enrolment: str, outcome: str) -> Reply | None:
    """»Poklicano« or »Pride v knjižnico«: the person leaves the list."""
    if outcome not in _OUTCOMES:
        raise ForgedError(outcome)
    return _done(visit, enrolment, "call", _OUTCOMES[outcome])


def ask_refusal(visit: Visit, enrolment: str) -> Reply | None:
    """»Ne želi«: this questionnaire, or anything any more, is to be said."""
    place = _here(visit, enrolment)
    if place is None:
        return None
    return Reply(draw_refusal(visit, enrolment), f"refusal:{place.enrolment}", fresh=visit.typed)


def refuse(visit: Visit, enrolment: str, what: str) -> Reply | None:
    """The person wants no more messages about what is open, or takes part no longer."""
    if what not in _REFUSALS or (what == "q" and _is_invited(visit, enrolment)):
        raise ForgedError(what)
    return _done(visit, enrolment, "refusal", _REFUSALS[what])


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `calls:PAGE`."""
    needing = _needing(visit)
    if not needing:
        return Screen(texts.CALLS_EMPTY, column(staffroom.to_desk()))
    counts = Counter(one.reason for one in needing)
    page = paging.turned(needing, argument, _CALLS_A_PAGE)
    zone = visit.house.rhythm.zone
    parts = [
        f"<b>{texts.CALLS}</b>",
        "\n".join(texts.calls_of(reason, counts[reason]) for reason in calls.Reason if counts[reason]),
        "\n".join(texts.call(one, zone) for one in page.shown),
        page.words,
    ]
    buttons = [Button(one.code, f"kli:{one.enrolment}") for one in page.shown]
    rows = (*paging.pairs(buttons), *page.arrows("klic"), *column(staffroom.to_desk()))
    return Screen("\n\n".join(part for part in parts if part), rows)


def draw_one(visit: Visit, enrolment: str) -> Screen:
    """The card of `call:ENROLMENT`."""
    place = _here(visit, enrolment)
    if place is None:
        return people.draw(visit, enrolment)
    ways = (Button(group_texts.PERSON, f"per:{place.enrolment}"), Button(texts.CALLS, "klic"))
    one = _call(visit, place)
    if one is None:
        return Screen(group_texts.no_call(place.code), column(*ways))
    notes = calls.notes(visit.connection, place.enrolment)
    rows = column(
        Button(group_texts.REACHED, f"klo:{place.enrolment}:r"),
        Button(group_texts.COMING, f"klo:{place.enrolment}:c"),
        Button(group_texts.REFUSES, f"kln:{place.enrolment}"),
        *ways,
    )
    return Screen(group_texts.call(one, place.cohort_name, notes, visit.house.rhythm.zone), rows)


def draw_refusal(visit: Visit, enrolment: str) -> Screen:
    """The card of `refusal:ENROLMENT`."""
    place = _here(visit, enrolment)
    if place is None:
        return people.draw(visit, enrolment)
    if place.state is EnrolmentState.INVITED:
        not_joining = Button(group_texts.REFUSES_TO_JOIN, f"klz:{place.enrolment}:a")
        cancel = Button(common.CANCEL, f"kli:{place.enrolment}")
        return Screen(group_texts.ask_not_joining(place.code), column(not_joining, cancel))
    rows = column(
        Button(group_texts.REFUSES_THIS, f"klz:{place.enrolment}:q"),
        Button(group_texts.REFUSES_ALL, f"klz:{place.enrolment}:a"),
        Button(common.CANCEL, f"kli:{place.enrolment}"),
    )
    return Screen(group_texts.ask_refusal(place.code), rows)


def _done(visit: Visit, enrolment: str, view: str, outcome: CallOutcome) -> Reply | None:
    """Noted once, from the card that asks, and only of somebody who needs a call."""
    place = _here(visit, enrolment)
    if place is None:
        return None
    if visit.view != f"{view}:{place.enrolment}" or _call(visit, place) is None:
        return undoing.again(visit) or _shown(visit, place)
    actor = roles.actor(visit)
    return undoing.show(visit, changes.called(visit.connection, place, outcome, visit.now, actor))


def _is_invited(visit: Visit, enrolment: str) -> bool:
    """Whether the person has said neither yes nor no, so that no questionnaire is there to be refused."""
    place = _here(visit, enrolment)
    return place is not None and place.state is EnrolmentState.INVITED


def _shown(visit: Visit, place: Place) -> Reply:
    return Reply(draw_one(visit, str(place.enrolment)), f"call:{place.enrolment}", fresh=visit.typed)


def _call(visit: Visit, place: Place) -> Call | None:
    return next((one for one in _needing(visit) if one.enrolment == place.enrolment), None)


def _needing(visit: Visit) -> list[Call]:
    slugs = [one.slug for one in roles.programmes(visit, Action.SEE_CALLS)]
    return calls.needing(visit.connection, slugs, visit.now)


def _here(visit: Visit, enrolment: str) -> Place | None:
    """The place of an enrolment, where whoever is here may note a call to the person."""
    place = people.here(visit, enrolment)
    return place if place is not None and roles.may(visit, Action.SEE_CALLS, place.programme) else None
