"""The two doors to what is stored: `read(fn)` and `write(fn)`, where `fn` is a plain function of a connection.

Knows nothing of what the functions read or write.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import URL, Connection

from storage.engine.engines import is_sqlite, read_url, redacted, transaction
from storage.engine.errors import StorageError, Trouble, Unavailable
from storage.engine.identity import Identity, look
from storage.engine.postgresql import PostgreSQL
from storage.engine.sqlite import SQLite
from storage.engine.troubles import told
from storage.engine.version import require_current

T = TypeVar("T")


class Backend(Protocol):
    """What each kind of database does in its own way."""

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """See `Database.read`."""

    async def write(self, fn: Callable[[Connection], T]) -> T:
        """See `Database.write`."""

    async def scrub(self) -> None:
        """See `Database.scrub`."""

    async def close(self) -> None:
        """See `Database.close`."""


class Database:
    """An open database. A unit is a plain function that gets a connection inside a transaction.

    A unit may be run more than once, so it has no effect but on the database, and it returns plain values, not
    results that are still to be read. It never commits. A unit that was handed in is carried out even when its
    caller is cancelled.
    """

    def __init__(self, address: URL, doors: Backend) -> None:
        self._address = address
        self._name = redacted(address)
        self._doors = doors
        self._identity: Identity | None = None

    @classmethod
    def open(cls, url: str) -> Database:
        """Open ``sqlite:///file.db`` or ``postgresql://user@host/name``.

        Raises StorageError if it is not there or cannot be opened; `storage.engine.migrate.upgrade` creates it.
        """
        address = read_url(url)
        return cls(address, SQLite(address) if is_sqlite(address) else PostgreSQL(address))

    @classmethod
    def open_current(cls, url: str) -> Database:
        """The same, of the newest version alone; raises StorageError with a sentence that says what to do."""
        require_current(url)
        return cls.open(url)

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """What the function returns; all that it reads is of one moment, and it cannot write.

        Raises Unavailable where that is no fault of the function, as all that follow do.
        """
        with told(self._name, reading=True):
            return await self._doors.read(fn)

    async def write(self, fn: Callable[[Connection], T]) -> T:
        """What the function returns, once it is committed; what it raises, once it is rolled back."""
        with told(self._name):
            return await self._doors.write(fn)

    async def scrub(self) -> None:
        """After an erasure has been committed: nothing of what was erased stays in the files."""
        with told(self._name):
            await self._doors.scrub()

    async def require_same(self) -> None:
        """Raise Unavailable if another database has come in the place of the one that this was first asked of."""
        found = await self.read(look)
        if self._identity is not None and not found.follows(self._identity):
            raise Unavailable(
                Trouble.OTHER,
                f"The database {self._name} is another one than the bot began with, or another program has upgraded it"
                " or given it other keys. Start the bot anew, so that it looks at what is there.",
            )
        self._identity = found

    async def close(self) -> None:
        """Wait for the units that were handed in, then close. Units that come later raise Unavailable."""
        await self._doors.close()

    def stays_same_now(self) -> None:
        """From now on `read_now` and `write_now` raise StorageError where it was given other keys meanwhile."""
        self._identity = self.read_now(look)

    def read_now(self, fn: Callable[[Connection], T]) -> T:
        """`read` for commands that run without an event loop, on a connection of its own."""
        with transaction(self._address, query_only=True) as connection:
            self._require_same_now(connection)
            return fn(connection)

    def write_now(self, fn: Callable[[Connection], T]) -> T:
        """`write` for commands that run without an event loop, on a connection of its own."""
        with transaction(self._address) as connection:
            self._require_same_now(connection)
            return fn(connection)

    def _require_same_now(self, connection: Connection) -> None:
        if self._identity is not None and not look(connection).follows(self._identity):
            raise StorageError(
                f"The database {self._name} was given other keys, or upgraded, while this command worked. What it had"
                " not done yet was not done: look what is there, and give the command again."
            )
