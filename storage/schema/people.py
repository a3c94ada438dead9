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
from storage.schema.states import Allocation, ConsentKind, EnrolmentState, Giver, Role
from storage.types import Moment, one_of
from surveys.model import EnrolmentRole, Mode

participant = Table(
    "participant",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(9), nullable=False, unique=True),  # KAM-7F3K2
    Column("chat", LargeBinary, index=True),  # sealed address; null before joining and after erasure
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
    Column("role", one_of(EnrolmentRole), nullable=False, server_default=EnrolmentRole.PARTICIPANT),
    Column("allocation", one_of(Allocation)),  # null: not said
    UniqueConstraint("participant", "cohort"),
)

consent = Table(
    "consent",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("enrolment", ForeignKey("enrolment.id"), nullable=False, index=True),
    Column("text_version", String(32), nullable=False),
    Column("text_kind", one_of(ConsentKind)),  # null: nobody wrote it down, and it does not follow from the rest
    Column("text_hash", String(64)),  # SHA-256 of the text as it was shown; null: not known
    Column("text_derived_at", Moment),  # when kind and hash were derived; null: they came with the consent
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
    Column("number_hash_sealed", LargeBinary, index=True, unique=True),  # of what is typed; null: of staff, or older
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
    Column("chat", LargeBinary, primary_key=True),  # sealed address, which says the channel, too
    Column("channel", String(16), nullable=False, server_default="telegram"),
    Column("view", String(120), nullable=False),  # which screen, e.g. question:17 or privacy
    Column("card", BigInteger),  # number of the live card among the messages of the chat
    Column("wanted", Integer, nullable=False, server_default="0"),  # revision that should be on the screen
    Column("shown", Integer, nullable=False, server_default="0"),  # revision that its channel confirmed
    Column("changed_at", Moment, nullable=False),
    Column("language", String(16), nullable=False, server_default="sl"),  # in which this chat reads
    Column("aloud", Boolean(create_constraint=True, name="aloud"), nullable=False, server_default=text("false")),
    Column("kiosk", Integer),  # the number that ends the kiosk; null: none
    Column("asked", String(255)),  # views of questions that stand until they are answered, the newest first
    Column("said_sealed", LargeBinary),  # what was typed at the one that asks whether it is an answer
    Column("seen_from", BigInteger),  # number of the card that first showed the view
    Column("seen_at", Moment),  # when an edited card first showed the view
    Column("earlier", String(120)),  # the view that was on the screen before
    Column("earlier_from", BigInteger),  # since when that was on the screen, as above
    Column("earlier_at", Moment),
    Column("earlier_message", BigInteger),  # number of what was answered there
    sqlite_with_rowid=False,
)
Index("ix_chat_behind", chat.c.changed_at, sqlite_where=chat.c.shown < chat.c.wanted,
      postgresql_where=chat.c.shown < chat.c.wanted)  # fmt: skip
Index("ix_chat_kiosk", chat.c.changed_at, sqlite_where=chat.c.kiosk.is_not(None),
      postgresql_where=chat.c.kiosk.is_not(None))  # fmt: skip
