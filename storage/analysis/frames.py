"""The SELECTs of the reports: plain rows under named columns. Knows nothing of pandas, sums or words.

An erased enrolment appears nowhere. Those who wait are among the rest, with their role. Answers count once their
occasion is closed, with some answers or all; what a person still has open, drafts included, is theirs alone. Who
declined has occasions and answers no more than a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    select,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.schema import (
    Decision,
    EnrolmentState,
    OccasionState,
    answer,
    cohort,
    enrolment,
    occasion,
    participant,
    run,
    story,
)
from storage.secrets.addresses import WEB
from surveys.model import Mode, ReportedMode

_AT_ONCE = 200  # rows that are alive together; more would keep Python's garbage collector busy for half the time
ANSWERED = (OccasionState.COMPLETE, OccasionState.PARTIAL)
_CONSENTED = (EnrolmentState.ACTIVE, EnrolmentState.LEFT)  # who left may have chosen to keep the answers


Columns = dict[str, list[Any]]  # what a SELECT gave, by the names of its columns


class _Microseconds(FunctionElement[int]):
    """A moment as a whole number of microseconds since 1970, which costs a reader less than a datetime."""

    type = BigInteger()
    inherit_cache = True


@compiles(_Microseconds)
def _as_kept(element: _Microseconds, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(_Microseconds, "postgresql")
def _from_timestamptz(element: _Microseconds, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(EXTRACT(epoch FROM {compiler.process(element.clauses, **options)}) * 1000000 AS bigint)"


def _moment(column: ColumnElement[datetime]) -> ColumnElement[int]:
    return _Microseconds(column).label(getattr(column, "name", None))


def _plain(column: ColumnElement[Any]) -> ColumnElement[str]:
    """A value of an enumeration as the text that is stored."""
    return type_coerce(column, String).label(column.name)


_PEOPLE = (
    select(
        enrolment.c.id.label("enrolment"),
        participant.c.code,
        cohort.c.id.label("cohort"),
        cohort.c.audience,
        cohort.c.start,
        _plain(enrolment.c.state),
        _plain(enrolment.c.role),
        _plain(enrolment.c.allocation),
        _moment(enrolment.c.enrolled_at),
        _moment(enrolment.c.joined_at),
        _moment(enrolment.c.left_at),
        _moment(cohort.c.closed_at),
    )
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(participant, participant.c.id == enrolment.c.participant)
    .where(cohort.c.programme == bindparam("programme"), enrolment.c.state != EnrolmentState.ERASED)
)
# The answers of a run that count, as in »belonging,primary;3,4«: a row for each would take twice the time.
_JOINED = (
    select(func.aggregate_strings(answer.c.item, ",") + ";" + func.aggregate_strings(cast(answer.c.value, String), ","))
    .where(
        answer.c.run == run.c.id,
        answer.c.value.is_not(None),
        enrolment.c.state.in_(_CONSENTED),
        occasion.c.state.in_(ANSWERED),
    )
    .correlate(enrolment, occasion, run)
    .scalar_subquery()
)
_MODE = case(
    ((run.c.mode == Mode.SELF) & (run.c.channel == WEB), ReportedMode.WEB.value), else_=type_coerce(run.c.mode, String)
).label("mode")
# What was answered while somebody waited counts from the moment at which it became their first answer here.
ENDED_AT = case(
    (occasion.c.same_as.is_not(None), occasion.c.closes_at),
    else_=func.coalesce(run.c.finished_at, occasion.c.closes_at),
)
_OCCASIONS = (
    select(
        occasion.c.enrolment,
        occasion.c.wave,
        _moment(occasion.c.opens_at),
        _moment(occasion.c.closes_at),
        _plain(occasion.c.state),
        _moment(occasion.c.invited_at),
        run.c.id.label("run"),
        _MODE,
        _moment(ENDED_AT.label("ended_at")),
        _JOINED.label("answers"),
    )
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .outerjoin(run, run.c.occasion == func.coalesce(occasion.c.same_as, occasion.c.id))
    .where(cohort.c.programme == bindparam("programme"), enrolment.c.state != EnrolmentState.ERASED)
)


# The later of two decisions: the coordinator's, and the author's on words that are not their own.
_settled = case((story.c.author_agreed_at > story.c.decided_at, story.c.author_agreed_at), else_=story.c.decided_at)
_STORIES = (
    select(story.c.text_sealed, story.c.edited_sealed, story.c.author_agreed_at.is_not(None))
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(story, story.c.enrolment == enrolment.c.id)
    .where(
        cohort.c.programme == bindparam("programme"),
        enrolment.c.state.in_(_CONSENTED),
        story.c.decision == Decision.APPROVED,
        _settled >= bindparam("since"),
        _settled < bindparam("until"),
        story.c.publication_given_at.is_not(None),
        story.c.withdrawn_at.is_(None),
    )
    .order_by(_settled.desc(), story.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class SealedStory:
    """A story for reports, sealed: its words, the coordinator's copy, and whether the author agrees to the copy."""

    text: bytes
    edited: bytes | None
    agreed: bool


def people(connection: Connection, programme: str) -> Columns:
    """One row an enrolment: enrolment, code, cohort, audience, start, state, role, allocation and moments.

    `enrolled_at`, `joined_at`, `left_at` (who said no, too), and `closed_at`, when the cohort was ended early.
    Moments are microseconds since 1970; the rows come in no order.
    """
    return _columns(connection, _PEOPLE, programme)


def occasions(connection: Connection, programme: str) -> Columns:
    """One row an occasion: enrolment, wave, moments, state; run, mode and answers where somebody began to answer.

    The mode of whoever answered without help in a browser is »web«.
    `ended_at` is when the run was handed in or else when the occasion closes. `answers` are those with a value, once
    the occasion is closed: their items and, in the same order, their values, as in »belonging,primary;3,4«. A first
    occasion that was answered while the person waited has the run of that other occasion.
    Moments are microseconds since 1970; the rows come in no order.
    """
    return _columns(connection, _OCCASIONS, programme)


def stories(connection: Connection, programme: str, since: datetime, until: datetime) -> list[SealedStory]:
    """The stories that were approved in this time and whose publication the person agrees to, the newest first.

    Whether an edited copy may stand for the author's words is for whoever can open both.
    """
    return [
        SealedStory(*row)
        for row in connection.execute(_STORIES, {"programme": programme, "since": since, "until": until})
    ]


def _columns(connection: Connection, statement: Select[Any], programme: str) -> Columns:
    result = connection.execute(statement, {"programme": programme})
    columns: Columns = {name: [] for name in result.keys()}  # noqa: SIM118 - a result is no dict
    for part in result.partitions(_AT_ONCE):
        for column, values in zip(columns.values(), zip(*part, strict=True), strict=True):
            column.extend(values)
    return columns
