"""When the next message may go out, so that Telegram's limits hold. Knows no messages, only chats and time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

from bot.runtime.moments import Moments
from bot.telegram.shared_budget import SharedBudget
from storage.engine.single_statements import SingleStatements

_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Rates:
    """How fast messages may leave: per second over all chats and in one chat, each with a short burst."""

    overall: float = 27.0  # with its burst never over 30 in any second
    overall_burst: int = 3
    chat: float = 1.0
    chat_burst: int = 10


class Limiter:
    """One for all sends of a process. Each caller of `admit` waits until its message may leave.

    The generic cell rate algorithm: a rate is kept as the time at which its bucket will be empty again.
    Replies to people take their place in time at once, in order of asking; bulk messages wait until no
    reply does, so that living people go first. With a `shared` budget the overall rate is that of several processes;
    there a bulk message takes its place when it is the turn of this process's bulk messages, one at a time.
    """

    def __init__(
        self,
        rates: Rates | None = None,
        *,
        shared: SharedBudget | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._rates = rates or Rates()
        self._shared = shared
        self._clock = clock
        self._sleep = sleep
        self._overall = 0.0
        self._chats = Moments()
        self._paused: dict[Hashable, float] = {}
        self._all_paused = 0.0
        self._bulk = asyncio.Lock()

    async def admit(self, chat: Hashable, *, bulk: bool = False) -> None:
        """Return when a message to this chat may be sent."""
        while True:
            await self._until(self._place_in_chat(chat))
            if bulk:
                await self._after_replies()
            else:
                await self._until(await self._place_overall(self._rates.overall_burst))
            if max(self._all_paused, self._paused.get(chat, 0.0)) <= self._clock():
                return

    def refused(self, chat: Hashable, seconds: float) -> None:
        """Telegram answered 429: the chat rests so long; if a second chat is refused meanwhile, everything does."""
        now = self._clock()
        self._paused = {key: until for key, until in self._paused.items() if until > now}
        others = [key for key in self._paused if key != chat]
        self._paused[chat] = max(self._paused.get(chat, 0.0), now + seconds)
        if others:
            self._all_paused = max(self._all_paused, now + seconds)
            self._overall = max(self._overall, self._all_paused)
            if self._shared is not None:
                self._shared.rest(seconds)

    def _place_in_chat(self, chat: Hashable) -> float:
        """Take the next place of this chat and give its time."""
        now, gap = self._clock(), 1.0 / self._rates.chat
        empty = max(self._chats.later(chat, now), self._paused.get(chat, 0.0))
        self._chats.put(chat, empty + gap, now)
        return max(empty - (self._rates.chat_burst - 1) * gap, self._paused.get(chat, 0.0))

    async def _place_overall(self, burst: int) -> float:
        """Take the next place of all and give its time."""
        gap = 1.0 / self._rates.overall
        if self._shared is None:
            empty = max(self._overall, self._clock())
            self._overall = empty + gap
        else:
            empty = await self._shared.place()
        return max(empty - (burst - 1) * gap, self._all_paused)

    async def _after_replies(self) -> None:
        """Take a place as soon as nobody is before it; one bulk message at a time stands here."""
        async with self._bulk:
            while self._overall - self._clock() > _EPSILON:
                await self._until(self._overall)
            await self._until(await self._place_overall(1))

    async def _until(self, moment: float) -> None:
        while (wait := moment - self._clock()) > _EPSILON:
            await self._sleep(wait)


def shared_budget(database: str, rates: Rates | None = None) -> SharedBudget | None:
    """What the processes of this database keep together; None for an SQLite file, which is one process's alone."""
    statements = SingleStatements.of(database)
    return None if statements is None else SharedBudget(statements, 1.0 / (rates or Rates()).overall)
