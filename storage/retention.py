"""What is not needed any more: the link between a person and a code, and later the code. Knows no clock."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, exists, func, select, update

from storage import audit
from storage.answers import voice_answers
from storage.participants import TOMBSTONE, destroy_code
from storage.schema import OccasionState, chat, cohort, enrolment, invite, occasion, participant, staff

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
_UNLINK = (
    update(participant).where(participant.c.id == bindparam("participant_id")).values(chat=None, label_sealed=None)
)
_FORGET_CHATS = delete(chat).where(
    chat.c.changed_at <= bindparam("before", type_=chat.c.changed_at.type),
    ~exists(select(participant.c.id).where(participant.c.chat == chat.c.chat).correlate(chat)),
    ~exists(select(staff.c.id).where(staff.c.chat == chat.c.chat).correlate(chat)),
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
_FORGET_INVITES = delete(invite).where(
    invite.c.enrolment.in_(select(enrolment.c.id).where(enrolment.c.participant == bindparam("participant_id")))
)


def unlink(connection: Connection, before: datetime, now: datetime) -> int:
    """Forget which chats belong to people whose last occasion closed before this moment; gives how many people."""
    people = connection.execute(_UNLINKABLE, {"before": before}).all()
    for person in people:
        voice_answers.erase_person(connection, person.id)
        connection.execute(_UNLINK, {"participant_id": person.id})
        audit.record(connection, "system", "participant.unlink", f"{TOMBSTONE}{person.id}", now)
    return len(people)


def forget_chats(connection: Connection, before: datetime) -> int:
    """Forget chats of nobody: strangers, who declined, who was unlinked; gives how many that were silent so long."""
    return connection.execute(_FORGET_CHATS, {"before": before}).rowcount


def anonymise(connection: Connection, ended_before: date, now: datetime) -> int:
    """Destroy the codes of people all of whose cohorts ended before this day; gives how many people."""
    people = connection.execute(_NAMED, {"ended_before": ended_before}).scalars().all()
    for person in people:
        voice_answers.erase_person(connection, person)
        connection.execute(_FORGET_INVITES, {"participant_id": person})
        subject = destroy_code(connection, person)
        audit.record(connection, "system", "participant.anonymise", subject, now)
    return len(people)
