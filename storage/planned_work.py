"""What is still to come for a person: looked at before it is cancelled, so that it can be put back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select, update

from storage.schema import AFTERWARDS, DeliveryState, EnrolmentState, OccasionState, delivery, enrolment, occasion

_UNDER_WAY = (OccasionState.PLANNED, OccasionState.OPEN)
_OCCASIONS = select(occasion.c.id, occasion.c.state).where(
    occasion.c.enrolment == bindparam("enrolment_id"),
    occasion.c.state.in_(_UNDER_WAY),
)
_DELIVERIES = (
    select(delivery.c.id)
    .join_from(delivery, occasion)
    .where(occasion.c.enrolment == bindparam("enrolment_id"), delivery.c.state == DeliveryState.DUE)
    .order_by(delivery.c.id)
)
_REVIVE = (
    update(occasion)
    .where(
        occasion.c.id == bindparam("occasion_id"),
        occasion.c.state == OccasionState.CANCELLED,
        occasion.c.enrolment.in_(select(enrolment.c.id).where(enrolment.c.state == EnrolmentState.ACTIVE)),
    )
    .values(state=bindparam("was", type_=occasion.c.state.type))
)
_DUE_AGAIN = (
    update(delivery)
    .where(
        delivery.c.id.in_(bindparam("deliveries", expanding=True)),
        delivery.c.state == DeliveryState.CANCELLED,
        or_(
            delivery.c.kind.in_(AFTERWARDS),
            delivery.c.occasion.in_(select(occasion.c.id).where(occasion.c.state.in_(_UNDER_WAY))),
        ),
    )
    .values(state=DeliveryState.DUE, due_at=delivery.c.planned_at, ended_at=None, problem=None)
)


@dataclass(frozen=True, slots=True)
class PlannedWork:
    """The occasions that have not ended, with their states, and the deliveries that are due."""

    occasions: Mapping[int, OccasionState]
    deliveries: tuple[int, ...]

    def __add__(self, other: PlannedWork) -> PlannedWork:
        """Of both together."""
        return PlannedWork({**self.occasions, **other.occasions}, (*self.deliveries, *other.deliveries))

    def as_json(self) -> dict[str, Any]:
        """For a deed's details."""
        states = {str(key): state.value for key, state in self.occasions.items()}
        return {"occasions": states, "deliveries": list(self.deliveries)}


NOTHING = PlannedWork({}, ())


def of_enrolment(connection: Connection, enrolment_id: int) -> PlannedWork:
    """What is still to come in an enrolment."""
    bound = {"enrolment_id": enrolment_id}
    return PlannedWork(
        {row.id: row.state for row in connection.execute(_OCCASIONS, bound)},
        tuple(connection.execute(_DELIVERIES, bound).scalars()),
    )


def put_back(connection: Connection, details: Mapping[str, Any]) -> None:
    """Make what was cancelled since as it was in `PlannedWork.as_json`; what was sent or has ended stays so.

    Whoever has left meanwhile is not asked again.
    """
    for key, state in details["occasions"].items():
        connection.execute(_REVIVE, {"occasion_id": int(key), "was": OccasionState(state)})
    connection.execute(_DUE_AGAIN, {"deliveries": details["deliveries"]})
