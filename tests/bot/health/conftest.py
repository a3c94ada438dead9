"""A village whose bot tells how it is, and somebody who asks it over HTTP."""

import re
from contextlib import asynccontextmanager

import aiohttp
import pytest
from plugins.village import run_village


class Asking:
    """What the port answers."""

    def __init__(self, address):
        self.address = address

    async def get(self, path):
        async with aiohttp.ClientSession() as session, session.get(self.address + path) as response:
            return response.status, await response.text()

    async def figures(self):
        """The figures by their name with labels."""
        status, text = await self.get("/metrics")
        assert status == 200
        lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in lines}


@pytest.fixture
def asked(caplog):
    """`async with asked(url, folder) as (village, asking)`."""

    @asynccontextmanager
    async def asked(url, folder, **given):
        caplog.set_level("INFO", logger="bot")
        health = {"port": 0, **given.pop("health", {})}
        async with run_village(url, folder, health=health, **given) as village:
            yield village, Asking(re.search(r"how the bot is: (http://\S+)/readyz", caplog.text)[1])

    return asked
