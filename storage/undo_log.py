"""What staff did a moment ago, with how it was before, so that it can be taken back. Knows not how that is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.schema import Undoable, deed

WITHIN = timedelta(minutes=1)
_KEPT = timedelta(days=1)  # so that the card on the screen can be drawn again

_ADD = insert(deed).returning(deed.c.id)
_COLUMNS = (
    deed.c.id,
    deed.c.kind,
    deed.c.cohort,
    deed.c.enrolment,
    deed.c.details,
    deed.c.done_at,
    deed.c.done_by,
    deed.c.undone_at,
)
_FIND = select(*_COLUMNS).where(deed.c.id == bindparam("deed_id"))
_TAKE = (
    update(deed)
    .where(deed.c.id == bindparam("deed_id"), deed.c.undone_at.is_(None))
    .values(undone_at=bindparam("now", type_=deed.c.undone_at.type))
)
_FORGET = delete(deed).where(deed.c.done_at <= bindparam("before", type_=deed.c.done_at.type))


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody did to a `cohort` or to an `enrolment`; `details` say how it was before."""

    id: int
    kind: Undoable
    cohort: int | None
    enrolment: int | None
    details: dict[str, Any]
    done_at: datetime
    done_by: str
    undone_at: datetime | None

    def can_be_undone(self, now: datetime) -> bool:
        """Whether it stands and the minute is not over."""
        return self.undone_at is None and now <= self.done_at + WITHIN


def remember(
    connection: Connection,
    kind: Undoable,
    details: Mapping[str, Any],
    now: datetime,
    actor: str,
    *,
    cohort: int | None = None,
    enrolment: int | None = None,
) -> int:
    """Remember what was done to one of both; gives its number. What is older than a day is forgotten."""
    connection.execute(_FORGET, {"before": now - _KEPT})
    values = {"kind": kind, "cohort": cohort, "enrolment": enrolment, "details": dict(details)}
    number: int = connection.execute(_ADD, {**values, "done_at": now, "done_by": actor}).scalar_one()
    return number


def find(connection: Connection, deed_id: int) -> Deed | None:
    """The deed with this number."""
    row = connection.execute(_FIND, {"deed_id": deed_id}).one_or_none()
    return None if row is None else Deed(*row)


def take(connection: Connection, done: Deed, now: datetime) -> bool:
    """Take a deed back, once and within its minute; of two who try at once, one does."""
    if not done.can_be_undone(now):
        return False
    return connection.execute(_TAKE, {"deed_id": done.id, "now": now}).rowcount == 1
