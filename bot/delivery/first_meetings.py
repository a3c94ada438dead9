"""Cards of »Prvo srečanje« that are on a screen are drawn again when somebody has joined or answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.conversation.channel import Outgoing
from bot.conversation.handled import Handled
from bot.conversation.request import Request
from bot.conversation.screens import Reply
from bot.librarian import first_meeting
from bot.runtime.services import Services
from bot.views import librarian as views
from storage import chats
from storage.chats import Chat

_LIVE = timedelta(hours=3)  # after the last change nobody looks at it any more


async def refresh(services: Services, channels: Outgoing) -> None:
    """Show every card again on which something has changed."""
    now = services.clock()
    on_screen = await services.database.read(partial(chats.showing, view=views.meeting.name, since=now - _LIVE))
    for row in on_screen:
        handled = await services.database.write(partial(_changed, services=services, seen=row, now=now))
        if handled is not None:
            await channels.show_in_order(handled)


def _changed(connection: Connection, services: Services, seen: Chat, now: datetime) -> Handled | None:
    """The card as it is now, where it is still on the screen and not what was shown."""
    row = chats.lock(connection, seen.chat)
    if row is None or row.view != seen.view:
        return None
    cohort_id, _seen = views.meeting.arguments_of(row.view) or (0, "")
    request = Request(connection, services, row.chat, now, view=row.view, language=row.language, aloud=row.aloud)
    view = first_meeting.view(request, cohort_id)
    if view == row.view:
        return None
    reply = Reply(first_meeting.draw(request, cohort_id), view, fresh=row.aloud)
    revision = chats.show_next(connection, row.chat, view, now, fresh=row.aloud)
    return Handled(row.chat, revision, row.card, reply, again=True)
