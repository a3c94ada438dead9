"""Processes of the bot for tests in which things go wrong."""

import pytest

from tests.plugins.processes import Nursery, run_town


@pytest.fixture
async def nursery():
    async with Nursery.running() as running:
        yield running


@pytest.fixture
async def town(database_url, tmp_path, nursery):
    async with run_town(database_url, tmp_path / "town", nursery) as running:
        yield running
