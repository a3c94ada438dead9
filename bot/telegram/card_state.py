"""What Telegram has confirmed: kept here for the newest moments, and recorded in the database. Sends nothing."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.conversation.arrivals import ConfirmedCard
from bot.runtime.failures import described
from storage import chats
from storage.engine.database import Database

log = logging.getLogger(__name__)

_GROUP_SECONDS = 1.0
_REMEMBERED = 300  # cards; of the others the database knows the id, and that they may have buttons is supposed


@dataclass(frozen=True, slots=True)
class _Card:
    message: int
    buttons: bool


class CardStates:
    """Edits are recorded together about once a second, new message ids at once.

    An edit that a crash left unrecorded is drawn again, harmlessly; a card whose id is lost would be sent twice.
    """

    def __init__(self, database: Database, *, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._database = database
        self._sleep = sleep
        self._edited: dict[bytes, ConfirmedCard] = {}  # by chat, not recorded yet
        self._repeated: dict[bytes, ConfirmedCard] = {}  # of these, those that are recorded for the second time
        self._sent: dict[bytes, ConfirmedCard] = {}  # being recorded just now
        self._cards: OrderedDict[bytes, _Card] = OrderedDict()  # the live cards that this process drew
        self._writing: asyncio.Task[None] | None = None

    def newest_card(self, chat: bytes, stored: int | None) -> int | None:
        """The live card: the one that was found stored, or one that was sent since. Ids only grow."""
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

    def confirmed(self, chat: bytes) -> ConfirmedCard | None:
        """What the card of the chat shows, where that is not recorded yet."""
        return self._edited.get(chat) or self._sent.get(chat)

    def edited(self, chat: bytes, card: int, edit: ConfirmedCard, *, buttons: bool) -> None:
        """The card of the chat was edited."""
        self._remember(chat, _Card(card, buttons))
        self._record_soon(chat, edit)

    def may_be_edited(self, chat: bytes, revision: int, now: datetime) -> None:
        """Nobody knows whether the card shows this revision: if another process showed a later one, it draws again."""
        self._record_soon(chat, ConfirmedCard(revision, told_at=now))

    async def sent(self, chat: bytes, revision: int, card: int, *, buttons: bool) -> None:
        """A new card shows this revision; recorded when this returns."""
        self._remember(chat, _Card(card, buttons))
        confirmed = self._sent[chat] = ConfirmedCard(revision, message=card)
        await self._record(chat, revision, card)
        if self._sent.get(chat) is confirmed:
            del self._sent[chat]

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

    def _record_soon(self, chat: bytes, edit: ConfirmedCard) -> None:
        known = self._edited.get(chat)
        if known is None or known.revision <= edit.revision:
            self._edited[chat] = edit
        self._be_recorded_soon()

    def _be_recorded_soon(self) -> None:
        if self._edited and self._writing is None:
            self._writing = asyncio.create_task(self._write_soon())

    def _remember(self, chat: bytes, card: _Card) -> None:
        self._cards[chat] = card
        self._cards.move_to_end(chat)
        if len(self._cards) > _REMEMBERED:
            self._cards.popitem(last=False)

    async def _record(self, chat: bytes, revision: int, card: int | None) -> None:
        shown = partial(chats.record_shown, chat_ref=chat, revision=revision, card=card)
        try:
            await self._database.write(shown)
        except Exception as error:  # noqa: BLE001 - on the phone things are as they are
            log.error("what a chat shows was not recorded: %s", described(error))  # noqa: TRY400 - no words of the error

    async def _write_soon(self) -> None:
        await self._sleep(_GROUP_SECONDS)
        self._writing = None
        await self._write()
        self._be_recorded_soon()

    async def _write(self) -> None:
        edited = dict(self._edited)
        if not edited:
            return
        contested: set[bytes] = set()
        try:
            contested = await self._database.write(partial(_record_edits, edited=edited))
        except Exception as error:  # noqa: BLE001 - the tick draws these cards again
            log.error("edited cards were not recorded: %s", described(error))  # noqa: TRY400 - no words of the error
        # once more where another process may only now be recording what it showed
        self._repeated = {chat: edited[chat] for chat in contested if self._repeated.get(chat) is not edited[chat]}
        self._edited = {
            chat: edit for chat, edit in self._edited.items() if edited.get(chat) is not edit or chat in self._repeated
        }


def _record_edits(connection: Connection, edited: dict[bytes, ConfirmedCard]) -> set[bytes]:
    """Those chats in which another process may have shown something later before."""
    return {
        chat
        for chat, edit in edited.items()
        if edit.told_at is not None
        and chats.record_edited(connection, chat, edit.revision, edit.told_at, edit.at, edit.edited)
    }
