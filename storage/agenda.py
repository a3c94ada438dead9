"""What a week brings to the groups of some programmes, and what the last one brought. Counts, no answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from storage.analysis.frames import ANSWERED, ENDED_AT
from storage.schema import EnrolmentState, OccasionState, cohort, enrolment, occasion, run
from surveys.model import EnrolmentRole

_OF_PROGRAMMES = cohort.c.programme.in_(bindparam("programmes", expanding=True))


@dataclass(frozen=True, slots=True)
class Opening:
    """A wave that opens for so many people of a group, for the first of them at `opens_at`."""

    cohort: int
    name: str
    programme: str
    wave: str
    opens_at: datetime
    people: int


@dataclass(frozen=True, slots=True)
class OfGroup:
    """How many people or questionnaires of a group are meant."""

    cohort: int
    name: str
    count: int


# As the reports count (`storage.analysis.frames`, `reports.data.participation`): of those who take part.
_OPENING = (
    select(
        cohort.c.id,
        cohort.c.name,
        cohort.c.programme,
        occasion.c.wave,
        func.min(occasion.c.opens_at, type_=occasion.c.opens_at.type),
        func.count(),
    )
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .where(
        _OF_PROGRAMMES,
        enrolment.c.state == EnrolmentState.ACTIVE,
        enrolment.c.role != EnrolmentRole.WAITING,
        occasion.c.state == OccasionState.PLANNED,
        occasion.c.opens_at > bindparam("since"),
        occasion.c.opens_at <= bindparam("until"),
    )
    .group_by(cohort.c.id, cohort.c.name, cohort.c.programme, occasion.c.wave)
    .order_by(func.min(occasion.c.opens_at), cohort.c.id)
)
_ARRIVED = (
    select(cohort.c.id, cohort.c.name, func.count())
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .outerjoin(run, run.c.occasion == func.coalesce(occasion.c.same_as, occasion.c.id))
    .where(
        _OF_PROGRAMMES,
        enrolment.c.state != EnrolmentState.ERASED,
        enrolment.c.role != EnrolmentRole.WAITING,
        occasion.c.state.in_(ANSWERED),
        bindparam("since", type_=run.c.finished_at.type) < ENDED_AT,
        bindparam("until", type_=run.c.finished_at.type) >= ENDED_AT,
    )
    .group_by(cohort.c.id, cohort.c.name)
    .order_by(func.count().desc(), cohort.c.id)
)
_GROUPS_OF = (
    select(cohort.c.id, cohort.c.name, func.count())
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .where(enrolment.c.id.in_(bindparam("enrolments", expanding=True)))
    .group_by(cohort.c.id, cohort.c.name)
    .order_by(func.count().desc(), cohort.c.id)
)


def opening(connection: Connection, programmes: Sequence[str], since: datetime, until: datetime) -> list[Opening]:
    """The waves that open after `since` and by `until`, the first ones first."""
    bound = {"programmes": list(programmes), "since": since, "until": until}
    return [Opening(*row) for row in connection.execute(_OPENING, bound)]


def arrived(connection: Connection, programmes: Sequence[str], since: datetime, until: datetime) -> list[OfGroup]:
    """How many questionnaires came back after `since` and by `until`, by group, most first."""
    bound = {"programmes": list(programmes), "since": since, "until": until}
    return [OfGroup(*row) for row in connection.execute(_ARRIVED, bound)]


def groups_of(connection: Connection, enrolments: Iterable[int]) -> list[OfGroup]:
    """To which groups these people belong, how many to each, most first."""
    return [OfGroup(*row) for row in connection.execute(_GROUPS_OF, {"enrolments": list(enrolments)})]
