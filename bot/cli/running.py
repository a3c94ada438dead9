"""`run`: the bot, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import asyncio
import logging
from argparse import Namespace

from bot import app, delivery
from bot.cli.opening import settings_of
from bot.cli.problem import Problem
from bot.config import Settings
from bot.house import open_house
from storage import migrate

log = logging.getLogger(__name__)


def run(given: Namespace) -> int:
    """Run the bot; the exit status is 1 where it cannot be, with one sentence that says why."""
    settings = settings_of(given)
    if not settings.telegram.token:
        raise Problem("No token of the bot is configured: write it, or token_file, under [telegram].")
    _listen()
    url = settings.database.url
    if migrate.status(url).current is None:
        log.info("the database is made, with version %s", migrate.upgrade(url).current)
    return asyncio.run(_run(settings))


async def _run(settings: Settings) -> int:
    house = await open_house(settings)
    try:
        return await app.run(house, delivery.tick)
    finally:
        await house.database.close()


def _listen() -> None:
    """Our own news and other libraries' warnings, on the standard error output."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    for name in ("bot", "storage", "reports"):
        logging.getLogger(name).setLevel(logging.INFO)
