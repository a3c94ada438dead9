"""Files that people sent are fetched from their channel, kept sealed, and shown where somebody waits for them."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from bot.conversation.channel import Outgoing
from bot.conversation.handled import Handled
from bot.conversation.outcomes import Refused
from bot.conversation.request import Request
from bot.conversation.screens import Reply
from bot.delivery.results import next_try
from bot.rosters.book import Unreadable, pack
from bot.routing import routes
from bot.runtime.failures import described
from bot.runtime.process import Interrupted
from bot.runtime.services import Services
from bot.worker import requests
from storage import attachments, chats, library_pages
from storage.attachments import WaitingFile
from storage.schema import PagePicture

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
LIST_VIEW = "import"  # the card of a list that waits for its file
PICTURE_VIEW = "page_picture"  # and of a picture
_CLAIMED_AT_ONCE = 8
_GIVE_UP = timedelta(days=7)


async def fetch_due(services: Services, channels: Outgoing) -> int:
    """Fetch every file that waits now; gives how many were worked on."""
    done = 0
    while claimed := await services.database.write(
        partial(attachments.claim, keys=services.keys, now=services.clock(), lease=LEASE, limit=_CLAIMED_AT_ONCE)
    ):
        await asyncio.gather(*(_fetch(services, channels, one) for one in claimed))
        done += len(claimed)
    return done


async def _fetch(services: Services, channels: Outgoing, one: WaitingFile) -> None:
    """Fetch one file. What is wrong with it is wrong with it alone: it comes back when its lease ends."""
    try:
        outcome = await channels.fetch(one.file)
        picture = await services.database.read(partial(library_pages.which, attachment=one.id))
        if picture is not None:
            handled = await services.database.write(
                partial(_record_picture, services=services, one=one, made=await _drawn(services, outcome, picture[1]))
            )
            if handled is not None:
                await channels.show_in_order(handled)
            return
        if isinstance(outcome, bytes) and await services.database.read(
            partial(attachments.is_list, attachment_id=one.id)
        ):
            outcome = await _read(services, outcome)
        handled = await services.database.write(partial(_record, services=services, one=one, outcome=outcome))
        if handled is not None:
            await channels.show_in_order(handled)
    except Exception as error:  # noqa: BLE001 - one bad file cannot stop the others
        log.error("file %d was not kept: %s", one.id, described(error))  # noqa: TRY400 - no words of people


async def _read(services: Services, data: bytes) -> bytes:
    """A list as it is kept. What ends the process that reads it would end the next one, too."""
    try:
        return await requests.read_list(services, data)
    except Interrupted:
        if services.worker_process is None or services.worker_process.closed:
            raise
        return pack(Unreadable.DAMAGED)


async def _drawn(services: Services, outcome: bytes | Refused, kind: PagePicture) -> bytes | str | Refused:
    """A picture as it is printed, or in a word why it is none."""
    if isinstance(outcome, Refused):
        return outcome
    try:
        return await requests.picture(services, outcome, kind)
    except Interrupted:
        if services.worker_process is None or services.worker_process.closed:
            raise
        return "damaged"


def _record_picture(
    connection: Connection, services: Services, one: WaitingFile, made: bytes | str | Refused
) -> Handled | None:
    """Keep the picture, or why there is none, or try later; the card that waits for it."""
    now = services.clock()
    waited = now - one.received_at
    if isinstance(made, Refused):
        if not made.permanent and waited <= _GIVE_UP:
            attachments.retry_at(connection, one.id, next_try(one.received_at, now))
            return None
        log.warning("file %d was given up: %s", one.id, made.problem)
        made = "lost"
    chat = library_pages.sender(connection, one.id)
    library_pages.settle(connection, one.id, made)
    return _drawn_again(connection, services, chat, PICTURE_VIEW)


def _record(connection: Connection, services: Services, one: WaitingFile, outcome: bytes | Refused) -> Handled | None:
    """Keep what came, or try later; the card that waits for it, where it will not change any more."""
    now = services.clock()
    waited = now - one.received_at
    match outcome:
        case bytes():
            attachments.keep(connection, services.keys, one, outcome, now)
        case Refused(permanent=permanent, problem=problem) if permanent or waited > _GIVE_UP:
            log.warning("file %d was given up: %s", one.id, problem)
            attachments.give_up(connection, one.id, problem)
        case Refused():
            attachments.retry_at(connection, one.id, next_try(one.received_at, now))
            return None
    return _shown(connection, services, one.id)


def _shown(connection: Connection, services: Services, attachment_id: int) -> Handled | None:
    """The card of the list that this file is, where it is still on the screen."""
    return _drawn_again(connection, services, attachments.whose_list(connection, attachment_id), LIST_VIEW)


def _drawn_again(connection: Connection, services: Services, chat: bytes | None, view: str) -> Handled | None:
    """The card of a chat, where it is of this view."""
    row = None if chat is None else chats.lock(connection, chat)
    if chat is None or row is None or row.view.partition(":")[0] != view:
        return None
    now = services.clock()
    card = routes.draw(Request(connection, services, chat, now, view=row.view), row.view)
    return Handled(chat, chats.show_next(connection, chat, row.view, now), row.card, Reply(card, row.view), again=True)
