"""Who has asked to be called and has not been called yet. No telephone number is kept: the library has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, insert, select, update

from storage import audit
from storage.participants import Enrolment
from storage.schema import EnrolmentState, call_note, call_request, cohort, enrolment, participant
from surveys.model import EnrolmentRole

_CALLED_SINCE = (
    exists()
    .where(
        call_note.c.enrolment == call_request.c.enrolment,
        call_note.c.withdrawn_at.is_(None),
        call_note.c.noted_at >= call_request.c.asked_at,
    )
    .correlate(call_request)
)
_WAITS = call_request.c.withdrawn_at.is_(None) & ~_CALLED_SINCE
_SINCE = select(func.max(call_request.c.asked_at)).where(call_request.c.enrolment == bindparam("enrolment_id"), _WAITS)
_WAITING: Select[*tuple[Any, ...]] = (
    select(enrolment.c.id, participant.c.code, func.max(call_request.c.asked_at).label("asked_at"), enrolment.c.role)
    .join_from(call_request, enrolment)
    .join(participant, participant.c.id == enrolment.c.participant)
    .join(cohort, cohort.c.id == enrolment.c.cohort)
    .where(
        cohort.c.programme.in_(bindparam("programmes", expanding=True)),
        enrolment.c.state.in_((EnrolmentState.ACTIVE, EnrolmentState.INVITED, EnrolmentState.DECLINED)),
        _WAITS,
    )
    .group_by(enrolment.c.id, participant.c.code, enrolment.c.role)
    .order_by("asked_at", participant.c.code)
)
_ADD = insert(call_request)
_WITHDRAW = (
    update(call_request)
    .where(call_request.c.enrolment == bindparam("enrolment_id"), call_request.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("now", type_=call_request.c.withdrawn_at.type))
)


def since(connection: Connection, enrolment_id: int) -> datetime | None:
    """Since when somebody has waited for a call; None where they do not."""
    moment: datetime | None = connection.execute(_SINCE, {"enrolment_id": enrolment_id}).scalar_one()
    return moment


def waiting(connection: Connection, programmes: Sequence[str]) -> list[tuple[int, str, datetime, EnrolmentRole]]:
    """Enrolment, code, moment and role of everybody of these programmes who waits for a call, who asked first first."""
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(_WAITING, {"programmes": list(programmes)})]


def ask(connection: Connection, enrolment: Enrolment, now: datetime) -> None:
    """The person of this place would like to be called; once, as long as nobody has."""
    if since(connection, enrolment.id) is None:
        connection.execute(_ADD, {"enrolment": enrolment.id, "asked_at": now})
        audit.record(connection, f"participant:{enrolment.code}", "call.ask", enrolment.code, now)


def withdraw(connection: Connection, enrolment: Enrolment, now: datetime) -> None:
    """The call is not needed any more."""
    if since(connection, enrolment.id) is not None:
        connection.execute(_WITHDRAW, {"enrolment_id": enrolment.id, "now": now})
        audit.record(connection, f"participant:{enrolment.code}", "call.withdraw", enrolment.code, now)
