"""A village whose bot tells how it is, and somebody who asks it over HTTP."""

import re
from contextlib import asynccontextmanager

import pytest
from plugins.asking import Asking
from plugins.village import run_village


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
