"""A database that is read for long while nobody else writes to it, so that what was read stays true."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Protocol

from sqlalchemy import URL, Connection, text

from storage.engine import door, moved
from storage.engine.engines import is_sqlite, sqlite_engine, sqlite_path, transaction
from storage.engine.moved import Mark
from storage.engine.postgresql_copies import require_alone
from storage.engine.sqlite_copies import take
from storage.schema import metadata


class HeldDatabase(Protocol):
    """A database that nobody else writes to."""

    connection: Connection

    def mark(self, mark: Mark) -> None:
        """Set its mark, for whoever would open it."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction of whoever holds it."""

    def require_alone(self) -> None:
        """Raise StorageError where somebody has come in."""


@contextmanager
def held(address: URL) -> Iterator[HeldDatabase]:
    """Hold a database; raises StorageError where somebody works on it."""
    if is_sqlite(address):
        with _held_file(address) as source:
            yield source
    else:
        with _held_server(address) as source:
            yield source


class _File:
    """A SQLite file that is locked for this one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def mark(self, mark: Mark) -> None:
        self.connection.rollback()
        with self.connection.begin():
            moved.write(self.connection, mark)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        self.connection.rollback()
        with self.connection.begin():
            yield self.connection

    def require_alone(self) -> None:
        """Nobody can come in."""


@contextmanager
def _held_file(address: URL) -> Iterator[_File]:
    engine = sqlite_engine(address, connections=1)
    try:
        with closing(engine.raw_connection()) as raw:  # goes back into the pool, from where it comes below
            take(raw.driver_connection, sqlite_path(address))  # type: ignore[arg-type]  # it is that of sqlite3
        with engine.connect() as connection:
            yield _File(connection)
    finally:
        engine.dispose()


class _Server:
    """A database of PostgreSQL whose tables nobody can write to; its mark is written beside that."""

    def __init__(self, address: URL, connection: Connection) -> None:
        self.connection = connection
        self._address = address

    def mark(self, mark: Mark) -> None:
        with transaction(self._address) as beside:
            moved.write(beside, mark)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        yield self.connection  # its transaction is committed at the end of being held

    def require_alone(self) -> None:
        require_alone(self.connection, self._address)


@contextmanager
def _held_server(address: URL) -> Iterator[_Server]:
    tables = ", ".join(metadata.tables)
    with transaction(address) as connection:
        door.pass_by(connection)
        require_alone(connection, address)
        connection.execute(text(f"LOCK TABLE {tables} IN SHARE MODE"))
        yield _Server(address, connection)
