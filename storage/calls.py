"""Who needs a call from the library, why, since when, and what came of it. Knows people by their codes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from storage import audit, call_requests, occasions, planned_work
from storage.schema import (
    CallOutcome,
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    OccasionState,
    answer,
    call_note,
    chat,
    cohort,
    delivery,
    email_address,
    enrolment,
    invite,
    occasion,
    participant,
    run,
)
from storage.secrets.addresses import WEB
from surveys.model import EnrolmentRole

CLOSING_SOON = timedelta(days=3)
UNOPENED_AFTER = timedelta(days=7)
"""So long after a link was made it is time to ask whether the person needs help with it."""
QUIET: dict[CallOutcome, timedelta] = {
    CallOutcome.REACHED: timedelta(days=3),
    CallOutcome.COMING: timedelta(days=7),
}
"""After so long somebody is on the list again, unless something new happened before."""


class CallReason(StrEnum):
    """Why somebody needs a call; the first that holds counts."""

    ASKED = "asked"  # they have asked for it
    UNREACHABLE = "unreachable"  # the bot is blocked, or the account is gone
    NO_TELEGRAM = "no_telegram"
    BY_BROWSER = "by_browser"  # answers in a browser and does not wish e-mail: nobody says that something is open
    MAIL_REFUSED = "mail_refused"  # the mail address is not known any more
    HALF = "half"  # begun, and closing soon
    SILENT = "silent"  # never begun, and the last reminder is out
    UNOPENED = "unopened"  # enrolled, and the link is still not opened


@dataclass(frozen=True, slots=True)
class Call:
    """One person to call; about an open questionnaire that closes at `closes_at`, if there is one."""

    enrolment: int
    code: str
    reason: CallReason
    since: datetime
    closes_at: datetime | None
    waits: bool = False  # for the next group


@dataclass(frozen=True, slots=True)
class Note:
    """What came of a call, and when."""

    outcome: CallOutcome
    noted_at: datetime


_TRIED = (
    select(func.max(delivery.c.ended_at))
    .where(
        delivery.c.occasion == occasion.c.id,
        delivery.c.kind.in_((DeliveryKind.OPENING, DeliveryKind.REMINDER)),
        delivery.c.state.in_((DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.FAILED)),
    )
    .scalar_subquery()
)
_MORE_TO_COME = (
    select(delivery.c.id)
    .where(
        delivery.c.occasion == occasion.c.id,
        delivery.c.kind.in_((DeliveryKind.OPENING, DeliveryKind.REMINDER)),
        delivery.c.state.in_((DeliveryState.DUE, DeliveryState.SENDING)),
    )
    .exists()
)
_LAST_ANSWER = select(func.max(answer.c.answered_at)).where(answer.c.run == run.c.id).scalar_subquery()
_LAST_NOTE = (
    select(func.max(call_note.c.id))
    .where(call_note.c.enrolment == enrolment.c.id, call_note.c.withdrawn_at.is_(None))
    .correlate(enrolment)
    .scalar_subquery()
)
_OPEN = (
    select(
        enrolment.c.id,
        participant.c.code,
        enrolment.c.role,
        participant.c.unreachable_at,
        participant.c.chat.is_(None).label("no_chat"),
        (chat.c.channel == WEB).label("by_browser"),
        email_address.c.confirmed_at.label("mail_confirmed_at"),
        email_address.c.refused_at.label("mail_refused_at"),
        occasion.c.opens_at,
        occasion.c.closes_at,
        func.coalesce(_TRIED, occasion.c.invited_at, occasion.c.opens_at).label("tried_at"),
        _MORE_TO_COME.label("more_to_come"),
        _LAST_ANSWER.label("answered_at"),
        call_note.c.outcome,
        call_note.c.noted_at,
    )
    .join_from(cohort, enrolment)
    .join(participant, participant.c.id == enrolment.c.participant)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .outerjoin(run, run.c.occasion == occasion.c.id)
    .outerjoin(call_note, call_note.c.id == _LAST_NOTE)
    .outerjoin(chat, chat.c.chat == participant.c.chat)
    .outerjoin(email_address, email_address.c.chat == participant.c.chat)
    .where(
        cohort.c.programme.in_(bindparam("programmes", expanding=True)),
        enrolment.c.state == EnrolmentState.ACTIVE,
        occasion.c.state == OccasionState.OPEN,
        occasion.c.muted_at.is_(None),  # who wished to hear no more is not called either
        occasion.c.closes_at > bindparam("now"),
    )
    .order_by(occasion.c.closes_at, participant.c.code)
)
_LINKED_AT = func.coalesce(
    select(func.max(invite.c.created_at)).where(invite.c.enrolment == enrolment.c.id).scalar_subquery(),
    enrolment.c.enrolled_at,
    type_=enrolment.c.enrolled_at.type,
)
_UNOPENED = (
    select(
        enrolment.c.id,
        participant.c.code,
        enrolment.c.role,
        _LINKED_AT.label("linked_at"),
        call_note.c.outcome,
        call_note.c.noted_at,
    )
    .join_from(cohort, enrolment)
    .join(participant, participant.c.id == enrolment.c.participant)
    .outerjoin(call_note, call_note.c.id == _LAST_NOTE)
    .where(
        cohort.c.programme.in_(bindparam("programmes", expanding=True)),
        cohort.c.closed_at.is_(None),
        cohort.c.end >= bindparam("today"),
        enrolment.c.state == EnrolmentState.INVITED,
        bindparam("before", type_=enrolment.c.enrolled_at.type) >= _LINKED_AT,
    )
    .order_by("linked_at", participant.c.code)
)
_ADD_NOTE = insert(call_note).returning(call_note.c.id)
_NOTES = (
    select(call_note.c.outcome, call_note.c.noted_at)
    .where(call_note.c.enrolment == bindparam("enrolment_id"), call_note.c.withdrawn_at.is_(None))
    .order_by(call_note.c.id)
)
_WITHDRAW = (
    update(call_note)
    .where(call_note.c.id == bindparam("note_id"), call_note.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("now", type_=call_note.c.withdrawn_at.type))
)


def needing(connection: Connection, programmes: Sequence[str], now: datetime) -> list[Call]:
    """The people of these programmes who need a call, one entry a person.

    First who asked for it, then what closes first, then unopened links. Who was called (see `note`) is on the list
    again when something new happens: they ask for it, another questionnaire opens, they block the bot, begin and
    stop; or after `QUIET`. Who refused what is open is called about what opens later alone.
    """
    calls = {
        enrolment_id: Call(enrolment_id, code, CallReason.ASKED, asked_at, None, role is EnrolmentRole.WAITING)
        for enrolment_id, code, asked_at, role in call_requests.waiting(connection, programmes)
    }
    for row in connection.execute(_OPEN, {"programmes": list(programmes), "now": now}):
        why = _why(row, now)
        if why is not None and not _is_quiet(row, why[1], now):
            calls.setdefault(row.id, Call(row.id, row.code, *why, row.closes_at, row.role is EnrolmentRole.WAITING))
    unopened = [one for one in _unopened(connection, programmes, now) if one.enrolment not in calls]
    return [*calls.values(), *unopened]


def note(connection: Connection, enrolment_id: int, code: str, outcome: CallOutcome, now: datetime, actor: str) -> int:
    """Write what came of a call to the person with this code; gives the number of the note."""
    values = {"enrolment": enrolment_id, "outcome": outcome, "noted_at": now, "noted_by": actor}
    number: int = connection.execute(_ADD_NOTE, values).scalar_one()
    audit.record(connection, actor, f"call.{outcome.value}", code, now)
    return number


def notes(connection: Connection, enrolment_id: int) -> list[Note]:
    """What came of every call to somebody, the first first."""
    return [Note(*row) for row in connection.execute(_NOTES, {"enrolment_id": enrolment_id})]


def withdraw(connection: Connection, note_id: int, now: datetime) -> None:
    """The note was a mistake. The caller writes the audit row."""
    connection.execute(_WITHDRAW, {"note_id": note_id, "now": now})


def stop_asking(connection: Connection, enrolment_id: int, now: datetime) -> planned_work.PlannedWork:
    """Nothing more is sent about what is open; it can be answered until it closes. Gives how it was before."""
    before = planned_work.of_enrolment(connection, enrolment_id)
    for key, state in before.occasions.items():
        if state is OccasionState.OPEN:
            occasions.cancel(connection, key, now, (DeliveryKind.OPENING, DeliveryKind.REMINDER))
    return before


def _unopened(connection: Connection, programmes: Sequence[str], now: datetime) -> list[Call]:
    """Whose newest link lies unopened for so long, in groups that are not over; a new link is a new beginning."""
    given = {"programmes": list(programmes), "today": now.date(), "before": now - UNOPENED_AFTER}
    return [
        Call(row.id, row.code, CallReason.UNOPENED, row.linked_at, None, row.role is EnrolmentRole.WAITING)
        for row in connection.execute(_UNOPENED, given)
        if row.outcome is None or not _still_holds(row, row.linked_at, now)
    ]


def _is_quiet(row: Row[*tuple[Any, ...]], since: datetime, now: datetime) -> bool:
    """Whether what came of the last call still holds."""
    if row.outcome is None or row.opens_at > row.noted_at:
        return False
    return row.outcome is CallOutcome.REFUSED or _still_holds(row, since, now)


def _still_holds(row: Row[*tuple[Any, ...]], since: datetime, now: datetime) -> bool:
    """Whether nothing new happened since the last call, and it was not long ago."""
    quiet: bool = row.outcome in QUIET and since <= row.noted_at and now < row.noted_at + QUIET[row.outcome]
    return quiet


def _why(row: Row[*tuple[Any, ...]], now: datetime) -> tuple[CallReason, datetime] | None:
    if row.unreachable_at is not None:
        return CallReason.UNREACHABLE, row.unreachable_at
    if row.no_chat:
        return CallReason.NO_TELEGRAM, row.opens_at
    if row.answered_at is not None:
        return (CallReason.HALF, row.answered_at) if row.closes_at - now <= CLOSING_SOON else None
    if row.mail_refused_at is not None:
        return CallReason.MAIL_REFUSED, max(row.mail_refused_at, row.opens_at)
    if row.by_browser and row.mail_confirmed_at is None:
        return CallReason.BY_BROWSER, row.opens_at
    return None if row.more_to_come else (CallReason.SILENT, row.tried_at)
