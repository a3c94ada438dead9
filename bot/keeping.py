"""The daily round: what is not needed any more is forgotten, as the settings say. Knows no Telegram."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.house import House
from storage import retention, updates

_KEEP_MARKS = timedelta(days=8)  # Telegram forgets an update long before


async def keep(house: House) -> None:
    """Forget marks of old updates, links to people, chats of nobody, and codes, each in its time."""
    forgotten = await house.database.write(partial(_forget, house=house, now=house.clock()))
    if forgotten:
        await house.database.scrub()


def _forget(connection: Connection, house: House, now: datetime) -> int:
    """How many people or chats were forgotten."""
    privacy = house.settings.privacy
    updates.forget_handled(connection, now - _KEEP_MARKS)
    today = now.astimezone(house.rhythm.zone).date()
    return (
        retention.unlink(connection, now - privacy.unlink_after, now)
        + retention.forget_chats(connection, now - privacy.unlink_after)
        + retention.anonymise(connection, today - privacy.anonymise_after, now)
    )
