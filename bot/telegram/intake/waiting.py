"""Tells whoever sent something that it has to wait, while the database takes nothing: in one sentence, once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from bot.conversation.outcomes import Delivered
from bot.conversation.screens import Screen
from bot.runtime.failures import described
from bot.runtime.services import Services
from bot.telegram.edge import Edge
from bot.telegram.keyed_queue import KeyedQueue
from bot.telegram.updates import Tapped, Written, read
from bot.texts.languages import words
from storage import chats

log = logging.getLogger(__name__)

_AT_ONCE = 16
_OVER_SOON_SECONDS = 2.0  # what is over sooner needs no words
_READ_SECONDS = 2.0  # a full disk can be read, a server that is away cannot


class WaitingNotices:
    """Sends them beside the intake, which goes on."""

    def __init__(self, services: Services, edge: Edge, sleep: Callable[[float], Awaitable[object]]) -> None:
        self._services = services
        self._edge = edge
        self._sleep = sleep
        self._queue = KeyedQueue(_AT_ONCE)

    def put(self, raw: Mapping[str, Any]) -> None:
        """What this says has to wait."""
        content = read(raw)
        if isinstance(content, Tapped | Written):
            self._queue.submit(content.user.number, partial(self._tell, content))

    async def close(self) -> None:
        """Tell nobody any more."""
        await self._queue.close(0)

    async def _tell(self, content: Tapped | Written) -> None:
        await self._sleep(_OVER_SOON_SECONDS)
        outages, chat = self._services.outages, self._services.keys.seal_id(content.user.number)
        if outages.current is None or not outages.tell(chat):
            return
        sentence = words(await self._language(chat, content.user.language)).writing.HAS_TO_WAIT
        if isinstance(content, Tapped):
            await self._edge.answer(content.query, sentence, alert=True)
        elif not isinstance(await self._edge.send(chat, Screen(sentence), bulk=False), Delivered):
            outages.untold(chat)

    async def _language(self, chat: bytes, of_phone: str) -> str:
        """The language of the chat where it can be read, else that of the phone."""
        try:
            async with asyncio.timeout(_READ_SECONDS):
                row = await self._services.database.read(partial(chats.load, chat_ref=chat))
        except Exception as error:  # noqa: BLE001 - the database is out
            log.info("the language of a chat cannot be read now: %s", described(error))
            row = None
        return of_phone if row is None else row.language
