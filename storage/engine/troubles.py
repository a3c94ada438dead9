"""Tells trouble of the database (a full disk, a lost line) from the fault of one unit, by the codes of the drivers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from storage.engine.errors import Trouble, Unavailable

_PRIMARY = 0xFF  # the part of an extended code of SQLite that says the kind
_OF_SQLITE: Mapping[int, Trouble] = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Trouble.LOCKED,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_IOERR: Trouble.DISK,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.NO_DATABASE,
    sqlite3.SQLITE_CANTOPEN: Trouble.SHUT,
    sqlite3.SQLITE_NOMEM: Trouble.CROWDED,
}
_OF_POSTGRESQL: Mapping[str, Trouble] = {  # SQLSTATE, or its class
    "53100": Trouble.FULL,
    "55P03": Trouble.LOCKED,
    "57014": Trouble.CONFLICT,  # cancelled by an administrator or a limit of time
    "25006": Trouble.READ_ONLY,  # a server that only follows another one
    "42501": Trouble.READ_ONLY,  # rights were taken away
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
    "08": Trouble.LOST,
    "28": Trouble.LOST,
    "3D": Trouble.LOST,
    "57": Trouble.LOST,
    "40": Trouble.CONFLICT,
    "53": Trouble.CROWDED,
    "58": Trouble.DISK,
}
_SENTENCES: Mapping[Trouble, str] = {
    Trouble.FULL: "The database {name} has no room left: its disk is full. Make room there.",
    Trouble.LOCKED: "The database {name} is locked: another program holds it, such as a database browser, a copy that"
    " is being made, or a second bot. End that program.",
    Trouble.READ_ONLY: "The database {name} cannot be written to: its file, its folder or its disk is read-only."
    " Give the user of the bot the right to write there.",
    Trouble.DISK: "The disk of the database {name} fails ({reason}). See to the disk; if it stays so, put a backup"
    " on another one (povezujejo restore).",
    Trouble.DAMAGED: "The database {name} is damaged ({reason}). Stop the bot, keep the file, and put a backup in its"
    " place: povezujejo restore --force",
    Trouble.NO_DATABASE: "The file {name} is no database, but of another kind. Name the right one under [database]; if"
    " the database was here, move this file away and put a backup in its place: povezujejo restore",
    Trouble.SHUT: "The database {name} cannot be opened: {reason}. See that its folder is there, and that the user of"
    " the bot may write in it.",
    Trouble.LOST: "The database {name} does not answer: {reason}. See that PostgreSQL runs there and lets the bot in.",
    Trouble.CROWDED: "The database {name} takes no more work: connections or memory have run out. See what holds them.",
    Trouble.CONFLICT: "The database {name} is too busy: other work got in the way again and again.",
}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """The trouble of the database behind an error; None where it is the fault of what was done."""
    if isinstance(error, Unavailable):
        return error.trouble
    if isinstance(error, NoConnectionFree):
        return Trouble.CROWDED
    if isinstance(error, DBAPIError):
        if isinstance(error.orig, sqlite3.Error):
            return trouble_of(error.orig)
        return _of_postgresql(error)
    if isinstance(error, sqlite3.Error):
        return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY)
    return None


def unavailable(error: BaseException, name: str) -> Unavailable | None:
    """The same as an error, with a sentence about the database that an operator knows by this name."""
    if isinstance(error, Unavailable):
        return error
    trouble = trouble_of(error)
    if trouble is None:
        return None
    said = error.orig if isinstance(error, DBAPIError) else error
    reason = str(said).strip().partition("\n")[0].rstrip(".")
    return Unavailable(trouble, _SENTENCES[trouble].format(name=name, reason=reason))


@contextmanager
def told(name: str, *, reading: bool = False) -> Iterator[None]:
    """Raise trouble of the database as `Unavailable`; what else is raised stays as it is.

    Where only `reading` is allowed, a refusal to write is the fault of who tried.
    """
    try:
        yield
    except Exception as error:
        found = unavailable(error, name)
        if found is None or found is error or (reading and found.trouble is Trouble.READ_ONLY):
            raise
        raise found from error


def _of_postgresql(error: DBAPIError) -> Trouble | None:
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return _OF_POSTGRESQL.get(state) or _OF_POSTGRESQL.get(state[:2])
    return Trouble.LOST if error.connection_invalidated or _is_of_the_line(error.orig) else None


def _is_of_the_line(error: BaseException | None) -> bool:
    """Whether the driver says it without a word from the server: no connection, or one that broke."""
    return type(error).__name__ in {"OperationalError", "InterfaceError", "ConnectionTimeout"}
