"""The doors of a SQLite file: one writer thread that commits waiting units together, and a few readers.

A unit is a plain function of a connection. It may be run again when its neighbour in a group fails, so it
must have no effect but on the database.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.engine.engines import require_database, sqlite_engine, sqlite_path, unpooled_engine
from storage.engine.errors import Trouble, Unavailable
from storage.engine.same_file import SameFile
from storage.engine.troubles import trouble_of

T = TypeVar("T")

GROUP = 128  # at most so many units share a commit
READERS = 4


class WaitingUnit(Generic[T]):
    """One function that waits for its turn, and what came of it."""

    __slots__ = ("done", "fn", "problem", "value")

    def __init__(self, fn: Callable[[Connection], T], loop: asyncio.AbstractEventLoop) -> None:
        self.fn = fn
        self.done: asyncio.Future[None] = loop.create_future()
        self.value: T
        self.problem: BaseException | None = None

    def outcome(self) -> T:
        """What the function returned; raises what it raised."""
        if self.problem is not None:
            raise self.problem
        return self.value


def carry_out(connection: Connection, units: Sequence[WaitingUnit[Any]]) -> None:
    """Run the units in one transaction; if one fails, roll back and run each in its own."""
    try:
        transaction = connection.begin()
    except DBAPIError as problem:  # another process holds the file: waiting once for all is enough
        _fail(units, problem)
        return
    try:
        with transaction:
            for unit in units:
                unit.value = unit.fn(connection)
    except BaseException as problem:  # noqa: BLE001 - the thread must outlive whatever a unit raises
        if len(units) == 1:
            units[0].problem = problem
            return
        for unit in units:
            carry_out(connection, (unit,))


def _fail(units: Sequence[WaitingUnit[Any]], problem: BaseException) -> None:
    for unit in units:
        unit.problem = problem


def _kept(connection: Connection, units: Sequence[WaitingUnit[Any]]) -> Connection | None:
    """The connection for the next units; none after trouble: what was opened then may stay broken or read-only."""
    if all(trouble_of(unit.problem) is None for unit in units):
        return connection
    connection.invalidate()
    connection.close()
    return None


def _closed() -> Unavailable:
    return Unavailable(Trouble.CLOSED, "The database is closed.")


def announce(units: Sequence[WaitingUnit[Any]]) -> None:
    """Wake the callers, with one call into each event loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[WaitingUnit[Any]]] = defaultdict(list)
    for unit in units:
        by_loop[unit.done.get_loop()].append(unit)
    for loop, waiting in by_loop.items():
        with suppress(RuntimeError):  # the loop was closed: nobody waits any more
            loop.call_soon_threadsafe(_settle, waiting)


def _settle(units: Sequence[WaitingUnit[Any]]) -> None:
    for unit in units:
        if not unit.done.done():  # a caller that was cancelled
            unit.done.set_result(None)


class Writer:
    """The thread that writes. Started by the first unit, ended by `stop`."""

    def __init__(self, engine: Engine, file: SameFile) -> None:
        self._engine = engine
        self._file = file
        self._waiting: SimpleQueue[WaitingUnit[Any] | None] = SimpleQueue()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._stopped = False

    def submit(self, unit: WaitingUnit[Any]) -> None:
        """Put the unit in the queue; raises Unavailable after `stop`."""
        with self._lock:
            if self._stopped:
                raise _closed()
            if self._thread is None:
                self._thread = Thread(target=self._work, name="database-writer", daemon=True)
                self._thread.start()
            self._waiting.put(unit)

    def stop(self) -> None:
        """Carry out what is in the queue, then end the thread."""
        with self._lock:
            self._stopped = True
            self._waiting.put(None)
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        connection: Connection | None = None
        while units := self._group():
            try:
                self._file.require()
                self._file.require_log()
                connection = connection or self._engine.connect()
            except Exception as problem:  # noqa: BLE001 - the thread must outlive whatever the file does
                _fail(units, problem)
            else:
                carry_out(connection, units)
                connection = _kept(connection, units)
                self._file.hold_log(held=connection is not None)
            announce(units)
        if connection is not None:
            connection.close()

    def _group(self) -> list[WaitingUnit[Any]]:
        """The units that wait now, at least one; none once the queue has ended."""
        units: list[WaitingUnit[Any]] = []
        unit = self._waiting.get()
        with suppress(Empty):
            while unit is not None:
                units.append(unit)
                if len(units) == GROUP:
                    return units
                unit = self._waiting.get_nowait()
            self._waiting.put(None)  # the end: seen again when this group is done
        return units


class SQLite:
    """Reads and writes on a SQLite file."""

    def __init__(self, address: URL) -> None:
        require_database(address)
        self._address = address
        self._write_engine = sqlite_engine(address, connections=1)
        self._read_engine = sqlite_engine(address, connections=READERS, query_only=True)
        self._file = SameFile(sqlite_path(address))
        self._writer = Writer(self._write_engine, self._file)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="database-reader")
        self._closed = False

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run the function on a snapshot, in a thread of its own."""
        if self._closed:
            raise _closed()
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, fn)

    async def write(self, fn: Callable[[Connection], T]) -> T:
        """Run the function in the writer thread; it is on the disk when this returns."""
        unit = WaitingUnit(fn, asyncio.get_running_loop())
        self._writer.submit(unit)
        await unit.done
        return unit.outcome()

    async def scrub(self) -> None:
        """Empty the write-ahead log, in which erased text stands until then."""
        await asyncio.to_thread(self._scrub)

    async def close(self) -> None:
        """Wait for the units that were handed in, then close the file."""
        self._closed = True
        await asyncio.to_thread(self._writer.stop)
        await asyncio.to_thread(self._readers.shutdown)
        self._write_engine.dispose()
        self._read_engine.dispose()

    def _read(self, fn: Callable[[Connection], T]) -> T:
        self._file.require()
        with self._read_engine.connect() as connection:
            try:
                return fn(connection)
            except (DBAPIError, sqlite3.Error) as problem:  # the latter from a prepared statement
                if trouble_of(problem) is not None:
                    connection.invalidate()
                raise

    def _scrub(self) -> None:
        with closing(unpooled_engine(self._address).raw_connection()) as connection:  # raw: outside of a transaction
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
