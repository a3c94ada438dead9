"""A copy of a PostgreSQL database by its own tools, pg_dump, pg_restore and psql, and back. Knows no other format."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import URL, Connection, text

from storage.engine.counting import VERSION, Counts, counts, our_tables, rows
from storage.engine.engines import redacted, transaction
from storage.engine.errors import RequestRefused, StorageError

MAGIC = b"PGDMP"
_SNAPSHOT = text("SELECT pg_export_snapshot()")
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)
_SCHEMA = text("SELECT quote_ident(current_schema())")
_LOOK_ANEW = text("SELECT pg_stat_clear_snapshot()")
_GOING = (0.05, 0.1, 0.2, 0.5, 1.0, 1.0)  # seconds: who was just here is seen for a moment
_CHUNK = 1 << 20
_SHOWN = 200  # characters of what a tool said


def dump(address: URL, target: Path, programs: Path | None) -> Counts:
    """Write our tables into the empty file `target` as of one moment, and see that every row is in it.

    Gives the rows by table. `programs`: the folder of the tools, where they are not on the PATH.
    """
    with transaction(address, query_only=True) as connection:
        moment = str(connection.scalar(_SNAPSHOT))
        expected = counts(connection)
        tables = [f"--table={connection.scalar(_SCHEMA)}.{name}" for name in our_tables(connection)]
        arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}", *tables]
        with target.open("wb") as file, _running("pg_dump", programs, [*arguments, _named(address)], address) as output:
            shutil.copyfileobj(output, file, _CHUNK)
    found = counts_in(target, address, programs)
    if found != expected:
        raise StorageError(f"{target} does not hold what the database holds; try again.")
    return found


def counts_in(source: Path, address: URL, programs: Path | None) -> Counts:
    """The rows by table that stand in a copy: it is read through, to its end."""
    found: dict[str, int] = {}
    table = ""
    with _running("pg_restore", programs, ["--data-only", "--file=-", str(source)], address) as lines:
        for line in lines:
            if table:
                if line == b"\\.\n":
                    table = ""
                else:
                    found[table] += 1
            elif line.startswith(b"COPY "):
                table = line.split(b" ", 2)[1].decode().rpartition(".")[2].strip('"')
                found[table] = 0
    return found


def put_back(source: Path, address: URL, *, force: bool, programs: Path | None) -> None:
    """Put the copy `source` in the place of our tables, in one transaction."""
    expected = counts_in(source, address, programs)
    if not expected.get(VERSION):
        raise RequestRefused(f"{source} is no backup of povezujejo.")
    with transaction(address) as connection:
        require_alone(connection, address)
        if not force and rows(counts(connection)):
            raise RequestRefused(
                f"The database {redacted(address)} is not empty. To replace all that is in it, add --force."
            )
        there = our_tables(connection)
    _replace(source, address, there, programs)
    with transaction(address, query_only=True) as connection:
        if counts(connection) != expected:
            raise StorageError(f"The database {redacted(address)} does not hold what {source} holds; restore it again.")


def require_alone(connection: Connection, address: URL) -> None:
    """Raise StorageError where somebody else works on the database, and does not leave it in a few seconds."""
    for pause in _GOING:
        if not connection.scalar(_OTHERS):
            return
        time.sleep(pause)
        connection.execute(_LOOK_ANEW)
    raise StorageError(f"The database {redacted(address)} is in use. Stop the bot first.")


def _replace(source: Path, address: URL, there: Sequence[str], programs: Path | None) -> None:
    """Have psql run what pg_restore writes, once the tables that are there have gone, also those of a later version."""
    quiet = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--output={os.devnull}", _named(address)]
    writing = ["--no-owner", "--no-privileges", "--file=-", str(source)]
    with TemporaryFile() as said, _started("psql", programs, quiet, address, said, stdin=subprocess.PIPE) as psql:
        try:
            with suppress(BrokenPipeError), _pipe(psql.stdin) as script:
                script.write(_begin(there))
                with _running("pg_restore", programs, writing, address) as restored:
                    shutil.copyfileobj(restored, script, _CHUNK)
                script.write(b"COMMIT;\n")  # without it, also where one of us dies before, nothing has changed
        except StorageError:
            psql.kill()
            raise
        if psql.wait():
            why = _reason(said)
            raise StorageError(f"The database {redacted(address)} cannot be restored: {why}; nothing was changed.")


def _begin(there: Sequence[str]) -> bytes:
    gone = f"DROP TABLE {', '.join(there)} CASCADE;\n" if there else ""
    return f"BEGIN;\n{gone}".encode()


@contextmanager
def _running(program: str, programs: Path | None, arguments: Sequence[str], address: URL) -> Iterator[IO[bytes]]:
    """What a tool writes; raises StorageError at the end where it says that it failed."""
    with TemporaryFile() as said, _started(program, programs, arguments, address, said, stdout=subprocess.PIPE) as tool:
        try:
            yield _pipe(tool.stdout)
        except BaseException:
            tool.kill()
            raise
        if tool.wait():
            raise StorageError(f"{program} did not do its work: {_reason(said)}.")


def _started(
    program: str, programs: Path | None, arguments: Sequence[str], address: URL, said: IO[bytes], **pipes: int
) -> subprocess.Popen[bytes]:
    found = shutil.which(program, path=None if programs is None else str(programs))
    if found is None:
        where = "on the PATH" if programs is None else f"in {programs}"
        raise StorageError(
            f"There is no {program} {where}: install the client of PostgreSQL, or name its folder as programs"
            " under [backup]."
        )
    password = address.password or address.query.get("password")
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    return subprocess.Popen([found, *arguments], stderr=said, env=environment, **pipes)  # type: ignore[call-overload,no-any-return]  # noqa: S603


def _pipe(asked: IO[bytes] | None) -> IO[bytes]:
    if asked is None:
        raise AssertionError("it was asked for")
    return asked


def _named(address: URL) -> str:
    """The database without its password, which would stand in the list of processes."""
    shown = address.set(drivername="postgresql").difference_update_query(["password"])
    return f"--dbname={shown._replace(password=None).render_as_string()}"


def _reason(said: IO[bytes]) -> str:
    """What a tool said first of what is wrong, without its own name."""
    said.seek(0)
    lines = [line.strip() for line in said.read().decode(errors="replace").splitlines() if line.strip()]
    words = lines[0].partition(": ")[2].removeprefix("error: ") if lines else "it did not say why"
    return words[:_SHOWN].rstrip(".")
