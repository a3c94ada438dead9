"""Who consented to which text, when, in what way and by whose hand; and the end of a consent. Knows no texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from storage.schema import ConsentKind, Giver, cohort, consent, enrolment, participant
from surveys.model import Mode


@dataclass(frozen=True, slots=True)
class ConsentText:
    """Which text somebody read or heard, `hash`: the SHA-256 of its words."""

    version: str
    language: str
    kind: ConsentKind
    hash: str


@dataclass(frozen=True, slots=True)
class Consent:
    """Who agrees to which text, and how."""

    giver: Giver
    mode: Mode
    text: ConsentText


@dataclass(frozen=True, slots=True)
class Record:
    """One consent as it is accounted for; `recorded_by` and `withdrawn_by` are actors.

    `kind` and `hash` of the text are None where nobody knows them; `derived_at`: when they were derived from the rest.
    """

    code: str
    programme: str
    cohort: str
    giver: Giver
    mode: Mode
    version: str
    language: str
    kind: ConsentKind | None
    hash: str | None
    derived_at: datetime | None
    given_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None


_OF_PLACE = consent.c.enrolment == bindparam("enrolment_id")
_CARRIED = tuple(column for column in consent.c if column.name not in {"id", "enrolment"})
_CARRY = insert(consent).from_select(
    ["enrolment", *(column.name for column in _CARRIED)],
    select(bindparam("target", type_=consent.c.enrolment.type), *_CARRIED).where(
        _OF_PLACE, consent.c.withdrawn_at.is_(None)
    ),
)
_HOLDS = select(consent.c.id).where(
    _OF_PLACE, consent.c.text_version == bindparam("version"), consent.c.withdrawn_at.is_(None)
)
_SINCE = select(func.min(consent.c.given_at)).where(_OF_PLACE, consent.c.withdrawn_at.is_(None))
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
        consent.c.text_kind,
        consent.c.text_hash,
        consent.c.text_derived_at,
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


def since(connection: Connection, enrolment_id: int) -> datetime | None:
    """When consent that holds here was given first; of who waited, before they began here."""
    given_at: datetime | None = connection.execute(_SINCE, {"enrolment_id": enrolment_id}).scalar_one()
    return given_at


def holds(connection: Connection, enrolment_id: int, version: str) -> bool:
    """Whether consent to this version of the text was given in this place, and not withdrawn."""
    return connection.execute(_HOLDS, {"enrolment_id": enrolment_id, "version": version}).first() is not None


def give(connection: Connection, enrolment_id: int, given: Consent, now: datetime, actor: str) -> None:
    """Record a consent, by whose hand; a second one to the same version while one holds changes nothing."""
    if holds(connection, enrolment_id, given.text.version):
        return
    values = {
        "enrolment": enrolment_id,
        "text_version": given.text.version,
        "text_kind": given.text.kind,
        "text_hash": given.text.hash,
        "giver": given.giver,
        "mode": given.mode,
        "language": given.text.language,
        "given_at": now,
        "recorded_by": actor,
    }
    connection.execute(_GIVE, values)


def carry(connection: Connection, enrolment_id: int, target: int) -> None:
    """What was agreed to in one place and holds, holds in another one of the same person too, as it was given."""
    connection.execute(_CARRY, {"enrolment_id": enrolment_id, "target": target})


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
