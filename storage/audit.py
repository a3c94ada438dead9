"""The audit: who did what to whose data, written in the transaction that does it. Never holds names or answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from storage.schema import audit

_ADD = insert(audit)


def record(connection: Connection, actor: str, action: str, subject: str, now: datetime) -> None:
    """Write that `actor` (``staff:3``) did `action` (``participant.enrol``) to `subject` (``KAM-7F3K2``)."""
    connection.execute(_ADD, {"at": now, "actor": actor, "action": action, "subject": subject})
