"""A whole village for journeys: the stand-in, a house with all programmes, the running bot, and a clock to move."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from bot.app import serve
from bot.conversation.channel import Channels
from bot.delivery import tick
from bot.running import Repeated
from bot.runtime.services import open_services
from bot.runtime.settings import Settings
from bot.simulator.server import Simulator
from bot.telegram.card_state import CardStates
from bot.telegram.edge import Edge
from bot.telegram.keyed_queue import KeyedQueue
from bot.telegram.limiter import Limiter, Rates
from bot.telegram.transport import TelegramBot
from bot.web.channel import WebChannel
from storage import access_links, cohorts, deliveries, enrolments, participants
from storage.schema import Role
from storage.secrets.keys import create_key_file

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Ljubljana
UNHURRIED = Rates(overall=1e5, overall_burst=1000, chat=1e5, chat_burst=1000)


class Clock:
    """The time in the village, for the bot and for its Telegram alike."""

    def __init__(self, now=START):
        self.now = now

    def __call__(self):
        return self.now


class BotAtHome:
    """The bot that runs in this event loop: what it works on is seen from its tasks."""

    _ANSWERS = frozenset({KeyedQueue._work.__qualname__})
    _WORKS = frozenset({Repeated._work.__qualname__})

    def answers(self):
        return self._any(self._ANSWERS)

    def works(self):
        return self._any(self._WORKS)

    async def rests(self):
        """Wait until no tick of its own is at work."""
        if ticks := self._tasks(self._WORKS):
            await asyncio.wait(ticks)

    def _any(self, names):
        return bool(self._tasks(names))

    def _tasks(self, names):
        return [task for task in asyncio.all_tasks() if task.get_coro().__qualname__ in names]


class Village:
    """What a journey needs: people, links, time travel."""

    def __init__(self, simulator, services, clock, edge):
        self.simulator, self.services, self.clock, self.edge = simulator, services, clock, edge

    def programme(self, slug):
        return self.services.programmes[slug]

    async def write(self, function, **arguments):
        return await self.services.database.write(partial(function, **arguments))

    async def cohort(self, slug, start=date(2026, 3, 2), end=date(2026, 5, 4), name="Pomlad", **more):
        return await self.write(
            cohorts.add,
            programme=self.programme(slug),
            name=name,
            start=start,
            end=end,
            now=self.clock(),
            actor="operator",
            **more,
        )

    def link(self, token):
        return f"https://t.me/{self.simulator.username}?start={token}"

    async def staff(self, role, library, name="Ana"):
        """Somebody who has joined as staff."""
        token = await self.write(
            access_links.create_staff,
            keys=self.services.keys,
            role=role,
            library=library,
            now=self.clock(),
            actor="operator",
        )
        person = self.simulator.person(name)
        await person.follows(self.link(token))
        await person.settles()
        return person

    async def librarian(self, slug):
        return await self.staff(Role.LIBRARIAN, self.programme(slug).code)

    async def coordinator(self, slug):
        return await self.staff(Role.COORDINATOR, self.programme(slug).code, "Breda")

    async def enrol(self, cohort, **more):
        return await self.write(
            enrolments.enrol,
            keys=self.services.keys,
            programme=self.programme(cohort.programme),
            cohort=cohort,
            now=self.clock(),
            actor="operator",
            **more,
        )

    async def ticks(self):
        """Deliver what is due, here and now: what the bot's own tick has claimed would not be found."""
        await self.simulator.bot.rests()
        await tick(self.services, self.edge)

    async def travel(self, moment):
        """Move the clock there, stopping wherever something is due on the way."""
        await self.ticks()
        while (due := await self.services.database.read(deliveries.next_due)) is not None and due <= moment:
            self.clock.now = max(self.clock.now, due)
            await self.ticks()
        self.clock.now = moment
        await self.ticks()

    async def wait(self, **lengths):
        await self.travel(self.clock.now + timedelta(**lengths))


@asynccontextmanager
async def run_village(
    url,
    folder,
    *,
    clock=None,
    strict_rate=False,
    deliver=tick,
    libraries=None,
    health=None,
    web=None,
    email=None,
    every="1h",
    cut_off=False,
    **telegram,
):
    """A running village on this migrated database; `web`: the section of its pages.

    `cut_off`: Telegram cannot be reached at the start, and nobody waits for the bot to receive.
    """
    clock = clock or Clock()
    key = folder / "village.key"
    if not key.exists():
        create_key_file(key)
    async with Simulator.running(clock=clock, strict_rate=strict_rate) as simulator:
        simulator.bot = BotAtHome()
        settings = Settings.model_validate(
            {
                "telegram": {
                    "token": simulator.token,
                    "base_url": simulator.base_url,
                    "username": simulator.username,
                    **telegram,
                },
                "database": {"url": url},
                "keys": {"file": str(key)},
                "schedule": {"tick": every},
                "libraries": libraries or {},
                "health": health or {"enabled": False},
                "web": web or {},
                "email": email or {},
            }
        )
        services = await open_services(settings, clock=clock)
        bot = TelegramBot(simulator.token, simulator.base_url, settings.telegram.file_url)
        await bot.open()
        edge = Edge(
            bot,
            services,
            Limiter(UNHURRIED),
            unreachable=lambda chat: services.database.write(
                partial(participants.set_reachable, chat=chat, since=clock())
            ),
            card_states=CardStates(services.database),
        )
        stop, ready = asyncio.Event(), asyncio.Event()
        if cut_off:
            await simulator.goes_down()
            ready.set()
        running = asyncio.create_task(
            serve(services, stop, deliver=deliver, ready=ready.set, limiter=Limiter(UNHURRIED))
        )
        try:
            await asyncio.wait({asyncio.ensure_future(ready.wait()), running}, return_when=asyncio.FIRST_COMPLETED)
            channels = Channels(services.keys, [edge, WebChannel(services)]) if web else edge
            village = Village(simulator, services, clock, channels)
            village.running = running
            yield village
            assert [request.method for request in simulator.unknown] == []
            assert simulator.problems == []
        finally:
            stop.set()
            await asyncio.wait({running})
            await edge.close()
            await bot.close_connections()
            await services.database.close()
            await running


@pytest.fixture
async def village(village_url, tmp_path):
    async with run_village(village_url, tmp_path) as running:
        yield running
