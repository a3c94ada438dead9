"""How many rows each of our tables holds, whichever version made the database."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, inspect, select, table

from storage.schema import metadata

VERSION = "alembic_version"
Counts = Mapping[str, int]


def our_tables(connection: Connection) -> list[str]:
    """The names of our tables that are there; that of the version, too."""
    ours = {*metadata.tables, VERSION}
    return sorted(ours.intersection(inspect(connection).get_table_names()))


def counts(connection: Connection) -> Counts:
    """The rows by table."""
    return {
        name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in our_tables(connection)
    }


def rows(found: Counts) -> int:
    """All rows but the one that says the version."""
    return sum(number for name, number in found.items() if name != VERSION)
