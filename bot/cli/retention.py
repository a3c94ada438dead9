"""`retention`: what is kept for a time, and how much of it is to be forgotten now."""

from __future__ import annotations

import asyncio
from functools import partial

from bot.cli.cohort import NOT_YET
from bot.cli.opening import say, say_json, services_of, settings_of
from bot.cli.options import RetentionOptions
from bot.delivery import retention
from bot.runtime.services import open_services
from storage.retention import Standing


def show(given: RetentionOptions) -> None:
    """Say how it stands; with --yes first forget everything whose time is over, as the bot does every day."""
    if given.yes:
        asyncio.run(_forget(given))
    services = services_of(given)
    found = services.database.read_now(partial(retention.standings, services=services))
    if given.json:
        say_json([{"what": one.name, "kept": one.kept, "due": one.due} for one in found])
        return
    say(_table(found))
    if not given.yes and any(one.due for one in found):
        say(NOT_YET)


async def _forget(given: RetentionOptions) -> None:
    services = await open_services(settings_of(given))
    try:
        await retention.keep(services)
    finally:
        await services.database.close()


def _table(found: list[Standing]) -> str:
    wide = max(len(one.name) for one in found)
    lines = [f"{one.name:<{wide}}  {one.kept:>9}  {one.due:>9}" for one in found]
    return "\n".join([f"{'':<{wide}}  {'kept':>9}  {'due':>9}", *lines])
