"""How the copies of the database went, and whose turn it is to make one. Makes none itself: `storage.engine.backup`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select, update

from storage.engine.insert_ignore import InsertOnce
from storage.schema import backup

LEASE = timedelta(hours=2)  # whoever makes a copy and dies over it leaves it to another after so long
AGAIN = timedelta(hours=1)  # after one that did not work
_REMEMBERED = timedelta(days=60)
_LONGEST = 300  # characters of `problem`

_begin = InsertOnce(backup)
_CLAIM = (
    update(backup)
    .where(
        backup.c.slot == bindparam("of_slot"),
        backup.c.made_at.is_(None),
        backup.c.due_at <= bindparam("now", type_=backup.c.due_at.type),
    )
    .values(due_at=bindparam("until"), attempt=backup.c.attempt + 1)
)
_MADE = (
    update(backup)
    .where(backup.c.slot == bindparam("of_slot"))
    .values(
        made_at=bindparam("now", type_=backup.c.made_at.type),
        file=bindparam("in_file"),
        size=bindparam("bytes"),
        counted=bindparam("rows"),
    )
)
_FAILED = (
    update(backup)
    .where(backup.c.slot == bindparam("of_slot"))
    .values(
        failed_at=bindparam("now", type_=backup.c.failed_at.type), problem=bindparam("why"), due_at=bindparam("again")
    )
)
_RELEASE = update(backup).where(backup.c.slot == bindparam("of_slot")).values(due_at=bindparam("again"))
_FORGET = delete(backup).where(backup.c.due_at < bindparam("before"))
_COUNTED = select(backup.c.counted).where(backup.c.file == bindparam("name"), backup.c.made_at.is_not(None))
_LAST_MADE = select(backup).where(backup.c.made_at.is_not(None)).order_by(backup.c.made_at.desc()).limit(1)
_LAST_FAILED = select(backup).where(backup.c.failed_at.is_not(None)).order_by(backup.c.failed_at.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that is whole: it was opened, and held as many rows as the database."""

    at: datetime
    file: str
    size: int  # bytes
    counted: int  # rows of all tables


@dataclass(frozen=True, slots=True)
class Failed:
    """A copy that could not be made, and why, in one sentence for the operator."""

    at: datetime
    problem: str


@dataclass(frozen=True, slots=True)
class BackupState:
    """The last copy that was made and verified, and what went wrong since then."""

    made: Made | None
    failed: Failed | None


def claim(connection: Connection, slot: str, now: datetime) -> bool:
    """Whether the copy of this slot is to be made now, by whoever asks: of several processes one gets it.

    A slot is a night, ``2026-11-29``, or the moment of a command.
    """
    due = {"slot": slot, "due_at": now + LEASE, "attempt": 1}
    if _begin(connection, due):
        return True
    return connection.execute(_CLAIM, {"of_slot": slot, "now": now, "until": now + LEASE}).rowcount == 1


def release(connection: Connection, slot: str, now: datetime) -> None:
    """Leave a copy that was not finished to whoever asks next."""
    connection.execute(_RELEASE, {"of_slot": slot, "again": now})


def record_made(connection: Connection, slot: str, made: Made) -> None:
    """Note a copy that is whole; what was noted two months ago is forgotten."""
    values = {"of_slot": slot, "now": made.at, "in_file": made.file, "bytes": made.size, "rows": made.counted}
    connection.execute(_MADE, values)
    connection.execute(_FORGET, {"before": made.at - _REMEMBERED})


def record_failed(connection: Connection, slot: str, failed: Failed) -> None:
    """Note that it did not work; it is tried again in an hour."""
    values = {"of_slot": slot, "now": failed.at, "why": failed.problem[:_LONGEST], "again": failed.at + AGAIN}
    connection.execute(_FAILED, values)


def counted(connection: Connection, file: str) -> int | None:
    """How many rows the copy of this name held when it was made; None where nothing is noted of it."""
    return connection.execute(_COUNTED, {"name": file}).scalar()


def state(connection: Connection) -> BackupState:
    """How the last copy went: `failed` is None where one was made after the last failure."""
    last = connection.execute(_LAST_MADE).first()
    wrong = connection.execute(_LAST_FAILED).first()
    made = None if last is None else Made(last.made_at, last.file, last.size, last.counted)
    failed = None if wrong is None else Failed(wrong.failed_at, wrong.problem)
    if made is not None and failed is not None and failed.at <= made.at:
        failed = None
    return BackupState(made, failed)
