"""The house: settings, database, programmes, keys and clock, built once and passed by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Connection

from bot.config import ConfigurationError, Settings
from bot.workshop import Workshop
from storage import definitions
from storage.database import Database
from storage.keys import Keys, load_keys
from storage.migrate import require_current
from storage.rotation import rotate
from surveys.load import Loaded, load, shipped
from surveys.model import Programme
from surveys.plan import Rhythm


def wall_clock() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """What every part of the application works with. Nothing in it changes while the bot runs."""

    settings: Settings
    database: Database
    programmes: Mapping[str, Programme]
    keys: Keys
    rhythm: Rhythm
    username: str  # of the bot on Telegram, for links; "" where Telegram was not asked yet
    clock: Callable[[], datetime] = wall_clock
    demo: bool = False  # the answers are made up, and every report says so
    workshop: Workshop | None = None  # where a running bot has reports made; commands make them themselves


async def open_house(settings: Settings, *, clock: Callable[[], datetime] = wall_clock) -> House:
    """The house of these settings, without asking Telegram anything; `database.close` is the caller's.

    Raises ConfigurationError for broken questionnaires, StorageError for keys or a database that cannot be used.
    """
    house = await asyncio.to_thread(_built, settings, clock)
    await house.database.write(partial(_move_in, house))
    return house


def open_house_now(settings: Settings, *, clock: Callable[[], datetime] = wall_clock) -> House:
    """`open_house` for commands that run without an event loop: its database is used by `read_now` and `write_now`."""
    house = _built(settings, clock)
    house.database.write_now(partial(_move_in, house))
    return house


def load_programmes(settings: Settings) -> Loaded:
    """The programmes that are configured, with every problem in them."""
    return load([*([shipped()] if settings.surveys.shipped else []), *settings.surveys.directories])


def _built(settings: Settings, clock: Callable[[], datetime]) -> House:
    loaded = load_programmes(settings)
    if loaded.problems:
        raise ConfigurationError(loaded.problems)
    keys = load_keys(settings.keys.file)
    require_current(settings.database.url)
    return House(
        settings=settings,
        database=Database.open(settings.database.url),
        programmes=loaded.programmes,
        keys=keys,
        rhythm=settings.schedule.rhythm(),
        username=settings.telegram.username,
        clock=clock,
    )


def _move_in(house: House, connection: Connection) -> None:
    """The keys belong to the database, the newest seals all of it, and the database knows the programmes."""
    rotate(connection, house.keys)
    definitions.sync(connection, house.programmes.values(), house.clock())
