"""Marks of what came in and was handled, by channel and its key, so that what comes again changes nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from storage.engine.insert_ignore import InsertOnce
from storage.schema import handled_update

_mark = InsertOnce(handled_update)


def mark_handled(connection: Connection, channel: str, key: str, now: datetime) -> bool:
    """Mark what came in; true when it is new, false when it was handled before."""
    return _mark(connection, {"channel": channel, "key": key, "handled_at": now})
