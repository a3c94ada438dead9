"""What somebody answered last while waiting is the first answer in the group that they join. Knows no screens.

The occasion of the first wave then points to the other one (`same_as`): nothing is copied, and nothing asked twice.
When the group begins to ask, what was not begun while waiting is over; what is half answered is finished, and counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, exists, func, insert, select, update

from storage import deliveries
from storage.schema import (
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    OccasionState,
    answer,
    cohort,
    delivery,
    enrolment,
    occasion,
    run,
)
from surveys import waiting as rules
from surveys.contact_policy import ContactPolicy, local_day
from surveys.model import EnrolmentRole, Programme
from surveys.plan import plan

_UNDER_WAY = (OccasionState.PLANNED, OccasionState.OPEN)
_JOINED: Select[*tuple[Any, ...]] = (
    select(enrolment.c.id, enrolment.c.joined_at, cohort.c.start, cohort.c.end, cohort.c.audience)
    .join_from(enrolment, cohort)
    .where(
        enrolment.c.role == EnrolmentRole.PARTICIPANT,
        enrolment.c.state == EnrolmentState.ACTIVE,
        cohort.c.programme == bindparam("programme"),
        cohort.c.closed_at.is_(None),
        enrolment.c.participant
        == select(enrolment.c.participant).where(enrolment.c.id == bindparam("enrolment_id")).scalar_subquery(),
    )
    .order_by(enrolment.c.id)
)
_OF_THOSE_WHO_WAIT: Select[*tuple[Any, ...]] = (
    select(
        occasion.c.id,
        occasion.c.enrolment,
        occasion.c.state,
        run.c.started_at,
        func.coalesce(run.c.finished_at, occasion.c.closes_at).label("ended_at"),
        exists(select(answer.c.item).where(answer.c.run == run.c.id)).label("begun"),
    )
    .join_from(enrolment, cohort)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .outerjoin(run, run.c.occasion == occasion.c.id)
    .where(
        enrolment.c.role == EnrolmentRole.WAITING,
        enrolment.c.state.in_((EnrolmentState.ACTIVE, EnrolmentState.LEFT)),
        cohort.c.programme == bindparam("programme"),
        enrolment.c.participant
        == select(enrolment.c.participant).where(enrolment.c.id == bindparam("enrolment_id")).scalar_subquery(),
    )
    .order_by(occasion.c.opens_at.desc(), occasion.c.id.desc())
)
_WHO_WAITED = (
    select(enrolment.c.id)
    .join_from(enrolment, cohort)
    .where(enrolment.c.role == EnrolmentRole.WAITING, cohort.c.programme == bindparam("programme"))
    .order_by(enrolment.c.id)
)
_FIRST = (
    select(occasion.c.id, occasion.c.state, occasion.c.same_as, run.c.id.label("run"))
    .join_from(occasion, run, run.c.occasion == occasion.c.id, isouter=True)
    .where(occasion.c.enrolment == bindparam("enrolment_id"), occasion.c.wave == bindparam("first"))
)
_ANSWERED_AT = (
    select(func.coalesce(run.c.finished_at, run.c.started_at))
    .join_from(occasion, run, run.c.occasion == func.coalesce(occasion.c.same_as, occasion.c.id))
    .where(
        occasion.c.id == bindparam("occasion_id"),
        occasion.c.state.in_((OccasionState.COMPLETE, OccasionState.PARTIAL)),
    )
)
_ADD = insert(occasion).returning(occasion.c.id)
_POINT = update(occasion).where(occasion.c.id == bindparam("occasion_id"))
_RING_AGAIN = (
    update(delivery)
    .where(delivery.c.key == bindparam("ring"), delivery.c.state == DeliveryState.CANCELLED)
    .values(due_at=bindparam("due"), planned_at=bindparam("due"), state=DeliveryState.DUE, ended_at=None)
)
_HAS_RUNG = select(exists(select(delivery.c.id).where(delivery.c.key == bindparam("ring"))))


def follow(
    connection: Connection, programme: Programme, enrolment_id: int, policy: ContactPolicy, now: datetime
) -> bool:
    """Wherever this person takes part, let the last answers of the time of waiting be the first ones.

    `enrolment_id`: any of the person's. Where nobody waited, nothing is done; gives whether somebody did.
    """
    of_person = {"enrolment_id": enrolment_id, "programme": programme.slug}
    waited = connection.execute(_OF_THOSE_WHO_WAIT, of_person).all()
    if not waited:
        return False
    for joined in connection.execute(_JOINED, of_person).all():
        pair = rules.first_and_last(programme, joined.audience)
        opens_at = None if pair is None else _opening(programme, joined, pair[0].id, policy)
        if pair is None or opens_at is None:
            continue
        before = [one for one in waited if one.enrolment < joined.id]
        here = connection.execute(_FIRST, {"enrolment_id": joined.id, "first": pair[0].id}).one_or_none()
        if here is None or (here.run is None and here.state is not OccasionState.MISSED):
            _bring(
                connection, joined, pair[0].id, here, _last(before, _first_day(joined, policy), policy), opens_at, now
            )
        if opens_at <= now:
            _end(connection, before, now)
            _hold(connection, joined, pair[0].id, before, now)
    return True


def answered_at(connection: Connection, occasion_id: int) -> datetime | None:
    """When the first questionnaire of taking part was answered, perhaps while waiting; None where it was not."""
    return connection.execute(_ANSWERED_AT, {"occasion_id": occasion_id}).scalar_one_or_none()


def follow_all(connection: Connection, programme: Programme, policy: ContactPolicy, now: datetime) -> None:
    """The same for everybody who waited in a programme: an import brings answers, and not where they count as well."""
    for enrolment_id in connection.scalars(_WHO_WAITED, {"programme": programme.slug}).all():
        follow(connection, programme, enrolment_id, policy, now)


def _last(
    waited: Sequence[Row[*tuple[Any, ...]]], first_day: date, policy: ContactPolicy
) -> Row[*tuple[Any, ...]] | None:
    """The last full answers that are not too old, else the last ones that are not full."""
    recent = [
        one
        for one in waited
        if one.started_at is not None
        and rules.stands_for(local_day(one.started_at, policy), local_day(one.ended_at, policy), first_day)
    ]
    for state in (OccasionState.COMPLETE, OccasionState.PARTIAL):
        for one in recent:
            if one.state is state:
                return one
    return None


def _end(connection: Connection, waited: Sequence[Row[*tuple[Any, ...]]], now: datetime) -> None:
    """Who begins here has waited: what was not begun there yet is not asked any more."""
    for one in waited:
        if one.state in _UNDER_WAY and not one.begun:
            _cancel(connection, one.id, now)


def _hold(
    connection: Connection,
    joined: Row[*tuple[Any, ...]],
    first: str,
    waited: Sequence[Row[*tuple[Any, ...]]],
    now: datetime,
) -> None:
    """While something of the time of waiting is half answered, the same questions are not asked here as well."""
    here = connection.execute(_FIRST, {"enrolment_id": joined.id, "first": first}).one_or_none()
    half = any(one.begun and one.state is OccasionState.OPEN for one in waited)
    if half and here is not None and here.run is None and here.state in _UNDER_WAY:
        _cancel(connection, here.id, now)


def _cancel(connection: Connection, occasion_id: int, now: datetime) -> None:
    """What `storage.occasions.settle` does, which is built on this module."""
    connection.execute(_POINT.values(state=OccasionState.CANCELLED), {"occasion_id": occasion_id})
    deliveries.cancel_for_occasion(connection, occasion_id, now)


def _bring(
    connection: Connection,
    joined: Row[*tuple[Any, ...]],
    first: str,
    here: Row[*tuple[Any, ...]] | None,
    last: Row[*tuple[Any, ...]] | None,
    opens_at: datetime,
    now: datetime,
) -> None:
    if last is None:
        if here is not None and here.same_as is not None:  # it was moved to another group: asked as everybody is
            unset = {"same_as": None, "state": OccasionState.CANCELLED}
            connection.execute(_POINT.values(unset), {"occasion_id": here.id})
        return
    moment = max(opens_at, last.ended_at)
    values = {"opens_at": moment, "closes_at": moment, "state": last.state, "same_as": last.id}
    if here is None:
        occasion_id = connection.execute(_ADD, {"enrolment": joined.id, "wave": first, **values}).scalar_one()
    else:
        occasion_id = here.id
        connection.execute(_POINT.values(values), {"occasion_id": occasion_id})
        deliveries.cancel_for_occasion(connection, occasion_id, now)
    if opens_at > now:
        _ring(connection, occasion_id, opens_at)


def _ring(connection: Connection, occasion_id: int, due: datetime) -> None:
    """Nothing is sent when the first wave opens, but then the time of waiting is over."""
    ring = f"opening:{occasion_id}"
    if connection.execute(_HAS_RUNG, {"ring": ring}).scalar_one():
        connection.execute(_RING_AGAIN, {"ring": ring, "due": due})
    else:
        deliveries.plan_delivery(connection, ring, DeliveryKind.OPENING, due, occasion=occasion_id)


def _first_day(joined: Row[*tuple[Any, ...]], policy: ContactPolicy) -> date:
    """On which this person comes for the first time."""
    first: date = joined.start
    return first if joined.joined_at is None else max(first, local_day(joined.joined_at, policy))


def _opening(programme: Programme, joined: Row[*tuple[Any, ...]], first: str, policy: ContactPolicy) -> datetime | None:
    """When the first wave would open for this person."""
    planned = plan(programme, joined.start, joined.end, joined.audience, joined.joined_at, policy)
    return next((one.opens_at for one in planned if one.wave == first), None)
