"""After the commit: what was handled waits for the edge, in the order of its chat, whose newest card alone is drawn."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.handled import Handled
from bot.runtime.activity import Activity
from bot.telegram.edge import Edge
from bot.telegram.keyed_queue import KeyedQueue

_CHATS_AT_ONCE = 256


class Outbox:
    """Takes what was handled, without ever making the intake wait."""

    def __init__(self, edge: Edge, activity: Activity | None = None) -> None:
        self._edge = edge
        self._activity = activity or Activity()
        self._queue = KeyedQueue(_CHATS_AT_ONCE)
        self._waiting: dict[bytes, list[Handled]] = {}
        self._drawing: dict[bytes, int] = {}  # chat → revision on its way to the phone

    def put(self, handled: Handled) -> None:
        """Show this after those of the same chat that wait."""
        waiting = self._waiting.get(handled.chat)
        if waiting is not None:
            waiting.append(handled)
            return
        self._waiting[handled.chat] = [handled]
        self._activity.showing.begin((handled.chat, handled.revision))
        self._queue.submit(handled.chat, lambda: self._show(handled.chat))

    def put_again(self, handled: Handled) -> None:
        """Show what the database says is behind, unless it is on its way."""
        if handled.chat not in self._waiting and handled.revision > self._drawing.get(handled.chat, -1):
            self.put(handled)

    async def drain(self) -> None:
        """Wait until everything has been shown or given up."""
        await self._queue.drain()

    async def close(self, seconds: float) -> bool:
        """Wait at most so long, then leave the rest to the next start; whether nothing is left."""
        return await self._queue.close(seconds)

    async def _show(self, chat: bytes) -> None:
        *overtaken, handled = waiting = self._waiting.pop(chat)
        self._drawing[chat] = handled.revision
        try:
            for earlier in overtaken:
                await self._edge.say(earlier)
            if any(earlier.reply.fresh or earlier.reply.extras for earlier in overtaken):
                left = overtaken[0].reply.left  # which was for the card that is on the phone
                handled = replace(handled, reply=replace(handled.reply, fresh=True, left=left))
            shown = await self._edge.show(handled)
        finally:
            del self._drawing[chat]
            seconds = self._activity.showing.end((chat, waiting[0].revision))
        if shown and seconds is not None:
            self._activity.shown.add(seconds)
