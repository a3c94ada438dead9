"""Who waited takes part from now on: in the next group, with an enrolment of its own, or in this one. Knows no screens.

The time of waiting stays as it was: its answers count there, and once more as the first answers of taking part
(`storage.waiting_list`). Who has not said yes or no yet has waited for nothing, and simply changes the group. One
begins once; leaving ends both places.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from storage import access_links, audit, consents, enrolments, occasions, participants, planned_work, unused_enrolments
from storage.cohorts import Cohort
from storage.enrolments import Known
from storage.participants import Enrolment
from storage.schema import Allocation, EnrolmentState, OccasionState, consent, delivery, enrolment, occasion, run, story
from storage.secrets.keys import Keys
from surveys import waiting as rules
from surveys.contact_policy import ContactPolicy
from surveys.model import EnrolmentRole, Programme

_HERE = frozenset({EnrolmentState.INVITED, EnrolmentState.ACTIVE})
_LOCK = (
    update(enrolment).where(enrolment.c.id == bindparam("enrolment_id")).values(role=enrolment.c.role)
)  # of two who let somebody begin at once, the second sees what the first did

_SET_ROLE = update(enrolment).where(enrolment.c.id == bindparam("enrolment_id")).values(role=bindparam("new_role"))
_WAIT = (
    update(enrolment)
    .where(
        enrolment.c.id == bindparam("enrolment_id"),
        enrolment.c.state == EnrolmentState.INVITED,
        enrolment.c.joined_at.is_(None),
    )
    .values(role=EnrolmentRole.WAITING, allocation=bindparam("decided"))
)
_OF_PLACE = select(occasion.c.id).where(occasion.c.enrolment == bindparam("enrolment_id"))
_NOT_OF_WAITING = select(occasion.c.id).where(
    occasion.c.enrolment == bindparam("enrolment_id"),
    occasion.c.state == OccasionState.CANCELLED,
    occasion.c.wave.not_in(bindparam("waves", expanding=True)),
    ~exists(select(run.c.id).where(run.c.occasion == occasion.c.id)),
)
_AS_ONLY_WAITING = (
    delete(delivery).where(delivery.c.occasion.in_(bindparam("gone", expanding=True))),
    delete(occasion).where(occasion.c.id.in_(bindparam("gone", expanding=True))),
)
_HAS_SPOKEN = select(
    exists(select(run.c.id).where(run.c.occasion.in_(_OF_PLACE)))
    | exists(select(story.c.id).where(story.c.enrolment == bindparam("enrolment_id")))
)
_AS_NEVER_JOINED = (
    delete(delivery).where(delivery.c.occasion.in_(_OF_PLACE)),
    delete(occasion).where(occasion.c.enrolment == bindparam("enrolment_id")),
    delete(consent).where(consent.c.enrolment == bindparam("enrolment_id")),
    update(enrolment)
    .where(enrolment.c.id == bindparam("enrolment_id"))
    .values(state=EnrolmentState.INVITED, joined_at=None),
)


class HasBegunError(Exception):
    """Who waited has begun already, or waits no more."""


def begin(
    connection: Connection,
    keys: Keys,
    programme: Programme,
    enrolment: Enrolment,
    target: Cohort,
    policy: ContactPolicy,
    now: datetime,
    actor: str,
) -> dict[str, Any]:
    """Let somebody who waits take part in a group; gives what `back` needs. The consent holds for both.

    Raises HasBegunError where they have begun.
    """
    connection.execute(_LOCK, {"enrolment_id": enrolment.id})
    now_there = participants.of_enrolment(connection, enrolment.id)
    if now_there is None or not now_there.waits or began_in(connection, now_there) is not None:
        raise HasBegunError(enrolment.code)
    enrolment = now_there
    details = {
        "from": enrolment.cohort,
        "to": target.id,
        "state": enrolment.state.value,
        **planned_work.of_enrolment(connection, enrolment.id).as_json(),
    }
    if enrolment.state is EnrolmentState.ACTIVE and target.id != enrolment.cohort:
        began = _beside(connection, keys, programme, enrolment, target, now, actor)
    else:
        began = enrolment.id
        enrolments.move(connection, began, enrolment.cohort, target.id)
        _set_role(connection, began, EnrolmentRole.PARTICIPANT)
    audit.record(connection, actor, "participant.begin", enrolment.code, now)
    occasions.replan_one(connection, programme, began, policy, now)
    return {**details, "began": began}


def began_in(connection: Connection, enrolment: Enrolment) -> Enrolment | None:
    """Where somebody who waited takes part by now."""
    return next(iter(beside(connection, enrolment)), None) if enrolment.waits else None


def beside(connection: Connection, enrolment: Enrolment) -> list[Enrolment]:
    """The other places of the same person in the same programme: of taking part, for who waited, and the reverse."""
    return [
        one
        for one in participants.of_code(connection, enrolment.code)
        if one.programme == enrolment.programme
        and one.state in _HERE
        and one.waits is not enrolment.waits
        and (one.id < enrolment.id) is one.waits
    ]


def wait(connection: Connection, enrolment: Enrolment, allocation: Allocation, now: datetime, actor: str) -> bool:
    """Who was enrolled to take part waits; false where the person has said yes or no already."""
    values = {"enrolment_id": enrolment.id, "decided": allocation}
    if connection.execute(_WAIT, values).rowcount != 1:
        return False
    audit.record(connection, actor, "participant.wait", enrolment.code, now)
    return True


def back(
    connection: Connection,
    programme: Programme,
    enrolment: Enrolment,
    details: dict[str, Any],
    policy: ContactPolicy,
    now: datetime,
    actor: str,
) -> bool:
    """Make it as it was before `begin`; false where something was answered there since."""
    began = details["began"]
    if began == enrolment.id:
        if details["state"] != enrolment.state.value:
            return False  # they have agreed to take part since, or refused
        if not enrolments.move(connection, began, details["to"], details["from"]):
            return False
        _set_role(connection, began, EnrolmentRole.WAITING)
        occasions.replan_one(connection, programme, began, policy, now)
        _drop_the_rest(connection, programme, enrolment)
    elif not _take_away(connection, began, now, actor):
        return False
    else:
        planned_work.put_back(connection, details)
    audit.record(connection, actor, "participant.wait_again", enrolment.code, now)
    return True


def _beside(
    connection: Connection,
    keys: Keys,
    programme: Programme,
    enrolment: Enrolment,
    target: Cohort,
    now: datetime,
    actor: str,
) -> int:
    """A place of its own in the other group, under the same consent."""
    known = Known(enrolment.participant, enrolment.code)
    new = enrolments.enrol(connection, keys, programme, target, now, actor, known=known, language=enrolment.language)
    participants.go_on(connection, new.enrolment, now)
    consents.carry(connection, enrolment.id, new.enrolment)
    if enrolment.chat is not None:
        access_links.void(connection, new.enrolment, now)  # there is nothing to open: they are here
    return new.enrolment


def _take_away(connection: Connection, enrolment_id: int, now: datetime, actor: str) -> bool:
    of_place = {"enrolment_id": enrolment_id}
    if connection.execute(_HAS_SPOKEN, of_place).scalar_one():
        return False
    for statement in _AS_NEVER_JOINED:
        connection.execute(statement, of_place)
    enrolment = participants.of_enrolment(connection, enrolment_id)
    return enrolment is not None and unused_enrolments.remove(connection, enrolment, now, actor)


def _drop_the_rest(connection: Connection, programme: Programme, enrolment: Enrolment) -> None:
    """What was planned for taking part alone was never meant for who waits."""
    waves = [one.id for one in rules.waves(programme, enrolment.audience, EnrolmentRole.WAITING)]
    gone = list(connection.scalars(_NOT_OF_WAITING, {"enrolment_id": enrolment.id, "waves": waves}))
    for statement in _AS_ONLY_WAITING:
        connection.execute(statement, {"gone": gone})


def _set_role(connection: Connection, enrolment_id: int, role: EnrolmentRole) -> None:
    connection.execute(_SET_ROLE, {"enrolment_id": enrolment_id, "new_role": role})
