"""Standing orders of staff: a summary that comes again and again until somebody stops it.

The newest delivery of an order is the order: as long as it was not cancelled, the next one follows it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from storage.schema import DeliveryKind, DeliveryState, delivery

_NEWEST = (
    select(delivery.c.state, delivery.c.planned_at)
    .where(
        delivery.c.staff == bindparam("staff_id"),
        delivery.c.kind == DeliveryKind.WEEKLY,
        delivery.c.key.startswith(bindparam("begun")),
    )
    .order_by(delivery.c.id.desc())
    .limit(1)
)
_STOP = (
    update(delivery)
    .where(
        delivery.c.staff == bindparam("staff_id"),
        delivery.c.kind == DeliveryKind.WEEKLY,
        delivery.c.key.startswith(bindparam("begun")),
        delivery.c.state == DeliveryState.DUE,
    )
    .values(state=DeliveryState.CANCELLED, ended_at=bindparam("now", type_=delivery.c.ended_at.type))
)


def newest(connection: Connection, staff_id: int, begun: str) -> datetime | None:
    """When the newest delivery of an order is planned; None where there is no order, or where it was stopped.

    `begun` is what the keys of its deliveries begin with.
    """
    row = connection.execute(_NEWEST, {"staff_id": staff_id, "begun": begun}).first()
    return None if row is None or row.state is DeliveryState.CANCELLED else row.planned_at


def stop(connection: Connection, staff_id: int, begun: str, now: datetime) -> bool:
    """Cancel what of an order is still due; false where there is nothing."""
    return connection.execute(_STOP, {"staff_id": staff_id, "begun": begun, "now": now}).rowcount > 0
