"""Bringing the tables of a database to the version that this program needs.

Migrations run on a connection of their own with foreign keys off, because SQLite recreates a table to change
it and would delete what refers to it; the references are checked before the commit.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, text

from storage.engines import is_sqlite, read_url, spoken, sqlite_path, transaction
from storage.errors import StorageError

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = text("SELECT pg_advisory_xact_lock(6027151)")  # any number that only our migrators use


@dataclass(frozen=True, slots=True)
class Status:
    """The version of a database (None: it is not there, or empty) and the one that this program needs."""

    current: str | None
    head: str
    known: bool  # whether this program knows the version; if not, a newer program made the database

    @property
    def is_current(self) -> bool:
        """Whether the program can work on the database."""
        return self.current == self.head


def upgrade(url: str) -> Status:
    """Bring the database to the newest version; a SQLite file that does not exist is created, for its owner alone.

    Raises StorageError if it cannot be opened, or was made by a newer program. Of several that migrate at once,
    one does it and the others wait.
    """
    address = read_url(url)
    _create_file(address)
    with migrating(address) as config:
        connection = config.attributes["connection"]
        refuse_newer(status_at(_version(connection)), spoken(address))
        command.upgrade(config, "head")
        return status_at(_version(connection))


def status(url: str) -> Status:
    """The version of the database. Changes nothing; raises StorageError if it cannot be opened."""
    address = read_url(url)
    if is_sqlite(address) and not sqlite_path(address).is_file():
        return status_at(None)
    with transaction(address, query_only=True) as connection:
        return status_at(_version(connection))


def status_at(version: str | None) -> Status:
    """How a database of this version stands to the newest one."""
    scripts = ScriptDirectory.from_config(_config())
    (head,) = scripts.get_heads()
    known = {None, *(script.revision for script in scripts.walk_revisions())}
    return Status(version, head, known=version in known)


def require_current(url: str) -> None:
    """Raise StorageError with a sentence that says what to do, unless the database has the newest version."""
    address = read_url(url)
    found = status(url)
    refuse_newer(found, spoken(address))
    if found.current is None:
        raise StorageError(f"The database {spoken(address)} has no tables yet. Run: povezujejo db upgrade")
    if not found.is_current:
        raise StorageError(
            f"The database {spoken(address)} has version {found.current}, and version {found.head} is needed."
            " Make a backup, then run: povezujejo db upgrade"
        )


def prepare(url: str) -> None:
    """Create the tables in a database that has none; of one that has them, require the newest version."""
    if status(url).current is None:
        upgrade(url)
    require_current(url)


def refuse_newer(found: Status, name: str) -> None:
    """Raise StorageError if a newer program made the database that an operator knows by this name."""
    if not found.known:
        raise StorageError(
            f"The database {name} was made by a newer povezujejo (version {found.current} of the tables)."
            " Install that version."
        )


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
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _create_file(address: URL) -> None:
    """Create the SQLite file before SQLite does, so that nobody but the owner can read it."""
    if not is_sqlite(address):
        return
    path = sqlite_path(address)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as problem:
        raise StorageError(f"The database {path} cannot be created: {problem.strerror}.") from None


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise StorageError(f"The migration would leave rows that refer to nothing, in: {tables}. Nothing was changed.")
