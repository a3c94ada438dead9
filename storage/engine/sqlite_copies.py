"""A copy of a SQLite file as of one moment while others write, and back. Takes sound files alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import URL

from storage.engine.counting import VERSION, Counts
from storage.engine.engines import BUSY_SECONDS
from storage.engine.errors import RequestRefused, StorageError
from storage.engine.new_files import create, told
from storage.engine.version import require_ours, status_of
from storage.schema import metadata


def copy(source: Path, target: Path) -> Counts:
    """Write what the database holds into the empty file `target`, and see that it is all there.

    Gives the rows by table. Raises StorageError if the copy is damaged or lacks rows that the database holds.
    """
    with closing(connect(source)) as origin, closing(connect(target)) as made:
        origin.execute("BEGIN")  # what is counted and what is copied is of one moment
        expected = _counts(origin)
        origin.backup(made, pages=-1)  # in one piece: a copy in steps never ends while others write
        made.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    require_sound(target)
    with closing(connect(target)) as made:
        found = _counts(made)
    if found != expected:
        raise StorageError(f"{target} does not hold what the database holds; try again.")
    return found


def put_back(source: Path, path: Path, *, force: bool) -> None:
    """Put the copy `source` in the place of the database `path`."""
    require_sound(source)
    _require_ours(source)
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            create(path)
        with closing(connect(path)) as target, closing(connect(source)) as origin:
            take(target, path)
            if not force and holds_anything(target):
                raise RequestRefused(f"The database {path} is not empty. To replace all that is in it, add --force.")
            origin.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode = WAL")


def connect(path: Path) -> sqlite3.Connection:
    """A connection that begins no transaction by itself."""
    return sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)


def require_sound(path: Path) -> None:
    """Raise StorageError unless every page and every reference in the file is whole."""
    try:
        with closing(connect(path)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            sound = sound and not connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise RequestRefused(f"{path} is damaged, or no database at all.")


def take(target: sqlite3.Connection, path: Path) -> None:
    """Hold the file for us alone; leaving WAL works only while nobody else has the file open."""
    try:
        target.execute("PRAGMA busy_timeout = 0")
        target.execute("PRAGMA locking_mode = EXCLUSIVE")
        target.execute("PRAGMA journal_mode = DELETE")
        target.execute("BEGIN EXCLUSIVE")
        target.execute("COMMIT")
    except sqlite3.OperationalError:
        raise StorageError(f"The database {path} is in use. Stop the bot first.") from None


def holds_anything(target: sqlite3.Connection) -> bool:
    """Whether there is a row in any of our tables."""
    return any(
        target.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 - our own table names
        for name in _tables(target) - {VERSION}
    )


def _require_ours(path: Path) -> None:
    """Raise StorageError unless this program can work on the copy, at once or after an upgrade."""
    found = status_of(URL.create("sqlite", database=str(path)))
    if found.current is None:
        raise RequestRefused(f"{path} is no backup of povezujejo.")
    require_ours(found, str(path))


def _tables(connection: sqlite3.Connection) -> set[str]:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return there.intersection({*metadata.tables, VERSION})


def _counts(connection: sqlite3.Connection) -> Counts:
    """`storage.engine.counting.counts` on a connection of the driver, which alone can copy."""
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - our own table names
        for name in sorted(_tables(connection))
    }
