"""Inserting what may be there already, in the words of either database."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


class InsertOnce:
    """An INSERT that changes nothing when a row with the same unique key is there. Built once for a table."""

    def __init__(self, table: Table) -> None:
        self._statements: Mapping[str, Executable] = MappingProxyType(
            {
                "sqlite": sqlite.insert(table).on_conflict_do_nothing().returning(*table.primary_key),
                "postgresql": postgresql.insert(table).on_conflict_do_nothing().returning(*table.primary_key),
            }
        )

    def __call__(self, connection: Connection, values: Mapping[str, object]) -> bool:
        """Insert; true when the row is new."""
        return connection.execute(self._statements[connection.dialect.name], values).first() is not None
