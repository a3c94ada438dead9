"""Files that people sent: Telegram's name for one, and its content once that was fetched, both sealed. Fetches nothing.

Claiming pushes `due_at` to the end of the lease, so that what a lost process held comes back by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.schema import attachment, group_import, staff
from storage.secrets.keys import Keys


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that this process may fetch until its lease ends."""

    id: int
    file: str  # Telegram's name for it
    received_at: datetime
    recorded: bool  # a recording, which may be sent on
    readings: int = 0  # how often reading it was begun before


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file without its content. `file` is empty where it is not needed any more."""

    id: int
    file: str
    mime: str
    seconds: int | None
    received_at: datetime
    fetched_at: datetime | None
    problem: str | None


# Written as the partial index says it.
_UNFETCHED = attachment.c.fetched_at.is_(None) & attachment.c.problem.is_(None)
_now = bindparam("now", type_=attachment.c.due_at.type)
_the_one = attachment.c.id == bindparam("attachment_id")
_RECEIVE = insert(attachment).returning(attachment.c.id)
_PICKED = (
    select(attachment.c.id)
    .where(_UNFETCHED, attachment.c.due_at <= _now)
    .order_by(attachment.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("picked")
)
_CLAIM = (
    update(attachment)
    .where(attachment.c.id.in_(select(_PICKED.c.id)))
    .values(due_at=bindparam("lease_end", type_=attachment.c.due_at.type), attempt=attachment.c.attempt + 1)
    .returning(
        attachment.c.id,
        attachment.c.file_sealed,
        attachment.c.received_at,
        attachment.c.seconds,
        attachment.c.readings,
    )
)
_CHANGE = update(attachment).where(_the_one)
_KEEP = _CHANGE.where(attachment.c.fetched_at.is_(None))
_LOAD = select(
    attachment.c.id,
    attachment.c.file_sealed,
    attachment.c.mime,
    attachment.c.seconds,
    attachment.c.received_at,
    attachment.c.fetched_at,
    attachment.c.problem,
).where(_the_one)
_CONTENT = select(attachment.c.data_sealed).where(_the_one)
_DROP = delete(attachment).where(attachment.c.id.in_(bindparam("ids", expanding=True)))
_IS_LIST = select(group_import.c.id).where(group_import.c.attachment == bindparam("attachment_id"))
_WHOSE_LIST = (
    select(staff.c.chat)
    .join_from(group_import, staff)
    .where(group_import.c.attachment == bindparam("attachment_id"), staff.c.chat.is_not(None))
)


def receive(
    connection: Connection, keys: Keys, file: str, now: datetime, *, mime: str = "", seconds: int | None = None
) -> int:
    """Remember a file that was sent; it is due to be fetched at once. `seconds`: how long a recording is."""
    values = {
        "file_sealed": keys.seal_text(file),
        "mime": mime[:80],
        "seconds": seconds,
        "received_at": now,
        "due_at": now,
    }
    number: int = connection.execute(_RECEIVE, values).scalar_one()
    return number


def claim(connection: Connection, keys: Keys, now: datetime, lease: timedelta, limit: int) -> list[WaitingFile]:
    """Take up to `limit` files that wait; they are due again when the lease ends."""
    rows = connection.execute(_CLAIM, {"now": now, "most": limit, "lease_end": now + lease})
    return [
        WaitingFile(row.id, keys.open_text(row.file_sealed), row.received_at, row.seconds is not None, row.readings)
        for row in rows.fetchall()
    ]


def keep(connection: Connection, keys: Keys, one: WaitingFile, data: bytes, now: datetime) -> bool:
    """Keep what was fetched; false when it is here already, or was erased meanwhile.

    Telegram's name is forgotten, but for a recording, which is sent on by it.
    """
    values = {"data_sealed": keys.seal_bytes(data), "fetched_at": now}
    statement = _KEEP.values(**values) if one.recorded else _KEEP.values(**values, file_sealed=None)
    return connection.execute(statement, {"attachment_id": one.id}).rowcount == 1


def begin_reading(connection: Connection, one: WaitingFile) -> None:
    """Count a reading before it begins: what ends the whole bot is counted, too."""
    connection.execute(_CHANGE.values(readings=one.readings + 1), {"attachment_id": one.id})


def release(connection: Connection, files: Sequence[WaitingFile], now: datetime | None = None) -> None:
    """Nothing was found out about these files: a reading that was begun does not count. With `now` they wait again."""
    for one in files:
        values = {"readings": one.readings} if now is None else {"readings": one.readings, "due_at": now}
        connection.execute(_CHANGE.values(**values), {"attachment_id": one.id})


def retry_at(connection: Connection, attachment_id: int, due: datetime) -> None:
    """Try again then."""
    connection.execute(_CHANGE.values(due_at=due), {"attachment_id": attachment_id})


def give_up(connection: Connection, attachment_id: int, problem: str) -> None:
    """It can never be fetched."""
    connection.execute(_CHANGE.values(problem=problem[:80], file_sealed=None), {"attachment_id": attachment_id})


def rename(connection: Connection, keys: Keys, attachment_id: int, file: str) -> None:
    """Telegram has it under another name from now on."""
    connection.execute(_CHANGE.values(file_sealed=keys.seal_text(file)), {"attachment_id": attachment_id})


def load(connection: Connection, keys: Keys, attachment_id: int) -> Attachment | None:
    """The file with this number; None where it was erased."""
    row = connection.execute(_LOAD, {"attachment_id": attachment_id}).one_or_none()
    if row is None:
        return None
    name = "" if row.file_sealed is None else keys.open_text(row.file_sealed)
    return Attachment(row.id, name, row.mime, row.seconds, row.received_at, row.fetched_at, row.problem)


def content(connection: Connection, keys: Keys, attachment_id: int) -> bytes | None:
    """What is in it; None where it was not fetched (yet)."""
    sealed = connection.execute(_CONTENT, {"attachment_id": attachment_id}).scalar_one_or_none()
    return None if sealed is None else keys.open_bytes(sealed)


def drop(connection: Connection, attachment_ids: Sequence[int]) -> None:
    """Nothing of these files stays; nothing may refer to them any more."""
    connection.execute(_DROP, {"ids": list(attachment_ids)})


def is_list(connection: Connection, attachment_id: int) -> bool:
    """Whether it was sent as a list of people."""
    return connection.execute(_IS_LIST, {"attachment_id": attachment_id}).scalar_one_or_none() is not None


def whose_list(connection: Connection, attachment_id: int) -> bytes | None:
    """The chat of the member of staff who sent this as a list of people; None where it is no such list."""
    return connection.execute(_WHOSE_LIST, {"attachment_id": attachment_id}).scalar_one_or_none()
