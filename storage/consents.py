"""Who consented to which text, when, in what way and by whose hand; and the end of a consent. Knows no texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from storage.schema import Giver, cohort, consent, enrolment, participant
from surveys.model import Mode


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody agrees to: the version of the text and the language in which it was read, and by whom and how."""

    giver: Giver
    mode: Mode
    version: str
    language: str = "sl"


@dataclass(frozen=True, slots=True)
class Record:
    """One consent as it is accounted for; `recorded_by` and `withdrawn_by` are actors."""

    code: str
    programme: str
    cohort: str
    giver: Giver
    mode: Mode
    version: str
    language: str
    given_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None


_OF_PLACE = consent.c.enrolment == bindparam("enrolment_id")
_HOLDS = select(consent.c.id).where(
    _OF_PLACE, consent.c.text_version == bindparam("version"), consent.c.withdrawn_at.is_(None)
)
_GIVE = insert(consent)
_WITHDRAW = (
    update(consent)
    .where(_OF_PLACE, consent.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("now", type_=consent.c.withdrawn_at.type), withdrawn_by=bindparam("actor"))
)
_RESTORE = (
    update(consent)
    .where(_OF_PLACE, consent.c.withdrawn_at == bindparam("left", type_=consent.c.withdrawn_at.type))
    .values(withdrawn_at=None, withdrawn_by=None)
)
_ALL: Select[*tuple[Any, ...]] = (
    select(
        participant.c.code,
        cohort.c.programme,
        cohort.c.name,
        consent.c.giver,
        consent.c.mode,
        consent.c.text_version,
        consent.c.language,
        consent.c.given_at,
        consent.c.recorded_by,
        consent.c.withdrawn_at,
        consent.c.withdrawn_by,
    )
    .join_from(cohort, enrolment)
    .join(consent, consent.c.enrolment == enrolment.c.id)
    .join(participant, participant.c.id == enrolment.c.participant)
    .order_by(cohort.c.programme, cohort.c.start, cohort.c.id, participant.c.code, consent.c.id)
)
_OF_COHORT = _ALL.where(cohort.c.id == bindparam("cohort_id"))
_OF_PROGRAMMES = _ALL.where(cohort.c.programme.in_(bindparam("programmes", expanding=True)))


def holds(connection: Connection, enrolment_id: int, version: str) -> bool:
    """Whether consent to this version of the text was given in this place, and not withdrawn."""
    return connection.execute(_HOLDS, {"enrolment_id": enrolment_id, "version": version}).first() is not None


def give(connection: Connection, enrolment_id: int, given: Consent, now: datetime, actor: str) -> None:
    """Record a consent, by whose hand; a second one to the same version while one holds changes nothing."""
    if holds(connection, enrolment_id, given.version):
        return
    values = {
        "enrolment": enrolment_id,
        "text_version": given.version,
        "giver": given.giver,
        "mode": given.mode,
        "language": given.language,
        "given_at": now,
        "recorded_by": actor,
    }
    connection.execute(_GIVE, values)


def withdraw(connection: Connection, enrolment_id: int, now: datetime, actor: str) -> None:
    """From now on no consent holds in this place; whose hand withdrew it stays known."""
    connection.execute(_WITHDRAW, {"enrolment_id": enrolment_id, "now": now, "actor": actor})


def restore(connection: Connection, enrolment_id: int, withdrawn_at: datetime) -> None:
    """What was withdrawn at this moment holds: the withdrawal was a mistake."""
    connection.execute(_RESTORE, {"enrolment_id": enrolment_id, "left": withdrawn_at})


def of_cohort(connection: Connection, cohort_id: int) -> list[Record]:
    """Every consent of a cohort, by code; of who was erased there is none."""
    return [Record(*row) for row in connection.execute(_OF_COHORT, {"cohort_id": cohort_id})]


def of_programmes(connection: Connection, programmes: Sequence[str]) -> list[Record]:
    """Every consent of these programmes, one cohort after the other."""
    return [Record(*row) for row in connection.execute(_OF_PROGRAMMES, {"programmes": list(programmes)})]
