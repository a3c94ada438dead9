"""Fixtures for tests that talk to the stand-in Bot API server: `simulator` and `specification`."""

import os
from pathlib import Path

import pytest

from bot.simulator.server import Simulator
from tests.plugins.bot_api_specification import BotApiSpecification

SPECIFICATION = "BOT_API_SPEC"


@pytest.fixture
async def simulator():
    """A fresh stand-in; the test fails if the bot calls what Telegram does not know, unless it clears the record."""
    async with Simulator.running() as running:
        yield running
        assert [request.method for request in running.unknown] == []
        assert running.problems == []


@pytest.fixture(scope="session")
def specification():
    """The machine-readable Bot API, which is no part of the project: `specification.problems(simulator)`."""
    path = os.environ.get(SPECIFICATION)
    if not path:
        pytest.skip(f"{SPECIFICATION} does not name the machine-readable Bot API")
    return BotApiSpecification.read(Path(path))
