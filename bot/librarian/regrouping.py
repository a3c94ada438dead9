"""»V drugo skupino«: a person goes on in another group of the programme, after it was shown what that moves."""

from __future__ import annotations

from bot import roles
from bot.coordinator import dates
from bot.librarian import paging, people, undoing
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import groups as texts
from bot.texts.slovene import common
from bot.visit import Visit, whole
from storage import changes, foresight
from storage.cohorts import Cohort
from storage.participants import Place

_GROUPS_A_PAGE = 8


def choose(visit: Visit, enrolment: str, page: str = "1") -> Reply | None:
    """»V drugo skupino«: into which?."""
    place = _here(visit, enrolment)
    if place is None:
        return None
    argument = f"{place.enrolment}:{whole(page)}"
    return Reply(draw_choice(visit, argument), f"targets:{argument}", fresh=visit.typed)


def ask(visit: Visit, enrolment: str, cohort_id: str) -> Reply | None:
    """The group was chosen: what moves, to be confirmed."""
    place = _here(visit, enrolment)
    target = None if place is None else _target(visit, place, cohort_id)
    if place is None or target is None:
        return choose(visit, enrolment)
    argument = f"{place.enrolment}:{target.id}"
    return Reply(draw(visit, argument), f"regroup:{argument}", fresh=visit.typed)


def move(visit: Visit, enrolment: str, cohort_id: str) -> Reply | None:
    """The person is in the other group, once, from the card that shows what that does."""
    place = _here(visit, enrolment)
    if place is None:
        return None
    target = _target(visit, place, cohort_id)
    if target is None or visit.view != f"regroup:{place.enrolment}:{target.id}":
        return undoing.again(visit) or people.show(visit, enrolment)
    actor = roles.actor(visit)
    done = changes.move(visit.connection, undoing.plans(visit), place, target, visit.now, actor)
    return undoing.show(visit, done)


def draw_choice(visit: Visit, argument: str) -> Screen:
    """The card of `targets:ENROLMENT:PAGE`."""
    enrolment, _, number = argument.partition(":")
    place = _here(visit, enrolment)
    if place is None:
        return people.draw(visit, enrolment)
    back = Button(common.BACK, f"per:{place.enrolment}")
    targets = _targets(visit, place)
    if not targets:
        return Screen(texts.NO_OTHER_GROUP, column(back))
    page = paging.turned(targets, number, _GROUPS_A_PAGE)
    buttons = [Button(one.name, f"psa:{place.enrolment}:{one.id}") for one in page.shown]
    words = "\n\n".join(part for part in (texts.choose_target(place.code, place.cohort_name), page.words) if part)
    return Screen(words, (*column(*buttons), *page.arrows(f"psk:{place.enrolment}"), *column(back)))


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `regroup:ENROLMENT:COHORT`."""
    enrolment, _, cohort_id = argument.partition(":")
    place = _here(visit, enrolment)
    target = None if place is None else _target(visit, place, cohort_id)
    if place is None or target is None:
        return people.draw(visit, enrolment)
    programme = visit.house.programmes[place.programme]
    shifts = foresight.of_person(visit.connection, programme, place.enrolment, target, visit.house.rhythm, visit.now)
    words = texts.ask_move(place.code, place.cohort_name, target.name, dates.described(visit, place.programme, shifts))
    rows = column(
        Button(texts.CONFIRM, f"psx:{place.enrolment}:{target.id}"), Button(common.CANCEL, f"per:{place.enrolment}")
    )
    return Screen(words, rows)


def _target(visit: Visit, place: Place, cohort_id: str) -> Cohort | None:
    return next((one for one in _targets(visit, place) if one.id == whole(cohort_id)), None)


def _targets(visit: Visit, place: Place) -> list[Cohort]:
    today = visit.now.astimezone(visit.house.rhythm.zone).date()
    return foresight.targets(visit.connection, place.enrolment, today)


def _here(visit: Visit, enrolment: str) -> Place | None:
    place = people.here(visit, enrolment)
    return place if place is not None and roles.may(visit, Action.ENROL, place.programme) else None
