"""The daily round: what is not needed any more is forgotten, as the settings say. Knows no channel."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
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
    forgotten, by = 0, _now(services)
    rules: tuple[Rule, ...] = RULES
    while rules:
        rules, count = await services.database.write(partial(_forget_some, services=services, rules=rules, by=by))
        forgotten += count
    if forgotten:
        await services.database.scrub()


def _forget_some(
    connection: Connection, services: Services, rules: tuple[Rule, ...], by: Bounds
) -> tuple[tuple[Rule, ...], int]:
    """Forget a batch by the first rule that finds anything; gives the rules that are still to be asked, and how many.

    Most find nothing, and so none of them needs a commit of its own.
    """
    for place, rule in enumerate(rules):
        if count := rule.forget(connection, services.keys, by, BATCH):
            return rules[place:], count
    return (), 0


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
