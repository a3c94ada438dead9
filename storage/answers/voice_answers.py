"""What people said instead of typing: an answer or a story that is a recording, until its words are typed in.

The answer or the story itself holds a text that says so. Knows no screens, and not who may listen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Delete, Select, bindparam, delete, exists, insert, or_, select, update

from storage import attachments, audit
from storage.schema import (
    EnrolmentState,
    OccasionState,
    attachment,
    cohort,
    enrolment,
    occasion,
    participant,
    run,
    story,
    voice,
)
from storage.secrets.keys import Keys


@dataclass(frozen=True, slots=True)
class VoiceAnswer:
    """A recording with all that a use case needs to know of where it belongs, without its sound."""

    id: int
    attachment: int
    run: int | None  # with the item: an answer
    item: str | None
    story: int | None
    wave: str | None
    enrolment: int
    programme: str
    code: str
    seconds: int | None
    received_at: datetime
    typed_at: datetime | None
    file: str  # Telegram's name for it; empty where it could never be fetched


_VOICE: Select[*tuple[Any, ...]] = (
    select(
        voice.c.id,
        voice.c.attachment,
        voice.c.run,
        voice.c.item,
        voice.c.story,
        occasion.c.wave,
        story.c.wave.label("wave_of_story"),
        enrolment.c.id.label("enrolment"),
        cohort.c.programme,
        participant.c.code,
        attachment.c.seconds,
        attachment.c.received_at,
        attachment.c.file_sealed,
        voice.c.typed_at,
    )
    .join_from(voice, attachment)
    .outerjoin(run, run.c.id == voice.c.run)
    .outerjoin(occasion, occasion.c.id == run.c.occasion)
    .outerjoin(story, story.c.id == voice.c.story)
    .join(enrolment, or_(enrolment.c.id == occasion.c.enrolment, enrolment.c.id == story.c.enrolment))
    .join(cohort, cohort.c.id == enrolment.c.cohort)
    .join(participant, participant.c.id == enrolment.c.participant)
)
_OF_ANSWER = select(exists().where(voice.c.run == bindparam("run_id"), voice.c.item == bindparam("item_id")))
_BY_ID = _VOICE.where(voice.c.id == bindparam("voice_id"))
_BY_ID_LOCKED = _BY_ID.with_for_update(of=voice)
_OF_STORY = _VOICE.where(voice.c.story == bindparam("story_id"))
_OF_ENROLMENT = _VOICE.where(enrolment.c.id == bindparam("enrolment_id")).order_by(voice.c.id)
_WAITING = _VOICE.where(
    cohort.c.programme.in_(bindparam("slugs", expanding=True)),
    enrolment.c.state != EnrolmentState.ERASED,
    voice.c.run.is_not(None),
    voice.c.typed_at.is_(None),
    attachment.c.problem.is_(None),
    or_(run.c.finished_at.is_not(None), occasion.c.state != OccasionState.OPEN),
).order_by(attachment.c.received_at, voice.c.id)
_ADD = insert(voice)
_TYPED = (
    update(voice)
    .where(voice.c.id == bindparam("voice_id"), voice.c.typed_at.is_(None))
    .values(typed_at=bindparam("now", type_=voice.c.typed_at.type), typed_by=bindparam("actor"))
)
_FORGET_STORY = delete(voice).where(voice.c.story == bindparam("story_id")).returning(voice.c.attachment)
_FORGET_ANSWER = (
    delete(voice)
    .where(voice.c.run == bindparam("run_id"), voice.c.item == bindparam("item_id"))
    .returning(voice.c.attachment)
)


def _all_of(enrolments: Any) -> Delete:
    runs = select(run.c.id).join_from(run, occasion).where(occasion.c.enrolment.in_(enrolments))
    stories = select(story.c.id).where(story.c.enrolment.in_(enrolments))
    return delete(voice).where(or_(voice.c.run.in_(runs), voice.c.story.in_(stories)))


_ENROLMENT: BindParameter[int] = bindparam("enrolment_id")
_PERSON: BindParameter[int] = bindparam("participant_id")
_ERASE = _all_of(select(enrolment.c.id).where(enrolment.c.id == _ENROLMENT)).returning(voice.c.attachment)
_ERASE_PERSON = _all_of(select(enrolment.c.id).where(enrolment.c.participant == _PERSON)).returning(voice.c.attachment)


def answered(connection: Connection, response_id: int, item: str, attachment_id: int) -> None:
    """An answer that holds was spoken, perhaps anew in as many seconds: what was said before is erased."""
    forget_answer(connection, response_id, item)
    connection.execute(_ADD, {"run": response_id, "item": item, "attachment": attachment_id})


def told(connection: Connection, story_id: int, attachment_id: int) -> None:
    """A story was spoken."""
    connection.execute(_ADD, {"story": story_id, "attachment": attachment_id})


def forget_answer(connection: Connection, response_id: int, item: str) -> None:
    """The answer is another one now: what was said is erased."""
    _drop(connection, connection.execute(_FORGET_ANSWER, {"run_id": response_id, "item_id": item}).scalars().all())


def forget_story(connection: Connection, story_id: int) -> None:
    """The story is told anew, or is gone: what was said is erased."""
    _drop(connection, connection.execute(_FORGET_STORY, {"story_id": story_id}).scalars().all())


def erase(connection: Connection, enrolment_id: int) -> None:
    """All that was said in an enrolment is erased."""
    _drop(connection, connection.execute(_ERASE, {"enrolment_id": enrolment_id}).scalars().all())


def erase_person(connection: Connection, participant_id: int) -> None:
    """All that a person said is erased: a voice tells who it is."""
    _drop(connection, connection.execute(_ERASE_PERSON, {"participant_id": participant_id}).scalars().all())


def of_answer(connection: Connection, response_id: int, item: str) -> bool:
    """Whether there is a recording of an answer."""
    return bool(connection.execute(_OF_ANSWER, {"run_id": response_id, "item_id": item}).scalar_one())


def load(connection: Connection, keys: Keys, voice_id: int) -> VoiceAnswer | None:
    """The recording with this number."""
    row = connection.execute(_BY_ID, {"voice_id": voice_id}).one_or_none()
    return None if row is None else _voice(row, keys)


def lock(connection: Connection, keys: Keys, voice_id: int) -> VoiceAnswer | None:
    """The recording, locked for this transaction."""
    row = connection.execute(_BY_ID_LOCKED, {"voice_id": voice_id}).one_or_none()
    return None if row is None else _voice(row, keys)


def of_story(connection: Connection, keys: Keys, story_id: int) -> VoiceAnswer | None:
    """The recording of a story; None where it was typed."""
    row = connection.execute(_OF_STORY, {"story_id": story_id}).one_or_none()
    return None if row is None else _voice(row, keys)


def of_enrolment(connection: Connection, keys: Keys, enrolment_id: int) -> list[VoiceAnswer]:
    """All that was said in an enrolment."""
    return [_voice(row, keys) for row in connection.execute(_OF_ENROLMENT, {"enrolment_id": enrolment_id})]


def waiting(connection: Connection, keys: Keys, slugs: Sequence[str]) -> list[VoiceAnswer]:
    """Answers of these programmes whose words nobody has typed, those that wait longest first.

    Whoever is still answering may say it anew, and is left alone.
    """
    return [_voice(row, keys) for row in connection.execute(_WAITING, {"slugs": list(slugs)})]


def typed(connection: Connection, one: VoiceAnswer, now: datetime, actor: str) -> None:
    """The words are typed, and right; the recording stays until it is erased with the rest."""
    if connection.execute(_TYPED, {"voice_id": one.id, "now": now, "actor": actor}).rowcount:
        audit.record(connection, actor, "voice.type", f"voice:{one.id}", now)


def _drop(connection: Connection, attachment_ids: Sequence[int]) -> None:
    if attachment_ids:
        attachments.drop(connection, attachment_ids)


def _voice(row: Any, keys: Keys) -> VoiceAnswer:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way to a mapping
    file, of_story_ = values.pop("file_sealed"), values.pop("wave_of_story")
    wave = values.pop("wave") or of_story_
    return VoiceAnswer(**values, wave=wave, file="" if file is None else keys.open_text(file))
