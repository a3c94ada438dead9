"""What is sent without being asked, and files that people sent."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.schema.naming import metadata
from storage.schema.states import DeliveryKind, DeliveryState
from storage.types import Moment, one_of

delivery = Table(
    "delivery",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(80), nullable=False, unique=True),  # opening:17, reminder:17:1, weekly:3:2026-W47
    Column("kind", one_of(DeliveryKind), nullable=False),
    Column("occasion", ForeignKey("occasion.id"), index=True),
    Column("staff", ForeignKey("staff.id"), index=True),
    Column("details", JSON, nullable=False, server_default=text("'{}'")),
    Column("due_at", Moment, nullable=False),  # a claim moves it to the end of its lease
    Column("planned_at", Moment, nullable=False),
    Column("state", one_of(DeliveryState), nullable=False),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("ended_at", Moment),
    Column("problem", String(80)),  # why it failed, in Telegram's words or ours
    CheckConstraint("(occasion IS NULL) <> (staff IS NULL)", name="one_receiver"),
)
Index(
    "ix_delivery_open",
    delivery.c.due_at,
    sqlite_where=delivery.c.state.in_((DeliveryState.DUE, DeliveryState.SENDING)),
    postgresql_where=delivery.c.state.in_((DeliveryState.DUE, DeliveryState.SENDING)),
)

feedback = Table(  # what was learned from a wave, for those who were asked
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cohort", ForeignKey("cohort.id"), nullable=False),
    Column("wave", String(32), nullable=False),
    Column("text_sealed", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("written_at", Moment, nullable=False),
    Column("written_by", String(40), nullable=False),  # an actor: staff:3
    Column("approved_at", Moment),  # null: a draft, which nobody gets
    UniqueConstraint("cohort", "wave"),
)

attachment = Table(  # a file that somebody sent: Telegram's name for it, and its content once that was fetched
    "attachment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_sealed", LargeBinary),  # Telegram's identifier
    Column("data_sealed", LargeBinary),
    Column("mime", String(80), nullable=False, server_default=""),
    Column("seconds", Integer),  # of a recording
    Column("received_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),  # of the next try to fetch it
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("fetched_at", Moment),
    Column("problem", String(80)),  # why it can never be fetched
    Column("readings", Integer, nullable=False, server_default="0"),  # how often reading it was begun
)
_UNFETCHED = attachment.c.fetched_at.is_(None) & attachment.c.problem.is_(None)
Index("ix_attachment_waiting", attachment.c.due_at, sqlite_where=_UNFETCHED, postgresql_where=_UNFETCHED)

recording = Table(  # a question that a librarian read aloud
    "recording",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("programme", ForeignKey("programme.slug"), nullable=False),
    Column("language", String(16), nullable=False),
    Column("words_hash", String(64), nullable=False),  # of what is read aloud: other words, another recording
    Column("attachment", ForeignKey("attachment.id"), nullable=False, unique=True),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", String(40), nullable=False),  # an actor: staff:3
    UniqueConstraint("programme", "language", "words_hash"),
)

group_import = Table(  # a list of people who are to be enrolled, as a file
    "group_import",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cohort", ForeignKey("cohort.id"), nullable=False),
    Column("attachment", ForeignKey("attachment.id"), nullable=False, unique=True),
    Column("staff", ForeignKey("staff.id"), nullable=False, index=True),
    Column("received_at", Moment, nullable=False),
    Column("applied_at", Moment),
)

send_budget = Table(  # one row, of no worth after a minute: how far the bot's messages are ahead of their rate
    "send_budget",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("free_at", Float, nullable=False),  # seconds since 1970, by the clock of the server of the database
    CheckConstraint("id = 1", name="one"),
)
