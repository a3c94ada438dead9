"""The bot over a file that takes all the time there is: it answers others, and it ends when it is told to."""

import asyncio
import sys

import pytest
from plugins import bombs
from sqlalchemy import select

from bot.texts import rosters as texts
from storage import access_links
from storage.schema import Role, attachment
from tests.plugins.processes import Nursery, children, gone, run_town

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")

BREZICE = "brezice-racunalnik"
PATIENCE = 90


async def reads(pid):
    """The process that reads files for the bot, once there is one."""
    async with asyncio.timeout(PATIENCE):
        while not (found := children(pid)):  # noqa: ASYNC110 - no event tells of another's children
            await asyncio.sleep(0.02)
    return found


async def test_while_a_bad_list_is_read_others_are_answered_and_sigterm_is_obeyed(sqlite_url, tmp_path):
    async with Nursery.running() as nursery, run_town(sqlite_url, tmp_path / "town", nursery) as town:
        life = await town.start()
        assert await life.receives()
        await town.cohort(BREZICE)
        token = await town.write(
            access_links.create_staff,
            keys=town.services.keys,
            role=Role.LIBRARIAN,
            library=town.programme(BREZICE).code,
            now=town.clock(),
            actor="operator",
        )
        librarian = town.simulator.person("Ana")
        await librarian.follows(town.link(token))
        await librarian.settles()
        await librarian.sends_document(bombs.endless_attribute(), "seznam.ods")
        [reader] = await reads(life.pid)
        stranger = town.simulator.person("Tujka")
        await stranger.says("/start")
        await stranger.waits(lambda: len(stranger.messages) > 1, PATIENCE)
        assert children(life.pid) == [reader]
        assert librarian.screen.text.endswith(texts.READING)
        life.terminate()
        assert await life.gone() == 0
        await gone(reader)
        assert await town.read(lambda c: c.execute(select(attachment.c.readings)).scalar_one()) == 0
        assert town.log_text() == ""
