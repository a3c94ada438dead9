"""The house: settings, database, programmes, keys and clock, built once and passed by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.config import Settings
from storage.database import Database
from storage.keys import Keys
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
    username: str  # of the bot on Telegram, for links
    clock: Callable[[], datetime] = wall_clock
