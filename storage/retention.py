"""What is promised about time: links between people and codes are deleted, and answers become anonymous.

Knows the lengths only as it is told them; runs once a day, and whatever was forgotten once stays forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, select, update

from storage import audit, occasions
from storage.schema import (
    OccasionState,
    answer_change,
    chat,
    cohort,
    enrolment,
    invite,
    occasion,
    participant,
    run,
    staff,
)

_SYSTEM = "system"
_MINE = enrolment.c.participant == participant.c.id

_LATELY_ASKED = (
    select(occasion.c.id)
    .join(enrolment, enrolment.c.id == occasion.c.enrolment)
    .where(_MINE, occasion.c.state != OccasionState.CANCELLED, occasion.c.closes_at > bindparam("since"))
)
_LATELY_CHANGED = select(enrolment.c.id).where(
    _MINE,
    func.coalesce(enrolment.c.left_at, enrolment.c.joined_at, enrolment.c.enrolled_at) > bindparam("since"),
)
_TO_UNLINK = select(participant.c.id, participant.c.code, participant.c.chat).where(
    participant.c.chat.is_not(None), ~_LATELY_ASKED.exists(), ~_LATELY_CHANGED.exists()
)
_UNLINK = update(participant).where(participant.c.id == bindparam("key")).values(chat=None, unreachable_at=None)
_FORGET_CHAT = delete(chat).where(
    chat.c.chat == bindparam("reference"),
    ~select(staff.c.id).where(staff.c.chat == bindparam("reference")).exists(),
    ~select(participant.c.id).where(participant.c.chat == bindparam("reference")).exists(),
)

_STILL_NEEDED = (
    select(enrolment.c.id)
    .join(cohort, cohort.c.id == enrolment.c.cohort)
    .where(_MINE, cohort.c.end >= bindparam("since"))
)
_TO_ANONYMISE = select(participant.c.id, participant.c.chat).where(
    participant.c.code.not_like("-%"), ~_STILL_NEEDED.exists()
)
_ENROLMENTS = select(enrolment.c.id).where(enrolment.c.participant == bindparam("key"))
_HISTORY = delete(answer_change).where(
    answer_change.c.run.in_(
        select(run.c.id).join(occasion, occasion.c.id == run.c.occasion).where(occasion.c.enrolment.in_(_ENROLMENTS))
    )
)
_INVITES = delete(invite).where(invite.c.enrolment.in_(_ENROLMENTS))
_ANONYMISE = (
    update(participant)
    .where(participant.c.id == bindparam("key"))
    .values(code=bindparam("tombstone"), chat=None, unreachable_at=None)
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many people's links were deleted, and how many people's answers became anonymous."""

    unlinked: int
    anonymised: int


def forget(
    connection: Connection, now: datetime, today: date, *, unlink_after: timedelta, anonymise_after: timedelta
) -> Forgotten:
    """Do what is promised by now. `today` is the local day; where anything was forgotten, the caller scrubs."""
    anonymised = _anonymise(connection, now, today - anonymise_after)
    return Forgotten(_unlink(connection, now, now - unlink_after), anonymised)


def _unlink(connection: Connection, now: datetime, since: datetime) -> int:
    """Delete the link of everybody whose last questionnaire closed, or who left, before `since`."""
    rows = connection.execute(_TO_UNLINK, {"since": since}).all()
    for row in rows:
        connection.execute(_UNLINK, {"key": row.id})
        connection.execute(_FORGET_CHAT, {"reference": row.chat})
        audit.record(connection, _SYSTEM, "participant.unlink", row.code, now)
    return len(rows)


def _anonymise(connection: Connection, now: datetime, since: date) -> int:
    """Destroy the code of everybody whose groups ended before `since`, and what names it beside the answers."""
    rows = connection.execute(_TO_ANONYMISE, {"since": since}).all()
    for row in rows:
        tombstone = f"-{row.id}"
        for (enrolment_id,) in connection.execute(_ENROLMENTS, {"key": row.id}).all():
            occasions.cancel_all(connection, enrolment_id, now)
        connection.execute(_HISTORY, {"key": row.id})
        connection.execute(_INVITES, {"key": row.id})
        connection.execute(_ANONYMISE, {"key": row.id, "tombstone": tombstone})
        if row.chat is not None:
            connection.execute(_FORGET_CHAT, {"reference": row.chat})
        audit.record(connection, _SYSTEM, "participant.anonymise", tombstone, now)
    return len(rows)
