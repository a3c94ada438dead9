"""Cohorts: the groups of a programme with their dates. Knows their occasions only by asking to plan them anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from storage import audit, occasions
from storage.schema import EnrolmentState, cohort, enrolment
from surveys.model import Programme
from surveys.plan import Rhythm

_ADD = insert(cohort).returning(cohort.c.id)
_COLUMNS = tuple(cohort.c)
_BY_ID = select(*_COLUMNS).where(cohort.c.id == bindparam("key"))
_BY_NAME = select(*_COLUMNS).where(cohort.c.name == bindparam("key")).order_by(cohort.c.id)
_TAKEN = select(cohort.c.id).where(
    cohort.c.programme == bindparam("programme"), cohort.c.name == bindparam("name"), cohort.c.id != bindparam("but")
)
_ALL = select(*_COLUMNS).order_by(cohort.c.programme, cohort.c.start, cohort.c.id)
_OF_PROGRAMME = _ALL.where(cohort.c.programme == bindparam("programme"))
_CHANGE = (
    update(cohort)
    .where(cohort.c.id == bindparam("key"))
    .values(name=bindparam("name"), start=bindparam("start"), end=bindparam("end"), place=bindparam("place"))
)
_CLOSE = (
    update(cohort)
    .where(cohort.c.id == bindparam("key"), cohort.c.closed_at.is_(None))
    .values(closed_at=bindparam("now"))
)
_REOPEN = (
    update(cohort)
    .where(cohort.c.id == bindparam("key"), cohort.c.closed_at == bindparam("since", type_=cohort.c.closed_at.type))
    .values(closed_at=None)
)
_SIZES = (
    select(enrolment.c.cohort, func.count())
    .where(enrolment.c.state != EnrolmentState.ERASED)
    .group_by(enrolment.c.cohort)
)


class CohortError(ValueError):
    """A cohort that cannot be; the message is a sentence for whoever asked for it."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """One group: `start` and `end` are its first and last day, `audience` says which waves it has."""

    id: int
    programme: str
    name: str
    audience: str
    start: date
    end: date
    place: str
    closed_at: datetime | None = None


def add(
    connection: Connection,
    programme: Programme,
    *,
    name: str,
    start: date,
    end: date,
    now: datetime,
    actor: str,
    audience: str = "participants",
    place: str = "",
) -> Cohort:
    """A new cohort. Raises CohortError: dates in the wrong order, a taken name, an audience without a wave."""
    _make_sure(connection, programme.slug, name, start, end)
    audiences = sorted(programme.audiences)
    if audience not in audiences:
        raise CohortError(f"{programme.slug} asks {' and '.join(audiences)}, not {audience}")
    row = {
        "programme": programme.slug,
        "name": name,
        "audience": audience,
        "start": start,
        "end": end,
        "place": place,
        "created_at": now,
    }
    cohort_id = connection.execute(_ADD, row).scalar_one()
    audit.record(connection, actor, "cohort.add", f"cohort:{cohort_id}", now)
    return Cohort(cohort_id, programme.slug, name, audience, start, end, place)


def edit(
    connection: Connection,
    programme: Programme,
    cohort_id: int,
    rhythm: Rhythm,
    *,
    now: datetime,
    actor: str,
    name: str | None = None,
    start: date | None = None,
    end: date | None = None,
    place: str | None = None,
) -> Cohort:
    """Change what is given. New dates plan the occasions of everybody in the cohort anew.

    Raises LookupError where there is no such cohort in the programme, CohortError like `add`.
    """
    before = find(connection, cohort_id)
    if before is None or before.programme != programme.slug:
        raise LookupError(f"there is no cohort {cohort_id} of {programme.slug}")
    after = Cohort(
        before.id,
        before.programme,
        before.name if name is None else name,
        before.audience,
        before.start if start is None else start,
        before.end if end is None else end,
        before.place if place is None else place,
        before.closed_at,
    )
    if after == before:
        return before
    _make_sure(connection, after.programme, after.name, after.start, after.end, but=after.id)
    values = {"key": after.id, "name": after.name, "start": after.start, "end": after.end, "place": after.place}
    connection.execute(_CHANGE, values)
    audit.record(connection, actor, "cohort.edit", f"cohort:{after.id}", now)
    if (after.start, after.end) != (before.start, before.end):
        occasions.replan(connection, programme, after.id, rhythm, now)
    return after


def close(connection: Connection, cohort_id: int, now: datetime, actor: str) -> None:
    """Nobody is asked anew in this cohort from now on. Occasions and links are the caller's to end."""
    connection.execute(_CLOSE, {"key": cohort_id, "now": now})
    audit.record(connection, actor, "cohort.close", f"cohort:{cohort_id}", now)


def reopen(connection: Connection, cohort_id: int, closed_at: datetime, now: datetime, actor: str) -> bool:
    """`close` at this moment was a mistake; false where it is not what holds."""
    if connection.execute(_REOPEN, {"key": cohort_id, "since": closed_at}).rowcount != 1:
        return False
    audit.record(connection, actor, "cohort.reopen", f"cohort:{cohort_id}", now)
    return True


def listing(connection: Connection, programme: str | None = None) -> tuple[Cohort, ...]:
    """Every cohort, or those of one programme, by programme and first day."""
    rows = (
        connection.execute(_ALL) if programme is None else connection.execute(_OF_PROGRAMME, {"programme": programme})
    )
    return tuple(_cohort(row) for row in rows)


def sizes(connection: Connection) -> dict[int, int]:
    """How many people are enrolled, by cohort; cohorts without anybody are missing."""
    return {row[0]: row[1] for row in connection.execute(_SIZES)}


def find(connection: Connection, reference: int | str) -> Cohort | None:
    """The cohort with this number or this name. Raises CohortError where several have the name."""
    if isinstance(reference, int) or reference.isdecimal():
        row = connection.execute(_BY_ID, {"key": int(reference)}).first()
        if row is not None or isinstance(reference, int):
            return None if row is None else _cohort(row)
    rows = connection.execute(_BY_NAME, {"key": reference}).all()
    if len(rows) > 1:
        numbers = ", ".join(str(row.id) for row in rows)
        raise CohortError(f"several cohorts are named »{reference}«; give the number of one: {numbers}")
    return _cohort(rows[0]) if rows else None


def _make_sure(connection: Connection, programme: str, name: str, start: date, end: date, but: int = 0) -> None:
    if not name.strip():
        raise CohortError("a cohort needs a name")
    if end < start:
        raise CohortError(f"the cohort would end ({end}) before it starts ({start})")
    if connection.execute(_TAKEN, {"programme": programme, "name": name, "but": but}).first() is not None:
        raise CohortError(f"{programme} already has a cohort named »{name}«")


def _cohort(row: Row[tuple[object, ...]]) -> Cohort:
    return Cohort(row.id, row.programme, row.name, row.audience, row.start, row.end, row.place, row.closed_at)
