"""The SELECTs of the reports: plain rows under named columns. Knows nothing of pandas, sums or words.

An erased enrolment appears nowhere. Those who wait are among the rest, with their role. Answers count once their
occasion is closed, with some answers or all; what a person still has open, drafts included, is theirs alone. Who
declined has occasions and answers no more than a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
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
    literal_column,
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
        enrolment.c.participant.label("person"),
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
# The answers of a run that count, as one number: a byte for each item, because a row for each takes many times as long.
PACKED = 7  # items in a number, whose sign stays free
BYTE = 256
BEYOND = BYTE - 1  # stands for a value that is negative or needs more than a byte, which `_LARGE` reads
_SMALL = answer.c.value.between(0, BEYOND - 2)


def _packed(number: int, numbers: int) -> ColumnElement[int]:
    """The sum of value + 1 times 256ⁿ over the seven items that are named item0, item1, …; null without any of them.

    Of all items of a questionnaire each is looked at; a few of them are looked up.
    """
    named = (bindparam(f"item{number * PACKED + place}", type_=String) for place in range(PACKED))
    slot = case(
        *((answer.c.item == item, literal_column(str(BYTE**place))) for place, item in enumerate(named)),
        else_=literal_column("0"),
    )
    few = [answer.c.item.in_(bindparam("items", expanding=True))] if numbers == 1 else []
    return (
        select(cast(func.sum(case((_SMALL, answer.c.value + 1), else_=BEYOND) * slot), BigInteger))
        .where(answer.c.run == run.c.id, answer.c.value.is_not(None), *few, *_COUNTED)
        .correlate(enrolment, occasion, run)
        .scalar_subquery()
        .label(f"answers{number}")
    )


_COUNTED = (
    enrolment.c.state.in_(_CONSENTED),
    occasion.c.state.in_(ANSWERED),
    occasion.c.wave.in_(bindparam("waves", expanding=True)),
)
_MODE = case(
    ((run.c.mode == Mode.SELF) & (run.c.channel == WEB), ReportedMode.WEB.value), else_=type_coerce(run.c.mode, String)
).label("mode")
# What was answered while somebody waited counts from the moment at which it became their first answer here.
ENDED_AT = case(
    (occasion.c.same_as.is_not(None), occasion.c.closes_at),
    else_=func.coalesce(run.c.finished_at, occasion.c.closes_at),
)


@cache
def _occasions(numbers: int) -> Select[Any]:
    """With the answers to seven times as many items."""
    return (
        select(
            occasion.c.enrolment,
            occasion.c.wave,
            _moment(occasion.c.opens_at),
            _moment(occasion.c.closes_at),
            _plain(occasion.c.state),
            _MODE,
            _moment(ENDED_AT.label("ended_at")),
            *(_packed(number, numbers) for number in range(numbers)),
        )
        .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
        .join(occasion, occasion.c.enrolment == enrolment.c.id)
        .outerjoin(run, run.c.occasion == func.coalesce(occasion.c.same_as, occasion.c.id))
        .where(cohort.c.programme == bindparam("programme"), enrolment.c.state != EnrolmentState.ERASED)
    )


_LARGE = (
    select(occasion.c.enrolment, occasion.c.wave, answer.c.item, answer.c.value)
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .join(run, run.c.occasion == func.coalesce(occasion.c.same_as, occasion.c.id))
    .join(answer, answer.c.run == run.c.id)
    .where(
        cohort.c.programme == bindparam("programme"),
        answer.c.item.in_(bindparam("items", expanding=True)),
        ~_SMALL,
        *_COUNTED,
    )
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
    """One row an enrolment: enrolment, person, code, cohort, audience, start, state, role, allocation and moments.

    `enrolled_at`, `joined_at`, `left_at` (who said no, too), and `closed_at`, when the cohort was ended early.
    Moments are microseconds since 1970; the rows come in no order.
    """
    return _columns(connection, _PEOPLE, {"programme": programme})


def occasions(connection: Connection, programme: str, items: Sequence[str] = (), waves: Sequence[str] = ()) -> Columns:
    """One row an occasion: enrolment, wave, moments, state, mode where somebody began to answer; answers.

    The mode of whoever answered without help in a browser is »web«.
    `ended_at` is when the run was handed in or else when the occasion closes. `answers0`, `answers1`, and so on, a
    column for `PACKED` of the items each, are the answers of these waves once the occasion is closed: a byte an item,
    the first one the lowest, with 0 for no value, `BEYOND` for one that `large` has, else the value + 1. A first
    occasion that was answered while the person waited has the run of that other occasion.
    Moments are microseconds since 1970; the rows come in no order.
    """
    numbers = -(-len(items) // PACKED)
    named = dict(enumerate(items))
    given: dict[str, Any] = {f"item{place}": named.get(place) for place in range(numbers * PACKED)}
    if numbers:
        given |= {"items": list(items), "waves": list(waves)}
    return _columns(connection, _occasions(numbers), {"programme": programme, **given})


def large(connection: Connection, programme: str, items: Sequence[str], waves: Sequence[str]) -> Columns:
    """The same answers that fit into no byte, a row each: enrolment, wave, item, value."""
    return _columns(connection, _LARGE, {"programme": programme, "items": list(items), "waves": list(waves)})


def stories(connection: Connection, programme: str, since: datetime, until: datetime) -> list[SealedStory]:
    """The stories that were approved in this time and whose publication the person agrees to, the newest first.

    Whether an edited copy may stand for the author's words is for whoever can open both.
    """
    return [
        SealedStory(*row)
        for row in connection.execute(_STORIES, {"programme": programme, "since": since, "until": until})
    ]


def _columns(connection: Connection, statement: Select[Any], given: Mapping[str, Any]) -> Columns:
    result = connection.execute(statement, given)
    columns: Columns = {name: [] for name in result.keys()}  # noqa: SIM118 - a result is no dict
    for part in result.partitions(_AT_ONCE):
        for column, values in zip(columns.values(), zip(*part, strict=True), strict=True):
            column.extend(values)
    return columns
