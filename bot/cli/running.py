"""`run`: the bot, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import asyncio
import logging
from argparse import Namespace

from bot import app, delivery
from bot.cli.opening import create_database, settings_of
from bot.cli.problem import Problem
from bot.config import Settings
from bot.house import open_house

log = logging.getLogger(__name__)


def run(given: Namespace) -> int:
    """Run the bot; the exit status is 1 where it cannot be, with one sentence that says why."""
    settings = settings_of(given)
    if not settings.telegram.token:
        raise Problem("No token of the bot is configured: write it, or token_file, under [telegram].")
    _listen()
    made = create_database(settings)
    if made is not None:
        log.info("a new database is made, with version %s", made)
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
