"""Processes of the bot for tests in which things go wrong."""

import pytest

from tests.bot.faults.journeys import Steady
from tests.plugins.processes import Nursery, run_town


@pytest.fixture
async def nursery():
    async with Nursery.running() as running:
        yield running


@pytest.fixture
async def steady(sqlite_url, tmp_path, nursery):
    """A town with one process, which lives."""
    async with run_town(sqlite_url, tmp_path / "town", nursery) as town:
        life = await town.start()
        yield Steady(town)
        assert not life.over
        life.terminate()
        assert await life.gone() == 0
