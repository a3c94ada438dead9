"""Occasions: one wave for one person, and the deliveries that go with it, kept in step with the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from storage import deliveries, waiting_list
from storage.schema import (
    AFTERWARDS,
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    OccasionState,
    cohort,
    delivery,
    enrolment,
    occasion,
    participant,
)
from storage.shared_phones import SHARED
from surveys.contact_policy import ContactPolicy
from surveys.model import EnrolmentRole, Programme
from surveys.plan import Planned, plan


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion with all that a use case needs to know of where it belongs."""

    id: int
    enrolment: int
    wave: str
    opens_at: datetime
    closes_at: datetime
    state: OccasionState
    programme: str
    cohort: int
    code: str
    chat: bytes | None
    unreachable_at: datetime | None
    enrolment_state: EnrolmentState
    muted_at: datetime | None
    label_sealed: bytes | None  # what those who share the chat call this person
    shared: bool  # whether somebody else takes part in the chat
    role: EnrolmentRole = EnrolmentRole.PARTICIPANT

    @property
    def waits(self) -> bool:
        """Whether it is one of those who wait for the next group."""
        return self.role is EnrolmentRole.WAITING


class StepKind(StrEnum):
    """What planning anew does to one wave of one person."""

    ADD = "add"
    MOVE = "move"  # perhaps to where it is already
    STAY = "stay"  # it is open, or has ended
    LATE = "late"  # it would have closed already, and stays where it is
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Step:
    """One wave of one person: as it is, and as it is planned anew."""

    wave: str
    kind: StepKind
    occasion: Occasion | None
    planned: Planned | None


_OCCASION: Select[*tuple[Any, ...]] = (
    select(
        occasion.c.id,
        occasion.c.enrolment,
        occasion.c.wave,
        occasion.c.opens_at,
        occasion.c.closes_at,
        occasion.c.state,
        cohort.c.programme,
        cohort.c.id.label("cohort"),
        participant.c.code,
        participant.c.chat,
        participant.c.unreachable_at,
        enrolment.c.state.label("enrolment_state"),
        occasion.c.muted_at,
        participant.c.label_sealed,
        SHARED,
        enrolment.c.role,
    )
    .join_from(occasion, enrolment)
    .join(cohort)
    .join(participant, participant.c.id == enrolment.c.participant)
)
_BY_ID = _OCCASION.where(occasion.c.id == bindparam("occasion_id"))
_OPEN_OF_CHAT = _OCCASION.where(
    participant.c.chat == bindparam("chat_ref"),
    occasion.c.state == OccasionState.OPEN,
    enrolment.c.state == EnrolmentState.ACTIVE,
).order_by(occasion.c.closes_at, occasion.c.id)
_NEXT_OF_CHAT = _OCCASION.where(
    participant.c.chat == bindparam("chat_ref"),
    occasion.c.state == OccasionState.PLANNED,
    enrolment.c.state == EnrolmentState.ACTIVE,
).order_by(occasion.c.opens_at, occasion.c.id)
_OF_ENROLMENT = _OCCASION.where(occasion.c.enrolment == bindparam("enrolment_id")).order_by(occasion.c.opens_at)
_ENROLLED: Select[*tuple[Any, ...]] = (
    select(enrolment.c.id, enrolment.c.joined_at, enrolment.c.role, cohort.c.start, cohort.c.end, cohort.c.audience)
    .join_from(enrolment, cohort)
    .where(enrolment.c.state == EnrolmentState.ACTIVE, cohort.c.closed_at.is_(None))
)
_ENROLLED_ONE = _ENROLLED.where(enrolment.c.id == bindparam("enrolment_id"))
_ENROLLED_COHORT = _ENROLLED.where(enrolment.c.cohort == bindparam("cohort_id")).order_by(enrolment.c.id)
_WAITING = frozenset({OccasionState.PLANNED, OccasionState.OPEN})
_PLANNABLE = frozenset({OccasionState.PLANNED, OccasionState.CANCELLED})
_ADD = insert(occasion).returning(occasion.c.id)
_RETIME = update(occasion).where(occasion.c.id == bindparam("occasion_id"))
_SET_STATE = update(occasion).where(occasion.c.id == bindparam("occasion_id")).values(state=bindparam("new_state"))
_SET_INVITED = (
    update(occasion)
    .where(occasion.c.id == bindparam("occasion_id"), occasion.c.invited_at.is_(None))
    .values(invited_at=bindparam("now"))
)
_DELIVERIES = select(delivery.c.id, delivery.c.key, delivery.c.state).where(
    delivery.c.occasion == bindparam("occasion_id")
)
_MOVE_DELIVERY = (
    update(delivery)
    .where(delivery.c.id == bindparam("delivery_id"))
    .values(due_at=bindparam("due"), planned_at=bindparam("due"), state=DeliveryState.DUE, ended_at=None)
)
_CANCEL_KIND = (
    update(delivery)
    .where(
        delivery.c.occasion == bindparam("occasion_id"),
        delivery.c.state == DeliveryState.DUE,
        delivery.c.kind.in_(bindparam("kinds", expanding=True)),
    )
    .values(state=DeliveryState.CANCELLED, ended_at=bindparam("now"))
)
_CANCEL_AFTERWARDS = (
    update(delivery)
    .where(
        delivery.c.occasion.in_(select(occasion.c.id).where(occasion.c.enrolment == bindparam("enrolment_id"))),
        delivery.c.state == DeliveryState.DUE,
        delivery.c.kind.in_(AFTERWARDS),
    )
    .values(state=DeliveryState.CANCELLED, ended_at=bindparam("now"))
)
_LAST_CONTACT = select(func.max(delivery.c.ended_at)).where(
    delivery.c.occasion == bindparam("occasion_id"),
    delivery.c.kind.in_((DeliveryKind.OPENING, DeliveryKind.REMINDER)),
    delivery.c.state.in_((DeliveryState.SENT, DeliveryState.UNCERTAIN)),
)
_INVITED_AT = select(occasion.c.invited_at).where(occasion.c.id == bindparam("occasion_id"))


