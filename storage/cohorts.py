"""Cohorts: the groups of a programme with their dates. Knows their occasions only by asking to plan them anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, select, update

from storage import audit, occasions
from storage.schema import EnrolmentState, cohort, enrolment
from storage.types import LARGEST
from surveys import short_words
from surveys.contact_policy import ContactPolicy
from surveys.days import FIRST, LAST, possible
from surveys.model import EnrolmentRole, Programme
from surveys.short_words import NAME, PLACE, Unfit

_ADD = insert(cohort).returning(cohort.c.id)
_COLUMNS = tuple(cohort.c)
_TAKEN = select(cohort.c.id).where(
    cohort.c.programme == bindparam("programme"), cohort.c.name == bindparam("name"), cohort.c.id != bindparam("but")
)
IS_THERE = cohort.c.name != ""  # what was removed has no name any more
_ALL = select(*_COLUMNS).where(IS_THERE).order_by(cohort.c.programme, cohort.c.start, cohort.c.id)
_BY_ID = select(*_COLUMNS).where(cohort.c.id == bindparam("key"), IS_THERE)
_BY_NAME = select(*_COLUMNS).where(cohort.c.name == bindparam("key"), IS_THERE).order_by(cohort.c.id)
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
_LOCK = select(cohort.c.id).where(cohort.c.id == bindparam("key")).with_for_update()
_REMOVE = (
    update(cohort)
    .where(
        cohort.c.id == bindparam("key"),
        IS_THERE,
        ~exists(
            select(enrolment.c.id).where(enrolment.c.cohort == cohort.c.id, enrolment.c.state != EnrolmentState.ERASED)
        ).correlate(cohort),
    )
    .values(
        name="", place="", closed_at=func.coalesce(cohort.c.closed_at, bindparam("now", type_=cohort.c.closed_at.type))
    )
)
_SIZES = (
    select(enrolment.c.cohort, func.count())
    .where(enrolment.c.state != EnrolmentState.ERASED, enrolment.c.role == EnrolmentRole.PARTICIPANT)
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
    """A new cohort. Raises CohortError: dates or a name that cannot be, a taken name, an audience without a wave."""
    name, place = short_words.tidy(name), short_words.tidy(place)
    _make_sure_name(connection, programme.slug, name)
    _make_sure_place(place)
    _make_sure_days(start, end)
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
    policy: ContactPolicy,
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
        before.name if name is None else short_words.tidy(name),
        before.audience,
        before.start if start is None else start,
        before.end if end is None else end,
        before.place if place is None else short_words.tidy(place),
        before.closed_at,
    )
    if after == before:
        return before
    if after.name != before.name:
        _make_sure_name(connection, after.programme, after.name, but=after.id)
    if after.place != before.place:
        _make_sure_place(after.place)
    if (after.start, after.end) != (before.start, before.end):
        _make_sure_days(after.start, after.end)
    values = {"key": after.id, "name": after.name, "start": after.start, "end": after.end, "place": after.place}
    connection.execute(_CHANGE, values)
    audit.record(connection, actor, "cohort.edit", f"cohort:{after.id}", now)
    if (after.start, after.end) != (before.start, before.end):
        occasions.replan(connection, programme, after.id, policy, now)
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


def remove(connection: Connection, cohort_id: int, now: datetime, actor: str) -> bool:
    """A cohort in which nobody is was a mistake: it is found and listed no more. False where somebody is in it.

    A row without a name stays, because numbers of rows are given away anew and old buttons still name this one.
    """
    connection.execute(_LOCK, {"key": cohort_id})  # who is being enrolled just now is waited for
    if connection.execute(_REMOVE, {"key": cohort_id, "now": now}).rowcount != 1:
        return False
    audit.record(connection, actor, "cohort.remove", f"cohort:{cohort_id}", now)
    return True


def name_taken(connection: Connection, programme: str, name: str, but: int = 0) -> bool:
    """Whether another cohort of the programme has this name."""
    return connection.execute(_TAKEN, {"programme": programme, "name": name, "but": but}).first() is not None


def listing(connection: Connection, programme: str | None = None) -> tuple[Cohort, ...]:
    """Every cohort, or those of one programme, by programme and first day."""
    rows = (
        connection.execute(_ALL) if programme is None else connection.execute(_OF_PROGRAMME, {"programme": programme})
    )
    return tuple(_cohort(row) for row in rows)


def sizes(connection: Connection) -> dict[int, int]:
    """How many people are enrolled, by cohort, without those who wait for the next one; the empty are missing."""
    return {row[0]: row[1] for row in connection.execute(_SIZES)}


def find(connection: Connection, reference: int | str) -> Cohort | None:
    """The cohort with this number or this name. Raises CohortError where several have the name."""
    if isinstance(reference, int) or _is_number(reference):
        row = connection.execute(_BY_ID, {"key": int(reference)}).first()
        if row is not None or isinstance(reference, int):
            return None if row is None else _cohort(row)
    rows = connection.execute(_BY_NAME, {"key": reference}).all()
    if len(rows) > 1:
        numbers = ", ".join(str(row.id) for row in rows)
        raise CohortError(f"several cohorts are named »{reference}«; give the number of one: {numbers}")
    return _cohort(rows[0]) if rows else None


def _is_number(reference: str) -> bool:
    """Whether this can be the number of a row; longer digits can still be a name."""
    return reference.isdecimal() and len(reference) <= len(str(LARGEST)) and int(reference) <= LARGEST


_UNFIT = {
    Unfit.EMPTY: "a cohort needs a name",
    Unfit.LONG: f"the name of a cohort has at most {NAME} characters",
}


def _make_sure_place(place: str) -> None:
    if len(place) > PLACE:
        raise CohortError(f"the place of a cohort has at most {PLACE} characters")


def _make_sure_name(connection: Connection, programme: str, name: str, but: int = 0) -> None:
    unfit = short_words.unfit(name, NAME)
    if unfit is not None:
        raise CohortError(_UNFIT[unfit])
    if name_taken(connection, programme, name, but):
        raise CohortError(f"{programme} already has a cohort named »{name}«")


def make_sure(connection: Connection, programme: str, name: str, start: date, end: date) -> None:
    """That there can be such a cohort, whose name is tidy. Raises CohortError."""
    if name != short_words.tidy(name):
        raise CohortError("the name of a cohort is one line without control and direction characters")
    _make_sure_name(connection, programme, name)
    _make_sure_days(start, end)


def _make_sure_days(start: date, end: date) -> None:
    if end < start:
        raise CohortError(f"the cohort would end ({end}) before it starts ({start})")
    if not possible(start, end):
        raise CohortError(f"a cohort starts and ends between {FIRST} and {LAST}, not {start} to {end}")


def _cohort(row: Row[tuple[object, ...]]) -> Cohort:
    return Cohort(row.id, row.programme, row.name, row.audience, row.start, row.end, row.place, row.closed_at)
