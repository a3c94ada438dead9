"""A whole village for journeys: the stand-in, a house with all programmes, the running bot, and a clock to move."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from bot.app import serve
from bot.config import Settings
from bot.delivery import tick
from bot.edge import Edge
from bot.house import open_house
from bot.ledger import Ledger
from bot.limiter import Limiter, Rates
from bot.simulator.server import Simulator
from bot.transport import TelegramBot
from storage import cohorts, deliveries, enrolments, invites, participants
from storage.keys import create_key_file
from storage.schema import Role

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Ljubljana
UNHURRIED = Rates(overall=1e5, overall_burst=1000, chat=1e5, chat_burst=1000)


class Clock:
    """The time in the village, for the bot and for its Telegram alike."""

    def __init__(self, now=START):
        self.now = now

    def __call__(self):
        return self.now


class Village:
    """What a journey needs: people, links, time travel."""

    def __init__(self, simulator, house, clock, edge):
        self.simulator, self.house, self.clock, self.edge = simulator, house, clock, edge

    def programme(self, slug):
        return self.house.programmes[slug]

    async def write(self, function, **arguments):
        return await self.house.database.write(partial(function, **arguments))

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
            invites.create_staff, keys=self.house.keys, role=role, library=library, now=self.clock(), actor="operator"
        )
        person = self.simulator.person(name)
        await person.follows(self.link(token))
        await person.settles()
        return person

    async def librarian(self, slug):
        return await self.staff(Role.LIBRARIAN, self.programme(slug).code)

    async def coordinator(self, slug):
        return await self.staff(Role.COORDINATOR, self.programme(slug).code, "Breda")

    async def enrol(self, cohort):
        return await self.write(
            enrolments.enrol,
            keys=self.house.keys,
            programme=self.programme(cohort.programme),
            cohort=cohort,
            now=self.clock(),
            actor="operator",
        )

    async def travel(self, moment):
        """Move the clock there, stopping wherever something is due on the way."""
        await tick(self.house, self.edge)
        while (due := await self.house.database.read(deliveries.next_due)) is not None and due <= moment:
            self.clock.now = max(self.clock.now, due)
            await tick(self.house, self.edge)
        self.clock.now = moment
        await tick(self.house, self.edge)

    async def wait(self, **lengths):
        await self.travel(self.clock.now + timedelta(**lengths))


@asynccontextmanager
async def run_village(url, folder, *, clock=None, strict_rate=False, deliver=tick, **telegram):
    """A running village on this migrated database."""
    clock = clock or Clock()
    key = folder / "village.key"
    if not key.exists():
        create_key_file(key)
    async with Simulator.running(clock=clock, strict_rate=strict_rate) as simulator:
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
                "schedule": {"tick": "1h"},
            }
        )
        house = await open_house(settings, clock=clock)
        bot = TelegramBot(simulator.token, simulator.base_url, settings.telegram.file_url)
        await bot.open()
        edge = Edge(
            bot,
            house,
            Limiter(UNHURRIED),
            unreachable=lambda chat: house.database.write(
                partial(participants.set_reachable, chat=chat, since=clock())
            ),
            ledger=Ledger(house.database),
        )
        stop, ready = asyncio.Event(), asyncio.Event()
        running = asyncio.create_task(serve(house, stop, deliver=deliver, ready=ready.set, limiter=Limiter(UNHURRIED)))
        try:
            await asyncio.wait({asyncio.ensure_future(ready.wait()), running}, return_when=asyncio.FIRST_COMPLETED)
            yield Village(simulator, house, clock, edge)
            assert [request.method for request in simulator.unknown] == []
            assert simulator.problems == []
        finally:
            stop.set()
            await running
            await edge.close()
            await bot.close_connections()
            await house.database.close()


@pytest.fixture
async def village(database_url, tmp_path):
    async with run_village(database_url, tmp_path) as running:
        yield running
