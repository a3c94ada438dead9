"""A list of people beside what is stored: whose codes are known here, what would happen, and the enrolment of all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.house import House
from bot.lists import people
from bot.lists.people import Listed, People, Problem, Wrong
from storage import enrolments, participants
from storage.cohorts import Cohort
from storage.enrolments import Enrolled, Known
from storage.schema import EnrolmentState
from surveys.languages import NAMES


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list would do: nobody is enrolled while there are problems. `known` are those with a code, by row."""

    people: People
    problems: tuple[Problem, ...]
    known: dict[int, Known]

    @property
    def new(self) -> int:
        """How many would get a new code."""
        return len(self.people.listed) - len(self.known)


def plan(connection: Connection, house: House, cohort: Cohort, data: bytes) -> Plan:
    """What the list in a file would do in a group. Raises `sheet.UnreadableError`."""
    read = people.read(data)
    known: dict[int, Known] = {}
    offered = house.programmes[cohort.programme].languages
    problems = list(read.problems)
    refused = {one.row for one in problems if one.wrong in {Wrong.CODE_WRONG, Wrong.CODE_TWICE}}
    for one in read.listed:
        if one.language in NAMES and one.language not in offered:
            problems.append(Problem(one.row, Wrong.LANGUAGE_NOT_OFFERED, " ".join(offered)))
        if one.code and one.row not in refused:
            found = _known(connection, house, cohort, one)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                known[one.row] = found
    return Plan(read, tuple(sorted(problems, key=lambda one: one.row)), known)


def enrol(
    connection: Connection, house: House, cohort: Cohort, wanted: Plan, now: datetime, actor: str
) -> list[Enrolled]:
    """Everybody on the list, in its order. Raises ValueError where there are problems."""
    if wanted.problems:
        raise ValueError("a list with problems enrols nobody")
    programme = house.programmes[cohort.programme]
    return [
        enrolments.enrol(
            connection,
            house.keys,
            programme,
            cohort,
            now,
            actor,
            known=wanted.known.get(one.row),
            language=one.language or "sl",
        )
        for one in wanted.people.listed
    ]


def _known(connection: Connection, house: House, cohort: Cohort, one: Listed) -> Known | Problem:
    """Whose code it is, where that person is of this library and not in the group yet."""
    of_library = {
        slug for slug, other in house.programmes.items() if other.code == house.programmes[cohort.programme].code
    }
    places = [
        place
        for place in participants.of_code(connection, one.code)
        if place.state is not EnrolmentState.ERASED and place.programme in of_library
    ]
    if not places:
        return Problem(one.row, Wrong.CODE_UNKNOWN, one.code)
    if any(place.cohort == cohort.id for place in places):
        return Problem(one.row, Wrong.CODE_IN_GROUP, one.code)
    return Known(places[0].participant, one.code)
