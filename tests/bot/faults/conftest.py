"""Processes of the bot for tests in which things go wrong."""

import pytest

from tests.bot.faults.journeys import steady_town
from tests.plugins.processes import Nursery


@pytest.fixture
async def nursery():
    async with Nursery.running() as running:
        yield running


@pytest.fixture
async def steady(sqlite_url, tmp_path, nursery):
    async with steady_town(sqlite_url, tmp_path / "town", nursery) as steady:
        yield steady
