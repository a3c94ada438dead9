"""How a connection to either kind of database is made: addresses, pragmas, the begin of a transaction.

Knows nothing of tables, threads or event loops.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from storage.engine.errors import StorageError
from storage.engine.troubles import told, unavailable

BUSY_SECONDS = 10  # how long a connection waits while another process writes
# A PostgreSQL reader sees one moment in all its statements, as a reader of SQLite does, and cannot write.
SNAPSHOT: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

_LINE = {  # a server that is gone without a word is noticed after 5 seconds, on a line that was open after 11
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",  # ms
}
_FORMS = "Use sqlite:///file.db or postgresql://user@host/name."
_EVERY_CONNECTION = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA synchronous = FULL",  # NORMAL loses committed answers when the power fails
    "PRAGMA secure_delete = ON",  # what was erased is overwritten with zeros
    "PRAGMA temp_store = MEMORY",  # sorting leaves no copies of answers on the disk
)


def read_url(url: str) -> URL:
    """Read a database address; raises StorageError for anything but a SQLite file or PostgreSQL.

    What is to be done about a line that is silent can be said in the address as libpq knows it.
    """
    try:
        address = make_url(url)
    except ArgumentError:
        raise StorageError(f"The address of the database cannot be understood. {_FORMS}") from None
    kind = address.get_backend_name()
    if kind == "sqlite" and address.database not in {None, "", ":memory:"}:
        return address.set(drivername="sqlite")
    if kind == "postgresql":
        return address.set(drivername="postgresql+psycopg", query={**_LINE, **address.query})
    raise StorageError(f"The database must be a SQLite file or PostgreSQL. {_FORMS}")


def is_sqlite(address: URL) -> bool:
    """Whether the address names a SQLite file."""
    return address.get_backend_name() == "sqlite"


def sqlite_path(address: URL) -> Path:
    """The file of a SQLite address."""
    return Path(str(address.database))


def redacted(address: URL) -> str:
    """The address as an operator may see it: without user and password."""
    if is_sqlite(address):
        return str(address.database)
    return f"{address.database} on {address.host or address.query.get('host', 'this machine')}"


def sqlite_engine(address: URL, *, connections: int = 0, foreign_keys: bool = True, query_only: bool = False) -> Engine:
    """An engine on a SQLite file with the pragmas that keep what was committed.

    `connections` 0 opens one for each use. A transaction begins IMMEDIATE, so that two writers wait for each
    other instead of failing in the middle; one that is `query_only` begins with a snapshot.
    """
    begin = "BEGIN" if query_only else "BEGIN IMMEDIATE"
    pragmas = (
        *_EVERY_CONNECTION,
        f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        "PRAGMA query_only = ON" if query_only else "PRAGMA journal_mode = WAL",
    )
    connect_args = {"isolation_level": None, "check_same_thread": False}
    if connections:
        engine = create_engine(
            address,
            connect_args=connect_args,
            hide_parameters=True,
            poolclass=QueuePool,
            pool_size=connections,
            max_overflow=0,
        )
    else:
        engine = create_engine(address, connect_args=connect_args, hide_parameters=True, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def unpooled_engine(address: URL, *, query_only: bool = False, foreign_keys: bool = True) -> Engine:
    """An engine that opens one connection for each use and keeps none: for commands."""
    if is_sqlite(address):
        return sqlite_engine(address, query_only=query_only, foreign_keys=foreign_keys)
    engine = create_engine(address, hide_parameters=True, poolclass=NullPool)
    return engine.execution_options(**SNAPSHOT) if query_only else engine


@contextmanager
def opening(address: URL) -> Iterator[None]:
    """Turn the driver's errors of opening a database into a StorageError with one sentence."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as problem:  # the latter from a pragma
        trouble = unavailable(problem, redacted(address))
        if trouble is not None:
            raise trouble from problem
        said = problem.orig if isinstance(problem, DBAPIError) else problem
        reason = str(said).strip().partition("\n")[0]
        raise StorageError(f"The database {redacted(address)} cannot be opened: {reason}") from problem


@contextmanager
def transaction(address: URL, *, query_only: bool = False, foreign_keys: bool = True) -> Iterator[Connection]:
    """A transaction on a connection that is closed after it; committed unless something is raised inside.

    Raises StorageError if the database cannot be opened, Unavailable if it cannot be used, such as when another
    process does not let go of it. Foreign keys can be switched off on SQLite alone.
    """
    with opening(address):
        connection = unpooled_engine(address, query_only=query_only, foreign_keys=foreign_keys).connect()
    with told(redacted(address), reading=query_only), connection, connection.begin():
        yield connection


def require_database(address: URL) -> None:
    """Raise StorageError where no database is, or none that can be opened."""
    require_file(address)
    with transaction(address, query_only=True) as connection, opening(address):
        if is_sqlite(address):  # which opens any file, until something is asked of it
            connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1")


def require_file(address: URL) -> None:
    """Raise StorageError if the SQLite file does not exist, since opening would create an empty one."""
    if is_sqlite(address) and not sqlite_path(address).is_file():
        raise StorageError(
            f"There is no database at {redacted(address)}. Bring back the one that was there (mount its disk, or"
            " povezujejo restore). For a new, empty one, run: povezujejo db upgrade"
        )
