"""The doors of PostgreSQL: each unit is a transaction of its own, and is repeated when another one got in its way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError

from storage.engine.engines import SNAPSHOT, require_database
from storage.engine.errors import Trouble, Unavailable
from storage.engine.troubles import trouble_of

T = TypeVar("T")

CONNECTIONS = 10
PAUSES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4)  # seconds before each repetition


class PostgreSQL:
    """Reads and writes on a PostgreSQL database, with a pool of connections."""

    def __init__(self, address: URL) -> None:
        from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415 - 8 MB that an SQLite file needs not

        require_database(address)  # refused here in one sentence rather than at the first unit
        self._engine = create_async_engine(
            address, pool_size=CONNECTIONS, max_overflow=0, pool_pre_ping=True, hide_parameters=True
        )
        self._snapshots = self._engine.execution_options(**SNAPSHOT)
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run the function on a snapshot."""
        return await self._carry_out(self._read(fn))

    async def write(self, fn: Callable[[Connection], T]) -> T:
        """Run the function in a transaction and commit."""
        return await self._carry_out(self._write(fn))

    async def scrub(self) -> None:
        """Nothing to do: what was deleted is overwritten by autovacuum."""

    async def close(self) -> None:
        """Wait for the units that were handed in, then close the connections."""
        self._closed = True
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._engine.dispose()

    async def _carry_out(self, unit: Coroutine[Any, Any, T]) -> T:
        """Run the unit to its end even when the caller is cancelled, as the writer thread of SQLite does."""
        if self._closed:
            unit.close()
            raise Unavailable(Trouble.CLOSED, "The database is closed.")
        task = asyncio.ensure_future(unit)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _read(self, fn: Callable[[Connection], T]) -> T:
        async with self._snapshots.connect() as connection:
            return await connection.run_sync(fn)

    async def _write(self, fn: Callable[[Connection], T]) -> T:
        for pause in PAUSES:
            try:
                return await self._write_once(fn)
            except DBAPIError as problem:
                if trouble_of(problem) is not Trouble.CONFLICT:
                    raise
            await asyncio.sleep(pause)
        return await self._write_once(fn)

    async def _write_once(self, fn: Callable[[Connection], T]) -> T:
        async with self._engine.begin() as connection:
            return await connection.run_sync(fn)
