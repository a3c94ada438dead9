"""Groups as their librarians see them: who is enrolled, who takes part, who answered. Counts and states, no answers.

Counts are of the people whom the reports count; who waits for the next group stands apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from storage.analysis.frames import ANSWERED, ENDED_AT
from storage.cohorts import IS_THERE
from storage.schema import (
    DeliveryState,
    EnrolmentState,
    OccasionState,
    answer,
    cohort,
    delivery,
    enrolment,
    occasion,
    participant,
    run,
)
from surveys.model import EnrolmentRole

_PRESENT = enrolment.c.state != EnrolmentState.ERASED
_WAITS = enrolment.c.role == EnrolmentRole.WAITING
_OF_PROGRAMMES = cohort.c.programme.in_(bindparam("programmes", expanding=True))
_IN_COHORTS = enrolment.c.cohort.in_(bindparam("cohorts", expanding=True))


class EnrolmentStanding(StrEnum):
    """Where a person stands, in one word."""

    WAITING = "waiting"  # enrolled, has not said yes or no
    TAKES_PART = "takes_part"
    ANSWERED = "answered"  # the newest questionnaire
    HALF = "half"  # of the newest questionnaire
    DECLINED = "declined"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class CohortSummary:
    """A cohort with how many are `enrolled`, how many ever `joined`, and how many answered each wave, by its id.

    Who waits for the next group is in none of these.
    """

    cohort: int
    programme: str
    name: str
    audience: str
    start: date
    end: date
    enrolled: int
    joined: int
    answered: Mapping[str, int]
    closed: bool = False  # before its end
    waiting: int = 0  # who wait for the next one
    waiting_joined: int = 0  # of these, who ever joined

    @property
    def people(self) -> int:
        """Who takes part and who waits."""
        return self.enrolled + self.waiting

    @property
    def people_joined(self) -> int:
        """Of all these, who ever joined."""
        return self.joined + self.waiting_joined


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a group."""

    enrolment: int
    code: str
    standing: EnrolmentStanding
    waits: bool = False  # for the next group


@dataclass(frozen=True, slots=True)
class WaveOf:
    """One wave of one person; `begun` once there is an answer."""

    wave: str
    opens_at: datetime
    closes_at: datetime
    state: OccasionState
    begun: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """A few numbers of some programmes together; who waits for the next group is in the last two alone."""

    enrolled: int  # enrolments, whatever became of them but erasure
    active: int  # who take part now
    unreachable: int  # of these, with the bot blocked or the account gone
    open: int  # questionnaires that can be answered now
    answered: int  # in the time asked for
    opening: int  # questionnaires that will open in the time asked for
    waiting: int  # messages that should have gone out by now
    on_waiting_list: int


_COHORT: Select[*tuple[Any, ...]] = select(
    cohort.c.id, cohort.c.programme, cohort.c.name, cohort.c.audience, cohort.c.start, cohort.c.end, cohort.c.closed_at
)
_PAGE = (
    _COHORT.where(_OF_PROGRAMMES, IS_THERE)
    .order_by(cohort.c.start.desc(), cohort.c.id.desc())
    .offset(bindparam("first"))
    .limit(bindparam("most"))
)
_BY_ID = _COHORT.where(cohort.c.id == bindparam("cohort_id"), IS_THERE)
_COUNT = select(func.count()).where(_OF_PROGRAMMES, IS_THERE)
_SIZES = (
    select(
        enrolment.c.cohort,
        func.count().filter(~_WAITS).label("enrolled"),
        func.count(enrolment.c.joined_at).filter(~_WAITS).label("joined"),
        func.count().filter(_WAITS).label("waiting"),
        func.count(enrolment.c.joined_at).filter(_WAITS).label("waiting_joined"),
    )
    .where(_IN_COHORTS, _PRESENT)
    .group_by(enrolment.c.cohort)
)
_WAVES_ANSWERED = (
    select(enrolment.c.cohort, occasion.c.wave, func.count().label("answered"))
    .join_from(enrolment, occasion)
    .where(_IN_COHORTS, _PRESENT, ~_WAITS, occasion.c.state.in_(ANSWERED))
    .group_by(enrolment.c.cohort, occasion.c.wave)
)
_BEGUN = select(answer.c.run).where(answer.c.run == run.c.id).exists()
_MEMBERS = (
    select(
        enrolment.c.id,
        participant.c.code,
        enrolment.c.state,
        enrolment.c.role,
        occasion.c.state.label("newest"),
        (run.c.id.is_not(None) & _BEGUN).label("begun"),
    )
    .join_from(enrolment, participant)
    .outerjoin(
        occasion,
        (occasion.c.enrolment == enrolment.c.id)
        & occasion.c.state.not_in((OccasionState.PLANNED, OccasionState.CANCELLED)),
    )
    .outerjoin(run, run.c.occasion == occasion.c.id)
    .where(enrolment.c.cohort == bindparam("cohort_id"), _PRESENT)
    .order_by(participant.c.code, occasion.c.opens_at)
)
_WAVES_OF = (
    select(
        occasion.c.wave,
        occasion.c.opens_at,
        occasion.c.closes_at,
        occasion.c.state,
        (run.c.id.is_not(None) & _BEGUN).label("begun"),
    )
    .join_from(occasion, run, run.c.occasion == occasion.c.id, isouter=True)
    .where(occasion.c.enrolment == bindparam("enrolment_id"))
    .order_by(occasion.c.opens_at, occasion.c.id)
)
_TAKES_PART = enrolment.c.state == EnrolmentState.ACTIVE
_PEOPLE_NUMBERS = (
    select(
        func.count().filter(~_WAITS),
        func.count().filter(~_WAITS, _TAKES_PART),
        func.count().filter(~_WAITS, _TAKES_PART, participant.c.unreachable_at.is_not(None)),
        func.count().filter(_WAITS),
    )
    .join_from(cohort, enrolment)
    .join(participant, participant.c.id == enrolment.c.participant)
    .where(_OF_PROGRAMMES, _PRESENT)
)
_OCCASION_NUMBERS = (
    select(
        func.count().filter(occasion.c.state == OccasionState.OPEN, occasion.c.closes_at > bindparam("now")),
        func.count().filter(
            occasion.c.state.in_(ANSWERED),
            bindparam("since", type_=run.c.finished_at.type) < ENDED_AT,
            bindparam("now", type_=run.c.finished_at.type) >= ENDED_AT,
        ),
        func.count().filter(
            occasion.c.state == OccasionState.PLANNED, occasion.c.opens_at.between(bindparam("now"), bindparam("until"))
        ),
    )
    .join_from(cohort, enrolment)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .outerjoin(run, run.c.occasion == occasion.c.id)
    .where(_OF_PROGRAMMES, ~_WAITS, enrolment.c.state.in_((EnrolmentState.ACTIVE, EnrolmentState.LEFT)))
)
_WAITING = (
    select(func.count())
    .join_from(cohort, enrolment)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .join(delivery, delivery.c.occasion == occasion.c.id)
    .where(
        _OF_PROGRAMMES,
        delivery.c.state.in_((DeliveryState.DUE, DeliveryState.SENDING)),
        delivery.c.planned_at <= bindparam("now"),
    )
)


