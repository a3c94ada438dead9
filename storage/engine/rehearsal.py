"""Restoring a copy into a place of its own, to see whether it could be done: nothing that is in use is touched."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError

from storage.engine.backup import place_for, restore
from storage.engine.counting import Counts, counts
from storage.engine.engines import is_sqlite, read_url, redacted, transaction, unpooled_engine
from storage.engine.errors import StorageError
from storage.engine.migrate import upgrade
from storage.engine.version import status


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A copy that could be restored, is sound, and is or can be made of this version."""

    version: str  # of the tables, in the copy
    upgraded: bool  # whether it had to be brought to the newest version
    counts: Counts  # rows by table, in the copy


def rehearse(
    url: str,
    source: Path,
    look: Callable[[Connection], None],
    *,
    identity: Path | None = None,
    programs: Path | None = None,
) -> Rehearsed:
    """Restore the backup beside the database, bring it to the newest version where it is older, and look at it.

    `look` raises StorageError for what else is wrong. Raises StorageError as `storage.engine.backup.restore` does, and
    where PostgreSQL does not let us make a database for it.
    """
    with _place(read_url(url)) as beside:
        restore(beside, source, identity=identity, programs=programs)
        found = status(beside)
        with transaction(read_url(beside), query_only=True) as connection:
            held = counts(connection)
        newest = found if found.is_current else upgrade(beside)
        with transaction(read_url(beside)) as connection:
            look(connection)
        return Rehearsed(str(found.current), newest != found, held)


@contextmanager
def _place(address: URL) -> Iterator[str]:
    """The address of a database of the same kind that is not there yet, or empty; gone afterwards."""
    if is_sqlite(address):
        with place_for(address) as folder:
            yield URL.create("sqlite", database=str(folder / "rehearsal.db")).render_as_string()
        return
    name = f"povezujejo_rehearsal_{secrets.token_hex(4)}"
    _run(address, f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield address.set(database=name).render_as_string(hide_password=False)
    finally:
        _run(address, f"DROP DATABASE {name}")


def _run(address: URL, statement: str) -> None:
    """A statement that PostgreSQL takes outside of a transaction alone."""
    engine = unpooled_engine(address).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    except DBAPIError as problem:
        reason = str(problem.orig).strip().partition("\n")[0]
        raise StorageError(
            f"A rehearsal needs a database beside {redacted(address)}: {reason}. Give its user the right by:"
            f" ALTER ROLE {address.username} CREATEDB"
        ) from None
