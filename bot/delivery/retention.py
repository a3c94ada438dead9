"""The daily round: what is not needed any more is forgotten, as the settings say. Knows no channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.runtime.services import Services
from bot.runtime.settings import Privacy, Settings
from storage import retention
from storage.retention import BATCH, RULES, Bounds, Rule, Standing
from storage.secrets.keys import Keys

_KEEP_MARKS = timedelta(days=8)  # no channel brings anything again after so long
_KEEP_UNDO = timedelta(days=1)  # so that the card on the screen can be drawn again
_KEEP_FILES = timedelta(days=1)
_KEEP_GUESSES = timedelta(days=30)
_MISSED = timedelta(hours=36)  # what was due then, and is still there, a round should have taken


async def keep(services: Services) -> None:
    """Forget everything whose time is over; afterwards nothing of it stays in the files of the database."""
    forgotten = 0
    by = _now(services)
    for rule in RULES:
        while count := await services.database.write(batch(services, rule, by)):
            forgotten += count
    if forgotten:
        await services.database.scrub()


def batch(services: Services, rule: Rule, by: Bounds) -> Callable[[Connection], int]:
    """A write unit that forgets some of what a rule says; it gives how many, 0 at the end."""
    return lambda connection: rule.forget(connection, services.keys, by, BATCH)


def standings(connection: Connection, services: Services) -> list[Standing]:
    """How many there are of everything that is kept for a time, and how many are to be forgotten by the next round."""
    return retention.standings(connection, services.keys, _now(services))


def overdue(connection: Connection, keys: Keys, settings: Settings, now: datetime) -> list[Standing]:
    """The same, but of what is due only what a round has missed: none where they come through."""
    by = bounds(settings.privacy, settings.schedule.timezone, now - _MISSED)
    return retention.standings(connection, keys, by)


def _now(services: Services) -> Bounds:
    return bounds(services.settings.privacy, services.policy.zone, services.clock())


def bounds(privacy: Privacy, zone: ZoneInfo, now: datetime) -> Bounds:
    """What is older than these is forgotten at this moment."""
    today = now.astimezone(zone).date()
    return Bounds(
        now=now,
        marks=now - _KEEP_MARKS,
        undo=now - _KEEP_UNDO,
        files=now - _KEEP_FILES,
        unlink=now - privacy.unlink_after,
        words=today - privacy.words_after,
        anonymise=today - privacy.anonymise_after,
        links=now - privacy.links_after,
        orders=now - privacy.orders_after,
        guesses=now - _KEEP_GUESSES,
        trail=now - privacy.trail_after,
    )
