"""People who are asked no more: the link to them goes, with their voice, and later the code. Knows no clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, exists, func, select, update

from storage import audit
from storage.answers import voice_answers
from storage.participants import TOMBSTONE, destroy_code
from storage.schema import OccasionState, call_note, call_request, cohort, enrolment, invite, occasion, participant

MANY = 200  # at once
_UNDER_WAY = (OccasionState.PLANNED, OccasionState.OPEN)
_of_person = (
    select(occasion.c.id)
    .join_from(occasion, enrolment)
    .where(enrolment.c.participant == participant.c.id)
    .correlate(participant)
)
_last_closing = (
    select(func.max(occasion.c.closes_at))
    .join_from(occasion, enrolment)
    .where(enrolment.c.participant == participant.c.id)
    .correlate(participant)
    .scalar_subquery()
)
_UNLINKABLE = select(participant.c.id).where(
    participant.c.chat.is_not(None),
    _last_closing <= bindparam("before", type_=occasion.c.closes_at.type),
    ~exists(_of_person.where(occasion.c.state.in_(_UNDER_WAY))),
)
_UNLINKABLE_NEXT = _UNLINKABLE.limit(bindparam("most"))
_LINKED = select(func.count()).where(participant.c.chat.is_not(None))
_UNLINK = (
    update(participant).where(participant.c.id == bindparam("participant_id")).values(chat=None, label_sealed=None)
)
_still_needed = (
    select(enrolment.c.id)
    .join_from(enrolment, cohort)
    .where(enrolment.c.participant == participant.c.id, cohort.c.end > bindparam("ended_before"))
    .correlate(participant)
)
_NAMED = select(participant.c.id).where(
    participant.c.code.not_like(f"{TOMBSTONE}%"),
    exists(select(enrolment.c.id).where(enrolment.c.participant == participant.c.id).correlate(participant)),
    ~exists(_still_needed),
)
_NAMED_NEXT = _NAMED.limit(bindparam("most"))
_CODES = select(func.count()).where(participant.c.code.not_like(f"{TOMBSTONE}%"))
_of_the_one = select(enrolment.c.id).where(enrolment.c.participant == bindparam("participant_id"))
_FORGET_WITH_CODE = tuple(
    delete(table).where(table.c.enrolment.in_(_of_the_one)) for table in (invite, call_note, call_request)
)


def linked(connection: Connection) -> int:
    """How many people have a chat."""
    return connection.execute(_LINKED).scalar_one()


def unlinkable(connection: Connection, before: datetime) -> int:
    """How many people `unlink` would take."""
    return _count(connection, _UNLINKABLE, {"before": before})


def named(connection: Connection) -> int:
    """How many people have a code."""
    return connection.execute(_CODES).scalar_one()


def nameable(connection: Connection, ended_before: date) -> int:
    """How many people `anonymise` would take."""
    return _count(connection, _NAMED, {"ended_before": ended_before})


def _count(connection: Connection, people: Select[int], bound: dict[str, Any]) -> int:
    return connection.execute(select(func.count()).select_from(people.subquery()), bound).scalar_one()


def unlink(connection: Connection, before: datetime, now: datetime, most: int = MANY) -> int:
    """Forget which chats belong to people whose last occasion closed before this moment; gives how many people."""
    people = connection.execute(_UNLINKABLE_NEXT, {"most": most, "before": before}).all()
    for person in people:
        voice_answers.erase_person(connection, person.id)
        connection.execute(_UNLINK, {"participant_id": person.id})
        audit.record(connection, "system", "participant.unlink", f"{TOMBSTONE}{person.id}", now)
    return len(people)


def anonymise(connection: Connection, ended_before: date, now: datetime, most: int = MANY) -> int:
    """Destroy the codes of people all of whose cohorts ended before this day; gives how many people."""
    people = connection.execute(_NAMED_NEXT, {"most": most, "ended_before": ended_before}).scalars().all()
    for person in people:
        voice_answers.erase_person(connection, person)
        for statement in _FORGET_WITH_CODE:
            connection.execute(statement, {"participant_id": person})
        subject = destroy_code(connection, person)
        audit.record(connection, "system", "participant.anonymise", subject, now)
    return len(people)
