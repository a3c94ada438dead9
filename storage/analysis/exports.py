"""The SELECTs of the exports: versions of questionnaires, people, runs and answers. Knows no columns or files.

The same people and answers as in the reports: an erased enrolment appears nowhere, and an answer counts once its
occasion is closed. Nothing here says who a person is on Telegram.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, or_, select

from storage.analysis.frames import ANSWERED
from storage.schema import (
    Allocation,
    EnrolmentState,
    answer,
    cohort,
    enrolment,
    occasion,
    participant,
    questionnaire_version,
    run,
)
from surveys.model import EnrolmentRole, Mode, NonAnswer, Questionnaire

_CONSENTED = (EnrolmentState.ACTIVE, EnrolmentState.LEFT)  # who left may have chosen to keep the answers


@dataclass(frozen=True, slots=True)
class Version:
    """A stored version of a questionnaire."""

    hash: str
    questionnaire: Questionnaire
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class ExportedPerson:
    """Somebody in a cohort, under the code that stands for them."""

    enrolment: int
    code: str
    cohort: int
    cohort_name: str
    audience: str
    start: date
    end: date
    state: EnrolmentState
    role: EnrolmentRole = EnrolmentRole.PARTICIPANT
    allocation: Allocation | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """A first occasion that was answered while the person waited: by the run of another enrolment of theirs."""

    enrolment: int
    wave: str
    run: int
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class ExportedResponse:
    """An answered occasion: `ended_at` is when it was handed in or else when it closed.

    `channel` is by which it was begun; None where it came by none, or before that was noted.
    """

    id: int
    enrolment: int
    wave: str
    version: str
    mode: Mode
    channel: str | None
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class ExportedAnswer:
    """What holds for one item of a run; words stay sealed."""

    run: int
    item: str
    value: int | None
    text_sealed: bytes | None
    non_answer: NonAnswer | None
    answered_at: datetime


_ASKED = (
    select(run.c.questionnaire)
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .join(run, run.c.occasion == occasion.c.id)
    .where(cohort.c.programme == bindparam("programme"))
)
_VERSIONS = (
    select(questionnaire_version.c.hash, questionnaire_version.c.definition, questionnaire_version.c.stored_at)
    .where(
        or_(
            questionnaire_version.c.programme == bindparam("programme"),
            questionnaire_version.c.hash.in_(_ASKED),  # the same content may stand under the name of another programme
        )
    )
    .order_by(questionnaire_version.c.stored_at, questionnaire_version.c.hash)
)
_PEOPLE: Select[*tuple[Any, ...]] = (
    select(
        enrolment.c.id,
        participant.c.code,
        cohort.c.id.label("cohort"),
        cohort.c.name,
        cohort.c.audience,
        cohort.c.start,
        cohort.c.end,
        enrolment.c.state,
        enrolment.c.role,
        enrolment.c.allocation,
    )
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(participant, participant.c.id == enrolment.c.participant)
    .where(cohort.c.programme == bindparam("programme"), enrolment.c.state != EnrolmentState.ERASED)
    .order_by(cohort.c.start, cohort.c.id, enrolment.c.id)
)


def _answered(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
        .join(occasion, occasion.c.enrolment == enrolment.c.id)
        .join(run, run.c.occasion == occasion.c.id)
        .where(
            cohort.c.programme == bindparam("programme"),
            enrolment.c.state.in_(_CONSENTED),
            occasion.c.state.in_(ANSWERED),
        )
        .order_by(run.c.id)
    )


_RUNS = _answered(
    run.c.id,
    occasion.c.enrolment,
    occasion.c.wave,
    run.c.questionnaire,
    run.c.mode,
    run.c.channel,
    func.coalesce(run.c.finished_at, occasion.c.closes_at),
)
_BROUGHT = (
    select(occasion.c.enrolment, occasion.c.wave, run.c.id, occasion.c.closes_at)
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .join(run, run.c.occasion == occasion.c.same_as)
    .where(cohort.c.programme == bindparam("programme"), enrolment.c.state.in_(_CONSENTED))
    .order_by(occasion.c.id)
)
_REPLIES = (
    _answered(
        answer.c.run,
        answer.c.item,
        answer.c.value,
        answer.c.text_sealed,
        answer.c.non_answer,
        answer.c.answered_at,
    )
    .join(answer, answer.c.run == run.c.id)
    .where(answer.c.draft.is_(False))
)


def versions(connection: Connection, programme: str) -> list[Version]:
    """Every version of every questionnaire that this programme ever had, the oldest first."""
    rows = connection.execute(_VERSIONS, {"programme": programme})
    return [Version(key, Questionnaire.model_validate_json(definition), at) for key, definition, at in rows]


def people(connection: Connection, programme: str) -> list[ExportedPerson]:
    """Everybody who was ever enrolled and is not erased, cohort by cohort."""
    return [ExportedPerson(*row) for row in connection.execute(_PEOPLE, {"programme": programme})]


def runs(connection: Connection, programme: str) -> list[ExportedResponse]:
    """Every run of a closed occasion."""
    return [ExportedResponse(*row) for row in connection.execute(_RUNS, {"programme": programme})]


def brought(connection: Connection, programme: str) -> list[Brought]:
    """The first answers of those who joined after they had waited; the run itself is that of their waiting."""
    return [Brought(*row) for row in connection.execute(_BROUGHT, {"programme": programme})]


def replies(connection: Connection, programme: str) -> list[ExportedAnswer]:
    """Every answer and non-answer of those runs, run by run."""
    return [ExportedAnswer(*row) for row in connection.execute(_REPLIES, {"programme": programme})]
