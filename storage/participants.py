"""Participants in their cohorts: joining with consent, declining, leaving, being out of reach. Knows no screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, select, update

from storage import audit, consents
from storage.consents import Consent, ConsentText
from storage.schema import (
    Allocation,
    EnrolmentState,
    Giver,
    answer_change,
    cohort,
    consent,
    enrolment,
    occasion,
    participant,
    run,
)
from storage.schema import audit as audit_table
from surveys.languages import SLOVENIAN
from surveys.model import EnrolmentRole, Mode


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Where one participant stands in one cohort."""

    id: int
    participant: int
    code: str
    chat: bytes | None
    unreachable_at: datetime | None
    state: EnrolmentState
    enrolled_at: datetime
    joined_at: datetime | None
    cohort: int
    cohort_name: str
    programme: str
    audience: str
    language: str = SLOVENIAN
    role: EnrolmentRole = EnrolmentRole.PARTICIPANT
    allocation: Allocation | None = None

    @property
    def waits(self) -> bool:
        """Whether this person waits for the next cohort and is asked beside those who take part in this one."""
        return self.role is EnrolmentRole.WAITING


_PLACE: Select[*tuple[Any, ...]] = (
    select(
        enrolment.c.id,
        participant.c.id,
        participant.c.code,
        participant.c.chat,
        participant.c.unreachable_at,
        enrolment.c.state,
        enrolment.c.enrolled_at,
        enrolment.c.joined_at,
        cohort.c.id,
        cohort.c.name,
        cohort.c.programme,
        cohort.c.audience,
        participant.c.language,
        enrolment.c.role,
        enrolment.c.allocation,
    )
    .join_from(enrolment, participant)
    .join(cohort, cohort.c.id == enrolment.c.cohort)
)
_BY_ENROLMENT = _PLACE.where(enrolment.c.id == bindparam("enrolment_id"))
_BY_CHAT = _PLACE.where(participant.c.chat == bindparam("chat_ref")).order_by(enrolment.c.id)
_BY_CODE = _PLACE.where(participant.c.code == bindparam("code")).order_by(enrolment.c.id)
_BY_COHORT = _PLACE.where(enrolment.c.cohort == bindparam("cohort_id")).order_by(participant.c.code)
_JOIN = (
    update(enrolment)
    .where(enrolment.c.id == bindparam("enrolment_id"))
    .values(
        state=EnrolmentState.ACTIVE,
        joined_at=case(
            (enrolment.c.state == EnrolmentState.ACTIVE, enrolment.c.joined_at),
            else_=bindparam("now", type_=enrolment.c.joined_at.type),
        ),
        left_at=None,
    )
)
_END = (
    update(enrolment)
    .where(enrolment.c.id == bindparam("enrolment_id"))
    .values(state=bindparam("new_state"), left_at=bindparam("now"))
)
_SET_CHAT = (
    update(participant)
    .where(participant.c.id == bindparam("participant_id"))
    .values(chat=bindparam("chat_ref"), unreachable_at=None)
)
_SET_LANGUAGE = (
    update(participant).where(participant.c.id == bindparam("participant_id")).values(language=bindparam("spoken"))
)
_COME_BACK = (
    update(enrolment)
    .where(
        enrolment.c.id == bindparam("enrolment_id"),
        enrolment.c.state == EnrolmentState.LEFT,
        enrolment.c.left_at == bindparam("left", type_=enrolment.c.left_at.type),
    )
    .values(state=bindparam("new_state"), left_at=None)
)
_REACH = (
    update(participant).where(participant.c.chat == bindparam("chat_ref")).values(unreachable_at=bindparam("since"))
)


TOMBSTONE = "-"  # no code begins so
_CODE = select(participant.c.code).where(participant.c.id == bindparam("participant_id"))
_TAKEN = select(participant.c.id).where(participant.c.code == bindparam("code"))
_BURY = (
    update(participant)
    .where(participant.c.id == bindparam("participant_id"))
    .values(code=bindparam("tombstone"), chat=None, language="sl", label_sealed=None, unreachable_at=None)
)
_BURY_IN_AUDIT = (
    update(audit_table).where(audit_table.c.subject == bindparam("code")).values(subject=bindparam("tombstone")),
    update(audit_table).where(audit_table.c.actor == bindparam("actor_code")).values(actor=bindparam("tombstone")),
)
_OF_PERSON = consent.c.enrolment.in_(
    select(enrolment.c.id).where(enrolment.c.participant == bindparam("participant_id"))
)
_BURY_IN_CONSENTS = tuple(
    update(consent).where(_OF_PERSON, column.like("participant:%")).values({column: bindparam("tombstone")})
    for column in (consent.c.recorded_by, consent.c.withdrawn_by)
)
_BURY_IN_CHANGES = (
    update(answer_change)
    .where(
        answer_change.c.run.in_(
            select(run.c.id)
            .join_from(run, occasion)
            .join(enrolment, enrolment.c.id == occasion.c.enrolment)
            .where(enrolment.c.participant == bindparam("participant_id"))
        ),
        answer_change.c.changed_by.like("participant:%"),
    )
    .values(changed_by=bindparam("tombstone"))
)


def of_enrolment(connection: Connection, enrolment_id: int) -> Enrolment | None:
    """The place of an enrolment."""
    row = connection.execute(_BY_ENROLMENT, {"enrolment_id": enrolment_id}).one_or_none()
    return None if row is None else Enrolment(*row)


