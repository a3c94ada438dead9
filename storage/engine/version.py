"""How the version of a database's tables stands to the one that this program needs.

Without Alembic, which only a command that changes tables loads: 6 MB and a sixth of the time of a start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text

from storage.engine import fingerprint, moved
from storage.engine.counting import VERSION
from storage.engine.engines import is_sqlite, read_url, redacted, require_file, sqlite_path, transaction
from storage.engine.errors import StorageError

MIGRATIONS = Path(__file__).parents[1] / "migrations"
_NUMBER = text("SELECT version_num FROM alembic_version")
_NAMED = 3  # tables, in a sentence
WAY_OUT = "Put a backup that a release made in its place (povezujejo restore), or begin with an empty database."


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


def status(url: str) -> Status:
    """The version of the database. Changes nothing; raises StorageError if it cannot be opened."""
    return status_of(read_url(url))


def status_of(address: URL) -> Status:
    """The same for an address that has been read."""
    if is_sqlite(address) and not sqlite_path(address).is_file():
        return status_at(None)
    with transaction(address, query_only=True) as connection:
        found = looked_at(connection)
        newest = found.current == found.head
        return replace(found, differing=fingerprint.differing(connection)) if newest else found


def looked_at(connection: Connection) -> Status:
    """Without looking at the tables themselves."""
    found = status_at(number(connection))
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
    found = [file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")]
    return max(found), frozenset(found)


def require_current(url: str) -> None:
    """Raise StorageError with a sentence that says what to do, unless the database has the newest version."""
    address = read_url(url)
    require_file(address)
    found = status(url)
    refuse_foreign(found, redacted(address))
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
    refuse_other(found, found.differing, name)


def refuse_newer(found: Status, name: str) -> None:
    """Raise StorageError if a newer program made the database that an operator knows by this name."""
    if not found.known:
        raise StorageError(
            f"The database {name} was made by a newer povezujejo (version {found.current} of the tables)."
            " Install that version."
        )


def refuse_other(found: Status, differing: tuple[str, ...], name: str) -> None:
    """Raise StorageError if these tables are not as this program makes them in this version."""
    if differing:
        raise StorageError(
            f"The database {name} has version {found.current}, but a program of another history, such as a development"
            f" version, made its tables otherwise ({', '.join(differing)}); nothing was changed. {WAY_OUT}"
        )


def number(connection: Connection) -> str | None:
    """The version that a database says it has; None where it has no tables of ours."""
    if not inspect(connection).has_table(VERSION):
        return None
    found: str | None = connection.scalar(_NUMBER)
    return found


def _foreign(connection: Connection) -> tuple[str, ...]:
    """The tables of a database that has no version."""
    return tuple(one for one in inspect(connection).get_table_names() if one != VERSION)


def refuse_foreign(found: Status, name: str) -> None:
    """Raise StorageError where another program has tables: they are not mixed with ours."""
    if found.foreign:
        more = ", …" if len(found.foreign) > _NAMED else ""
        raise StorageError(
            f"The database {name} holds tables of another program ({', '.join(found.foreign[:_NAMED])}{more})."
            " Name the right one, or an empty one, under [database]."
        )
