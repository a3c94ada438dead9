"""What Telegram has confirmed: kept here for the newest moments, and recorded in the database. Sends nothing."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from bot.failures import described
from storage import chats
from storage.database import Database

log = logging.getLogger(__name__)

_GROUP_SECONDS = 1.0
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class _Card:
    message: int
    buttons: bool


class Ledger:
    """Edits are recorded together about once a second, new message ids at once.

    An edit that a crash left unrecorded is drawn again, harmlessly; a card whose id is lost would be sent twice.
    """

    def __init__(self, database: Database, *, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._database = database
        self._sleep = sleep
        self._edited: dict[bytes, int] = {}  # chat → revision, not recorded yet
        self._cards: OrderedDict[bytes, _Card] = OrderedDict()  # the live cards that this process drew
        self._writing: asyncio.Task[None] | None = None

    def newest_card(self, chat: bytes, stored: int | None) -> int | None:
        """The live card: the one that the turn found stored, or one that was sent since. Ids only grow."""
        known = self._cards.get(chat)
        if known is None or stored is None:
            return stored if known is None else known.message
        return max(known.message, stored)

    def may_have_buttons(self, chat: bytes, card: int) -> bool:
        """False when this card was last seen without buttons."""
        known = self._cards.get(chat)
        return known is None or known.message != card or known.buttons

    async def is_overtaken(self, chat: bytes, revision: int) -> bool:
        """Whether the chat waits for a later revision, as far as the database can be asked."""
        try:
            row = await self._database.read(partial(chats.load, chat_ref=chat))
        except Exception as error:  # noqa: BLE001 - then what there is to show is shown
            log.error("a chat was not read: %s", described(error))  # noqa: TRY400 - no words of the error
            return False
        return row is not None and row.wanted > revision

    def edited(self, chat: bytes, revision: int, card: int, *, buttons: bool) -> None:
        """The card of the chat shows this revision."""
        self._remember(chat, _Card(card, buttons))
        self._edited[chat] = max(revision, self._edited.get(chat, 0))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_soon())

    async def sent(self, chat: bytes, revision: int, card: int, *, buttons: bool) -> None:
        """A new card shows this revision; recorded when this returns."""
        self._remember(chat, _Card(card, buttons))
        await self._record(chat, revision, card)

    async def unshowable(self, chat: bytes, revision: int) -> None:
        """Nothing can be shown: the person blocked the bot, or Telegram refuses the card. It is not tried again."""
        self.let_go(chat)
        await self._record(chat, revision, None)

    def let_go(self, chat: bytes) -> None:
        """What was the live card is so no longer, and what is not recorded yet is of no weight."""
        self._cards.pop(chat, None)
        self._edited.pop(chat, None)

    async def close(self) -> None:
        """Record all edits now."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
            self._writing = None
        await self._write()

    def _remember(self, chat: bytes, card: _Card) -> None:
        self._cards[chat] = card
        self._cards.move_to_end(chat)
        if len(self._cards) > _REMEMBERED:
            self._cards.popitem(last=False)

    async def _record(self, chat: bytes, revision: int, card: int | None) -> None:
        try:
            await self._database.write(partial(chats.record_shown, chat_ref=chat, revision=revision, card=card))
        except Exception as error:  # noqa: BLE001 - on the phone things are as they are
            log.error("what a chat shows was not recorded: %s", described(error))  # noqa: TRY400 - no words of the error

    async def _write_soon(self) -> None:
        await self._sleep(_GROUP_SECONDS)
        self._writing = None
        await self._write()

    async def _write(self) -> None:
        edited, self._edited = self._edited, {}
        if not edited:
            return
        try:
            await self._database.write(partial(_record_edits, edited=edited))
        except Exception as error:  # noqa: BLE001 - the tick draws these cards again
            log.error("edited cards were not recorded: %s", described(error))  # noqa: TRY400 - no words of the error


def _record_edits(connection: Connection, edited: dict[bytes, int]) -> None:
    for chat, revision in edited.items():
        chats.record_edited(connection, chat, revision)
