"""A consistent copy of a SQLite file while the bot works, and back. For PostgreSQL it names the right command."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL

from storage.engine.engines import BUSY_SECONDS, is_sqlite, read_url, require_file, sqlite_path
from storage.engine.errors import StorageError
from storage.engine.migrate import require_ours, status_of
from storage.schema import metadata


def backup(url: str, target: Path) -> None:
    """Copy the database into the new file `target`, as of one moment, readable by its owner alone.

    The copy is checked before it gets its name. Raises StorageError if `target` exists or cannot be written, and
    for PostgreSQL, whose own command does it.
    """
    address = read_url(url)
    _refuse_postgresql(address, f'pg_dump --format=custom --file="{target}" --dbname="{_shown(address)}"')
    require_file(address)
    if target.exists():
        raise StorageError(f"There is a file at {target} already; a backup never overwrites one.")
    unfinished = target.with_name(target.name + ".unfinished")
    with _told(target):
        try:
            _copy(sqlite_path(address), unfinished)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)


def restore(url: str, source: Path, *, force: bool = False) -> None:
    """Put the backup `source` in the place of the database.

    Raises StorageError if `source` is no sound database of this or an older version, if a process has the
    database open, if it holds anything and `force` is not given, and for PostgreSQL, whose own command does it.
    """
    address = read_url(url)
    _refuse_postgresql(
        address, f'pg_restore --clean --if-exists --single-transaction --dbname="{_shown(address)}" "{source}"'
    )
    if not source.is_file():
        raise StorageError(f"There is no backup at {source}.")
    _require_sound(source)
    _require_ours(source)
    path = sqlite_path(address)
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(_connect(path)) as target, closing(_connect(source)) as origin:
            _take(target, path)
            if not force and _holds_anything(target):
                raise StorageError(f"The database {path} is not empty. To replace all that is in it, add --force.")
            origin.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode = WAL")


def _copy(source: Path, copy: Path) -> None:
    copy.unlink(missing_ok=True)  # of a backup that was cut off
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(_connect(source)) as origin, closing(_connect(copy)) as target:
        origin.backup(target, pages=-1)  # in one piece: a copy in steps never ends while others write
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    _require_sound(copy)
    with copy.open("rb") as file:
        os.fsync(file.fileno())


def _refuse_postgresql(address: URL, command: str) -> None:
    if not is_sqlite(address):
        raise StorageError(f"PostgreSQL has its own command for this: {command}")


def _shown(address: URL) -> str:
    """The address as it may stand on a screen: without the password."""
    shown = address.set(drivername="postgresql").difference_update_query(["password"])
    return shown._replace(password=None).render_as_string()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in one sentence what the system refused."""
    try:
        yield
    except OSError as problem:
        raise StorageError(f"{path} cannot be written: {problem.strerror}.") from None
    except sqlite3.Error as problem:
        raise StorageError(f"{path} cannot be written: {problem}.") from None


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)


def _require_ours(path: Path) -> None:
    """Raise StorageError unless this program can work on the copy, at once or after an upgrade."""
    found = status_of(URL.create("sqlite", database=str(path)))
    if found.current is None:
        raise StorageError(f"{path} is no backup of povezujejo.")
    require_ours(found, str(path))


def _require_sound(path: Path) -> None:
    """Raise StorageError unless every page and every reference in the file is whole."""
    try:
        with closing(_connect(path)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            sound = sound and not connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise StorageError(f"{path} is damaged, or no database at all.")


def _take(target: sqlite3.Connection, path: Path) -> None:
    """Hold the file for us alone; leaving WAL works only while nobody else has the file open."""
    try:
        target.execute("PRAGMA busy_timeout = 0")
        target.execute("PRAGMA locking_mode = EXCLUSIVE")
        target.execute("PRAGMA journal_mode = DELETE")
        target.execute("BEGIN EXCLUSIVE")
        target.execute("COMMIT")
    except sqlite3.OperationalError:
        raise StorageError(f"The database {path} is in use. Stop the bot first.") from None


def _holds_anything(target: sqlite3.Connection) -> bool:
    there = {name for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return any(
        target.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 - our own table names
        for name in there.intersection(metadata.tables)
    )
