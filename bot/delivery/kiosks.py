"""Kiosks that nobody touches: who went away is forgotten, and at night a kiosk ends. Also what waits for its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.conversation.channel import Outgoing
from bot.conversation.handled import Handled
from bot.conversation.request import Request
from bot.librarian import kiosk
from bot.runtime.services import Services
from storage import chats
from storage.web import messages

PAUSE = timedelta(hours=1)  # after which is looked again whether a kiosk has ended
_GONE = timedelta(minutes=10)  # whoever has not answered for so long has left
_CLOSED = timedelta(hours=10)  # so long only at night


def is_kiosk(connection: Connection, chat: bytes) -> bool:
    """Whether other people than its owner sit at this chat now."""
    row = chats.load(connection, chat)
    return row is not None and row.kiosk is not None


async def tidy(services: Services, channels: Outgoing) -> None:
    """Show every kiosk again that was left alone."""
    for handled in await services.database.write(partial(_tidied, services=services, now=services.clock())):
        await channels.show_in_order(handled)


def _tidied(connection: Connection, services: Services, now: datetime) -> list[Handled]:
    found = []
    for row in chats.quiet_kiosks(connection, now - _GONE):
        request = Request(connection, services, row.chat, now, view=row.view, language=row.language, kiosk=row.kiosk)
        reply = kiosk.left_alone(request, over=row.changed_at <= now - _CLOSED)
        if reply is None:
            continue
        revision = chats.show_next(
            connection,
            row.chat,
            reply.view,
            now,
            language=reply.language,
            kiosk=reply.kiosk,
            asked=reply.asked,
            said=b"",
        )
        messages.pass_by(connection, row.chat, revision)
        found.append(Handled(row.chat, revision, row.card, reply, kiosk=True, again=True))
    return found
