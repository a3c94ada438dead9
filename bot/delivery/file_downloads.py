"""Files that people sent are fetched from their channel, kept sealed, and shown where somebody waits for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import Connection

from bot.conversation.channel import Outgoing
from bot.conversation.handled import Handled
from bot.conversation.outcomes import Refused
from bot.conversation.request import Request
from bot.conversation.screens import Reply
from bot.delivery.results import next_try
from bot.delivery.rounds import Round
from bot.routing import routes
from bot.runtime.failures import described
from bot.runtime.process import OutOfBoundsError
from bot.runtime.services import Services
from bot.workbooks.book import Unreadable, pack
from bot.worker import requests
from storage import attachments, chats, library_pages
from storage.attachments import WaitingFile

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
LIST_VIEW = "import"  # the card of a list that waits for its file
PICTURE_VIEW = "page_picture"  # and of a picture
_CLAIMED_AT_ONCE = 8
_GIVE_UP = timedelta(days=7)
_READINGS = 2
_EXHAUSTING = "exhausting"  # of a picture, as the texts name it

T = TypeVar("T")


async def fetch_due(services: Services, channels: Outgoing) -> int:
    """Fetch every file that waits now, and read lists and pictures one after the other; gives how many there were."""
    done = 0
    this = Round(services)
    while this.problem is None and (
        claimed := await services.database.write(
            partial(attachments.claim, keys=services.keys, now=services.clock(), lease=LEASE, limit=_CLAIMED_AT_ONCE)
        )
    ):
        left = sorted(claimed, key=attrgetter("readings"))  # what has ended a process comes after all others
        try:
            fetched = await asyncio.gather(*(_fetched(channels, one) for one in left))
            for content in fetched:
                await _settle(services, channels, this, left[0], content)
                del left[0]
        except asyncio.CancelledError:  # the bot ends: the next one need not wait for the lease
            await services.database.write(partial(attachments.release, files=left, now=services.clock()))
            raise
        done += len(claimed)
    return done


async def _fetched(channels: Outgoing, one: WaitingFile) -> bytes | Refused:
    """What is in a file, or why that cannot be had now or ever."""
    try:
        return await channels.fetch(one.file)
    except Exception as error:  # noqa: BLE001 - one bad file cannot stop the others
        log.error("file %d was not fetched: %s", one.id, described(error))  # noqa: TRY400 - no words of people
        return Refused(permanent=False, problem=type(error).__name__)


async def _settle(
    services: Services, channels: Outgoing, this: Round, one: WaitingFile, content: bytes | Refused
) -> None:
    """Read and keep one file. A fault of ours is not the file's: it comes back when its lease ends."""
    try:
        handled = await this.record(await _recording(services, one, content))
        if handled is not None:
            await channels.show_in_order(handled)
    except Exception as error:  # noqa: BLE001 - one bad file cannot stop the others
        log.error("file %d was not kept: %s", one.id, described(error))  # noqa: TRY400 - no words of people
        await this.record(partial(attachments.release, files=[one]))


async def _recording(
    services: Services, one: WaitingFile, content: bytes | Refused
) -> Callable[[Connection], Handled | None]:
    """What is to be done with a file in a write unit, in which nothing is read any more."""
    picture = await services.database.read(partial(library_pages.which, attachment=one.id))
    if picture is not None:
        made: bytes | str | Refused = content
        if isinstance(content, bytes):
            drawn = partial(requests.picture, services, content, picture[1])
            made = await _read(services, one, drawn, _EXHAUSTING)
        return partial(_record_picture, services=services, one=one, made=made)
    if isinstance(content, bytes) and await services.database.read(partial(attachments.is_list, attachment_id=one.id)):
        listed = partial(requests.read_list, services, content)
        content = await _read(services, one, listed, pack(Unreadable.EXHAUSTING))
    return partial(_record, services=services, one=one, outcome=content)


async def _read(services: Services, one: WaitingFile, reading: Callable[[], Awaitable[T]], hopeless: T) -> T | Refused:
    """What comes of reading a file; `hopeless` where it has ended the process that reads, or the bot, too often.

    Each reading is counted before it begins, and not counted any more by `release` when it was not the file.
    """
    if one.readings >= _READINGS:
        return hopeless
    await services.database.write(partial(attachments.begin_reading, one=one))
    try:
        return await reading()
    except OutOfBoundsError:
        log.warning("file %d was not read: it wanted more time or memory than there is for one file", one.id)
        last = one.readings + 1 >= _READINGS
        return hopeless if last else Refused(permanent=False, problem="reading took too much")


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
