"""The audit: who did what to whose data, written in the transaction that does it. Never holds names or answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from storage.schema import audit

_ADD = insert(audit)
_LAST_ACTS = (
    select(audit.c.actor, func.max(audit.c.at).label("last"))
    .where(audit.c.actor.startswith("staff:"), audit.c.at <= bindparam("moment", type_=audit.c.at.type))
    .group_by(audit.c.actor)
)


def record(connection: Connection, actor: str, action: str, subject: str, now: datetime) -> None:
    """Write that `actor` (``staff:3``) did `action` (``participant.enrol``) to `subject` (``KAM-7F3K2``)."""
    connection.execute(_ADD, {"at": now, "actor": actor, "action": action, "subject": subject})


def last_acts(connection: Connection, moment: datetime) -> dict[str, datetime]:
    """When each member of staff did something last, up to a moment, by actor (``staff:3``)."""
    return {row.actor: row.last for row in connection.execute(_LAST_ACTS, {"moment": moment})}
