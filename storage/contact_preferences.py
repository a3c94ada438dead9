"""What a person wishes about the messages of one occasion: the next one on another day, or none any more.

Knows neither screens nor when a message suits; the moment comes from `surveys.plan`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from storage import audit, deliveries, occasions
from storage.occasions import Occasion
from storage.schema import DeliveryKind, DeliveryState, delivery, occasion

WISHED = {"wished": True}  # the details of a reminder that the person asked for
_MESSAGES = (DeliveryKind.OPENING, DeliveryKind.REMINDER)
_DUE = (
    delivery.c.occasion == bindparam("occasion_id"),
    delivery.c.state == DeliveryState.DUE,
    delivery.c.kind.in_(_MESSAGES),
)
_NEXT = select(func.min(delivery.c.planned_at)).where(*_DUE)
_DROP = (
    update(delivery)
    .where(*_DUE, delivery.c.planned_at <= bindparam("until"), delivery.c.key != bindparam("wished_key"))
    .values(state=DeliveryState.CANCELLED, ended_at=bindparam("now"), problem="put off")
)
_STAND = select(delivery.c.state).where(delivery.c.key == bindparam("wished_key"))
_REVIVE = (
    update(delivery)
    .where(delivery.c.key == bindparam("wished_key"), delivery.c.state == DeliveryState.CANCELLED)
    .values(
        state=DeliveryState.DUE,
        due_at=bindparam("moment"),
        planned_at=bindparam("moment"),
        ended_at=None,
        problem=None,
    )
)
_MUTE = update(occasion).where(occasion.c.id == bindparam("occasion_id"), occasion.c.muted_at.is_(None))
_UNMUTE = update(occasion).where(occasion.c.id == bindparam("occasion_id")).values(muted_at=None)


def put_off(connection: Connection, one: Occasion, moment: datetime, now: datetime) -> bool:
    """The next message about the occasion comes at this moment; what would have come until then is dropped.

    The last wish counts, also after `mute`. False when this was wished before, so that nothing changes.
    """
    wished = {"wished_key": f"wished:{one.id}:{moment:%Y-%m-%dT%H:%M}"}
    if connection.execute(_STAND, wished).scalar_one_or_none() in (DeliveryState.DUE, DeliveryState.SENDING):
        return False
    upcoming = next_message(connection, one.id) or moment
    until = max(moment, upcoming)
    connection.execute(_DROP, {"occasion_id": one.id, "until": until, "now": now, **wished})
    key = wished["wished_key"]
    if not deliveries.plan_delivery(connection, key, DeliveryKind.REMINDER, moment, occasion=one.id, details=WISHED):
        connection.execute(_REVIVE, {"moment": moment, **wished})
    connection.execute(_UNMUTE, {"occasion_id": one.id})
    audit.record(connection, f"participant:{one.code}", "occasion.put_off", one.code, now)
    return True


def mute(connection: Connection, one: Occasion, now: datetime) -> bool:
    """No more messages about the occasion, which stays open. False when this was wished before."""
    if connection.execute(_MUTE.values(muted_at=now), {"occasion_id": one.id}).rowcount == 0:
        return False
    occasions.cancel(connection, one.id, now, _MESSAGES)
    audit.record(connection, f"participant:{one.code}", "occasion.mute", one.code, now)
    return True


def next_message(connection: Connection, occasion_id: int) -> datetime | None:
    """When the person hears of the occasion next; None when nothing more is planned."""
    moment: datetime | None = connection.execute(_NEXT, {"occasion_id": occasion_id}).scalar_one()
    return moment
