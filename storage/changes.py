"""What staff change for a person or a group and can take back within a minute: calls, leaving.

Each change remembers a deed (`storage.deeds`) with how it was before. Knows no screens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from storage import audit, calls, deeds, occasions, participants, pending
from storage.deeds import Deed
from storage.participants import Place
from storage.schema import CallOutcome, EnrolmentState, Undoable


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


def undo(connection: Connection, done: Deed, now: datetime, actor: str) -> bool:
    """Make it as it was before; false when the minute is over, or it was changed since."""
    return deeds.take(connection, done, now) and _UNDO[done.kind](connection, done, now, actor)


def _undo_call(connection: Connection, done: Deed, now: datetime, actor: str) -> bool:
    place = _place(connection, done)
    calls.withdraw(connection, done.details["note"], now)
    if "occasions" in done.details:
        pending.put_back(connection, done.details)
    audit.record(connection, actor, "call.undo", place.code, now)
    return True


def _undo_leave(connection: Connection, done: Deed, now: datetime, actor: str) -> bool:
    place = _place(connection, done)
    was = EnrolmentState(done.details["state"])
    if not participants.come_back(connection, place, was, done.done_at, now, actor):
        return False
    if done.details["note"] is not None:
        calls.withdraw(connection, done.details["note"], now)
    pending.put_back(connection, done.details)
    return True


def _place(connection: Connection, done: Deed) -> Place:
    place = None if done.enrolment is None else participants.of_enrolment(connection, done.enrolment)
    if place is None:
        raise LookupError(f"deed {done.id} is about nobody")
    return place


_UNDO: Mapping[Undoable, Callable[[Connection, Deed, datetime, str], bool]] = {
    Undoable.CALL: _undo_call,
    Undoable.LEAVE: _undo_leave,
}
