"""Files that people sent are fetched from Telegram, kept sealed, and shown where somebody waits for them."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from bot import views
from bot.edge import Edge, Refused
from bot.house import House
from bot.screens import Reply
from bot.turns import Turn
from bot.visit import Visit
from storage import attachments, chats
from storage.attachments import Waiting

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
LIST_VIEW = "import"  # the card of a list that waits for its file
_CLAIMED_AT_ONCE = 8
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(hours=6)  # between two tries
_GIVE_UP = timedelta(days=7)


async def fetch_due(house: House, edge: Edge) -> int:
    """Fetch every file that waits now; gives how many were worked on."""
    done = 0
    while claimed := await house.database.write(
        partial(attachments.claim, keys=house.keys, now=house.clock(), lease=LEASE, limit=_CLAIMED_AT_ONCE)
    ):
        await asyncio.gather(*(_fetch(house, edge, one) for one in claimed))
        done += len(claimed)
    return done


async def _fetch(house: House, edge: Edge, one: Waiting) -> None:
    """Fetch one file. What is wrong with it is wrong with it alone: it comes back when its lease ends."""
    try:
        outcome = await edge.fetch(one.file)
        turn = await house.database.write(partial(_record, house=house, one=one, outcome=outcome))
        if turn is not None:
            await edge.show_in_turn(turn)
    except Exception as error:  # noqa: BLE001 - one bad file cannot stop the house
        log.error("file %d was not kept: %s", one.id, type(error).__name__)  # noqa: TRY400 - no words of people


def _record(connection: Connection, house: House, one: Waiting, outcome: bytes | Refused) -> Turn | None:
    """Keep what came, or try later; the card that waits for it, where it will not change any more."""
    now = house.clock()
    waited = now - one.received_at
    match outcome:
        case bytes():
            attachments.keep(connection, house.keys, one, outcome, now)
        case Refused(permanent=permanent, problem=problem) if permanent or waited > _GIVE_UP:
            log.warning("file %d was given up: %s", one.id, problem)
            attachments.give_up(connection, one.id, problem)
        case Refused():
            attachments.retry_at(connection, one.id, now + min(max(waited, _SHORTEST), _LONGEST))
            return None
    return _shown(connection, house, one.id)


def _shown(connection: Connection, house: House, attachment_id: int) -> Turn | None:
    """The card of the list that this file is, where it is still on the screen."""
    chat = attachments.whose_list(connection, attachment_id)
    row = None if chat is None else chats.lock(connection, chat)
    if chat is None or row is None or row.view.partition(":")[0] != LIST_VIEW:
        return None
    now = house.clock()
    card = views.render(Visit(connection, house, chat, now, view=row.view), row.view)
    return Turn(chat, chats.turn(connection, chat, row.view, now), row.card, Reply(card, row.view), again=True)
