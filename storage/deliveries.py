"""The deliveries: what is due, who works on it, and what became of it. Knows nothing of how anything is sent.

Claiming pushes `due_at` to the end of the lease, so that what a lost process held comes back by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal, select, update

from storage.engine.insert_ignore import InsertOnce
from storage.schema import AFTERWARDS, DeliveryKind, DeliveryState, delivery

NEXT: Mapping[DeliveryState, frozenset[DeliveryState]] = MappingProxyType(
    {
        DeliveryState.DUE: frozenset(DeliveryState) - {DeliveryState.UNCERTAIN},
        DeliveryState.SENDING: frozenset(DeliveryState) - {DeliveryState.SENDING},
        DeliveryState.UNCERTAIN: frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DUE}),
        DeliveryState.SENT: frozenset(),
        DeliveryState.FAILED: frozenset(),
        DeliveryState.CANCELLED: frozenset(),
    }
)
"""Which state may follow which. A process that was only slow may still say what became of an uncertain one."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery that this process may work on until its lease ends."""

    id: int
    key: str
    kind: DeliveryKind
    occasion: int | None
    staff: int | None
    details: dict[str, Any]
    planned_at: datetime
    attempt: int  # how often sending began so far


@dataclass(frozen=True, slots=True)
class DeliveryStanding:
    """How a delivery stands."""

    details: dict[str, Any]
    state: DeliveryState


@dataclass(frozen=True, slots=True)
class SentOrder:
    """A part of an order that has arrived."""

    key: str
    details: dict[str, Any]
    planned_at: datetime
    ended_at: datetime


