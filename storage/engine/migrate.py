"""Bringing the tables of a database to the version that this program needs.

Migrations run on a connection of their own with foreign keys off, because SQLite recreates a table to change
it and would delete what refers to it; the references are checked before the commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError

from storage.engine import fingerprint, moved
from storage.engine.engines import is_sqlite, read_url, redacted, sqlite_path, transaction
from storage.engine.errors import StorageError
from storage.engine.new_files import create
from storage.engine.troubles import trouble_of
from storage.engine.version import (
    MIGRATIONS,
    WAY_OUT,
    Status,
    looked_at,
    number,
    refuse_foreign,
    refuse_newer,
    refuse_other,
    status_at,
)

_LOCK = text("SELECT pg_advisory_xact_lock(6027151)")  # any number that only our migrators use


def upgrade(url: str) -> Status:
    """Bring the database to the newest version; a SQLite file that does not exist is created, for its owner alone.

    Raises StorageError if it cannot be opened, was made by a newer program, or has tables that do not become those of
    this program. Of several that migrate at once, one does it and the others wait.
    """
    address = read_url(url)
    _create_file(address)
    with migrating(address) as config:
        connection = config.attributes["connection"]
        before = looked_at(connection)
        refuse_foreign(before, redacted(address))
        refuse_newer(before, redacted(address))
        moved.refuse(before.mark, redacted(address))
        with _told(address, before):
            command.upgrade(config, "head")
        refuse_other(before, fingerprint.look(connection), redacted(address))
        fingerprint.keep(connection)
        return status_at(number(connection))


@contextmanager
def migrating(address: URL) -> Iterator[Config]:
    """A configuration of Alembic on a transaction that no other migrator shares; committed unless something fails."""
    config = _config()
    with transaction(address, foreign_keys=False) as connection:
        if not is_sqlite(address):
            connection.execute(_LOCK)
        config.attributes["connection"] = connection
        yield config
        if is_sqlite(address):
            _check_references(connection)


def _config() -> Config:
    config = Config()
    config.set_main_option("path_separator", "newline")  # a folder may have spaces and commas in its name
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _create_file(address: URL) -> None:
    """Create the SQLite file before SQLite does, so that nobody but the owner can read it."""
    if not is_sqlite(address):
        return
    path = sqlite_path(address)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            create(path)
    except OSError as problem:
        raise StorageError(f"The database {path} cannot be created: {problem.strerror}.") from None


@contextmanager
def _told(address: URL, found: Status) -> Iterator[None]:
    """Say where a step does not fit the tables that it meets; trouble of the database is told as everywhere."""
    try:
        yield
    except DBAPIError as problem:
        if trouble_of(problem) is not None:
            raise
        reason = str(problem.orig).strip().partition("\n")[0]
        raise StorageError(
            f"The database {redacted(address)} cannot be brought to version {found.head}: {reason};"
            f" nothing was changed. If a development version made it: {WAY_OUT}"
        ) from problem


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise StorageError(f"The migration would leave rows that refer to nothing, in: {tables}. Nothing was changed.")
