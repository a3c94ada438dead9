from datetime import UTC, datetime

from sqlalchemy import select

from storage.audit import record
from storage.schema import audit

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_who_did_what_to_whom_and_when_is_kept(connection):
    record(connection, "staff:3", "participant.enrol", "KAM-7F3K2", NOW)
    rows = connection.execute(select(audit.c.at, audit.c.actor, audit.c.action, audit.c.subject)).all()
    assert rows == [(NOW, "staff:3", "participant.enrol", "KAM-7F3K2")]
