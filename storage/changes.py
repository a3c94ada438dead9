"""What staff change for a person or a group and can take back within a minute: calls, leaving, dates, moves, closing.

Each change remembers a deed (`storage.deeds`) with how it was before. Knows no screens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from storage import audit, calls, cohorts, deeds, enrolments, invites, occasions, participants, pending
from storage.cohorts import Cohort
from storage.deeds import Deed
from storage.participants import Place
from storage.schema import CallOutcome, EnrolmentState, OccasionState, Undoable
from surveys.model import Programme
from surveys.plan import Rhythm


@dataclass(frozen=True, slots=True)
class Plans:
    """What occasions are planned by."""

    programmes: Mapping[str, Programme]
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class _Back:
    """Who takes what back."""

    connection: Connection
    plans: Plans
    done: Deed
    now: datetime
    actor: str


def called(connection: Connection, place: Place, outcome: CallOutcome, now: datetime, actor: str) -> int:
    """What came of a call; gives the deed. Who refuses what is open hears no more of it; who leaves, of nothing."""
    if outcome is CallOutcome.LEFT:
        note = calls.note(connection, place.enrolment, place.code, outcome, now, actor)
        return leave(connection, place, now, actor, note=note)
    details: dict[str, Any] = {"outcome": outcome.value}
    if outcome is CallOutcome.REFUSED:
        details |= calls.stop_asking(connection, place.enrolment, now).as_json()
    details["note"] = calls.note(connection, place.enrolment, place.code, outcome, now, actor)
    return deeds.remember(connection, Undoable.CALL, details, now, actor, enrolment=place.enrolment)


def leave(connection: Connection, place: Place, now: datetime, actor: str, *, note: int | None = None) -> int:
    """The person takes part no longer, the answers stay; gives the deed. `note`: of the call in which it was said."""
    details = pending.of_enrolment(connection, place.enrolment).as_json()
    details |= {"note": note, "state": place.state.value}
    participants.leave(connection, place, now, actor)
    occasions.cancel_all(connection, place.enrolment, now)
    return deeds.remember(connection, Undoable.LEAVE, details, now, actor, enrolment=place.enrolment)


def redate(
    connection: Connection, plans: Plans, group: Cohort, start: date, end: date, now: datetime, actor: str
) -> int:
    """New dates for a group, with everybody's occasions; gives the deed. Raises CohortError like `cohorts.edit`."""
    programme = plans.programmes[group.programme]
    cohorts.edit(connection, programme, group.id, plans.rhythm, now=now, actor=actor, start=start, end=end)
    details = {"was": [group.start.isoformat(), group.end.isoformat()], "is": [start.isoformat(), end.isoformat()]}
    return deeds.remember(connection, Undoable.DATES, details, now, actor, cohort=group.id)


def move(connection: Connection, plans: Plans, place: Place, target: Cohort, now: datetime, actor: str) -> int:
    """The person is in another group, with all answers; what is to come follows its dates; gives the deed."""
    enrolments.move(connection, place.enrolment, place.cohort, target.id)
    audit.record(connection, actor, "participant.move", place.code, now)
    occasions.replan_one(connection, plans.programmes[place.programme], place.enrolment, plans.rhythm, now)
    details = {"from": place.cohort, "to": target.id}
    return deeds.remember(connection, Undoable.MOVE, details, now, actor, enrolment=place.enrolment)


def close(connection: Connection, group: Cohort, now: datetime, actor: str) -> int:
    """End a group early: nothing more opens, nobody is reminded, open links open nothing. Gives the deed.

    What is open can be answered until it closes by itself.
    """
    before = pending.NOTHING
    links: list[int] = []
    for place in participants.of_cohort(connection, group.id):
        before += calls.stop_asking(connection, place.enrolment, now)
        for one in occasions.waiting(connection, place.enrolment):
            if one.state is OccasionState.PLANNED:
                occasions.settle(connection, one.id, OccasionState.CANCELLED, now)
        links += invites.void(connection, place.enrolment, now)
    cohorts.close(connection, group.id, now, actor)
    details = {**before.as_json(), "links": links}
    return deeds.remember(connection, Undoable.CLOSE, details, now, actor, cohort=group.id)


def undo(connection: Connection, plans: Plans, done: Deed, now: datetime, actor: str) -> bool:
    """Make it as it was before; false when the minute is over, or it was changed since."""
    return deeds.take(connection, done, now) and _UNDO[done.kind](_Back(connection, plans, done, now, actor))


def _undo_call(back: _Back) -> bool:
    calls.withdraw(back.connection, back.done.details["note"], back.now)
    if "occasions" in back.done.details:
        pending.put_back(back.connection, back.done.details)
    audit.record(back.connection, back.actor, "call.undo", _place(back).code, back.now)
    return True


def _undo_leave(back: _Back) -> bool:
    details = back.done.details
    was = EnrolmentState(details["state"])
    if not participants.come_back(back.connection, _place(back), was, back.done.done_at, back.now, back.actor):
        return False
    if details["note"] is not None:
        calls.withdraw(back.connection, details["note"], back.now)
    pending.put_back(back.connection, details)
    return True


def _undo_move(back: _Back) -> bool:
    place, details = _place(back), back.done.details
    if not enrolments.move(back.connection, place.enrolment, details["to"], details["from"]):
        return False
    programme = back.plans.programmes[place.programme]
    occasions.replan_one(back.connection, programme, place.enrolment, back.plans.rhythm, back.now)
    audit.record(back.connection, back.actor, "participant.move_back", place.code, back.now)
    return True


def _undo_dates(back: _Back) -> bool:
    group, details = _group(back), back.done.details
    if [group.start.isoformat(), group.end.isoformat()] != details["is"]:
        return False
    start, end = (date.fromisoformat(day) for day in details["was"])
    programme, rhythm = back.plans.programmes[group.programme], back.plans.rhythm
    cohorts.edit(back.connection, programme, group.id, rhythm, now=back.now, actor=back.actor, start=start, end=end)
    return True


def _undo_close(back: _Back) -> bool:
    if not cohorts.reopen(back.connection, _group(back).id, back.done.done_at, back.now, back.actor):
        return False
    pending.put_back(back.connection, back.done.details)
    invites.restore(back.connection, back.done.details["links"])
    return True


def _place(back: _Back) -> Place:
    place = None if back.done.enrolment is None else participants.of_enrolment(back.connection, back.done.enrolment)
    if place is None:
        raise LookupError(f"deed {back.done.id} is about nobody")
    return place


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
