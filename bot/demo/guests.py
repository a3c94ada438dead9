"""Those whose phones lie on the table, in storage: they came after everybody who is made up.

What is asked here: when a questionnaire comes to one of them next.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from storage.schema import DeliveryKind, DeliveryState, delivery, enrolment, occasion, participant

_OPENINGS = (
    select(delivery.c.state, delivery.c.due_at)
    .join_from(delivery, occasion, delivery.c.occasion == occasion.c.id)
    .join(enrolment, occasion.c.enrolment == enrolment.c.id)
    .join(participant, enrolment.c.participant == participant.c.id)
    .where(
        delivery.c.kind == DeliveryKind.OPENING,
        occasion.c.enrolment > bindparam("last"),
        participant.c.chat.is_not(None),
    )
    .cte("openings")
)
_NEXT = select(func.min(_OPENINGS.c.due_at)).where(_OPENINGS.c.state == DeliveryState.DUE)
_COME = select(func.count()).select_from(_OPENINGS).where(_OPENINGS.c.state == DeliveryState.SENT)


def next_survey(connection: Connection, last: int) -> datetime | None:
    """When the next questionnaire comes to one of the phones; `last` is the enrolment of the last made-up person."""
    moment: datetime | None = connection.scalar(_NEXT, {"last": last})
    return moment


def surveys_come(connection: Connection, last: int) -> int:
    """How many questionnaires have come to the phones so far."""
    return connection.execute(_COME, {"last": last}).scalar_one()
