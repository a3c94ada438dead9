"""Runs: one answering of an occasion, with the answers that hold and what they were before."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, func, insert, select, update

from storage import voices
from storage.keys import Keys
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
from storage.sharing import SHARED
from surveys.model import Answer, Mode, Questionnaire


@dataclass(frozen=True, slots=True)
class Run:
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
    state: OccasionState
    enrolment_state: EnrolmentState
    recorded: bool  # whether any question of the programme can be heard

    @property
    def open(self) -> bool:
        """Whether answers are still taken."""
        return (
            self.finished_at is None
            and (self.state is OccasionState.OPEN or (self.mode is Mode.PAPER and self.state is OccasionState.MISSED))
            and self.enrolment_state is EnrolmentState.ACTIVE
        )


_RUN = (
    select(
        run.c.id,
        run.c.occasion,
        run.c.mode,
        run.c.revision,
        run.c.started_at,
        run.c.finished_at,
        occasion.c.enrolment,
        occasion.c.wave,
        occasion.c.state,
        enrolment.c.state.label("enrolment_state"),
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
_BY_ID_LOCKED = _BY_ID.with_for_update(of=run)
_BY_OCCASION = _RUN.where(run.c.occasion == bindparam("occasion_id"))
_BY_ENROLMENT = _RUN.where(occasion.c.enrolment == bindparam("enrolment_id")).order_by(occasion.c.opens_at)
_BEGIN = insert(run).returning(run.c.id)
_ANSWERS = select(answer).where(answer.c.run == bindparam("run_id"))
_REMEMBER = insert(answer_change)
_FORGET = delete(answer).where(answer.c.run == bindparam("run_id"), answer.c.item == bindparam("item_id"))
_STORE = insert(answer)
_MOVE = update(run).where(run.c.id == bindparam("run_id")).values(revision=run.c.revision + 1).returning(run.c.revision)
_FINISH = update(run).where(run.c.id == bindparam("run_id")).values(finished_at=bindparam("now"))
_SET_MODE = update(run).where(run.c.id == bindparam("run_id")).values(mode=bindparam("new_mode"))
_RESTART = (
    update(run)
    .where(run.c.id == bindparam("run_id"))
    .values(mode=bindparam("new_mode"), started_at=bindparam("moment"))
)
_LAST = select(func.max(answer.c.answered_at)).where(answer.c.run == bindparam("run_id"))


def load(connection: Connection, run_id: int) -> Run | None:
    """The run with this id."""
    row = connection.execute(_BY_ID, {"run_id": run_id}).one_or_none()
    return None if row is None else _run(connection, row)


def lock(connection: Connection, run_id: int) -> Run | None:
    """The run, locked for this transaction: of two replies at once, the second sees what the first did."""
    row = connection.execute(_BY_ID_LOCKED, {"run_id": run_id}).one_or_none()
    return None if row is None else _run(connection, row)


def of_occasion(connection: Connection, occasion_id: int) -> Run | None:
    """The run of an occasion; None before it has begun."""
    row = connection.execute(_BY_OCCASION, {"occasion_id": occasion_id}).one_or_none()
    return None if row is None else _run(connection, row)


def of_enrolment(connection: Connection, enrolment_id: int) -> list[Run]:
    """The runs of somebody in one cohort, in the order of time."""
    return [_run(connection, row) for row in connection.execute(_BY_ENROLMENT, {"enrolment_id": enrolment_id})]


def begin(connection: Connection, occasion_id: int, questionnaire_hash: str, mode: Mode, now: datetime) -> Run:
    """Begin the run of an occasion on this very version of the questionnaire."""
    values = {"occasion": occasion_id, "questionnaire": questionnaire_hash, "mode": mode, "started_at": now}
    run_id = connection.execute(_BEGIN, values).scalar_one()
    return _run(connection, connection.execute(_BY_ID, {"run_id": run_id}).one())


def answers(connection: Connection, keys: Keys, run_id: int) -> dict[str, Answer]:
    """The answers that hold, by item id."""
    return {row.item: _answer(row, keys) for row in connection.execute(_ANSWERS, {"run_id": run_id})}


def store(
    connection: Connection,
    keys: Keys,
    run_id: int,
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
    before = {} if new_only else {row.item: row for row in connection.execute(_ANSWERS, {"run_id": run_id})}
    for item, new in changes.items():
        old = before.get(item)
        if old is not None:
            if not old.draft:
                connection.execute(_REMEMBER, _past(old, actor, now))
            if old.text_sealed is not None and not same_voice:
                voices.forget_answer(connection, run_id, item)
            connection.execute(_FORGET, {"run_id": run_id, "item_id": item})
        connection.execute(_STORE, _stored(run_id, item, new, keys, now))
    revision: int = connection.execute(_MOVE, {"run_id": run_id}).scalar_one()
    return revision


def finish(connection: Connection, run_id: int, now: datetime) -> None:
    """Mark the run as handed in (or closed)."""
    connection.execute(_FINISH, {"run_id": run_id, "now": now})


def set_mode(connection: Connection, run_id: int, mode: Mode) -> None:
    """Record that another hand answers from now on."""
    connection.execute(_SET_MODE, {"run_id": run_id, "new_mode": mode})


def restart(connection: Connection, run_id: int, mode: Mode, moment: datetime) -> None:
    """A run without answers is answered in another way, from another moment on."""
    connection.execute(_RESTART, {"run_id": run_id, "new_mode": mode, "moment": moment})


def last_answered_at(connection: Connection, run_id: int) -> datetime | None:
    """When the last answer came; None when there is none."""
    moment: datetime | None = connection.execute(_LAST, {"run_id": run_id}).scalar_one()
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


def _run(connection: Connection, row: Row[*tuple[Any, ...]]) -> Run:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way to a mapping
    return Run(questionnaire=_version(connection, values["version"]), **values)


def _answer(row: Row[*tuple[Any, ...]], keys: Keys) -> Answer:
    text = None if row.text_sealed is None else keys.open_text(row.text_sealed)
    return Answer(value=row.value, text=text, non_answer=row.non_answer, draft=row.draft)


def _stored(run_id: int, item: str, new: Answer, keys: Keys, now: datetime) -> dict[str, Any]:
    return {
        "run": run_id,
        "item": item,
        "value": new.value,
        "text_sealed": None if new.text is None else keys.seal_text(new.text),
        "non_answer": new.non_answer,
        "draft": new.draft,
        "answered_at": now,
    }


def _past(old: Row[*tuple[Any, ...]], actor: str, now: datetime) -> dict[str, Any]:
    return {
        "run": old.run,
        "item": old.item,
        "value": old.value,
        "text_sealed": old.text_sealed,
        "non_answer": old.non_answer,
        "changed_at": now,
        "changed_by": actor,
    }
