"""Inserting what may be there already, in the words of either database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.engine.prepared import Prepared


class InsertOnce:
    """An INSERT that changes nothing when a row with the same unique key is there. Built once for a table."""

    def __init__(self, table: Table) -> None:
        inserts = {
            "sqlite": sqlite.insert(table).on_conflict_do_nothing(),
            "postgresql": postgresql.insert(table).on_conflict_do_nothing(),
        }
        self._several: Mapping[str, Executable] = MappingProxyType(inserts)
        self._one: Mapping[str, Prepared] = MappingProxyType(
            {name: Prepared(one.returning(*table.primary_key)) for name, one in inserts.items()}
        )

    def __call__(self, connection: Connection, values: Mapping[str, object]) -> bool:
        """Insert; true when the row is new."""
        return self._one[connection.dialect.name].one_or_none(connection, values) is not None

    def all(self, connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert what is new of at least one row, in one statement."""
        connection.execute(self._several[connection.dialect.name], rows)
