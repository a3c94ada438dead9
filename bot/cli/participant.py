"""`participant move`, `participant leave`: one person, known by the code, after it was shown what that would do."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import Connection

from bot.cli.cohort import NOT_YET, cohort_of
from bot.cli.opening import OPERATOR, house_of, programme_of, say
from bot.cli.problem import Problem
from bot.house import House
from reports.weeks import local_day
from storage import changes, codes, foresight, occasions, participants
from storage.changes import Plans
from storage.cohorts import Cohort
from storage.foresight import Shift
from storage.participants import Place
from storage.schema import EnrolmentState

_TAKES_PART = {EnrolmentState.INVITED, EnrolmentState.ACTIVE}


def move(given: Namespace) -> None:
    """Move somebody to another cohort of the programme; without --yes only say what moves."""
    house = house_of(given)
    _told(house, partial(_move, house=house, given=given), changing=given.yes)


def leave(given: Namespace) -> None:
    """End somebody's taking part; the answers stay. Without --yes only say what is not asked any more."""
    house = house_of(given)
    _told(house, partial(_leave, house=house, given=given), changing=given.yes)


def _told(house: House, unit: Callable[[Connection], list[str]], *, changing: bool) -> None:
    for line in house.database.write_now(unit) if changing else house.database.read_now(unit):
        say(line)


def _move(connection: Connection, house: House, given: Namespace) -> list[str]:
    place = _place(connection, given.code, given.within)
    target = _target(connection, house, place, given.cohort)
    now, programme = house.clock(), programme_of(house, place.programme)
    if given.yes:
        changes.move(connection, Plans(house.programmes, house.rhythm), place, target, now, OPERATOR)
        return [f"{place.code} is in »{target.name}«, with all answers."]
    shifts = foresight.of_person(connection, programme, place.enrolment, target, house.rhythm, now)
    moved = [f"  {line}" for one in shifts for line in _described(one)] or ["  nothing that is to come"]
    return [f"{place.code} would go from »{place.cohort_name}« to »{target.name}«, with all answers:", *moved, NOT_YET]


def _leave(connection: Connection, house: House, given: Namespace) -> list[str]:
    place = _place(connection, given.code, given.within)
    if given.yes:
        changes.leave(connection, place, house.clock(), OPERATOR)
        return [f"{place.code} takes part in »{place.cohort_name}« no longer; the answers stay."]
    waiting = len(occasions.waiting(connection, place.enrolment))
    return [
        f"{place.code} would take part in »{place.cohort_name}« no longer; the answers stay.",
        f"  questionnaires that would not be asked any more: {waiting}",
        NOT_YET,
    ]


def _place(connection: Connection, written: str, within: str | None) -> Place:
    """Where the person with this code takes part; raises Problem where that is nowhere, or not one cohort."""
    code = codes.read_code(written)
    if code is None:
        raise Problem(f"{written} is not a code: each has three letters of the library and five characters more.")
    places = [one for one in participants.of_code(connection, code) if one.state in _TAKES_PART]
    if within is not None:
        cohort = cohort_of(connection, within)
        places = [one for one in places if one.cohort == cohort.id]
    if not places:
        raise Problem(f"{code} takes part in no cohort{'' if within is None else ' of that name or number'}.")
    if len(places) > 1:
        listed = ", ".join(f"{one.cohort} (»{one.cohort_name}«)" for one in places)
        raise Problem(f"{code} takes part in several cohorts: say which with --in; there are: {listed}.")
    return places[0]


def _target(connection: Connection, house: House, place: Place, reference: str) -> Cohort:
    """The cohort to which the person can go; raises Problem where it is none of those."""
    wanted = cohort_of(connection, reference)
    possible = foresight.targets(connection, place.enrolment, local_day(house.clock()))
    if wanted.id not in {one.id for one in possible}:
        listed = ", ".join(f"{one.id} (»{one.name}«)" for one in possible)
        ways = f"there are: {listed}" if possible else "there is none"
        raise Problem(
            f"{place.code} can go to another open cohort of {place.programme}, not to »{wanted.name}«; {ways}."
        )
    return wanted


def _described(shift: Shift) -> Iterator[str]:
    """What becomes of one wave of one person."""
    for before, after in shift.moved:
        yield f"{shift.wave}: from {before} to {after}"
    for count, words in (
        (shift.same, "the day stays"),
        (shift.sent, "the invitation is out, or it has ended; it stays as it is"),
        (shift.late, "it would have closed already; it stays as it is"),
        (shift.added, "is asked as well"),
        (shift.cancelled, "is not asked any more"),
    ):
        if count:
            yield f"{shift.wave}: {words}"
