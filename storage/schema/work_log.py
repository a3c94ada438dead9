"""What was done, by whom: calls, deeds that can be undone, the audit, and what was published."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from storage.schema.naming import metadata
from storage.schema.states import CallOutcome, Undoable
from storage.types import Moment, one_of

call_note = Table(
    "call_note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("enrolment", ForeignKey("enrolment.id"), nullable=False, index=True),
    Column("outcome", one_of(CallOutcome), nullable=False),
    Column("noted_at", Moment, nullable=False),
    Column("noted_by", String(40), nullable=False),  # an actor: staff:3
    Column("withdrawn_at", Moment),  # taken back
)

call_request = Table(  # somebody asked to be called
    "call_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("enrolment", ForeignKey("enrolment.id"), nullable=False, index=True),
    Column("asked_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
)

deed = Table(  # what staff did, as long as it can be taken back
    "deed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", one_of(Undoable), nullable=False),
    Column("cohort", ForeignKey("cohort.id"), index=True),
    Column("enrolment", ForeignKey("enrolment.id"), index=True),
    Column("details", JSON, nullable=False),  # how it was before; only numbers, dates and states
    Column("done_at", Moment, nullable=False),
    Column("done_by", String(40), nullable=False),
    Column("undone_at", Moment),
    CheckConstraint("(cohort IS NULL) <> (enrolment IS NULL)", name="one_subject"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("actor", String(40), nullable=False, index=True),  # participant:CODE, staff:ID, operator, system
    Column("action", String(40), nullable=False),
    Column("subject", String(80), nullable=False, index=True),  # a code or a neutral id, never a name
)

published_figure = Table(
    "published_figure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("figure", String(160), nullable=False),  # weekly:brezice-racunalnik:primary:after
    Column("period", String(10), nullable=False),  # 2026-W47
    Column("n", Integer, nullable=False),
    Column("value", Float),
    Column("published_at", Moment, nullable=False),
    UniqueConstraint("figure", "period"),
)

handled_update = Table(  # what came in by a channel and was handled
    "handled_update",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("key", String(64), primary_key=True),  # the channel's own, the same when it comes again
    Column("handled_at", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
)

keyring = Table(
    "keyring",
    metadata,
    Column("key_id", Integer, primary_key=True, autoincrement=False),
    Column("check_sealed", LargeBinary, nullable=False),  # a known text, so that a wrong key is noticed at start
)

backup = Table(  # a copy of the database, made or to be made: how the last one went
    "backup",
    metadata,
    Column("slot", String(20), primary_key=True),  # the night, 2026-11-29; of a command its moment, 20261130T045113Z
    Column("due_at", Moment, nullable=False),  # of the next try; a claim moves it to the end of its lease
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("made_at", Moment),  # when the copy was whole and verified
    Column("file", String(200)),
    Column("size", BigInteger),  # bytes of the file
    Column("counted", BigInteger),  # rows that the copy holds, as many as the database held
    Column("failed_at", Moment),  # the last time that it did not work
    Column("problem", String(300)),  # and why, in one sentence
)