def load(connection: Connection, occasion_id: int) -> Occasion | None:
    """The occasion with this id."""
    row = connection.execute(_BY_ID, {"occasion_id": occasion_id}).one_or_none()
    return None if row is None else Occasion(*row)


def open_of_chat(connection: Connection, chat: bytes) -> list[Occasion]:
    """What the person behind a chat may answer now, what closes first first."""
    return [Occasion(*row) for row in connection.execute(_OPEN_OF_CHAT, {"chat_ref": chat})]


def next_of_chat(connection: Connection, chat: bytes) -> Occasion | None:
    """What the person behind a chat will be asked next."""
    row = connection.execute(_NEXT_OF_CHAT.limit(1), {"chat_ref": chat}).one_or_none()
    return None if row is None else Occasion(*row)


def of_enrolment(connection: Connection, enrolment_id: int) -> list[Occasion]:
    """All occasions of an enrolment in the order of time."""
    return [Occasion(*row) for row in connection.execute(_OF_ENROLMENT, {"enrolment_id": enrolment_id})]


def waiting(connection: Connection, enrolment_id: int) -> list[Occasion]:
    """The occasions of an enrolment that have not ended, in the order of time."""
    return [one for one in of_enrolment(connection, enrolment_id) if one.state in _WAITING]


def replan(connection: Connection, programme: Programme, cohort_id: int, policy: ContactPolicy, now: datetime) -> int:
    """Bring the occasions of a cohort in step with its dates; gives how many people it has."""
    rows = connection.execute(_ENROLLED_COHORT, {"cohort_id": cohort_id}).all()
    for row in rows:
        _keep_in_step(connection, programme, row, policy, now)
    return len(rows)


def replan_one(
    connection: Connection, programme: Programme, enrolment_id: int, policy: ContactPolicy, now: datetime
) -> None:
    """Bring the occasions of one active enrolment in step with the dates of its cohort; a closed one plans nothing."""
    row = connection.execute(_ENROLLED_ONE, {"enrolment_id": enrolment_id}).one_or_none()
    if row is not None:
        _keep_in_step(connection, programme, row, policy, now)


def open_now(connection: Connection, occasion_id: int, now: datetime, *, invited: bool) -> None:
    """Open the occasion. With `invited` the person sees it at this moment, so no invitation follows."""
    connection.execute(_SET_STATE, {"occasion_id": occasion_id, "new_state": OccasionState.OPEN})
    if invited:
        connection.execute(_SET_INVITED, {"occasion_id": occasion_id, "now": now})
        cancel(connection, occasion_id, now, (DeliveryKind.OPENING,))


def mark_invited(connection: Connection, occasion_id: int, now: datetime) -> None:
    """Record when the person first heard that the occasion is open."""
    connection.execute(_SET_INVITED, {"occasion_id": occasion_id, "now": now})


def last_contact(connection: Connection, occasion_id: int) -> datetime | None:
    """When the person last heard of the occasion from us, as far as anybody can know."""
    moments = [
        connection.execute(statement, {"occasion_id": occasion_id}).scalar_one_or_none()
        for statement in (_INVITED_AT, _LAST_CONTACT)
    ]
    return max((moment for moment in moments if moment is not None), default=None)


def settle(connection: Connection, occasion_id: int, state: OccasionState, now: datetime) -> None:
    """End the occasion in this state; nothing more is sent for it."""
    connection.execute(_SET_STATE, {"occasion_id": occasion_id, "new_state": state})
    deliveries.cancel_for_occasion(connection, occasion_id, now)


