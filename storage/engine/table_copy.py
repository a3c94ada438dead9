"""The rows of one table from one database to another, in the order of its key and in batches, and a hash of them all.

A batch is committed whole, so that what is there already is always the beginning: a copy that was cut off goes on where
it stopped. Both sides must not be written to meanwhile by anybody else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    Select,
    String,
    Table,
    bindparam,
    collate,
    func,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.sql import ColumnElement

Row = dict[str, Any]
_MOST_ROWS = 500
_MOST_BYTES = 8_000_000
_BINARY_ORDER = "C"  # of PostgreSQL: by bytes, as SQLite orders texts


def copy_rows(source: Connection, target: Connection, table: Table, told: Callable[[int], None]) -> None:
    """Bring the rows over that are not there yet; `told` hears how many are, after each batch.

    Both connections are between transactions of `target`. References of a table to itself come after all of its rows.
    """
    later = [column for column in table.columns if _refers_to_itself(column)]
    empty = dict.fromkeys((column.name for column in later), None)
    there = _count(target, table)
    size = _batch_size(source, table)
    after = _last_key(target, table) if there else None
    target.rollback()  # what was read there is not in the way of a transaction
    while batch := _rows(source, table, after, size):
        with target.begin():
            target.execute(table.insert(), [{**row, **empty} for row in batch])
        after = _key(table, batch[-1])
        there += len(batch)
        told(there)
    for column in later:
        _refer(source, target, column)


def digest(connection: Connection, table: Table) -> tuple[int, str]:
    """How many rows there are, and SHA-256 over all of them in the order of the key, in hexadecimal."""
    found, number, after = hashlib.sha256(), 0, None
    size = _batch_size(connection, table)
    while batch := _rows(connection, table, after, size):
        for row in batch:
            found.update(_row_digest(row))
        after = _key(table, batch[-1])
        number += len(batch)
    return number, found.hexdigest()


def _row_digest(row: Row) -> bytes:
    said = hashlib.sha256()
    for name in sorted(row):
        value = _plain(row[name])
        said.update(f"{name}:{len(value)}:".encode() + value)
    return said.digest()


def _plain(value: object) -> bytes:
    """A value in bytes, alike from either database and unlike any other value."""
    match value:
        case None | bool() | float():
            return f"{type(value).__name__} {value!r}".encode()
        case Enum():
            return f"str {value.value}".encode()
        case int() | str():
            return f"{type(value).__name__} {value}".encode()
        case bytes():
            return b"bytes " + value
        case datetime():
            return f"moment {value.astimezone(UTC).isoformat()}".encode()
        case date():
            return f"date {value.isoformat()}".encode()
        case _:
            return f"json {json.dumps(value, sort_keys=True)}".encode()


def _rows(connection: Connection, table: Table, after: Sequence[object] | None, size: int) -> list[Row]:
    """The next rows behind a key."""
    key = _ordered_key(connection, table)
    asked: Select[Any] = select(table).order_by(*key).limit(size)
    if after is not None:
        behind = [literal(value, column.type) for value, column in zip(after, table.primary_key, strict=True)]
        asked = asked.where(tuple_(*key) > tuple_(*behind))
    return [dict(row) for row in connection.execute(asked).mappings()]


def _last_key(connection: Connection, table: Table) -> Sequence[object] | None:
    key = [one.desc() for one in _ordered_key(connection, table)]
    return connection.execute(select(*table.primary_key).order_by(*key).limit(1)).first()


def _ordered_key(connection: Connection, table: Table) -> list[ColumnElement[Any]]:
    """The columns of the key in an order that both kinds of database have."""
    other = connection.dialect.name == "postgresql"
    return [
        collate(column, _BINARY_ORDER) if other and isinstance(column.type, String) else column
        for column in table.primary_key
    ]


def _key(table: Table, row: Row) -> list[object]:
    return [row[column.name] for column in table.primary_key]


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _batch_size(connection: Connection, table: Table) -> int:
    """So many rows at once as fit into memory even if all are as large as the largest: recordings stand in some."""
    lengths = [func.coalesce(func.length(one), 0) for one in table.columns if isinstance(one.type, LargeBinary)]
    if not lengths:
        return _MOST_ROWS
    largest = connection.scalar(select(func.max(_sum(lengths)))) or 1
    return max(1, min(_MOST_ROWS, _MOST_BYTES // max(1, largest)))


def _sum(parts: Sequence[ColumnElement[int]]) -> ColumnElement[int]:
    total: ColumnElement[int] = literal(0)
    for part in parts:
        total = total + part
    return total


def _refers_to_itself(column: Column[Any]) -> bool:
    return any(key.column.table is column.table for key in column.foreign_keys)


def _refer(source: Connection, target: Connection, column: Column[Any]) -> None:
    """Set the references of a table to itself; what is set already stays as it is."""
    table = column.table
    key = list(table.primary_key)
    for batch in _referring(source, column):
        change = update(table).where(*(part == bindparam(f"key_{part.name}") for part in key))
        with target.begin():
            target.execute(
                change.values({column: bindparam("refers_to")}),
                [
                    {"refers_to": row[column.name]} | {f"key_{part.name}": row[part.name] for part in key}
                    for row in batch
                ],
            )


def _referring(source: Connection, column: Column[Any]) -> Iterator[list[Row]]:
    asked = select(*column.table.primary_key, column).where(column.is_not(None))
    for rows in source.execute(asked).mappings().partitions(_MOST_ROWS):
        yield [dict(row) for row in rows]
