"""Enrolments: participants, known by a code alone, in cohorts. Knows nothing of Telegram or of how links look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random, SystemRandom

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage import access_links, audit, codes
from storage.access_links import OnCard
from storage.cohorts import Cohort
from storage.schema import Allocation, EnrolmentState, enrolment, participant
from storage.secrets.keys import Keys
from surveys.model import EnrolmentRole, Programme

_UNPREDICTABLE = SystemRandom()
_TRIES = 200  # a library with half of its codes given away still finds one

_ADD_PARTICIPANT = insert(participant).returning(participant.c.id)
_ADD = insert(enrolment).returning(enrolment.c.id)
_CODE = (
    select(participant.c.code)
    .join_from(enrolment, participant)
    .where(enrolment.c.id == bindparam("key"), enrolment.c.state != EnrolmentState.ERASED)
)

_MOVE = (
    update(enrolment)
    .where(enrolment.c.id == bindparam("key"), enrolment.c.cohort == bindparam("source"))
    .values(cohort=bindparam("target"))
)


@dataclass(frozen=True, slots=True)
class Known:
    """A participant who has a code already."""

    participant: int
    code: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A participant in a cohort: the code to write down, and what stands on the card to hand out."""

    code: str
    on_card: OnCard
    enrolment: int

    @property
    def token(self) -> str:
        """That of the link."""
        return self.on_card.token


def enrol(
    connection: Connection,
    keys: Keys,
    programme: Programme,
    cohort: Cohort,
    now: datetime,
    actor: str,
    random: Random = _UNPREDICTABLE,
    *,
    known: Known | None = None,
    language: str = "sl",
    role: EnrolmentRole = EnrolmentRole.PARTICIPANT,
    allocation: Allocation | None = None,
) -> Enrolled:
    """A participant in a cohort, invited and not yet asked: a new one, or `known`, who is in another cohort.

    Nothing is known of the person but the code, and in which `language` to ask. `role`: whether they wait for the next
    cohort; `allocation`: how it was decided who does.
    """
    if cohort.programme != programme.slug:
        raise ValueError(f"cohort {cohort.id} is not one of {programme.slug}")
    if known is None:
        known = _add_participant(connection, programme.code, language, now, random)
    number, code = known.participant, known.code
    values = {
        "participant": number,
        "cohort": cohort.id,
        "state": EnrolmentState.INVITED,
        "enrolled_at": now,
        "role": role,
        "allocation": allocation,
    }
    enrolment_id = connection.execute(_ADD, values).scalar_one()
    on_card = access_links.create_participant(connection, keys, enrolment_id, now)
    audit.record(connection, actor, "participant.enrol", code, now)
    return Enrolled(code, on_card, enrolment_id)


def reissue(connection: Connection, keys: Keys, enrolment_id: int, now: datetime, actor: str) -> Enrolled:
    """A new link for the same person; older ones open nothing any more. Raises LookupError for nobody."""
    code = connection.execute(_CODE, {"key": enrolment_id}).scalar_one_or_none()
    if code is None:
        raise LookupError(f"there is no enrolment {enrolment_id}")
    access_links.void(connection, enrolment_id, now)
    on_card = access_links.create_participant(connection, keys, enrolment_id, now)
    audit.record(connection, actor, "participant.reissue", code, now)
    return Enrolled(code, on_card, enrolment_id)


def move(connection: Connection, enrolment_id: int, source: int, target: int) -> bool:
    """Put an enrolment from one cohort into another; false where it is not in the first.

    The caller writes the audit row and plans the occasions anew.
    """
    moved = connection.execute(_MOVE, {"key": enrolment_id, "source": source, "target": target})
    return moved.rowcount == 1


def _add_participant(connection: Connection, prefix: str, language: str, now: datetime, random: Random) -> Known:
    """A new participant; a code that somebody has already is drawn anew."""
    for _ in range(_TRIES):
        code = codes.draw(prefix, random)
        try:
            with connection.begin_nested():
                values = {"code": code, "language": language, "created_at": now}
                number = connection.execute(_ADD_PARTICIPANT, values).scalar_one()
        except IntegrityError:
            continue
        return Known(number, code)
    raise RuntimeError(f"the codes that begin with {prefix} have run out")
