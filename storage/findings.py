"""What was learned from a wave, written for a group: which waves have closed, the text, and how its messages stand.

The text stands sealed. Once the first message has left nothing changes any more: everybody reads the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from storage import audit, deliveries
from storage.schema import (
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    OccasionState,
    cohort,
    delivery,
    enrolment,
    feedback,
    occasion,
    participant,
)
from storage.secrets.keys import Keys

_LEFT = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN)


class FindingsStanding(StrEnum):
    """How far what was learned from a wave has come."""

    UNWRITTEN = "unwritten"
    DRAFT = "draft"
    APPROVED = "approved"
    SENT = "sent"  # to the first person at least


@dataclass(frozen=True, slots=True)
class Closed:
    """A wave of a group in which nobody can answer any more, with what was written about it.

    `people` would get it now: they take part, wish to hear of the wave, and have a chat. `due_at`: when an approved
    text goes out, `sent`: to how many it went; both are known to `find` alone.
    """

    cohort: int
    programme: str
    cohort_name: str
    wave: str
    closed_at: datetime
    people: int
    id: int | None = None
    revision: int = 0
    text: str = ""
    approved_at: datetime | None = None
    due_at: datetime | None = None
    sent: int = 0

    @property
    def standing(self) -> FindingsStanding:
        """How far it has come."""
        if self.id is None:
            return FindingsStanding.UNWRITTEN
        if self.sent:
            return FindingsStanding.SENT
        return FindingsStanding.DRAFT if self.approved_at is None else FindingsStanding.APPROVED


_of_wave = (enrolment.c.cohort == bindparam("cohort_id"), occasion.c.wave == bindparam("wave_id"))
_CLOSED: Select[*tuple[Any, ...]] = (
    select(
        cohort.c.id.label("cohort"),
        cohort.c.programme,
        cohort.c.name.label("cohort_name"),
        occasion.c.wave,
        func.max(occasion.c.closes_at).label("closed_at"),
        func.count()
        .filter(
            enrolment.c.state == EnrolmentState.ACTIVE,
            occasion.c.muted_at.is_(None),
            participant.c.chat.is_not(None),
        )
        .label("people"),
    )
    .join_from(cohort, enrolment)
    .join(participant, participant.c.id == enrolment.c.participant)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .where(occasion.c.state != OccasionState.CANCELLED)
    .group_by(cohort.c.id, cohort.c.programme, cohort.c.name, occasion.c.wave)
    .having(func.count().filter(occasion.c.state.in_((OccasionState.PLANNED, OccasionState.OPEN))) == 0)
    .order_by(func.max(occasion.c.closes_at).desc(), cohort.c.id.desc(), occasion.c.wave)
)
_OF_PROGRAMMES = _CLOSED.where(cohort.c.programme.in_(bindparam("slugs", expanding=True)))
_OF_COHORT = _CLOSED.where(cohort.c.id == bindparam("cohort_id")).limit(1)
_OF_WAVE = _CLOSED.where(*_of_wave)
_WRITTEN = (
    select(feedback).join_from(feedback, cohort).where(cohort.c.programme.in_(bindparam("slugs", expanding=True)))
)
_WRITTEN_ONE = select(feedback).where(
    feedback.c.cohort == bindparam("cohort_id"), feedback.c.wave == bindparam("wave_id")
)
_WRITTEN_LOCKED = _WRITTEN_ONE.with_for_update()
_APPROVED = (
    select(feedback.c.text_sealed)
    .where(feedback.c.id == bindparam("feedback_id"), feedback.c.approved_at.is_not(None))
    .with_for_update(read=True)  # so that a text is not changed while the first message of it begins
)
_MESSAGES = (
    select(delivery.c.details, delivery.c.state, delivery.c.planned_at)
    .join_from(delivery, occasion)
    .join(enrolment)
    .where(*_of_wave, delivery.c.kind == DeliveryKind.FEEDBACK)
)
_IN_CHAT = (
    select(delivery.c.details)
    .join_from(participant, enrolment)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .join(delivery, delivery.c.occasion == occasion.c.id)
    .where(
        participant.c.chat == bindparam("chat_ref"),
        delivery.c.kind == DeliveryKind.FEEDBACK,
        delivery.c.state.in_(_LEFT),
    )
)
_RECEIVERS = (
    select(occasion.c.id)
    .join_from(occasion, enrolment)
    .where(*_of_wave, enrolment.c.state == EnrolmentState.ACTIVE, occasion.c.state != OccasionState.CANCELLED)
    .order_by(occasion.c.id)
)
_ADD = insert(feedback)
_CHANGE = update(feedback).where(feedback.c.id == bindparam("feedback_id"))
_ANEW = (
    update(delivery)
    .where(delivery.c.key == bindparam("delivery_key"), delivery.c.state == DeliveryState.CANCELLED)
    .values(
        state=DeliveryState.DUE,
        due_at=bindparam("due"),
        planned_at=bindparam("due"),
        details=bindparam("told"),
        ended_at=None,
        problem=None,
    )
)
_CANCEL = (
    update(delivery)
    .where(
        delivery.c.kind == DeliveryKind.FEEDBACK,
        delivery.c.state == DeliveryState.DUE,
        delivery.c.occasion.in_(select(occasion.c.id).join_from(occasion, enrolment).where(*_of_wave)),
    )
    .values(state=DeliveryState.CANCELLED, ended_at=bindparam("now"), problem="stopped")
)


def of_programmes(connection: Connection, keys: Keys, slugs: Sequence[str]) -> list[Closed]:
    """The closed waves of these programmes that somebody would hear of, or that something was written about.

    The last closed first; how their messages stand is not looked at.
    """
    bound = {"slugs": list(slugs)}
    written = {(row.cohort, row.wave): row for row in connection.execute(_WRITTEN, bound)}
    found = [
        _closed(row, written.get((row.cohort, row.wave)), keys) for row in connection.execute(_OF_PROGRAMMES, bound)
    ]
    return [one for one in found if one.people or one.id is not None]


def has_closed(connection: Connection, cohort_id: int) -> bool:
    """Whether a wave of this group has closed."""
    return connection.execute(_OF_COHORT, {"cohort_id": cohort_id}).first() is not None


def find(connection: Connection, keys: Keys, cohort_id: int, wave: str, *, changing: bool = False) -> Closed | None:
    """One closed wave with how its messages stand; with `changing` the text is locked for this transaction."""
    bound = {"cohort_id": cohort_id, "wave_id": wave}
    written = connection.execute(_WRITTEN_LOCKED if changing else _WRITTEN_ONE, bound).one_or_none()
    row = connection.execute(_OF_WAVE, bound).one_or_none()
    return None if row is None else _closed(row, written, keys, connection.execute(_MESSAGES, bound).all())


def write(connection: Connection, keys: Keys, one: Closed, text: str, now: datetime, actor: str) -> bool:
    """Keep the text as a draft, in the place of an earlier one; false when that has begun to leave."""
    if one.standing is FindingsStanding.SENT:
        return False
    written = {"text_sealed": keys.seal_text(text), "written_at": now, "written_by": actor}
    if one.id is None:
        connection.execute(_ADD, {"cohort": one.cohort, "wave": one.wave, **written})
    else:
        _change(connection, one, **written, approved_at=None)
        _cancel(connection, one, now)
    audit.record(connection, actor, "feedback.write", _subject(one), now)
    return True


def approve(connection: Connection, one: Closed, due_at: datetime, now: datetime, actor: str) -> bool:
    """The draft goes out at this moment to whoever was asked and still takes part then; false for no draft.

    Also to who did not answer: it is for the group, and so it gives away nobody.
    """
    if one.standing is not FindingsStanding.DRAFT:
        return False
    _change(connection, one, approved_at=now)
    told = {"feedback": one.id}
    for number in connection.execute(_RECEIVERS, {"cohort_id": one.cohort, "wave_id": one.wave}).scalars().all():
        key = f"feedback:{number}"
        if not deliveries.plan_delivery(connection, key, DeliveryKind.FEEDBACK, due_at, occasion=number, details=told):
            connection.execute(_ANEW, {"delivery_key": key, "due": due_at, "told": told})
    audit.record(connection, actor, "feedback.approve", _subject(one), now)
    return True


def stop(connection: Connection, one: Closed, now: datetime, actor: str) -> bool:
    """What was approved is a draft again; false when it was not, or has begun to leave."""
    if one.standing is not FindingsStanding.APPROVED:
        return False
    _change(connection, one, approved_at=None)
    _cancel(connection, one, now)
    audit.record(connection, actor, "feedback.stop", _subject(one), now)
    return True


def approved_text(connection: Connection, keys: Keys, feedback_id: int) -> str | None:
    """The text as it is approved now, and stays until the end of this transaction; none for a draft."""
    sealed = connection.execute(_APPROVED, {"feedback_id": feedback_id}).scalar_one_or_none()
    return None if sealed is None else keys.open_text(sealed)


def was_told(connection: Connection, chat: bytes, feedback_id: int) -> bool:
    """Whether this text went to the chat already, perhaps to another person who shares it."""
    return any(told["feedback"] == feedback_id for told in connection.execute(_IN_CHAT, {"chat_ref": chat}).scalars())


def _change(connection: Connection, one: Closed, **values: object) -> None:
    connection.execute(_CHANGE.values(revision=one.revision + 1, **values), {"feedback_id": one.id})


def _cancel(connection: Connection, one: Closed, now: datetime) -> None:
    connection.execute(_CANCEL, {"cohort_id": one.cohort, "wave_id": one.wave, "now": now})


def _subject(one: Closed) -> str:
    return f"cohort:{one.cohort}:{one.wave}"


def _closed(
    row: Row[*tuple[Any, ...]],
    written: Row[*tuple[Any, ...]] | None,
    keys: Keys,
    messages: Sequence[Row[*tuple[Any, ...]]] = (),
) -> Closed:
    if written is None:
        return Closed(*row)
    own = [one for one in messages if one.details["feedback"] == written.id]  # others came here with who moved
    return replace(
        Closed(*row),
        id=written.id,
        revision=written.revision,
        text=keys.open_text(written.text_sealed),
        approved_at=written.approved_at,
        due_at=min((one.planned_at for one in own if one.state is DeliveryState.DUE), default=None),
        sent=sum(one.state in _LEFT for one in own),
    )
