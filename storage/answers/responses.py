"""Runs: one answering of an occasion, with the answers that hold and what they were before."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from storage.analysis import analysis_plans
from storage.answers import voice_answers
from storage.engine.prepared import Prepared
from storage.schema import (
    EnrolmentState,
    OccasionState,
    answer,
    answer_change,
    cohort,
    enrolment,
    occasion,
    participant,
    questionnaire_version,
    recording,
    run,
)
from storage.secrets.keys import Keys
from storage.shared_phones import SHARED
from surveys.model import Answer, EnrolmentRole, Mode, Questionnaire


@dataclass(frozen=True, slots=True)
class Response:
    """A run with all that a use case needs to know of where it belongs."""

    id: int
    occasion: int
    enrolment: int
    programme: str
    wave: str
    code: str  # of the participant
    chat: bytes | None
    label_sealed: bytes | None  # what those who share the chat call this person
    shared: bool  # whether somebody else takes part in the chat
    questionnaire: Questionnaire
    version: str  # the hash of the questionnaire
    language: str  # in which the person is asked
    mode: Mode
    revision: int
    started_at: datetime
    finished_at: datetime | None
    reopened_at: datetime | None
    closes_at: datetime
    state: OccasionState
    enrolment_state: EnrolmentState
    recorded: bool  # whether any question of the programme can be heard
    role: EnrolmentRole = EnrolmentRole.PARTICIPANT

    @property
    def waits(self) -> bool:
        """Whether it was answered by somebody who waits for the next group."""
        return self.role is EnrolmentRole.WAITING

    @property
    def open(self) -> bool:
        """Whether answers are still taken."""
        return self.enrolment_state is EnrolmentState.ACTIVE and (self._unfinished or self.reopened_at is not None)

    @property
    def _unfinished(self) -> bool:
        late = self.mode is Mode.PAPER and self.state is OccasionState.MISSED
        return self.finished_at is None and (self.state is OccasionState.OPEN or late)

    def correctable(self, now: datetime) -> bool:
        """Whether the person may still correct what is handed in; what stands on paper is corrected by staff."""
        return (
            self.finished_at is not None
            and self.state is OccasionState.COMPLETE
            and self.mode is not Mode.PAPER
            and self.enrolment_state is EnrolmentState.ACTIVE
            and now < self.closes_at
        )

    def at(self, now: datetime) -> Response:
        """The run as it is at this moment: what was reopened ends with the time of its occasion, without a word."""
        return self if self.reopened_at is None or self.correctable(now) else replace(self, reopened_at=None)


_RUN = (
    select(
        run.c.id,
        run.c.occasion,
        run.c.mode,
        run.c.revision,
        run.c.started_at,
        run.c.finished_at,
        run.c.reopened_at,
        occasion.c.closes_at,
        occasion.c.enrolment,
        occasion.c.wave,
        occasion.c.state,
        enrolment.c.state.label("enrolment_state"),
        enrolment.c.role,
        cohort.c.programme,
        participant.c.code,
        participant.c.chat,
        participant.c.label_sealed,
        SHARED,
        participant.c.language,
        run.c.questionnaire.label("version"),
        exists(select(recording.c.id).where(recording.c.programme == cohort.c.programme)).label("recorded"),
    )
    .join_from(run, occasion)
    .join(enrolment)
    .join(cohort)
    .join(participant, participant.c.id == enrolment.c.participant)
)
_DEFINITION = select(questionnaire_version.c.definition).where(questionnaire_version.c.hash == bindparam("key"))
_BY_ID = _RUN.where(run.c.id == bindparam("run_id"))
_BY_ID_LOCKED = Prepared(_BY_ID.with_for_update(of=run))
_BY_OCCASION = _RUN.where(run.c.occasion == bindparam("occasion_id"))
_BY_ENROLMENT = _RUN.where(occasion.c.enrolment == bindparam("enrolment_id")).order_by(occasion.c.opens_at)
_own = occasion.alias("own")
_ANSWERED_UNTIL = (
    select(_own.c.wave, run.c.id)
    .join_from(_own, run, run.c.occasion == func.coalesce(_own.c.same_as, _own.c.id))
    .where(
        _own.c.enrolment == bindparam("enrolment_id"),
        _own.c.state.in_((OccasionState.COMPLETE, OccasionState.PARTIAL)),
        _own.c.opens_at
        <= select(occasion.c.opens_at).where(occasion.c.id == bindparam("occasion_id")).scalar_subquery(),
    )
    .order_by(_own.c.opens_at, _own.c.id)
)
_BEGIN = insert(run).returning(run.c.id)
_ANSWERS = Prepared(select(answer).where(answer.c.run == bindparam("run_id")))
_REMEMBER = insert(answer_change)
_FORGET = delete(answer).where(answer.c.run == bindparam("run_id"), answer.c.item == bindparam("item_id"))
_STORE = Prepared(insert(answer))
_MOVE = Prepared(
    update(run).where(run.c.id == bindparam("run_id")).values(revision=run.c.revision + 1).returning(run.c.revision)
)
_FINISH = update(run).where(run.c.id == bindparam("run_id")).values(finished_at=bindparam("now"))
_REOPEN = update(run).where(run.c.id == bindparam("run_id")).values(reopened_at=bindparam("moment"))
_CORRECTABLE = _RUN.where(
    participant.c.chat == bindparam("chat_ref"),
    run.c.finished_at.is_not(None),
    run.c.mode != Mode.PAPER,
    occasion.c.state == OccasionState.COMPLETE,
    occasion.c.closes_at > bindparam("now"),
    enrolment.c.state == EnrolmentState.ACTIVE,
).order_by(occasion.c.closes_at, run.c.id)
_SET_MODE = update(run).where(run.c.id == bindparam("run_id")).values(mode=bindparam("new_mode"))
_RESTART = (
    update(run)
    .where(run.c.id == bindparam("run_id"))
    .values(mode=bindparam("new_mode"), started_at=bindparam("moment"))
)
_LAST = select(func.max(answer.c.answered_at)).where(answer.c.run == bindparam("run_id"))


def load(connection: Connection, response_id: int) -> Response | None:
    """The run with this id."""
    row = connection.execute(_BY_ID, {"run_id": response_id}).one_or_none()
    return None if row is None else _run(connection, row)


def lock(connection: Connection, response_id: int) -> Response | None:
    """The run, locked for this transaction: of two replies at once, the second sees what the first did."""
    row = _BY_ID_LOCKED.one_or_none(connection, {"run_id": response_id})
    return None if row is None else _run(connection, row)


def of_occasion(connection: Connection, occasion_id: int) -> Response | None:
    """The run of an occasion; None before it has begun."""
    row = connection.execute(_BY_OCCASION, {"occasion_id": occasion_id}).one_or_none()
    return None if row is None else _run(connection, row)


def of_enrolment(connection: Connection, enrolment_id: int) -> list[Response]:
    """The runs of somebody in one cohort, in the order of time."""
    return [_run(connection, row) for row in connection.execute(_BY_ENROLMENT, {"enrolment_id": enrolment_id})]


def answered_until(connection: Connection, one: Response) -> list[tuple[str, Response]]:
    """What this person has answered in the cohort up to this run, by wave and in the order of time.

    What was answered while waiting for a place stands for the first wave, as in reports.
    """
    bound = {"enrolment_id": one.enrolment, "occasion_id": one.occasion}
    rows = connection.execute(_ANSWERED_UNTIL, bound).all()
    found = ((row.wave, load(connection, row.id)) for row in rows)
    return [(wave, earlier) for wave, earlier in found if earlier is not None]


def correctable(connection: Connection, chat: bytes, now: datetime) -> list[Response]:
    """What the people behind a chat have handed in and may still correct."""
    return [_run(connection, row) for row in connection.execute(_CORRECTABLE, {"chat_ref": chat, "now": now})]


def begin(
    connection: Connection,
    occasion_id: int,
    questionnaire_hash: str,
    mode: Mode,
    now: datetime,
    channel: str | None = None,
) -> Response:
    """Begin the run of an occasion on this very version of the questionnaire; the first one fixes its cohort's plan.

    `channel`: by which it is answered, where that is not paper.
    """
    analysis_plans.fix(connection, occasion_id, now)
    values = {"occasion": occasion_id, "questionnaire": questionnaire_hash, "mode": mode, "started_at": now}
    values["channel"] = channel
    response_id = connection.execute(_BEGIN, values).scalar_one()
    return _run(connection, connection.execute(_BY_ID, {"run_id": response_id}).one())


def answers(connection: Connection, keys: Keys, response_id: int) -> dict[str, Answer]:
    """The answers that hold, by item id."""
    return {row.item: _answer(row, keys) for row in _ANSWERS.all(connection, {"run_id": response_id})}


def store(
    connection: Connection,
    keys: Keys,
    response_id: int,
    changes: Mapping[str, Answer],
    actor: str,
    now: datetime,
    held: Container[str] | None = None,
    *,
    same_voice: bool = False,
) -> int:
    """Store the changes; what held before is remembered with when and by whom. Moves the revision, and gives it.

    `held`: the items that have an answer, where the caller has just read them in this transaction.
    `same_voice`: these are the words of what was said, whose recording stays; else it is erased with the answer.
    """
    new_only = held is not None and not any(item in held for item in changes)
    before = {} if new_only else {row.item: row for row in _ANSWERS.all(connection, {"run_id": response_id})}
    for item in changes:
        old = before.get(item)
        if old is not None:
            if not old.draft:
                connection.execute(_REMEMBER, _past(old, actor, now))
            if old.text_sealed is not None and not same_voice:
                voice_answers.forget_answer(connection, response_id, item)
            connection.execute(_FORGET, {"run_id": response_id, "item_id": item})
    for item, new in changes.items():
        _STORE.all(connection, _stored(response_id, item, new, keys, now))
    revision: int = _MOVE.scalar(connection, {"run_id": response_id})
    return revision


def finish(connection: Connection, response_id: int, now: datetime) -> None:
    """Mark the run as handed in (or closed)."""
    connection.execute(_FINISH, {"run_id": response_id, "now": now})


def reopen(connection: Connection, response_id: int, moment: datetime | None) -> None:
    """From this moment on what is handed in may be corrected, with None no more; it counts as handed in all along."""
    connection.execute(_REOPEN, {"run_id": response_id, "moment": moment})


def set_mode(connection: Connection, response_id: int, mode: Mode) -> None:
    """Record that another hand answers from now on."""
    connection.execute(_SET_MODE, {"run_id": response_id, "new_mode": mode})


def restart(connection: Connection, response_id: int, mode: Mode, moment: datetime, actor: str, now: datetime) -> None:
    """A run is answered in another way, from another moment on: what held so far is remembered, and holds no more."""
    rows = _ANSWERS.all(connection, {"run_id": response_id})
    for row in rows:
        if not row.draft:
            connection.execute(_REMEMBER, _past(row, actor, now))
        if row.text_sealed is not None:
            voice_answers.forget_answer(connection, response_id, row.item)
        connection.execute(_FORGET, {"run_id": response_id, "item_id": row.item})
    connection.execute(_RESTART, {"run_id": response_id, "new_mode": mode, "moment": moment})
    if rows:  # cards that show them are old
        _MOVE.scalar(connection, {"run_id": response_id})


def last_answered_at(connection: Connection, response_id: int) -> datetime | None:
    """When the last answer came; None when there is none."""
    moment: datetime | None = connection.execute(_LAST, {"run_id": response_id}).scalar_one()
    return moment


_VERSIONS = 512
_versions: dict[str, Questionnaire] = {}  # by hash, so never out of date


def _version(connection: Connection, key: str) -> Questionnaire:
    """The questionnaire with this hash, read and parsed once."""
    known = _versions.get(key)
    if known is None:
        if len(_versions) >= _VERSIONS:
            _versions.clear()
        definition = connection.execute(_DEFINITION, {"key": key}).scalar_one()
        known = _versions[key] = Questionnaire.model_validate_json(definition)
    return known


def _run(connection: Connection, row: Any) -> Response:
    values = row._asdict()
    return Response(questionnaire=_version(connection, values["version"]), **values)


def _answer(row: Any, keys: Keys) -> Answer:
    text = None if row.text_sealed is None else keys.open_text(row.text_sealed)
    return Answer(value=row.value, text=text, non_answer=row.non_answer, draft=row.draft)


def _stored(response_id: int, item: str, new: Answer, keys: Keys, now: datetime) -> dict[str, Any]:
    return {
        "run": response_id,
        "item": item,
        "value": new.value,
        "text_sealed": None if new.text is None else keys.seal_text(new.text),
        "non_answer": new.non_answer,
        "draft": new.draft,
        "answered_at": now,
    }


def _past(old: Any, actor: str, now: datetime) -> dict[str, Any]:
    return {
        "run": old.run,
        "item": old.item,
        "value": old.value,
        "text_sealed": old.text_sealed,
        "non_answer": old.non_answer,
        "changed_at": now,
        "changed_by": actor,
    }
