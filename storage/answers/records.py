"""Whole records of what was answered: each answer with all that it hangs on, for an export and an import.

Knows nothing of files. Who somebody is on Telegram is in no record, nor is what an answer was before it was changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, bindparam, func, select

from storage.analysis.frames import ANSWERED
from storage.schema import EnrolmentState, answer, cohort, consent, enrolment, occasion, participant, run

Record = dict[str, Any]  # by the names of `FIELDS`, and `text`: what was typed


@dataclass(frozen=True, slots=True)
class RecordPart:
    """What a record says of one table. A row is found again by `key`; `parents` are columns that name other parts.

    `unsaid` are fields that older exports lack: what they hold of a row that is there already is no contradiction.
    """

    table: Table
    key: tuple[str, ...]
    fields: Mapping[str, Column[Any]]  # name in a record → column
    parents: tuple[str, ...] = field(default=())
    unsaid: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """That of the table."""
        return self.table.name


COHORT = RecordPart(
    cohort,
    ("programme", "name"),
    {
        "programme": cohort.c.programme,
        "cohort": cohort.c.name,
        "cohort_audience": cohort.c.audience,
        "cohort_start": cohort.c.start,
        "cohort_end": cohort.c.end,
        "cohort_place": cohort.c.place,
        "cohort_created_at": cohort.c.created_at,
        "cohort_closed_at": cohort.c.closed_at,
    },
)
PARTICIPANT = RecordPart(
    participant,
    ("code",),
    {
        "code": participant.c.code,
        "language": participant.c.language,
        "code_created_at": participant.c.created_at,
        "unreachable_at": participant.c.unreachable_at,
    },
)
ENROLMENT = RecordPart(
    enrolment,
    ("participant", "cohort"),
    {
        "enrolment": enrolment.c.state,
        "enrolled_at": enrolment.c.enrolled_at,
        "joined_at": enrolment.c.joined_at,
        "left_at": enrolment.c.left_at,
        "role": enrolment.c.role,
        "allocation": enrolment.c.allocation,
    },
    ("participant", "cohort"),
)
CONSENT = RecordPart(
    consent,
    ("enrolment", "given_at"),
    {
        "consent_version": consent.c.text_version,
        "consent_giver": consent.c.giver,
        "consent_mode": consent.c.mode,
        "consent_language": consent.c.language,
        "consent_text_kind": consent.c.text_kind,
        "consent_text_hash": consent.c.text_hash,
        "consent_text_derived_at": consent.c.text_derived_at,
        "consent_given_at": consent.c.given_at,
        "consent_withdrawn_at": consent.c.withdrawn_at,
    },
    ("enrolment",),
    ("text_kind", "text_hash", "text_derived_at"),
)
OCCASION = RecordPart(
    occasion,
    ("enrolment", "wave"),
    {
        "wave": occasion.c.wave,
        "occasion": occasion.c.state,
        "opens_at": occasion.c.opens_at,
        "closes_at": occasion.c.closes_at,
        "invited_at": occasion.c.invited_at,
    },
    ("enrolment",),
)
RUN = RecordPart(
    run,
    ("occasion",),
    {
        "questionnaire": run.c.questionnaire,
        "mode": run.c.mode,
        "revision": run.c.revision,
        "started_at": run.c.started_at,
        "finished_at": run.c.finished_at,
    },
    ("occasion",),
)
ANSWER = RecordPart(
    answer,
    ("run", "item"),
    {
        "item": answer.c.item,
        "value": answer.c.value,
        "non_answer": answer.c.non_answer,
        "answered_at": answer.c.answered_at,
    },
    ("run",),
)
FIELDS: Mapping[str, Column[Any]] = {
    name: column
    for part in (COHORT, PARTICIPANT, ENROLMENT, CONSENT, OCCASION, RUN, ANSWER)
    for name, column in part.fields.items()
}

_newest_consent = (
    select(func.max(consent.c.id)).where(consent.c.enrolment == enrolment.c.id).correlate(enrolment).scalar_subquery()
)
_RECORDS = (
    select(*(column.label(name) for name, column in FIELDS.items()), answer.c.text_sealed, answer.c.run.label("run_id"))
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(participant, participant.c.id == enrolment.c.participant)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .join(run, run.c.occasion == occasion.c.id)
    .join(answer, answer.c.run == run.c.id)
    .outerjoin(consent, and_(consent.c.enrolment == enrolment.c.id, consent.c.id == _newest_consent))
    .where(
        cohort.c.programme == bindparam("programme"),
        enrolment.c.state.in_((EnrolmentState.ACTIVE, EnrolmentState.LEFT)),
        occasion.c.state.in_(ANSWERED),
    )
)


def read(connection: Connection, programme: str) -> list[Record]:
    """Every answer and non-answer in a closed occasion of a programme; beside `FIELDS` the `text_sealed`.

    One person's questionnaire after the other, in the order in which they were begun; within it by item. The same on
    every database, whatever its collation.
    """
    found = [dict(row) for row in connection.execute(_RECORDS, {"programme": programme}).mappings()]
    found.sort(key=lambda row: (row["run_id"], row["item"]))
    for row in found:
        del row["run_id"]
    return found