def cancel(connection: Connection, occasion_id: int, now: datetime, kinds: Sequence[DeliveryKind]) -> None:
    """Cancel what is due for the occasion of these kinds."""
    connection.execute(_CANCEL_KIND, {"occasion_id": occasion_id, "now": now, "kinds": list(kinds)})


def cancel_all(connection: Connection, enrolment_id: int, now: datetime) -> None:
    """Cancel every occasion of an enrolment that has not ended, and what was to be told of others: the person left."""
    for one in waiting(connection, enrolment_id):
        settle(connection, one.id, OccasionState.CANCELLED, now)
    connection.execute(_CANCEL_AFTERWARDS, {"enrolment_id": enrolment_id, "now": now})


def foresee(
    connection: Connection,
    programme: Programme,
    enrolment_id: int,
    start: date,
    end: date,
    policy: ContactPolicy,
    now: datetime,
) -> list[Step]:
    """What planning anew would do to an active enrolment in a cohort of these dates; nothing where it is not active."""
    row = connection.execute(_ENROLLED_ONE, {"enrolment_id": enrolment_id}).one_or_none()
    return [] if row is None else _steps(connection, programme, row, start, end, policy, now)


def _keep_in_step(
    connection: Connection, programme: Programme, enrolled: Row[*tuple[Any, ...]], policy: ContactPolicy, now: datetime
) -> None:
    has_waited = waiting_list.follow(connection, programme, enrolled.id, policy, now)
    for step in _steps(connection, programme, enrolled, enrolled.start, enrolled.end, policy, now):
        if step.occasion is None and step.planned is not None:
            _add(connection, enrolled.id, step.planned)
        elif step.occasion is not None and step.kind is StepKind.MOVE and step.planned is not None:
            _retime(connection, step.occasion, step.planned, now)
        elif step.occasion is not None and step.kind is StepKind.CANCEL:
            settle(connection, step.occasion.id, OccasionState.CANCELLED, now)
    if has_waited:
        waiting_list.follow(connection, programme, enrolled.id, policy, now)  # of what was planned anew, too


def _steps(
    connection: Connection,
    programme: Programme,
    enrolled: Row[*tuple[Any, ...]],
    start: date,
    end: date,
    policy: ContactPolicy,
    now: datetime,
) -> list[Step]:
    """What is open or has ended stays as it is, and so does what the new dates would close at once."""
    existing = {one.wave: one for one in of_enrolment(connection, enrolled.id)}
    held = {wave: one.opens_at for wave, one in existing.items() if one.state not in _PLANNABLE}
    steps = []
    for planned in plan(programme, start, end, enrolled.audience, enrolled.joined_at, policy, held, role=enrolled.role):
        one = existing.pop(planned.wave, None)
        if one is None:
            kind = StepKind.ADD
        elif one.state not in _PLANNABLE:
            kind = StepKind.STAY
        else:
            kind = StepKind.LATE if planned.closes_at <= now else StepKind.MOVE
        steps.append(Step(planned.wave, kind, one, planned))
    for wave, one in existing.items():
        kind = StepKind.CANCEL if one.state is OccasionState.PLANNED else StepKind.STAY
        steps.append(Step(wave, kind, one, None))
    return steps


def _add(connection: Connection, enrolment_id: int, planned: Planned) -> None:
    values = {
        "enrolment": enrolment_id,
        "wave": planned.wave,
        "opens_at": planned.opens_at,
        "closes_at": planned.closes_at,
        "state": OccasionState.PLANNED,
    }
    occasion_id = connection.execute(_ADD, values).scalar_one()
    deliveries.plan_deliveries(connection, occasion_id, _due(occasion_id, planned))


def _retime(connection: Connection, one: Occasion, planned: Planned, now: datetime) -> None:
    anew = {"opens_at": planned.opens_at, "closes_at": planned.closes_at, "state": OccasionState.PLANNED}
    connection.execute(_RETIME.values({**anew, "muted_at": None}), {"occasion_id": one.id})
    deliveries.cancel_for_occasion(connection, one.id, now)  # so that a reminder that is not planned any more is gone
    there = {row.key: row for row in connection.execute(_DELIVERIES, {"occasion_id": one.id})}
    for key, kind, due in _due(one.id, planned):
        row = there.get(key)
        if row is None:
            deliveries.plan_delivery(connection, key, kind, due, occasion=one.id)
        elif row.state is DeliveryState.CANCELLED:
            connection.execute(_MOVE_DELIVERY, {"delivery_id": row.id, "due": due})


def _due(occasion_id: int, planned: Planned) -> list[tuple[str, DeliveryKind, datetime]]:
    return [
        (f"opening:{occasion_id}", DeliveryKind.OPENING, planned.opens_at),
        *(
            (f"reminder:{occasion_id}:{number}", DeliveryKind.REMINDER, due)
            for number, due in enumerate(planned.reminders, 1)
        ),
        (f"closing:{occasion_id}", DeliveryKind.CLOSING, planned.closes_at),
    ]
