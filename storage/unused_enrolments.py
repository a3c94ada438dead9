"""Enrolments of which nobody ever made use: a slip of the finger, taken away so that no number knows of them.

The row stays as a tombstone, like that of an erased person: numbers of rows are given away anew, and old links and
buttons still name this one.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from storage import access_links, audit, participants, roster_imports
from storage.participants import TOMBSTONE, Enrolment
from storage.schema import EnrolmentState, call_note, call_request, consent, deed, enrolment, occasion, participant

_ENROLMENT = bindparam("enrolment_id", type_=enrolment.c.id.type)
_REMOVE = (
    update(enrolment)
    .where(
        enrolment.c.id == _ENROLMENT,
        enrolment.c.state == EnrolmentState.INVITED,
        enrolment.c.joined_at.is_(None),
        ~exists(select(consent.c.id).where(consent.c.enrolment == enrolment.c.id).correlate(enrolment)),
        ~exists(select(occasion.c.id).where(occasion.c.enrolment == enrolment.c.id).correlate(enrolment)),
    )
    .values(state=EnrolmentState.ERASED, left_at=bindparam("now", type_=enrolment.c.left_at.type))
)
_FORGET = tuple(delete(table).where(table.c.enrolment == _ENROLMENT) for table in (call_note, call_request, deed))
_OTHERS = (
    select(func.count())
    .select_from(enrolment)
    .where(enrolment.c.participant == bindparam("participant_id"), enrolment.c.id != _ENROLMENT)
)
_ADD_NOBODY = insert(participant).returning(participant.c.id)
_HAND_OVER = update(enrolment).where(enrolment.c.id == _ENROLMENT).values(participant=bindparam("nobody"))
_TOGETHER = (
    select(enrolment.c.id)
    .where(
        enrolment.c.cohort == bindparam("cohort_id"),
        enrolment.c.id.between(bindparam("first"), bindparam("last")),
        enrolment.c.enrolled_at
        == select(enrolment.c.enrolled_at)
        .where(enrolment.c.id == bindparam("first"), enrolment.c.cohort == bindparam("cohort_id"))
        .scalar_subquery(),
        enrolment.c.enrolled_at >= bindparam("since", type_=enrolment.c.enrolled_at.type),
        enrolment.c.state != EnrolmentState.ERASED,
    )
    .order_by(enrolment.c.id)
)


def remove(connection: Connection, enrolment: Enrolment, now: datetime, actor: str) -> bool:
    """Take an enrolment away; false where the person has said yes or no, or was asked anything.

    A code that only this enrolment has goes with it; somebody who is in another group keeps the code and that place.
    """
    bound = {"enrolment_id": enrolment.id}
    if connection.execute(_REMOVE, {**bound, "now": now}).rowcount != 1:
        return False
    roster_imports.drop_names(connection, enrolment.id)
    access_links.void(connection, enrolment.id, now)
    for statement in _FORGET:
        connection.execute(statement, bound)
    others = connection.execute(_OTHERS, {**bound, "participant_id": enrolment.participant}).scalar_one()
    if others:
        nobody = {"code": f"{TOMBSTONE}{secrets.randbelow(10**7):07}", "created_at": now}
        connection.execute(_HAND_OVER, {**bound, "nobody": connection.execute(_ADD_NOBODY, nobody).scalar_one()})
    subject = enrolment.code if others else participants.destroy_code(connection, enrolment.participant)
    audit.record(connection, actor, "participant.unenrol", subject, now)
    return True


def enrolled_together(connection: Connection, cohort_id: int, first: int, last: int, since: datetime) -> Sequence[int]:
    """The enrolments that were made at one go, from `first` to `last`; none that was made before `since`."""
    bound = {"cohort_id": cohort_id, "first": first, "last": last, "since": since}
    return connection.execute(_TOGETHER, bound).scalars().all()
