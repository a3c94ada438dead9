"""Moving all that is stored to another database, of the same or the other kind (docs/decisions/moving.md).

A move that was cut off goes on where it stopped. At no moment can the program work on both databases.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from sqlalchemy import URL, Connection, Table, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import func

from storage.engine import moved
from storage.engine.counting import VERSION, counts, rows
from storage.engine.engines import (
    is_sqlite,
    read_url,
    redacted,
    sqlite_path,
    transaction,
    unpooled_engine,
)
from storage.engine.errors import RequestRefused, StorageError
from storage.engine.held import held
from storage.engine.migrate import upgrade
from storage.engine.moved import Mark, Stage
from storage.engine.table_copy import copy_rows, digest
from storage.engine.version import require_ours, status_of
from storage.schema import metadata

Told = Callable[[str], None]
_LAST_NUMBERS = text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
_SET_NUMBER = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")


@dataclass(frozen=True, slots=True)
class PlannedMove:
    """A move that can be made, or gone on with."""

    source: URL
    target: URL
    move: str
    begun: bool
    rows: int


@dataclass(frozen=True, slots=True)
class FinishedMove:
    """What was moved, and SHA-256 of the rows of each table, which both databases have."""

    rows: int
    hashes: Mapping[str, str]


def plan(source_url: str, target_url: str) -> PlannedMove:
    """Whether a move can be made; changes nothing. Raises StorageError where it cannot, and says why."""
    source, target = read_url(source_url), read_url(target_url)
    found = status_of(source)
    require_ours(found, redacted(source))
    if found.current != found.head:
        raise StorageError(
            f"The database {redacted(source)} does not have version {found.head}. Run: povezujejo db upgrade"
        )
    mark = found.mark
    if mark is not None and mark.stage is Stage.ARRIVING:
        moved.refuse(mark, redacted(source))
    begun = mark is not None and _arriving(target) == mark.move
    if mark is not None and mark.stage is Stage.LEFT and not begun:
        moved.refuse(mark, redacted(source))
    if not begun:
        _require_room(target)
    with transaction(source, query_only=True) as connection:
        number = rows(counts(connection))
    return PlannedMove(source, target, mark.move if begun and mark is not None else secrets.token_hex(8), begun, number)


def move(planned: PlannedMove, told: Told) -> FinishedMove:
    """Make a planned move: bring all rows over, verify them, and leave the source marked. `told` hears how far it is.

    Raises StorageError where somebody works on the source, where a row does not fit into the target, or where a table
    is not the same in both afterwards. What was brought over so far stays, and the next time goes on from there.
    """
    mark = partial(Mark, planned.move)
    with held(planned.source) as source:
        source.mark(mark(Stage.LEAVING, redacted(planned.target)))
        _create(planned)
        with unpooled_engine(planned.target, foreign_keys=False).connect() as target:
            for table in metadata.sorted_tables:
                with _fitting(table):
                    copy_rows(source.connection, target, table, partial(_tell, told, table))
            _set_numbers(source.connection, target)
            hashes = {table.name: _same(source.connection, target, table) for table in metadata.sorted_tables}
            source.require_alone()
            source.mark(mark(Stage.LEFT, redacted(planned.target)))
            target.rollback()
            with target.begin():
                moved.write(target, None)
                number = rows(counts(target))
    return FinishedMove(number, hashes)


def cancel(source_url: str) -> None:
    """Stay with a database that was to be moved; what was brought over is of no use any more."""
    address = read_url(source_url)
    mark = status_of(address).mark
    if mark is None:
        raise RequestRefused(f"The database {redacted(address)} is not being moved.")
    if mark.stage is not Stage.LEAVING:
        moved.refuse(mark, redacted(address))
    with transaction(address) as connection:
        moved.write(connection, None)


def _arriving(target: URL) -> str | None:
    """The move by which a database is being filled."""
    mark = status_of(target).mark
    return mark.move if mark is not None and mark.stage is Stage.ARRIVING else None


def _require_room(target: URL) -> None:
    """Raise StorageError unless the target is not there, has no tables, or has ours without a row."""
    found = status_of(target)
    require_ours(found, redacted(target))
    held: list[str] = []
    if found.mark is not None:
        moved.refuse(found.mark, redacted(target))
    if not is_sqlite(target) or sqlite_path(target).is_file():
        with transaction(target, query_only=True) as connection:
            ours = {} if found.current is None else counts(connection)
            held = [name for name, number in ours.items() if number and name != VERSION]
            held += sorted(set(inspect(connection).get_table_names()) - {*ours})
    if held:
        raise RequestRefused(
            f"The database {redacted(target)} holds something else already ({', '.join(held)}). Name an empty one."
        )


def _create(planned: PlannedMove) -> None:
    """The tables of the target, marked before the first row comes."""
    if planned.begun:
        return
    upgrade(planned.target.render_as_string(hide_password=False))
    with transaction(planned.target) as connection:
        moved.write(connection, Mark(planned.move, Stage.ARRIVING, redacted(planned.source)))


@contextmanager
def _fitting(table: Table) -> Iterator[None]:
    """Say which table has a row that the other database does not take."""
    try:
        yield
    except DBAPIError as problem:
        reason = str(problem.orig).strip().partition("\n")[0]
        raise StorageError(f"A row of the table {table.name} cannot be moved: {reason}") from problem


def _tell(told: Told, table: Table, number: int) -> None:
    told(f"{table.name}: {number} rows")


def _same(source: Connection, target: Connection, table: Table) -> str:
    """The hash of a table that is the same in both; raises StorageError where it is not."""
    (number, here), (arrived, there) = digest(source, table), digest(target, table)
    if (number, here) != (arrived, there):
        raise StorageError(
            f"The table {table.name} is not the same in both databases ({number} and {arrived} rows). Cancel the move"
            " (povezujejo db move --cancel) and move to an empty database."
        )
    return here


def _set_numbers(source: Connection, target: Connection) -> None:
    """New rows get numbers behind those that are there, and, where that is known, behind those that ever were."""
    if target.dialect.name != "postgresql":
        return
    used: dict[str, int | None] = {}
    if source.dialect.name == "postgresql":
        used = {row.sequencename: row.last_value for row in source.execute(_LAST_NUMBERS)}
    target.rollback()
    with target.begin():
        for table in metadata.sorted_tables:
            column = table.autoincrement_column
            if column is not None:
                last = target.scalar(select(func.max(column))) or 0
                last = max(last, used.get(f"{table.name}_{column.name}_seq") or 0)
                if last:
                    target.execute(_SET_NUMBER, {"table": table.name, "column": column.name, "last": last})
