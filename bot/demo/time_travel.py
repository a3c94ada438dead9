"""Time travel: the village clock goes ahead, and everything that is due on the way happens at its own hour."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from calendar import monthrange
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.conversation.channel import Outgoing
from bot.delivery import tick
from bot.demo import guests
from bot.demo.clock import VillageClock
from bot.demo.synthetic_people import live
from bot.runtime.failures import described
from bot.runtime.services import Services
from bot.simulator.phone import Journey, Step
from storage import deliveries
from surveys.locale_sl import counted

log = logging.getLogger(__name__)

FARTHEST = timedelta(days=400)
PAUSE_SECONDS = 0.3
TRIES = 10  # to find the hour at which a questionnaire that was planned really comes
IDLE = 3  # ticks in one place that change nothing, after which the rows are left for later
NO_SURVEY = "Na teh telefonih ni osebe, ki bi čakala vprašalnik. Ura stoji."
DAYS = ("ponedeljek", "torek", "sreda", "četrtek", "petek", "sobota", "nedelja")


class Traveller:
    """Moves the clock of the demo, and delivers for the bot: the two never happen at the same time."""

    def __init__(self, clock: VillageClock, last_villager: int, arrived: Sequence[int]) -> None:
        self.last_villager = last_villager
        self._clock = clock
        self._arrived = arrived  # to which phones on the table messages have come, one after the other
        self._lived_until = clock.now()
        self._bot: asyncio.Future[tuple[Services, Outgoing]] = asyncio.get_running_loop().create_future()
        self._one_at_a_time = asyncio.Lock()

    @property
    def scale(self) -> float:
        """Seconds of the village in one second of ours."""
        return self._clock.scale

    def now(self) -> datetime:
        """The time in the village."""
        return self._clock.now()

    async def deliver(self, services: Services, channels: Outgoing) -> int:
        """What the running bot does once a tick."""
        if not self._bot.done():
            self._bot.set_result((services, channels))
        async with self._one_at_a_time:
            return await self._live_and_tick(services, channels)

    async def travel(self, step: Step) -> Journey:
        """A day, a week or a month, or to the next message or questionnaire on one of the phones."""
        services, channels = await self._bot
        async with self._one_at_a_time:
            before, start = len(self._arrived), self._clock.now()
            match step:
                case "next":
                    await self._go(services, channels, start + FARTHEST, lambda: len(self._arrived) > before)
                case "survey":
                    if not await self._go_to_survey(services, channels):
                        return Journey(NO_SURVEY)
                case _:
                    await self._go(services, channels, later(start, step, services.policy.zone), lambda: False)
            news = self._arrived[before:]
            return Journey(self._words(services, len(news)), tuple(dict.fromkeys(reversed(news)))[::-1])

    async def _go_to_survey(self, services: Services, channels: Outgoing) -> bool:
        """To where a questionnaire comes to somebody at the table, which may be later than planned; false: to none."""
        come = await services.database.read(partial(guests.surveys_come, last=self.last_villager))
        for tried in range(TRIES):
            planned = await services.database.read(partial(guests.next_survey, last=self.last_villager))
            if planned is None:
                return tried > 0
            await self._go(services, channels, planned, lambda: False)
            if await services.database.read(partial(guests.surveys_come, last=self.last_villager)) > come:
                break
        return True

    async def _go(self, services: Services, channels: Outgoing, until: datetime, enough: Callable[[], bool]) -> None:
        """From one due row to the next, each at its own moment; what is due now, and plans, come first."""
        await self._live_and_tick(services, channels)
        idle = 0
        while not enough():
            due = await services.database.read(deliveries.next_due)
            if due is None or due > until or idle >= IDLE:
                break
            before = self._clock.now()
            self._clock.move_to(due)
            done = await self._live_and_tick(services, channels)
            idle = 0 if done or due > before else idle + 1
        if not enough():
            self._clock.move_to(until)
            await self._live_and_tick(services, channels)

    async def _live_and_tick(self, services: Services, channels: Outgoing) -> int:
        now = self._clock.now()
        lives = partial(
            live,
            keys=services.keys,
            programmes=services.programmes,
            last=self.last_villager,
            before=self._lived_until,
            now=now,
        )
        await services.database.write(lives)
        self._lived_until = now
        return await tick(services, channels)

    def _words(self, services: Services, messages: int) -> str:
        local = self._clock.now().astimezone(services.policy.zone)
        day = f"{DAYS[local.weekday()]}, {local.day}.\u00a0{local.month}.\u00a0{local.year}"
        news = counted(messages, "novo sporočilo", "novi sporočili", "nova sporočila", "novih sporočil")
        return f"Zdaj je {day}. {f'Na telefonih: {news}.' if messages else 'Novih sporočil ni.'}"


def later(start: datetime, step: Step, zone: ZoneInfo) -> datetime:
    """The same hour on the wall a day, a week or a month later; of a shorter month, its last day."""
    local = start.astimezone(zone)
    day = local.date() + timedelta(days=1 if step == "day" else 7)
    if step == "month":
        year, month = local.year + local.month // 12, local.month % 12 + 1
        day = date(year, month, min(local.day, monthrange(year, month)[1]))
    return datetime.combine(day, local.time(), zone).astimezone(UTC)


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
            log.error("the demo could not do its chores: %s", described(error))  # noqa: TRY400 - no words of people
        await asyncio.sleep(PAUSE_SECONDS)
