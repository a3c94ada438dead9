"""A life of the bot: everything of `bot.app.serve`, in virtual time, until it is told to end or dies."""

import asyncio
from dataclasses import replace
from functools import partial

from bot.app import serve
from bot.delivery import tick
from bot.delivery.file_downloads import fetch_due
from bot.participant import localised
from bot.runtime.activity import Activity
from bot.runtime.outages import Outages
from bot.runtime.services import acquainted
from bot.telegram.limiter import Limiter
from storage.engine.database import Database
from storage.engine.errors import Unavailable
from tests.simulation.deaths import Mortality, here
from tests.simulation.doors import Doors


class Life:
    """One process of the bot, as far as the database and Telegram can tell."""

    def __init__(self, world, point="", number=0):
        self.mortality = Mortality(point, number)
        localised._localised.clear()  # a new process has put nothing into another language yet
        self.tasks, self.jobs, self.webhook = set(), [], None
        self.telegram, self.watch = world.telegram, world.watch
        self._world, self._stop, self._ready = world, asyncio.Event(), asyncio.Event()
        self._root = self._within(self._live)

    @property
    def over(self):
        return self._root.done() or self.mortality.over

    def _within(self, function):
        """A task of this life."""
        token = here.set(self)
        try:
            return asyncio.get_running_loop().create_task(function())
        finally:
            here.reset(token)

    async def _live(self):
        engines = self._world.engines
        database = Database(engines.address, Doors(engines, self, self._world.troubles))
        time = asyncio.get_running_loop().time
        activity, outages = Activity(time), Outages(time)
        services = replace(self._world.services, database=database, activity=activity, outages=outages)
        try:
            services = await acquainted(services)
            limiter = Limiter(clock=time, shared=self._world.shared_rate())
            await serve(services, self._stop, deliver=tick, fetch=fetch_due, ready=self._ready.set, limiter=limiter)
        except Exception as problem:  # noqa: BLE001 - whatever ends a process that nobody told to
            at_start = isinstance(problem, Unavailable) and not self._ready.is_set()  # told in a sentence; begun anew
            if not (self.mortality.over or at_start):
                self.watch.breaks("the process lives", repr(problem))

    async def is_ready(self):
        """Until it takes updates, or is over."""
        ready = asyncio.ensure_future(self._ready.wait())
        ended = asyncio.ensure_future(self.mortality.ended.wait())
        await asyncio.wait({ready, ended, self._root}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        ended.cancel()

    def ticks(self, job=0):
        """Its clock strikes: what is due, and once a day (1) what is old."""
        if not self.over and len(self.jobs) > job:
            self._within(self.jobs[job])

    async def is_given(self, request):
        """What the webhook answers; 0 where it dies over it."""
        answering = self._within(partial(self.webhook, request))
        await asyncio.wait({answering})
        return 0 if answering.cancelled() or answering.exception() is not None else answering.result()

    async def dies(self):
        """As by SIGKILL; what it was doing is not done."""
        self.mortality.ends()
        await self._is_gone()

    async def ends(self):
        """As an operator ends it."""
        self._stop.set()
        await asyncio.wait(
            {self._root, asyncio.ensure_future(self.mortality.ended.wait())},
            timeout=30,
            return_when=asyncio.FIRST_COMPLETED,
        )
        await self.dies()

    async def _is_gone(self):
        while self.tasks:
            tasks = list(self.tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
