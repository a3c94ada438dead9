"""Statements of every answer: on SQLite bound and read by SQLAlchemy's types, but executed by the driver at once.

Executing one through SQLAlchemy takes eight times as long as SQLite needs for it (docs/decisions/quick-taps.md). What a
statement says, and how PostgreSQL gets it, stays as it is; whoever listens to statements hears these, too.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Dialect

Process = Callable[[Any], Any]


class Prepared:
    """A statement that is executed with values of always the same names.

    No column that it writes has a default made by SQLAlchemy.
    """

    __slots__ = ("_on_sqlite", "_statement")

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._on_sqlite: _OnSQLite | None = None

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """The rows, whose values have names; none where the statement gives none."""
        dialect = connection.dialect
        if dialect.name != "sqlite":
            result = connection.execute(self._statement, values)
            return list(result) if result.returns_rows else []
        if self._on_sqlite is None:
            self._on_sqlite = _OnSQLite(self._statement, dialect, values)
        return self._on_sqlite.rows(connection, values)

    def one_or_none(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The only row, if there is one."""
        rows = self.all(connection, values)
        if len(rows) > 1:
            raise LookupError("more rows than one")
        return rows[0] if rows else None

    def scalar(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first value of the only row; None where there is no row."""
        row = self.one_or_none(connection, values)
        return None if row is None else row[0]


class _OnSQLite:
    """The text of a statement, how its values are bound, and how its rows are read: made once."""

    __slots__ = ("_binds", "_constants", "_make", "_names", "_reads", "_text")

    def __init__(self, statement: Any, dialect: Dialect, values: Mapping[str, Any]) -> None:
        compiled = statement.compile(
            dialect=dialect, column_keys=list(values), compile_kwargs={"render_postcompile": True}
        )
        self._text: str = compiled.string
        self._names: list[str] = compiled.positiontup
        types = {name: compiled.binds[name].type for name in self._names}
        binds = {name: one.dialect_impl(dialect).bind_processor(dialect) for name, one in types.items()}
        self._binds: list[tuple[str, Process]] = [(name, binds[name]) for name in values if binds.get(name)]
        self._constants = {
            name: binds[name](value) if binds[name] else value
            for name, value in compiled.params.items()
            if name not in values
        }
        columns = list(statement.exported_columns) if hasattr(statement, "exported_columns") else []
        reads = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
        self._reads: list[tuple[int, Process]] = [(place, read) for place, read in enumerate(reads) if read]
        names = [one.key for one in columns]
        row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024 - which only it knows
        self._make: Process = row._make

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        bound = {**self._constants, **values}
        for name, bind in self._binds:
            bound[name] = bind(bound[name])
        parameters = [bound[name] for name in self._names]
        if not connection.in_transaction():
            connection.begin()
        for hear in connection.dispatch.before_cursor_execute:
            hear(connection, None, self._text, parameters, None, False)
        line: Any = connection.connection.dbapi_connection
        found = line.execute(self._text, parameters).fetchall()
        return [self._row(row) for row in found]

    def _row(self, stored: tuple[Any, ...]) -> Any:
        values = list(stored)
        for place, read in self._reads:
            values[place] = read(values[place])
        return self._make(values)
