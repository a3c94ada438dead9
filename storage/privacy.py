"""The rights of a person: everything held about them, and its erasure. Knows no screens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select, update

from storage import audit, group_imports, participants, second_entries, sharing, voices
from storage.keys import Keys
from storage.participants import Place
from storage.schema import (
    EnrolmentState,
    answer,
    answer_change,
    call_note,
    consent,
    deed,
    delivery,
    enrolment,
    invite,
    occasion,
    questionnaire_version,
    run,
    story,
)
from storage.second_entries import Second
from storage.voices import Voice
from surveys.model import Questionnaire

_ENROLMENT: BindParameter[int] = bindparam("enrolment_id")
_OCCASIONS = select(occasion.c.id).where(occasion.c.enrolment == _ENROLMENT)
_RUNS = select(run.c.id).where(run.c.occasion.in_(_OCCASIONS))
_CONSENTS = select(consent).where(consent.c.enrolment == _ENROLMENT).order_by(consent.c.given_at)
_ANSWERS = (
    select(
        occasion.c.wave,
        run.c.mode,
        answer.c.item,
        answer.c.value,
        answer.c.text_sealed,
        answer.c.non_answer,
        answer.c.answered_at,
        questionnaire_version.c.definition,
    )
    .join_from(answer, run)
    .join(occasion, occasion.c.id == run.c.occasion)
    .join(questionnaire_version, questionnaire_version.c.hash == run.c.questionnaire)
    .where(occasion.c.enrolment == _ENROLMENT)
    .order_by(run.c.id, answer.c.answered_at, answer.c.item)
)
_EARLIER = (
    select(
        occasion.c.wave,
        run.c.mode,
        answer_change.c.item,
        answer_change.c.value,
        answer_change.c.text_sealed,
        answer_change.c.non_answer,
        answer_change.c.changed_at,
        answer_change.c.changed_by,
        questionnaire_version.c.definition,
    )
    .join_from(answer_change, run)
    .join(occasion, occasion.c.id == run.c.occasion)
    .join(questionnaire_version, questionnaire_version.c.hash == run.c.questionnaire)
    .where(occasion.c.enrolment == _ENROLMENT)
    .order_by(answer_change.c.id)
)
_WAVES = select(occasion).where(occasion.c.enrolment == _ENROLMENT).order_by(occasion.c.opens_at)
_ANSWERED = select(func.count()).select_from(answer).where(answer.c.run.in_(_RUNS))
_STORIES = select(story).where(story.c.enrolment == _ENROLMENT).order_by(story.c.told_at)
_CALLS = select(call_note).where(call_note.c.enrolment == _ENROLMENT).order_by(call_note.c.id)
_DEEDS = select(deed).where(deed.c.enrolment == _ENROLMENT).order_by(deed.c.id)
_ERASE = (
    delete(answer_change).where(answer_change.c.run.in_(_RUNS)),
    delete(answer).where(answer.c.run.in_(_RUNS)),
    delete(run).where(run.c.occasion.in_(_OCCASIONS)),
    delete(delivery).where(delivery.c.occasion.in_(_OCCASIONS)),
    delete(occasion).where(occasion.c.enrolment == _ENROLMENT),
    delete(story).where(story.c.enrolment == _ENROLMENT),
    delete(consent).where(consent.c.enrolment == _ENROLMENT),
    delete(call_note).where(call_note.c.enrolment == _ENROLMENT),
    delete(deed).where(deed.c.enrolment == _ENROLMENT),
    delete(invite).where(invite.c.enrolment == _ENROLMENT),
    update(enrolment)
    .where(enrolment.c.id == _ENROLMENT)
    .values(state=EnrolmentState.ERASED, joined_at=None, left_at=bindparam("now")),
)


def held(connection: Connection, keys: Keys, places: Sequence[Place]) -> list[dict[str, Any]]:
    """Everything held about a person, one entry an enrolment, ready to be written as JSON."""
    return [_held_in(connection, keys, place) for place in places]


def answered(connection: Connection, enrolment_id: int) -> int:
    """How many answers are held of an enrolment."""
    return connection.execute(_ANSWERED, {"enrolment_id": enrolment_id}).scalar_one()


def erase(connection: Connection, places: Sequence[Place], now: datetime, actor: str) -> None:
    """Erase everything of these places; only content-free tombstones and the fact of erasure stay."""
    for place in places:
        group_imports.drop_names(connection, place.enrolment)
        voices.erase(connection, place.enrolment)
        second_entries.erase(connection, place.enrolment)
        for statement in _ERASE:
            connection.execute(statement, {"enrolment_id": place.enrolment, "now": now})
        tombstone = participants.destroy_code(connection, place.participant)
        audit.record(connection, actor, "participant.erase", tombstone, now)


def _held_in(connection: Connection, keys: Keys, place: Place) -> dict[str, Any]:
    of_place = {"enrolment_id": place.enrolment}
    return {
        "code": place.code,
        "programme": place.programme,
        "cohort": place.cohort_name,
        "state": place.state.value,
        "enrolled_at": place.enrolled_at.isoformat(),
        "joined_at": _moment(place.joined_at),
        "telegram_account": "stored encrypted" if place.chat is not None else None,
        "name_on_this_phone": sharing.label(connection, keys, place.participant),
        "unreachable_at": _moment(place.unreachable_at),
        "consents": [_consent(row) for row in connection.execute(_CONSENTS, of_place)],
        "waves": [_wave(row) for row in connection.execute(_WAVES, of_place)],
        "answers": [
            {**_said(row, keys), "answered_at": row.answered_at.isoformat()}
            for row in connection.execute(_ANSWERS, of_place)
        ],
        "earlier_answers": [
            {**_said(row, keys), "changed_at": row.changed_at.isoformat(), "changed_by": row.changed_by}
            for row in connection.execute(_EARLIER, of_place)
        ],
        "typed_once_more": [_second(one) for one in second_entries.of_enrolment(connection, keys, place.enrolment)],
        "stories": [_story(row, keys) for row in connection.execute(_STORIES, of_place)],
        "recordings": [_recording(one) for one in voices.of_enrolment(connection, keys, place.enrolment)],
        "calls": [_call(row) for row in connection.execute(_CALLS, of_place)],
        "name_to_be_printed": group_imports.names(connection, keys, place.cohort).get(place.enrolment),
        "recent_changes": [_deed(row) for row in connection.execute(_DEEDS, of_place)],
    }


def _second(one: Second) -> dict[str, Any]:
    return {
        "answers": {
            item: answer.model_dump(mode="json", exclude_defaults=True) for item, answer in one.answers.items()
        },
        "entered_by": one.entered_by,
        "finished_at": _moment(one.finished_at),
        "settled_at": _moment(one.settled_at),
    }


def _consent(row: Any) -> dict[str, Any]:
    return {
        "text_version": row.text_version,
        "given_by": row.giver.value,
        "mode": row.mode.value,
        "language": row.language,
        "given_at": row.given_at.isoformat(),
        "recorded_by": row.recorded_by,
        "withdrawn_at": _moment(row.withdrawn_at),
        "withdrawn_by": row.withdrawn_by,
    }


def _wave(row: Any) -> dict[str, Any]:
    return {
        "wave": row.wave,
        "state": row.state.value,
        "opens_at": row.opens_at.isoformat(),
        "closes_at": row.closes_at.isoformat(),
        "invited_at": _moment(row.invited_at),
        "muted_at": _moment(row.muted_at),
    }


def _said(row: Any, keys: Keys) -> dict[str, Any]:
    item = Questionnaire.model_validate_json(row.definition).item(row.item)
    choice = None if item is None or row.value is None else item.choice(row.value)
    return {
        "wave": row.wave,
        "question": row.item if item is None else item.text,
        "value": row.value,
        "label": None if choice is None else choice.label,
        "text": None if row.text_sealed is None else keys.open_text(row.text_sealed),
        "non_answer": None if row.non_answer is None else row.non_answer.value,
        "mode": row.mode.value,
    }


def _story(row: Any, keys: Keys) -> dict[str, Any]:
    return {
        "wave": row.wave,
        "text": keys.open_text(row.text_sealed),
        "told_at": row.told_at.isoformat(),
        "handed_in_at": _moment(row.handed_in_at),
        "publication_version": row.publication_version,
        "publication_given_at": _moment(row.publication_given_at),
        "withdrawn_at": _moment(row.withdrawn_at),
        "edited_text": None if row.edited_sealed is None else keys.open_text(row.edited_sealed),
        "decision": None if row.decision is None else row.decision.value,
        "decided_at": _moment(row.decided_at),
    }


def _recording(one: Voice) -> dict[str, Any]:
    return {
        "wave": one.wave,
        "of": "story" if one.item is None else one.item,
        "seconds": one.seconds,
        "received_at": one.received_at.isoformat(),
        "typed_in_at": _moment(one.typed_at),
    }


def _call(row: Any) -> dict[str, Any]:
    return {
        "outcome": row.outcome.value,
        "noted_at": row.noted_at.isoformat(),
        "noted_by": row.noted_by,
        "withdrawn_at": _moment(row.withdrawn_at),
    }


def _deed(row: Any) -> dict[str, Any]:
    return {
        "what": row.kind.value,
        "done_at": row.done_at.isoformat(),
        "done_by": row.done_by,
        "undone_at": _moment(row.undone_at),
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
