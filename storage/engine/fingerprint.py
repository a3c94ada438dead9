"""Which tables a database really has, described alike for what it says itself and for what `storage.schema` says.

The hash of the description is kept beside the version, so that a start need not look again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from sqlalchemy import Boolean, CheckConstraint, Column, Connection, Dialect, MetaData, Table, UniqueConstraint, text
from sqlalchemy.schema import DefaultClause

from storage.schema import metadata

Lines = frozenset[str]
"""What is said of one table: a line for each column and each rule."""

_KEPT = text("SELECT * FROM alembic_version")
_ADD_COLUMN = text("ALTER TABLE alembic_version ADD COLUMN schema_hash VARCHAR(64)")
_KEEP = text("UPDATE alembic_version SET schema_hash = :schema_hash")
_LITERAL = re.compile(r"'[^']*'")
_CAST = re.compile(r"::[a-z ]+")
_ALIKE = {
    "FLOAT": "DOUBLE PRECISION",
    "DOUBLE PRECISION(53)": "DOUBLE PRECISION",
}  # two names of one type of PostgreSQL
_ours: dict[str, str] = {}  # the hash of our own schema, by kind of database


def differing(connection: Connection, schema: MetaData = metadata) -> tuple[str, ...]:
    """The tables that the database has otherwise than the schema, or not at all; looks only if the hash is another.

    Other tables beside ours are nobody's business, and neither are indexes that an operator adds.
    """
    if _kept(connection) == schema_hash(connection.dialect, schema):
        return ()
    return look(connection, schema)


def look(connection: Connection, schema: MetaData = metadata) -> tuple[str, ...]:
    """The same without trust in the hash."""
    there = MetaData()
    there.reflect(connection, only=lambda name, _: name in schema.tables, resolve_fks=False)
    found, expected = (_described(one.tables.values(), connection.dialect) for one in (there, schema))
    return tuple(sorted(name for name, lines in expected.items() if found.get(name) != lines))


def keep(connection: Connection, schema: MetaData = metadata) -> None:
    """Write down that the database has the tables of the schema."""
    if "schema_hash" not in version_row(connection):
        connection.execute(_ADD_COLUMN)
    connection.execute(_KEEP, {"schema_hash": schema_hash(connection.dialect, schema)})


def version_row(connection: Connection) -> Mapping[str, str]:
    """What is kept beside the version of the tables, by the name of its column."""
    return dict(connection.execute(_KEPT).mappings().one())


def schema_hash(dialect: Dialect, schema: MetaData = metadata) -> str:
    """SHA-256 of what the schema says for one kind of database, in hexadecimal."""
    if schema is not metadata:
        return _hashed(dialect, schema)
    if dialect.name not in _ours:  # a program's own schema does not change while it runs
        _ours[dialect.name] = _hashed(dialect, schema)
    return _ours[dialect.name]


def _hashed(dialect: Dialect, schema: MetaData) -> str:
    described = _described(schema.tables.values(), dialect)
    said = "\n".join(f"{name}: {line}" for name in sorted(described) for line in sorted(described[name]))
    return hashlib.sha256(said.encode()).hexdigest()


def _kept(connection: Connection) -> str | None:
    found: str | None = version_row(connection).get("schema_hash")
    return found


def _described(tables: Iterable[Table], dialect: Dialect) -> dict[str, Lines]:
    return {table.name: frozenset([*_columns(table, dialect), *_rules(table, dialect)]) for table in tables}


def _columns(table: Table, dialect: Dialect) -> Iterable[str]:
    for column in table.columns:
        kind = column.type.compile(dialect=dialect)
        empty = "" if column.nullable else " not null"
        yield f"{column.name} {_ALIKE.get(kind, kind)}{empty} default {_default(column)}"


def _default(column: Column[object]) -> str:
    """What stands in a row that says nothing; of a number that the database counts on by itself, nothing."""
    given = column.server_default
    if column.primary_key or not isinstance(given, DefaultClause):
        return ""
    return _CAST.sub("", str(given.arg)).strip("()'")


def _rules(table: Table, dialect: Dialect) -> Iterable[str]:
    """Keys, what refers where, and checks: by name and the words that they allow, since each database spells them anew.

    The check of a column that is yes or no says nothing that its type does not, and only SQLite has it.
    """
    booleans = {f"ck_{table.name}_{column.name}" for column in table.columns if isinstance(column.type, Boolean)}
    yield f"primary key {[column.name for column in table.primary_key]}"
    for rule in table.constraints:
        if isinstance(rule, UniqueConstraint):
            yield f"unique {sorted(column.name for column in rule.columns)}"
        elif isinstance(rule, CheckConstraint) and rule.name not in booleans:
            said = str(rule.sqltext.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
            yield f"check {rule.name} {sorted(_LITERAL.findall(said))}"
    for key in table.foreign_keys:
        yield f"{key.parent.name} refers to {key.target_fullname}"
