"""Kiosks that nobody touches: who went away is forgotten, and at night a kiosk ends. Also what waits for its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.edge import Edge
from bot.house import House
from bot.librarian import kiosk
from bot.turns import Turn
from bot.visit import Visit
from storage import chats, deliveries
from storage.deliveries import Delivery

_PAUSE = timedelta(hours=1)
_GONE = timedelta(minutes=10)  # whoever has not answered for so long has left
_CLOSED = timedelta(hours=10)  # so long only at night


def put_off(connection: Connection, due: Delivery, chat: bytes, now: datetime) -> bool:
    """Whether a delivery waits, because its chat is a kiosk now, in which nothing may appear for its owner."""
    row = chats.load(connection, chat)
    if row is None or row.kiosk is None:
        return False
    return deliveries.retry_at(connection, due.id, now + _PAUSE)


async def tidy(house: House, edge: Edge) -> None:
    """Show every kiosk again that was left alone."""
    for turn in await house.database.write(partial(_tidied, house=house, now=house.clock())):
        await edge.show_in_turn(turn)


def _tidied(connection: Connection, house: House, now: datetime) -> list[Turn]:
    turns = []
    for row in chats.quiet_kiosks(connection, now - _GONE):
        visit = Visit(connection, house, row.chat, now, view=row.view, language=row.language, kiosk=row.kiosk)
        reply = kiosk.left_alone(visit, over=row.changed_at <= now - _CLOSED)
        if reply is None:
            continue
        revision = chats.turn(connection, row.chat, reply.view, now, language=reply.language, kiosk=reply.kiosk)
        turns.append(Turn(row.chat, revision, row.card, reply, kiosk=True, again=True))
    return turns
