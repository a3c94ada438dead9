"""Questions that were read aloud, each found by the very words that were read. Knows no questionnaires."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, exists, insert, select

from storage import attachments, audit
from storage.schema import attachment, recording
from storage.secrets.keys import Keys


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording, without its sound."""

    id: int
    attachment: int
    file: str  # Telegram's name for it
    seconds: int | None
    recorded_at: datetime


_of_words = and_(recording.c.programme == bindparam("slug"), recording.c.words_hash == bindparam("words"))
_playable = attachment.c.problem.is_(None)
_FIND = (
    select(
        recording.c.id,
        recording.c.attachment,
        attachment.c.file_sealed,
        attachment.c.seconds,
        recording.c.recorded_at,
    )
    .join_from(recording, attachment)
    .where(_of_words, _playable)
    .order_by((recording.c.language == bindparam("tongue")).desc(), recording.c.id)
    .limit(1)
)
_IS_THERE = select(exists(select(recording.c.id).join_from(recording, attachment).where(_of_words, _playable)))
_OF_LANGUAGE = (
    select(recording.c.words_hash)
    .join_from(recording, attachment)
    .where(recording.c.programme == bindparam("slug"), recording.c.language == bindparam("tongue"), _playable)
)
_EARLIER = select(recording.c.id, recording.c.attachment).where(_of_words, recording.c.language == bindparam("tongue"))
_ADD = insert(recording).returning(recording.c.id)
_DELETE = delete(recording).where(recording.c.id == bindparam("recording_id"))


def is_there(connection: Connection, programme: str, words_hash: str) -> bool:
    """Whether these words can be heard."""
    return connection.execute(_IS_THERE, {"slug": programme, "words": words_hash}).scalar_one()


def find(connection: Connection, keys: Keys, programme: str, language: str, words_hash: str) -> Recording | None:
    """The recording of these words; where the words of two languages are alike, the one of this language first."""
    row = connection.execute(_FIND, {"slug": programme, "words": words_hash, "tongue": language}).one_or_none()
    if row is None:
        return None
    return Recording(row.id, row.attachment, keys.open_text(row.file_sealed), row.seconds, row.recorded_at)


def recorded(connection: Connection, programme: str, language: str) -> frozenset[str]:
    """The hashes of all words of a programme that can be heard in a language."""
    return frozenset(connection.execute(_OF_LANGUAGE, {"slug": programme, "tongue": language}).scalars())


def keep(
    connection: Connection,
    programme: str,
    language: str,
    words_hash: str,
    attachment_id: int,
    now: datetime,
    actor: str,
) -> None:
    """This is how these words sound from now on; what was recorded of them before is gone."""
    bound = {"slug": programme, "words": words_hash, "tongue": language}
    for earlier in connection.execute(_EARLIER, bound).all():
        _remove(connection, earlier.id, earlier.attachment)
    values = {"programme": programme, "language": language, "words_hash": words_hash, "attachment": attachment_id}
    number = connection.execute(_ADD, {**values, "recorded_at": now, "recorded_by": actor}).scalar_one()
    audit.record(connection, actor, "recording.keep", f"recording:{number}", now)


def drop(connection: Connection, one: Recording, now: datetime, actor: str) -> None:
    """Nobody hears it any more."""
    _remove(connection, one.id, one.attachment)
    audit.record(connection, actor, "recording.drop", f"recording:{one.id}", now)


def _remove(connection: Connection, recording_id: int, attachment_id: int) -> None:
    connection.execute(_DELETE, {"recording_id": recording_id})
    attachments.drop(connection, [attachment_id])
