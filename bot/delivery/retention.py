"""The daily round: what is not needed any more is forgotten, as the settings say. Knows no channel."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.runtime.services import Services
from storage import handled_updates, retention

_KEEP_MARKS = timedelta(days=8)  # no channel brings anything again after so long


async def keep(services: Services) -> None:
    """Forget marks of old updates, links to people, chats of nobody, and codes, each in its time."""
    forgotten = await services.database.write(partial(_forget, services=services, now=services.clock()))
    if forgotten:
        await services.database.scrub()


def _forget(connection: Connection, services: Services, now: datetime) -> int:
    """How many people or chats were forgotten."""
    privacy = services.settings.privacy
    handled_updates.forget_handled(connection, now - _KEEP_MARKS)
    today = now.astimezone(services.policy.zone).date()
    return (
        retention.unlink(connection, now - privacy.unlink_after, now)
        + retention.forget_chats(connection, now - privacy.unlink_after)
        + retention.anonymise(connection, today - privacy.anonymise_after, now)
    )
