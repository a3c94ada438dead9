"""A key is added while the bot runs, a process of its own: it is taken up without a start, nobody is a stranger."""

import asyncio
import shutil
import signal
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from storage.engine.engines import read_url, transaction
from storage.schema import attachment, chat
from storage.secrets.keys import add_key, load_keys
from storage.secrets.rotation import sealed_by
from tests.bot.faults.everybody import BREZICE
from tests.bot.faults.journeys import Participant, Steady
from tests.plugins.processes import ROOT, configuration, free_port, run_town

pytestmark = pytest.mark.slow
PATIENCE = 90
MANY = 20_000  # rows, so that sealing them takes long enough to be killed in the middle


class Place:
    """A database, a key file, and a person who has joined by a bot that was there before."""

    def __init__(self, town, stack):
        self.town, self._stack = town, stack
        self.url, self.key = str(town.services.settings.database.url), Path(town.services.settings.keys.file)
        self.log = town.folder / "run.log"

    async def starts(self, key=None, **telegram):
        settings = self.town.services.settings
        if key is not None:
            settings = settings.model_copy(update={"keys": settings.keys.model_copy(update={"file": key})})
        config = self.town.folder / f"run{telegram.get('webhook_port', '')}.toml"
        config.write_text(configuration(settings, telegram))
        said = self._stack.enter_context(self.log.open("a"))
        running = self.told("the bot is running")
        command = (sys.executable, "-m", "bot", "run", "--config", config)
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=said)
        self._stack.push_async_callback(ends, process)
        await self.until(lambda: self.told("the bot is running") > running)
        return process

    def told(self, words):
        return self.log.read_text().count(words) if self.log.exists() else 0

    async def until(self, holds):
        async with asyncio.timeout(PATIENCE):
            while not holds():  # noqa: ASYNC110 - no event tells of what another process does
                await asyncio.sleep(0.02)

    async def joins(self):
        """Then nobody of the test works on the database any more."""
        today = self.town.clock.now.date()
        cohort = await self.town.cohort(BREZICE, start=today - timedelta(days=7), end=today + timedelta(days=60))
        who = Participant(Steady(self.town), self.town.simulator.person("Ana"), self.town.programme(BREZICE))
        await who.joins(cohort)
        await self.town.services.database.close()
        return who.person

    def read(self, function):
        with transaction(read_url(self.url), query_only=True) as connection:
            return function(connection)

    def sealed_by(self):
        return set(self.read(sealed_by))

    def chats(self):
        """Who writes, in the order in which they came."""
        keys = load_keys(self.key)
        return [keys.open_id(one) for one in self.read(lambda c: list(c.execute(select(chat.c.chat)).scalars()))]

    async def is_known(self, person, often=1):
        """Whoever has joined is asked on; a stranger would be told to find a link."""
        for _ in range(often):
            await person.says("/anketa")
            await person.settles()
            assert "Kako vam gre delo z računalnikom?" in person.screen.text


async def ends(process):
    """By itself, unless it was killed before."""
    if process.returncode is None:
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


@pytest.fixture
async def stack():
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def place(database_url, tmp_path, stack):
    town = await stack.enter_async_context(run_town(database_url, tmp_path / "town", None))
    town.clock.now = datetime.now(UTC)
    return Place(town, stack)


async def test_it_is_taken_up_by_itself_and_what_comes_meanwhile_is_answered(place):
    await place.starts()
    ana = await place.joins()
    await place.is_known(ana)
    add_key(place.key)
    await place.until(lambda: place.told("the bot begins anew"))
    await ana.says("/pomoc")
    await place.until(lambda: place.told("everything is sealed with key 2 now"))
    await ana.settles()
    assert place.sealed_by() == {2}
    await place.is_known(ana)
    assert place.chats() == [ana.id]
    place.key.write_text(place.key.read_text().replace("\n1 ", "\n# 1 "))
    await place.is_known(ana)
    assert load_keys(place.key).numbers == (2,)
    assert not any(words in place.log.read_text() for words in (" ERROR ", " CRITICAL ")), place.log.read_text()


async def test_killed_in_the_middle_nothing_has_changed_and_the_next_start_begins_anew(place):
    first = await place.starts()
    ana = await place.joins()
    keys = load_keys(place.key)
    with transaction(read_url(place.url)) as connection:
        now = place.town.clock.now
        due = {"received_at": now, "due_at": now + timedelta(days=9)}
        connection.execute(insert(attachment), [{"file_sealed": keys.seal_text(str(n)), **due} for n in range(MANY)])
    add_key(place.key)
    await place.until(lambda: place.told("everything is being sealed anew"))
    first.kill()
    assert await first.wait() == -signal.SIGKILL
    assert place.sealed_by() == {1}
    await place.starts()
    assert (place.sealed_by(), place.chats()) == ({2}, [ana.id])
    await place.is_known(ana)


async def test_a_key_that_does_not_fit_is_left_alone_and_told_once(place):
    await place.starts()
    ana = await place.joins()
    place.key.write_text(f"2 {'A' * 43}\n")
    await place.until(lambda: place.told("no key is taken up: The key file lacks key 1"))
    await asyncio.sleep(3)  # ticks
    await place.is_known(ana)
    assert (place.told("no key is taken up"), place.told("begins anew")) == (1, 0)


async def test_of_two_processes_none_seals_anew_before_the_other_knows_the_key(postgresql_url, tmp_path, stack):
    town = await stack.enter_async_context(run_town(postgresql_url, tmp_path / "town", None))
    town.clock.now = datetime.now(UTC)
    place, copy = Place(town, stack), tmp_path / "copy.key"
    shutil.copy(place.key, copy)
    ports = [free_port(), free_port()]
    addresses = [f"http://127.0.0.1:{port}/telegram" for port in ports]
    for port, key in zip(ports, (place.key, copy), strict=True):
        await place.starts(
            key, mode="webhook", webhook_url=addresses[0], webhook_port=port, webhook_secret="between-us"
        )
    town.simulator.webhook_targets = addresses
    town.simulator.courier.delay = lambda _failures: 0.02
    ana = await place.joins()
    add_key(place.key)
    await place.until(lambda: place.told("key 2 is not used yet"))
    await place.is_known(ana, often=4)  # by either
    assert place.sealed_by() == {1}
    shutil.copy(place.key, copy)
    await place.until(lambda: place.told("everything is sealed with key 2 now") == 2)
    await place.is_known(ana, often=4)
    assert (place.sealed_by(), place.chats()) == ({2}, [ana.id])
