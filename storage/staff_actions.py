"""What staff change for a person or a group and can take back within a minute: calls, leaving, dates, moves, closing.

Each change remembers a deed (`storage.undo_log`) with how it was before. Knows no screens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from storage import (
    access_links,
    audit,
    calls,
    cohorts,
    enrolments,
    occasions,
    participants,
    planned_work,
    undo_log,
    waiting_list_starts,
)
from storage.cohorts import Cohort
from storage.participants import Enrolment
from storage.schema import CallOutcome, EnrolmentState, OccasionState, Undoable
from storage.secrets.keys import Keys
from storage.undo_log import Deed
from surveys.contact_policy import ContactPolicy
from surveys.model import Programme


@dataclass(frozen=True, slots=True)
class Plans:
    """What occasions are planned by."""

    programmes: Mapping[str, Programme]
    policy: ContactPolicy


@dataclass(frozen=True, slots=True)
class _Back:
    """Who takes what back."""

    connection: Connection
    plans: Plans
    done: Deed
    now: datetime
    actor: str


def called(connection: Connection, enrolment: Enrolment, outcome: CallOutcome, now: datetime, actor: str) -> int:
    """What came of a call; gives the deed. Who refuses what is open hears no more of it; who leaves, of nothing."""
    if outcome is CallOutcome.LEFT:
        note = calls.note(connection, enrolment.id, enrolment.code, outcome, now, actor)
        return leave(connection, enrolment, now, actor, note=note)
    details: dict[str, Any] = {"outcome": outcome.value}
    if outcome is CallOutcome.REFUSED:
        details |= calls.stop_asking(connection, enrolment.id, now).as_json()
    details["note"] = calls.note(connection, enrolment.id, enrolment.code, outcome, now, actor)
    return undo_log.remember(connection, Undoable.CALL, details, now, actor, enrolment=enrolment.id)


def leave(connection: Connection, enrolment: Enrolment, now: datetime, actor: str, *, note: int | None = None) -> int:
    """The person takes part no longer, the answers stay; gives the deed. `note`: of the call in which it was said.

    Who waited and has begun leaves both places.
    """
    before, left = planned_work.NOTHING, {}
    for one in (enrolment, *waiting_list_starts.beside(connection, enrolment)):
        before += planned_work.of_enrolment(connection, one.id)
        left[str(one.id)] = one.state.value
        participants.leave(connection, one, now, actor)
        occasions.cancel_all(connection, one.id, now)
    details = {**before.as_json(), "note": note, "left": left}
    return undo_log.remember(connection, Undoable.LEAVE, details, now, actor, enrolment=enrolment.id)


def redate(
    connection: Connection, plans: Plans, group: Cohort, start: date, end: date, now: datetime, actor: str
) -> int:
    """New dates for a group, with everybody's occasions; gives the deed. Raises CohortError like `cohorts.edit`."""
    programme = plans.programmes[group.programme]
    cohorts.edit(connection, programme, group.id, plans.policy, now=now, actor=actor, start=start, end=end)
    details = {"was": [group.start.isoformat(), group.end.isoformat()], "is": [start.isoformat(), end.isoformat()]}
    return undo_log.remember(connection, Undoable.DATES, details, now, actor, cohort=group.id)


def move(connection: Connection, plans: Plans, enrolment: Enrolment, target: Cohort, now: datetime, actor: str) -> int:
    """The person is in another group, with all answers; what is to come follows its dates; gives the deed."""
    enrolments.move(connection, enrolment.id, enrolment.cohort, target.id)
    audit.record(connection, actor, "participant.move", enrolment.code, now)
    occasions.replan_one(connection, plans.programmes[enrolment.programme], enrolment.id, plans.policy, now)
    details = {"from": enrolment.cohort, "to": target.id}
    return undo_log.remember(connection, Undoable.MOVE, details, now, actor, enrolment=enrolment.id)


def begin(
    connection: Connection, keys: Keys, plans: Plans, enrolment: Enrolment, target: Cohort, now: datetime, actor: str
) -> int:
    """Who waits takes part in a group from now on, see `storage.waiting_list_starts`; gives the deed."""
    programme = plans.programmes[enrolment.programme]
    details = waiting_list_starts.begin(connection, keys, programme, enrolment, target, plans.policy, now, actor)
    return undo_log.remember(connection, Undoable.MOVE, details, now, actor, enrolment=enrolment.id)


