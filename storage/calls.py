"""Who needs a call from the library, why, and since when. Knows people by their codes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from storage.schema import (
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    OccasionState,
    answer,
    cohort,
    delivery,
    enrolment,
    occasion,
    participant,
    run,
)

CLOSING_SOON = timedelta(days=3)


class Reason(StrEnum):
    """Why somebody needs a call; the first that holds counts."""

    UNREACHABLE = "unreachable"  # the bot is blocked, or the account is gone
    NO_TELEGRAM = "no_telegram"
    HALF = "half"  # begun, and closing soon
    SILENT = "silent"  # never begun, and the last reminder is out


@dataclass(frozen=True, slots=True)
class Call:
    """One person to call about an open questionnaire that closes at `closes_at`."""

    enrolment: int
    code: str
    reason: Reason
    since: datetime
    closes_at: datetime


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
_OPEN = (
    select(
        enrolment.c.id,
        participant.c.code,
        participant.c.unreachable_at,
        participant.c.chat.is_(None).label("no_chat"),
        occasion.c.opens_at,
        occasion.c.closes_at,
        func.coalesce(_TRIED, occasion.c.invited_at, occasion.c.opens_at).label("tried_at"),
        _MORE_TO_COME.label("more_to_come"),
        _LAST_ANSWER.label("answered_at"),
    )
    .join_from(cohort, enrolment)
    .join(participant, participant.c.id == enrolment.c.participant)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .outerjoin(run, run.c.occasion == occasion.c.id)
    .where(
        cohort.c.programme.in_(bindparam("programmes", expanding=True)),
        enrolment.c.state == EnrolmentState.ACTIVE,
        occasion.c.state == OccasionState.OPEN,
        occasion.c.closes_at > bindparam("now"),
    )
    .order_by(occasion.c.closes_at, participant.c.code)
)


def needing(connection: Connection, programmes: Sequence[str], now: datetime) -> list[Call]:
    """The people of these programmes who need a call, one entry a person, what closes first first."""
    calls: dict[int, Call] = {}
    for row in connection.execute(_OPEN, {"programmes": list(programmes), "now": now}):
        why = _why(row, now)
        if why is not None:
            calls.setdefault(row.id, Call(row.id, row.code, *why, row.closes_at))
    return list(calls.values())


def _why(row: Row[*tuple[Any, ...]], now: datetime) -> tuple[Reason, datetime] | None:
    if row.unreachable_at is not None:
        return Reason.UNREACHABLE, row.unreachable_at
    if row.no_chat:
        return Reason.NO_TELEGRAM, row.opens_at
    if row.answered_at is not None:
        return (Reason.HALF, row.answered_at) if row.closes_at - now <= CLOSING_SOON else None
    return None if row.more_to_come else (Reason.SILENT, row.tried_at)
