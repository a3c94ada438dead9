"""When a person was written to without having asked, over all programmes. Knows a person by the chat alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, or_, select

from storage.schema import AFTERWARDS, DeliveryKind, DeliveryState, delivery, enrolment, occasion, participant
from surveys.contact_policy import WEEK

_now = bindparam("now", type_=delivery.c.ended_at.type)
_UNASKED = (
    select(func.coalesce(delivery.c.ended_at, _now, type_=delivery.c.ended_at.type))
    .join_from(participant, enrolment)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .join(delivery, delivery.c.occasion == occasion.c.id)
    .where(
        participant.c.chat == bindparam("chat_ref"),
        delivery.c.kind.in_((DeliveryKind.OPENING, DeliveryKind.REMINDER, *AFTERWARDS)),
        delivery.c.state.in_((DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN)),
        or_(delivery.c.ended_at.is_(None), delivery.c.ended_at > bindparam("since")),
    )
)
_WAITING = (
    select(func.count())
    .select_from(participant)
    .join(enrolment)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .join(delivery, delivery.c.occasion == occasion.c.id)
    .where(
        participant.c.chat == bindparam("chat_ref"),
        or_(delivery.c.kind == DeliveryKind.OPENING, delivery.c.details["wished"].as_boolean()),
        delivery.c.state == DeliveryState.DUE,
        delivery.c.planned_at <= _now,
    )
)


def unasked(connection: Connection, chat: bytes, now: datetime) -> list[datetime]:
    """When messages went to this chat within the last week; what is just being sent counts as sent now."""
    return list(connection.execute(_UNASKED, {"chat_ref": chat, "now": now, "since": now - WEEK}).scalars())


def waiting(connection: Connection, chat: bytes, now: datetime) -> int:
    """How many messages to this chat are due, and not yet on their way, that come before reminders.

    These are invitations, and what the person wished for.
    """
    found: int = connection.execute(_WAITING, {"chat_ref": chat, "now": now}).scalar_one()
    return found