def of_chat(connection: Connection, chat: bytes) -> list[Enrolment]:
    """All places of whoever is behind a chat, the oldest first."""
    return [Enrolment(*row) for row in connection.execute(_BY_CHAT, {"chat_ref": chat})]


def of_code(connection: Connection, code: str) -> list[Enrolment]:
    """All places of the participant with this code."""
    return [Enrolment(*row) for row in connection.execute(_BY_CODE, {"code": code})]


def of_cohort(connection: Connection, cohort_id: int) -> list[Enrolment]:
    """Everybody in a cohort, by code."""
    return [Enrolment(*row) for row in connection.execute(_BY_COHORT, {"cohort_id": cohort_id})]


def join(
    connection: Connection,
    enrolment: Enrolment,
    chat: bytes | None,
    giver: Giver,
    mode: Mode,
    text: ConsentText,
    now: datetime,
    actor: str,
) -> None:
    """Record consent and, where there is one, the chat in which the person is from now on.

    Who takes part already has done so since the first consent. `text`: which one was read or heard.
    """
    if chat is not None:
        connection.execute(_SET_CHAT, {"participant_id": enrolment.participant, "chat_ref": chat})
    connection.execute(_JOIN, {"enrolment_id": enrolment.id, "now": now})
    consents.give(connection, enrolment.id, Consent(giver, mode, text), now, actor)
    audit.record(connection, actor, "participant.join", enrolment.code, now)


def go_on(connection: Connection, enrolment_id: int, now: datetime) -> None:
    """Who agreed to both in another place takes part here from now on; the consent is the caller's to carry."""
    connection.execute(_JOIN, {"enrolment_id": enrolment_id, "now": now})


def move(connection: Connection, enrolment: Enrolment, chat: bytes, now: datetime) -> None:
    """From now on the participant is in another chat, with all that was answered and agreed to."""
    connection.execute(_SET_CHAT, {"participant_id": enrolment.participant, "chat_ref": chat})
    audit.record(connection, f"participant:{enrolment.code}", "participant.move", enrolment.code, now)


def set_language(connection: Connection, enrolment: Enrolment, language: str, now: datetime, actor: str) -> None:
    """From now on the person is asked in this language; the chat's own is the caller's to change."""
    if enrolment.language != language:
        connection.execute(_SET_LANGUAGE, {"participant_id": enrolment.participant, "spoken": language})
        audit.record(connection, actor, "participant.language", enrolment.code, now)


def decline(connection: Connection, enrolment: Enrolment, now: datetime, actor: str | None = None) -> None:
    """Record that the person said no, `actor`: through whose hand; the link still holds, should they think again."""
    connection.execute(_END, {"enrolment_id": enrolment.id, "new_state": EnrolmentState.DECLINED, "now": now})
    audit.record(connection, actor or f"participant:{enrolment.code}", "participant.decline", enrolment.code, now)


def leave(connection: Connection, enrolment: Enrolment, now: datetime, actor: str) -> None:
    """End an enrolment and withdraw its consent; answers stay. Occasions are the caller's to cancel."""
    connection.execute(_END, {"enrolment_id": enrolment.id, "new_state": EnrolmentState.LEFT, "now": now})
    consents.withdraw(connection, enrolment.id, now, actor)
    audit.record(connection, actor, "participant.leave", enrolment.code, now)


def come_back(
    connection: Connection, enrolment: Enrolment, state: EnrolmentState, left_at: datetime, now: datetime, actor: str
) -> bool:
    """`leave` at this moment was a mistake: the state is as before and the consent holds. False when it is too late.

    Occasions are the caller's to put back.
    """
    of_place = {"enrolment_id": enrolment.id, "left": left_at}
    if connection.execute(_COME_BACK, {**of_place, "new_state": state}).rowcount != 1:
        return False
    consents.restore(connection, enrolment.id, left_at)
    audit.record(connection, actor, "participant.come_back", enrolment.code, now)
    return True


def destroy_code(connection: Connection, participant_id: int) -> str:
    """Put a tombstone without meaning in the place of a code, wherever it stands; gives the tombstone."""
    code: str = connection.execute(_CODE, {"participant_id": participant_id}).scalar_one()
    tombstone = code if code.startswith(TOMBSTONE) else _free_tombstone(connection, participant_id)
    connection.execute(_BURY, {"participant_id": participant_id, "tombstone": tombstone})
    for statement in _BURY_IN_AUDIT:
        connection.execute(statement, {"code": code, "actor_code": f"participant:{code}", "tombstone": tombstone})
    for statement in (_BURY_IN_CHANGES, *_BURY_IN_CONSENTS):
        connection.execute(statement, {"participant_id": participant_id, "tombstone": tombstone})
    return tombstone


def _free_tombstone(connection: Connection, participant_id: int) -> str:
    """That of the number, unless an import brought the same from elsewhere."""
    tombstone = f"{TOMBSTONE}{participant_id}"
    while connection.execute(_TAKEN, {"code": tombstone}).first() is not None:
        tombstone += "x"
    return tombstone


def set_reachable(connection: Connection, chat: bytes, since: datetime | None) -> None:
    """Since when the person behind a chat cannot be written to; None: can be written to (again)."""
    connection.execute(_REACH, {"chat_ref": chat, "since": since})
