"""The doors of a database within one thread: the real units and the real commits, in an order that the seed says.

Knows how a database fails: full, locked, gone; and how a process dies at a statement or at a commit.
"""

import asyncio
import sqlite3
from functools import partial

import psycopg
from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError

from storage.engine.engines import SNAPSHOT, is_sqlite, read_url, sqlite_engine
from storage.engine.sqlite import GROUP, WaitingUnit, announce, carry_out
from tests.simulation.deaths import here

OF_SQLITE = {
    "full": ("database or disk is full", sqlite3.SQLITE_FULL),
    "locked": ("database is locked", sqlite3.SQLITE_BUSY),
    "read-only": ("attempt to write a readonly database", sqlite3.SQLITE_READONLY),
    "broken": ("disk I/O error", sqlite3.SQLITE_IOERR),
}
OF_POSTGRESQL = {
    "full": psycopg.errors.DiskFull,
    "locked": psycopg.errors.LockNotAvailable,
    "read-only": psycopg.errors.ReadOnlySqlTransaction,
    "broken": psycopg.errors.IoError,
}


class Engines:
    """The engines on one address, kept from story to story: what they have compiled is what costs."""

    def __init__(self, url):
        self.address = read_url(url)
        self.kind = self.address.get_backend_name()
        self.at_once = GROUP if is_sqlite(self.address) else 1  # units that share a commit
        if is_sqlite(self.address):
            self.writing = sqlite_engine(self.address, connections=1)
            self.reading = sqlite_engine(self.address, connections=1, query_only=True)
            self.watching = sqlite_engine(self.address, connections=1, query_only=True)
        else:
            self.writing = create_engine(self.address, hide_parameters=True)
            self.reading = self.writing.execution_options(**SNAPSHOT)
            self.watching = create_engine(self.address).execution_options(**SNAPSHOT)
        event.listen(self.writing, "before_cursor_execute", _passes_statement)
        event.listen(self.writing, "before_cursor_execute", self._may_change_answers)
        event.listen(self.writing, "rollback", self._answers_may_be_others)
        self._writer, self.answers = None, 0

    def writer(self):
        """The connection that writes, which stays open as it does in the writer's thread."""
        if self._writer is None:
            self._writer = self.writing.connect()
        return self._writer

    def _may_change_answers(self, _connection, _cursor, statement, *_):
        if "answer" in statement and not statement.startswith("SELECT"):
            self.answers += 1

    def _answers_may_be_others(self, _connection):
        self.answers += 1  # a number for the state in which the answers are

    def problem(self, trouble):
        """What the driver says then."""
        if not is_sqlite(self.address):
            return OF_POSTGRESQL[trouble](trouble)
        words, code = OF_SQLITE[trouble]
        problem = sqlite3.OperationalError(words)
        problem.sqlite_errorcode = code
        return problem

    def forget(self):
        """Another database stands at the address."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self.writing.dispose()
        self.reading.dispose()
        self.watching.dispose()


def _passes_statement(*_):
    life = here.get()
    if life is not None:
        life.mortality.passes("statement")


class Doors:
    """A `storage.engine.database.Backend` for one life of the bot."""

    def __init__(self, engines, life, troubles):
        self._engines, self._life, self._troubles = engines, life, troubles
        self._waiting, self._soon = [], None

    async def read(self, fn):
        self._life.mortality.passes("reading")
        await asyncio.sleep(self._troubles.reading_takes())
        self._life.mortality.passes("reading")
        with self._engines.reading.connect() as connection:
            return fn(connection)

    async def write(self, fn):
        """One unit; in SQLite those that wait share a commit, as in the writer's thread."""
        self._life.mortality.passes("writing")
        unit = WaitingUnit(fn, asyncio.get_running_loop())
        self._waiting.append(unit)
        if self._soon is None:
            self._soon = asyncio.get_running_loop().call_later(self._troubles.writing_takes(), self._carry_out)
        await unit.done
        value = unit.outcome()
        self._life.mortality.passes("after commit")
        return value

    def _carry_out(self):
        self._soon = None
        at_once = self._engines.at_once
        units, self._waiting = self._waiting[:at_once], self._waiting[at_once:]
        if self._waiting:
            self._soon = asyncio.get_running_loop().call_later(self._troubles.writing_takes(), self._carry_out)
        if self._life.mortality.over:
            return
        for unit in units:
            unit.fn = partial(self._unit, unit.fn)
        carry_out(self._engines.writer(), units)
        announce(units)

    def _unit(self, fn, connection):
        trouble = self._troubles.of_database()
        if trouble:
            raise OperationalError("a statement", {}, self._engines.problem(trouble))
        value = fn(connection)
        self._life.mortality.passes("before commit")
        return value

    async def scrub(self):
        self._life.mortality.passes("scrubbing")

    async def close(self):
        pass
