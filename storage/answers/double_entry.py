"""Questionnaires from paper that are entered twice: what the second entry says, and where it differs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, func, insert, select, update

from storage.schema import enrolment, occasion, participant, run, second_entry
from storage.secrets.keys import Keys
from surveys import engine
from surveys.model import Answer, Item, Mode, Questionnaire

_ENROLMENT: BindParameter[int] = bindparam("enrolment_id")
_RUNS = select(run.c.id).join_from(run, occasion).where(occasion.c.enrolment == _ENROLMENT)
_OF_ENROLMENT = select(second_entry).where(second_entry.c.run.in_(_RUNS)).order_by(second_entry.c.run)
_IN_COHORT = (enrolment.c.cohort == bindparam("cohort_id"), run.c.mode == Mode.PAPER, run.c.finished_at.is_not(None))
_UNSETTLED = (
    select(run.c.id, participant.c.code, occasion.c.wave)
    .join_from(run, second_entry)
    .join(occasion, occasion.c.id == run.c.occasion)
    .join(enrolment, enrolment.c.id == occasion.c.enrolment)
    .join(participant, participant.c.id == enrolment.c.participant)
    .where(*_IN_COHORT, second_entry.c.finished_at.is_not(None), second_entry.c.settled_at.is_(None))
    .order_by(participant.c.code, occasion.c.opens_at)
)
_ONCE = (
    select(func.count())
    .select_from(run)
    .join(occasion, occasion.c.id == run.c.occasion)
    .join(enrolment, enrolment.c.id == occasion.c.enrolment)
    .outerjoin(second_entry, second_entry.c.run == run.c.id)
    .where(*_IN_COHORT, second_entry.c.finished_at.is_(None))
)
_OF_RUN = select(second_entry).where(second_entry.c.run == bindparam("run_id"))
_LOCKED = _OF_RUN.with_for_update()
_BEGIN = insert(second_entry)
_CHANGE = update(second_entry).where(second_entry.c.run == bindparam("run_id"))
_STORE = _CHANGE.values(answers_sealed=bindparam("sealed"), revision=second_entry.c.revision + 1)
_FINISH = _CHANGE.values(finished_at=bindparam("now"))
_SETTLE = _CHANGE.values(settled_at=bindparam("now"))
_ERASE = delete(second_entry).where(second_entry.c.run.in_(_RUNS))


@dataclass(frozen=True, slots=True)
class SecondEntry:
    """The second entry of a run, with what it says so far."""

    run: int
    answers: Mapping[str, Answer]
    revision: int
    entered_by: str
    finished_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A run that was entered twice, and not in the same way."""

    run: int
    code: str
    wave: str


def find(connection: Connection, keys: Keys, response_id: int) -> SecondEntry | None:
    """The second entry of a run, locked for this transaction; None before it has begun."""
    row = connection.execute(_LOCKED, {"run_id": response_id}).one_or_none()
    return None if row is None else _second(row, keys)


def look(connection: Connection, keys: Keys, response_id: int) -> SecondEntry | None:
    """The same, only to be shown."""
    row = connection.execute(_OF_RUN, {"run_id": response_id}).one_or_none()
    return None if row is None else _second(row, keys)


def begin(connection: Connection, keys: Keys, response_id: int, now: datetime, actor: str) -> None:
    """Begin the second entry of a run."""
    values = {"run": response_id, "answers_sealed": keys.seal_text("{}"), "entered_by": actor, "started_at": now}
    connection.execute(_BEGIN, values)


def store(connection: Connection, keys: Keys, second: SecondEntry, changes: Mapping[str, Answer]) -> None:
    """Store what was entered; moves the revision."""
    answers = {**second.answers, **changes}
    written = json.dumps({item: answer.model_dump(mode="json") for item, answer in answers.items()})
    connection.execute(_STORE, {"run_id": second.run, "sealed": keys.seal_text(written)})


def finish(connection: Connection, response_id: int, now: datetime) -> None:
    """It was entered to the end."""
    connection.execute(_FINISH, {"run_id": response_id, "now": now})


def settle(connection: Connection, response_id: int, now: datetime) -> None:
    """No difference is left."""
    connection.execute(_SETTLE, {"run_id": response_id, "now": now})


def of_enrolment(connection: Connection, keys: Keys, enrolment_id: int) -> list[SecondEntry]:
    """Every second entry for somebody in one cohort."""
    return [_second(row, keys) for row in connection.execute(_OF_ENROLMENT, {"enrolment_id": enrolment_id})]


def unsettled(connection: Connection, cohort_id: int) -> list[Unsettled]:
    """What was entered twice in a cohort and still differs, by code and time."""
    return [Unsettled(*row) for row in connection.execute(_UNSETTLED, {"cohort_id": cohort_id})]


def entered_once(connection: Connection, cohort_id: int) -> int:
    """How many questionnaires from paper in a cohort were entered to the end once only."""
    return connection.execute(_ONCE, {"cohort_id": cohort_id}).scalar_one()


def erase(connection: Connection, enrolment_id: int) -> None:
    """Erase every second entry for somebody in one cohort."""
    connection.execute(_ERASE, {"enrolment_id": enrolment_id})


def differing(questionnaire: Questionnaire, first: Mapping[str, Answer], second: Mapping[str, Answer]) -> list[Item]:
    """The questions that were not answered in the same way twice."""
    return [
        item
        for item in questionnaire.items
        if item.asks and first.get(item.id, engine.NOT_ASKED) != second.get(item.id, engine.NOT_ASKED)
    ]


def _second(row: Row[*tuple[Any, ...]], keys: Keys) -> SecondEntry:
    stored = json.loads(keys.open_text(row.answers_sealed))
    answers = {item: Answer.model_validate_json(json.dumps(one)) for item, one in stored.items()}
    return SecondEntry(row.run, answers, row.revision, row.entered_by, row.finished_at, row.settled_at)