# Written into the statement, since a partial index is found only by what stands there.
_OPEN = delivery.c.state.in_(
    [
        literal(state, delivery.c.state.type, literal_execute=True)
        for state in (DeliveryState.DUE, DeliveryState.SENDING)
    ]
)
_now = bindparam("now", type_=delivery.c.due_at.type)
_ROW = (
    delivery.c.id,
    delivery.c.key,
    delivery.c.kind,
    delivery.c.occasion,
    delivery.c.staff,
    delivery.c.details,
    delivery.c.planned_at,
    delivery.c.attempt,
)
_CUT_OFF = (
    update(delivery)
    .where(_OPEN, delivery.c.due_at <= _now, delivery.c.state == DeliveryState.SENDING)
    .values(state=DeliveryState.UNCERTAIN, ended_at=_now)
    .returning(*_ROW)
)
_PICKED = (
    select(delivery.c.id)
    .where(_OPEN, delivery.c.due_at <= _now, delivery.c.state == DeliveryState.DUE)
    .order_by(delivery.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("picked")
)
_CLAIM = (
    update(delivery)
    .where(delivery.c.id.in_(select(_PICKED.c.id)))
    .values(due_at=bindparam("lease_end"))
    .returning(*_ROW)
)
_BEGIN = (
    update(delivery)
    .where(
        delivery.c.id == bindparam("delivery_id"),
        delivery.c.state == DeliveryState.DUE,
        delivery.c.attempt == bindparam("expected"),
        delivery.c.due_at > _now,
        delivery.c.planned_at <= _now,
    )
    .values(state=DeliveryState.SENDING, attempt=delivery.c.attempt + 1)
)
_MOVE_STATE = {
    after: update(delivery).where(
        delivery.c.id == bindparam("delivery_id"),
        delivery.c.state.in_([before for before, nexts in NEXT.items() if after in nexts]),
    )
    for after in DeliveryState
}
_CANCEL = (
    update(delivery)
    .where(
        delivery.c.occasion == bindparam("occasion_id"),
        delivery.c.state == DeliveryState.DUE,
        delivery.c.kind.not_in(AFTERWARDS),
    )
    .values(state=DeliveryState.CANCELLED, ended_at=_now)
)
_MOVE = (
    update(delivery)
    .where(delivery.c.key == bindparam("delivery_key"), delivery.c.state == DeliveryState.DUE)
    .values(due_at=bindparam("due"), planned_at=bindparam("due"))
)
_STANDINGS = (
    select(delivery.c.details, delivery.c.state)
    .where(delivery.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(delivery.c.id)
)
_ORDERS_SENT = (
    select(delivery.c.key, delivery.c.details, delivery.c.planned_at, delivery.c.ended_at)
    .where(delivery.c.staff == bindparam("staff_id"), delivery.c.kind == DeliveryKind.REPORT)
    .where(delivery.c.state == DeliveryState.SENT, delivery.c.ended_at > bindparam("since"))
    .order_by(delivery.c.id.desc())
)
_TOGETHER = (
    select(delivery.c.id, delivery.c.details)
    .where(delivery.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(delivery.c.id)
    .with_for_update()
)
_NOTE = (
    update(delivery)
    .where(delivery.c.id == bindparam("delivery_id"))
    .values(details=bindparam("noted", type_=delivery.c.details.type))
)
_NEXT_DUE = select(func.min(delivery.c.due_at)).where(_OPEN)
_plan = InsertOnce(delivery)


def plan_delivery(
    connection: Connection,
    key: str,
    kind: DeliveryKind,
    due_at: datetime,
    *,
    occasion: int | None = None,
    staff: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> bool:
    """Plan a delivery for an occasion or a member of staff; false when one with this key is there already."""
    return _plan(connection, _planned(key, kind, due_at, occasion, staff, details))


def plan_deliveries(
    connection: Connection, occasion: int, planned: Iterable[tuple[str, DeliveryKind, datetime]]
) -> None:
    """Plan those of these deliveries for an occasion (key, kind and moment; at least one) that are not there yet."""
    _plan.all(connection, [_planned(key, kind, due_at, occasion) for key, kind, due_at in planned])


def _planned(
    key: str,
    kind: DeliveryKind,
    due_at: datetime,
    occasion: int | None = None,
    staff: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "key": key,
        "kind": kind,
        "occasion": occasion,
        "staff": staff,
        "details": dict(details or {}),
        "due_at": due_at,
        "planned_at": due_at,
        "state": DeliveryState.DUE,
    }


def move(connection: Connection, key: str, due_at: datetime) -> bool:
    """Plan a delivery that is still due for another moment; false when there is none."""
    return connection.execute(_MOVE, {"delivery_key": key, "due": due_at}).rowcount == 1


def cancel_for_occasion(connection: Connection, occasion: int, now: datetime) -> int:
    """Cancel what is due so that an occasion is answered; gives how many."""
    return connection.execute(_CANCEL, {"occasion_id": occasion, "now": now}).rowcount


def cut_off(connection: Connection, now: datetime) -> list[Delivery]:
    """What was being sent when its lease ended becomes `uncertain`, since nobody can know whether it arrived."""
    return [Delivery(*row) for row in connection.execute(_CUT_OFF, {"now": now})]


def claim(connection: Connection, now: datetime, lease: timedelta, limit: int) -> list[Delivery]:
    """Take at most `limit` due deliveries for this process until now + lease, the longest due first.

    One whose sending was cut off (see `cut_off`) is never sent again.
    """
    cut_off(connection, now)
    rows = connection.execute(_CLAIM, {"now": now, "lease_end": now + lease, "most": limit})
    return sorted((Delivery(*row) for row in rows), key=lambda one: (one.planned_at, one.id))


def begin_sending(connection: Connection, delivery_id: int, attempt: int, now: datetime) -> bool:
    """Say that sending begins; commit before sending. `attempt` is that of the claim.

    False when it must not be sent: it was cancelled, moved to a later moment, taken by another process, or its
    lease has ended.
    """
    return connection.execute(_BEGIN, {"delivery_id": delivery_id, "expected": attempt, "now": now}).rowcount == 1


def sent(connection: Connection, delivery_id: int, now: datetime) -> bool:
    """It was sent, or done. False when it had ended before; so with the functions below."""
    return _end(connection, delivery_id, DeliveryState.SENT, now)


def failed(connection: Connection, delivery_id: int, problem: str, now: datetime) -> bool:
    """It cannot be sent, for a reason that does not pass."""
    return _end(connection, delivery_id, DeliveryState.FAILED, now, problem)


def cancelled(connection: Connection, delivery_id: int, now: datetime, reason: str = "") -> bool:
    """It is not needed any more."""
    return _end(connection, delivery_id, DeliveryState.CANCELLED, now, reason)


def uncertain(connection: Connection, delivery_id: int, now: datetime) -> bool:
    """Nobody can know whether it was sent; it is never sent again."""
    return _end(connection, delivery_id, DeliveryState.UNCERTAIN, now)


def retry_at(connection: Connection, delivery_id: int, due_at: datetime, problem: str = "") -> bool:
    """It surely was not sent, and is to be tried again at `due_at`."""
    values = {"state": DeliveryState.DUE, "due_at": due_at, "ended_at": None, "problem": problem[:80] or None}
    statement = _MOVE_STATE[DeliveryState.DUE].values(values)
    return connection.execute(statement, {"delivery_id": delivery_id}).rowcount == 1


def standings(connection: Connection, keys: Sequence[str]) -> tuple[DeliveryStanding, ...]:
    """How the deliveries with these keys stand, in the order in which they were planned."""
    return tuple(DeliveryStanding(*row) for row in connection.execute(_STANDINGS, {"keys": list(keys)}))


def orders_sent(connection: Connection, staff: int, since: datetime) -> list[SentOrder]:
    """What a member of staff ordered and got after a moment, part by part, the newest first."""
    rows = connection.execute(_ORDERS_SENT, {"staff_id": staff, "since": since})
    return [SentOrder(*row) for row in rows]


def agree(connection: Connection, delivery_id: int, keys: Sequence[str], name: str, value: str) -> bool:
    """Remember a value of a delivery under a name, unless one of those with these keys has another one there.

    One that stands alone has nobody to agree with, and remembers nothing.
    """
    rows = connection.execute(_TOGETHER, {"keys": list(keys)}).all()
    if any(row.details.get(name, value) != value for row in rows if row.id != delivery_id):
        return False
    mine = next((row.details for row in rows if row.id == delivery_id), None)
    if mine is not None and len(rows) > 1:
        connection.execute(_NOTE, {"delivery_id": delivery_id, "noted": {**mine, name: value}})
    return True


def next_due(connection: Connection) -> datetime | None:
    """When something is due next, or a lease ends; none when nothing is planned."""
    moment: datetime | None = connection.execute(_NEXT_DUE).scalar_one()
    return moment


def _end(connection: Connection, delivery_id: int, state: DeliveryState, now: datetime, problem: str = "") -> bool:
    values = {"state": state, "ended_at": now, "problem": problem[:80] or None}
    return connection.execute(_MOVE_STATE[state].values(values), {"delivery_id": delivery_id}).rowcount == 1
