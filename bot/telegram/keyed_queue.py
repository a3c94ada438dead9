"""A queue of jobs: those of one key in order, keys side by side. Knows neither chats nor Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable

from bot.runtime.failures import described

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[None]]


class KeyedQueue:
    """At most `width` jobs run at once. After each job its key goes to the end of the line, so nobody starves."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._waiting: dict[Hashable, deque[Job]] = {}  # a key is here while it has a job waiting or running
        self._ready: deque[Hashable] = deque()  # keys with a job that could start
        self._workers: set[asyncio.Task[None]] = set()
        self._at_work = 0  # not len(_workers): a worker leaves its set a moment after it stopped looking for jobs

    def submit(self, key: Hashable, job: Job) -> None:
        """Put a job at the end of those of `key`. A job that raises is logged; the next one follows."""
        jobs = self._waiting.get(key)
        if jobs is not None:
            jobs.append(job)
            return
        self._waiting[key] = deque((job,))
        self._ready.append(key)
        if self._at_work < self._width:
            self._at_work += 1
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def drain(self) -> None:
        """Wait until every job that was submitted has ended."""
        while self._workers:
            await asyncio.wait(self._workers)

    async def close(self, seconds: float) -> bool:
        """Wait for the jobs at most so long, then drop what is left; whether all came to their end."""
        if self._workers:
            await asyncio.wait({asyncio.ensure_future(self.drain())}, timeout=seconds)
        left = list(self._workers)
        self._ready.clear()
        self._waiting.clear()
        for worker in left:
            worker.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return not left

    async def _work(self) -> None:
        try:
            while self._ready:
                await self._next_job()
        finally:
            self._at_work -= 1

    async def _next_job(self) -> None:
        key = self._ready.popleft()
        jobs = self._waiting[key]
        try:
            await jobs.popleft()()
        except Exception as error:  # noqa: BLE001 - one bad job cannot stop the others
            log.error("a job failed: %s", described(error))  # noqa: TRY400 - the words of an error may name people
        if jobs:
            self._ready.append(key)
        else:
            self._waiting.pop(key, None)
