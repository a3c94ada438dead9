"""The rate of messages that several processes keep together: places in time, taken from one row of PostgreSQL.

Knows no messages and no chats. Whoever asks meanwhile is served by one statement (docs/decisions/shared-rate.md).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from storage import send_budget
from storage.engine.single_statements import SingleStatements

log = logging.getLogger(__name__)

_AT_ONCE = 9  # places of one statement: a third of a second, so that other processes are not kept waiting
_AHEAD = 5  # places that are taken ahead while there is much to send
_ALONE = 4  # of so many processes each would keep to its part while the database does not answer
_PATIENCE_SECONDS = 1.0
_TROUBLE = (SQLAlchemyError, OSError, TimeoutError)


class SharedBudget:
    """Gives places over all processes of one database, one every `gap` seconds.

    A place is the moment of `clock` (seconds that only grow) at which nobody is before it any more; who may go in a
    burst goes somewhat before it. One is always taken ahead, so that a reply in quiet hours waits for no statement.
    """

    def __init__(
        self, statements: SingleStatements, gap: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._statements = statements
        self._gap = gap
        self._clock = clock
        self._waiting: deque[asyncio.Future[float]] = deque()
        self._spare: deque[float] = deque()  # places that are taken and not given yet
        self._ahead = 1  # how many are taken ahead: more while places are scarce, and will be used
        self._asking: asyncio.Task[None] | None = None
        self._resting: set[asyncio.Task[None]] = set()
        self._free_at = 0.0  # of this process alone, while the database does not answer
        self._told = False

    async def place(self) -> float:
        """The next place; in order of asking within this process."""
        while len(self._spare) > 1 and self._spare[0] < self._clock() - self._gap:
            self._spare.popleft()  # it was of a second that is over
        if self._spare and not self._waiting:
            mine = self._spare.popleft()
        else:
            mine = await self._wait()
        self._ahead = _AHEAD if mine > self._clock() + self._gap else 1
        if not self._spare:
            self._ask_soon()
        return mine

    def rest(self, seconds: float) -> None:
        """Telegram asks everybody to rest."""
        self._spare.clear()
        task = asyncio.create_task(self._rest(seconds))
        self._resting.add(task)
        task.add_done_callback(self._resting.discard)

    async def close(self) -> None:
        """Give no more places."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, *self._resting, return_exceptions=True)
        await self._statements.close()

    async def _wait(self) -> float:
        mine: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        self._ask_soon()
        return await mine

    def _ask_soon(self) -> None:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        """Take places for all that wait, a few in each statement, and at last those that are taken ahead."""
        while self._waiting or not self._spare:
            asked = [self._waiting.popleft() for _ in range(min(len(self._waiting), _AT_ONCE))]
            number = len(asked) + (0 if self._waiting else self._ahead)
            first, gap = await self._take(number)
            for one, place in enumerate(first + place * gap for place in range(number)):
                if one < len(asked) and not asked[one].done():
                    asked[one].set_result(place)
                else:  # taken ahead, or for somebody who does not wait any more
                    self._spare.append(place)

    async def _take(self, places: int) -> tuple[float, float]:
        """The first of so many places, and how far the others are from one another."""
        seconds = places * self._gap
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                ends = await self._statements.run(partial(send_budget.take, seconds=seconds))
        except _TROUBLE:
            self._tell("the rate is not kept together: the database does not answer, so each bot sends more slowly")
            gap = self._gap * _ALONE
            first = max(self._free_at, self._clock())
            self._free_at = first + places * gap
            return first, gap
        self._tell("")
        return self._clock() + ends - seconds, self._gap

    async def _rest(self, seconds: float) -> None:
        try:
            await self._statements.run(partial(send_budget.rest, seconds=seconds))
        except _TROUBLE:
            log.warning("other bots could not be told that Telegram asks to rest")

    def _tell(self, trouble: str) -> None:
        if trouble and not self._told:
            log.warning("%s", trouble)
        elif self._told and not trouble:
            log.warning("the rate is kept together again")
        self._told = bool(trouble)
