"""One life of the bot: what comes in by its channels, the clock, the end. Knows no channel and no use case."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Connection

from bot.conversation.channel import Channels, RunningChannel
from bot.conversation.handled import Handled
from bot.delivery.retention import keep
from bot.routing.handling import redraw
from bot.runtime.failures import described
from bot.runtime.new_key import KeyAdded, NewKey
from bot.runtime.process import Interrupted
from bot.runtime.services import Services
from bot.worker import requests
from storage import chats, participants
from storage.engine.errors import Trouble, Unavailable

log = logging.getLogger(__name__)

_SHOWING_TAKES = timedelta(seconds=30)  # a chat that is behind for less is just being drawn
_REDRAWN_AT_ONCE = 400  # what a tick of 15 seconds can send
_LAST_TICK_SECONDS = 3.0
_NIGHT_SECONDS = 30.0  # how often the clock asks whether the night has its copy

Deliver = Callable[[Services, Channels], Awaitable[int]]
Chore = Callable[[], Awaitable[None]]


class Repeated:
    """Work that is done whenever it is due, and anew where that is said while it is done: it may be past what is new.

    It is a task of its own, so that the clock's end does not cut it off. What fails is left to the next time.
    """

    def __init__(self, services: Services, *chores: Chore) -> None:
        self._services = services
        self._chores = chores
        self._task: asyncio.Task[None] | None = None
        self._due = False

    def due(self) -> None:
        """Begin, or begin anew."""
        self._due = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())

    async def end(self, seconds: float) -> None:
        """Wait so long, then cut it off."""
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=seconds)
            await _cancelled(self._task)

    async def _work(self) -> None:
        while self._due:
            self._due = False
            for chore in self._chores:
                name = f"tick {chore.__name__}"
                try:
                    await chore()
                    self._services.outages.succeeded(name)
                except Unavailable as problem:
                    self._services.outages.failed(name, problem, self._services.clock())
                    break  # the others need the database, too
                except Exception as error:  # noqa: BLE001 - one bad row cannot stop the clock
                    log.error("a tick failed: %s", described(error))  # noqa: TRY400 - the words may name people


class RunningBot:
    """The `bot.conversation.channel.Host` of its channels.

    Once a tick `deliver` sends what is due, and beside it `fetch` brings and reads files, which may take longer;
    `nightly` sees to the copy of the night, every half a minute; by `new_key` a key is taken up that was added.
    """

    def __init__(
        self,
        services: Services,
        deliver: Deliver,
        fetch: Deliver | None = None,
        nightly: Chore | None = None,
        new_key: NewKey | None = None,
    ) -> None:
        self._services = services
        self._deliver = deliver
        self._fetch = fetch
        self._nightly = nightly
        self._new_key = new_key
        self._running: dict[str, RunningChannel] = {}
        self._channels = Channels(services.keys, [])
        self._ticking = Repeated(
            services,
            self._same_database,
            self._redraw,
            self._deliver_due,
            self._keep_in_step,
            self._look_for_key,
            self._ticked,
        )
        self._fetching = Repeated(services, self._fetch_due)
        self._loading: asyncio.Task[None] | None = None
        self._copying: asyncio.Task[None] | None = None
        self._over: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()
        self._leaving: asyncio.TimerHandle | None = None

    async def run(self, running: Sequence[RunningChannel], ready: Callable[[], None] | None) -> None:
        """Live until the channels have been told to stop; `ready` is called once the last of them receives.

        Raises Unavailable if another database has come in the place of the one that it began with, and KeyAdded where
        it is to begin anew with a key that was added.
        """
        self._running = {one.channel.name: one for one in running}
        self._channels = Channels(self._services.keys, [one.channel for one in running])
        await self._services.database.require_same()
        await self._draw_again(timedelta(0))
        scheduler = AsyncIOScheduler(timezone="UTC")
        every = self._services.settings.schedule.tick.total_seconds()
        scheduler.add_job(self.due, "interval", seconds=every, max_instances=1, coalesce=True)
        scheduler.add_job(self._keep, "interval", days=1, max_instances=1, coalesce=True)
        if self._nightly is not None:
            scheduler.add_job(self._copy, "interval", seconds=_NIGHT_SECONDS, max_instances=1, coalesce=True)
        scheduler.start()
        await self._keep()
        await self.due()
        try:
            await self._receive(ready)
        finally:
            scheduler.shutdown(wait=False)
            if self._leaving is not None:
                self._leaving.cancel()
            await self._end()

    async def _end(self) -> None:
        """Take nothing new, commit what was accepted, show what can be shown in time; the rest is drawn at start."""
        running = self._running.values()
        for one in running:
            one.stop_sending()
        await asyncio.gather(*(one.stop_receiving() for one in running))
        # cut off, nobody would know whether what is being delivered arrived; a file is there the next time, too
        await asyncio.gather(
            *(one.finish() for one in running), self._ticking.end(_LAST_TICK_SECONDS), self._fetching.end(0)
        )
        await _cancelled(self._loading)
        await _cancelled(self._copying)
        await asyncio.gather(*(one.close() for one in running))

    async def _receive(self, ready: Callable[[], None] | None) -> None:
        """Take what comes in by every channel; where one cannot, none does."""
        waited = set(self._running)

        def received(name: str) -> None:
            waited.discard(name)
            if not waited and ready is not None:
                ready()

        receiving = [asyncio.create_task(one.receive(partial(received, name))) for name, one in self._running.items()]
        all_of_them = asyncio.gather(*receiving)
        ends: set[asyncio.Future[Any]] = {all_of_them, self._over}
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            if not all_of_them.done():
                raise self._over.result()
            await all_of_them
        finally:
            for task in receiving:
                await _cancelled(task)
            await asyncio.gather(all_of_them, return_exceptions=True)  # nobody else asks how it ended

    async def due(self) -> None:
        """Start a tick, or have the one at work begin anew."""
        self._ticking.due()
        self._fetching.due()

    def soon(self) -> None:
        """While a coordinator chooses a report, the process that will make it starts."""
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._load())

    async def show(self, handled: Handled) -> None:
        """What came in by another channel than that of its chat: the chat shows it, too."""
        await self._channels.show_in_order(handled)

    async def _load(self) -> None:
        try:
            await requests.get_ready(self._services)
        except Interrupted:
            pass  # the bot ends, or the next job gets a new process
        except Exception as error:  # noqa: BLE001 - the report itself will find out
            log.error("the reports did not get ready: %s", described(error))  # noqa: TRY400 - one line is enough

    async def _ticked(self) -> None:
        self._services.activity.ticked_at = self._services.clock()

    async def _same_database(self) -> None:
        """Where another database has come in its place, the bot ends: its next start looks at what is there."""
        try:
            await self._services.database.require_same()
        except Unavailable as problem:
            if problem.trouble is Trouble.OTHER:
                self._is_over(problem)
            raise

    def _is_over(self, why: Exception) -> None:
        if not self._over.done():
            self._over.set_result(why)

    async def _look_for_key(self) -> None:
        """Where a key was added, the bot begins anew in a while."""
        if self._new_key is None or self._leaving is not None:
            return
        seconds = await self._new_key.seconds(self._services)
        if seconds is not None:
            self._leaving = asyncio.get_running_loop().call_later(seconds, self._is_over, KeyAdded())

    async def _redraw(self) -> None:
        await self._draw_again(_SHOWING_TAKES)

    async def _deliver_due(self) -> None:
        await self._deliver(self._services, self._channels)

    async def _fetch_due(self) -> None:
        if self._fetch is not None:
            await self._fetch(self._services, self._channels)

    async def _keep_in_step(self) -> None:
        for one in self._running.values():
            await one.keep_in_step()

    async def _draw_again(self, waited: timedelta) -> None:
        now = self._services.clock()
        behind = await self._services.database.write(
            partial(redraw, services=self._services, now=now, before=now - waited, limit=_REDRAWN_AT_ONCE)
        )
        if any(handled.forgotten for handled in behind):
            await self._services.database.scrub()
        for handled in behind:
            channel = self._channels.of(handled.chat)
            if channel is not None:
                self._running[channel.name].show_again(handled)

    async def _keep(self) -> None:
        try:
            await keep(self._services)
        except Exception as error:  # noqa: BLE001 - tomorrow again
            log.error("what is old was not forgotten: %s", described(error))  # noqa: TRY400 - the words may name people

    async def _copy(self) -> None:
        """A task of its own, which ends before the database is closed."""
        if self._nightly is not None and (self._copying is None or self._copying.done()):
            self._copying = asyncio.ensure_future(self._nightly())

    async def unreachable(self, chat: bytes) -> None:
        """Nothing more can be sent to a chat: whoever is there has blocked the bot or is gone."""
        try:
            await self._services.database.write(partial(_give_up, chat=chat, now=self._services.clock()))
        except Exception as error:  # noqa: BLE001 - the next message finds it out again
            log.error("a blocked chat was not noted: %s", described(error))  # noqa: TRY400 - the words may name people


async def _cancelled(task: asyncio.Task[None] | None) -> None:
    """The task has ended."""
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _give_up(connection: Connection, chat: bytes, now: datetime) -> None:
    """The person cannot be reached, and nothing waits to be shown."""
    participants.set_reachable(connection, chat, now)
    chats.give_up(connection, chat)
