"""PostgreSQL goes away under a running bot, a process of its own: what happens meanwhile is stored and sent once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import make_url

from tests.bot.faults.journeys import LEASE_AND_MORE, Participant, opening, steady_town, told, written
from tests.plugins.processes import BOT

pytestmark = pytest.mark.slow
SLUG = "brezice-racunalnik"
NOTICED = "the database takes nothing"


class Server:
    """The database of the bot, as whoever runs PostgreSQL may take it away."""

    def __init__(self, cluster, url):
        self._cluster, self._name = cluster, make_url(url).database

    def goes(self):
        """The bot's connections end, and there are no new ones."""
        self._cluster.run(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS false")
        self._cluster.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{self._name}' AND application_name = '{BOT}'"
        )

    def returns(self):
        self._cluster.run(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS true")


class Impatient(Participant):
    """Whoever taps while the database of `server` is away. Nothing is read then: this process has lines to it, too."""

    server, typing = None, 0

    async def taps(self, label):
        if self.server is None:
            await super().taps(label)
            return
        self.server.goes()
        await self.person.taps(label, again=True, new_query_id=True)
        await self.bot.until(self.is_told)
        await asyncio.sleep(1)  # it is tried again meanwhile
        self.server.returns()
        await self.bot.until(self.sees)

    async def is_told(self):
        return told(self.person) > 0


@pytest.fixture
def server(postgresql_cluster, postgresql_url):
    return Server(postgresql_cluster, postgresql_url)


@pytest.fixture
async def steady(postgresql_url, tmp_path, nursery):
    async with steady_town(postgresql_url, tmp_path / "town", nursery) as steady:
        yield steady


async def joined(steady, people):
    """So many people of one group, each before the first question."""
    programme = steady.town.programme(SLUG)
    cohort = await steady.town.cohort(SLUG)
    found = [Impatient(steady, steady.town.simulator.person(f"Oseba {n}"), programme) for n in range(people)]
    for who in found:
        await who.joins(cohort)
    return found


async def test_an_answer_that_is_given_meanwhile_is_stored_once(steady, server):
    (who,) = await joined(steady, 1)
    await who.answers("before", moves=1)
    who.server = server
    await who.answers("before", moves=1)
    who.server = None
    assert told(who.person) == 1
    await who.answers("before")


async def test_what_falls_due_meanwhile_is_sent_once(steady, server):
    town, people = steady.town, await joined(steady, 4)
    opens = await opening(town, "after")
    await steady.travels(opens - timedelta(minutes=1))
    before = {who: (len(who.unasked()), *await written(who)) for who in people}

    async def one_has_come():
        return any(len(who.unasked()) > before[who][0] for who in people)

    async def is_noticed():
        return NOTICED in town.log_text()

    town.clock.now = opens
    await steady.until(one_has_come)
    server.goes()
    await steady.until(is_noticed)
    server.returns()
    town.clock.now += LEASE_AND_MORE
    await steady.until(steady.nothing_is_due)
    for who, (had, sent_before, uncertain_before) in before.items():
        sent, uncertain = await written(who)
        sent, uncertain = sent - sent_before, uncertain - uncertain_before
        assert sent + uncertain == 1
        assert sent <= len(who.unasked()) - had <= 1