def close(connection: Connection, group: Cohort, now: datetime, actor: str) -> int:
    """End a group early: nothing more opens, nobody is reminded, open links open nothing. Gives the deed.

    What is open can be answered until it closes by itself.
    """
    before = planned_work.NOTHING
    links: list[int] = []
    for enrolment in participants.of_cohort(connection, group.id):
        before += calls.stop_asking(connection, enrolment.id, now)
        for one in occasions.waiting(connection, enrolment.id):
            if one.state is OccasionState.PLANNED:
                occasions.settle(connection, one.id, OccasionState.CANCELLED, now)
        links += access_links.void(connection, enrolment.id, now)
    cohorts.close(connection, group.id, now, actor)
    details = {**before.as_json(), "links": links}
    return undo_log.remember(connection, Undoable.CLOSE, details, now, actor, cohort=group.id)


def undo(connection: Connection, plans: Plans, done: Deed, now: datetime, actor: str) -> bool:
    """Make it as it was before; false when the minute is over, or it was changed since."""
    return undo_log.take(connection, done, now) and _UNDO[done.kind](_Back(connection, plans, done, now, actor))


def _undo_call(back: _Back) -> bool:
    calls.withdraw(back.connection, back.done.details["note"], back.now)
    if "occasions" in back.done.details:
        planned_work.put_back(back.connection, back.done.details)
    audit.record(back.connection, back.actor, "call.undo", _enrolment(back).code, back.now)
    return True


def _undo_leave(back: _Back) -> bool:
    details, connection = back.done.details, back.connection
    for enrolment_id, state in details["left"].items():
        enrolment = participants.of_enrolment(connection, int(enrolment_id))
        was = EnrolmentState(state)
        if enrolment is None or not participants.come_back(
            connection, enrolment, was, back.done.done_at, back.now, back.actor
        ):
            return False
    if details["note"] is not None:
        calls.withdraw(connection, details["note"], back.now)
    planned_work.put_back(connection, details)
    return True


def _undo_move(back: _Back) -> bool:
    enrolment, details = _enrolment(back), back.done.details
    if "began" in details:
        programme, policy = back.plans.programmes[enrolment.programme], back.plans.policy
        return waiting_list_starts.back(back.connection, programme, enrolment, details, policy, back.now, back.actor)
    if not enrolments.move(back.connection, enrolment.id, details["to"], details["from"]):
        return False
    programme = back.plans.programmes[enrolment.programme]
    occasions.replan_one(back.connection, programme, enrolment.id, back.plans.policy, back.now)
    audit.record(back.connection, back.actor, "participant.move_back", enrolment.code, back.now)
    return True


def _undo_dates(back: _Back) -> bool:
    group, details = _group(back), back.done.details
    if [group.start.isoformat(), group.end.isoformat()] != details["is"]:
        return False
    start, end = (date.fromisoformat(day) for day in details["was"])
    programme, policy = back.plans.programmes[group.programme], back.plans.policy
    cohorts.edit(back.connection, programme, group.id, policy, now=back.now, actor=back.actor, start=start, end=end)
    return True


def _undo_close(back: _Back) -> bool:
    if not cohorts.reopen(back.connection, _group(back).id, back.done.done_at, back.now, back.actor):
        return False
    planned_work.put_back(back.connection, back.done.details)
    access_links.restore(back.connection, back.done.details["links"])
    return True


def _enrolment(back: _Back) -> Enrolment:
    enrolment = None if back.done.enrolment is None else participants.of_enrolment(back.connection, back.done.enrolment)
    if enrolment is None:
        raise LookupError(f"deed {back.done.id} is about nobody")
    return enrolment


def _group(back: _Back) -> Cohort:
    group = None if back.done.cohort is None else cohorts.find(back.connection, back.done.cohort)
    if group is None:
        raise LookupError(f"deed {back.done.id} is about no group")
    return group


_UNDO: Mapping[Undoable, Callable[[_Back], bool]] = {
    Undoable.CALL: _undo_call,
    Undoable.LEAVE: _undo_leave,
    Undoable.MOVE: _undo_move,
    Undoable.DATES: _undo_dates,
    Undoable.CLOSE: _undo_close,
}
