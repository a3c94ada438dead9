"""What needs a person and was told: once, and once more when it is over, whatever dies in between.

Claiming pushes `due_at` to the end of the lease, so that what a lost process was telling is told by another.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from storage.engine.insert_ignore import InsertOnce
from storage.schema import alert

LASTS = timedelta(minutes=2)  # what is over sooner was nothing to wake anybody for
OVER = timedelta(minutes=10)  # what has not been so for this long is over
LEASE = timedelta(minutes=10)  # between two tries to tell

_moment = alert.c.begun_at.type
_now = bindparam("now", type_=_moment)
_begin = InsertOnce(alert)
_SEEN = update(alert).where(alert.c.kind == bindparam("of_kind")).values(seen_at=_now)
_FORGET = delete(alert).where(alert.c.told_at.is_(None), alert.c.seen_at <= bindparam("over", type_=_moment))
_KINDS = select(alert.c.kind)
_TOLD_KINDS = _KINDS.where(alert.c.told_at.is_not(None))
_is_over = alert.c.seen_at <= bindparam("over", type_=_moment)
_is_new = and_(alert.c.told_at.is_(None), alert.c.begun_at <= bindparam("lasting", type_=_moment))
_END = delete(alert).where(alert.c.kind == bindparam("of_kind"))
_TOLD = update(alert).where(alert.c.kind == bindparam("of_kind")).values(told_at=_now, due_at=_now)


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell: that it is so, or that it is over."""

    kind: str
    over: bool


def _claim(condition: ColumnElement[bool]) -> ReturningUpdate[Any]:
    return (
        update(alert)
        .where(condition, alert.c.due_at <= _now)
        .values(due_at=bindparam("until", type_=_moment))
        .returning(alert.c.kind)
    )


_CLAIM_NEW, _CLAIM_OVER = _claim(and_(_is_new, ~_is_over)), _claim(_is_over)


def standing(connection: Connection) -> frozenset[str]:
    """The kinds that are known: so now, or not yet told to be over."""
    return frozenset(connection.execute(_KINDS).scalars())


def told_kinds(connection: Connection) -> frozenset[str]:
    """The kinds that operators know of."""
    return frozenset(connection.execute(_TOLD_KINDS).scalars())


def note(connection: Connection, kinds: Collection[str], now: datetime) -> list[News]:
    """These kinds are so now; what is to be told, by whoever asks: of several processes one gets it."""
    for kind in sorted(kinds):
        if not _begin(connection, {"kind": kind, "begun_at": now, "seen_at": now, "due_at": now}):
            connection.execute(_SEEN, {"of_kind": kind, "now": now})
    bound = {"now": now, "over": now - OVER, "lasting": now - LASTS, "until": now + LEASE}
    connection.execute(_FORGET, {"over": now - OVER})
    return [
        *(News(kind, over=False) for kind in sorted(connection.execute(_CLAIM_NEW, bound).scalars())),
        *(News(kind, over=True) for kind in sorted(connection.execute(_CLAIM_OVER, bound).scalars())),
    ]


def told(connection: Connection, news: News, now: datetime) -> None:
    """It was told: that it is so stands until it is over, that it is over ends it."""
    if news.over:
        connection.execute(_END, {"of_kind": news.kind})
        return
    _begin(connection, {"kind": news.kind, "begun_at": now, "seen_at": now, "due_at": now})
    connection.execute(_TOLD, {"of_kind": news.kind, "now": now})
