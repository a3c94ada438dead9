"""A round of deliveries or files while the database may be lost in the middle of it (docs/decisions/outages.md)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import Connection

from bot.runtime.services import Services
from storage.engine.errors import Trouble, Unavailable

log = logging.getLogger(__name__)

T = TypeVar("T")

_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, *(30.0,) * 9)  # seconds, together five minutes: half of a lease
_FOR_GOOD = frozenset({Trouble.OTHER, Trouble.CLOSED})  # no waiting brings this database back


class Round:
    """Where the database was lost in a round, nothing more of it is begun; what has happened is still recorded."""

    def __init__(self, services: Services, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._services = services
        self._sleep = sleep
        self.problem: Unavailable | None = None  # the first one

    async def record(self, unit: Callable[[Connection], T]) -> T:
        """Write what became of something that was begun, and give what that gives: for minutes.

        Unrecorded, a message that may have left would stay uncertain, and a file count as one that ends processes.
        """
        for pause in _PAUSES:
            try:
                return await self._services.database.write(unit)
            except Unavailable as problem:
                self.lost(problem)
                if problem.trouble in _FOR_GOOD:
                    raise
            await self._sleep(pause)
        return await self._services.database.write(unit)

    def lost(self, problem: Unavailable) -> None:
        """The database cannot be used."""
        if self.problem is None:
            log.warning("nothing more is begun, since the database takes nothing: %s", problem)
            self.problem = problem
