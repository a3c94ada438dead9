"""Marks of what came in and was handled, by channel and its key, so that what comes again changes nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete

from storage.engine.insert_ignore import InsertOnce
from storage.schema import handled_update

_mark = InsertOnce(handled_update)
_FORGET = delete(handled_update).where(handled_update.c.handled_at < bindparam("before"))


def mark_handled(connection: Connection, channel: str, key: str, now: datetime) -> bool:
    """Mark what came in; true when it is new, false when it was handled before."""
    return _mark(connection, {"channel": channel, "key": key, "handled_at": now})


def forget_handled(connection: Connection, before: datetime) -> int:
    """Forget the marks that are older; gives how many."""
    return connection.execute(_FORGET, {"before": before}).rowcount
