"""The rights of a person: everything held about them, and its erasure. Knows no screens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, select, update

from storage import audit, participants, roster_imports, shared_phones
from storage.answers import double_entry, voice_answers
from storage.answers.double_entry import SecondEntry
from storage.answers.voice_answers import VoiceAnswer
from storage.participants import Enrolment
from storage.schema import (
    EnrolmentState,
    OccasionState,
    answer,
    answer_change,
    call_note,
    call_request,
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
from storage.secrets.keys import Keys
from storage.web import held as held_of_chats
from surveys import engine
from surveys.model import Answer, Item, Kind, Questionnaire
from surveys.quantities import said

_ENROLMENT: BindParameter[int] = bindparam("enrolment_id")
_OCCASIONS = select(occasion.c.id).where(occasion.c.enrolment == _ENROLMENT)
_RUNS = select(run.c.id).where(run.c.occasion.in_(_OCCASIONS))
_WAVE_OF_RUN = select(run.c.id, occasion.c.wave).join_from(run, occasion).where(occasion.c.enrolment == _ENROLMENT)
_CONSENTS = select(consent).where(consent.c.enrolment == _ENROLMENT).order_by(consent.c.given_at)
_ANSWERS = (
    select(
        occasion.c.wave,
        run.c.mode,
        answer.c.item,
        answer.c.value,
        answer.c.text_sealed,
        answer.c.non_answer,
        answer.c.draft,
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
_STORIES = select(story).where(story.c.enrolment == _ENROLMENT).order_by(story.c.told_at)
_CALLS = select(call_note).where(call_note.c.enrolment == _ENROLMENT).order_by(call_note.c.id)
_ASKED = select(call_request).where(call_request.c.enrolment == _ENROLMENT).order_by(call_request.c.id)
_DEEDS = select(deed).where(deed.c.enrolment == _ENROLMENT).order_by(deed.c.id)
_ERASE = (
    update(occasion).where(occasion.c.same_as.in_(_OCCASIONS)).values(same_as=None, state=OccasionState.CANCELLED),
    delete(answer_change).where(answer_change.c.run.in_(_RUNS)),
    delete(answer).where(answer.c.run.in_(_RUNS)),
    delete(run).where(run.c.occasion.in_(_OCCASIONS)),
    delete(delivery).where(delivery.c.occasion.in_(_OCCASIONS)),
    delete(occasion).where(occasion.c.enrolment == _ENROLMENT),
    delete(story).where(story.c.enrolment == _ENROLMENT),
    delete(consent).where(consent.c.enrolment == _ENROLMENT),
    delete(call_note).where(call_note.c.enrolment == _ENROLMENT),
    delete(call_request).where(call_request.c.enrolment == _ENROLMENT),
    delete(deed).where(deed.c.enrolment == _ENROLMENT),
    delete(invite).where(invite.c.enrolment == _ENROLMENT),
    update(enrolment)
    .where(enrolment.c.id == _ENROLMENT)
    .values(state=EnrolmentState.ERASED, joined_at=None, left_at=bindparam("now")),
)


def held(connection: Connection, keys: Keys, enrolments: Sequence[Enrolment]) -> list[dict[str, Any]]:
    """Everything held about a person, one entry an enrolment, ready to be written as JSON."""
    return [_held_in(connection, keys, enrolment) for enrolment in enrolments]


def answered(connection: Connection, enrolment_id: int) -> int:
    """How many answers are held of an enrolment: what somebody said, as »Moji odgovori« lists it."""
    return sum(_is_said(row) for row in connection.execute(_ANSWERS, {"enrolment_id": enrolment_id}))


def erase(connection: Connection, enrolments: Sequence[Enrolment], now: datetime, actor: str) -> None:
    """Erase everything of these enrolments; only content-free tombstones and the fact of erasure stay."""
    for one in enrolments:
        roster_imports.drop_names(connection, one.id)
        voice_answers.erase(connection, one.id)
        double_entry.erase(connection, one.id)
        for statement in _ERASE:
            connection.execute(statement, {"enrolment_id": one.id, "now": now})
        tombstone = participants.destroy_code(connection, one.participant)
        audit.record(connection, actor, "participant.erase", tombstone, now)


def _held_in(connection: Connection, keys: Keys, enrolment: Enrolment) -> dict[str, Any]:
    of_place = {"enrolment_id": enrolment.id}
    stored = connection.execute(_ANSWERS, of_place).all()
    waves = {row.id: row.wave for row in connection.execute(_WAVE_OF_RUN, of_place)}
    return {
        "code": enrolment.code,
        "programme": enrolment.programme,
        "cohort": enrolment.cohort_name,
        "state": enrolment.state.value,
        "role": enrolment.role.value,
        "allocation": None if enrolment.allocation is None else enrolment.allocation.value,
        "enrolled_at": enrolment.enrolled_at.isoformat(),
        "joined_at": _moment(enrolment.joined_at),
        **held_of_chats.of_chat(connection, keys, enrolment.chat),
        "name_on_this_phone": shared_phones.label(connection, keys, enrolment.participant),
        "unreachable_at": _moment(enrolment.unreachable_at),
        "consents": [_consent(row) for row in connection.execute(_CONSENTS, of_place)],
        "waves": [_wave(row) for row in connection.execute(_WAVES, of_place)],
        "answers": [_dated(row, keys) for row in stored if _is_said(row)],
        "no_answers": [_dated(row, keys) for row in stored if not _is_said(row)],
        "earlier_answers": [
            {**_said(row, keys), "changed_at": row.changed_at.isoformat(), "changed_by": row.changed_by}
            for row in connection.execute(_EARLIER, of_place)
        ],
        "typed_once_more": [
            _second(one, waves[one.run]) for one in double_entry.of_enrolment(connection, keys, enrolment.id)
        ],
        "stories": [_story(row, keys) for row in connection.execute(_STORIES, of_place)],
        "recordings": [_recording(one) for one in voice_answers.of_enrolment(connection, keys, enrolment.id)],
        "calls": [_call(row) for row in connection.execute(_CALLS, of_place)],
        "calls_asked_for": [
            {"asked_at": row.asked_at.isoformat(), "withdrawn_at": _moment(row.withdrawn_at)}
            for row in connection.execute(_ASKED, of_place)
        ],
        "name_to_be_printed": roster_imports.names(connection, keys, enrolment.cohort).get(enrolment.id),
        "recent_changes": [_deed(row) for row in connection.execute(_DEEDS, of_place)],
    }


def _second(one: SecondEntry, wave: str) -> dict[str, Any]:
    return {
        "wave": wave,
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
        "text_kind": None if row.text_kind is None else row.text_kind.value,
        "text_hash": row.text_hash,
        "text_derived_at": _moment(row.text_derived_at),
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


def _is_said(row: Any) -> bool:
    item = _item(row)
    return item is not None and engine.is_said(item, Answer(non_answer=row.non_answer, draft=row.draft))


def _item(row: Any) -> Item | None:
    return _questionnaire(row.definition).item(row.item)


@lru_cache(maxsize=64)
def _questionnaire(definition: str) -> Questionnaire:
    return Questionnaire.model_validate_json(definition)


def _dated(row: Any, keys: Keys) -> dict[str, Any]:
    return {**_said(row, keys), "confirmed": not row.draft, "answered_at": row.answered_at.isoformat()}


def _said(row: Any, keys: Keys) -> dict[str, Any]:
    item = _item(row)
    return {
        "wave": row.wave,
        "item": row.item,
        "question": row.item if item is None else item.text,
        "value": row.value,
        "label": None if item is None or row.value is None else _label(item, row.value),
        "text": None if row.text_sealed is None else keys.open_text(row.text_sealed),
        "non_answer": None if row.non_answer is None else row.non_answer.value,
        "mode": row.mode.value,
    }


def _label(item: Item, value: int) -> str | None:
    """What a value stands for, in words; None where it is a whole number."""
    if item.kind is Kind.MULTIPLE:
        return ", ".join(choice.label for choice in item.choices if value >> choice.code & 1)
    if item.kind is Kind.DATE or item.places:
        return str(said(value, item))
    choice = item.choice(value)
    return None if choice is None else choice.label


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
        "asked_about_edited_text_at": _moment(row.author_asked_at),
        "agreed_to_edited_text_at": _moment(row.author_agreed_at),
        "refused_edited_text_at": _moment(row.author_refused_at),
    }


def _recording(one: VoiceAnswer) -> dict[str, Any]:
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
