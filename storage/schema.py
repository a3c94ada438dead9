"""The tables: what is kept about programmes, people, answers and messages, and nothing more.

Whatever a person typed or said, and whoever they are on Telegram, is stored sealed (`storage.keys`);
those columns are named `…_sealed` or hold a `chat` reference.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.types import Moment, one_of
from surveys.model import Mode, NonAnswer

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class EnrolmentState(StrEnum):
    """Where a participant stands in a cohort."""

    INVITED = "invited"  # enrolled by a librarian, has not said yes or no
    ACTIVE = "active"  # consented
    DECLINED = "declined"
    LEFT = "left"  # /stop, or left the cohort
    ERASED = "erased"  # /izbris: a tombstone without content


class OccasionState(StrEnum):
    """What became of one wave for one person."""

    PLANNED = "planned"
    OPEN = "open"
    COMPLETE = "complete"
    PARTIAL = "partial"  # closed with some answers
    MISSED = "missed"  # closed without any
    CANCELLED = "cancelled"


class DeliveryKind(StrEnum):
    """What is sent, or done, without being asked."""

    OPENING = "opening"  # opens the occasion and invites
    REMINDER = "reminder"
    CLOSING = "closing"  # closes the occasion; silent
    WEEKLY = "weekly"  # a coordinator's Monday summary
    REPORT = "report"  # a report that somebody asked for


class DeliveryState(StrEnum):
    """The life of a delivery; UNCERTAIN: sent or not, nobody can know, and so never sent again."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNCERTAIN = "uncertain"


class Role(StrEnum):
    """What a member of staff may do; see `bot.roles`."""

    LIBRARIAN = "librarian"
    COORDINATOR = "coordinator"
    NATIONAL = "national"


class Giver(StrEnum):
    """Who gave consent."""

    SELF = "self"
    GUARDIAN = "guardian"
    WITNESS = "witness"


class CallOutcome(StrEnum):
    """What came of a call from the library."""

    REACHED = "reached"
    COMING = "coming"  # to the library
    REFUSED = "refused"  # what is open now
    LEFT = "left"  # takes part no longer


class Undoable(StrEnum):
    """What staff can take back within a minute; see `storage.changes`."""

    CALL = "call"
    LEAVE = "leave"
    MOVE = "move"
    DATES = "dates"
    CLOSE = "close"


class Decision(StrEnum):
    """What a coordinator decided of a story whose publication the person agreed to."""

    APPROVED = "approved"
    DECLINED = "declined"


library = Table(
    "library",
    metadata,
    Column("code", String(3), primary_key=True),
    Column("name", Text, nullable=False),
)

programme = Table(
    "programme",
    metadata,
    Column("slug", String(32), primary_key=True),
    Column("library", ForeignKey("library.code"), nullable=False),
    Column("name", Text, nullable=False),
)

questionnaire_version = Table(
    "questionnaire_version",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("programme", ForeignKey("programme.slug"), nullable=False),
    Column("questionnaire", String(32), nullable=False),
    Column("definition", Text, nullable=False),  # surveys.model.Questionnaire as JSON
    Column("stored_at", Moment, nullable=False),
)

cohort = Table(
    "cohort",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("programme", ForeignKey("programme.slug"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("audience", String(32), nullable=False, server_default="participants"),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("place", Text, nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    CheckConstraint('"end" >= start', name="ends_after_start"),
)

participant = Table(
    "participant",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(9), nullable=False, unique=True),  # KAM-7F3K2
    Column("chat", LargeBinary, index=True),  # sealed Telegram id; null before joining and after erasure
    Column("language", String(16), nullable=False, server_default="sl"),
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
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
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

occasion = Table(
    "occasion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("enrolment", ForeignKey("enrolment.id"), nullable=False),
    Column("wave", String(32), nullable=False),
    Column("opens_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("state", one_of(OccasionState), nullable=False),
    Column("invited_at", Moment),  # when the person first saw, or was sent, that it is open
    Column("muted_at", Moment),  # when the person wished to hear no more of it
    UniqueConstraint("enrolment", "wave"),
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("occasion", ForeignKey("occasion.id"), nullable=False, unique=True),
    Column("questionnaire", ForeignKey("questionnaire_version.hash"), nullable=False),
    Column("mode", one_of(Mode), nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),  # moves with every stored answer
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
)

answer = Table(
    "answer",
    metadata,
    Column("run", ForeignKey("run.id"), primary_key=True),
    Column("item", String(32), primary_key=True),
    Column("value", Integer),
    Column("text_sealed", LargeBinary),
    Column("non_answer", one_of(NonAnswer)),
    Column("draft", Boolean(create_constraint=True, name="draft"), nullable=False, server_default=text("false")),
    Column("answered_at", Moment, nullable=False),
    CheckConstraint(
        "CASE WHEN value IS NULL THEN 0 ELSE 1 END"
        " + CASE WHEN text_sealed IS NULL THEN 0 ELSE 1 END"
        " + CASE WHEN non_answer IS NULL THEN 0 ELSE 1 END = 1",
        name="one_answer",
    ),
    sqlite_with_rowid=False,
)

answer_change = Table(
    "answer_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("run.id"), nullable=False, index=True),
    Column("item", String(32), nullable=False),
    Column("value", Integer),  # what it was before
    Column("text_sealed", LargeBinary),
    Column("non_answer", one_of(NonAnswer)),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(40), nullable=False),  # an actor: participant:KAM-7F3K2, staff:3
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

chat = Table(
    "chat",
    metadata,
    Column("chat", LargeBinary, primary_key=True),  # sealed Telegram id
    Column("view", String(120), nullable=False),  # which screen, e.g. question:17 or privacy
    Column("card", BigInteger),  # message id of the live card
    Column("wanted", Integer, nullable=False, server_default="0"),  # revision that should be on the screen
    Column("shown", Integer, nullable=False, server_default="0"),  # revision that was confirmed by Telegram
    Column("changed_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_chat_behind", chat.c.changed_at, sqlite_where=chat.c.shown < chat.c.wanted,
      postgresql_where=chat.c.shown < chat.c.wanted)  # fmt: skip

story = Table(
    "story",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("enrolment", ForeignKey("enrolment.id"), nullable=False, index=True),
    Column("wave", String(32)),  # at the end of which it was told; null: brought in from elsewhere
    Column("revision", Integer, nullable=False, server_default="0"),  # moves with everything that is done to it
    Column("text_sealed", LargeBinary, nullable=False),  # as it was told; never edited by others
    Column("told_at", Moment, nullable=False),
    Column("handed_in_at", Moment),  # null: still being told, seen by nobody else
    Column("publication_version", String(32)),  # of the consent text for publication; null: not given
    Column("publication_given_at", Moment),
    Column("withdrawn_at", Moment),
    Column("edited_sealed", LargeBinary),  # the coordinator's copy for publication
    Column("decision", one_of(Decision)),
    Column("decided_at", Moment),
    Column("decided_by", String(40)),  # an actor: staff:3
    UniqueConstraint("enrolment", "wave"),
)

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

handled_update = Table(
    "handled_update",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("handled_at", Moment, nullable=False, index=True),
)

keyring = Table(
    "keyring",
    metadata,
    Column("key_id", Integer, primary_key=True, autoincrement=False),
    Column("check_sealed", LargeBinary, nullable=False),  # a known text, so that a wrong key is noticed at start
)
