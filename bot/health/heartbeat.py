"""Tells operators in their chat when something needs a person, once, and once more when it is over.

What was told stands in the database (`storage.alerts`); while that takes nothing, in memory.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.conversation.channel import Outgoing
from bot.conversation.outcomes import Delivered
from bot.conversation.screens import Screen
from bot.health.facts import AlertKind, HealthReport
from bot.runtime.services import Services
from bot.texts import operators as texts
from storage import alerts, operators
from storage.alerts import LASTS, News
from storage.engine.errors import Unavailable

log = logging.getLogger(__name__)

UNTELLABLE = frozenset({AlertKind.STOPPED, AlertKind.TELEGRAM})  # nothing can be sent while they are so


class Heartbeat:
    """One running process's word to the operators."""

    def __init__(self, services: Services, channels: Outgoing) -> None:
        self._services = services
        self._channels = channels
        self._chats: tuple[bytes, ...] = ()  # as they were when the database last said
        self._out_since: datetime | None = None  # since when the database takes nothing
        self._unwritten: list[News] = []  # told, and not written down yet

    async def told(self, report: HealthReport) -> None:
        """Tell what of it is news."""
        kinds = {alert.kind.value for alert in report.alerts} - UNTELLABLE
        try:
            self._chats, known = await self._services.database.read(_known)
            if not self._chats or not (kinds or known):
                return
            news = await self._services.database.write(partial(self._note, kinds=kinds, now=report.facts.at))
        except Unavailable:
            await self._tell_of_outage(report.facts.at)
            return
        self._out_since = None
        self._unwritten.clear()
        for one in news:
            if await self._tell(one):
                await self._services.database.write(partial(alerts.told, news=one, now=self._services.clock()))

    def _note(self, connection: Connection, kinds: set[str], now: datetime) -> list[News]:
        for one in self._unwritten:
            alerts.told(connection, one, now)
        return alerts.note(connection, kinds, now)

    async def _tell_of_outage(self, now: datetime) -> None:
        """The database cannot say whether this was told; this process knows for itself."""
        self._out_since = self._out_since or now
        outage = News(AlertKind.DATABASE, over=False)
        if outage not in self._unwritten and now - self._out_since >= LASTS and await self._tell(outage):
            self._unwritten.append(outage)

    async def _tell(self, news: News) -> bool:
        """Send it to everybody; whether it has reached anybody."""
        screen = Screen(texts.over(news.kind) if news.over else texts.needed(news.kind))
        outcomes = await asyncio.gather(*(self._channels.send(chat, screen) for chat in self._chats))
        log.warning("operators are told: %s %s", news.kind, "is over" if news.over else "needs a person")
        return any(isinstance(outcome, Delivered) for outcome in outcomes)


def _known(connection: Connection) -> tuple[tuple[bytes, ...], frozenset[str]]:
    return operators.chats(connection), alerts.standing(connection)
