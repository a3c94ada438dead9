"""Whether a database holds made-up people: the first start of a demo says so in the audit, and it stays so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from storage import audit
from storage.schema import audit as audit_log
from storage.schema import enrolment

ACTION = "demo.sow"
_SOWN = select(audit_log.c.id).where(audit_log.c.action == ACTION).limit(1)
_ANYBODY = select(enrolment.c.id).limit(1)


def mark(connection: Connection, now: datetime) -> None:
    """From now on everything in this database counts as made up; once is enough."""
    if not is_marked(connection):
        audit.record(connection, "system", ACTION, "database", now)


def is_marked(connection: Connection) -> bool:
    """Whether the people and answers here are made up."""
    return connection.scalar(_SOWN) is not None


def is_empty(connection: Connection) -> bool:
    """Whether nobody was ever enrolled here."""
    return connection.scalar(_ANYBODY) is None
