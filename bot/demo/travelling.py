"""Time travel: the village clock goes ahead, and everything that is due on the way happens at its own hour."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.delivery import tick
from bot.demo.clock import VillageClock
from bot.demo.villagers import live
from bot.edge import Edge
from bot.house import House
from bot.simulator.phone import Step
from reports.slovenian import counted
from storage import deliveries

log = logging.getLogger(__name__)

FARTHEST = timedelta(days=400)
PAUSE_SECONDS = 0.3
IDLE = 3  # ticks in one place that change nothing, after which the rows are left for later
DAYS = ("ponedeljek", "torek", "sreda", "četrtek", "petek", "sobota", "nedelja")


class Traveller:
    """Moves the clock of the demo, and delivers for the bot: the two never happen at the same time."""

    def __init__(self, clock: VillageClock, last_villager: int, arrived: Callable[[], int]) -> None:
        self.last_villager = last_villager
        self._clock = clock
        self._arrived = arrived  # how many messages have come to the phones on the table
        self._lived_until = clock.now()
        self._edge: asyncio.Future[tuple[House, Edge]] = asyncio.get_running_loop().create_future()
        self._one_at_a_time = asyncio.Lock()

    @property
    def scale(self) -> float:
        """Seconds of the village in one second of ours."""
        return self._clock.scale

    def now(self) -> datetime:
        """The time in the village."""
        return self._clock.now()

    async def deliver(self, house: House, edge: Edge) -> int:
        """What the running bot does once a tick."""
        if not self._edge.done():
            self._edge.set_result((house, edge))
        async with self._one_at_a_time:
            return await self._live_and_tick(house, edge)

    async def travel(self, step: Step) -> str:
        """A day, a week, or to the next message on one of the phones; gives a sentence about it."""
        house, edge = await self._edge
        async with self._one_at_a_time:
            before, start = self._arrived(), self._clock.now()
            if step == "next":
                await self._go(house, edge, start + FARTHEST, lambda: self._arrived() > before)
            else:
                await self._go(house, edge, self._later(house, start, 7 if step == "week" else 1), lambda: False)
            return self._words(house, self._arrived() - before)

    def _later(self, house: House, start: datetime, days: int) -> datetime:
        """The same hour on the wall so many days later."""
        local = start.astimezone(house.rhythm.zone)
        return datetime.combine(local.date() + timedelta(days=days), local.time(), house.rhythm.zone).astimezone(UTC)

    async def _go(self, house: House, edge: Edge, until: datetime, enough: Callable[[], bool]) -> None:
        """From one due row to the next, each at its own moment; what is due now, and plans, come first."""
        await self._live_and_tick(house, edge)
        idle = 0
        while not enough():
            due = await house.database.read(deliveries.next_due)
            if due is None or due > until or idle >= IDLE:
                break
            before = self._clock.now()
            self._clock.move_to(due)
            done = await self._live_and_tick(house, edge)
            idle = 0 if done or due > before else idle + 1
        if not enough():
            self._clock.move_to(until)
            await self._live_and_tick(house, edge)

    async def _live_and_tick(self, house: House, edge: Edge) -> int:
        now = self._clock.now()
        lives = partial(
            live,
            keys=house.keys,
            programmes=house.programmes,
            last=self.last_villager,
            before=self._lived_until,
            now=now,
        )
        await house.database.write(lives)
        self._lived_until = now
        return await tick(house, edge)

    def _words(self, house: House, messages: int) -> str:
        local = self._clock.now().astimezone(house.rhythm.zone)
        day = f"{DAYS[local.weekday()]}, {local.day}.\u00a0{local.month}.\u00a0{local.year}"
        news = counted(messages, "novo sporočilo", "novi sporočili", "nova sporočila", "novih sporočil")
        return f"Zdaj je {day}. {f'Na telefonih: {news}.' if messages else 'Novih sporočil ni.'}"


async def every(seconds: float, work: Callable[[], Awaitable[None]], wake: asyncio.Event) -> None:
    """Do the work whenever somebody wakes it, and at least this often; one failure does not end it."""
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):  # unlike wait_for, it never swallows the end of the task
                await wake.wait()
        wake.clear()
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the next time may do
            log.error("the demo could not do its chores: %s", type(error).__name__)  # noqa: TRY400 - no words of people
        await asyncio.sleep(PAUSE_SECONDS)
