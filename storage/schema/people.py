"""Who takes part and who works here, what they consented to, and what their chats show."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
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
from storage.schema.states import EnrolmentState, Giver, Role
from storage.types import Moment, one_of
from surveys.model import Mode

participant = Table(
    "participant",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(9), nullable=False, unique=True),  # KAM-7F3K2
    Column("chat", LargeBinary, index=True),  # sealed Telegram id; null before joining and after erasure
    Column("language", String(16), nullable=False, server_default="sl"),  # in which this person is asked
    Column("label_sealed", LargeBinary),  # what those who share a chat call this person
    Column("created_at", Moment, nullable=False),
    Column("unreachable_at", Moment),  # the bot is blocked or the account is gone
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("participant", ForeignKey("participant.id"), nullable=False),
    Column("cohort", ForeignKey("cohort.id"), nullable=False, index=True),
    Column("state", one_of(EnrolmentState), nullable=False),
    Column("enrolled_at", Moment, nullable=False),
    Column("joined_at", Moment),  # when consent was given
    Column("left_at", Moment),
    UniqueConstraint("participant", "cohort"),
)

consent = Table(
    "consent",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("enrolment", ForeignKey("enrolment.id"), nullable=False, index=True),
    Column("text_version", String(32), nullable=False),
    Column("giver", one_of(Giver), nullable=False),
    Column("mode", one_of(Mode), nullable=False),
    Column("language", String(16), nullable=False, server_default="sl"),  # in which the text was read
    Column("given_at", Moment, nullable=False),
    Column("recorded_by", String(40), nullable=False, server_default=""),  # an actor: whose hand recorded it
    Column("withdrawn_at", Moment),
    Column("withdrawn_by", String(40)),
)

invite = Table(
    "invite",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("enrolment", ForeignKey("enrolment.id"), index=True),  # a participant's link
    Column("role", one_of(Role)),  # or a member of staff's
    Column("library", ForeignKey("library.code")),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("voided_at", Moment),
    CheckConstraint("(enrolment IS NULL) <> (role IS NULL)", name="one_purpose"),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("role", one_of(Role), nullable=False),
    Column("library", ForeignKey("library.code")),  # null: the national coordinator
    Column("chat", LargeBinary, index=True),
    Column("joined_at", Moment, nullable=False),
    Column("removed_at", Moment),
)

chat = Table(
    "chat",
    metadata,
    Column("chat", LargeBinary, primary_key=True),  # sealed Telegram id
    Column("view", String(120), nullable=False),  # which screen, e.g. question:17 or privacy
    Column("card", BigInteger),  # message id of the live card
    Column("wanted", Integer, nullable=False, server_default="0"),  # revision that should be on the screen
    Column("shown", Integer, nullable=False, server_default="0"),  # revision that was confirmed by Telegram
    Column("changed_at", Moment, nullable=False),
    Column("language", String(16), nullable=False, server_default="sl"),  # in which this chat reads
    Column("aloud", Boolean(create_constraint=True, name="aloud"), nullable=False, server_default=text("false")),
    Column("kiosk", Integer),  # the number that ends the kiosk; null: none
    sqlite_with_rowid=False,
)
Index("ix_chat_behind", chat.c.changed_at, sqlite_where=chat.c.shown < chat.c.wanted,
      postgresql_where=chat.c.shown < chat.c.wanted)  # fmt: skip
Index("ix_chat_kiosk", chat.c.changed_at, sqlite_where=chat.c.kiosk.is_not(None),
      postgresql_where=chat.c.kiosk.is_not(None))  # fmt: skip
