"""The SELECTs of the reports: plain rows under named columns. Knows nothing of pandas, sums or words.

An erased enrolment appears nowhere. Answers count once their occasion is closed, with some answers or all; what a
person still has open, drafts included, is theirs alone. Who declined has occasions and answers no more than a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from storage.schema import EnrolmentState, OccasionState, answer, cohort, enrolment, occasion, participant, run, story

ANSWERED = (OccasionState.COMPLETE, OccasionState.PARTIAL)
_CONSENTED = (EnrolmentState.ACTIVE, EnrolmentState.LEFT)  # who left may have chosen to keep the answers


@dataclass(frozen=True, slots=True)
class Rows:
    """What a SELECT gave: the names of its columns, and its rows in the same order."""

    names: tuple[str, ...]
    values: Sequence[tuple[Any, ...]]


_PEOPLE = (
    select(
        enrolment.c.id.label("enrolment"),
        participant.c.code,
        cohort.c.id.label("cohort"),
        cohort.c.audience,
        cohort.c.start,
        enrolment.c.state,
        enrolment.c.enrolled_at,
        enrolment.c.joined_at,
    )
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(participant, participant.c.id == enrolment.c.participant)
    .where(cohort.c.programme == bindparam("programme"), enrolment.c.state != EnrolmentState.ERASED)
    .order_by(enrolment.c.id)
)
_OCCASIONS = (
    select(
        occasion.c.enrolment,
        occasion.c.wave,
        occasion.c.opens_at,
        occasion.c.closes_at,
        occasion.c.state,
        occasion.c.invited_at,
        run.c.id.label("run"),
        run.c.mode,
        func.coalesce(run.c.finished_at, occasion.c.closes_at).label("ended_at"),
    )
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .outerjoin(run, run.c.occasion == occasion.c.id)
    .where(cohort.c.programme == bindparam("programme"), enrolment.c.state != EnrolmentState.ERASED)
    .order_by(occasion.c.enrolment, occasion.c.opens_at)
)


def _of_answers(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
        .join(participant, participant.c.id == enrolment.c.participant)
        .join(occasion, occasion.c.enrolment == enrolment.c.id)
        .join(run, run.c.occasion == occasion.c.id)
        .join(answer, answer.c.run == run.c.id)
        .where(
            cohort.c.programme == bindparam("programme"),
            enrolment.c.state.in_(_CONSENTED),
            occasion.c.state.in_(ANSWERED),
        )
        .order_by(answer.c.run, answer.c.item)
    )


_ANSWERS = _of_answers(answer.c.run, answer.c.item, answer.c.value).where(answer.c.value.is_not(None))
_LONG = _of_answers(
    participant.c.code,
    cohort.c.programme,
    cohort.c.name.label("cohort"),
    occasion.c.wave,
    answer.c.item,
    answer.c.value,
    answer.c.text_sealed,
    answer.c.non_answer,
    run.c.mode,
    run.c.questionnaire,
    answer.c.answered_at,
)
_STORIES = (
    select(story.c.text_sealed, story.c.publication_given_at)
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(story, story.c.enrolment == enrolment.c.id)
    .where(
        cohort.c.programme == bindparam("programme"),
        enrolment.c.state.in_(_CONSENTED),
        story.c.publication_given_at >= bindparam("since"),
        story.c.publication_given_at < bindparam("until"),
        story.c.withdrawn_at.is_(None),
    )
    .order_by(story.c.publication_given_at.desc(), story.c.id.desc())
    .limit(bindparam("most"))
)


def people(connection: Connection, programme: str) -> Rows:
    """One row an enrolment: enrolment, code, cohort, audience, start, state, enrolled_at, joined_at."""
    return _read(connection, _PEOPLE, programme=programme)


def occasions(connection: Connection, programme: str) -> Rows:
    """One row an occasion: enrolment, wave, moments, state; run, mode and ended_at where somebody began to answer.

    `ended_at` is when the run was handed in or else when the occasion closes.
    """
    return _read(connection, _OCCASIONS, programme=programme)


def answers(connection: Connection, programme: str) -> Rows:
    """One row an answer with a value in a closed occasion: run, item, value."""
    return _read(connection, _ANSWERS, programme=programme)


def long(connection: Connection, programme: str) -> Rows:
    """One row an answer or non-answer in a closed occasion, with all that an export names; texts stay sealed."""
    return _read(connection, _LONG, programme=programme)


def stories(connection: Connection, programme: str, since: datetime, until: datetime, most: int) -> list[bytes]:
    """Sealed stories whose publication was agreed to in this time and is not withdrawn, the newest first."""
    bound = {"programme": programme, "since": since, "until": until, "most": most}
    return list(connection.scalars(_STORIES, bound))


def _read(connection: Connection, statement: Select[Any], **bound: object) -> Rows:
    result = connection.execute(statement, bound)
    return Rows(tuple(result.keys()), [tuple(row) for row in result])
