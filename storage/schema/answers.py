"""What is answered and told: occasions, runs, answers, stories."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.schema.naming import metadata
from storage.schema.states import Decision, OccasionState
from storage.types import Moment, one_of
from surveys.model import Mode, NonAnswer

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
    Column("same_as", ForeignKey("occasion.id"), index=True),  # answered there, while waiting; never both it and a run
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
    Column("channel", String(16)),  # by which it was begun; null: on paper, brought in, or before channels were noted
    Column("reopened_at", Moment),  # since when the person corrects what is handed in; it stays handed in
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
    Column("author_asked_at", Moment),  # whether the copy may stand for the author's words
    Column("author_agreed_at", Moment),  # to the copy as it is
    Column("author_refused_at", Moment),
    Column("decision", one_of(Decision)),
    Column("decided_at", Moment),
    Column("decided_by", String(40)),  # an actor: staff:3
    UniqueConstraint("enrolment", "wave"),
)

second_entry = Table(  # a questionnaire from paper, typed once more by somebody else
    "second_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("run.id"), nullable=False, unique=True),  # the first entry
    Column("answers_sealed", LargeBinary, nullable=False),  # item id to surveys.model.Answer, as JSON
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("entered_by", String(40), nullable=False),  # an actor: staff:3
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("settled_at", Moment),  # when no difference was left
)

voice = Table(  # an answer or a story that was spoken
    "voice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("run.id")),
    Column("item", String(32)),
    Column("story", ForeignKey("story.id"), unique=True),
    Column("attachment", ForeignKey("attachment.id"), nullable=False, unique=True),
    Column("typed_at", Moment),  # when somebody wrote down what was said
    Column("typed_by", String(40)),  # an actor: staff:3
    CheckConstraint("(run IS NULL) <> (story IS NULL)", name="one_purpose"),
    CheckConstraint("(run IS NULL) = (item IS NULL)", name="item_of_run"),
    UniqueConstraint("run", "item"),
)
