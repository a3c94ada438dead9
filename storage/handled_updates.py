"""Marks of the Telegram updates that were handled, so that one that comes again changes nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete

from storage.once import InsertOnce
from storage.schema import handled_update

_mark = InsertOnce(handled_update)
_FORGET = delete(handled_update).where(handled_update.c.handled_at < bindparam("before"))


def mark_handled(connection: Connection, update_id: int, now: datetime) -> bool:
    """Mark the update; true when it is new, false when it was handled before."""
    return _mark(connection, {"update_id": update_id, "handled_at": now})


def forget_handled(connection: Connection, before: datetime) -> int:
    """Forget the marks that are older; gives how many."""
    return connection.execute(_FORGET, {"before": before}).rowcount
