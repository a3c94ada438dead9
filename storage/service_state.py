"""How the service stands, as far as the database alone says: counts and moments, nothing about a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Executable, bindparam, case, func, select, text

from storage.schema import DeliveryState, chat, delivery, handled_update, keyring

LATE = timedelta(minutes=15)  # what is due for longer should have been sent
SHOWING_TAKES = timedelta(minutes=2)  # a chat that is behind for less is just being drawn
_RECENT = timedelta(days=7)

_moment = delivery.c.due_at.type
_OPEN = select(
    func.count().label("due"),
    func.count(case((delivery.c.due_at <= bindparam("late", type_=_moment), 1))).label("late"),
).where(delivery.c.state == DeliveryState.DUE, delivery.c.due_at <= bindparam("now", type_=_moment))
_ENDED = (
    select(delivery.c.state, func.count())
    .where(
        delivery.c.state.in_((DeliveryState.UNCERTAIN, DeliveryState.FAILED)),
        delivery.c.ended_at >= bindparam("since", type_=_moment),
    )
    .group_by(delivery.c.state)
)
_BEHIND = select(func.count()).where(
    chat.c.shown < chat.c.wanted, chat.c.changed_at <= bindparam("before", type_=chat.c.changed_at.type)
)
_KEYS = select(keyring.c.key_id).order_by(keyring.c.key_id)
_LAST_UPDATE = select(func.max(handled_update.c.handled_at))
_BYTES: Mapping[str, Executable] = {
    "sqlite": text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
    "postgresql": select(func.pg_database_size(func.current_database())),
}


@dataclass(frozen=True, slots=True)
class ServiceState:
    """`uncertain` and `failed` are deliveries of the last seven days; `bytes` is the whole database."""

    due: int  # deliveries whose moment has come
    late: int  # of these, those whose moment came a quarter of an hour ago
    uncertain: int
    failed: int
    behind: int  # chats that do not see yet what they should
    last_update: datetime | None  # when something that came in was last handled
    bytes: int
    keys: tuple[int, ...]  # numbers of those with which something is sealed


def read(connection: Connection, now: datetime) -> ServiceState:
    """How it stands now."""
    due = connection.execute(_OPEN, {"now": now, "late": now - LATE}).one()
    ended = {state: count for state, count in connection.execute(_ENDED, {"since": now - _RECENT})}  # noqa: C416 - rows
    return ServiceState(
        due=due.due,
        late=due.late,
        uncertain=ended.get(DeliveryState.UNCERTAIN, 0),
        failed=ended.get(DeliveryState.FAILED, 0),
        behind=connection.execute(_BEHIND, {"before": now - SHOWING_TAKES}).scalar_one(),
        last_update=connection.execute(_LAST_UPDATE).scalar_one(),
        bytes=connection.execute(_BYTES[connection.dialect.name]).scalar_one(),
        keys=tuple(connection.execute(_KEYS).scalars()),
    )
