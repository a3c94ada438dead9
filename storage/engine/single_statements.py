"""One connection to PostgreSQL for statements that stand alone: committed by themselves, in one way there and back.

For what is asked often and is worth nothing a moment later; everything else goes through `Database`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from storage.engine.engines import is_sqlite, read_url

T = TypeVar("T")


class SingleStatements:
    """Opens its connection when it is first needed, and again when it was lost."""

    def __init__(self, url: str) -> None:
        from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415 - 8 MB that an SQLite file needs not

        self._engine = create_async_engine(
            read_url(url), pool_size=1, max_overflow=0, isolation_level="AUTOCOMMIT", hide_parameters=True
        )

    @classmethod
    def of(cls, url: str) -> SingleStatements | None:
        """None for an SQLite file, which is one process's alone."""
        return None if is_sqlite(read_url(url)) else cls(url)

    async def run(self, fn: Callable[[Connection], T]) -> T:
        """What the function returns, which runs one statement. Raises what SQLAlchemy and the driver raise."""
        async with self._engine.connect() as connection:
            return await connection.run_sync(fn)

    async def close(self) -> None:
        """Close the connection."""
        await self._engine.dispose()
