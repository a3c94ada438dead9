"""What SQLAlchemy has compiled for one database of a test serves every other of its kind in this process.

An engine keeps what it has compiled to itself, and every test has engines of its own: without this, each of thousands
of tests would compile the same statements again.
"""

from __future__ import annotations

from sqlalchemy import URL, Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg, PGDialectAsync_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

_compiled = LRUCache(2000)  # by dialect and statement; more than the product has, and tables that are read off go again


class _Alike:
    """A dialect that equals every other of its class, since none is given options of its own."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_compiled)


class SQLite(_Alike, SQLiteDialect_pysqlite):
    """SQLite as the tests use it."""

    supports_statement_cache = True


class PostgreSQLInLoop(_Alike, PGDialectAsync_psycopg):
    """PostgreSQL as the tests use it within an event loop."""

    supports_statement_cache = True


class PostgreSQL(_Alike, PGDialect_psycopg):
    """PostgreSQL as the tests use it."""

    supports_statement_cache = True

    @classmethod
    def get_async_dialect_cls(cls, _url: URL) -> type[Dialect]:
        return PostgreSQLInLoop


registry.register("sqlite", __name__, "SQLite")
registry.register("postgresql.psycopg", __name__, "PostgreSQL")