def count(connection: Connection, programmes: Sequence[str]) -> int:
    """How many groups these programmes have."""
    counted: int = connection.execute(_COUNT, {"programmes": list(programmes)}).scalar_one()
    return counted


def page(connection: Connection, programmes: Sequence[str], first: int, most: int) -> list[CohortSummary]:
    """At most `most` groups of these programmes after `first` others, those that began last first."""
    bound = {"programmes": list(programmes), "first": first, "most": most}
    return _with_counts(connection, connection.execute(_PAGE, bound).all())


def find(connection: Connection, cohort_id: int) -> CohortSummary | None:
    """The group with this number."""
    return next(iter(_with_counts(connection, connection.execute(_BY_ID, {"cohort_id": cohort_id}).all())), None)


def members(connection: Connection, cohort_id: int) -> list[Member]:
    """Everybody in a group, by code."""
    found: dict[int, Member] = {}
    for row in connection.execute(_MEMBERS, {"cohort_id": cohort_id}):
        standing = _standing(row.state, row.newest, begun=bool(row.begun))
        found[row.id] = Member(row.id, row.code, standing, row.role is EnrolmentRole.WAITING)
    return list(found.values())


def waves_of(connection: Connection, enrolment_id: int) -> list[WaveOf]:
    """The waves of one person in one cohort, in the order of time."""
    rows = connection.execute(_WAVES_OF, {"enrolment_id": enrolment_id})
    return [WaveOf(row.wave, row.opens_at, row.closes_at, row.state, bool(row.begun)) for row in rows]


def numbers(
    connection: Connection, programmes: Sequence[str], since: datetime, now: datetime, until: datetime
) -> Numbers:
    """What is so `now`, what was answered from `since` on, and what opens before `until`."""
    bound = {"programmes": list(programmes), "since": since, "now": now, "until": until}
    enrolled, active, unreachable, on_waiting_list = connection.execute(_PEOPLE_NUMBERS, bound).one()
    open_now, answered, opening = connection.execute(_OCCASION_NUMBERS, bound).one()
    waiting = connection.execute(_WAITING, bound).scalar_one()
    return Numbers(enrolled, active, unreachable, open_now, answered, opening, waiting, on_waiting_list)


def _with_counts(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[CohortSummary]:
    within = {"cohorts": [row.id for row in rows]}
    sizes = {
        row.cohort: (row.enrolled, row.joined, row.waiting, row.waiting_joined)
        for row in connection.execute(_SIZES, within)
    }
    answered: dict[int, dict[str, int]] = defaultdict(dict)
    for row in connection.execute(_WAVES_ANSWERED, within):
        answered[row.cohort][row.wave] = row.answered
    found = []
    for row in rows:
        enrolled, joined, *waiting = sizes.get(row.id, (0, 0, 0, 0))
        found.append(
            CohortSummary(
                row.id,
                row.programme,
                row.name,
                row.audience,
                row.start,
                row.end,
                enrolled,
                joined,
                answered[row.id],
                row.closed_at is not None,
                *waiting,
            )
        )
    return found


def _standing(state: EnrolmentState, newest: OccasionState | None, *, begun: bool) -> EnrolmentStanding:
    if state is not EnrolmentState.ACTIVE:
        return _OUTSIDE[state]
    if newest is OccasionState.COMPLETE:
        return EnrolmentStanding.ANSWERED
    half = newest is OccasionState.PARTIAL or (newest is OccasionState.OPEN and begun)
    return EnrolmentStanding.HALF if half else EnrolmentStanding.TAKES_PART


_OUTSIDE = {
    EnrolmentState.INVITED: EnrolmentStanding.WAITING,
    EnrolmentState.DECLINED: EnrolmentStanding.DECLINED,
    EnrolmentState.LEFT: EnrolmentStanding.LEFT,
}
