"""Reports are made beside a running bot: it never loads what they need, and what makes them never outlives it."""

import asyncio
import sys
from pathlib import Path

import pytest

from storage import access_links
from storage.schema import Role
from tests.plugins.at_the_desk import say, tap
from tests.plugins.processes import Nursery, children, gone, run_town

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")

BREZICE = "brezice-racunalnik"
HEAVY = ("pandas", "numpy", "typst")
PATIENCE = 120


def loaded(pid):
    """Which of the heavy libraries a process has in its memory."""
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    return [name for name in HEAVY if f"/site-packages/{name}" in maps]


async def chooses_a_report(town):
    """A coordinator joins and has before them in which form the impact may come."""
    code = town.programme(BREZICE).code
    token = await town.write(
        access_links.create_staff,
        keys=town.services.keys,
        role=Role.COORDINATOR,
        library=code,
        now=town.clock(),
        actor="operator",
    )
    coordinator = town.simulator.person("Breda")
    await coordinator.follows(town.link(token))
    await coordinator.settles()
    await say(coordinator, "/ucinek")
    await tap(coordinator, "Učinek programa")
    return coordinator


async def gets_it(coordinator):
    await coordinator.taps("PDF")
    await coordinator.waits(lambda: any(one.media is not None for one in coordinator.messages), PATIENCE)


async def loads(pid):
    """Until a process has loaded everything heavy."""
    async with asyncio.timeout(PATIENCE):
        while loaded(pid) != list(HEAVY):  # noqa: ASYNC110 - no event tells what another process has loaded
            await asyncio.sleep(0.02)


async def test_the_bot_stays_light_and_what_makes_reports_dies_with_it(database_url, tmp_path):
    async with Nursery.running() as nursery, run_town(database_url, tmp_path / "town", nursery) as town:
        life = await town.start()
        assert await life.receives()
        coordinator = await chooses_a_report(town)
        [worker_process] = children(life.pid)
        await loads(worker_process)  # while the coordinator chooses
        await gets_it(coordinator)
        assert loaded(life.pid) == []
        assert children(life.pid) == [worker_process]
        life.kill()
        await life.gone()
        await gone(worker_process)
        assert town.log_text() == ""
