"""A list of people beside what is stored: whose codes are known here, what would happen, and the enrolment of all."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.rosters.people import Listed, Roster, RosterProblem, RowFault
from bot.runtime.services import Services
from storage import access_links, enrolments, participants, waiting_list_starts
from storage.access_links import OnCard
from storage.cohorts import Cohort
from storage.enrolments import Enrolled, Known
from storage.participants import Enrolment
from storage.schema import Allocation, EnrolmentState
from surveys.languages import NAMES
from surveys.model import EnrolmentRole


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list would do: nobody is enrolled while there are problems. `known` are those with a code, by row."""

    people: Roster
    problems: tuple[RosterProblem, ...]
    known: dict[int, Known]
    begin: Mapping[int, Enrolment]  # of those with a code the ones who wait: they begin with the group, by row

    @property
    def new(self) -> int:
        """How many would get a new code."""
        return len(self.people.listed) - len(self.known)


def plan(connection: Connection, services: Services, cohort: Cohort, read: Roster) -> Plan:
    """What a list would do in a group."""
    known: dict[int, Known] = {}
    begin: dict[int, Enrolment] = {}
    offered = services.programmes[cohort.programme].languages
    problems = list(read.problems)
    refused = {one.row for one in problems if one.wrong in {RowFault.CODE_WRONG, RowFault.CODE_TWICE}}
    for one in read.listed:
        if one.language in NAMES and one.language not in offered:
            problems.append(RosterProblem(one.row, RowFault.LANGUAGE_NOT_OFFERED, " ".join(offered)))
        if one.code and one.row not in refused:
            found = _known(connection, services, cohort, one)
            if isinstance(found, RosterProblem):
                problems.append(found)
            else:
                known[one.row] = found
                waits = _waiting(connection, cohort, one.code)
                if waits is not None:
                    begin[one.row] = waits
    return Plan(read, tuple(sorted(problems, key=lambda one: one.row)), known, begin)


def enrol(
    connection: Connection,
    services: Services,
    cohort: Cohort,
    wanted: Plan,
    now: datetime,
    actor: str,
    waiting: Container[int] = (),
    allocation: Allocation | None = None,
) -> list[Enrolled]:
    """Everybody on the list, in its order. Raises ValueError where there are problems.

    `waiting`: the places in that order of those who wait for the next cohort, `allocation`: how that was decided.
    """
    if wanted.problems:
        raise ValueError("a list with problems enrols nobody")
    programme = services.programmes[cohort.programme]
    return [
        _begin(connection, services, cohort, wanted.begin[one.row], now, actor)
        if one.row in wanted.begin and place not in waiting
        else enrolments.enrol(
            connection,
            services.keys,
            programme,
            cohort,
            now,
            actor,
            known=wanted.known.get(one.row),
            language=one.language or "sl",
            role=EnrolmentRole.WAITING if place in waiting else EnrolmentRole.PARTICIPANT,
            allocation=allocation if place in waiting else None,
        )
        for place, one in enumerate(wanted.people.listed)
    ]


def _waiting(connection: Connection, cohort: Cohort, code: str) -> Enrolment | None:
    """The place of waiting from which this person may begin with the group, if any."""
    waits = [
        enrolment
        for enrolment in participants.of_code(connection, code)
        if enrolment.waits
        and enrolment.state in {EnrolmentState.ACTIVE, EnrolmentState.INVITED}
        and (enrolment.programme, enrolment.audience) == (cohort.programme, cohort.audience)
        and waiting_list_starts.began_in(connection, enrolment) is None
    ]
    return waits[-1] if waits else None


def _begin(
    connection: Connection, services: Services, cohort: Cohort, enrolment: Enrolment, now: datetime, actor: str
) -> Enrolled:
    """Who waits begins with the group, as with »Začenja s skupino«."""
    programme = services.programmes[cohort.programme]
    details = waiting_list_starts.begin(
        connection, services.keys, programme, enrolment, cohort, services.policy, now, actor
    )
    on_card = access_links.open_card(connection, services.keys, details["began"], now) or OnCard("", "")
    return Enrolled(enrolment.code, on_card, details["began"])


def _known(connection: Connection, services: Services, cohort: Cohort, one: Listed) -> Known | RosterProblem:
    """Whose code it is, where that person is of this library and not in the group yet."""
    of_library = {
        slug for slug, other in services.programmes.items() if other.code == services.programmes[cohort.programme].code
    }
    held = [
        enrolment
        for enrolment in participants.of_code(connection, one.code)
        if enrolment.state is not EnrolmentState.ERASED and enrolment.programme in of_library
    ]
    if not held:
        return RosterProblem(one.row, RowFault.CODE_UNKNOWN, one.code)
    if any(enrolment.cohort == cohort.id for enrolment in held):
        return RosterProblem(one.row, RowFault.CODE_IN_GROUP, one.code)
    return Known(held[0].participant, one.code)
