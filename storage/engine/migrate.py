"""Bringing the tables of a database to the version that this program needs.

Migrations run on a connection of their own with foreign keys off, because SQLite recreates a table to change
it and would delete what refers to it; the references are checked before the commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.engine import fingerprint, moved
from storage.engine.counting import VERSION
from storage.engine.engines import is_sqlite, read_url, redacted, require_file, sqlite_path, transaction
from storage.engine.errors import StorageError
from storage.engine.new_files import create

_MIGRATIONS = Path(__file__).parents[1] / "migrations"
_LOCK = text("SELECT pg_advisory_xact_lock(6027151)")  # any number that only our migrators use
_NAMED = 3  # tables, in a sentence
_WAY_OUT = "Put a backup that a release made in its place (povezujejo restore), or begin with an empty database."


@dataclass(frozen=True, slots=True)
class Status:
    """The version of a database (None: it is not there, or empty) and the one that this program needs."""

    current: str | None
    head: str
    known: bool  # whether this program knows the version; if not, a newer program made the database
    differing: tuple[str, ...] = ()  # tables that are not as this program makes them, though the version is the newest
    mark: moved.Mark | None = None  # of a move
    foreign: tuple[str, ...] = ()  # tables of another program, where there are none of ours

    @property
    def is_current(self) -> bool:
        """Whether the program can work on the database."""
        return self.current == self.head and not self.differing and self.mark is None


def upgrade(url: str) -> Status:
    """Bring the database to the newest version; a SQLite file that does not exist is created, for its owner alone.

    Raises StorageError if it cannot be opened, was made by a newer program, or has tables that do not become those of
    this program. Of several that migrate at once, one does it and the others wait.
    """
    address = read_url(url)
    _create_file(address)
    with migrating(address) as config:
        connection = config.attributes["connection"]
        before = _looked_at(connection)
        _refuse_foreign(before, redacted(address))
        refuse_newer(before, redacted(address))
        moved.refuse(before.mark, redacted(address))
        with _told(address, before):
            command.upgrade(config, "head")
        _refuse_other(before, fingerprint.look(connection), redacted(address))
        fingerprint.keep(connection)
        return status_at(_version(connection))


def status(url: str) -> Status:
    """The version of the database. Changes nothing; raises StorageError if it cannot be opened."""
    return status_of(read_url(url))


def status_of(address: URL) -> Status:
    """The same for an address that has been read."""
    if is_sqlite(address) and not sqlite_path(address).is_file():
        return status_at(None)
    with transaction(address, query_only=True) as connection:
        found = _looked_at(connection)
        newest = found.current == found.head
        return replace(found, differing=fingerprint.differing(connection)) if newest else found


def _looked_at(connection: Connection) -> Status:
    """Without looking at the tables themselves."""
    found = status_at(_version(connection))
    if found.current is None:
        return replace(found, foreign=_foreign(connection))
    return replace(found, mark=moved.read(connection))


def status_at(version: str | None) -> Status:
    """How a database of this version stands to the newest one."""
    head, known = _revisions()
    return Status(version, head, known=version is None or version in known)


@cache
def _revisions() -> tuple[str, frozenset[str]]:
    """The newest revision, and every one: read once, since a program's own files do not change while it runs."""
    scripts = ScriptDirectory.from_config(_config())
    (head,) = scripts.get_heads()
    return head, frozenset(script.revision for script in scripts.walk_revisions())


def require_current(url: str) -> None:
    """Raise StorageError with a sentence that says what to do, unless the database has the newest version."""
    address = read_url(url)
    require_file(address)
    found = status(url)
    _refuse_foreign(found, redacted(address))
    require_ours(found, redacted(address))
    moved.refuse(found.mark, redacted(address))
    if found.current is None:
        raise StorageError(
            f"The database {redacted(address)} has no tables. Where there were answers, name the right one under"
            " [database] or bring them back (povezujejo restore). For a new beginning, run: povezujejo db upgrade"
        )
    if found.current != found.head:
        raise StorageError(
            f"The database {redacted(address)} has version {found.current}, and version {found.head} is needed."
            " Make a backup, then run: povezujejo db upgrade"
        )


def require_ours(found: Status, name: str) -> None:
    """Raise StorageError if another program made the database: a newer one, or one of another history."""
    refuse_newer(found, name)
    _refuse_other(found, found.differing, name)


def refuse_newer(found: Status, name: str) -> None:
    """Raise StorageError if a newer program made the database that an operator knows by this name."""
    if not found.known:
        raise StorageError(
            f"The database {name} was made by a newer povezujejo (version {found.current} of the tables)."
            " Install that version."
        )


def _refuse_other(found: Status, differing: tuple[str, ...], name: str) -> None:
    if differing:
        raise StorageError(
            f"The database {name} has version {found.current}, but a program of another history, such as a development"
            f" version, made its tables otherwise ({', '.join(differing)}); nothing was changed. {_WAY_OUT}"
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


def _foreign(connection: Connection) -> tuple[str, ...]:
    """The tables of a database that has no version."""
    return tuple(one for one in inspect(connection).get_table_names() if one != VERSION)


def _refuse_foreign(found: Status, name: str) -> None:
    """Raise StorageError where another program has tables: they are not mixed with ours."""
    if found.foreign:
        more = ", …" if len(found.foreign) > _NAMED else ""
        raise StorageError(
            f"The database {name} holds tables of another program ({', '.join(found.foreign[:_NAMED])}{more})."
            " Name the right one, or an empty one, under [database]."
        )


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
    """Say where a step does not fit the tables that it meets."""
    try:
        yield
    except DBAPIError as problem:
        reason = str(problem.orig).strip().partition("\n")[0]
        raise StorageError(
            f"The database {redacted(address)} cannot be brought to version {found.head}: {reason};"
            f" nothing was changed. If a development version made it: {_WAY_OUT}"
        ) from problem


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise StorageError(f"The migration would leave rows that refer to nothing, in: {tables}. Nothing was changed.")
